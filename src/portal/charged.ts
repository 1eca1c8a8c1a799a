import type { ReadRegister } from "../register/register.ts";

/** What the uses of a product came to in a year: units of its prices, and money. */
export type Charged = {
  readonly product: string;
  readonly volume: number;
  readonly charged: number;
  /** Entries of the heads that closed the logs. */
  readonly entries: readonly number[];
};

/**
 * What was charged for each product with a price under an authorisation in a year, as the totals of closed usage logs say: what is stated of its income can be
 * held against it. Logs that are still open are not in it, nor is what was charged past the gate.
 */
export function chargedIn(
  register: ReadRegister,
  authorisation: string,
  year: number,
): readonly Charged[] {
  const found = new Map<string, Charged>();
  const own = new Set(register.feesUnder.get(authorisation) ?? []);
  for (const id of own) {
    const product = register.fees.get(id)?.act.product ?? "";
    found.set(product, { product, volume: 0, charged: 0, entries: [] });
  }
  for (const [log, rows] of register.closedTotals) {
    const head = register.heads.get(log)?.entry;
    for (const row of rows) {
      const fee = register.fees.get(row.fee ?? "")?.act;
      if (
        fee === undefined ||
        !own.has(fee.fee) ||
        !row.month.startsWith(`${year}-`)
      )
        continue;
      const before = found.get(fee.product);
      const entries = before?.entries ?? [];
      found.set(fee.product, {
        product: fee.product,
        volume:
          (before?.volume ?? 0) + (fee.unit === "call" ? row.calls : row.steps),
        charged: (before?.charged ?? 0) + row.charged,
        entries:
          head === undefined || entries.includes(head)
            ? entries
            : [...entries, head],
      });
    }
  }
  return [...found.values()];
}
