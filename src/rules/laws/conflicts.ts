import type { Law } from "../law-shape.ts";

/** Rules of which each says something else than another one: a rulebook says which of them applies. */
export const conflicts: Readonly<Record<string, Law>> = {
  "CN-REG-02-ENCOURAGED": {
    jurisdiction: "CN",
    cites: "发改数据规〔2025〕26号, Art 5(2)",
    mark: "T",
    says: "an operator is encouraged to register the products and services that it made of public data",
    zh: "鼓励运营机构登记利用公共数据资源形成的产品和服务",
    next: "register the product",
    from: "2025-03-01",
    until: "2030-02-28",
  },
  "EU-DGA-14": {
    jurisdiction: "EU",
    cites: "Regulation (EU) 2022/868 Art 6(2)",
    mark: "T",
    says: "fees for re-use are transparent, non-discriminatory, proportionate and objectively justified, and do not restrict competition",
    zh: "再利用费用应当透明、非歧视、相称、有客观理由，并且不得限制竞争",
    next: "publish the fee, the same for everybody of a class",
    harm: "competitors pay different prices for the same data",
  },
  "EU-EHDS-10": {
    jurisdiction: "EU",
    cites: "Regulation (EU) 2025/327 Art 62(2)",
    mark: "T",
    says: "where a public body holds health data, its compensation is not ruled by Article 6 of the Data Governance Act",
    zh: "健康数据持有者为公共部门的，其补偿不适用《数据治理法》第六条",
    next: "compute the compensation by the rules for health data",
  },
};
