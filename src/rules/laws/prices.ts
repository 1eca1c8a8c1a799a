import type { Law } from "../law-shape.ts";

/** What may be charged, by whom, and under which number. */
export const prices: Readonly<Record<string, Law>> = {
  "CN-PRC-01": {
    jurisdiction: "CN",
    cites: "发改价格〔2025〕65号, section 1",
    mark: "T",
    says: "use for public governance or public welfare is free of charge",
    zh: "用于公共治理、公益事业的公共数据产品和服务，免费提供",
    evidence: "computed",
    next: "offer it free of charge for these purposes",
    harm: "the public, which would pay a second time for what its taxes made",
  },
  "CN-PRC-03": {
    jurisdiction: "CN",
    cites: "发改价格〔2025〕65号, section 2",
    mark: "T",
    says: "a price needs an approved ceiling above it",
    zh: "公共数据运营服务费应当在经批准的上限收费标准以内",
    evidence: "computed",
    next: "ask the price authority for a ceiling for an operator, or serve free of charge",
    harm: "whoever pays",
    appeal:
      "a report to the price authority; what was taken too much is given back",
  },
  "CN-PRC-14": {
    jurisdiction: "CN",
    cites: "Price Law Art 13",
    mark: "T",
    says: "nothing may be charged that was not shown in advance",
    zh: "不得收取任何未予标明的费用",
    evidence: "computed",
    next: "let the price begin after its publication",
    harm: "whoever pays",
    appeal:
      "a report to the price authority; what was taken too much is given back",
  },
  "CN-PRC-18": {
    jurisdiction: "CN",
    cites: "Price Law Art 45",
    mark: "T",
    says: "the approver has no power over this price",
    zh: "地方各级人民政府或者各级人民政府有关部门不得超越定价权限擅自制定、调整价格",
    evidence: "computed",
    next: "ask the authority whose price power it is",
    harm: "whoever pays",
    appeal:
      "a report to the price authority; what was taken too much is given back",
  },
  "CN-DEP-04": {
    jurisdiction: "CN",
    cites: "Price Law Art 47",
    mark: "T",
    says: "no law lets this payee charge: an approval is not a ground",
    zh: "国家机关的收费应当依法进行；没有法定依据的，不得收费，批准文件不是收费依据",
    evidence: "computed",
    harm: "whoever pays a public body for what the law has it do",
    next: "free of charge (publish), or ask the price authority for a ceiling for an operator",
    appeal:
      "a report to the price authority; what was taken too much is given back",
  },
};
