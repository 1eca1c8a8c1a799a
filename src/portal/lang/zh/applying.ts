/** Applications for permits, from the first step to the decision. */
export const applying = {
  "Apply for a permit": "申请许可",
  "In five short steps. What you type is kept, sealed, after every step: you can go away and come back.":
    "共五个简短步骤。每一步之后，所填内容均密封保存：您可以离开，之后再回来。",
  "Nothing is offered by permit at this moment.": "目前没有凭许可提供的产品。",
  "What you want to use": "希望使用的产品",
  "Its fields, prices and limits are on its own page.":
    "字段、价格和限制见该产品的页面。",
  Begin: "开始",
  "Application for {product}": "{product} 的申请",
  "It is kept, but something has to be mended first:": "已保存，但须先改正：",
  "Throw this draft away": "删除草稿",
  "What you typed and the papers that you added are gone then.":
    "您填写的内容和添加的文件将随之删除。",
  "Yes, throw it away": "确认删除",
  "Steps of the application": "申请步骤",
  "What for": "用途",
  "Which data, and how much": "数据范围与数量",
  "Papers that go with it": "所附文件",
  "Look over and send": "核对并提交",
  "Purpose, from the office's list": "用途（从本机构清单中选择）",
  "Only what is on the list can be given. Whoever uses data for something else breaks the permit.":
    "只能授予清单所列的用途。将数据用于其他目的即违反许可。",
  "rests on {law}": "依据：{law}",
  "In your own words": "自述",
  "What you do, for whom, and why these data are needed for it. The posts that decide read it; it is kept sealed and never public.":
    "您做什么、为谁而做、为何需要这些数据。由决定的岗位阅读；密封保存，绝不公开。",
  "Rows in one answer, at most": "每次应答的行数上限",
  "This product gives {max} at most.": "该产品最多提供 {max} 行。",
  "Requests in all": "请求总次数",
  "Leave it empty for no limit.": "留空表示不限。",
  "Steps of rows in all": "总步数",
  "One step is {n} rows of an answer, or a part of that. Leave it empty for no limit.":
    "一步为应答的 {n} 行或其中一部分。留空表示不限。",
  "First day": "起始日期",
  "Leave it empty to begin at once.": "留空表示立即开始。",
  "Last day": "结束日期",
  "Leave it empty for as long as the office's rules let a permit stand.":
    "留空表示以本机构规则允许的最长期限为准。",
  Fields: "字段",
  "Ask for as few as you need: every one of them is looked at. A field that you only search by need not be seen.":
    "请只申请所需字段：每个字段都会被审查。仅用于检索的字段无需查看。",
  "Tick all fields": "勾选全部字段",
  "Only where the purpose needs every one.": "仅在用途需要每一个字段时使用。",
  see: "查看",
  "search by": "检索",
  "Papers that are kept already": "已保存的文件",
  "Take out {name}": "移除 {name}",
  "Add papers": "添加文件",
  "At most {n} papers of {megabytes} megabytes each: {kinds}. They are kept sealed; in public stands a number that tells nothing of them.":
    "最多 {n} 份，每份不超过 {megabytes} MB：{kinds}。文件密封保存；公开的只是一个不透露内容的承诺值。",
  "Keep these papers": "保存这些文件",
  "{n} bytes": "{n} 字节",
  "Keep it and go on": "保存并继续",
  "Back to {account}.": "返回{account}。",
  "Choose one of the products on offer": "请选择所提供的一项产品",
  "Choose one of the purposes": "请选择一项用途",
  "Say in your own words what you need the data for":
    "请用自己的话说明数据用途",
  "Choose at least one field that you want to see":
    "请至少选择一个要查看的字段",
  "Choose among the fields of the product": "请从该产品的字段中选择",
  "Write a whole number of 1 or more, or nothing":
    "请填写不小于 1 的整数，或留空",
  "Write a day such as 2027-03-31, or nothing":
    "请填写日期，如 2027-03-31，或留空",
  "This day lies before the beginning": "该日期早于起始日期",
  "{name} is empty": "{name} 是空文件",
  "{name} is larger than {megabytes} megabytes": "{name} 超过 {megabytes} MB",
  "{name} is one paper too many: at most {n} are taken":
    "{name} 超出数量：最多 {n} 份",
  "{name} is none of the kinds that are taken, or not what its name says":
    "{name} 不是可接受的类型，或内容与名称不符",
  "What you ask for": "申请内容",
  "Fields to see": "查看的字段",
  "Fields to search by": "检索的字段",
  "none of them": "无",
  "no limit": "不限",
  "at once": "立即",
  "as long as the rules let it stand": "以规则允许的最长期限为准",
  "Hand in the application": "提交申请",
  "It goes before the post that receives applications. The day on which it comes counts, also where the office enters it later.":
    "申请将交由受理岗位。以提交之日为准，本机构稍后记入亦然。",
  "What it would cost": "预计费用",
  "All of it used up": "全部用完时",
  "not known: you set no limit in this unit": "未知：您未以该单位设定限额",
  "Worked out by the prices in force now, as the gate works out every charge. What counts is the price at the hour of each use.":
    "按现行价格、以与网关计费相同的方法算出。实际以每次使用当时的价格为准。",
  "What the rules would find": "规则审查的预判",
  "Nobody holds the post that grants permits at this moment.":
    "目前无人担任授予许可的岗位。",
  "A permit as you ask for it would break no rule now.":
    "按您申请的内容授予许可，目前不违反任何规则。",
  "A permit exactly as you ask for it would be refused now:":
    "完全按您申请的内容，目前会被拒绝：",
  "This is a trial and not the decision. An officer decides, may give less than you ask for, and may need papers that only they can state.":
    "这只是预判，不是决定。由工作人员作出决定，可能少于您的申请，也可能需要只有其才能载明的文件。",
  "Who else has it": "还有谁在使用",
  "Nobody else has a permit for this product now.":
    "目前没有其他组织持有该产品的许可。",
  "until {time}": "至 {time}",
  "{n} permit of somebody else is in force.": "其他组织有 {n} 项有效许可。",
  "{n} permits of others are in force.": "其他组织有 {n} 项有效许可。",
  "Free of charge: the data are open.": "免费：数据是开放的。",
  "Free of charge: the law gives data for public governance and public welfare without a fee.":
    "免费：法律规定用于公共治理和公益事业的数据不收费。",
  "Free of charge at this moment: no price is in force for your class of user.":
    "目前免费：没有适用于您所属类别的有效价格。",
  "A price is in force.": "有现行价格。",
  "{amount} for each request": "每次请求 {amount}",
  "{amount} for each step of {n} rows": "每步（{n} 行）{amount}",
  "Number {id}: {state}.": "编号 {id}：{state}。",
  "handed in; the office has to enter it": "已提交，须由本机构记入",
  "given back by the office": "已被本机构退回",
  "received; being decided": "已受理，审查中",
  "waits for you": "等待您补正",
  granted: "准予",
  refused: "拒绝",
  "withdrawn by you": "已由您撤回",
  "administrative review": "行政复议",
  "a court": "法院",
  "the supervising authority": "监督机关",
  "an impartial body": "中立机构",
  "the office has to enter it": "须由本机构记入",
  "Handed in at {time}; the office has to enter it. The clock of the law runs from that day, whenever it is entered.":
    "已于 {time} 提交，须由本机构记入。法定期限自该日起算，与记入时间无关。",
  "The office gave it back without entering it: ask the office why. You can apply again.":
    "本机构未记入而退回：请向本机构询问原因。您可以重新申请。",
  "It is decided by {time} at the latest.": "最迟于 {time} 作出决定。",
  "It was granted: {permit}. There you make a token and ask.":
    "已授予：{permit}。请在该页生成令牌并查询。",
  "your permit {permit}": "您的许可 {permit}",
  "You withdrew it. You can apply again at any time.":
    "您已撤回。可随时重新申请。",
  "The office asked for what is missing. Bring it by {time}; the clock stands until then.":
    "本机构要求补正。请于 {time} 前补交；其间期限中止计算。",
  "What is missing stands in the office's letter; this page does not have it.":
    "所缺材料载于本机构的通知书，本页没有该内容。",
  "Answer with what is missing": "补交材料",
  "You answered at {time}; the office has to enter it.":
    "您已于 {time} 补交，须由本机构记入。",
  "It was refused. The act is public in a moment: look again then.":
    "申请被拒绝。该行为稍后公开，请届时再看。",
  "Why it was refused, and where to go against it": "拒绝理由与救济途径",
  Rule: "规则",
  Article: "条款",
  "Its reasons": "理由",
  "They stand in the office's letter; this page does not have it.":
    "理由载于本机构的决定书，本页没有该内容。",
  "Go against it at": "可向何处申请救济",
  "In time until": "救济期限至",
  "An appeal is handed in where it is decided, not here: the office enters it when it hears of it.":
    "救济申请须向有权作出决定的机关提出，不在本页提交；本机构获悉后予以记入。",
  "The refusal is {entry} of the register log.":
    "该决定载于登记日志的{entry}。",
  "What the rules noted beside the refusal:": "规则在该决定之外提示：",
  "The reasons of the refusal say what is different in your case; where they do not, you can go against it for that.":
    "拒绝理由应说明您的情形有何不同；未说明的，您可以据此寻求救济。",
  "Its clock": "期限",
  "Handed in": "提交时间",
  "Entered by the office": "本机构记入",
  "{time}, entry {entry}": "{time}，第 {entry} 条记录",
  "The day from which the term counts": "期限起算日",
  "the clock stands": "中止计算",
  "The office took a longer term": "本机构已延长期限",
  "Decided on": "决定时间",
  "What you sent since": "此后提交的内容",
  "Which it is": "内容",
  withdrawal: "撤回",
  "what was missing": "补正材料",
  "Withdraw it": "撤回申请",
  "Why you withdraw it": "撤回理由",
  "In a sentence. The office keeps it sealed, and enters that you withdrew.":
    "一句话即可。本机构密封保存，并记入您已撤回。",
  "Withdraw the application": "撤回该申请",
  "Say in a sentence why you withdraw it": "请用一句话说明撤回理由",
  "Say what you bring": "请说明补交的内容",
  "Bring what is missing": "补交所缺材料",
  "In time until {time}": "有效期至 {time}",
  "What you bring, and where it is found in your papers":
    "补交的内容，及其在文件中的位置",
  "Send it to the office": "提交给本机构",
  "Back to the application": "返回申请",
} as const;
