import type { Answered } from "../gateway/gateway.ts";
import {
  type FeeStandard,
  inForce,
  type ReadRegister,
} from "../register/register.ts";
import { speaking } from "./around.ts";
import { payeeOf } from "./overview.ts";

/** What an answer costs and why: who is paid, on which ground, at which rate, and which rate a smaller class is spared. */
export type Bill = {
  readonly amount: number;
  readonly because: string;
  readonly currency?: string;
  readonly fee?: string;
  readonly payee?: string;
  readonly ceiling?: number | undefined;
  readonly ground?: string | undefined;
  /** The rule that the rulebook in force names for that ground. */
  readonly rule?: string | undefined;
  readonly class?: string | undefined;
  /** Minor units for one unit of the fee. */
  readonly rate?: number;
  readonly unit?: string;
  /** The highest rate that another class pays, where it is higher: the difference is the discount. */
  readonly fullRate?: number | undefined;
};

export function billOf(
  register: ReadRegister,
  { price, charge, permit }: Pick<Answered, "price" | "charge" | "permit">,
  now: number,
): Bill {
  const fee = price?.fee?.act;
  if (fee === undefined)
    return { amount: 0, because: price?.because ?? "open data" };
  const holder = register.permits.get(permit ?? "")?.act.organisation ?? "";
  const payer = register.organisations.get(holder)?.act.class;
  const full = highestRate(register, fee, payer, now);
  return {
    amount: charge,
    currency: fee.currency,
    because: "fee",
    fee: fee.fee,
    // Programs read it: in the title that counts.
    payee: speaking("en", () => payeeOf(register, fee.payee)),
    ceiling: price?.ceiling?.act.amount,
    ground: fee.ground,
    rule: register.rulebook?.act.grounds.find(
      ({ ground }) => ground === fee.ground,
    )?.rule,
    class: payer,
    rate: fee.amount,
    unit: fee.unit,
    fullRate: full > fee.amount ? full : undefined,
  };
}

/** Of each other class the fee that was entered last counts, as in `priceOf`. */
function highestRate(
  register: ReadRegister,
  { product, unit, currency }: FeeStandard,
  payer: string | undefined,
  now: number,
): number {
  const seen = new Set<string | undefined>([payer]);
  let highest = 0;
  for (const id of (register.feesOf.get(product) ?? []).toReversed()) {
    const fee = register.fees.get(id);
    if (fee === undefined || !inForce(fee, now)) continue;
    const isOther = fee.act.classes.some((one) => !seen.has(one));
    for (const one of fee.act.classes) seen.add(one);
    if (isOther && fee.act.unit === unit && fee.act.currency === currency)
      highest = Math.max(highest, fee.act.amount);
  }
  return highest;
}
