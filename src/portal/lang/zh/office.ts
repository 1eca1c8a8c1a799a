/** The front page, and who watches the log. */
export const office = {
  "This office registers what data the state holds, grants and prices access under published rules, serves it through one gate, and writes every act to a log that anyone can check.":
    "本机构登记国家机关持有的数据，依照公开的规则授予使用权并定价，经由唯一的网关提供数据，并把每一项行为写入任何人都可以核验的日志。",
  "More pages of this office": "本机构的更多页面",
  "The logs and this page may be copied, mirrored and republished by anyone. No record of who reads this page is kept.":
    "任何人都可以复制、镜像和再次发布这些日志及本页。本机构不记录谁阅读了本页。",
  "No founding act is public yet. Until then this office has registered nothing, granted nothing and serves nothing.":
    "设立行为尚未公开。在此之前，本机构未登记、未授予、未提供任何事项。",
  "A demonstration: the province, its bodies, persons and companies are invented. Its history was made by submitting acts and requests to this same program with only the clock given; before the first cosignature every time is the office's word.":
    "这是演示：省份、公共机构、人物和公司均为虚构。其历史由向同一程序提交行为和请求而生成，仅时钟为给定；在第一次联署之前，一切时间均为本机构的单方陈述。",
  "{served} of {known} known systems are served through this gate. {others} are not.":
    "已知的 {known} 个信息系统中，{served} 个经由本网关提供数据，{others} 个没有。",
  "{served} of {known} systems served":
    "{known} 个信息系统中 {served} 个提供数据",
  "Systems that acts have registered; one is served when a dataset of it may be asked for through this gate. What nobody registered is not counted.":
    "由行为登记的信息系统；其中一个数据集可以经由本网关请求的，即为提供。无人登记的，不在计数之内。",
  "how computed": "如何计算",
  "charged in {year}, of which {without}": "{year}年已收取，其中 {without}",
  "{amount} without ground or approval": "{amount} 没有依据或者批准",
  "Sum of the charges of all {uses} uses under permits of the year, from the usage logs; a charge has a ground when its fee standard in the register names one.":
    "本年度凭许可的全部 {uses} 次使用的收费之和，取自使用日志；登记簿中的收费标准载明依据的，该项收费即有依据。",
  "A use is counted here once it is public: of personal data when its hour is over, of others when its minute is.":
    "使用公开之后计入此处：涉及个人信息的，在其所在小时结束后；其他的，在其所在分钟结束后。",
  "{refused} refused act, of {acts}": "{refused} 项行为被拒绝，共 {acts} 项",
  "{refused} refused acts, of {acts}": "{refused} 项行为被拒绝，共 {acts} 项",
  "Entries of the register log of type act with the outcome refused.":
    "登记日志中类型为行为、结果为拒绝的记录。",
  "{open} {due}": "{open} 项{due}",
  "{n} application due today": "{n} 项申请今天到期",
  "{n} applications due today": "{n} 项申请今天到期",
  "{n} other deadline today": "另有 {n} 项期限今天到期",
  "{n} other deadlines today": "另有 {n} 项期限今天到期",
  "no deadline missed": "没有逾期事项",
  "{n} deadline missed": "{n} 项逾期",
  "{n} deadlines missed": "{n} 项逾期",
  "{n} deadline missed, by {who}": "{n} 项逾期，责任单位：{who}",
  "{n} deadlines missed, by {who}": "{n} 项逾期，责任单位：{who}",
  "{body} ({n})": "{body}（{n}）",
  "{n} more": "另外 {n} 个",
  due: "待办",
  "Questions that wait for an answer, calendars and what ends and must be followed, worked out from the register; missed is what was done after its time or is still to be done behind it. Who missed it are the bodies whose posts were to do it.":
    "等待答复的询问、待通过的日历，以及即将终止、须有后续的事项，均由登记簿推算；逾期是指期限之后才完成或者仍未完成的事项。责任单位是其岗位应当完成该事项的单位。",
  "{n} permit in force": "{n} 项有效许可",
  "{n} permits in force": "{n} 项有效许可",
  "who may use what, at which price": "谁可以使用什么、价格多少",
  "{n} in force against a rule": "{n} 项违反规则而有效",
  "Decisions against a rule whose effect has not ended, whether somebody looked at them again or not.":
    "效力尚未终止的违反规则的决定，不论是否已复核。",
  "Granted, not revoked, inside their dates, for a product that is still offered.":
    "已授予、未撤销、在有效期内，且其产品仍在提供。",
  "No act has adopted a witness policy.": "尚无行为通过见证策略。",
  "The register holds a witness policy; a checkpoint is public only when its quorum has cosigned. A witness on the office's own machine could be made to forget with it.":
    "登记簿中有见证策略；检查点经其规定数量的见证人联署后才公开。设在本机构自己机器上的见证人，可能与本机构一起被迫遗忘。",
  "Nobody outside": "没有外部见证人",
  "One witness": "一名见证人",
  "{n} witnesses": "{n} 名见证人",
  "watches this log: its times and its completeness are the office's word":
    "监督本日志：其时间和完整性均为本机构的单方陈述",
  "is known to watch this log: the paper of its witness policy is not here, or is no policy":
    "已知在监督本日志：其见证策略的文件不在此处，或者不是策略",
  "watches this log: its witness policy names nobody":
    "监督本日志：其见证策略未指明任何人",
  "watches this log, on this machine: not independent":
    "监督本日志，但设在本机器上：不独立",
  "named by the office cosign this log": "由本机构指定，联署本日志",
  "{who} {how}.": "{who}{how}。",
  "Not counted here: the open logs of {gateways}, which tell the office what they add up to when their quarter is over. Verification adds up all of them at any time.":
    "未计入：{gateways} 尚未关闭的日志，其合计在季度结束后才报告本机构。核验随时可以把它们全部相加。",
  "Decided against a rule, and not looked at again yet":
    "违反规则作出、尚未复核的决定",
  "What is known, and what passes the gate":
    "已知的系统，以及经由网关提供的数据",
  "Data of systems that do not pass this gate is outside everything that this page and its log can say.":
    "不经由本网关的系统数据，不在本页及其日志所能说明的范围之内。",
  "Run by": "运行单位",
  "Through the gate": "经由网关",
  "No system is registered.": "没有登记信息系统。",
  "no: registered by its existence only": "否：仅登记其存在",
  "Who may use what, at which price": "谁可以使用什么，价格多少",
  "Permits and prices": "许可与价格",
  "Permits in force. A price is by product and class of payer, never by name.":
    "有效的许可。价格按产品和付费者类别确定，从不针对特定主体。",
  "No permit is in force.": "没有有效的许可。",
  "Paid to, on what ground": "收款方及依据",
  "Calls so far": "迄今调用次数",
  "{payee}, {ground}": "{payee}，{ground}",
  "{payee}, {ground}; ceiling {amount}": "{payee}，{ground}；上限 {amount}",
  "Charged in {year}, and on what ground": "{year}年的收费及其依据",
  Charges: "收费",
  "From the usage logs; anyone can add them up again.":
    "取自使用日志；任何人都可以重新相加。",
  "Fee standard": "收费标准",
  "Nothing was charged this year.": "本年度没有收费。",
  "Refused acts": "被拒绝的行为",
  "By post, not by person. A refusal is an entry of the log like any other.":
    "按岗位，不按个人。拒绝与其他行为一样是日志中的一条记录。",
  "Latest acts": "最近的行为",
  "Disowned by whoever had signed": "被签署人否认的行为",
  "What was disowned never took effect. It is no verdict on who signed.":
    "被否认的行为从未生效。这并不认定由谁签署。",
  "The last {n} of {all} acts.": "共 {all} 项行为，此为最近 {n} 项。",
  "None yet.": "尚无。",
  "The log, and who watches it": "日志，以及谁在监督",
  "Head: size {size}, root {root}.": "日志头：大小 {size}，根 {root}。",
  "Head: size {size}, root {root}, last entry {since}.":
    "日志头：大小 {size}，根 {root}，最后一条记录 {since}。",
  "Fingerprint of the office (its founding act): {fingerprint}. For a witness, or any tool that reads C2SP logs, its key is {key}.":
    "本机构的指纹（其设立行为）：{fingerprint}。供见证人或者任何读取 C2SP 日志的工具使用的密钥为 {key}。",
  Checkpoint: "检查点",
  "All logs, proofs, and how to check them": "全部日志、证明与核验方法",
  "All keys, of the log, of machines and of posts, over time":
    "日志、机器和岗位的全部密钥及其沿革",
  "{policy} is in force since {since}; before the first cosignature every time is the office's word.":
    "{policy}自 {since} 起生效；在第一次联署之前，一切时间均为本机构的单方陈述。",
  "This policy": "该策略",
  "What is public was cosigned last at {at}; it is cosigned again every ten minutes though nothing grows.":
    "已公开的内容最近一次联署于 {at}；即使没有新增，也每十分钟重新联署一次。",
  "What the last check could not check": "最近一次核验未能核验的事项",
  "No check has ended yet since this program was started.":
    "本程序启动以来尚无核验完成。",
  "The office ran the stranger's check on itself at {at}: {conclusion}. Code from the office cannot clear the office: run your own copy.":
    "本机构于 {at} 以外部人员的方式核验了自身，结论：{conclusion}。来自本机构的代码不能证明本机构清白：请运行您自己的副本。",
} as const;
