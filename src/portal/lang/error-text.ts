import { around } from "../around.ts";
import { saySignatureFault } from "./signature-faults.ts";

/**
 * What an error says in Chinese. Errors are made in English, for programs and logs; a page in Chinese says those that a browser meets by the
 * table of whole sentences, and by forms where they name a value. Undefined where none is known: the page then quotes the English, and says so.
 */
export function sayError(message: string): string | undefined {
  if (around().lang !== "zh") return message;
  const whole = ERRORS_ZH[message];
  if (whole !== undefined) return whole;
  for (const [form, says] of FORMS) {
    const found = form.exec(message);
    if (found !== null) return says(...found.slice(1));
  }
  return undefined;
}

/** Whole sentences. `Cannot do this: ` stands before every refusal of somebody who is signed in. */
export const ERRORS_ZH: Readonly<Record<string, string>> = {
  "Cannot show this: want somebody who is signed in": "须先登录才能查看此页",
  "Cannot do this: a draft that was signed by itself is signed by itself":
    "不能这样做：已单独签署的草案须继续单独签署",
  "Cannot do this: a list has acts of one kind, for the same signers, signed by the same people so far":
    "不能这样做：一并签署的行为须种类相同、签署人相同，且已签署的人员也相同",
  "Cannot do this: nothing of that number came in for a post of yours":
    "不能这样做：您的岗位没有收到该编号的事项",
  "Cannot do this: your posts see this item and settle none of its kind: the post that receives it enters it or gives it back":
    "不能这样做：您的岗位可以查看此项但不予办理：由接收岗位记入或退回",
  "Cannot do this: applications are entered by the post that prepares permits":
    "不能这样做：申请由准备许可的岗位记入",
  "Cannot do this: there is no such draft, or it is not yours, or it was finished":
    "不能这样做：没有该草稿，或者不是您的，或者已经完成",
  "Cannot do this: only whoever wrote a note strikes it out":
    "不能这样做：备注只能由写下它的人划除",
  "Cannot do this: a note stands at a draft, an application or an item":
    "不能这样做：备注须写在草案、申请或者来件之下",
  "Cannot do this: notes are for those who hold a post of the office":
    "不能这样做：内部备注只供担任本机构岗位的人使用",
  "Cannot do this: this is for those who hold a post of the office now":
    "不能这样做：仅供现任岗位人员使用",
  "Cannot do this: what somebody objected is read by the post that enters objections":
    "不能这样做：异议内容只由记入异议的岗位查阅",
  "Cannot do this: sealed entries are opened by posts that audit":
    "不能这样做：封存的记录只由负有审计职责的岗位打开",
  "Cannot do this: there is no such application": "不能这样做：没有该申请",
  "Cannot do this: one of the list is not for you to sign any more":
    "不能这样做：清单中有一项已不再须由您签署",
  "Cannot do this: only an organisation's first user invites others":
    "不能这样做：只有组织的首位用户可以邀请他人",
  "Cannot do this: only whoever prepared a draft changes it, and only before anybody signs it":
    "不能这样做：只有拟制人可以修改草案，且须在任何人签署之前",
  "Cannot do this: only whoever prepared a draft says who signs it, and only before anybody does":
    "不能这样做：只有拟制人可以指定签署人，且须在任何人签署之前",
  "Cannot do this: only whoever prepared a draft withdraws it, and no entry is withdrawn":
    "不能这样做：只有拟制人可以撤回草案，已记入日志的不能撤回",
  "Cannot do this: the form comes from another site":
    "不能这样做：表单来自其他网站",
  "Cannot do this: the form is from another session or too old":
    "不能这样做：表单来自另一次登录，或者已经过期",
  "Cannot do this: there is no such draft, or it is not among those that you prepared or sign":
    "不能这样做：没有该草案，或者它不是由您拟制或者签署的",
  "Cannot do this: this demonstration holds no key of that person":
    "不能这样做：本演示没有该人员的密钥",
  "Cannot do this: this draft is signed with the list that it came in":
    "不能这样做：该草案须与其所在清单一并签署",
  "Cannot do this: this office has no accounts with passkeys":
    "不能这样做：本机构没有使用通行密钥的账户",
  "Cannot do this: want at least one signer": "不能这样做：至少须有一名签署人",
  "Cannot do this: want one of the persons of a demonstration":
    "不能这样做：须选择一个演示人物",
  "Cannot do this: only whoever prepared a draft or signs it hands signatures in":
    "不能这样做：签名只能由草案的拟制人或者签署人提交",
  "Cannot do this: a key is enrolled by itself: its holder signs with the new key, and that signs no list":
    "不能这样做：密钥须逐一登记：持有人以新密钥签署，新密钥不能签署清单",
  "Cannot do this: you have no account with passkeys here":
    "不能这样做：您在此没有使用通行密钥的账户",
  "Cannot do this: your signature is not wanted here, or you have given it":
    "不能这样做：此处无须您签署，或者您已签署",
  "Cannot change this draft: somebody changed or signed it meanwhile":
    "无法修改该草案：其间已被他人修改或者签署",
  "Cannot sign: want the answer of a passkey": "无法签署：须有通行密钥的应答",
  "Cannot sign: want the whole line that vitrine sign prints, and nothing else":
    "无法签署：须为 vitrine sign 输出的整行内容，不得有其他内容",
  "Cannot sign: this is not the new key that the act enrols":
    "无法签署：这不是该行为所登记的新密钥",
  "Cannot sign: this key is not enrolled for whoever has to sign, or was revoked":
    "无法签署：该密钥未登记在须签署的人名下，或者已被撤销",
  "Cannot sign: the statement is not as it was shown":
    "无法签署：内容与所显示的不一致",
  "Cannot sign: the draft was changed since the page was shown; look at it again":
    "无法签署：页面显示之后草案已被修改，请重新查看",
  "Cannot show an account: this office keeps none":
    "无法显示账户：本机构不设账户",
  "Cannot take an objection: this office keeps none":
    "无法受理异议：本机构未开通网上提交",
  "Cannot read URL: want fields": "无法读取网址：须指明字段",
  "Cannot read the form: it is not whole": "无法读取表单：内容不完整",
  "Cannot read the form: want it as a browser sends it":
    "无法读取表单：须为浏览器提交的格式",
  "Cannot read the body: it ended early": "无法读取所提交的内容：传输提前结束",
  "Cannot answer: no act has opened a gateway of this office yet":
    "无法应答：本机构尚未以行为开通网关",
  "Cannot open the desk: this office keeps no drafts":
    "无法打开工作台：本机构不保存草案",
  "Cannot tell who is signed in: the database is away":
    "无法确认登录身份：数据库暂不可用",
  "The office has stopped: the state of its log is in doubt":
    "本机构已停止运行：日志状态存疑",
  "Something went wrong inside the office; its log shows what was entered":
    "本机构内部出错；已记入的内容以日志为准",
  "No streamed answer of this organisation has that entry, or it is more than 30 days old":
    "贵组织没有该记录的流式应答，或者已超过 30 天",
  "No line of this list is at that address": "此地址没有您清单中的记录",
  "No question has that number": "没有该编号的询问",
  "The verifying page is not beside this program: npm run build makes it":
    "核验页面不在本程序旁边：由 npm run build 生成",
  "Your organisation has nothing at this address": "此地址没有贵组织的内容",
};

/** The kinds of those who sign in, as a refusal names them. */
const WHOM: Readonly<Record<string, string>> = {
  "officials of this office": "工作人员",
  "organisations that use data": "数据使用者",
  citizens: "公民",
};

/** Things that an address names, as the refusal of one that is not there names them. */
const THINGS: Readonly<Record<string, string>> = {
  dataset: "数据集",
  product: "产品",
  body: "公共机构",
  "public body": "公共机构",
  system: "信息系统",
  "information system": "信息系统",
  organisation: "组织",
  authorisation: "授权",
  permit: "许可",
  fee: "收费标准",
  price: "价格",
  post: "岗位",
  promise: "承诺",
};

type Form = readonly [form: RegExp, says: (...parts: string[]) => string];

const FORMS: readonly Form[] = [
  [/^Nothing is at (\/\S*)$/, (path = "") => `${path} 没有内容`],
  [
    /^Cannot ([A-Z]+) (\/\S*): want (.+)$/,
    (method = "", path = "", allow = "") =>
      `不能以 ${method} 访问 ${path}：须用 ${allow.replaceAll(" or ", " 或者 ")}`,
  ],
  [
    /^Cannot do this: (\/\S*) is only for (.+)$/,
    (path = "", whom = "") =>
      `${path} 只对${whom
        .split(" and ")
        .map((one) => WHOM[one] ?? one)
        .join("和")}开放`,
  ],
  [
    /^Cannot do this: want one draft to (\d+) in a list$/,
    (most = "") => `不能这样做：清单须有 1 至 ${most} 件草案`,
  ],
  [
    /^Cannot sign: the signature does not hold: (.+)$/,
    (fault = "") =>
      `无法签署：签名不成立：${saySignatureFault(fault) ?? fault}`,
  ],
  [
    /^Cannot sign: this key signs from (.+) on$/,
    (from = "") => `无法签署：该密钥自 ${from} 起方可签署`,
  ],
  [
    /^No (dataset|product|public body|body|information system|system|organisation|authorisation|permit|fee|price|post|promise) (\S+) is registered$/,
    (kind = "", id = "") => `没有编号为 ${id} 的${THINGS[kind] ?? kind}登记`,
  ],
  [
    /^No contribution (\S+) was entered$/,
    (id = "") => `没有记入数据借入 ${id}`,
  ],
  [
    /^No entry is about (\S+) (\S+)$/,
    (_, id = "") => `没有与 ${id} 有关的记录`,
  ],
  [
    /^no permit for product (\S+)$/,
    (product = "") => `没有产品 ${product} 的许可`,
  ],
  [
    /^No dataset has the file (\S+), want /,
    (name = "") => `没有文件 ${name}：须为“数据集编号.parquet”`,
  ],
  [/^No log is at (\/\S*)$/, (path = "") => `${path} 没有日志`],
  [
    /^No public entry of (\S+) has the leaf hash (\S+?);/,
    (log = "", leaf = "") => `日志 ${log} 中没有叶哈希为 ${leaf} 的公开记录`,
  ],
  [/^No rule (\S+) is known$/, (id = "") => `没有规则 ${id}`],
  [/^No (?:paper|day) (\S+) is here$/, (id = "") => `此处没有 ${id}`],
  [
    /^Entry (\S+)(?: of \S+)? is not public: the newest checkpoint has (\S+) entries$/,
    (number = "", size = "") =>
      `第 ${number} 条记录尚未公开：最新检查点含 ${size} 条记录`,
  ],
  [/^No report (\S+) is known: /, (kind = "") => `没有名为 ${kind} 的报告`],
  [
    /^Cannot report \S+ of (\d+): the office was founded in (\d+)/,
    (year = "", founded = "") =>
      `没有 ${year} 年的报告：本机构于 ${founded} 年设立`,
  ],
  [
    /^Cannot report \S+ of (\d+): \d+ has not begun/,
    (year = "") => `没有 ${year} 年的报告：该年度尚未开始`,
  ],
  [
    /^Cannot report (\S+)(?: of \d+)?: \S+ says what is there now, and is of no year$/,
    (kind = "") => `报告 ${kind} 反映现状，不分年度`,
  ],
  [
    /^Cannot read year (.+): want four digits/s,
    (text = "") => `无法读取年度 ${text}：须为四位数字，如 2025`,
  ],
  [
    /^Cannot read page (.+): want a number of 1 or more$/s,
    (text = "") => `无法读取页码 ${text}：须为不小于 1 的整数`,
  ],
  [
    /^Cannot show (.+): want inForce, or nothing$/s,
    (text = "") => `无法显示 ${text}：须为 inForce，或者留空`,
  ],
  [
    /^Cannot show page (.+): want 1 to (\d+)$/s,
    (text = "", most = "") => `无法显示第 ${text} 页：须为 1 至 ${most}`,
  ],
  [
    /^Cannot show the law at (.+): want a date/s,
    (text = "") => `无法显示 ${text} 的规则：须为日期，如 2026-05-03`,
  ],
  [
    /^Cannot search for (\d+) characters: want at most (\d+)$/,
    (length = "", most = "") =>
      `无法搜索 ${length} 个字符：最多 ${most} 个字符`,
  ],
  [
    /^Cannot narrow \S+ to (.+): want/s,
    (text = "") => `无法按 ${text} 缩小范围：须为页面所列的值`,
  ],
  [
    /^Cannot (?:find|prove) (.+): want (?:the|its) (?:number|index) of an entry, or its leaf hash/s,
    (text = "") =>
      `无法查找 ${text}：须为记录号，或者 base64url 或十六进制的叶哈希`,
  ],
  [
    /^Cannot read log (.+): want its folder/s,
    (text = "") => `无法读取日志 ${text}：须为其文件夹名，如 register`,
  ],
  [
    /^Cannot read entry (.+): want its number/s,
    (text = "") => `无法读取记录 ${text}：须为登记日志中的记录号`,
  ],
  [
    /^Cannot read kind (.+): want one of/s,
    (text = "") => `无法读取行为种类 ${text}：须为行为列表所列的种类`,
  ],
  [
    /^Cannot read thing (.+): want kind:id/s,
    (text = "") => `无法读取对象 ${text}：须为“种类:编号”`,
  ],
  [
    /^Cannot read outcome (.+): want one of/s,
    (text = "") => `无法读取裁定 ${text}：须为页面所列的值`,
  ],
  [
    /^Cannot read rule (.+): want an id/s,
    (text = "") => `无法读取规则 ${text}：须为编号，如 CN-TND-03`,
  ],
  [
    /^Cannot read (?:id|path) (.+?): want/s,
    (text = "") => `无法读取 ${text}：地址中的编号写法不符`,
  ],
  [
    /^Cannot read URL: parameter (\S+) (?:is|stands) /,
    (name = "") => `无法读取网址：参数 ${name} 未知、重复或者取值不符`,
  ],
  [
    /^Cannot speak (.+): want in=en or in=zh$/s,
    (text = "") => `没有语言 ${text}：须为 in=zh 或者 in=en`,
  ],
  [
    /^Cannot read the form: it has over (\d+) fields$/,
    (most = "") => `无法读取表单：超过 ${most} 个字段`,
  ],
  [
    /^Cannot read the body: it is over (\d+) bytes$/,
    (most = "") => `无法读取所提交的内容：超过 ${most} 字节`,
  ],
  [
    /^Cannot take more than (\d+) objections a day of one sender$/,
    (most = "") => `同一提交人每日最多提交 ${most} 项异议`,
  ],
  [
    /^Cannot take more than (\d+) of these of one organisation$/,
    (most = "") => `同一组织最多提交 ${most} 项`,
  ],
  // What never becomes an entry: the sentences of `src/rules/turn-away.ts`.
  [
    /^Cannot enter act \S+: (.+)$/s,
    (why = "") => `未予记入：${turnedAway(why)}`,
  ],
  [
    /^receipt (\S+): entry (\S+) was promised in public by (.+) and is not there$/,
    (name = "", leaf = "", by = "") =>
      `回执 ${name}：记录 ${leaf} 承诺于 ${by} 之前公开，但并不在日志中`,
  ],
  [
    /^The act was entered as entry (\d+) and is not public yet/,
    (entry = "") =>
      `该行为已作为第 ${entry} 条记录记入，尚未公开；请勿重复提交`,
  ],
  [
    /^Cannot publish the checkpoint: /,
    () => "暂时无法公布检查点：见证人的联署尚未达到规定数量",
  ],
  [
    /^Usage log (\S+) was dropped by entry (\d+)/,
    (log = "", entry = "") =>
      `使用日志 ${log} 已依保存政策由第 ${entry} 条记录删除；其日志头和合计仍在登记日志中`,
  ],
];

const TURNED_AWAY: readonly Form[] = [
  [
    /^entry (\d+) has ended this log/,
    (entry = "") => `本日志已由第 ${entry} 条记录终止`,
  ],
  [/^this office was founded already$/, () => "本机构已经设立"],
  [
    /^it is for office (\S*), this is (\S*)$/,
    (wanted = "", here = "") =>
      `该行为是提交给 ${wanted} 的，而本机构是 ${here}`,
  ],
  [
    /^(?:its signers had seen nothing of this log|seen root at size \d+ is not this log's)$/,
    () => "签署人所见的并非本日志",
  ],
  [/^its time was over at /, () => "签署的有效时间已过，请重新拟制"],
  [
    /^until \d+ is more than (\d+) days ahead/,
    (days = "") => `签署的有效时间最多为 ${days} 天`,
  ],
  [/^statement \S+ was entered before$/, () => "该内容此前已经记入"],
  [
    /^(\d+) signatures for (\d+) signers/,
    (given = "", wanted = "") => `须有 ${wanted} 个签名，现有 ${given} 个`,
  ],
  [/^no signer has a key in force$/, () => "签署人均没有有效的密钥"],
  [
    /^a batch of \d+, want at most (\d+)$/,
    (most = "") => `一并签署的行为最多 ${most} 件`,
  ],
  [
    /^its path does not lead to a batch root$/,
    () => "该行为不在一并签署的清单之内",
  ],
  [/^a signer is missing$/, () => "缺少一名签署人"],
  [
    /^key \S+ is not in force for signer (\d+)$/,
    (signer = "") => `第 ${signer} 名签署人的密钥无效`,
  ],
  [
    /^signature (\d+) does not hold: (.+)$/,
    (signature = "", fault = "") =>
      `第 ${signature} 个签名不成立：${saySignatureFault(fault) ?? fault}`,
  ],
  [
    /^its proof is not the new key's signature/,
    () => "所附证明不是新密钥的签名",
  ],
];

function turnedAway(why: string): string {
  for (const [form, says] of TURNED_AWAY) {
    const found = form.exec(why);
    if (found !== null) return says(...found.slice(1));
  }
  return why;
}
