/** The desk of officials: cases, drafts, rulings and signatures. */
export const deskCases = {
  "Sign all of them": "全部签署",
  "One signature stands under all of them. Each is ruled on by itself, and each is an entry of its own.":
    "一个签名用于以下全部行为。每件行为各自裁定，各自记入。",
  "Act {n}": "第 {n} 件",
  "It would be refused.": "将被拒绝。",
  "It would be granted.": "将予准许。",
  "It would be received. Nothing is granted by it.":
    "将收到并记入，并不因此准予任何事项。",
  "Received. Nothing is granted by it.": "已收到，并不因此准予任何事项。",
  "The application would be refused.": "申请将不予许可。",
  "The application is refused.": "申请不予许可。",
  "The renewal would be refused.": "延续将不予许可。",
  "The renewal is refused.": "延续不予许可。",
  "The registration would be refused.": "将不予登记。",
  "The registration is refused.": "不予登记。",
  Sign: "签署",
  "{n} act": "{n} 件",
  "{n} acts": "{n} 件",
  "Application {id}": "申请 {id}",
  "What was asked for": "申请内容",
  "{purpose}, which is not on the list of the rulebook":
    "{purpose}（不在规则手册清单内）",
  "{product}, which is not offered": "{product}（未提供）",
  "entry {entry}": "第 {entry} 条记录",
  "to see: {fields}": "查看：{fields}",
  "to search by: {fields}": "查询条件：{fields}",
  Quantity: "数量",
  "For how long": "期限",
  "rows in one answer: {rows}; requests: {calls}; steps: {steps}":
    "每次应答行数：{rows}；请求次数：{calls}；步数：{steps}",
  "no limit named": "未载明上限",
  "from the grant on": "自准予之日起",
  "from {at}": "自 {at} 起",
  "no end named": "未载明截止日",
  "Which fields the application asks for cannot be read off its paper by this program, so none is ticked: look at the paper, and tick those that its purpose needs.":
    "程序无法从申请文件中读出所申请的字段，因此均未勾选：请查阅该文件，并勾选其用途所需的字段。",
  "No id is proposed: the office is still reading its log, and cannot say yet under which ids acts were refused. Write one, or load this page again in some minutes.":
    "未建议标识：本机构仍在读取日志，尚不能确定哪些标识已用于被拒绝的行为。请自行填写，或数分钟后重新加载本页。",
  "The application names no fields, so none is ticked: tick those that its purpose needs.":
    "申请未指明字段，因此均未勾选：请勾选其用途所需的字段。",
  "The application is for “{purpose}”, which is not on the list of the rulebook. No permit can be granted for that, and one for another purpose is not what was asked for.":
    "该申请的用途为“{purpose}”，不在规则手册清单内。不能就此授予许可，而其他用途的许可并非所申请的事项。",
  "The applicant asked for no limit of requests and steps, so none is filled in: granted so, there is none.":
    "申请人请求不限请求次数和步数，因此未填写上限：照此准予即无上限。",
  "How much it asks for is not known here, and there is no alike case: rows are as many as the product lets, and {n} requests are a proposal of this program.":
    "本处不知申请的数量，亦无同类案件：行数取产品允许的上限，{n} 次请求为本程序的建议值。",
  "How much it asks for is not known here: rows, requests and steps are those of the newest alike case, the permit {permit}.":
    "本处不知申请的数量：行数、请求次数和步数取自最近的同类案件，即许可 {permit}。",
  "Filled in with what the applicant asked for; you decide how much of it is granted. An end that the applicant did not name, or that lies too late, is the last one that the rules allow, at most a year from now.":
    "已按申请人的申请内容填写，准予多少由您决定。申请人未写明或者过晚的终止日期，填为规则允许的最后日期，自现在起至多一年。",
  "Price that would apply": "将适用的价格",
  "Decided: {outcome}, entry {entry}": "已决定：{outcome}，第 {entry} 条记录",
  "As it stands on {at}.": "截至 {at} 的状态。",
  "free of charge: no price is in force for this class of payers":
    "免费：对该类付费者没有有效的收费标准",
  "free of charge: the law lets nobody charge for this purpose":
    "免费：法律规定该用途不得收费",
  "{amount} per {unit}, price {fee}": "每{unit} {amount}，收费标准 {fee}",
  "How much time is left": "剩余时间",
  "The clock stands: the applicant was asked for what is missing. Of the term {left} days are left.":
    "期限中止：已要求申请人补正。期限尚余 {left} 天。",
  "The term was made longer already, which can be done once.":
    "期限已延长过一次，不得再次延长。",
  "This office does not have its content as text.":
    "本机构没有该文件的文本内容。",
  "Open the paper": "打开文件",
  "What can be done now": "现在可以做什么",
  "Your posts may read this case and decide nothing in it.":
    "您的岗位可以查阅本案，但不能作出决定。",
  "The application": "申请书",
  "A draft. Nothing is entered before everybody below has signed.":
    "草案。下列人员全部签署之前不会记入。",
  "It was not entered. The office says:": "未予记入，原因如下：",
  "What it says": "内容",
  "Change it": "修改",
  "Who signs": "签署人",
  "What exactly is signed": "签署的确切内容",
  "The SHA-256 of these bytes, behind the line vitrine-act-v1, is:":
    "下列字节（前置一行 vitrine-act-v1）的 SHA-256 为：",
  "The statement as JSON": "声明的 JSON 版本",
  Withdraw: "撤回",
  "Withdraw this draft": "撤回此草案",
  "Nobody has signed yet.": "尚无人签署。",
  "Stands until {until}; then it is gone.": "有效至 {until}，逾期即失效。",
  "As what": "身份",
  Signature: "签名",
  nobody: "无人",
  signed: "已签署",
  waits: "待签署",
  "Sign it, although it is refused": "仍然签署（将被拒绝）",
  prepares: "拟制",
  approves: "批准",
  publishes: "公布",
  "holds the new key": "持有新密钥",
  "Wait for the applicant": "等待申请人补正",
  "Decide an application": "对申请作出决定",
  "Answer a question about a use": "答复关于使用的询问",
  "Adopt the calendar of a year": "通过某年度日历",
  "Adopt what follows the rulebook": "通过后续规则手册",
  "Adopt what follows a local rulebook": "通过后续地方规则手册",
  "Promote a pilot, or let it end": "推广试点或任其终止",
  "Enrol what follows a machine's key": "登记后续机器密钥",
  "Look again at what is withheld": "复核不予公开的数据",
  "Answer an objection to a procedure": "答复对程序的异议",
  "Take the next step of a registration": "办理登记的下一步",
  "Apply for the first registration of": "申请首次登记",
  "Issue a code, now that the public notice ends": "公示期满，发放登记码",
  "Renew a registration, or let it lapse": "续展登记或任其失效",
  "See that an appeal is decided": "跟进复议或诉讼",
  "Decide anew, as it was ordered": "依责令重新决定",
  "Keep a promise, or give it up": "履行或放弃承诺",
  "Decide whether a permit is renewed": "决定许可是否延续",
  "Send the yearly report on prices": "报送年度价格报告",
  "Disclose what was operated in a year": "披露年度运营情况",
  "Adjust a highest price": "调整上限收费标准",
  "Put another price in place of a trial": "以正式收费标准取代试行标准",
  "Look again at an exclusive authorisation": "复核排他性授权",
  "Entered. What stands in the log stays there for ever.":
    "已记入。日志中的内容永久保留。",
  "Refused.": "已被拒绝。",
  "It stands in the log, and this page did not hear of it in time: there is no receipt of it. Do not send it again.":
    "该行为已在日志之中，但本页未能及时获知，因此没有回执。请勿重复提交。",
  "Granted.": "已准予。",
  "It is entry {entry} of the register log.":
    "已记为登记日志第 {entry} 条记录。",
  "It takes no effect; that it was refused, and why, is public.":
    "不产生效力；被拒绝的事实及理由已公开。",
  "The receipt": "回执",
  "The office promises with its signature that this entry is in the public log. Whoever keeps the receipt can hold the office to it.":
    "本机构以签名承诺该记录列于公开日志。持有回执者可据此追究。",
  "Download the receipt": "下载回执",
  "The entry, as everybody sees it": "公众所见的记录",
  "Back to your desk": "返回工作台",
  Leaf: "叶哈希",
  "It takes effect at {at}.": "自 {at} 起生效。",
  "Entered now, it would take effect at {at}: the rulebook lets acts that grant wait, and whoever signs it can disown it until then.":
    "如现在记入，将自 {at} 起生效：规则手册规定准予的行为须等待，在此之前签署人可以否认。",
  "It is in effect since its entry.": "自记入之时起生效。",
  "What is noted beside it": "附注",
  "What could change that: {next}": "如何才能通过：{next}",
  "How the rules would rule now": "规则目前将如何裁定",
  "Who may state what is missing: {posts}": "可补充所缺事实的岗位：{posts}",
  "How cases like this one were decided": "同类案件的决定",
  "Cases like this one": "同类案件",
  "The same product and purpose, and an organisation of the same class of payers or the same organisation; the newest first.":
    "产品与用途相同，付费者类别相同的组织或者同一组织；按时间倒序排列。",
  "{title} (the same organisation)": "{title}（同一组织）",
  When: "时间",
  "No other case like this one was decided yet.": "尚无其他同类案件作出决定。",
  refused: "拒绝",
  "granted, in force": "准予，有效",
  "granted, over": "准予，已失效",
  "taken longer": "延长办理期限",
  "renewal granted": "准予延续",
  "renewal refused": "不予延续",
  "{n} rule looked at it": "{n} 条规则进行了审查",
  "{n} rules looked at it": "{n} 条规则进行了审查",
  kept: "符合",
  broken: "违反",
  "something is missing": "缺少事实",
  "not in force": "未生效",
  "A public paper, which everybody can read": "公开文件（任何人可读）",
  "A private paper, of which the public sees only that it is there":
    "非公开文件（公众仅知其存在）",
  "Signed as it is, it is entered as refused: everybody can read who asked for what, by post, and why the rules refused it. It takes no effect.":
    "若照此签署，将作为被拒绝的行为记入：任何人都能看到哪个岗位请求了什么，以及规则拒绝的理由。该行为不产生效力。",
  "This is a demonstration: the office holds this person's key for signing and signs with it. In a real office they sign here themselves, with their own passkey for signing or key file.":
    "这是演示：机构持有此人的签名密钥并用其签名。在真实机构中，由本人在此用自己的签名用通行密钥或密钥文件签署。",
  "The page does not hold together: nothing was signed.":
    "页面内容前后不一致：未签署任何内容。",
  "Nothing was signed: the passkey gave no answer.":
    "未签署任何内容：通行密钥没有应答。",
  "A passkey signs with the help of a script, which is switched off here. Everything else on these pages does without.":
    "通行密钥须借助脚本签名，而此处脚本已关闭。这些页面的其他功能均无需脚本。",
  "Go to the list that it is signed with": "前往与其一并签署的清单",
  "Somebody else signs": "更换签署人",
  "Signer {n}": "签署人 {n}",
  "Let these sign": "由以上人员签署",
  "What it would have brought": "按此价格本应产生的收入",
  "Over the uses that closed usage logs show from {first} to before {behind}. That fewer would ask at another price is not guessed.":
    "依据已关闭使用日志所示 {first} 起至 {behind} 之前的使用计算。不推测价格变化对使用量的影响。",
  Units: "单位数",
  "Free by law": "其中依法免费",
  "Was charged": "实收",
  "This price": "按此价格",
  "all together": "合计",
  "No highest price is in force for this product and unit.":
    "该产品及计费单位没有有效的上限收费标准。",
  "The highest price in force is {amount}; for the same units that is {most}. It ends at {until}, and no price may outlast it.":
    "有效的上限收费标准为 {amount}；按相同单位数计为 {most}。其效力至 {until} 止，价格的有效期不得超过该时间。",
  "No permitted revenue stands over it.": "没有适用的最高准许收入。",
  "The permitted revenue of this year, for all products of the operator together, is {total}.":
    "该运营机构全部产品本年度的最高准许收入为 {total}。",
} as const;
