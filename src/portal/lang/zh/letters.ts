/** Decision letters. */
export const letters = {
  "Letter {number}": "文书 {number}",
  "Print it from the browser, or download it. Only the addressee and the office's officials can open it.":
    "可在浏览器中打印或下载。仅收件人和本机构的工作人员可以打开。",
  "Download the letter": "下载文书",
  "To whoever asked question {question}": "致询问 {question} 的提出人",
  "To whoever raised the objection": "致异议提出人",
  "To whom it concerns": "致有关当事人",
  "The decision": "决定",
  "By whom": "作出决定的岗位",
  "The entry commits to a paper, of which this office keeps no text. The paper counts.":
    "该记录以承诺值指向一份文件，本机构未保存其文字内容，以该文件为准。",
  "In the words of the paper to which the entry commits:":
    "记录以承诺值指向的文件载明：",
  "The entry states no reasons beyond what stands above.":
    "除上述内容外，该记录未载明其他理由。",
  "Where you can go against it": "救济途径",
  "In time until {until}. An appeal is handed in there, not at this office.":
    "期限至 {until}。应向上述机关提出，而非本机构。",
  "The entry names no way to go against it, and no day. That does not say that the law gives none.":
    "该记录未载明救济途径和期限，但这并不表示法律未规定救济途径。",
  "How anybody checks it": "任何人如何核验",
  "This letter says in other words what stands in entry {entry} of the register log of {origin}. The entry counts, not the paper.":
    "本文书以通俗文字转述 {origin} 登记日志第 {entry} 条记录的内容，以日志记录为准，不以纸面为准。",
  "The entry": "记录",
  "Its proof": "其证明",
  "Leaf hash": "叶哈希",
  "The whole log": "整个日志",
  "{who} may use {product} for the purpose {purpose}, by permit {permit}.":
    "准予{who}为“{purpose}”之目的使用{product}，许可编号 {permit}。",
  "Permit {permit} of {who} is revoked. The revocation takes effect with its entry.":
    "撤销{who}的许可 {permit}，自记入之时起生效。",
  "Permit {permit} of {who} stands for another term, until {to}.":
    "{who}的许可 {permit} 准予延续，至 {to}。",
  "Another term for permit {permit} of {who} is refused.":
    "不予延续{who}的许可 {permit}。",
  "Application {application} of {who} is refused.":
    "对{who}的申请 {application} 不予许可。",
  "Something is missing in application {application} of {who}. It is to come by {by}; the clock of the application stands until then.":
    "{who}的申请 {application} 材料不齐，应于 {by} 前补正；在此之前申请期限停止计算。",
  "The term in which application {application} of {who} is decided is made longer, once, until {due}.":
    "{who}的申请 {application} 的审查期限延长一次，至 {due}。",
  "Application {application} was withdrawn by {who}. It is not decided.":
    "{who}已撤回申请 {application}，不再作出决定。",
  "{who} may operate the datasets that are named below, by authorisation {authorisation}.":
    "授权{who}运营下列数据集，授权编号 {authorisation}。",
  "Authorisation {authorisation} of {who} is ended.":
    "终止{who}的授权 {authorisation}。",
  "{who} may charge {amount} per {unit} for {product}, by price {fee}.":
    "准予{who}就{product}按每{unit} {amount}收费，收费标准编号 {fee}。",
  "Price {fee} of {who} is ended.": "终止{who}的收费标准 {fee}。",
  "Question {question} is answered.": "询问 {question} 已答复。",
  "Objection {objection} in procedure {procedure} is decided: {outcome}.":
    "程序 {procedure} 中的异议 {objection} 已作出决定：{outcome}。",
  "Letter of this decision, to print": "本决定的文书（可打印）",
  "Letters, to print": "文书（可打印）",
} as const;

/** Deputies and capacities at the desk. */
export const deputies = {
  "for {post}, by delegation until {until}": "代表{post}（受托，至 {until}）",
  "{post}, acting until {until}": "{post}（代理，至 {until}）",
  Deputies: "代理与委托",
  "Your post sees this item and does not settle it: the post that receives it enters it or gives it back.":
    "您的岗位可以查看此项但不予办理：由接收岗位记入或退回。",
  "A deputy signs for the holder of a post until a day, with every power of the post: an act lends no part of them. Whoever prepares and whoever approves stay two persons, in whatever posts they sign.":
    "受托人在期限届满前代表岗位任职者签署，享有该岗位的全部权限：委托行为不能只授予其中一部分。无论以何岗位签署，拟制人与批准人始终须为两人。",
  "Posts and who stands in": "岗位及代行人",
  "It ends by itself on its day, or earlier by an act.":
    "到期自动终止，或由行为提前终止。",
  "What it may sign": "可签署的行为权限",
  "Who stands in now": "现由谁代行",
  "person {person}, {how} until {until}": "{person} 号人员，{how}，至 {until}",
  "person {person}, {how} from {from} until {until}":
    "{person} 号人员，{how}，自 {from} 至 {until}",
  "Name a deputy for {post}": "为{post}指定受托人",
  "nobody holds it now": "目前无人任职",
  "Your post appoints nobody. Who may: {posts}":
    "您的岗位无权任命。有权任命的岗位：{posts}",
  "No post of this office has the power to appoint.":
    "本机构没有具有任命权限的岗位。",
} as const;
