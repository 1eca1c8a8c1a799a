import type { ActOf } from "../acts/act.ts";
import { addMonths, civilAt } from "../acts/dates.ts";
import type { Finding } from "../acts/entry.ts";
import { dayOf, yearName } from "../register/calendar.ts";
import { inForce, type ReadRegister } from "../register/register.ts";
import {
  lawfulSteps,
  nextStep,
  type Registration,
  type RegistrationAct,
  registrationState,
  type RegistrationState,
} from "../register/registrations.ts";
import { localDay, endOfTerm } from "./clocks.ts";
import { breach, missing, when, type Verdict } from "./findings.ts";
import {
  decideRegistrationApplied,
  decideRegistry,
} from "./registration-applied.ts";
import {
  dueOfStep,
  lawOfRegistration,
  registrationTerm,
  RENEWAL_DAYS,
} from "./registration-terms.ts";
import type { Signed } from "./signing.ts";

const DAY = 86_400_000;

type Step = Exclude<RegistrationAct, { kind: "registrationApplied" }>;
type StepOf<K extends Step["kind"]> = Extract<Step, { kind: K }>;

/** A registration goes its steps in their order, none left out, each inside its time. */
export function decideRegistrationStep(
  register: ReadRegister,
  { statement }: Signed,
  act: RegistrationAct,
  at: number,
): Verdict {
  if (act.kind === "registrationApplied")
    return decideRegistrationApplied(register, act, at);
  const found = register.registrations.get(act.registration);
  if (found === undefined)
    return { findings: [missing("V-REF", ["registration", act.registration])] };
  const order = decideOrder(register, found, act, at);
  return {
    findings: [
      ...decideRegistry(register, found, statement.signers),
      ...(order.length > 0 ? order : decideInOrder(register, found, act, at)),
    ],
    flags: [
      ...decideLate(register, found, act, at),
      ...when(
        act.kind === "registrationObjected" &&
          (found.notice?.until ?? at) <= at,
        () => breach("V-RECEIVED", ["registration", act.registration]),
      ),
    ],
  };
}

/** Out of order: what it is in, and what may come next. */
function decideOrder(
  register: ReadRegister,
  found: Registration,
  { kind, registration }: Step,
  at: number,
): readonly Finding[] {
  const state = registrationState(found, at);
  return when(!lawfulSteps[state].includes(kind), () =>
    breach(
      orderRule(register, kind, state),
      ["registration", registration],
      ["state", state],
      ["next-step", nextStep(state)],
    ),
  );
}

/** The steps behind the code have no order of the law but one: what was not renewed in time is over. */
const behindTheCode: ReadonlySet<Step["kind"]> = new Set<Step["kind"]>([
  ...(["registrationRenewed", "registrationChanged"] as const),
  ...(["registrationCorrected", "cancellationAccepted"] as const),
  ...(["registrationCancelled", "registrationRevoked"] as const),
]);

/** The rule that an act out of order breaks; the office's own convention where its rulebook adopted none. */
function orderRule(
  register: ReadRegister,
  kind: Step["kind"],
  state: RegistrationState,
): string {
  const rule =
    state === "objected" && kind === "registrationCoded"
      ? "CN-REG-11"
      : state === "lapsed" && kind === "registrationRenewed"
        ? "CN-REG-14"
        : behindTheCode.has(kind)
          ? "V-PROCEDURE"
          : "CN-REG-05";
  return lawOfRegistration(register, rule) === undefined ? "V-PROCEDURE" : rule;
}

function decideInOrder(
  register: ReadRegister,
  found: Registration,
  act: Step,
  at: number,
): readonly Finding[] {
  switch (act.kind) {
    case "registrationAsked":
      return decideAsked(register, found, act, at);
    case "registrationRefused":
      return lacking(register, "CN-REG-08", { reasons: act.reasons });
    case "registrationReviewed":
      return decideReviewed(register, found, act, at);
    case "registrationNoticed":
      return decideNotice(register, act, at);
    case "registrationObjected":
      return decideObjected(register, found, act, at);
    case "objectionDecided":
      return decideObjectionDecided(found, act);
    case "registrationCoded":
      return decideCoded(register, found, act, at);
    case "registrationRenewed":
      return decideRenewed(register, found, act, at);
    case "registrationChanged":
      return when(dayOf(act.on) > localDay(register, at), () =>
        breach("V-ORDER", ["fact", "on"], ["after", "entry"]),
      );
    case "registrationCorrected":
      return act.proof === undefined
        ? lacking(register, "CN-REG-15", { consent: act.consent })
        : [];
    case "registrationCompleted":
    case "registrationAccepted":
    case "cancellationAccepted":
    case "registrationCancelled":
    case "registrationRevoked":
      return [];
  }
}

/** Facts that an adopted rule wants and an act leaves out. */
function lacking(
  register: ReadRegister,
  rule: string,
  facts: Readonly<Record<string, unknown>>,
): readonly Finding[] {
  if (lawOfRegistration(register, rule) === undefined) return [];
  return Object.entries(facts)
    .filter(([, value]) => value === undefined)
    .map(([fact]) => missing(rule, ["fact", fact]));
}

/** What was done behind its term is done all the same, and seen: the registrant must not lose by the office's delay. */
function decideLate(
  register: ReadRegister,
  found: Registration,
  { kind }: Step,
  at: number,
): readonly Finding[] {
  const term = dueOfStep(register, found.reached, found.since);
  if (term === undefined || term.by > at || !term.ends.includes(kind))
    return [];
  return [breach(term.rule, ["due", term.by], ["entered", at])];
}

/** Everything that is missing is asked for at once. */
function decideAsked(
  register: ReadRegister,
  found: Registration,
  { by, registration }: StepOf<"registrationAsked">,
  at: number,
): readonly Finding[] {
  const rule =
    lawOfRegistration(register, "CN-REG-08") === undefined
      ? "V-ONCE"
      : "CN-REG-08";
  return [
    ...when(found.askedBy !== undefined, () =>
      breach(
        rule,
        ["registration", registration],
        ["step", "registrationAsked"],
        ["next-step", "registrationAccepted"],
      ),
    ),
    ...when(by <= at, () => breach("V-ORDER", ["from", at], ["to", by])),
  ];
}

/** A review that took longer than its term says why. */
function decideReviewed(
  register: ReadRegister,
  found: Registration,
  { lateReasons }: StepOf<"registrationReviewed">,
  at: number,
): readonly Finding[] {
  const term = dueOfStep(register, found.reached, found.since);
  if (term === undefined || term.by > at || lateReasons !== undefined)
    return [];
  return [
    missing(
      term.rule,
      ["fact", "lateReasons"],
      ["due", term.by],
      ["entered", at],
    ),
  ];
}

/**
 * Who may object has so many working days at least. Where a calendar is missing nobody knows how many those are, and here it is the public who
 * would have less time.
 */
function decideNotice(
  register: ReadRegister,
  { until }: StepOf<"registrationNoticed">,
  at: number,
): readonly Finding[] {
  const order = when(until <= at, () =>
    breach("V-ORDER", ["from", at], ["to", until]),
  );
  const term = registrationTerm(register, "CN-REG-10");
  if (term === undefined) return order;
  const earliest = endOfTerm(register, term, at);
  return [
    ...order,
    ...yearsWithout(register, term, at, earliest).map((name) =>
      missing("CN-REG-10", ["calendar", name]),
    ),
    ...when(until < earliest, () =>
      breach("CN-REG-10", ["until", until], ["earliest", earliest]),
    ),
  ];
}

/** Calendars that a term in working days runs through and that were not adopted. */
function yearsWithout(
  register: ReadRegister,
  term: NonNullable<ReturnType<typeof registrationTerm>>,
  from: number,
  to: number,
): readonly string[] {
  if (term.clock !== "workingDays") return [];
  const years = new Set(
    [from, to - 1].map((at) => civilAt(at, register.offsetMinutes).year),
  );
  return [...years]
    .map((year) => yearName(term.calendar, year))
    .filter((name) => !register.calendars.has(name));
}

/** Under the real name, with evidence, before the notice is over. */
function decideObjected(
  register: ReadRegister,
  { notice, objections }: Registration,
  act: StepOf<"registrationObjected">,
  at: number,
): readonly Finding[] {
  const { objection, by, evidence, on } = act;
  const today = localDay(register, at);
  const until = notice?.until ?? 0;
  const rule =
    lawOfRegistration(register, "CN-REG-11") === undefined
      ? "V-PROCEDURE"
      : "CN-REG-11";
  return [
    ...when(
      objections.some((one) => one.objection === objection),
      () => breach("V-NEW", ["objection", objection]),
    ),
    ...when(until <= at && !isHeldBack(register, notice, act), () =>
      breach(rule, ["until", until], ["entered", at]),
    ),
    ...when(on !== undefined && dayOf(on) > today, () =>
      breach("V-ORDER", ["fact", "on"], ["after", "entry"]),
    ),
    ...lacking(register, "CN-REG-11", { by, evidence }),
  ];
}

/** Told late, but it came while the notice stood. */
function isHeldBack(
  register: ReadRegister,
  notice: Registration["notice"],
  { on }: StepOf<"registrationObjected">,
): boolean {
  return (
    on !== undefined &&
    notice !== undefined &&
    localDay(register, notice.at) <= dayOf(on) &&
    dayOf(on) <= localDay(register, notice.until - 1)
  );
}

function decideObjectionDecided(
  { objections }: Registration,
  { objection }: StepOf<"objectionDecided">,
): readonly Finding[] {
  const found = objections.find((one) => one.objection === objection);
  if (found === undefined) return [missing("V-REF", ["objection", objection])];
  return when(found.outcome !== undefined, () =>
    breach("V-ENDED", ["objection", objection]),
  );
}

/** Only behind the whole notice; for three years at most, and for a product as long as it is operated where that is no longer. */
function decideCoded(
  register: ReadRegister,
  found: Registration,
  { code, to }: StepOf<"registrationCoded">,
  at: number,
): readonly Finding[] {
  const until = found.notice?.until ?? 0;
  const rule =
    lawOfRegistration(register, "CN-REG-12") === undefined
      ? "V-PROCEDURE"
      : "CN-REG-12";
  return [
    ...when(register.registrationsBy.has(`code ${code}`), () =>
      breach("V-NEW", ["code", code]),
    ),
    ...when(at < until, () =>
      breach(
        rule,
        ["until", until],
        ["entered", at],
        ["next-step", "registrationCoded"],
      ),
    ),
    ...when(to <= at, () => breach("V-ORDER", ["from", at], ["to", to])),
    ...decideValidity(register, found, to, at),
  ];
}

function decideValidity(
  register: ReadRegister,
  { act: { resource } }: Registration,
  to: number,
  at: number,
): readonly Finding[] {
  const months = lawOfRegistration(register, "CN-REG-13");
  if (months === undefined) return [];
  const { offsetMinutes } = register;
  const operated = authorisationOf(register, resource, at);
  if (
    operated !== undefined &&
    operated.to <= addMonths(operated.from, months, offsetMinutes)
  )
    return when(to !== operated.to, () =>
      breach("CN-REG-13", ["to", to], ["operated-until", operated.to]),
    );
  const latest = addMonths(at, months, offsetMinutes);
  return when(to > latest, () =>
    breach("CN-REG-13", ["to", to], ["latest", latest]),
  );
}

/** The authorisation in force under which a product is offered. */
function authorisationOf(
  register: ReadRegister,
  resource: ActOf<"registrationApplied">["resource"],
  at: number,
) {
  if (!("product" in resource)) return undefined;
  const { authorisation } = register.products.get(resource.product)?.act ?? {};
  const found = register.authorisations.get(authorisation ?? "");
  return inForce(found, at) ? found : undefined;
}

/** In the last sixty days, counted on end, and each time for three years at most. */
function decideRenewed(
  register: ReadRegister,
  { code }: Registration,
  { to }: StepOf<"registrationRenewed">,
  at: number,
): readonly Finding[] {
  const end = code?.to ?? 0;
  const order = when(to <= end, () =>
    breach("V-ORDER", ["from", end], ["to", to]),
  );
  const months = lawOfRegistration(register, "CN-REG-14");
  if (months === undefined) return order;
  const opens = end - RENEWAL_DAYS * DAY;
  const latest = addMonths(end, months, register.offsetMinutes);
  return [
    ...order,
    ...when(at < opens, () =>
      breach("CN-REG-14", ["earliest", opens], ["entered", at]),
    ),
    ...when(to > latest, () =>
      breach("CN-REG-14", ["to", to], ["latest", latest]),
    ),
  ];
}
