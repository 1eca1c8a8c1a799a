/** Following by e-mail: the form, what letters lead to, and the letters themselves. */
export const follow = {
  "Follow this": "订阅此对象",
  "a feed, or letters, of what is entered about it.":
    "以订阅源或信函获知关于它的新记录。",
  "By e-mail": "通过电子邮件",
  "This office sends no letters: no mail server, or no public address, is set up. Its feeds tell the same.":
    "本机构不发送邮件：未设置邮件服务器或公开地址。其订阅源内容相同。",
  "Choose one thing below; then letters about it can go to an address of yours.":
    "请在下方选择一个对象；之后即可将相关信函发送到您的地址。",
  "Your e-mail address": "您的电子邮件地址",
  "A letter asks there first whether you want this. No account is needed.":
    "系统会先向该地址发送一封信函，询问您是否愿意。无需账户。",
  "How often": "频率",
  "One letter a day at most, in the morning": "每天最多一封，早晨发送",
  "One letter a quarter of an hour at most": "每一刻钟最多一封",
  "Language of the letters": "信函语言",
  "The address is kept sealed and used for these letters alone; it stands on no page and in no log. It is deleted when you stop, and after {hours} hours where nobody opens the link. So many letters a day can be asked for with one address: {asked}. So many things one address can follow: {follows}.":
    "地址加密保存，仅用于这些信函；不会出现在任何页面或日志中。您停止订阅时即删除；若链接在 {hours} 小时内未被打开确认，也将删除。同一地址每天最多可申请信函：{asked} 封。同一地址最多可订阅对象：{follows} 个。",
  "Ask for the letter": "申请信函",
  "Write one address, such as name@data.example, without a name and without others":
    "请填写一个地址，例如 name@data.example，不含姓名，也不含其他地址",
  "Choose how often": "请选择频率",
  "Choose a language": "请选择语言",
  "Back to the form": "返回表单",
  "Too many letters were asked for": "申请的信函过多",
  "Back to what can be followed": "返回订阅页面",
  "Look into your letters": "请查看您的邮箱",
  "If the address takes letters, one is on its way there. Open the link in it within {hours} hours. Whether the address was known here is not said.":
    "若该地址可以接收邮件，一封信函已在途中。请在 {hours} 小时内打开其中的链接。本页不说明该地址是否已为本机构所知。",
  "A demonstration sends nothing:": "演示机构不发送邮件：",
  "Yes, write to me about this": "是的，请就此写信给我",
  "You follow {thing}": "您已订阅{thing}",
  "Every letter has a link that stops it.": "每封信函中都有停止订阅的链接。",
  "This link is worth nothing any more": "此链接已失效",
  "It is older than {hours} hours, was replaced by a newer letter, or what it was for has ended. Ask for another letter.":
    "此链接已超过 {hours} 小时、已被更新的信函取代，或所涉订阅已结束。请重新申请信函。",
  "Stop the letters about {thing}": "停止关于{thing}的信函",
  "The office then forgets your address for this, and letters that wait are not sent.":
    "本机构随后将就此删除您的地址，等待中的信函不再发送。",
  "Stop these letters": "停止这些信函",
  "No more letters about this": "不再就此发送信函",
  "Nothing is followed by this link any more.": "此链接不再对应任何订阅。",
  "You follow this already: {thing}": "您已订阅：{thing}",
  "Somebody asked at {office} that this address should follow {thing}. It does already, and nothing was changed.":
    "有人在{office}申请让此地址订阅{thing}。此地址已经订阅，未作任何更改。",
  "Do you want to follow {thing}?": "您要订阅{thing}吗？",
  "Somebody asked at {office} that this address should hear what is entered about {thing}. If it was you, open this address and press the button:":
    "有人在{office}申请向此地址告知关于{thing}的新记录。如果是您本人，请打开以下地址并按下按钮：",
  "If it was not you, do nothing: the link ends in {hours} hours, and the office then forgets this address.":
    "如果不是您，请不必理会：链接将在 {hours} 小时后失效，届时本机构将删除此地址。",
  "{office}: {n} new entry about {thing}":
    "{office}：关于{thing}的 {n} 条新记录",
  "{office}: {n} new entries about {thing}":
    "{office}：关于{thing}的 {n} 条新记录",
  "Entered at {office} about {thing}, the oldest first:":
    "{office}关于{thing}的记录，最早的在前：",
  "{number}, {when}: {what}": "第 {number} 号，{when}：{what}",
  "And {n} more: {address}": "另有 {n} 条：{address}",
  "How often: {rhythm}.": "频率：{rhythm}。",
  "To stop these letters open this address and press the button; the office then forgets this address: {stop}":
    "如需停止这些信函，请打开以下地址并按下按钮；本机构随后将删除此地址：{stop}",
} as const;
