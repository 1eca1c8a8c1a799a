/** Who used my data, questions about it, and objections. */
export const citizen = {
  "Who used my data": "谁使用了我的数据",
  "Complete for what passed the gateway {names} since {day}.":
    "自 {day} 起经网关 {names} 提供的使用均列于此。",
  "Complete for what passed the gateways {names} since {day}.":
    "自 {day} 起经网关 {names} 提供的使用均列于此。",
  "No gateway of this office has answered anybody yet.":
    "本机构的网关尚未应答过任何人。",
  "Except {n} use under seal in the whole office, of all persons, and those of the running hour.":
    "但不含全机构（所有人合计）处于保密期内的 {n} 次使用，以及当前一小时内的保密使用。",
  "Except {n} uses under seal in the whole office, of all persons, and those of the running hour.":
    "但不含全机构（所有人合计）处于保密期内的 {n} 次使用，以及当前一小时内的保密使用。",
  "Seals in {n} logs cannot be counted now.":
    "目前有 {n} 个日志中的保密使用无法计数。",
  "{n} older uses are not in the index of persons yet and may be missing.":
    "另有 {n} 次较早的使用尚未编入人员索引，可能未列出。",
  "What the gateway {gateway} answered since {time} is not here yet.":
    "网关 {gateway} 自 {time} 起的应答尚未汇集到此。",
  "What happens in {n} system that the gate does not serve is not here.":
    "未经本网关提供的 {n} 个信息系统中发生的使用不在此列。",
  "What happens in {n} systems that the gate does not serve is not here.":
    "未经本网关提供的 {n} 个信息系统中发生的使用不在此列。",
  "What this list cannot show": "此清单无法显示的内容",
  "Systems that the gate does not serve: what happens there is not entered here":
    "未经本网关提供的信息系统：其中发生的使用不在此记入",
  "Every known system is served through the gate.":
    "所有已知的信息系统均经本网关提供。",
  "Data about persons that do not say which field names the person":
    "未标明哪个字段指向个人的个人数据",
  "Uses that a list shows only after some days, because they would tell about somebody else:":
    "以下使用若立即显示会泄露他人情况，因此若干天后才列出：",
  "{title}: {n} day": "{title}：{n} 天",
  "{title}: {n} days": "{title}：{n} 天",
  "asked whether what it knows about you is right, by {dataset}":
    "依据“{dataset}”核对了其掌握的关于您的信息是否正确",
  "read about you in {dataset}": "查阅了“{dataset}”中关于您的数据",
  "got a file of {dataset}, with you among others":
    "取得了“{dataset}”的数据文件，其中包含您",
  "counted in {dataset}, with you among others":
    "对“{dataset}”进行了统计，其中包含您",
  "May they": "是否有权",
  Ask: "提问",
  "Ask about this use": "就此次使用提问",
  "Send the question": "提交询问",
  "its system {system}": "其系统 {system}",
  "case {number}": "案件编号 {number}",
  "Not by the register: permit {permit} was not in force then.":
    "按登记簿所载无权：当时许可 {permit} 并未生效。",
  "Yes, as the register says: permit {permit} was in force then.":
    "按登记簿所载有权：当时许可 {permit} 有效。",
  "It has ended since.": "该许可现已终止。",
  "Its purpose rests on {law}.": "其用途的依据：{law}。",
  "The rulebook names no provision for this purpose.":
    "规则手册未为此用途载明依据条款。",
  "You asked: question {number}.": "您已提问：询问编号 {number}。",
  "The answer is due by {time}.": "应于 {time} 前答复。",
  "Answered on {time}.": "已于 {time} 答复。",
  "That has passed.": "期限已过。",
  "The post that receives questions has not entered it yet.":
    "受理岗位尚未将其记入。",
  "Its text is not kept here, or its entry is not public yet: ask the office for it by this number.":
    "答复正文未存于此，或其记录尚未公开：请凭此编号向本机构索取。",
  "Proof and details": "证明与详情",
  "Entry (leaf hash)": "记录（叶哈希）",
  Log: "日志",
  Proof: "证明",
  "Returned or compared": "返回或比对的字段",
  "Asked by": "查询条件",
  "nothing: all rows": "无：全部行",
  "Persons concerned": "涉及人数",
  Product: "产品",
  "System that holds the data": "保存数据的信息系统",
  "What the law says": "法规要点",
  "What opens the entry": "开启该记录的数据",
  "Kept: this use names other persons as well, or may. An auditor can open it.":
    "不予给出：此次使用同时（或可能）指向他人。审计人员可以开启。",
  "Proof that it stands in the public log": "该记录载于公开日志的证明",
  "Proof that it stands in the public log, at place {index}":
    "该记录载于公开日志第 {index} 条的证明",
  "Its log was dropped under a policy: it cannot be shown.":
    "其日志已按保存政策删除，无法出示。",
  "Not public yet: it stands in the public log by {time}, or the receipt of whoever asked proves a breach.":
    "尚未公开：最迟于 {time} 载入公开日志，否则查询方的回执即证明违约。",
  "Your question": "您的询问",
  "At most {n} characters. It is kept sealed; the post that receives questions reads it.":
    "最多 {n} 个字符。询问将密封保存，由受理岗位阅读。",
  "You stand in for somebody: this is their list, and it shows them that you looked.":
    "您是代他人查看：这是其本人的清单，清单会向其显示您看过。",
  "Programs read the same list: {docs}.": "程序可读取同一清单：{docs}。",
  "Pages of the list": "清单分页",
  "Newest uses": "最新的使用",
  "Older uses": "更早的使用",
  "What this list is": "关于此清单",
  "{n} line in all, looks at the list among them.":
    "共 {n} 条，其中包括对清单的查看。",
  "{n} lines in all, looks at the list among them.":
    "共 {n} 条，其中包括对清单的查看。",
  "This look is itself a use: it was entered before this page was shown, as entry {leaf}, and stands in the list the next time. Loaded anew within a minute this page is the same look.":
    "本次查看本身也是一次使用：在显示本页之前已记入日志（记录 {leaf}），下次查看时会列在清单中。一分钟内重新载入，仍为同一次查看。",
  "as a citizen or an organisation": "以公民或组织身份",
  "Uses, the newest first": "使用记录（最新在前）",
  "No use of data about you is entered here, as far as the sentence above reaches. It does not say that nobody used them elsewhere.":
    "在上文所述范围内，此处没有记入对您数据的使用。这并不表示他处无人使用过。",
  "No use of data about you is on this page.": "本页没有对您数据的使用。",
  "{n} look at this list, {time}": "查看此清单 {n} 次，{time}",
  "{n} looks at this list, the newest {time}":
    "查看此清单 {n} 次，最近一次 {time}",
  "you looked yourself": "您本人查看",
  "somebody who stands in for you looked": "代理人代您查看",
  "shown to you by {portal}": "经 {portal} 向您显示",
  "You looked often; wait a little": "您查看得较频繁，请稍候",
  "The list was looked at {max} times within an hour, and that is as often as it is shown. There is room again in {n} minute.":
    "此清单一小时内已被查看 {max} 次，已达上限。{n} 分钟后可再次查看。",
  "The list was looked at {max} times within an hour, and that is as often as it is shown. There is room again in {n} minutes.":
    "此清单一小时内已被查看 {max} 次，已达上限。{n} 分钟后可再次查看。",
  "Every look is entered for good, and a list that was read by a program all day would be a record of its own. What you saw is not lost: nothing is ever taken from the list.":
    "每次查看都会永久记入，若由程序整日读取，清单本身就会成为一份行踪记录。您看到的内容不会丢失：清单中的内容从不撤除。",
  "Entry {leaf} of your list": "您清单中的记录 {leaf}",
  "Back to the list": "返回清单",
  "Your question was taken": "您的询问已收到",
  "You asked this already": "您已提出过此询问",
  "The same question about the same use is open: nothing was sent again. When it is answered you can ask anew; another question you can ask at any time.":
    "对同一次使用的同一询问尚未答复：未再次发送。答复之后可以重新询问；其他询问可随时提出。",
  "Its number": "编号",
  "The answer is due": "答复期限",
  "How it stands": "办理状态",
  Answered: "已答复",
  "Entered by the post that receives questions": "受理岗位已记入",
  "Waits for the post that receives questions to enter it": "等待受理岗位记入",
  "What is public of it": "公开的内容",
  "In public it is one question more: a number, a deadline and a seal over its text, as {due} shows them. Neither what you asked nor about which use, and no trace of whom.":
    "公众只看到多了一项询问：编号、期限以及对正文的承诺值，见{due}。既不显示您问了什么、针对哪次使用，也不留下提问者的任何痕迹。",
  "The answer will stand at the line of your list about which you asked. If none comes in time, the office's list of missed deadlines says so to everybody.":
    "答复将显示在您所问的那条清单之下。若逾期未答，本机构的逾期清单会向所有人公示。",
  "in {n} day": "{n} 天内",
  "in {n} days": "{n} 天内",
  "in {n} month": "{n} 个月内",
  "in {n} months": "{n} 个月内",
  "in {n} working day": "{n} 个工作日内",
  "in {n} working days": "{n} 个工作日内",
  "Write what you want to know": "请写明您想了解的内容",
  "This has {n} characters; at most {max} are taken":
    "现有 {n} 个字符；最多可提交 {max} 个",
  "You were signed out; what you typed is still here":
    "您已退出登录；您输入的内容仍在此处",
  "Nobody asked for anything for some minutes, so the office ended your session. Copy your text, sign in again and send it.":
    "由于数分钟内没有操作，本机构结束了您的会话。请复制文字，重新登录后再提交。",
  "Question or notice number": "编号",
} as const;

/** Objections. */
export const objections = {
  Objections: "异议",
  "the registration of a data resource, while its notice stands":
    "公示期内的数据资源登记",
  "the documents of a tender, before the bids are due": "投标截止前的招标文件",
  "the result of a tender, while its notice stands": "公示期内的中标结果",
  "waits for the post to enter it": "等待受理岗位记入",
  entered: "已记入",
  "given back: ask the office why": "已退回：请向本机构询问原因",
  "What anybody can object to now, until when, and which post enters it. An objection costs nothing, and a procedure that was objected to waits for the answer.":
    "现在可以对什么提出异议、截止何时、由哪个岗位记入。提出异议不收费；被提出异议的程序须等待答复。",
  "Open now": "现可提出异议的事项",
  "Worked out from the acts at the moment of asking; the rules count the same days.":
    "按查询时的登记行为推算；规则按同样的日期计算。",
  "Nothing can be objected to at this moment.": "目前没有可提出异议的事项。",
  What: "事项",
  "Objections to": "异议对象",
  "Entered by": "记入岗位",
  Object: "提出异议",
  "no post has the power": "没有岗位具有此权限",
  "Object to {id}": "对 {id} 提出异议",
  "To object over this page, sign in as a citizen or for an organisation. On paper it can be handed to the post that is named.":
    "通过本页提出异议，须以公民身份或代表组织登录。也可将书面异议递交所列岗位。",
  "What you sent": "您提交的异议",
  "Shown to you alone.": "仅向您本人显示。",
  Received: "收到时间",
  "What is public of an objection, and what else there is":
    "异议的公开范围与其他途径",
  "In public it is a number, a day and a seal over a paper. Who objects and why is in the paper, which the office and whoever decides can read.":
    "公众只看到编号、日期以及对文件的承诺值。异议人及理由载于文件中，仅本机构和作出决定者可读。",
  "The day on which it came counts, also where a post enters it later.":
    "以收到之日为准，岗位稍后记入亦然。",
  "Whoever is not content with the answer complains to the supervisor of the procedure, and goes against a decision where the decision itself says: to the reviewing authority or a court. Those do not sit in this office, and this page hands nothing to them.":
    "对答复不服的，可向程序的监督部门投诉；对决定不服的，按决定书所载途径申请行政复议或提起诉讼。上述机关不在本机构之内，本页不代为转交。",
  "About a use of data about yourself you ask at its line: {list}.":
    "对本人数据的使用有疑问，请在对应记录处提问：{list}。",
  "In time until {until}.": "有效期至 {until}。",
  "Your name, or the organisation's": "您的姓名或组织名称",
  "The real one: the law hears nobody without a name. It stands in the sealed paper and nowhere in public.":
    "请填写真实名称：法律要求实名提出。该名称仅载于密封文件，不对外公开。",
  "What you object to, and what shows it": "异议内容及依据",
  "At most {n} characters.": "最多 {n} 个字符。",
  "Send the objection": "提交异议",
  "Say who objects": "请写明异议人",
  "Say what you object to": "请写明异议内容",
} as const;
