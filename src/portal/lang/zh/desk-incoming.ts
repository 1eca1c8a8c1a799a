/** What came in over the pages, for the posts that enter it. */
export const deskIncoming = {
  "{n} item came in and is to be entered": "收到 {n} 项，待记入",
  "{n} items came in and are to be entered": "收到 {n} 项，待记入",
  "Open the application, to decide it": "打开该申请，以作出决定",
  "What came in": "收件",
  "Nothing of it is an act before you enter it. The day on which it came counts.":
    "记入之前均不构成行为。以收到之日为准。",
  "The oldest first.": "最早的在前。",
  "Nothing waits to be entered by a post of yours.":
    "没有须由您的岗位记入的事项。",
  "Came in at": "收到时间",
  "Which it is": "内容",
  "From whom": "提交人",
  "About what": "所涉事项",
  "an application for a permit": "许可申请",
  "what was missing of an application": "申请的补正材料",
  "the withdrawal of an application": "撤回申请",
  "another term of a permit is asked for": "申请延续许可",
  "an organisation asks to be registered": "组织申请登记",
  "an objection": "异议",
  "What was said": "陈述内容",
  "Enter it": "记入",
  "Nothing can be entered from this by itself: the register has no place for it, or it wants facts that you state in the form.":
    "无法直接据此记入：登记簿中没有相应位置，或须由您在表单中载明事实。",
  "Enter it: see how the rules would rule, and sign":
    "记入：查看规则将如何裁定并签署",
  "Settled lately": "近期已办结",
  "By the act that was entered for it, whoever prepared it. A refused act settles nothing.":
    "以据此记入的行为办结，不论由谁拟制；被拒绝的行为不产生办结效果。",
  "given back without an act": "未经行为退回",
  "It waits no longer:": "已不再待办：",
  "answered by entry {entry}": "由第 {entry} 条记录答复",
  "Give it back": "退回",
  "Give it back without entering it": "不予记入并退回",
} as const;
