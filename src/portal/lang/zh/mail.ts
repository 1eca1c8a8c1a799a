/** Letters of the office. */
export const mail = {
  "In your name this act was entered at {office}:":
    "以您的名义，下列行为已载入{office}的日志：",
  "Entry {number}, {when}, signed by you as {as}.":
    "第 {number} 条记录，{when}，您以 {as} 身份签署。",
  "The rules granted it.": "依规则，该行为已获准。",
  "The rules refused it; the refusal is public.":
    "依规则，该行为被拒绝；拒绝结果已公开。",
  "Read it: {address}": "查看：{address}",
  "It takes effect at {at}, and not before. If it was not you, or you take it back, disown it until then, with any of your keys: it never takes effect.":
    "该行为自 {at} 起生效，在此之前不生效。如果不是您签署，或您要收回，请在此之前用您的任一密钥予以否认：该行为将永不生效。",
  "This was not me, or I take it back: {address}":
    "这不是我签署的，或者我收回：{address}",
  "If you did not sign this, say so at once to a holder of the power to revoke keys, by a way that you know and not by answering this letter: your key has to be revoked, and what it signed looked at again.":
    "如果这不是您签署的，请立即通过您已知的途径（不要回复本邮件）告知有权撤销密钥的岗位任职者：您的密钥须予撤销，其签署的内容须重新审查。",
  "Entry {number} in your name: {what}": "以您名义的第 {number} 条记录：{what}",
  "Entry {number} in your name, refused: {what}":
    "以您名义的第 {number} 条记录（被拒绝）：{what}",
  "Letters of the demonstration": "演示机构的信函",
  "An office tells each signer by e-mail of every act that was entered in their name: a second channel, which the page that signed cannot change. Whoever follows something hears of it the same way. A demonstration sends nothing; what it would send lies here, the newest first.":
    "机构会通过电子邮件告知每位签署人以其名义载入日志的每一项行为：这是第二渠道，签署页面无法更改。订阅者亦以同样方式获知。演示机构不发送邮件；本应发送的信函列于此处，最新的在前。",
  "No letter was written since this demonstration began to run.":
    "自本演示开始运行以来，尚未写出任何信函。",
  "an address that follows something": "某订阅者的地址",
  "To {to}, {when}": "收件人：{to}，{when}",
} as const;
