import type { Law } from "../law-shape.ts";

const PAYERS =
  "whoever pays: the price rests on a number that nobody permitted, and the difference is not theirs to get back without a refund";
const APPEAL =
  "the price authority; an administrative review, within 60 days (Administrative Review Law 2023 Art 20); a court";

function notice(
  section: string,
  rest: Pick<Law, "says" | "zh" | "next" | "harm" | "evidence">,
): Law {
  return {
    ...{ jurisdiction: "CN", mark: "T", appeal: APPEAL },
    cites: `发改价格〔2025〕65号, section ${section}`,
    ...rest,
  };
}
function statute(
  cites: string,
  rest: Pick<Law, "says" | "zh" | "next" | "harm" | "evidence">,
): Law {
  return { jurisdiction: "CN", mark: "T", cites, appeal: APPEAL, ...rest };
}

/** What an operator may take, how that is found, told and given back; and what a public body may charge at all. */
export const revenue: Readonly<Record<string, Law>> = {
  "CN-PRC-02": notice("1", {
    says: "the price of operating public data is set by a province, or by a prefecture to which that was handed down",
    zh: "公共数据运营服务费由省级定价，或授权设区的市级定价",
    next: "let a body of the province, or of the prefecture that it empowered, approve it",
    harm: PAYERS,
  }),
  "CN-PRC-03-REVENUE": notice("2", {
    says: "a ceiling stands under a maximum permitted revenue, and all of them together stay within it",
    zh: "上限收费标准在最高准许收入之内制定",
    next: "let the maximum permitted revenue be set first, or lower the ceilings until they fit into it",
    harm: PAYERS,
  }),
  "CN-PRC-04": notice("2", {
    says: "until an operator has operated for a whole year its price is a trial",
    zh: "运营不满一个完整年度的，实行试行收费",
    next: "let the price be a trial until the year is over",
    harm: "whoever pays: nobody has seen yet what operating costs",
  }),
  "CN-PRC-05": notice("3(1)", {
    evidence: "computed",
    says: "the maximum permitted revenue is operating cost, the permitted profit on it and tax",
    zh: "最高准许收入由运营成本、准许利润和税金构成",
    next: "state the sum of the parts",
    harm: PAYERS,
  }),
  "CN-PRC-06": notice("3(1)", {
    says: "operating cost is found by a survey, under five heads, and is what is left when subsidies are taken off",
    zh: "运营成本通过成本调查核定，扣除政府补助",
    next: "state the survey of cost and the subsidy, also where it is none",
    harm: "whoever pays, for what taxes have paid already",
  }),
  "CN-PRC-07": notice("3(1)", {
    says: "the permitted profit on cost is at most the yield of ten-year government bonds in the year before the survey and six percentage points",
    zh: "准许利润率不超过成本调查前一年10年期国债平均收益率加6个百分点",
    next: "lower the rate, or name the yield of the year before the survey",
    harm: PAYERS,
  }),
  "CN-PRC-09": notice("4", {
    says: "the maximum permitted revenue is reviewed after three years at most",
    zh: "最高准许收入原则上每不超过3年校核一次",
    next: "name fewer years",
    harm: "whoever pays when costs have fallen and the price has not",
  }),
  "CN-PRC-10": notice("4", {
    says: "what was taken beyond the maximum is taken off the next, at once or spread over several periods",
    zh: "超过最高准许收入的部分，在下一周期核减",
    next: "take it off, or spread it, once the income of the years behind was stated",
    harm: "whoever paid too much: together they get it back by lower prices, or not at all",
  }),
  "CN-PRC-11": notice("4", {
    says: "where income lies more than a tenth off what was permitted the ceiling is adjusted",
    zh: "实际收入与准许收入偏差超过10%的，调整上限收费标准",
    next: "set another ceiling",
    harm: "whoever pays a price that brings more than it may",
  }),
  "CN-PRC-12": notice("5", {
    says: "cost and income of operating public data are kept in accounts of their own",
    zh: "运营机构对成本、收入等单独核算",
    next: "name the accounts",
    harm: "everybody who wants to check the number: costs of other business can hide in it",
  }),
  "CN-PRC-13": notice("5", {
    says: "costs, income, profit, volumes, deviation and changes of price are reported by the end of March",
    zh: "每年3月底前报告上年度成本、收入、利润、服务量、偏差和价格调整情况",
    next: "state the income of the year, then send the report",
    harm: "whoever sets the next maximum, and sets it blindly",
  }),
  "CN-PRC-16": statute("Price Law Art 41", {
    evidence: "computed",
    says: "what was charged beyond the law goes back to the payer",
    zh: "多收价款应当退还消费者或者其他经营者",
    next: "state what was charged and what of it was too much, and give back no more than that",
    harm: "the payer, or, where too much goes back, everybody else",
  }),
  "CN-PRC-17": statute("Price Law Art 22, 24", {
    says: "before a price is set under guidance users and operators are heard",
    zh: "制定政府指导价，应当听取消费者、经营者和有关方面的意见",
    next: "hear them, and name the record",
    harm: "users and operators who were not asked",
  }),
  "CN-DEP-01": statute("Administrative Licensing Law Art 58, 59", {
    says: "a public body charges only where a statute or a regulation of the State Council says so",
    zh: "行政机关收费须有法律、行政法规依据",
    next: "serve free of charge, or name such a provision",
    harm: "whoever pays for what taxes have paid",
  }),
  "CN-DEP-02": statute("Business Environment Regulation 2019 Art 25", {
    says: "what government charges businesses stands on a published catalogue",
    zh: "涉企收费实行目录清单管理，清单之外一律不得收取",
    next: "serve free of charge, or name the catalogue on which the fee stands",
    harm: "businesses that pay what nobody published",
  }),
};
