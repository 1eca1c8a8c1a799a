import type { Act } from "../acts/act.ts";
import { localsOver } from "../register/local-law.ts";
import type {
  LocalRulebook,
  ReadRegister,
  Rulebook,
} from "../register/register.ts";
import { bodiesOf } from "./place.ts";
import { limitOf } from "./rows.ts";
import { applicationTerm } from "./terms.ts";

/**
 * The register as the rules see it for an act: with the office's own rulebook tightened by every local one that is in force over what
 * the act is about. So nothing local is ever looser than what stands above it, whatever was adopted in which order, and what has ended
 * counts no more.
 */
export function underLaw(
  register: ReadRegister,
  act: Act,
  at: number,
): ReadRegister {
  const { rulebook } = register;
  // Most offices have no local law: what an act is about need not be looked up then.
  if (register.localRulebooks.size === 0 || rulebook === undefined)
    return register;
  const law = lawOver(register, bodiesOf(register, act), at);
  return law === undefined || law === rulebook.act
    ? register
    : { ...register, rulebook: { ...rulebook, act: law } };
}

/** The law over what some bodies hold; over the office as a whole where there are none. */
export function lawOver(
  register: ReadRegister,
  bodies: readonly string[],
  at: number,
): Rulebook | undefined {
  const own = register.rulebook?.act;
  if (own === undefined) return undefined;
  return localsOver(register, bodies, at).reduce(
    (law, { act }) => tightenedBy(law, act),
    own,
  );
}

/**
 * What is left of a rulebook under a local one: of every number the tighter, of purposes what both have, of duties all. Neither of the two
 * ever changes and a ruling takes microseconds, so what came of them is kept as long as they are.
 */
export function tightenedBy(law: Rulebook, local: LocalRulebook): Rulebook {
  const known = kept.get(law) ?? new WeakMap<LocalRulebook, Rulebook>();
  const found = known.get(local) ?? tighten(law, local);
  kept.set(law, known.set(local, found));
  return found;
}

const kept = new WeakMap<Rulebook, WeakMap<LocalRulebook, Rulebook>>();

function tighten(law: Rulebook, local: LocalRulebook): Rulebook {
  const { rules, purposes, separated } = local;
  return {
    ...law,
    limits: tighterLimits(law, local.limits ?? {}),
    ...(rules === undefined ? {} : { rules: tighterRules(law, rules) }),
    ...(purposes === undefined
      ? {}
      : {
          purposes: law.purposes.filter((one) =>
            purposes.includes(one.purpose),
          ),
        }),
    ...(separated === undefined
      ? {}
      : { separated: [...new Set([...law.separated, ...separated])] }),
  };
}

type Rules = NonNullable<Rulebook["rules"]>;

function tighterRules({ rules = [] }: Rulebook, more: Rules): Rules {
  const found = new Map(rules.map((one) => [one.rule, one]));
  for (const one of more) {
    const { rule, number } = one;
    const known = found.get(rule);
    const wants = known?.number ?? limitOf(rule)?.number;
    if (
      known === undefined ||
      (number !== undefined &&
        wants !== undefined &&
        isTighter(rule, number, wants))
    )
      found.set(rule, one);
  }
  return [...found.values()];
}

/** By the direction in which the law lets the number go. */
export function isTighter(rule: string, one: number, other: number): boolean {
  return limitOf(rule)?.direction === "max" ? one < other : one > other;
}

function tighterLimits(
  law: Rulebook,
  { applicationTerm: days, ...more }: NonNullable<LocalRulebook["limits"]>,
): Rulebook["limits"] {
  const limits = { ...law.limits };
  for (const name of monthLimits)
    limits[name] = Math.min(limits[name], more[name] ?? limits[name]);
  const term = applicationTerm(law);
  if (days === undefined || term.clock === "months") return limits;
  const name =
    term.clock === "days" ? "applicationDays" : "applicationWorkingDays";
  return { ...limits, [name]: Math.min(term.number, days) };
}

export const monthLimits = [
  "authorisationMonthsMax",
  "permitMonthsMax",
  "feeMonthsMax",
] as const;
