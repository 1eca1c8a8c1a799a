import type { ActOf } from "../acts/act.ts";
import { HOUR } from "../acts/shapes.ts";
import type { ReadRegister } from "../register/register.ts";
import { breach, when, type Verdict } from "./findings.ts";
import { decideEnding } from "./rights.ts";
import { taken, unknown } from "./registration.ts";
import { decideEnd, decideSpan } from "./spans.ts";

const DAY = 24 * HOUR;

/** Terms are public, purposes are of the adopted list, and there is an end (I5). */
export function decideContribution(
  register: ReadRegister,
  act: ActOf<"contribution">,
  at: number,
): Verdict {
  const listed = register.rulebook?.act.purposes ?? [];
  return {
    findings: [
      ...taken(register.contributions, "contribution", act.contribution),
      ...unknown(register.organisations, "organisation", act.contributor),
      ...(act.purposes ?? []).flatMap((id) =>
        when(!listed.some((one) => one.purpose === id), () =>
          breach("V-PUR", ["purpose", id]),
        ),
      ),
      ...decideSpan(act, at),
      ...decideEnd(register, act, at, "I5", undefined),
    ],
  };
}

/** The days of notice that were agreed are kept; what ends earlier by itself needs none. */
export function decideContributionNotice(
  register: ReadRegister,
  act: ActOf<"contributionNotice">,
  at: number,
): Verdict {
  const lent = register.contributions.get(act.contribution);
  const earliest = at + (lent?.act.noticeDays ?? 0) * DAY;
  return {
    findings: [
      ...decideEnding(
        register.contributions,
        "contribution",
        act.contribution,
        at,
      ).findings,
      ...when(act.ends < earliest, () =>
        breach("V-NOTICE", ["ends", act.ends], ["earliest", earliest]),
      ),
    ],
  };
}
