import type { Law } from "../law-shape.ts";

const MEASURES = "Interim Measures for Registration of Public Data Resources";
const REVIEW = "administrative review, or the court";

function measure(article: string, rest: Partial<Law> & Says): Law {
  return {
    ...{ jurisdiction: "CN", mark: "T", cites: `${MEASURES}, ${article}` },
    ...{ from: "2025-03-01", until: "2030-02-28" },
    ...rest,
  };
}
type Says = Pick<Law, "says" | "zh" | "next" | "harm">;

/** Registration of public data resources: 公共数据资源登记管理暂行办法, 发改数据规〔2025〕26号. */
export const registrations: Readonly<Record<string, Law>> = {
  "CN-REG-01": measure("Art 5(1)", {
    says: "a public body that holds data inside the scope of an authorised operation registers them",
    zh: "纳入授权运营范围的公共数据资源，由直接持有或管理该资源的党政机关和事业单位进行登记",
    next: "apply for the registration of the dataset, and take its steps to the code",
    harm: "nobody can see what is being operated, and one operator may hold it unseen",
  }),
  "CN-REG-02": measure(
    "Art 5(2); with the stricter Implementation Specification for Authorised Operation, Art 16",
    {
      says: "an operator registers its products and services before it sells them: one text encourages it, the other wants it, and the stricter holds",
      zh: "运营机构应当对利用被授权的公共数据资源形成的数据产品和服务进行登记",
      next: "apply for the registration of the product, and take its steps to the code",
      harm: "a buyer pays for a product of which nobody can say from which data it was made",
    },
  ),
  "CN-REG-03": measure("Art 6", {
    says: "bodies of the centre register with the registry of the centre, others with one of their own level and territory",
    zh: "中央党政机关、直属机构和中央企业向国家数据局确定的登记机构办理登记，其他登记主体按照分级属地原则办理登记",
    next: "apply to a registry of the right level, and let a post of that registry sign",
    harm: "a registry that is not answerable for the holder looks at it, or nobody does",
  }),
  "CN-REG-04": measure("Art 7(2)", {
    says: "evidence of a resource is preserved before its registration is applied for",
    zh: "登记主体在申请登记前应当在保障安全的前提下对公共数据资源进行存证，确保来源可查、加工可溯",
    next: "preserve the evidence, and apply on a later day with its day and digest",
    harm: "nobody can trace afterwards where the data came from and what was done to them",
  }),
  "CN-REG-05": measure("Art 8", {
    says: "a registration goes from application to acceptance, formal review, public notice and code, and leaves no step out",
    zh: "登记按照申请、受理、形式审核、公示、赋码等程序进行",
    next: "take the step that is named as the next",
    harm: "a code is issued that nobody could object to",
    appeal: REVIEW,
  }),
  "CN-REG-06": measure("Art 9(1)", {
    says: "a first registration is applied for within 20 working days after the operation began and data were supplied or a product delivered",
    zh: "登记主体应当在开展授权运营活动并提供数据资源或交付数据产品和服务后20个工作日内申请首次登记",
    next: "apply for the first registration",
    harm: "what is operated stays out of sight",
  }),
  "CN-REG-07": measure("Art 9(1), 24", {
    says: "what was operated already on 1 March 2025 is applied for within 30 working days from then",
    zh: "本办法施行前已开展授权运营活动的，登记主体应当在本办法施行后30个工作日内申请首次登记",
    next: "apply for the first registration",
    harm: "an old franchise stays out of sight",
  }),
  "CN-REG-08": measure("Art 10", {
    says: "an application is accepted, completed by one notice of everything that is missing, or refused with reasons, in 3 working days",
    zh: "登记机构应当自收到登记申请之日起3个工作日内予以受理；材料不全的一次性告知补正；不予受理的说明理由",
    next: "accept it as it is, or refuse it with reasons",
    harm: "an applicant is sent home again and again",
    appeal: REVIEW,
  }),
  "CN-REG-09": measure("Art 11", {
    says: "the formal review takes 20 working days from acceptance, and whoever takes longer says why",
    zh: "登记机构应当自受理之日起20个工作日内完成形式审核；逾期的应当说明原因",
    next: "review it, with the reasons why it is late",
    harm: "a registration waits, and nobody knows what for",
    appeal: REVIEW,
  }),
  "CN-REG-10": measure("Art 12(1)", {
    says: "registrant, type of registration, name of the data and a short description are in public notice for 10 working days",
    zh: "登记机构应当将登记主体名称、登记类型、数据名称、数据内容简介等信息向社会公示，公示期为10个工作日",
    next: "let the notice stand for its working days, by the calendar of that year",
    harm: "whoever could object hears of it too late",
  }),
  "CN-REG-11": measure("Art 12(2)", {
    says: "during the notice anybody may object under the real name and with evidence; it is looked at again, and nothing is issued meanwhile",
    zh: "公示期内可以实名提出异议并提供必要的证据材料，登记机构应当进行核实；异议成立的终止登记",
    next: "decide the objection, or bring name and evidence before the notice is over",
    harm: "the rights of somebody else are registered away",
    appeal: REVIEW,
  }),
  "CN-REG-12": measure("Art 13, 14", {
    says: "a code is issued when the public notice is over and no objection was upheld",
    zh: "公示期满无异议或者异议不成立的，登记机构按照国家统一的编码规则赋码",
    next: "issue the code when the notice is over",
    harm: "the last days in which somebody could object are taken away",
  }),
  "CN-REG-13": measure("Art 15(1)", {
    says: "a registration is valid for three years at most from its code; of a product that is operated for no longer, as long as it is operated",
    zh: "登记结果有效期原则上为三年，自赋码之日起计算；授权运营期限不超过三年的，数据产品和服务登记有效期以实际运营期限为准",
    next: "name the end that is given as the latest, or the end of the operation",
    harm: "what was once looked at is never looked at again",
  }),
  "CN-REG-14": measure("Art 15(2), (3)", {
    says: "a registration is renewed in its last 60 days, each time for three years at most, and is over where it is not",
    zh: "登记主体应当在有效期届满前60日内申请续展，每次续展期限不超过三年；期满未续展的予以注销",
    next: "renew it in its last 60 days, or apply for a further registration",
    harm: "a registration goes on that nobody wants or looks at",
  }),
  "CN-REG-15": measure("Art 9(2), (3)", {
    says: "an important change is registered promptly, and an error is corrected on the registrant's written consent or on proof, also where a person concerned asks for it",
    zh: "发生重大变化的及时申请变更登记；登记内容有误的，凭登记主体书面同意或者有证据证明予以更正登记，利害关系人也可申请",
    next: "bring the written consent or the proof",
    harm: "what the public reads of a resource is wrong",
  }),
  "CN-REG-16": measure("Art 9(4)", {
    says: "a cancellation is done in 10 working days from its acceptance",
    zh: "登记机构应当自受理注销登记申请之日起10个工作日内完成注销",
    next: "cancel the registration",
    harm: "a resource that is gone is offered as if it were there",
  }),
  "CN-REG-17": measure("Art 19, 20", {
    says: "a registration is revoked from a registrant who got it by fraud or profits from it unlawfully",
    zh: "登记主体有弄虚作假、非法牟利等行为的，撤销登记",
    next: "name the cause, with the finding",
    harm: "whoever lied keeps what the lie brought",
    appeal: REVIEW,
  }),
  "CN-REG-18": measure("Art 24", {
    says: "the measures are in force from 1 March 2025 for five years",
    zh: "本办法自2025年3月1日起施行，有效期五年",
    next: "let the rulebook end no later than 28 February 2030",
    harm: "an office goes on under a text that is no longer law",
  }),
};
