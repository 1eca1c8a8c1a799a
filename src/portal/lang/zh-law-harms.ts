/** Who loses what where a rule is broken, in Chinese, by the English words of `src/rules/laws`. */
export const LAW_HARMS_ZH: Readonly<Record<string, string>> = {
  // Prices and revenue
  "the public, which would pay a second time for what its taxes made":
    "公众：将为税款已经支付的成果再次付费",
  "whoever pays": "付费者",
  "whoever pays a public body for what the law has it do":
    "付费者：为公共机构的法定职责付费",
  "whoever pays: the price rests on a number that nobody permitted, and the difference is not theirs to get back without a refund":
    "付费者：收费所依据的数额未经任何机关核定，没有退还程序则无法追回差额",
  "whoever pays: nobody has seen yet what operating costs":
    "付费者：运营成本尚未经过核查",
  "whoever pays, for what taxes have paid already":
    "付费者：为税款已经支付的部分付费",
  "whoever pays when costs have fallen and the price has not":
    "付费者：成本已经下降而收费未降",
  "whoever paid too much: together they get it back by lower prices, or not at all":
    "多付费者：只能通过以后降价共同得到补偿，否则无从追回",
  "whoever pays a price that brings more than it may":
    "付费者：所付收费带来的收入超过最高准许收入",
  "everybody who wants to check the number: costs of other business can hide in it":
    "所有希望核对数额的人：其他业务的成本可能混入其中",
  "whoever sets the next maximum, and sets it blindly":
    "下一次核定最高准许收入的机关：核定时缺乏依据",
  "the payer, or, where too much goes back, everybody else":
    "付费者；退还过多的，则为其他所有人",
  "users and operators who were not asked": "未被征求意见的使用者和运营机构",
  "whoever pays for what taxes have paid": "付费者：为税款已经支付的部分付费",
  "businesses that pay what nobody published": "企业：缴纳未经公布的费用",
  // Registration of resources
  "nobody can see what is being operated, and one operator may hold it unseen":
    "公众无从得知哪些数据正在运营，可能由一家运营机构暗中独占",
  "a buyer pays for a product of which nobody can say from which data it was made":
    "购买者：所购产品由何种数据形成无人能够说明",
  "a registry that is not answerable for the holder looks at it, or nobody does":
    "由不对该持有者负责的登记机构审核，或者无人审核",
  "nobody can trace afterwards where the data came from and what was done to them":
    "事后无法追溯数据的来源和加工过程",
  "a code is issued that nobody could object to":
    "在无人能够提出异议的情况下发放了登记码",
  "what is operated stays out of sight": "正在运营的数据不为公众所知",
  "an old franchise stays out of sight": "既有的运营权不为公众所知",
  "an applicant is sent home again and again": "申请人被反复退回",
  "a registration waits, and nobody knows what for":
    "登记久拖不决，原因无人知晓",
  "whoever could object hears of it too late": "可以提出异议的人知悉过晚",
  "the rights of somebody else are registered away": "他人的权利被登记为己有",
  "the last days in which somebody could object are taken away":
    "可以提出异议的最后几日被剥夺",
  "what was once looked at is never looked at again": "一经审核即不再复审",
  "a registration goes on that nobody wants or looks at":
    "无人需要、无人审核的登记继续有效",
  "an office goes on under a text that is no longer law":
    "本机构仍依已经失效的文本办事",
  "what the public reads of a resource is wrong": "公众所见的资源信息有误",
  "a resource that is gone is offered as if it were there":
    "已不存在的资源仍被当作存在而提供",
  "whoever lied keeps what the lie brought": "弄虚作假者保有其所得",
  // Authorised operation and tenders
  "everybody else, for as long as one operator sits on the data":
    "其他所有人：数据由一家运营机构占用期间均受影响",
  "competitors who are shut out without anybody having asked":
    "未经审查即被排除的竞争者",
  "citizens and operators: nobody can hold the operation against what was planned":
    "公民和运营机构：无法将实际运营与方案相对照",
  "the public: one person decides about its data alone":
    "公众：其数据由一人单独决定",
  "every firm that could have done it better or for less":
    "本可做得更好或者更省的各家企业",
  "the public, where what was planned is not what was signed":
    "公众：所签协议与方案不符",
  "both sides of the agreement, and whoever uses the products, when something goes wrong":
    "出现问题时，协议双方和产品使用者",
  "bidders who were not told beforehand": "未被事先告知的投标人",
  "bidders who hear of the tender late": "获知招标过晚的投标人",
  "losers of a tender who could have shown that it was not fair":
    "本可证明招标不公的落标者",
  "losers of a tender, who plan with a result that nobody tells":
    "落标者：结果无人告知，无从安排",
  "whoever objects, when the contract is signed before the answer":
    "异议人：答复之前合同已经签订",
  "the winner who waits, and losers where the contract is bargained anew":
    "久候的中标人；合同重新议价的，则为落标者",
  "honest bidders, against the one whose friend judges":
    "诚实的投标人：评标者中有他人的熟人",
  "whoever could have offered the same is shut out, and the public pays for it":
    "能够提供同样服务的主体被排除在外，代价由公众承担",
  "a bidder bids on conditions that are wrong": "投标人依据有误的条件投标",
  "bidders who wait for an answer until nobody can correct the documents":
    "投标人：等到答复时招标文件已无法更正",
  "whoever was passed over and knew it too late to be heard":
    "被忽略而知悉过晚、无从申诉的人",
  "the award goes its way while nobody looks at the complaint":
    "投诉无人审查，而中标结果照常生效",
  "the award goes its way while nobody decides":
    "投诉久不处理，而中标结果照常生效",
  "whoever bids or objects is passed over": "投标人或者异议人被忽略",
  "whoever prepares a decision would be the only one to say what it rests on":
    "决定的依据仅由拟订者一方说明",
  "the applicant cannot do what its competitor can":
    "申请人：竞争者可以做的事，自己不能做",
  "whoever is alike is treated otherwise": "同类主体受到不同对待",
  // Licences, remedies, secrets, persons
  "applicants, who can neither begin nor object":
    "申请人：既不能开始，也无从提出异议",
  "whoever was wronged has nowhere to go in time":
    "权益受损者：无法及时寻求救济",
  "the public, where anybody can make anything a secret":
    "公众：任何人都可以将任何事项定为秘密",
  "the public, which never learns what is secret without an end":
    "公众：永远无从知悉没有期限的秘密",
  "the public, where a secret outlives its reason":
    "公众：定密的理由已不存在，秘密却未解除",
  "persons whose data are used beyond the duty":
    "个人信息被超出法定职责使用的个人",
  "persons whose data reach somebody they never heard of":
    "个人信息落入其从未听说者手中的个人",
  "persons whose most delicate data leave without anybody having asked what may come of it":
    "个人：其最敏感的信息未经评估后果即被提供",
  "whoever asked in time loses a licence because an office said nothing":
    "按期申请者：仅因机关未作答复而失去许可",
  "whoever has no friend in the office loses to one who has":
    "机关内没有熟人者，不敌有熟人者",
  "an office sells today what its holder is paid for tomorrow":
    "今日出卖职权，来日由受益者给付报酬",
  "every other firm, and whoever buys from the only one":
    "其他各家企业，以及只能向独家购买的人",
  "persons and firms whose records leave and cannot be called back":
    "个人和企业：其记录流出后无法收回",
  // European Union
  "competitors pay different prices for the same data":
    "竞争者：同样的数据付不同的价格",
  "whoever would use the data and is not told why not":
    "希望使用数据而未被告知不开放理由的人",
  "persons whose data are given out on a law that says nothing of it":
    "个人：其数据被依据并无相应规定的法律提供",
  "everybody who is shut out": "所有被排除在外者",
  "rivals who were never asked": "从未被征询的竞争者",
  "everybody who is shut out for longer": "被排除更长时间的所有人",
  "the public, which cannot object to reasons that it does not know":
    "公众：不知理由，无从提出异议",
  "persons and firms who are found in the data again":
    "在数据中被重新识别的个人和企业",
  "whoever protected the data and hears nothing of where they go":
    "数据的保护者：不知数据去往何处",
  "research and small enterprises": "科研机构和小微企业",
  "whoever pays and cannot check": "无从核对的付费者",
  "whoever was refused and could only ask the refuser again":
    "被拒绝者：只能再向拒绝者请求",
  "rivals who hear of it when it is too late": "知悉过晚的竞争者",
  "readers, who wait for what is theirs": "读者：久候本属于自己的成果",
  "rivals who meet the restriction unprepared": "对限制毫无准备的竞争者",
  "everybody who would build on it": "所有希望在其基础上开发的人",
  "patients, whose data serve others than they were told":
    "患者：其数据被用于告知之外的用途",
  "patients, against whom their own data are turned":
    "患者：自己的数据被用来对付自己",
  "patients who are found again, and the public that hears no result":
    "被重新识别的患者，以及得不到结果的公众",
  "patients, where nobody can say what was allowed":
    "患者：无人能够说明允许了什么",
  "patients, whose data are out without an end": "患者：其数据被无限期使用",
  "persons whose data are used because somebody wanted to":
    "个人：仅因他人想用，其数据即被使用",
  "persons whose most delicate data are used without anybody having asked what may come of it":
    "个人：其最敏感的数据未经评估后果即被使用",
  everybody: "所有人",
  // Reports and local law
  "users and competitors cannot see who got public data and what it may cost":
    "使用者和竞争者无从得知谁取得了公共数据、收费几何",
  "whoever could use the data does not learn that they are there":
    "可以使用数据的人不知道数据存在",
  "nobody can hold what is done with personal data against what it was said to be for":
    "无法将对个人数据的实际处理与所称目的相对照",
  "people in one place are held to numbers that nobody with power over it adopted":
    "一地的人受制于无权机关通过的数值",
  "what was only to be tried becomes the rule everywhere, and nobody decided that":
    "本应只是试行的做法，未经任何决定即成为各处的规则",
};

/** Where to go against a decision that rests on a rule. */
export const LAW_APPEALS_ZH: Readonly<Record<string, string>> = {
  "a report to the price authority; what was taken too much is given back":
    "向价格主管部门举报；多收的价款应予退还",
  "administrative review, or the court": "申请行政复议，或者提起行政诉讼",
  "the price authority; an administrative review, within 60 days (Administrative Review Law 2023 Art 20); a court":
    "向价格主管部门反映；六十日内申请行政复议（《行政复议法》（2023修订）第20条）；提起行政诉讼",
  "a report to the market regulator or the body above":
    "向市场监督管理部门或者上级机关举报",
  "an objection to whoever tenders, then a complaint to the supervisor within 10 days":
    "先向招标人提出异议，再于十日内向行政监督部门投诉",
  "the anti-monopoly law enforcement agency": "向反垄断执法机构举报",
  "a complaint to the supervising authority": "向行政监督部门投诉",
  "administrative review or the court": "申请行政复议，或者提起行政诉讼",
  "administrative review within 60 days, or a court":
    "六十日内申请行政复议，或者提起行政诉讼",
  "the body that classified, then the secrecy authority above it":
    "先向原定密机关、单位提出，再向其上级保密行政管理部门提出",
  "a complaint to the cyberspace administration, or a court":
    "向网信部门投诉，或者提起诉讼",
  "the impartial body that the decision names":
    "向决定所指明的公正的专业机构提出",
  "the health data access body, then a court":
    "先向健康数据准入机构提出，再提起诉讼",
  "the data protection authority, or a court":
    "向数据保护机关投诉，或者提起诉讼",
};
