import type { ActOf } from "../acts/act.ts";
import {
  type Entered,
  NEVER,
  type Register,
  type TotalsRow,
} from "./register.ts";
import { chargeOf, reportOf, unitsKey } from "./revenue.ts";
import { push } from "./standing.ts";

export type RevenueAct = ActOf<
  "permittedRevenue" | "incomeStated" | "reportSent" | "refunded"
>;

/** What closed logs show of each price counts for its product. */
export function addCharged(
  register: Register,
  rows: readonly TotalsRow[],
): void {
  for (const row of rows) {
    const fee = register.fees.get(row.fee ?? "")?.act;
    if (fee === undefined) continue;
    const { product, unit } = fee;
    const key = unitsKey(product, unit, row.month.slice(0, 4));
    const before = register.chargedUnits.get(key) ?? 0;
    const more = unit === "call" ? row.calls : row.steps;
    register.chargedUnits.set(key, Math.min(NEVER, before + more));
  }
}

/** What operators may take, what they took, what was reported of it and what was given back. */
export function applyRevenue(
  register: Register,
  act: RevenueAct,
  where: Entered,
): void {
  switch (act.kind) {
    case "permittedRevenue":
      register.revenues.set(act.revenue, { act, ...where });
      return push(register.revenuesOf, act.authorisation, act.revenue);
    case "incomeStated":
      return push(register.incomes, act.authorisation, { act, ...where });
    case "reportSent":
      return push(register.sent, reportOf(act), { act, ...where });
    case "refunded":
      register.refunds.set(act.refund, { act, ...where });
      return push(register.refundsOf, chargeOf(act), act.refund);
  }
}
