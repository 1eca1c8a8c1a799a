import * as z from "zod/mini";
import { concatBytes, toBase64url, utf8ToBytes } from "../acts/bytes.ts";
import { decode, encodeBytes, Malformed } from "../acts/canonical.ts";
import { explain } from "../acts/explain.ts";
import type { Primitives } from "../acts/primitives.ts";
import { count, hash, instant, slug } from "../acts/shapes.ts";
import { askedPlan } from "./plan.ts";

/** The private part of a settle: when a stream ended, and what had left until then. */
export const settlePart = z.strictObject({
  at: instant,
  rows: count,
  bytes: count,
  answer: hash,
});
export type SettlePart = z.infer<typeof settlePart>;

/** The private part of a look: whose list it was, as a token that is keyed for lists, and who looked. */
export const lookPart = z.strictObject({
  at: instant,
  asker: slug,
  subject: z.string(),
});
export type LookPart = z.infer<typeof lookPart>;

/** The private part of an auditor's look: by which post, which entry was opened and why, and the tokens of whom it names. */
export const auditPart = z.strictObject({
  at: instant,
  asker: slug,
  leaf: hash,
  subjects: z.array(z.string()),
  why: z.string(),
});
export type AuditPart = z.infer<typeof auditPart>;

/** The private part of a use: what the data user gets with the receipt, and auditors and subjects may see. Erasable. */
export const privatePart = z.strictObject({
  at: instant,
  organisation: slug,
  vintage: z.exactOptional(count),
  plan: askedPlan,
  /** How much was given, and SHA-256 of its bytes as they left; absent while a use is open. */
  rows: z.exactOptional(count),
  bytes: z.exactOptional(count),
  answer: z.exactOptional(hash),
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

export function settlePartBytes(of: SettlePart): Uint8Array {
  return encodeBytes(of);
}

export function lookPartBytes(of: LookPart | AuditPart): Uint8Array {
  return encodeBytes(of);
}

export function parsePrivatePart(raw: Uint8Array): PrivatePart {
  return readPart(privatePart, decode(raw, "private part"));
}

function readPart<S extends z.core.$ZodType>(
  schema: S,
  value: unknown,
): z.infer<S> {
  const read = z.safeParse(schema, value);
  if (!read.success)
    throw new Malformed(
      `Cannot read private part: ${explain(read.error, value)}`,
    );
  return read.data;
}

/** What any opening holds, known by a member that no other has. */
export type Opened =
  | { readonly kind: "use"; readonly part: PrivatePart }
  | { readonly kind: "settle"; readonly part: SettlePart }
  | { readonly kind: "look"; readonly part: LookPart }
  | { readonly kind: "audit"; readonly part: AuditPart };

export function parseOpened(raw: Uint8Array): Opened {
  const value = decode(raw, "private part");
  const has = (member: string): boolean =>
    typeof value === "object" && value !== null && member in value;
  if (has("plan")) return { kind: "use", part: readPart(privatePart, value) };
  if (!has("asker"))
    return { kind: "settle", part: readPart(settlePart, value) };
  return has("leaf")
    ? { kind: "audit", part: readPart(auditPart, value) }
    : { kind: "look", part: readPart(lookPart, value) };
}
