import type { Law } from "../law-shape.ts";

/** What may be charged, by whom, and under which number. */
export const prices: Readonly<Record<string, Law>> = {
  "CN-PRC-01": {
    jurisdiction: "CN",
    cites: "发改价格〔2025〕65号, section 1",
    mark: "T",
    says: "use for public governance or public welfare is free of charge",
    next: "offer it free of charge for these purposes",
  },
  "CN-PRC-03": {
    jurisdiction: "CN",
    cites: "发改价格〔2025〕65号, section 2",
    mark: "T",
    says: "a price needs an approved ceiling above it",
    next: "ask the price authority for a ceiling for an operator, or serve free of charge",
  },
  "CN-PRC-14": {
    jurisdiction: "CN",
    cites: "Price Law Art 13",
    mark: "T",
    says: "nothing may be charged that was not shown in advance",
    next: "let the price begin after its publication",
  },
  "CN-PRC-18": {
    jurisdiction: "CN",
    cites: "Price Law Art 45",
    mark: "T",
    says: "the approver has no power over this price",
    next: "ask the authority whose price power it is",
  },
  "CN-DEP-04": {
    jurisdiction: "CN",
    cites: "Price Law Art 47",
    mark: "T",
    says: "no law lets this payee charge: an approval is not a ground",
    next: "free of charge (publish), or ask the price authority for a ceiling for an operator",
  },
};
