/** What the stranger's check prints, as the front page shows it of the last one. */
export const check = {
  "{label}: {text}": "{label}：{text}",
  "not checked": "未核验",
  times: "时间",
  "{n} of {known} known systems do not pass this gate; what was not entered is not here: look at receipts, ledgers and source systems":
    "{known} 个已知系统中有 {n} 个不经本网关提供数据；未记入的不在此处：请查看回执、账册和来源系统",
  "values, rows and subjects of {n} uses (their payers can, with receipts; the auditor, with openings)":
    "{n} 次使用的取值、行和数据主体（付费者可凭回执核验，审计者可凭开启数据核验）",
  "that what {n} openings say was answered is what arrived: whoever got the answers holds them against their digests":
    "{n} 份开启数据所载的应答是否即为收到的内容：由收到应答者依其摘要核对",
  "that persons held their keys and saw what they signed; that no data left by another way":
    "人员是否掌握各自的密钥、是否看过所签署的内容；数据是否经其他途径流出",
  "the newest cosignature is {n} hour old: what the office did since is its word":
    "最近一次联署距今 {n} 小时：此后所为以本机构所称为准",
  "the newest cosignature is {n} hours old: what the office did since is its word":
    "最近一次联署距今 {n} 小时：此后所为以本机构所称为准",
  "{n} entries that heads name and whose slot has not ended":
    "日志头已载明而时段尚未结束的 {n} 条记录",
  "usage logs that are not in public yet: {names}":
    "尚未公开的使用日志：{names}",
  "the uses of {n} dropped usage log (policy {policy}): their heads and totals stand, and say {uses} uses, {money}":
    "{n} 个已删除使用日志中的使用（政策 {policy}）：其日志头和合计仍在，载明 {uses} 次使用（{money}）",
  "the uses of {n} dropped usage logs (policy {policy}): their heads and totals stand, and say {uses} uses, {money}":
    "{n} 个已删除使用日志中的使用（政策 {policy}）：其日志头和合计仍在，载明 {uses} 次使用（{money}）",
  "{n} kept checkpoints of dropped logs, which lie between their heads":
    "已删除日志的 {n} 个留存检查点，位于其日志头之间",
  "kept checkpoints of logs that no head names, or of which nothing is here: {names}":
    "没有日志头载明、或者此处没有内容的日志的留存检查点：{names}",
  "cosignatures of a time to come, by {names}: they bound nothing":
    "{names} 所作的未来时间的联署：不能证明任何时间",
  "hash tiles of {n} logs: none is here, so nobody can make a proof from this place":
    "{n} 个日志的哈希块：此处没有，因此无人能由此作出证明",
  "{n} public papers that are not here: {names}":
    "不在此处的 {n} 份公开文件：{names}",
  "{n} public papers that are larger than an office takes: {names}":
    "超过机构受理大小的 {n} 份公开文件：{names}",
  "rulings under edition {names}, whose digest this program does not know":
    "依第 {names} 版所作的裁定，本程序不知其摘要",
  "no --receipt given: whether promises were kept":
    "未提供回执（--receipt）：承诺是否兑现",
  "no --policy given: whom you trust to watch is your choice, not the office's":
    "未提供政策（--policy）：信任谁来见证由您选择，而非由本机构选择",
  "no --genesis given: consistent with itself; that this is the office was not checked":
    "未提供设立行为（--genesis）：自身一致；是否就是该机构未经核验",
  "whether {n} witness holds the same history: what they hold is newer than this copy":
    "{n} 名见证人是否持有同一历史：其所持比本副本更新",
  "whether {n} witnesses hold the same history: what they hold is newer than this copy":
    "{n} 名见证人是否持有同一历史：其所持比本副本更新",
  "{n} kept checkpoints that are newer than this copy, such as {names}":
    "{n} 个留存检查点比本副本更新，例如 {names}",
  "{n} cosigned checkpoints that no witness of the policy at hand cosigned: they give no time":
    "{n} 个检查点未经现用政策中的见证人联署：不能证明时间",
  "what stands behind the last whole note of cosigned checkpoints: {names}":
    "联署检查点中最后一份完整凭据之后的内容：{names}",
  "whether witness {names} holds another history: it gave no answer":
    "见证人 {names} 是否持有另一历史：未予应答",
  "whether witness {names} holds another history: its answer is not signed by this log and by it":
    "见证人 {names} 是否持有另一历史：其应答未经本日志和该见证人签名",
  "whether witness {names} holds another history: what it shows is not signed by every key of this log that signs by now":
    "见证人 {names} 是否持有另一历史：其所示未经本日志现用的全部密钥签名",
  "{n} override, {seals} seals": "{n} 项违反规则的决定，{seals} 项保密",
  "{n} overrides, {seals} seals": "{n} 项违反规则的决定，{seals} 项保密",
  "every time is the office's word: no cosignature is at hand":
    "所有时间均以本机构所称为准：没有可用的联署",
  "every time before {at} is the office's word: no older cosignature is at hand ({n} of its cosigned checkpoints read; whose witnesses: your policy's)":
    "{at} 之前的时间均以本机构所称为准：没有更早的联署（读取了 {n} 个联署检查点；见证人：您的政策所列）",
  "every time before {at} is the office's word: no older cosignature is at hand ({n} of its cosigned checkpoints read; whose witnesses: those that the office named)":
    "{at} 之前的时间均以本机构所称为准：没有更早的联署（读取了 {n} 个联署检查点；见证人：本机构所列）",
  "every time before {at} is the office's word: no older cosignature is at hand":
    "{at} 之前的时间均以本机构所称为准：没有更早的联署",
  "after it the widest span between two cosignatures that entries lie in is {time}, entries {from} to {to}":
    "此后，两次联署之间有记录的最大间隔为 {time}，第 {from} 至 {to} 条记录",
  "the last {n} entries no cosignature covers": "最后 {n} 条记录尚无联署覆盖",
  "no contradiction found": "未发现矛盾",
  "no contradiction found, confirmed by {n} of {all} witnesses":
    "未发现矛盾，{all} 名见证人中有 {n} 名确认",
  "could not check": "无法核验",
  "{n} contradiction": "{n} 处矛盾",
  "{n} contradictions": "{n} 处矛盾",
} as const;
