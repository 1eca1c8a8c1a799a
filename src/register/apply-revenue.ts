import type { ActOf } from "../acts/act.ts";
import type { Entered, Register } from "./register.ts";
import { chargeOf, reportOf } from "./revenue.ts";
import { push } from "./standing.ts";

export type RevenueAct = ActOf<
  "permittedRevenue" | "incomeStated" | "reportSent" | "refunded"
>;

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
