import type { ActOf } from "../acts/act.ts";
import { addMonths } from "../acts/dates.ts";
import type { Finding } from "../acts/entry.ts";
import type { Signer } from "../acts/statement.ts";
import { NEVER, type ReadRegister } from "../register/register.ts";
import { breach, missing, when, type Verdict } from "./findings.ts";
import { underLaw } from "./law-in-force.ts";
import { taken } from "./registration.ts";
import { decideHolder, hasPower, type Signed } from "./signing.ts";
import { decideTies } from "./ties.ts";

/**
 * Rules that bind "in principle", as their own articles say, and of which an act that an override may contain can be in breach. Every other
 * rule is absolute: there is no way past it.
 */
export const overridable: ReadonlySet<string> = new Set(["CN-OPS-10"]);

/** In principle: the number of the law itself. A tighter one that somebody adopted is no principle, and twice the law's is none any more. */
const AUTHORISED_MONTHS = 60;
const OVERRIDDEN_MONTHS_MAX = 2 * AUTHORISED_MONTHS;

const REVIEW_MONTHS_MAX = 12;

/**
 * The act inside is decided as if it came alone, by those who may do it. What it breaks must be what is named, no less and no more, and be no
 * absolute rule; a second post signs beside the deciders. A fact that is missing is not overridden: it is brought.
 */
export function decideOverride(
  register: ReadRegister,
  { statement, keys }: Signed,
  act: ActOf<"override">,
  at: number,
  decideAlone: (signed: Signed) => Verdict,
): Verdict {
  const isSecond = ({ role, post }: Signer): boolean =>
    role === "approved" && hasPower(register, post, "override");
  const seconds = statement.signers.filter(isSecond);
  const deciders = statement.signers.filter((one) => !isSecond(one));
  const alone = (signers: readonly Signer[]) => ({
    ...statement,
    ...{ act: act.act, signers: [...signers] },
  });
  const found = decideAlone({ statement: alone(deciders), keys });
  const isOverridden = ({ rule, result }: Finding): boolean =>
    result === "breach" && overridable.has(rule) && act.against.includes(rule);
  const overridden = found.findings.filter(isOverridden);
  return {
    findings: [
      ...taken(register.overrides, "override", act.override),
      ...decideSeconds(register, deciders, seconds, at),
      ...decideTies(register, alone(seconds), at),
      ...decideNamed(act, overridden),
      ...overridden.flatMap((one) => decideHowFar(register, act.act, one, at)),
      ...found.findings.filter((one) => !isOverridden(one)),
      ...decideReviewDay(register, act, at),
    ],
    flags: [
      breach("V-OVERRIDE", ["override", act.override], ["review", act.review]),
      ...overridden,
      ...(found.flags ?? []),
    ],
  };
}

function decideSeconds(
  register: ReadRegister,
  deciders: readonly Signer[],
  seconds: readonly Signer[],
  at: number,
): readonly Finding[] {
  if (seconds.length === 0)
    return [missing("V-OVERRIDE", ["role", "approved"], ["power", "override"])];
  return seconds.flatMap((second) => [
    ...decideHolder(register, second, at),
    ...when(
      deciders.some(({ person }) => person === second.person),
      () => breach("V-OVERRIDE", ["same-person", second.person]),
    ),
  ]);
}

function decideNamed(
  { against }: ActOf<"override">,
  overridden: readonly Finding[],
): readonly Finding[] {
  return [...new Set(against)].flatMap((rule) => {
    if (!overridable.has(rule))
      return [breach("V-OVERRIDE", ["absolute", rule])];
    return when(!overridden.some((one) => one.rule === rule), () =>
      breach("V-OVERRIDE", ["not-broken", rule]),
    );
  });
}

function decideHowFar(
  register: ReadRegister,
  act: ActOf<"override">["act"],
  { rule, facts }: Finding,
  at: number,
): readonly Finding[] {
  const number =
    underLaw(register, act, at).rulebook?.act.limits.authorisationMonthsMax ??
    0;
  const to = Number(facts.find(([name]) => name === "to")?.[1] ?? NEVER);
  const from = act.kind === "authorisation" ? (act.from ?? at) : at;
  const latest = addMonths(from, OVERRIDDEN_MONTHS_MAX, register.offsetMinutes);
  return [
    ...when(number < AUTHORISED_MONTHS, () =>
      breach(
        "V-OVERRIDE",
        ["rule", rule],
        ["number", number],
        ["law", AUTHORISED_MONTHS],
      ),
    ),
    ...when(to > latest, () =>
      breach("V-OVERRIDE", ["to", to], ["latest", latest]),
    ),
  ];
}

function decideReviewDay(
  { offsetMinutes }: ReadRegister,
  { review }: ActOf<"override">,
  at: number,
): readonly Finding[] {
  const latest = addMonths(at, REVIEW_MONTHS_MAX, offsetMinutes);
  return [
    ...when(review <= at, () =>
      breach("V-ORDER", ["from", at], ["to", review]),
    ),
    ...when(review > latest, () =>
      breach("V-OVERRIDE", ["review", review], ["latest", latest]),
    ),
  ];
}

/** Whoever signed it does not look at it again. */
export function decideOverrideReviewed(
  register: ReadRegister,
  { statement }: Signed,
  { override }: ActOf<"overrideReviewed">,
): Verdict {
  const found = register.overrides.get(override);
  if (found === undefined)
    return { findings: [missing("V-REF", ["override", override])] };
  return {
    findings: [
      ...when(found.reviewed !== undefined, () =>
        breach("V-ENDED", ["override", override]),
      ),
      ...statement.signers
        .filter(({ person }) => found.deciders.includes(person))
        .map(({ person }) => breach("V-OVERRIDE", ["same-person", person])),
    ],
  };
}
