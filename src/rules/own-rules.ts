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
};
