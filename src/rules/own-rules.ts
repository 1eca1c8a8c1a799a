import type { Direction } from "./rows.ts";

/** The number of a rule, how a rulebook may tighten it, and as far as what: one that nobody can keep could never be taken back. */
export type Limit = {
  readonly direction: Direction;
  readonly number: number;
  readonly bound: number;
  /** What the number counts, where it counts time; working days need the rulebook's calendar. */
  readonly clock?: "days" | "workingDays" | "months";
  /** Its text was not read, or in secondary sources only: what it finds is flagged, and refuses nothing. */
  readonly flags?: true;
};
type NoNumber = "no number" | "no number, flags";

/**
 * The rules of the law that a rulebook adopts and that are not rows, since they look at the register: each has its function in a file of
 * its own, which asks `adoptedRule`. What they say, and where they were read, is in `laws/`.
 */
export const ownRules: Readonly<Record<string, Limit | NoNumber>> = {
  "CN-CMP-01": "no number",
  "CN-TND-05": { direction: "max", number: 3, bound: 0, clock: "days" },
  "CN-TND-05-BEFORE": { direction: "max", number: 10, bound: 0, clock: "days" },
  "CN-TND-06": { direction: "min", number: 10, bound: 180, clock: "days" },
  "CN-TND-06-ADMIT": {
    ...{ direction: "max", number: 3, bound: 0 },
    clock: "workingDays",
  },
  "CN-TND-06-DECIDE": {
    ...{ direction: "max", number: 30, bound: 1 },
    clock: "workingDays",
  },
  "V-ATTESTED": "no number",
  "CN-REG-01": "no number",
  "CN-REG-02": "no number",
  "CN-REG-03": "no number",
  "CN-REG-04": "no number",
  "CN-REG-05": "no number",
  "CN-REG-06": within(20),
  "CN-REG-07": within(30),
  "CN-REG-08": within(3),
  "CN-REG-09": within(20),
  "CN-REG-10": {
    ...{ direction: "min", number: 10, bound: 60, clock: "workingDays" },
  },
  "CN-REG-11": "no number",
  "CN-REG-12": "no number",
  "CN-REG-13": { direction: "max", number: 36, bound: 1, clock: "months" },
  "CN-REG-14": { direction: "max", number: 36, bound: 1, clock: "months" },
  "CN-REG-15": "no number",
  "CN-REG-16": within(10),
  "CN-REG-17": "no number",
  "CN-REG-18": "no number",
  "CN-COI-01": "no number",
  "CN-COI-02": { direction: "min", number: 36, bound: 120, clock: "months" },
  /** So many days before its end at the latest a renewal is asked for: an office may take it later. */
  "CN-LIC-02": { direction: "max", number: 30, bound: 1, clock: "days" },
  /** In so many days an ordinary review is decided. */
  "CN-REV-01": { direction: "max", number: 60, bound: 1, clock: "days" },
  "CN-PI-03": "no number",
  "EU-DGA-01": "no number",
  "EU-DGA-02": "no number",
  "EU-DGA-13": "no number",
  "EU-DGA-16": "no number",
  "EU-DGA-17": "no number",
  "EU-DGA-20": { direction: "max", number: 2, bound: 1, clock: "months" },
  "EU-ODD-02": "no number",
  "EU-ODD-09": "no number",
  "EU-EHDS-01": "no number",
  "EU-EHDS-02": "no number",
  "EU-EHDS-15": { direction: "max", number: 3, bound: 1, clock: "months" },
  "EU-GDPR-02": "no number",
  "EU-GDPR-07": "no number",
  "EU-AI-01": "no number",
  "CN-OPS-15": "no number, flags",
  "CN-PRC-02": "no number",
  "CN-PRC-03-REVENUE": "no number",
  // Months of operation before a price is more than a trial.
  "CN-PRC-04": {
    ...{ direction: "min", number: 12, bound: 36, clock: "months" },
  },
  // Basis points above the yield of ten-year government bonds.
  "CN-PRC-07": { direction: "max", number: 600, bound: 0 },
  "CN-PRC-10": "no number",
  // Percent of what was permitted; from more than that on the ceiling is adjusted.
  "CN-PRC-11": { direction: "max", number: 10, bound: 1 },
  "CN-PRC-13": "no number",
  "CN-PRC-17": "no number",
  "CN-DEP-01": "no number",
  "CN-DEP-02": "no number",
};

/** So many working days at most, and one at least. */
function within(number: number): Limit {
  return { direction: "max", number, bound: 1, clock: "workingDays" };
}
