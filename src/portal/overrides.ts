import { showInstant } from "../acts/dates.ts";
import { paperPath } from "../acts/statement.ts";
import type { ReadRegister } from "../register/register.ts";
import { overridesInForce } from "../register/overrides.ts";
import { calledIn } from "./acts/thing.ts";
import { describeAct } from "./words.ts";
import { officeTitle } from "./lang/title-in.ts";
import { saidLaw } from "./lang/law-in.ts";

export type OverrideLine = {
  readonly override: string;
  readonly entry: number;
  readonly at: string;
  /** What was decided. */
  readonly what: string;
  readonly against: readonly {
    readonly rule: string;
    readonly says: string;
    readonly cites: string;
  }[];
  /** Where the papers are served. */
  readonly reason: string;
  readonly opinion: string;
  readonly review: string;
  readonly isInForce: boolean;
  /** How the review came out, in which entry; absent until then. */
  readonly reviewed?: {
    readonly outcome: string;
    readonly entry: number;
    readonly at: string;
  };
  /** Nobody looked at it again by its day. */
  readonly isOverdue: boolean;
};
export type OverridesView = {
  readonly title: string;
  readonly at: string;
  readonly inForce: number;
  readonly overrides: readonly OverrideLine[];
};

/** Every decision against a rule, the newest first: not reviewed yet, confirmed, or ended. */
export function overridesView(
  register: ReadRegister,
  now: number,
): OverridesView {
  const { offsetMinutes } = register;
  const show = (at: number) => showInstant(at, offsetMinutes);
  const inForce = new Set(overridesInForce(register, now));
  return {
    title: officeTitle(register),
    at: show(now),
    inForce: inForce.size,
    overrides: [...register.overrides.values()]
      .toReversed()
      .map((one): OverrideLine => {
        const { act, entry, at, reviewed } = one;
        return {
          override: act.override,
          ...{
            entry,
            at: show(at),
            what: describeAct(act.act, calledIn(register)),
          },
          against: act.against.map((rule) => {
            return { rule, ...saidLaw(rule) };
          }),
          reason: paperPath(act.reason.paper),
          opinion: paperPath(act.opinion.paper),
          review: show(act.review),
          isInForce: inForce.has(one),
          isOverdue: reviewed === undefined && act.review <= now,
          ...(reviewed === undefined
            ? {}
            : {
                reviewed: {
                  ...{ outcome: reviewed.outcome, entry: reviewed.entry },
                  at: show(reviewed.at),
                },
              }),
        };
      }),
  };
}
