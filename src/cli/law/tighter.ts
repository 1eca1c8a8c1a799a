import type { LocalRulebook, Rulebook } from "../../register/register.ts";
import { isTighter, monthLimits } from "../../rules/law-in-force.ts";
import { lawOf } from "../../rules/law.ts";
import { limitOf } from "../../rules/rows.ts";
import { applicationTerm } from "../../rules/terms.ts";
import { showTerm } from "../../rules/clocks.ts";

/** What a local rulebook wants more than the law above it, a line each. */
export function tighterLines(
  above: Rulebook,
  local: LocalRulebook,
): readonly string[] {
  return [
    ...(local.rules ?? []).flatMap((one) => ruleLine(above, one)),
    ...limitLines(above, local.limits ?? {}),
    ...purposeLines(above, local),
    ...(local.separated ?? [])
      .filter((kind) => !above.separated.includes(kind))
      .map((kind) => `${kind} is prepared and approved by two persons`),
  ];
}

type Rule = NonNullable<LocalRulebook["rules"]>[number];

function ruleLine(above: Rulebook, { rule, number }: Rule): readonly string[] {
  const known = above.rules?.find((one) => one.rule === rule);
  const limit = limitOf(rule);
  const own = number ?? limit?.number;
  const most = limit?.direction === "max" ? "at most" : "at least";
  const { cites } = lawOf(rule);
  if (known === undefined)
    return [
      `${rule} counts${own === undefined ? "" : `, ${most} ${own}`} (${cites}); above it does not`,
    ];
  const wants = known.number ?? limit?.number;
  return own === undefined ||
    wants === undefined ||
    !isTighter(rule, own, wants)
    ? []
    : [`${rule} ${most} ${own} (${cites}); above ${wants}`];
}

function limitLines(
  above: Rulebook,
  { applicationTerm: days, ...months }: NonNullable<LocalRulebook["limits"]>,
): readonly string[] {
  const term = applicationTerm(above);
  return [
    ...monthLimits.flatMap((name) => {
      const [own, wants] = [months[name], above.limits[name]];
      return own === undefined || own >= wants
        ? []
        : [`${name} ${own}; above ${wants}`];
    }),
    ...(days === undefined || days >= term.number
      ? []
      : [
          `an application is decided in ${showTerm({ ...term, number: days })}; above in ${showTerm(term)}`,
        ]),
  ];
}

function purposeLines(
  above: Rulebook,
  { purposes }: LocalRulebook,
): readonly string[] {
  if (purposes === undefined) return [];
  const gone = above.purposes
    .map(({ purpose }) => purpose)
    .filter((id) => !purposes.includes(id));
  return gone.length === 0 ? [] : [`no more for ${gone.join(", ")}`];
}
