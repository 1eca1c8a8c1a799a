/** Sealed entries that an auditor opens. */
export const deskOpenings = {
  "Open a sealed entry": "打开封存的记录",
  "What was asked and of whom lies sealed behind each use of personal data. An auditor may open one entry at a time. The look is itself entered before anything is shown: everybody whom the entry names finds it in their own list, with your post and your reason, once no seal hides such uses from them any more.":
    "每次使用个人数据时，所询问的内容和所涉及的人均封存在记录之后。审计人员每次可打开一条记录。在显示任何内容之前，先将本次查看记入日志：记录所涉及的每个人都会在自己的清单中看到本次查看，以及您的岗位和理由；此类使用尚在封存期内的，于封存期满后可见。",
  "It was not opened:": "未打开：",
  "Leaf hash of the entry": "记录的叶哈希",
  "As a usage log, a receipt or somebody's own list shows it.":
    "见使用日志、回执或者本人的清单。",
  "Why it is opened": "打开的理由",
  "Whoever the entry names reads this: name no other person in it. At most {n} characters.":
    "记录所涉及的人会看到这段文字：请勿在其中提及其他人。最多 {n} 个字符。",
  "In which post": "以何岗位",
  "Open it and enter the look": "记入本次查看并打开",
  "Entry {leaf}, opened": "已打开的记录 {leaf}",
  "This look was entered first, as entry {leaf}. It cannot be taken back. Loaded anew within a minute this page is the same look; after that the entry is opened by another one.":
    "本次查看已先记入日志（记录 {leaf}），不能撤回。一分钟内重新加载本页，仍属同一次查看；此后须另行记入一次查看方可打开该记录。",
  "Persons named": "所涉及的人数",
  "{n}, under a token that only this office can make":
    "{n}，以只有本机构能够生成的代号表示",
  "{n}, under tokens that only this office can make":
    "{n}，以只有本机构能够生成的代号表示",
  "Everything that lay sealed": "封存的全部内容",
  "That it is what was committed to": "与所承诺的内容一致的证明",
  "SHA-256 over vitrine-private-v1, line feed, nonce and content is what the public entry holds under private.":
    "对 vitrine-private-v1、换行符、随机数和内容计算的 SHA-256，即为公开记录中 private 的值。",
  Nonce: "随机数",
  "Open another": "打开另一条",
  Case: "案件编号",
  "Rows that had left": "已发出的行数",
  "What it was": "性质",
  "a look at somebody's list": "对某人清单的查看",
  "an auditor's look at another entry, by post {post}":
    "岗位 {post} 的审计人员对另一条记录的查看",
  "Write its leaf hash, in base64url or in hex":
    "请填写叶哈希（base64url 或十六进制）",
  "No opening of this entry is kept: none has this hash, it was never sealed, or its opening was erased":
    "没有保存该记录的开启内容：没有此哈希的记录、该记录未曾封存，或者开启内容已删除",
  "Say why: whoever the entry names reads it":
    "请说明理由：记录所涉及的人会看到",
  "Write at most {n} characters": "最多 {n} 个字符",
  "Choose the post in which you open it": "请选择打开时所担任的岗位",
  "an auditor ({post}) opened entry {leaf}, and said why: {why}":
    "审计岗位（{post}）打开了记录 {leaf}，理由：{why}",
} as const;
