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
export const ownRules: Readonly<Record<string, Limit | "no number">> = {};
