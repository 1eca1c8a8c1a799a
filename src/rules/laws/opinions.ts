import type { Law } from "../law-shape.ts";

/** What was read in news and drafting notes only: it is flagged and refuses nothing. */
export const opinions: Readonly<Record<string, Law>> = {
  "CN-OPN-02": {
    jurisdiction: "CN",
    cites: "中办发〔2024〕67号 (as reported)",
    mark: "S",
    says: "no operator of public data has a monopoly",
    zh: "严禁公共数据运营机构垄断经营",
    next: "authorise without excluding others, or say in public why one alone",
    harm: "every other firm, and whoever buys from the only one",
  },
  "CN-D20-01": {
    jurisdiction: "CN",
    cites: "关于构建数据基础制度更好发挥数据要素作用的意见 (as quoted)",
    mark: "S",
    says: "public data are offered as answers and products, while the raw data stay where they are",
    zh: "公共数据按照“原始数据不出域、数据可用不可见”的要求，以模型、核验等产品和服务的形式提供",
    next: "offer answers or aggregates",
    harm: "persons and firms whose records leave and cannot be called back",
  },
};
