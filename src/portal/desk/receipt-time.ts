import { parseEntry } from "../../acts/entry.ts";
import { fromBase64url } from "../../acts/bytes.ts";
import type { Receipt } from "../../uses/receipt.ts";

/** The time of the entry that a receipt is for. */
export function receiptTime({ entry }: Receipt): number {
  return parseEntry(fromBase64url(entry)).at;
}
