import type { FeeStandard, Outcome, Receipt } from "./ledger.ts";
import type { Why } from "./timeline.ts";

/** What came of one receipt, and what the approved fee would have been: 0 where none covers it. */
export type Held = {
  readonly outcome: Outcome;
  readonly approvedMinor: bigint;
};

/**
 * Holds one receipt against the fee of its day. `isRepeat`: another paid receipt before it has the same reference,
 * unit, service, payer, day and amount. The first of these that is so decides: refunded, waived, paid twice, no fee
 * to hold it against, approved by nobody, without a ground, above the ceiling, then the price.
 */
export function outcomeOf(
  receipt: Pick<Receipt, "minor" | "quantity" | "status">,
  against: FeeStandard | Why,
  isRepeat: boolean,
): Held {
  const outcome = uncovered(receipt, against, isRepeat);
  if (outcome !== undefined) return { outcome, approvedMinor: 0n };
  if (typeof against === "string")
    return { outcome: against, approvedMinor: 0n };
  const steps = stepsOf(receipt.quantity, against.step);
  const expected = BigInt(against.priceMinor) * steps;
  const charged = BigInt(receipt.minor);
  const ceiling =
    against.ceilingMinor === undefined
      ? undefined
      : BigInt(against.ceilingMinor) * steps;
  return {
    outcome:
      ceiling !== undefined && charged > ceiling
        ? "aboveCeiling"
        : charged > expected
          ? "over"
          : charged < expected
            ? "under"
            : "equal",
    approvedMinor: expected,
  };
}

/** How many steps were begun; one where the ledger does not say how many were charged for. */
export function stepsOf(quantity: number | undefined, step: number): bigint {
  const size = BigInt(step);
  return quantity === undefined ? 1n : (BigInt(quantity) + size - 1n) / size;
}

function uncovered(
  { minor, status }: Pick<Receipt, "minor" | "status">,
  against: FeeStandard | Why,
  isRepeat: boolean,
): Outcome | undefined {
  if (status === "refunded" || minor < 0) return "refunded";
  if (status === "waived") return "waived";
  if (minor === 0 && typeof against !== "string" && against.priceMinor > 0)
    return "waived";
  if (isRepeat) return "paidTwice";
  return typeof against === "string" ? against : standing(against);
}

/** What is wrong with an approval, whatever its price. */
export function standing({
  approvedBy,
  ground,
}: FeeStandard): "nobodyApproved" | "withoutGround" | undefined {
  if (approvedBy.trim() === "") return "nobodyApproved";
  return ground.trim() === "" ? "withoutGround" : undefined;
}
