import * as z from "zod/mini";
import { act } from "./act.ts";
import {
  bytesToHex,
  concatBytes,
  fromBase64url,
  toBase64url,
  utf8ToBytes,
} from "./bytes.ts";
import { decode, encode, encodeBytes, Malformed } from "./canonical.ts";
import { explain } from "./explain.ts";
import type { Primitives } from "./primitives.ts";
import {
  bytes,
  count,
  hash,
  id16,
  instant,
  keyId,
  listOf,
  origin,
  person,
  type PersonKey,
  role,
  signature64,
  slug,
  version,
} from "./shapes.ts";

export const signer = z.strictObject({
  person,
  role,
  post: z.exactOptional(slug),
});

/** What a person signs (docs/spec/2-statement.md): for one office, one entry and a short time. */
export const statement = z.strictObject({
  v: version,
  /** Origin of the register log it is meant for. */
  office: origin,
  id: id16,
  /** A published checkpoint that the signer's program had verified; the empty tree for the genesis. */
  seen: z.strictObject({ size: count, root: hash }),
  until: instant,
  /** Everybody who must sign, and as what, in the order of the signatures. */
  signers: listOf(signer, 1, 8),
  act,
});

export const signature = z.discriminatedUnion("form", [
  z.strictObject({
    form: z.literal("ed25519"),
    key: keyId,
    signature: signature64,
  }),
  z.strictObject({
    form: z.literal("webauthn"),
    key: keyId,
    authenticatorData: bytes,
    clientDataJSON: bytes,
    signature: bytes,
  }),
]);

/** Where a statement stands in a batch that was signed once (docs/spec/2-statement.md). */
export const batch = z.strictObject({
  index: count,
  count,
  path: listOf(hash, 0, 10),
});

export const submission = z.strictObject({
  statement,
  signatures: listOf(signature, 1, 8),
  batch: z.exactOptional(batch),
});

export type Signer = z.infer<typeof signer>;
export type Statement = z.infer<typeof statement>;
export type Signature = z.infer<typeof signature>;
export type Batch = z.infer<typeof batch>;
/** What is handed to the office: a statement with the signatures of its signers. */
export type Submission = z.infer<typeof submission>;

export const STATEMENT_DAYS_MAX = 14;

/** Reads a submission from its bytes; throws `Malformed` naming the member, its value and what is wanted. */
export function parseSubmission(raw: Uint8Array): Submission {
  const value = decode(raw, "submission");
  const read = submission.safeParse(value);
  if (!read.success)
    throw new Malformed(
      `Cannot read submission: ${explain(read.error, value)}`,
    );
  return read.data;
}

/** The bytes under each signature of a statement that was signed by itself. */
export function signedBytes(of: Statement): Uint8Array {
  return utf8ToBytes(`vitrine-act-v1\n${encode(of)}`);
}

/** The bytes under each signature of a batch: the RFC 6962 root over its statements' bytes. */
export function signedBatchBytes(root: Uint8Array): Uint8Array {
  return concatBytes(utf8ToBytes("vitrine-batch-v1\n"), root);
}

export function statementBytes(of: Statement): Uint8Array {
  return encodeBytes(of);
}

/** The first 16 bytes of SHA-256 over `vitrine-key-v1`, line feed, the public key's bytes. */
export function keyIdOf(p: Primitives, publicKey: Uint8Array): string {
  return toBase64url(
    p
      .sha256(concatBytes(utf8ToBytes("vitrine-key-v1\n"), publicKey))
      .subarray(0, 16),
  );
}

export function personKeyId(p: Primitives, key: PersonKey): string {
  return keyIdOf(p, fromBase64url(key.publicKey));
}

/** Where a public paper is served. */
export function paperPath(paper: string): string {
  return `paper/${bytesToHex(fromBase64url(paper))}`;
}
