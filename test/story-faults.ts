import type { Act } from "../src/acts/act.ts";
import type { Ruling } from "../src/acts/entry.ts";
import { day } from "./story-founding.ts";
import {
  auditOf,
  enter,
  type House,
  sign,
  type Signing,
  signersOf,
  type Slip,
  statementOf,
  type Step,
  take,
} from "./story.ts";

/** What a dishonest office does: it enters what the law would not. */
export const granted: Ruling = { outcome: "granted", flags: [] };
type Anyway = {
  readonly ruling?: Ruling;
  readonly edition?: number;
  readonly at?: number;
};
/** Enters an act whatever the law says of it. */
export function anyway(
  what: Act,
  by: readonly (Signing | Slip)[] = [],
  { ruling = granted, edition = 1, at = day(3) }: Anyway = {},
): Step {
  return (house) => {
    const submission = sign(
      statementOf(house, at, what, by),
      signersOf(what.kind, by),
    );
    enter(house, { v: 1, type: "act", at, edition, ...submission, ruling });
  };
}

/** The codes of what a stranger finds. */
export async function codesOf(
  house: House,
  now = house.register.at + 1,
): Promise<readonly string[]> {
  return [...(await auditOf(house, { now })).faults.counts.keys()];
}

export function run(house: House, step: Step): void {
  if (typeof step === "function") step(house);
  else take(house, step);
}
