import type { Law } from "../law-shape.ts";

/** What the law makes the office send, and to publish, at its time: no act is refused by these, and one that comes late is flagged. */
export const reports: Readonly<Record<string, Law>> = {
  "CN-OPS-15": {
    jurisdiction: "CN",
    cites:
      "National Data Administration, notice on disclosure for authorised operation, 10 February 2026 (read in the news only)",
    mark: "S",
    says: "what was operated in a year is disclosed by 31 March of the next: authorisations and ceilings by the body, data, products and actual fees by the operator",
    zh: "实施机构和运营机构应当于每年3月31日前披露上一年度公共数据资源授权运营情况：实施机构披露授权情况和最高限价，运营机构披露获得授权的数据、产品和服务清单以及实际收费",
    next: "fill the gaps of the disclosure and publish it",
    from: "2026-02-10",
    harm: "users and competitors cannot see who got public data and what it may cost",
  },
  "EU-DGA-19": {
    jurisdiction: "EU",
    cites: "Regulation (EU) 2022/868, Art 8",
    mark: "T",
    says: "all data that may be re-used are listed, each with its format, its size and the conditions of re-use",
    zh: "可再利用的全部数据资源应当列入清单，并载明格式、规模和再利用条件",
    next: "fill the gaps of the list",
    from: "2023-09-24",
    harm: "whoever could use the data does not learn that they are there",
  },
  "EU-GDPR-05": {
    jurisdiction: "EU",
    cites: "Regulation (EU) 2016/679, Art 30(1)",
    mark: "T",
    says: "whoever processes personal data keeps a record: controller, purposes, categories, recipients, transfers, time limits, measures",
    zh: "控制者应当保存处理活动记录，载明控制者、处理目的、数据主体和个人数据的类别、接收者、跨境传输、保存期限和安全措施",
    next: "fill the gaps of the record",
    from: "2018-05-25",
    harm: "nobody can hold what is done with personal data against what it was said to be for",
  },
};
