import type { ActOf } from "../acts/act.ts";
import { dayOf } from "../register/calendar.ts";
import type { ReadRegister } from "../register/register.ts";
import { adoptedRule } from "./adopted.ts";
import { localDay } from "./clocks.ts";
import { breach, missing, when, type Verdict } from "./findings.ts";
import { alwaysIn } from "./jurisdictions.ts";
import { decidePastProcedures } from "./procedures.ts";
import { unknown } from "./registration.ts";
import { decideEnding } from "./rights.ts";
import { decideEnd, decideSpan } from "./spans.ts";

/**
 * An agreement is changed as it was made: decided together, and filed where that is a rule. A renewal ends within the limit, counted from
 * its entry, and goes past no procedure; who leaves does so before the end.
 */
export function decideAgreementChanged(
  register: ReadRegister,
  act: ActOf<"agreementChanged">,
  at: number,
): Verdict {
  const { authorisation: id, how, to, decision } = act;
  const standing = register.authorisations.get(id);
  const ending = decideEnding(
    ...([register.authorisations, "authorisation"] as const),
    ...([id, at] as const),
  );
  return {
    findings: [
      ...ending.findings,
      ...unknown(register.bodies, "body", decision.body),
      ...decideDays(register, act, at),
      ...when(how === "amended" && to !== undefined, () =>
        breach("V-FORM", ["how", how], ["to", to ?? 0]),
      ),
      ...(how === "amended"
        ? []
        : [
            ...decideSpan(to === undefined ? {} : { to }, at),
            ...decideEnd(
              ...([register, to === undefined ? {} : { to }, at] as const),
              alwaysIn(register.rulebook?.act).authorisationEnd,
              register.rulebook?.act.limits.authorisationMonthsMax,
            ),
          ]),
      ...(how === "amended" || standing === undefined || to === undefined
        ? []
        : when(how === "renewed" ? to <= standing.to : to >= standing.to, () =>
            how === "renewed"
              ? breach("V-ORDER", ["from", standing.to], ["to", to])
              : breach("V-ORDER", ["from", to], ["to", standing.to]),
          )),
      ...(how === "renewed" && standing !== undefined
        ? [
            ...decidePastProcedures(register, standing.act.datasets).findings,
            ...when((register.rulebook?.act.until ?? 0) <= at, () =>
              breach("I5", [
                "rulebook-until",
                register.rulebook?.act.until ?? 0,
              ]),
            ),
          ]
        : []),
    ],
  };
}

/** CN-OPS-09: decided before it is filed, both before the entry. */
function decideDays(
  register: ReadRegister,
  { decision, filing }: ActOf<"agreementChanged">,
  at: number,
) {
  const today = localDay(register, at);
  const days = [
    ["decision.on", decision.on],
    ["filing.on", filing?.on],
  ] as const;
  const late = days.flatMap(([fact, on]) =>
    on !== undefined && (dayOf(on) ?? 0) > today
      ? [breach("CN-OPS-09", ["fact", fact], ["after", "entry"])]
      : [],
  );
  if (adoptedRule(register, "CN-OPS-09") === undefined)
    return late.map((one) => ({ ...one, rule: "V-ORDER" }));
  return [
    ...late,
    ...(filing === undefined
      ? [missing("CN-OPS-09", ["fact", "filing"])]
      : when((dayOf(filing.on) ?? 0) < (dayOf(decision.on) ?? 0), () =>
          breach("CN-OPS-09", ["fact", "decision.on"], ["after", "filing.on"]),
        )),
  ];
}
