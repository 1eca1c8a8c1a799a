/** Notes of officials at the desk. */
export const deskNotes = {
  "Internal notes": "内部备注",
  "Nobody has noted anything here.": "此处尚无备注。",
  "Write a note": "写备注",
  "Struck out by its writer on {at}; it said:":
    "已由撰写岗位于 {at} 划除；原文：",
  "Kept until {until}.": "保存至 {until}。",
  "Strike it out": "划除",
  "Strike it out; it stays readable": "划除（原文仍可阅读）",
  "A note is no act: it decides nothing, nothing may rest on it, and it never enters the log. Whoever may open this case at the desk reads it with your post. It is part of the file: whoever has a right by law to see the file, the person concerned, a court or an auditor, can ask for it, struck out or not.":
    "备注不是行为：不作任何决定，不得作为依据，也不会进入日志。凡可在工作台打开本案者，均可看到备注及您的岗位。备注属于案卷：依法有权查阅案卷者（当事人、法院或审计人员）均可要求查阅，无论是否已划除。",
  "As which post": "以何岗位",
  Note: "备注",
  "At most {n} characters. Kept sealed for {months} months; it can be struck out, not changed.":
    "最多 {n} 个字符。加密保存 {months} 个月；可以划除，不能修改。",
  "Keep this note": "保存备注",
  "Back to where it is noted": "返回备注所在处",
  "It was not kept:": "未能保存：",
  "Write what is to be noted": "请写明备注内容",
  "Choose a post that you hold now": "请选择您目前担任的岗位",
  "{n} notes stand here, and no more are taken":
    "此处已有 {n} 条备注，不再接受更多",
  "Of everybody, the newest first: your post audits.":
    "全部岗位的备注，最新在前：您的岗位负责审计。",
  "What you wrote, the newest first.": "您所写的备注，最新在前。",
  "There are none.": "没有备注。",
  "Draft {id}": "草案 {id}",
  "Item {id}": "收件 {id}",
} as const;
