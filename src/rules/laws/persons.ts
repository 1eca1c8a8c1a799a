import type { Law } from "../law-shape.ts";

/** Data about persons. */
export const persons: Readonly<Record<string, Law>> = {
  "CN-PI-01": {
    jurisdiction: "CN",
    cites: "Personal Information Protection Law Art 34",
    mark: "T",
    says: "a state body handles personal data by its statutory powers and procedures, and only as far as its duty needs",
    zh: "国家机关为履行法定职责处理个人信息，应当依照法定的权限、程序进行，不得超出履行法定职责所必需的范围和限度",
    next: "name the statutory power and keep within it",
    harm: "persons whose data are used beyond the duty",
    appeal: "a complaint to the cyberspace administration, or a court",
  },
  "CN-PI-02": {
    jurisdiction: "CN",
    cites: "Personal Information Protection Law Art 13, 23",
    mark: "T",
    says: "personal data are given to another handler with the person's separate consent",
    zh: "向其他个人信息处理者提供其处理的个人信息的，应当取得个人的单独同意",
    next: "ask the person for consent, or name another legal basis",
    harm: "persons whose data reach somebody they never heard of",
    appeal: "a complaint to the cyberspace administration, or a court",
  },
  "CN-PI-03": {
    jurisdiction: "CN",
    cites: "Personal Information Protection Law Art 55, 56",
    mark: "T",
    says: "the impact on persons is assessed before sensitive data about them are given out",
    zh: "处理敏感个人信息，应当事前进行个人信息保护影响评估，并对处理情况进行记录",
    evidence: "by attested paper",
    next: "let the impact be assessed, and name the paper and its day",
    harm: "persons whose most delicate data leave without anybody having asked what may come of it",
    appeal: "a complaint to the cyberspace administration, or a court",
  },
};
