import type {
  FeeStandard,
  Permit,
  ReadRegister,
  Standing,
} from "../register/register.ts";
import type { PayerClass } from "../acts/shapes.ts";
import { inForceDuring } from "../register/register.ts";
import type { Units, Use } from "./use.ts";

/** Why a use costs what it costs; `fee` is absent where it is free of charge. */
export type Price = {
  readonly fee?: Standing<FeeStandard>;
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
  if (purpose !== undefined && purpose.class !== "industry")
    return { because: "CN-PRC-01", basis: rulebook?.entry ?? 0 };
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
  if (fee === undefined)
    return {
      because: "no fee in force for this class",
      basis: organisation?.entry ?? 0,
    };
  return { fee, because: "fee", basis: fee.entry };
}

/** Of the fees in force for a class the one that was entered last: a new price takes the place of the old one. */
function newestFee(
  register: ReadRegister,
  product: string,
  payer: PayerClass,
  slot: number,
  length: number,
): Standing<FeeStandard> | undefined {
  const ids = register.feesOf.get(product) ?? [];
  for (let i = ids.length - 1; i >= 0; i--) {
    const fee = register.fees.get(ids[i] ?? "");
    if (
      fee !== undefined &&
      inForceDuring(fee, slot, length) &&
      fee.act.classes.includes(payer)
    )
      return fee;
  }
  return undefined;
}

/** The charge of a use, in minor units: a pure function of the use and the fee. */
export function charge(
  units: Units,
  fee: { readonly amount: number; readonly unit: "call" | "step" } | undefined,
): number {
  if (fee === undefined) return 0;
  return fee.amount * (fee.unit === "call" ? units.calls : units.steps);
}

export type BillLine = {
  readonly fee: string;
  readonly uses: number;
  readonly calls: number;
  readonly steps: number;
  readonly charged: number;
};

/** What one permit owes for a month, by fee: pure, over all usage logs, independent of the order of the uses. */
export function bill(permit: string, uses: Iterable<Use>): readonly BillLine[] {
  const lines = new Map<string, BillLine>();
  for (const use of uses) {
    if (use.permit !== permit) continue;
    const fee = use.fee ?? "free";
    const line = lines.get(fee) ?? {
      fee,
      uses: 0,
      calls: 0,
      steps: 0,
      charged: 0,
    };
    lines.set(fee, {
      fee,
      uses: line.uses + 1,
      calls: line.calls + use.units.calls,
      steps: line.steps + use.units.steps,
      charged: line.charged + use.charge,
    });
  }
  return [...lines.values()].sort((a, b) => (a.fee < b.fee ? -1 : 1));
}
