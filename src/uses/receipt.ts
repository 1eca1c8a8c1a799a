import * as z from "zod/mini";
import {
  fromBase64url,
  toBase64,
  toBase64url,
  utf8ToBytes,
} from "../acts/bytes.ts";
import { decode, encode, Malformed } from "../acts/canonical.ts";
import { explain } from "../acts/explain.ts";
import type { Primitives } from "../acts/primitives.ts";
import {
  bytes,
  count,
  hash,
  instant,
  keyId,
  listOf,
  origin,
  positive,
  signature64,
  version,
} from "../acts/shapes.ts";
import { leafHash } from "../log/hash.ts";
import { rootFromInclusion } from "../log/proof.ts";
import { commitmentOf } from "./opening.ts";

/** A signed promise that an entry is in a log's public tree by a time (docs/spec/5-receipt.md). */
export const receipt = z.strictObject({
  v: version,
  log: origin,
  entry: bytes,
  opening: z.exactOptional(z.strictObject({ nonce: hash, content: bytes })),
  publishBy: instant,
  /** The entry's place among those that were synced together, and the way from it to their RFC 6962 root. */
  group: z.strictObject({
    position: count,
    count: positive,
    root: hash,
    path: listOf(hash, 0, 32),
  }),
  /** Only for acts: where in the register log it stands. */
  index: z.exactOptional(count),
  key: keyId,
  signature: signature64,
});
export type Receipt = z.infer<typeof receipt>;

export function signedReceiptBytes(
  log: string,
  groupCount: number,
  root: Uint8Array,
  publishBy: number,
): Uint8Array {
  return utf8ToBytes(
    `vitrine-receipt-v1\n${log}\n${groupCount}\n${toBase64(root)}\n${publishBy}`,
  );
}

export function receiptText(of: Receipt): string {
  return encode(of);
}

export function parseReceipt(raw: Uint8Array): Receipt {
  const value = decode(raw, "receipt");
  const read = receipt.safeParse(value);
  if (!read.success)
    throw new Malformed(`Cannot read receipt: ${explain(read.error, value)}`);
  return read.data;
}

/** The entry's leaf hash in the log that it is promised for. */
export function receiptLeaf(p: Primitives, of: Receipt): Uint8Array {
  return leafHash(p, fromBase64url(of.entry));
}

export const BAD_SIGNATURE = "its signature does not verify";

/**
 * What a receipt shows by itself: the group's path holds, the key signed it, and the opening opens the entry's commitment.
 * Gives the first thing that does not hold, or undefined.
 */
export function checkReceipt(
  p: Primitives,
  of: Receipt,
  publicKey: Uint8Array,
  commitment: string | undefined,
): string | undefined {
  const root = fromBase64url(of.group.root);
  const computed = rootFromInclusion(
    p,
    receiptLeaf(p, of),
    of.group.position,
    of.group.count,
    of.group.path.map(fromBase64url),
  );
  if (computed === undefined || toBase64url(computed) !== of.group.root)
    return "its path does not lead to the group's root";
  if (
    !p.verifyEd25519(
      publicKey,
      signedReceiptBytes(of.log, of.group.count, root, of.publishBy),
      fromBase64url(of.signature),
    )
  ) {
    return BAD_SIGNATURE;
  }
  if (of.opening === undefined || commitment === undefined) return undefined;
  const opened = commitmentOf(p, {
    nonce: fromBase64url(of.opening.nonce),
    content: fromBase64url(of.opening.content),
  });
  return opened === commitment
    ? undefined
    : "its opening does not open the entry's commitment";
}
