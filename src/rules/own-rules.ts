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
  "CN-COI-01": "no number",
  "CN-COI-02": { direction: "min", number: 36, bound: 120, clock: "months" },
  /** So many days before its end at the latest a renewal is asked for: an office may take it later. */
  "CN-LIC-02": { direction: "max", number: 30, bound: 1, clock: "days" },
  /** In so many days an ordinary review is decided. */
  "CN-REV-01": { direction: "max", number: 60, bound: 1, clock: "days" },
};
