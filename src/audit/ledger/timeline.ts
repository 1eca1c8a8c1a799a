import type { FeeStandard } from "./ledger.ts";
import type { Match } from "./match.ts";

/** The first day that a ledger can have and the first that it cannot: 0001-01-01 and 10000-01-01. */
export const DAY_FIRST = -719_162;
export const DAY_END = 2_932_897;

/** Days from `from` up to but without `until`, and what holds on them: a fee of the list, or why none does. */
export type Interval = {
  readonly from: number;
  readonly until: number;
  readonly held: number | Why;
};

export type Why = "notInForce" | "nobodyApproved" | "unmatched";

/**
 * All days, each once and in order, by which approved fee holds on them: the closest of those in force; of two equally
 * close ones that which began later, then that which stands later in the list.
 */
export function timelineOf(
  standards: readonly FeeStandard[],
  { covering, why }: Match,
): readonly Interval[] {
  if (covering.length === 0)
    return [{ from: DAY_FIRST, until: DAY_END, held: why }];
  const versions = covering
    .flatMap(({ fee, closeness }) => {
      const standard = standards[fee];
      return standard === undefined ? [] : [{ fee, closeness, standard }];
    })
    .sort(
      (a, b) =>
        b.closeness - a.closeness ||
        b.standard.from - a.standard.from ||
        b.fee - a.fee,
    );
  const days = [
    DAY_FIRST,
    ...versions.flatMap(({ standard: { from, until } }) => [
      from,
      until ?? DAY_END,
    ]),
  ]
    .filter((day) => day >= DAY_FIRST && day < DAY_END)
    .sort((a, b) => a - b);
  const intervals: Interval[] = [];
  for (const from of new Set(days)) {
    const held =
      versions.find(({ standard }) => isInForce(standard, from))?.fee ??
      "notInForce";
    const before = intervals.at(-1);
    if (before?.held === held) continue;
    if (before !== undefined)
      intervals.splice(-1, 1, { ...before, until: from });
    intervals.push({ from, until: DAY_END, held });
  }
  return intervals;
}

function isInForce({ from, until }: FeeStandard, day: number): boolean {
  return from <= day && (until === undefined || day < until);
}
