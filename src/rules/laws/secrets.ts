import type { Law } from "../law-shape.ts";

/** What may be withheld as a state secret. */
export const secrets: Readonly<Record<string, Law>> = {
  "CN-SSL-02": {
    jurisdiction: "CN",
    cites: "State Secrets Law 2024, Art 16, 17",
    mark: "T",
    says: "a secret is made by the officer whose role that is, on a written proposal, within the power of the body",
    zh: "确定国家秘密，由承办人员书面拟定，定密责任人在本机关定密权限内审核批准",
    evidence: "computed",
    next: "let the proposal be written, and the officer of a body with that power approve it",
    harm: "the public, where anybody can make anything a secret",
    appeal: "the body that classified, then the secrecy authority above it",
  },
  "CN-SSL-03": {
    jurisdiction: "CN",
    cites: "State Secrets Law 2024, Art 19, 20",
    mark: "T",
    says: "a secret has a level, a circle of persons and a term: 30, 20 or 10 years at most",
    zh: "国家秘密应当确定密级、知悉范围和保密期限：绝密级不超过三十年，机密级不超过二十年，秘密级不超过十年",
    next: "name level, circle and term",
    harm: "the public, which never learns what is secret without an end",
    appeal: "the body that classified, then the secrecy authority above it",
  },
  "CN-SSL-04": {
    jurisdiction: "CN",
    cites: "State Secrets Law 2024, Art 24",
    mark: "T",
    says: "a secret is looked at again every year",
    zh: "机关、单位应当每年审核所确定的国家秘密",
    next: "name a day within a year on which it is looked at again",
    harm: "the public, where a secret outlives its reason",
    appeal: "the body that classified, then the secrecy authority above it",
  },
};
