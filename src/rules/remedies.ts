import type { ActOf } from "../acts/act.ts";
import type { Finding } from "../acts/entry.ts";
import type { Appeal } from "../register/beyond.ts";
import { dayOf } from "../register/calendar.ts";
import { timeOfEntry } from "../register/entry-time.ts";
import type { ReadRegister } from "../register/register.ts";
import { adoptedRule } from "./adopted.ts";
import { localDay } from "./clocks.ts";
import { breach, missing, when, type Verdict } from "./findings.ts";
import { taken, unknown } from "./registration.ts";
import { decideEnding } from "./rights.ts";

/** So long an administrative review may be applied for. */
const APPLY_DAYS = 60;

export type RemedyAct = ActOf<
  | "appealLodged"
  | "appealExtended"
  | "appealDecided"
  | "orderReceived"
  | "dutyDone"
>;
type Effect = ActOf<"orderReceived">["effects"][number];

/** What others decide about the office's decisions. */
export function decideRemedy(
  register: ReadRegister,
  act: RemedyAct,
  at: number,
): Verdict {
  switch (act.kind) {
    case "appealLodged":
      return decideLodged(register, act, at);
    case "appealExtended":
      return ofOpen(register, act.appeal, ({ act: { forum }, extended }) => [
        ...when(extended !== undefined, () =>
          breach("V-ONCE", ["appeal", act.appeal], ["step", "extended"]),
        ),
        ...when(!isReview(forum), () =>
          breach("V-SCOPE", ["appeal", act.appeal], ["forum", forum]),
        ),
      ]);
    case "appealDecided":
      return ofOpen(register, act.appeal, () => [
        ...unknown(register.bodies, "body", act.body),
        ...when(
          act.effects.length > 0 &&
            !(
              act.binding &&
              (act.outcome === "annulled" || act.outcome === "changed")
            ),
          () =>
            breach(
              "V-SCOPE",
              ["appeal", act.appeal],
              ["outcome", act.outcome],
              ["binding", act.binding ? "yes" : "no"],
            ),
        ),
        ...decideEffects(register, act.effects, at),
      ]);
    case "orderReceived":
      return {
        findings: [
          ...taken(register.orders, "order", act.order),
          ...unknown(register.bodies, "body", act.body),
          ...unknown(register.appeals, "appeal", act.appeal),
          ...decideEffects(register, act.effects, at),
        ],
      };
    case "dutyDone":
      return decideDutyDone(register, act);
  }
}

export function isReview(forum: Appeal["act"]["forum"]): boolean {
  return forum === "reviewOrdinary" || forum === "reviewSummary";
}

/** Whether it was in time is for whoever decides it: what came late is entered and flagged. */
function decideLodged(
  register: ReadRegister,
  { appeal, against, organisation, on, forum }: ActOf<"appealLodged">,
  at: number,
): Verdict {
  const decisionAt = timeOfEntry(register, against);
  const day = dayOf(on) ?? 0;
  if (decisionAt === undefined)
    return { findings: [missing("V-REF", ["entry", against])] };
  const days = day - localDay(register, decisionAt);
  return {
    findings: [
      ...taken(register.appeals, "appeal", appeal),
      ...unknown(register.organisations, "organisation", organisation),
      ...when(days < 0 || day > localDay(register, at), () =>
        breach("V-ORDER", ["on", on], ["decided", decisionAt], ["entered", at]),
      ),
    ],
    flags: when(
      isReview(forum) &&
        days > APPLY_DAYS &&
        adoptedRule(register, "CN-REV-01") !== undefined,
      () => breach("CN-REV-01", ["days", days], ["wanted", APPLY_DAYS]),
    ),
  };
}

function ofOpen(
  register: ReadRegister,
  id: string,
  decide: (found: Appeal) => readonly Finding[],
): Verdict {
  const found = register.appeals.get(id);
  if (found === undefined)
    return { findings: [missing("V-REF", ["appeal", id])] };
  return {
    findings: [
      ...when(found.decided !== undefined, () =>
        breach("V-ENDED", ["appeal", id]),
      ),
      ...decide(found),
    ],
  };
}

function decideEffects(
  register: ReadRegister,
  effects: readonly Effect[],
  at: number,
): readonly Finding[] {
  const duties = effects.flatMap((one) =>
    one.does === "obliges" ? [one.duty] : [],
  );
  return [
    ...effects.flatMap((one) => decideEffect(register, one, at)),
    ...when(new Set(duties).size < duties.length, () =>
      breach("V-NEW", ["duties", duties.length]),
    ),
  ];
}

function decideEffect(
  register: ReadRegister,
  effect: Effect,
  at: number,
): readonly Finding[] {
  const { what, id } = effect;
  const map = mapOf(register, what);
  switch (effect.does) {
    case "ends":
      return endingOf(register, effect, at);
    case "suspends":
      return [...endingOf(register, effect, at), ...notOver(effect.until, at)];
    case "obliges":
      return [
        ...unknown(map, what, id),
        ...taken(register.duties, "duty", effect.duty),
        ...notOver(effect.by, at),
      ];
  }
}

function notOver(by: number, at: number): readonly Finding[] {
  return when(by <= at, () => breach("V-ORDER", ["from", at], ["to", by]));
}

function endingOf(
  register: ReadRegister,
  { what, id }: Exclude<Effect, { does: "obliges" }>,
  at: number,
): readonly Finding[] {
  return decideEnding(mapOf(register, what), what, id, at).findings;
}

/** What of a kind stands in the register. */
function mapOf<W extends Effect["what"]>(register: ReadRegister, what: W) {
  return {
    application: register.applications,
    permit: register.permits,
    authorisation: register.authorisations,
    fee: register.fees,
    product: register.products,
    withholding: register.withholdings,
  }[what];
}

/** An entry behind the one that obliged. That it decides what was to be decided is the word of whoever signs. */
function decideDutyDone(
  register: ReadRegister,
  { duty, entry }: ActOf<"dutyDone">,
): Verdict {
  const found = register.duties.get(duty);
  if (found === undefined)
    return { findings: [missing("V-REF", ["duty", duty])] };
  return {
    findings: [
      ...when(found.done !== undefined, () =>
        breach("V-ENDED", ["duty", duty]),
      ),
      ...when(timeOfEntry(register, entry) === undefined, () =>
        missing("V-REF", ["entry", entry]),
      ),
      ...when(entry <= found.entry, () =>
        breach("V-ORDER", ["from", found.entry], ["to", entry]),
      ),
    ],
  };
}
