import type {
  FeeCeiling,
  FeeStandard,
  Permit,
  ReadRegister,
  Standing,
} from "../register/register.ts";
import type { PayerClass, PurposeClass } from "../acts/shapes.ts";
import { inForceDuring } from "../register/register.ts";
import { payeeKindOf } from "../register/payees.ts";
import { alwaysIn } from "../rules/jurisdictions.ts";
import type { Units } from "./use.ts";

/** Why a use costs what it costs; the fee is absent where it is free of charge, and a ceiling where the law wants none. */
export type Price = {
  readonly fee?: Standing<FeeStandard>;
  readonly ceiling?: Standing<FeeCeiling>;
  /** The rule that makes it free, or the ground of the fee. */
  readonly because:
    "open data" | "CN-PRC-01" | "no fee in force for this class" | "fee";
  /** The latest entry that the price rests on. */
  readonly basis: number;
};

/** The price that a permit's holder pays under a slot: by product and class of payer, never by name. */
export function priceOf(
  register: ReadRegister,
  permit: Permit,
  slot: number,
  length: number,
): Price {
  const rulebook = register.rulebook;
  const purpose = rulebook?.act.purposes.find(
    (one) => one.purpose === permit.purpose,
  );
  const rules = rulebook?.entry ?? 0;
  const law = alwaysIn(rulebook?.act);
  if (
    law.publicUseFree !== undefined &&
    purpose !== undefined &&
    purpose.class !== "industry"
  )
    return { because: law.publicUseFree, basis: rules };
  const organisation = register.organisations.get(permit.organisation);
  const fee =
    organisation === undefined
      ? undefined
      : newestFee(
          register,
          permit.product,
          organisation.act.class,
          slot,
          length,
        );
  const free = { because: "no fee in force for this class" } as const;
  if (fee === undefined) return { ...free, basis: organisation?.entry ?? 0 };
  // I3 on that day, not on the day of approval: what does not stand under its ceiling and on its ground is not charged.
  const ceiling = ceilingOver(register, fee.act, slot, length);
  const basis = Math.max(fee.entry, ceiling?.entry ?? 0, rules);
  const isUnder =
    ceiling === undefined
      ? law.ceiling === undefined
      : fee.act.amount <= ceiling.act.amount;
  return isUnder && hasGround(register, fee.act, purpose?.class ?? "industry")
    ? {
        ...{ fee, because: "fee", basis },
        ...(ceiling === undefined ? {} : { ceiling }),
      }
    : { ...free, basis };
}

/**
 * Of the fees in force for a class the one that was entered last: a new price takes the place of the old one. Where the new one was ended or
 * suspended before its time, the old one is charged again only if it is no higher: nobody pays more since an order, or an office, stopped a price.
 */
function newestFee(
  register: ReadRegister,
  product: string,
  payer: PayerClass,
  slot: number,
  length: number,
): Standing<FeeStandard> | undefined {
  const stopped: FeeStandard[] = [];
  for (const id of (register.feesOf.get(product) ?? []).toReversed()) {
    const fee = register.fees.get(id);
    if (
      fee === undefined ||
      fee.from >= slot + length ||
      slot >= fee.to ||
      !fee.act.classes.includes(payer)
    )
      continue;
    if (inForceDuring(fee, slot, length))
      return stopped.every((one) => isNoHigher(fee.act, one)) ? fee : undefined;
    stopped.push(fee.act);
  }
  return undefined;
}

/** A price by another unit, or in another currency, cannot be told to be no higher. */
function isNoHigher(fee: FeeStandard, other: FeeStandard): boolean {
  return (
    fee.amount === 0 ||
    (fee.unit === other.unit &&
      fee.currency === other.currency &&
      fee.amount <= other.amount)
  );
}

/** Of the ceilings in force for a product, a unit and a currency the one that was entered last. */
function ceilingOver(
  register: ReadRegister,
  { product, unit, currency }: Omit<FeeStandard, "fee">,
  slot: number,
  length: number,
): Standing<FeeCeiling> | undefined {
  const ids = register.ceilingsOf.get(product) ?? [];
  for (let i = ids.length - 1; i >= 0; i--) {
    const ceiling = register.ceilings.get(ids[i] ?? "");
    if (
      ceiling !== undefined &&
      ceiling.act.unit === unit &&
      ceiling.act.currency === currency &&
      inForceDuring(ceiling, slot, length)
    )
      return ceiling;
  }
  return undefined;
}

/** The provision that lets this kind of payee charge for uses of this class stands in the rulebook in force. */
function hasGround(
  register: ReadRegister,
  { ground, payee, product }: FeeStandard,
  purpose: PurposeClass,
): boolean {
  const kind = payeeKindOf(register, { payee, product });
  return (
    register.rulebook?.act.grounds.some(
      (one) =>
        one.ground === ground &&
        one.payee === kind &&
        one.purposes.includes(purpose),
    ) ?? false
  );
}

/** The charge of a use, in minor units: a pure function of the use and the fee. */
export function charge(
  units: Units,
  fee: { readonly amount: number; readonly unit: "call" | "step" } | undefined,
): number {
  if (fee === undefined) return 0;
  return fee.amount * (fee.unit === "call" ? units.calls : units.steps);
}
