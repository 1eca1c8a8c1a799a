import type { Law } from "../law-shape.ts";

/** What may be charged, by whom, and under which number. */
export const prices: Readonly<Record<string, Law>> = {
  "CN-PRC-01": {
    jurisdiction: "CN",
    cites: "发改价格〔2025〕65号, section 1",
    mark: "T",
    says: "use for public governance or public welfare is free of charge",
    zh: "用于公共治理、公益事业的公共数据产品和服务，免费提供",
    next: "offer it free of charge for these purposes",
    harm: "whoever pays for a use that is free",
  },
  "CN-PRC-03": {
    jurisdiction: "CN",
    cites: "发改价格〔2025〕65号, section 2",
    mark: "T",
    says: "a price needs an approved ceiling above it",
    zh: "收费标准不得超过批准的上限收费标准",
    next: "ask the price authority for a ceiling for an operator, or serve free of charge",
    harm: "whoever pays more than anybody approved",
  },
  "CN-PRC-14": {
    jurisdiction: "CN",
    cites: "Price Law Art 13",
    mark: "T",
    says: "nothing may be charged that was not shown in advance",
    zh: "不得收取任何未予标明的费用",
    next: "let the price begin after its publication",
    harm: "whoever used it before anybody could know the price",
  },
  "CN-PRC-18": {
    jurisdiction: "CN",
    cites: "Price Law Art 45",
    mark: "T",
    says: "the approver has no power over this price",
    zh: "不得超越定价权限制定、调整价格",
    next: "ask the authority whose price power it is",
    harm: "whoever pays a price that nobody had the power to set",
  },
  "CN-DEP-04": {
    jurisdiction: "CN",
    cites: "Price Law Art 47",
    mark: "T",
    says: "no law lets this payee charge: an approval is not a ground",
    zh: "国家机关收费应当依法进行，批准不等于依据",
    harm: "whoever pays a public body for what the law has it do",
    next: "free of charge (publish), or ask the price authority for a ceiling for an operator",
  },
};
