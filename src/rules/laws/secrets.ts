import type { Law } from "../law-shape.ts";

/** What may be withheld as a state secret. */
export const secrets: Readonly<Record<string, Law>> = {
  "CN-SSL-02": {
    jurisdiction: "CN",
    cites: "State Secrets Law 2024, Art 16, 17",
    mark: "T",
    says: "a secret is made by the officer whose role that is, on a written proposal, within the power of the body",
    next: "let the proposal be written, and the officer of a body with that power approve it",
  },
  "CN-SSL-03": {
    jurisdiction: "CN",
    cites: "State Secrets Law 2024, Art 19, 20",
    mark: "T",
    says: "a secret has a level, a circle of persons and a term: 30, 20 or 10 years at most",
    next: "name level, circle and term",
  },
  "CN-SSL-04": {
    jurisdiction: "CN",
    cites: "State Secrets Law 2024, Art 24",
    mark: "T",
    says: "a secret is looked at again every year",
    next: "name a day within a year on which it is looked at again",
  },
};
