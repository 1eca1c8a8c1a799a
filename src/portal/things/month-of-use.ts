import type { TotalsRow } from "../../register/register.ts";

/** What some permits came to in a month, apart by currency: what is free of charge has none. */
export type MonthOfUse = {
  readonly month: string;
  readonly uses: number;
  readonly calls: number;
  readonly steps: number;
  readonly charged: number;
  readonly currency?: string;
};

/** By month over permits, as the public totals add up; who used it stands with each permit. */
export function usesByMonth(
  totals: readonly TotalsRow[],
  permits: readonly string[],
): readonly MonthOfUse[] {
  const wanted = new Set(permits);
  const months = new Map<string, MonthOfUse>();
  for (const row of totals) {
    if (!wanted.has(row.permit)) continue;
    const { month, currency } = row;
    const key = `${month} ${currency ?? ""}`;
    const before = months.get(key);
    months.set(key, {
      month,
      ...(currency === undefined ? {} : { currency }),
      uses: (before?.uses ?? 0) + row.uses,
      calls: (before?.calls ?? 0) + row.calls,
      steps: (before?.steps ?? 0) + row.steps,
      charged: (before?.charged ?? 0) + row.charged,
    });
  }
  return [...months.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, one]) => one);
}
