import type { PayerClass } from "../../acts/shapes.ts";
import {
  type FeeStandard,
  inForce,
  type ReadRegister,
  type Standing,
} from "../../register/register.ts";
import { pricesFor } from "./class-prices.ts";
import { type Ref, refTo } from "./ref.ts";

/** Which price classes of payers are charged now; none where they are charged nothing. */
export type Charging = {
  readonly classes: readonly PayerClass[];
  readonly fee?: Ref;
};

/**
 * By which price a use of each class of this price is charged, as the gate decides it: where several are in force for one class, and where this
 * one is in force and charged to nobody, as above its ceiling or behind a lower one that was stopped. Nothing where it is what it seems: the
 * only one, and charged.
 */
export function chargingOf(
  register: ReadRegister,
  standing: Standing<FeeStandard>,
  now: number,
): readonly Charging[] {
  const { act } = standing;
  const product = register.products.get(act.product);
  if (product === undefined || !inForce(standing, now)) return [];
  const counting = new Map(
    pricesFor(register, product, now).flatMap(({ classes, fee }) =>
      fee === undefined
        ? []
        : classes.map((payer) => [payer, fee.fee.id] as const),
    ),
  );
  const charged = [...new Set(act.classes.map((one) => counting.get(one)))];
  const isCharged = charged.every((one) => one === act.fee);
  if (isCharged && !hasRivals(register, act, now)) return [];
  return charged.map((fee) => ({
    classes: act.classes.filter((one) => counting.get(one) === fee),
    ...(fee === undefined ? {} : { fee: refTo(register, "fee", fee) }),
  }));
}

function hasRivals(
  { fees, feesOf }: ReadRegister,
  { fee, product, classes }: FeeStandard,
  now: number,
): boolean {
  return (feesOf.get(product) ?? []).some((id) => {
    const other = fees.get(id);
    return (
      id !== fee &&
      inForce(other, now) &&
      other?.act.classes.some((payer) => classes.includes(payer)) === true
    );
  });
}
