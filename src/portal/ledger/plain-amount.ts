import type { Currency } from "../../audit/ledger/currencies.ts";
import { showAmount } from "../../audit/ledger/show-amount.ts";

/** 145000000.00: every digit and no grouping, as programs read amounts. */
export function plainAmount(minor: number, currency: Currency): string {
  return showAmount(minor, currency).replaceAll(",", "");
}
