import { createHmac, timingSafeEqual } from "node:crypto";
import { concatBytes, fromBase64url, toBase64url } from "../acts/bytes.ts";
import { encode, Malformed } from "../acts/canonical.ts";
import type { Plan } from "../uses/plan.ts";

/** What a cursor belongs to: a plan under one permit (or none, for open data) over one vintage. */
export type Page = {
  readonly plan: Plan;
  readonly permit: string | undefined;
  /** The vintage's digest. */
  readonly vintage: string;
};

const ROW_BYTES = 6;
const MARK_BYTES = 16;

export const WRONG_CURSOR =
  "Cannot run plan: its cursor was not given out for this plan, under this permit and over the dataset's present vintage; ask again without it";

/**
 * A cursor names the row that ended the page before. Only the gateway can make one: were it otherwise, a row that somebody
 * named would be answered or not by what stands in it, with no entry. It holds no value of that row either, since a plan
 * may be in the order of a field that its asker may not see.
 */
export function writeCursor(key: Uint8Array, page: Page, row: number): string {
  const named = Buffer.alloc(ROW_BYTES);
  named.writeUIntBE(row, 0, ROW_BYTES);
  return toBase64url(concatBytes(named, markOf(key, page, named)));
}

/** The row behind which a plan goes on; throws `Malformed`, always the same, for a cursor that does not belong to the page. */
export function readCursor(key: Uint8Array, page: Page): number | undefined {
  const { plan } = page;
  if (plan.form !== "records" || plan.cursor === undefined) return undefined;
  const bytes = bytesOf(plan.cursor);
  const named = bytes.subarray(0, ROW_BYTES);
  if (
    bytes.length !== ROW_BYTES + MARK_BYTES ||
    !timingSafeEqual(bytes.subarray(ROW_BYTES), markOf(key, page, named))
  )
    throw new Malformed(WRONG_CURSOR);
  return named.readUIntBE(0, ROW_BYTES);
}

function bytesOf(text: string): Buffer {
  try {
    return Buffer.from(fromBase64url(text));
  } catch (cause) {
    throw new Malformed(WRONG_CURSOR, { cause });
  }
}

/** The size of a page may change from page to page; everything else may not. */
function markOf(
  key: Uint8Array,
  { plan, permit, vintage }: Page,
  row: Uint8Array,
): Buffer {
  const { limit: _, cursor: __, ...rest } = { cursor: "", limit: 0, ...plan };
  return createHmac("sha256", key)
    .update("vitrine-cursor-v1\n")
    .update(encode({ permit: permit ?? "", plan: rest, vintage }))
    .update(row)
    .digest()
    .subarray(0, MARK_BYTES);
}
