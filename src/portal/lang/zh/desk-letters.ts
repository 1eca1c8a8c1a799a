/** Applications that came by letter, typed at the desk. */
export const deskLetters = {
  "Enter an application that came by letter": "登记书面（信函）申请",
  "It becomes the same act as one that came over the pages, by the same draft, rules and signature, and says that it came on paper.":
    "与网上申请成为同一种行为，经过同样的草案、规则和签署，并注明以纸质提出。",
  "It cannot begin yet:": "尚不能开始：",
  "Begun and not finished": "已开始、未完成",
  "Who wrote": "来函组织",
  "Its id, its credit code, its name, or a part of these.":
    "填写编号、统一社会信用代码或者名称，也可只写一部分。",
  "Which of these?": "是哪一个？",
  "Choose which of these wrote": "请选择来函的是其中哪一个",
  "No organisation of the register is called so": "没有这样的已登记组织",
  "More than {n} organisations have this in their names: write more of it, or choose one":
    "名称中含有此内容的组织超过 {n} 个：请写得更完整，或者从中选择",
  "Somebody whom the register does not know is registered first: {register}. A product that is not offered, or a purpose that is not listed, goes by the form of the act: {form}.":
    "尚未登记的组织须先登记：{register}。未提供的产品或清单外的用途，请使用该行为的表单：{form}。",
  "Application by letter {id}": "书面申请 {id}",
  "Day on which it arrived": "收到日期",
  "As the office's stamp of receipt has it. The term is counted from this day, in working days where the rulebook counts so.":
    "以收文章为准。期限自该日起算；规则手册以工作日计的，按工作日计算。",
  Postmark: "邮戳日期",
  "Where there is one that can be read. It is kept, and begins no term.":
    "如有可辨认的邮戳。仅作留存，不起算期限。",
  "What the letter asks for, and why": "来函的请求及理由",
  "In the applicant's words as far as they fit. What counts is the letter: its scan goes with it.":
    "尽量使用申请人原话。以来函为准，扫描件一并保存。",
  "Add a scan of the letter: the act commits to it":
    "请添加来函扫描件：行为将对其作出承诺",
  "Write the day of arrival, such as 2027-03-31":
    "请填写收到日期，例如 2027-03-31",
  "This day has not come yet": "该日期尚未到来",
  "No letter arrives before its postmark": "收到日期不得早于邮戳日期",
  "Came by letter": "以信函提出",
  "arrived on {day}": "{day} 收到",
  "postmark of {day}": "邮戳 {day}",
  "typed by {post}": "由{post}录入",
  "SHA-256 of the scans": "扫描件的 SHA-256",
} as const;
