/** Logs, keys, and what is kept. */
export const proofs = {
  "It rests on {n} entries; these are the newest {shown}. A checkpoint over one of them is over all that stand before it, and the page of each entry has its proof.":
    "本页依据 {n} 条记录，以上为最新的 {shown} 条。覆盖其中任一条的检查点也覆盖其之前的全部记录；每条记录的页面均有其证明。",
  "The logs, and who watches them": "日志，以及谁在监督",
  "{policy} names who watches; whom you trust is your choice.":
    "{policy}指明了监督者；信任谁由您决定。",
  "The office's own policy": "本机构自己的策略",
  "As of {at}.": "截至 {at}。",
  "Sizes are those of the newest public checkpoints. The register log is cosigned; each usage log is bound by its heads in the register log.":
    "大小以最新公开的检查点为准。登记日志经过联署；每个使用日志由其在登记日志中的日志头固定。",
  Root: "根",
  Confirmed: "确认",
  "Key, as C2SP tools take it": "密钥（C2SP 工具格式）",
  "No log is public yet.": "尚无公开的日志。",
  "by entry {entry} of the register, at {at}, up to size {size}":
    "由登记日志第 {entry} 条记录于 {at} 确认至大小 {size}",
  "; closed": "；已关闭",
  "That is more than is public: uses of the running hour are entered and confirmed at once, and published when the hour is over.":
    "该大小大于已公开的大小：当前一小时内的使用立即记入并获确认，待该小时结束后公开。",
  "by {by} at {at}": "由 {by} 于 {at} 确认",
  "by nobody outside": "没有外部确认",
  "by no head of the register yet": "登记日志中尚无其日志头",
  "How to check": "如何核验",
  "Take the program from somebody other than this office. It rebuilds every tree, verifies every signature and decides everything again:":
    "请从本机构以外的来源取得程序。它重建每一棵树，验证每一个签名，并重新作出每一项裁定：",
  "The page that checks in a browser is not beside this program.":
    "在浏览器中核验的页面不在本程序旁边。",
  "{page} is one file ({keep}). Code from the office cannot clear the office: open a copy that you hold against a digest from elsewhere.":
    "{page}是一个文件（{keep}）。来自本机构的代码不能证明本机构清白：请打开您自己持有、并已与他处摘要比对过的副本。",
  "The page that checks in a browser": "在浏览器中核验的页面",
  "keep it": "保存",
  "SHA-256 of what lies beside this office, and of what the same version built from its sources is:":
    "本机构旁边的文件以及由同一版本源代码构建的文件的 SHA-256：",
  "Latest entries of the register log": "登记日志的最新记录",
  "Latest entries": "最新记录",
  "A proof is a C2SP tlog-proof file: it holds the entry and shows, without this office, that it stands in the log. Any entry of any log has one at /proof/LOG/INDEX or /proof/LOG/LEAF-HASH.":
    "证明是一个 C2SP tlog-proof 文件：它包含该记录，并且无须本机构即可说明该记录在日志之中。任何日志的任何记录均可在 /proof/LOG/INDEX 或者 /proof/LOG/LEAF-HASH 取得证明。",
  "Leaf hash": "叶哈希",
  "No entry is public yet.": "尚无公开的记录。",
  "proof of entry {entry}": "第 {entry} 条记录的证明",
  "{act}, {outcome}": "{act}，{outcome}",
  "record: {kind}": "机器记录：{kind}",
  "Keys over time": "密钥沿革",
  "{office}: whose signature counted when. Persons are numbers here as in the log; whoever checks needs no names.":
    "{office}：谁的签名在何时有效。此处与日志中一样，人员以编号表示；核验无须姓名。",
  "This log was ended by entry {entry} on {at}, reason {reason}. Nothing stands behind that entry.":
    "本日志已于 {at} 由第 {entry} 条记录终止，原因：{reason}。该记录之后没有任何内容。",
  "It names no successor.": "未指明后继日志。",
  "It names its successor: {successor}.": "其指明的后继日志：{successor}。",
  "This log follows {origin} at size {size}, root {root}. Whether that is where the other log ended, only the other log shows.":
    "本日志承接 {origin}，大小 {size}，根 {root}。那里是否为前一日志的终点，只有前一日志能够说明。",
  "The log's own key": "日志自身的密钥",
  "Keys of the log": "日志密钥",
  "For 30 days after a change, by the times of the entries, a checkpoint bears the signatures of both keys; then the newer one stands alone.":
    "更换后三十日内（以记录时间计），检查点同时载有两个密钥的签名；此后仅以新密钥签名。",
  "Verifier key": "验证密钥",
  "Named by entry": "指明该密钥的记录",
  Signs: "是否签名",
  "No founding act is public yet.": "设立行为尚未公开。",
  "yes, the newest": "是，最新",
  "yes, until {at}": "是，至 {at}",
  "no, over on {at}": "否，已于 {at} 终止",
  "Keys of those who hold posts": "任职人员的密钥",
  "Keys of persons": "人员密钥",
  "A doubtful act stands as it was ruled: it is here to be looked at.":
    "存疑的行为仍按裁定有效：列于此处以供查看。",
  "Posts held": "所任岗位",
  "Lies in": "存放于",
  "a file": "文件",
  "a passkey of {rpId}, which may be copied to other devices":
    "{rpId} 的通行密钥，可以复制到其他设备",
  "a passkey of {rpId}, bound to one device": "{rpId} 的通行密钥，限于一台设备",
  Enrolled: "登记密钥",
  "Counts from": "生效时间",
  Revoked: "撤销",
  "Signed in doubt": "存疑期间签署",
  "No key is enrolled.": "没有登记密钥。",
  "entries {entries}": "记录 {entries}",
  "Keys of gateways and machines": "网关和机器的密钥",
  "Keys of machines": "机器密钥",
  "A machine signs records of the named kinds, and no act.":
    "机器只签署指明种类的记录，不签署行为。",
  "Signs records of": "签署的记录种类",
  "No machine has a key.": "没有机器持有密钥。",
  "Who was to watch": "谁应当监督",
  "Witness policies": "见证策略",
  "The checkpoint that first covers a change bears the quorum of the old policy and of the new one.":
    "首个涵盖变更的检查点，同时载有新旧两项策略规定数量的联署。",
  "No witness policy was ever adopted: nobody outside watches this log.":
    "从未通过见证策略：没有外部人员监督本日志。",
  "What is kept, and until when": "保存什么，保存到何时",
  "A usage log is kept until {uses} months after it was closed and after the last permit that was used in it has ended. What opens an entry to the office is kept for {openings} months. Whoever checks the register log computes both again.":
    "使用日志保存至其关闭之后、且其中使用的最后一项许可终止之后满 {uses} 个月。本机构用以开启记录的开启数据保存 {openings} 个月。核验登记日志者可以重新计算二者。",
  "The room is what this office measured; everything else follows from the register log.":
    "所占空间为本机构自行测得；其余均由登记日志得出。",
  "Closed usage logs": "已关闭的使用日志",
  "Each with the day from which it may be dropped, and why.":
    "每个日志自何日起可以删除，以及原因。",
  "No usage log is closed and kept.": "没有已关闭并保存的使用日志。",
  "Kept until": "保存至",
  "{at} (over)": "{at}（已届满）",
  "Dropped usage logs": "已删除的使用日志",
  "Of each its head and its totals stand on.":
    "每个日志的日志头和合计仍然保留。",
  "No usage log was dropped.": "没有删除使用日志。",
  Dropped: "删除",
  "What its totals say": "其合计",
  policy: "策略",
  "Erased openings": "已删除的开启数据",
  "What opens an entry is gone; the entry stands.":
    "开启数据已不存在；记录本身仍在。",
  "No openings were erased.": "没有删除开启数据。",
  "Of slots before": "此前时段",
  Erased: "删除时间",
  Openings: "开启数据",
  "its files are still here": "其文件仍在",
  "{bytes} bytes freed": "释放 {bytes} 字节",
  "{files} files, {bytes} bytes freed": "{files} 个文件，释放 {bytes} 字节",
  "{month}, {permit}: {uses} uses": "{month}，{permit}：{uses} 次使用",
  "it holds open data alone; {n} months after that":
    "其中仅有开放数据；此后 {n} 个月",
  "the last of {permits} permits used in it ends {at}; {n} months after both":
    "其中使用的 {permits} 项许可的最后一项于 {at} 终止；二者之后 {n} 个月",
  "closed {at}; {rights}": "{at} 关闭；{rights}",
  stays: "保存",
} as const;
