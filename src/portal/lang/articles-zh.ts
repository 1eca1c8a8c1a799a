/**
 * Articles in their own words: the official texts of statutes and regulations, which anybody may quote, as they were read in copies that are not
 * authentic (`T`). Beside the rules and not in them: a rule says in one sentence of ours what is decided, and no ruling reads these. What is
 * not here was not read in Chinese as a whole article, and its page says no more than where it stands.
 */
type Text = { readonly law: string; readonly as: string };
type Quoted = readonly [law: Text, article: string, text: string];
export type Article = {
  /** The statute by its promulgated name, and the state of it that was read. */
  readonly law: string;
  readonly as: string;
  readonly article: string;
  readonly text: string;
};

const PRICE: Text = { law: "《中华人民共和国价格法》", as: "1997-12-29" };
const SERVANTS: Text = { law: "《中华人民共和国公务员法》", as: "2018-12-29" };
const LICENSING: Text = {
  law: "《中华人民共和国行政许可法》",
  as: "2019-04-23",
};
const PERSONAL: Text = {
  law: "《中华人民共和国个人信息保护法》",
  as: "2021-08-20",
};
const SECRETS: Text = {
  law: "《中华人民共和国保守国家秘密法》",
  as: "2024-02-27",
};
const TENDERING: Text = {
  law: "《中华人民共和国招标投标法》",
  as: "2017-12-27",
};
const TENDERS: Text = {
  law: "《中华人民共和国招标投标法实施条例》",
  as: "2019-03-02",
};

const NOTICE: Quoted = [
  TENDERS,
  "第五十四条第一款",
  "依法必须进行招标的项目，招标人应当自收到评标报告之日起3日内公示中标候选人，公示期不得少于3日。",
];
const OBJECTION: Quoted = [
  TENDERS,
  "第二十二条",
  "潜在投标人或者其他利害关系人对资格预审文件有异议的，应当在提交资格预审申请文件截止时间2日前提出；对招标文件有异议的，应当在投标截止时间10日前提出。招标人应当自收到异议之日起3日内作出答复；作出答复前，应当暂停招标投标活动。",
];
const COMPLAINT: Quoted = [
  TENDERS,
  "第六十一条第二款",
  "行政监督部门应当自收到投诉之日起3个工作日内决定是否受理投诉，并自受理投诉之日起30个工作日内作出书面处理决定；需要检验、检测、鉴定、专家评审的，所需时间不计算在内。",
];

const QUOTED: Readonly<Record<string, readonly Quoted[]>> = {
  "CN-PRC-14": [
    [
      PRICE,
      "第十三条第二款",
      "经营者不得在标价之外加价出售商品，不得收取任何未予标明的费用。",
    ],
  ],
  "CN-PRC-16": [
    [
      PRICE,
      "第四十一条",
      "经营者因价格违法行为致使消费者或者其他经营者多付价款的，应当退还多付部分；造成损害的，应当依法承担赔偿责任。",
    ],
  ],
  "CN-PRC-17": [
    [
      PRICE,
      "第二十二条第一款",
      "政府价格主管部门和其他有关部门制定政府指导价、政府定价，应当开展价格、成本调查，听取消费者、经营者和有关方面的意见。",
    ],
    [
      PRICE,
      "第二十四条",
      "政府指导价、政府定价制定后，由制定价格的部门向消费者、经营者公布。",
    ],
  ],
  "CN-PRC-18": [
    [
      PRICE,
      "第四十五条",
      "地方各级人民政府或者各级人民政府有关部门违反本法规定，超越定价权限和范围擅自制定、调整价格或者不执行法定的价格干预措施、紧急措施的，责令改正，并可以通报批评；对直接负责的主管人员和其他直接责任人员，依法给予行政处分。",
    ],
  ],
  "CN-DEP-04": [
    [
      PRICE,
      "第四十七条第一款",
      "国家行政机关的收费，应当依法进行，严格控制收费项目，限定收费范围、标准。收费的具体管理办法由国务院另行制定。",
    ],
  ],
  "CN-DEP-01": [
    [
      LICENSING,
      "第五十八条第一款",
      "行政机关实施行政许可和对行政许可事项进行监督检查，不得收取任何费用。但是，法律、行政法规另有规定的，依照其规定。",
    ],
    [
      LICENSING,
      "第五十九条",
      "行政机关实施行政许可，依照法律、行政法规收取费用的，应当按照公布的法定项目和标准收费；所收取的费用必须全部上缴国库，任何机关或者个人不得以任何形式截留、挪用、私分或者变相私分。财政部门不得以任何形式向行政机关返还或者变相返还实施行政许可所收取的费用。",
    ],
  ],
  "CN-LIC-01": [
    [
      LICENSING,
      "第四十二条第一款",
      "除可以当场作出行政许可决定的外，行政机关应当自受理行政许可申请之日起二十日内作出行政许可决定。二十日内不能作出决定的，经本行政机关负责人批准，可以延长十日，并应当将延长期限的理由告知申请人。但是，法律、法规另有规定的，依照其规定。",
    ],
    [
      LICENSING,
      "第四十四条",
      "行政机关作出准予行政许可的决定，应当自作出决定之日起十日内向申请人颁发、送达行政许可证件，或者加贴标签、加盖检验、检测、检疫印章。",
    ],
  ],
  "CN-LIC-02": [
    [
      LICENSING,
      "第五十条",
      "被许可人需要延续依法取得的行政许可的有效期的，应当在该行政许可有效期届满三十日前向作出行政许可决定的行政机关提出申请。但是，法律、法规、规章另有规定的，依照其规定。行政机关应当根据被许可人的申请，在该行政许可有效期届满前作出是否准予延续的决定；逾期未作决定的，视为准予延续。",
    ],
  ],
  "CN-COI-01": [
    [
      SERVANTS,
      "第七十六条",
      "公务员执行公务时，有下列情形之一的，应当回避：（一）涉及本人利害关系的；（二）涉及与本人有本法第七十四条第一款所列亲属关系人员的利害关系的；（三）其他可能影响公正执行公务的。",
    ],
    [
      SERVANTS,
      "第七十七条第一款",
      "公务员有应当回避情形的，本人应当申请回避；利害关系人有权申请公务员回避。其他人员可以向机关提供公务员需要回避的情况。",
    ],
  ],
  "CN-COI-02": [
    [
      SERVANTS,
      "第一百零七条第一款",
      "公务员辞去公职或者退休的，原系领导成员、县处级以上领导职务的公务员在离职三年内，其他公务员在离职两年内，不得到与原工作业务直接相关的企业或者其他营利性组织任职，不得从事与原工作业务直接相关的营利性活动。",
    ],
  ],
  "CN-PI-01": [
    [
      PERSONAL,
      "第三十四条",
      "国家机关为履行法定职责处理个人信息，应当依照法律、行政法规规定的权限、程序进行，不得超出履行法定职责所必需的范围和限度。",
    ],
  ],
  "CN-PI-02": [
    [
      PERSONAL,
      "第二十三条",
      "个人信息处理者向其他个人信息处理者提供其处理的个人信息的，应当向个人告知接收方的名称或者姓名、联系方式、处理目的、处理方式和个人信息的种类，并取得个人的单独同意。接收方应当在上述处理目的、处理方式和个人信息的种类等范围内处理个人信息。接收方变更原先的处理目的、处理方式的，应当依照本法规定重新取得个人同意。",
    ],
  ],
  "CN-PI-03": [
    [
      PERSONAL,
      "第五十五条",
      "有下列情形之一的，个人信息处理者应当事前进行个人信息保护影响评估，并对处理情况进行记录：（一）处理敏感个人信息；（二）利用个人信息进行自动化决策；（三）委托处理个人信息、向其他个人信息处理者提供个人信息、公开个人信息；（四）向境外提供个人信息；（五）其他对个人权益有重大影响的个人信息处理活动。",
    ],
    [
      PERSONAL,
      "第五十六条第二款",
      "个人信息保护影响评估报告和处理情况记录应当至少保存三年。",
    ],
  ],
  "CN-SSL-02": [
    [
      SECRETS,
      "第十六条第二款",
      "机关、单位确定、变更和解除本机关、本单位的国家秘密，应当由承办人提出具体意见，经定密责任人审核批准。",
    ],
    [SECRETS, "第十七条第一款", "确定国家秘密的密级，应当遵守定密权限。"],
  ],
  "CN-SSL-03": [
    [
      SECRETS,
      "第十九条",
      "机关、单位对所产生的国家秘密事项，应当按照保密事项范围的规定确定密级，同时确定保密期限和知悉范围；有条件的可以标注密点。",
    ],
    [
      SECRETS,
      "第二十条第二款",
      "国家秘密的保密期限，除另有规定外，绝密级不超过三十年，机密级不超过二十年，秘密级不超过十年。",
    ],
  ],
  "CN-SSL-04": [
    [SECRETS, "第二十四条第一款", "机关、单位应当每年审核所确定的国家秘密。"],
  ],
  "CN-TND-01": [
    [
      TENDERING,
      "第二十四条",
      "招标人应当确定投标人编制投标文件所需要的合理时间；但是，依法必须进行招标的项目，自招标文件开始发出之日起至投标人提交投标文件截止之日止，最短不得少于二十日。",
    ],
  ],
  "CN-TND-02": [
    [
      TENDERS,
      "第十六条第一款",
      "招标人应当按照资格预审公告、招标公告或者投标邀请书规定的时间、地点发售资格预审文件或者招标文件。资格预审文件或者招标文件的发售期不得少于5日。",
    ],
  ],
  "CN-TND-03": [NOTICE],
  "CN-TND-03-BEGIN": [NOTICE],
  "CN-TND-04": [
    [
      TENDERS,
      "第五十四条第二款",
      "投标人或者其他利害关系人对依法必须进行招标的项目的评标结果有异议的，应当在中标候选人公示期间提出。招标人应当自收到异议之日起3日内作出答复；作出答复前，应当暂停招标投标活动。",
    ],
  ],
  "CN-TND-05": [OBJECTION],
  "CN-TND-05-BEFORE": [OBJECTION],
  "CN-TND-06": [
    [
      TENDERS,
      "第六十条第一款",
      "投标人或者其他利害关系人认为招标投标活动不符合法律、行政法规规定的，可以自知道或者应当知道之日起10日内向有关行政监督部门投诉。投诉应当有明确的请求和必要的证明材料。",
    ],
  ],
  "CN-TND-06-ADMIT": [COMPLAINT],
  "CN-TND-06-DECIDE": [COMPLAINT],
  "CN-TND-07": [
    [
      TENDERING,
      "第四十六条第一款",
      "招标人和中标人应当自中标通知书发出之日起三十日内，按照招标文件和中标人的投标文件订立书面合同。招标人和中标人不得再行订立背离合同实质性内容的其他协议。",
    ],
  ],
  "CN-TND-08": [
    [
      TENDERING,
      "第三十七条第二款",
      "依法必须进行招标的项目，其评标委员会由招标人的代表和有关技术、经济等方面的专家组成，成员人数为五人以上单数，其中技术、经济等方面的专家不得少于成员总数的三分之二。",
    ],
    [
      TENDERING,
      "第三十七条第四款",
      "与投标人有利害关系的人不得进入相关项目的评标委员会；已经进入的应当更换。",
    ],
  ],
};

/** The articles on which a rule rests, word for word; none where they were not read as a whole. */
export function articlesOf(rule: string): readonly Article[] {
  const found = Object.hasOwn(QUOTED, rule) ? (QUOTED[rule] ?? []) : [];
  return found.map(([{ law, as }, article, text]) => ({
    ...{ law, as, article, text },
  }));
}

export const quotedRules: readonly string[] = Object.keys(QUOTED);

/** Documents that are cited by their number alone, by name as well. */
const NAMES: readonly (readonly [number: string, name: string])[] = [
  ["发改数据规〔2025〕26号", "《公共数据资源登记管理暂行办法》"],
  ["发改数据规〔2025〕27号", "《公共数据资源授权运营实施规范（试行）》"],
  [
    "发改价格〔2025〕65号",
    "《关于建立公共数据资源授权运营价格形成机制的通知》",
  ],
];

/** A citation in Chinese with the name of what it cites: where only a number stands, name and number. */
export function withNames(cites: string): string {
  return NAMES.reduce(
    (said, [number, name]) => said.replaceAll(number, `${name}（${number}）`),
    cites,
  );
}
