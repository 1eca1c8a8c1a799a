import { type Currency, isCurrency } from "../../audit/ledger/currencies.ts";
import { CannotCount } from "./count-error.ts";

/** A text that the engine gave; only a file that changed between two passes gives anything else. */
export function textIn(value: unknown): string {
  if (typeof value === "string") return value;
  throw changed();
}

/** A whole number that the engine gave as one of its several kinds. */
export function wholeIn(value: unknown): number {
  if (typeof value === "number" || typeof value === "bigint")
    return Number(value);
  throw changed();
}

export function currencyIn(value: unknown): Currency {
  const text = textIn(value);
  if (isCurrency(text)) return text;
  throw new CannotCount(
    `"${text}" is no currency that is known, want an ISO 4217 code`,
  );
}

export function changed(): CannotCount {
  return new CannotCount(
    "the files changed while they were read, want them as they were",
  );
}
