import * as z from "zod/mini";
import { concatBytes, toBase64url, utf8ToBytes } from "../acts/bytes.ts";
import { decode, encodeBytes, Malformed } from "../acts/canonical.ts";
import { explain } from "../acts/explain.ts";
import type { Primitives } from "../acts/primitives.ts";
import { count, hash, instant, slug } from "../acts/shapes.ts";
import { plan } from "./plan.ts";

/** The private part of a use: what the data user gets with the receipt, and auditors and subjects may see. Erasable. */
export const privatePart = z.strictObject({
  at: instant,
  organisation: slug,
  vintage: z.exactOptional(count),
  plan,
  rows: count,
  bytes: count,
  /** SHA-256 of the answer's bytes as they left. */
  answer: hash,
  case: z.exactOptional(slug),
  user: z.exactOptional(slug),
  behalf: z.exactOptional(slug),
  idempotencyKey: z.exactOptional(z.string()),
  requestSignature: z.exactOptional(z.string()),
  subjects: z.array(z.string()),
});
export type PrivatePart = z.infer<typeof privatePart>;

/** What opens a commitment: 32 random bytes and the bytes that were committed to. */
export type Opening = {
  readonly nonce: Uint8Array;
  readonly content: Uint8Array;
};

const domain = utf8ToBytes("vitrine-private-v1\n");

/** SHA-256 over `vitrine-private-v1`, line feed, nonce, content, in base64url. */
export function commitmentOf(
  p: Primitives,
  { nonce, content }: Opening,
): string {
  return toBase64url(p.sha256(concatBytes(domain, nonce, content)));
}

export function privatePartBytes(of: PrivatePart): Uint8Array {
  return encodeBytes(of);
}

export function parsePrivatePart(raw: Uint8Array): PrivatePart {
  const value = decode(raw, "private part");
  const read = privatePart.safeParse(value);
  if (!read.success)
    throw new Malformed(
      `Cannot read private part: ${explain(read.error, value)}`,
    );
  return read.data;
}
