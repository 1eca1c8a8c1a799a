import type { Law } from "../law-shape.ts";

/** Applications, and where to go against what was decided. */
export const licences: Readonly<Record<string, Law>> = {
  "CN-LIC-01": {
    jurisdiction: "CN",
    cites: "Administrative Licensing Law Art 42, 44",
    mark: "T",
    says: "an application is decided within its term, which is extended once, for reasons that the applicant is told",
    next: "name a nearer day",
  },
  "CN-REV-01": {
    jurisdiction: "CN",
    cites: "Administrative Review Law 2023 Art 20",
    mark: "T",
    says: "an administrative review may be asked for within 60 days",
    next: "name a day that is 60 days away at least",
  },
};
