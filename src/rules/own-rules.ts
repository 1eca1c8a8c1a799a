import type { Direction } from "./rows.ts";

/** The number of a rule, how a rulebook may tighten it, and as far as what: one that nobody can keep could never be taken back. */
export type Limit = {
  readonly direction: Direction;
  readonly number: number;
  readonly bound: number;
  /** What the number counts, where it counts time; working days need the rulebook's calendar. */
  readonly clock?: "days" | "workingDays" | "months";
};

/**
 * The rules of the law that a rulebook adopts and that are not rows, since they look at the register: each has its function in a file of
 * its own, which asks `adoptedRule`. What they say, and where they were read, is in `laws/`.
 */
export const ownRules: Readonly<Record<string, Limit | "no number">> = {
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
