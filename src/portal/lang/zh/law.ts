/** The law, purposes, what is due, decisions against rules. */
export const law = {
  "The rules by which {office} is decided, as in force {at}.":
    "{office}据以裁定的规则，以 {at} 有效者为准。",
  "In our words, not those of the article, which is in Chinese:":
    "以下为本程序的表述，并非条文原文：",
  "In our words; the article itself stands below:":
    "以下为本程序的表述；条文原文见下：",
  "The article in its own words": "条文原文",
  "{article}, in the text of {date}": "{article}（{date} 文本）",
  "Quoted from a copy that is not authentic: the gazette has the authentic text, and later amendments.":
    "引自非标准文本的副本：标准文本及其后的修改以公报为准。",
  "Article, in Chinese": "条文出处",
  "Another day": "其他日期",
  "As in force on": "查看此日有效的文本",
  "Show that day": "显示该日",
  "Mark: T, T-x and X were read in a binding text and refuse, S and M were not and flag; house is an invariant or a convention of this program.":
    "标记：T、T-x 和 X 已在有约束力的文本中读到，可以据以拒绝；S 和 M 未读到原文，仅作提示；“本程序”是本程序的不变式或者约定。",
  "No rule is known.": "没有已知的规则。",
  "Says, in our words": "内容（本程序的表述）",
  Mark: "标记",
  "{where}: {number} ({rulebook})": "{where}：{number}（{rulebook}）",
  adopted: "已采纳",
  "The office's own, each state of it, and those of a part of it, which may only tighten what stands above them.":
    "本机构自身规则手册的历次版本，以及只能收紧上位规则的地方规则手册。",
  "No rulebook was adopted.": "没有通过规则手册。",
  "What is other than before": "与此前不同之处",
  "pilot in {where}": "在{where}试点",
  Conflicts: "规则冲突",
  "Both are kept. Which of them applies here the rulebook says, in the entry that adopted it.":
    "两者均予保留。此处适用哪一项，由通过规则手册的记录载明。",
  Against: "相对的规则",
  Applies: "适用",
  purpose: "用途",
  ground: "收费依据",
  "two persons for": "须由两人办理",
  "of two rules": "两项规则中",
  "{rule} and {against}, {applies} applies":
    "{rule} 与 {against}，适用 {applies}",
  "adopted with the number {number}": "已采纳，数值为 {number}",
  "{is}, before {was}": "{is}，此前为 {was}",
  "{name} {is}, before {was}": "{name} {is}，此前为 {was}",
  "term of a question": "答复询问的期限",
  "term of an application": "办理申请的期限",
  "{what} {one}: new": "{what} {one}：新增",
  "{what} {one}: gone": "{what} {one}：取消",
  "the whole office": "整个机构",
  "{body} and its units": "{body}及其下属单位",
  "Rule {rule}": "规则 {rule}",
  "The rule": "规则内容",
  "Which text was in force where": "何处适用何种文本",
  "As the entries of the register say; in force {at} where it is marked. Over data for which several are in force the tightest counts.":
    "以登记簿记录为准；标明有效者于 {at} 有效。同一数据有数项文本有效的，以最严格者为准。",
  "In force": "效力",
  "What the office's own rulebook changed": "本机构规则手册的变更",
  "{on}, entry {entry}: {says}": "{on}，第 {entry} 条记录：{says}",
  "What it looks at": "审查的事实",
  "Each is stated in an act and signed; where a rulebook has adopted the rule and one is missing, the act is refused and names it.":
    "每项事实均在行为中陈述并签署；规则手册已采纳该规则而事实缺失的，该行为被拒绝，并指明缺失的事实。",
  "In the act": "所在行为",
  "Stated by a post with the power": "由具有该权限的岗位陈述",
  "How far it was read": "研读程度",
  "In force from": "施行日期",
  "In force until": "失效日期",
  "Number of the law": "法定数值",
  "Next lawful step": "下一步合法做法",
  "Who loses what": "受损者及损害",
  "at most {number} {unit}; a rulebook may only lower it, as far as {bound}":
    "不超过 {number} {unit}；规则手册只能调低，最低至 {bound}",
  "at least {number} {unit}; a rulebook may only raise it, as far as {bound}":
    "不少于 {number} {unit}；规则手册只能调高，最高至 {bound}",
  "T: in the text of the rule itself, in a copy that is not authentic":
    "T：在规则原文中读到，所读为非正式文本",
  "T-x: in an official excerpt of the text": "T-x：在原文的官方摘录中读到",
  "X: in another binding text that repeats it":
    "X：在复述该规则的另一有约束力的文本中读到",
  "S: in secondary sources only, so that it flags and never refuses":
    "S：仅见于二手资料，因此只作提示，从不据以拒绝",
  "M: nowhere, from general knowledge, so that it flags and never refuses":
    "M：未读到文本，出自一般知识，因此只作提示，从不据以拒绝",
  "an invariant or a convention of this program": "本程序的不变式或者约定",
  "No rulebook has adopted it.": "没有规则手册采纳。",
  "It counts in every office of its law, without being adopted.":
    "无须采纳，在适用该法律的每个机构均有效。",
  "It is of a law that this office does not stand under.":
    "属于本机构不适用的法律。",
  "It is cited, and decides nothing by itself.": "仅供引用，本身不作裁定。",
  "What the data of {office} may be used for, as in force {at}. The list is closed: what is not on it is refused, whoever asks.":
    "{office}的数据可以用于何种用途，以 {at} 有效者为准。清单是封闭的：不在清单内的，无论何人申请，一律拒绝。",
  "The list": "用途清单",
  "Adopted by the rulebook {rulebook}, entry {entry}; a later one can only shorten it.":
    "由规则手册 {rulebook}（第 {entry} 条记录）通过；以后只能缩短。",
  "Nothing is on the list.": "清单为空。",
  "On the provision": "法律依据",
  "With a case": "须注明案件",
  "Not for data of": "不适用于下列数据",
  "Refused purposes": "被拒绝的用途",
  "Products, permits and applications that were refused for their purpose (V-PUR). Each refusal is an entry of the log.":
    "因用途被拒绝的产品、许可和申请（V-PUR）。每次拒绝都是日志中的一条记录。",
  "Nothing was refused for its purpose.": "没有因用途被拒绝的事项。",
  "a local rulebook left it out": "地方规则手册未列入",
  "no text forbids it by name: it is simply not on the list":
    "没有文本点名禁止：只是不在清单之内",
  "What {office} has to do, as its acts and its rulebook say on {at}. Nobody keeps this list: it is worked out anew each time.":
    "{office}于 {at} 依其行为和规则手册须办理的事项。没有人维护本清单：每次都重新推算。",
  "Terms are counted in days on end.": "期限按自然日连续计算。",
  "Working days are counted by the calendar {calendar}, from the day after; in a year for which it was not adopted every day counts.":
    "工作日依日历 {calendar} 自次日起计算；尚未通过该日历的年度，每日均计入。",
  "To be done": "应办事项",
  "Nothing is due.": "没有待办事项。",
  "{all} deadlines were missed in all; these are the newest {shown}.":
    "共有 {all} 项逾期；此为最近 {shown} 项。",
  "No deadline was missed.": "没有逾期事项。",
  "A post, never a person. A question is its number: in public it tells neither what was asked nor about whom.":
    "只列岗位，从不列个人。询问只显示编号：既不公开所问内容，也不公开涉及何人。",
  "Working days left": "剩余工作日",
  "By the post": "负责岗位",
  Done: "完成",
  "{n} over": "已逾期 {n} 个",
  "Wait for the applicant until then, and decide":
    "等待申请人至该日，随后作出决定",
  "Decide an application for a permit": "就许可申请作出决定",
  "Adopt what follows the rulebook, which ends":
    "规则手册即将失效，通过后续版本",
  "Adopt what follows a local rulebook, which ends":
    "地方规则手册即将失效，通过后续版本",
  "Look again at what is withheld: end it, or withhold it anew":
    "复核不予公开的数据：终止或者重新决定不予公开",
  "Answer an objection to a procedure": "答复对程序的异议",
  "Apply for the first registration of what is operated":
    "为所运营的数据申请首次登记",
  "Issue a code, or end it, when the public notice is over":
    "公示期满，发放登记码或者终止",
  "See that an appeal is decided, and enter what was decided":
    "督促复议、诉讼作出决定，并记入结果",
  "Keep a promise, or end it": "履行承诺，或者终止承诺",
  "Decide whether a permit is renewed, which silence may do":
    "决定是否延续许可；逾期未决定的，可能视为准予延续",
  "Send the yearly report on prices, which rests on the income":
    "报送以收入为依据的年度价格报告",
  "Adjust the ceiling: income was further off than the law lets pass":
    "调整上限收费标准：收入偏差超过法定幅度",
  "Put another price in place of a trial, a year being over":
    "试行期满一年，以正式收费标准替代",
  "Enrol what follows a machine's key, which ends":
    "机器密钥即将终止，登记后续密钥",
  "Decisions against a rule": "违反规则作出的决定",
  "Some rules bind in principle. Where {office} decides against one of them, two posts sign, the reason and a legal opinion are public, and somebody else looks at it again within a year. All other rules are absolute: no signature goes past them. In force on {at}: {n}.":
    "有些规则是原则性约束。{office}违反其中之一作出决定的，须由两个岗位签署，公开理由和法律意见，并在一年内由他人复核。其余规则均为绝对性规则：任何签署都不能逾越。于 {at} 有效的此类决定：{n} 项。",
  "Still in force": "现仍有效",
  "Nothing that was decided against a rule is in force.":
    "没有现仍有效的违反规则的决定。",
  "Not in force any more": "已不再有效",
  "Nothing else was ever decided against a rule.":
    "此外没有违反规则作出的决定。",
  "An act like any other: signed, entered, and decided again by whoever checks.":
    "与其他行为一样：签署、记入，并由核验者重新裁定。",
  "What was decided": "决定内容",
  "Looked at again": "复核",
  "{what} (not in force any more)": "{what}（已不再有效）",
  "the reason": "理由",
  "the legal opinion": "法律意见",
  "{outcome} on {at}, entry {entry}": "{at} {outcome}，第 {entry} 条记录",
  "overdue since {at}": "自 {at} 起逾期",
  "by {at}": "{at} 之前",
} as const;
