import type { Law } from "../law-shape.ts";

/** Applications, and where to go against what was decided. */
export const licences: Readonly<Record<string, Law>> = {
  "CN-LIC-01": {
    jurisdiction: "CN",
    cites: "Administrative Licensing Law Art 42, 44",
    mark: "T",
    says: "an application is decided within its term, which is extended once, for reasons that the applicant is told",
    zh: "行政机关应当在法定期限内作出行政许可决定；经批准可以延长一次，并将延长期限的理由告知申请人",
    evidence: "computed",
    next: "name a nearer day",
    harm: "applicants, who can neither begin nor object",
    appeal: "administrative review within 60 days, or a court",
  },
  "CN-REV-01": {
    jurisdiction: "CN",
    cites: "Administrative Review Law 2023 Art 20, 62",
    mark: "T",
    says: "an administrative review may be asked for within 60 days, and is decided within 60, in summary within 30, and once 30 more",
    zh: "行政复议申请自知道该行政行为之日起六十日内提出；适用普通程序的六十日内、适用简易程序的三十日内作出行政复议决定，延长期限最多不得超过三十日",
    next: "name a day that is 60 days away at least",
    harm: "whoever was wronged has nowhere to go in time",
    evidence: "computed",
    appeal: "administrative review within 60 days, or a court",
  },
};
