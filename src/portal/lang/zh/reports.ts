/** What the law makes the office send. */
export const reports = {
  "What the law makes the office send": "法律要求本机构报送的材料",
  "Filled from the register of {office}, at the moment of asking. What the register does not hold is listed as a gap, with the act that would bring it. What was sent stands in the register, and what is still to be sent is {due}.":
    "在请求时依{office}的登记簿填写。登记簿没有的内容列为缺项，并说明由何种行为补足。已报送的载于登记簿，尚待报送的见{due}。",
  "Each as a page to print, and as XLSX, CSV and JSON.":
    "每份均有可打印的页面，以及 XLSX、CSV 和 JSON 版本。",
  "No law that this office adopted wants a report.":
    "本机构采纳的法律均不要求报告。",
  "What no adopted rule wants here": "所采纳的规则并不要求的报告",
  "The rulebook of this office has not adopted these rules. The reports are made all the same.":
    "本机构的规则手册未采纳这些规则，但仍可生成这些报告。",
  "Read: T, T-x and X were read in a binding text, S and M were not, so that more may be wanted than stands here.":
    "研读标记：T、T-x 和 X 表示已在有约束力的文本中研读；S 和 M 表示未读到原文，实际要求可能多于此处所列。",
  Report: "报告",
  "Wanted by": "要求依据",
  Read: "研读标记",
  "every year by {day}": "每年{day}之前",
  "{office}. Wanted by {rule}: {cites}. Made {at} from {entries} entries of the register.":
    "{office}。要求依据 {rule}：{cites}。于 {at} 由登记簿的 {entries} 条记录生成。",
  "Also as {forms}.": "其他格式：{forms}。",
  "{places} and {n} more": "{places}，另有 {n} 处",
  "These are the first {shown} of {n} rows; {file} has all of them.":
    "这里是 {n} 行中的前 {shown} 行；全部见{file}。",
  "the file": "文件",
  "All reports": "全部报告",
  "This is not legal advice.": "本页不构成法律意见。",
  Gaps: "缺项",
  "What the rule wants and the register does not hold.":
    "规则要求而登记簿没有的内容。",
  "The register holds all that this report looks for.":
    "登记簿载有本报告所需的全部内容。",
  Gap: "缺项",
  Section: "部分",
  "What is missing": "缺少的内容",
  "What fills it": "如何补足",
  "the whole section": "整个部分",
  "Entries are those of the register log that a row rests on: each leads to its proof.":
    "“记录”是该行所依据的登记日志记录：每条均可链接到其证明。",
  "gap {n}": "缺项 {n}",
} as const;
