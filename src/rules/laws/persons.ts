import type { Law } from "../law-shape.ts";

/** Data about persons. */
export const persons: Readonly<Record<string, Law>> = {
  "CN-PI-01": {
    jurisdiction: "CN",
    cites: "Personal Information Protection Law Art 34",
    mark: "T",
    says: "a state body handles personal data by its statutory powers and procedures, and only as far as its duty needs",
    next: "name the statutory power and keep within it",
  },
  "CN-PI-02": {
    jurisdiction: "CN",
    cites: "Personal Information Protection Law Art 13, 23",
    mark: "T",
    says: "personal data are given to another handler with the person's separate consent",
    next: "ask the person for consent, or name another legal basis",
  },
};
