import { createHash } from "node:crypto";
import * as z from "zod/mini";
import { fromBase64url, toBase64url } from "../acts/bytes.ts";
import { decode, encode, encodeBytes, Malformed } from "../acts/canonical.ts";
import { count, id16 } from "../acts/shapes.ts";
import type { RecordsPlan } from "../uses/plan.ts";

/**
 * A cursor names the row that ended the page before, and the plan and vintage it belongs to. It holds no value of that
 * row: a field that an asker may order by but not see would stand in it for everybody to read.
 */
const cursor = z.strictObject({ of: id16, row: count });

export function writeCursor(
  plan: RecordsPlan,
  vintage: string,
  row: number,
): string {
  return toBase64url(encodeBytes({ of: belongsTo(plan, vintage), row }));
}

/** The row that a plan's cursor names; throws `Malformed` for a cursor of another plan or vintage. */
export function readCursor(
  plan: RecordsPlan,
  vintage: string,
): number | undefined {
  if (plan.cursor === undefined) return undefined;
  const read = cursor.safeParse(decode(bytesOf(plan.cursor), "cursor"));
  if (!read.success || read.data.of !== belongsTo(plan, vintage))
    throw new Malformed(WRONG_CURSOR);
  return read.data.row;
}

export const WRONG_CURSOR =
  "Cannot run plan: its cursor is not of this plan over the dataset's present vintage; ask again without it";

function bytesOf(text: string): Uint8Array {
  try {
    return fromBase64url(text);
  } catch (cause) {
    throw new Malformed(WRONG_CURSOR, { cause });
  }
}

/** The size of a page may change from page to page; everything else may not. */
function belongsTo(plan: RecordsPlan, vintage: string): string {
  const { dataset, fields, where, order } = plan;
  const digest = createHash("sha256")
    .update(encode({ dataset, fields, where, order, vintage }))
    .digest();
  return toBase64url(digest.subarray(0, 16));
}
