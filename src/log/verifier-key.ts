import { base64 } from "@scure/base";
import { concatBytes, utf8ToBytes } from "../acts/bytes.ts";
import type { Primitives } from "../acts/primitives.ts";
import { decodeBase64, decodeText } from "./encoding.ts";
import { FormatError, quote } from "./format-error.ts";

const WHAT = "verifier key";

/** C2SP signed-note "Signature types": the two that are verified here. */
export const ED25519 = 0x01;
export const COSIGNATURE = 0x04;
export type SignatureType = typeof ED25519 | typeof COSIGNATURE;

export const PUBLIC_KEY_BYTES = 32;
export const SIGNATURE_BYTES = 64;

/** A public key by the name it signs under; `name` and `id` together are what a signature line refers to. */
export type VerifierKey = {
  readonly name: string;
  readonly id: number;
  readonly type: SignatureType;
  readonly publicKey: Uint8Array;
};

/** C2SP signed-note "Signatures": the first four bytes of SHA-256(name || 0x0A || type || public key). */
export function keyId(
  p: Primitives,
  name: string,
  type: number,
  publicKey: Uint8Array,
): number {
  const hash = p.sha256(
    concatBytes(utf8ToBytes(`${name}\n`), Uint8Array.of(type), publicKey),
  );
  return new DataView(hash.buffer, hash.byteOffset).getUint32(0);
}

export function verifierKey(
  p: Primitives,
  name: string,
  type: SignatureType,
  publicKey: Uint8Array,
): VerifierKey {
  if (!isKeyName(name) || publicKey.length !== PUBLIC_KEY_BYTES) {
    throw new Error(
      `Cannot make a verifier key of the name ${quote(name)} and ${publicKey.length} bytes`,
    );
  }
  return { name, id: keyId(p, name, type, publicKey), type, publicKey };
}

/**
 * C2SP signed-note "Verifier keys": `<name>+<8 hex digits>+<base64(type || public key)>`. Throws `FormatError`, also
 * for a type other than Ed25519 and Ed25519 cosignature, and for an ID that is not the key's.
 */
export function parseVerifierKey(p: Primitives, text: string): VerifierKey {
  decodeText(text, WHAT);
  // Base64 may itself contain a plus sign: only the first two separate.
  const match = /^([^+]*)\+([0-9a-f]{8})\+([^\n]*)$/i.exec(text);
  if (match === null) {
    throw new FormatError(WHAT, `${quote(text)} is not <name>+<id>+<key>`);
  }
  const [, name = "", id = "", encoded = ""] = match;
  if (!isKeyName(name)) {
    throw new FormatError(WHAT, `${quote(name)} is not a key name`);
  }
  const bytes = decodeBase64(encoded);
  if (bytes === undefined) {
    throw new FormatError(WHAT, `${quote(encoded)} is not base64`);
  }
  const type = bytes[0];
  if (type !== ED25519 && type !== COSIGNATURE) {
    throw new FormatError(
      WHAT,
      `${quote(name)} has signature type ${type}, want ${ED25519} or ${COSIGNATURE}`,
    );
  }
  if (bytes.length !== 1 + PUBLIC_KEY_BYTES) {
    throw new FormatError(
      WHAT,
      `${quote(name)} has ${bytes.length} bytes, want ${1 + PUBLIC_KEY_BYTES}`,
    );
  }
  const key = verifierKey(p, name, type, bytes.slice(1));
  if (key.id !== Number.parseInt(id, 16)) {
    throw new FormatError(
      WHAT,
      `${quote(name)} has the ID ${id}, but its key has ${idHex(key)}`,
    );
  }
  return key;
}

export function formatVerifierKey(key: VerifierKey): string {
  const bytes = concatBytes(Uint8Array.of(key.type), key.publicKey);
  return `${key.name}+${idHex(key)}+${base64.encode(bytes)}`;
}

/**
 * C2SP signed-note "Format": not empty, no Unicode space (White_Space), no plus. Listed by code point because the
 * regular-expression class of spaces is another set and may grow with the machine.
 */
export function isKeyName(name: string): boolean {
  return /^[^\u0000-\u0020+\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/.test(
    name,
  );
}

function idHex(key: VerifierKey): string {
  return key.id.toString(16).padStart(8, "0");
}
