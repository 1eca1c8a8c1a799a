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
};
