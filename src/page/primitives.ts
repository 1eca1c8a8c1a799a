import type { webcrypto } from "node:crypto";
import { sha256 } from "@noble/hashes/sha2.js";
import { concatBytes, toBase64url, utf8ToBytes } from "../acts/bytes.ts";
import type { Primitives } from "../acts/primitives.ts";

/**
 * The browser's cryptography, in the place of `store/crypto.ts`. The audit asks in the middle of its work whether a signature
 * holds, and WebCrypto answers later: so each one is taken to hold while WebCrypto looks at it. What was found counts only if
 * all of them did; if one did not, everything is found again, with that one refused (docs/decisions/0012-proofs.md).
 */
export const primitives: Primitives = {
  sha256: (bytes) => sha256(bytes),
  verifyEd25519: (publicKey, message, signature) =>
    publicKey.length === 32 &&
    signature.length === 64 &&
    holdsForNow("Ed25519", publicKey, message, signature),
  verifyP256: (publicKey, message, signature) =>
    signature.length === 64 &&
    holdsForNow("P-256", publicKey, message, signature),
  verifyRsa: (publicKey, message, signature) =>
    holdsForNow("RSA", publicKey, message, signature),
};

/** What WebCrypto calls them, and in which form it reads their keys. */
const KINDS = {
  Ed25519: { form: "raw", key: "Ed25519", verify: "Ed25519" },
  "P-256": {
    form: "spki",
    key: { name: "ECDSA", namedCurve: "P-256" },
    verify: { name: "ECDSA", hash: "SHA-256" },
  },
  RSA: {
    form: "spki",
    key: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
    verify: "RSASSA-PKCS1-v1_5",
  },
} as const;
type Kind = keyof typeof KINDS;
const KEYS_KEPT_MAX = 10_000;
/** Signatures that do not hold. */
const refused = new Set<string>();
const keys = new Map<string, Promise<webcrypto.CryptoKey>>();
const waiting: Promise<boolean>[] = [];
let asked = 0;
let answered = 0;

/** Whether every signature that was asked for since the last time holds: only then does what was found count. */
export async function signaturesHold(
  onProgress: (done: number, of: number) => void,
): Promise<boolean> {
  let hold = true;
  while (waiting.length > 0) {
    const some = waiting.splice(0, 500);
    for (const holds of await Promise.all(some)) hold &&= holds;
    onProgress(answered, asked);
  }
  return hold;
}

/** How many signatures were looked at so far. */
export function signaturesLooked(): number {
  return answered;
}

/** Why this browser cannot look at signatures; undefined when it can. */
export async function cannotVerify(): Promise<string | undefined> {
  if (!("crypto" in globalThis) || crypto.subtle === undefined)
    return "this browser verifies signatures only in pages from disk, from https or from this machine: open the file from disk";
  try {
    const { publicKey } = RFC8032_TEST;
    await importKey("Ed25519", Uint8Array.from(publicKey));
    return undefined;
  } catch {
    return "this browser does not verify Ed25519 signatures: use a newer one, or the one-file program vitrine-verify.mjs";
  }
}

/** A public key of RFC 8032, section 7.1: any would do. */
const RFC8032_TEST = {
  publicKey: [
    0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe, 0xd3,
    0xc9, 0x64, 0x07, 0x3a, 0x0e, 0xe1, 0x72, 0xf3, 0xda, 0xa6, 0x23, 0x25,
    0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a,
  ],
};

function holdsForNow(
  kind: Kind,
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  // Lengths first: no two questions may become one name.
  const lengths = `${kind} ${publicKey.length} ${signature.length}\n`;
  const name = toBase64url(
    sha256(concatBytes(utf8ToBytes(lengths), publicKey, signature, message)),
  );
  if (refused.has(name)) return false;
  asked++;
  waiting.push(look(name, kind, publicKey, message, signature));
  return true;
}

async function look(
  name: string,
  kind: Kind,
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const holds = await verify(
    kind,
    Uint8Array.from(publicKey),
    Uint8Array.from(message),
    Uint8Array.from(signature),
  );
  answered++;
  if (!holds) refused.add(name);
  return holds;
}

async function verify(
  kind: Kind,
  publicKey: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  let key: webcrypto.CryptoKey;
  try {
    key = await keyOf(kind, publicKey);
  } catch {
    // Bytes that are no point of the curve are nobody's key.
    return false;
  }
  return crypto.subtle.verify(KINDS[kind].verify, key, signature, message);
}

function keyOf(
  kind: Kind,
  publicKey: Uint8Array<ArrayBuffer>,
): Promise<webcrypto.CryptoKey> {
  const name = `${kind} ${toBase64url(publicKey)}`;
  const known = keys.get(name);
  if (known !== undefined) return known;
  if (keys.size >= KEYS_KEPT_MAX) keys.clear();
  const made = importKey(kind, publicKey);
  keys.set(name, made);
  return made;
}

function importKey(
  kind: Kind,
  publicKey: Uint8Array<ArrayBuffer>,
): Promise<webcrypto.CryptoKey> {
  const { form, key } = KINDS[kind];
  return crypto.subtle.importKey(form, publicKey, key, false, ["verify"]);
}
