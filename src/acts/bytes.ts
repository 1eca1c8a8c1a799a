import * as noble from "@noble/hashes/utils.js";
import { base64, base64urlnopad } from "@scure/base";

export const { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } = noble;

/** Standard base64 with padding (RFC 4648 section 4), as the C2SP formats use it; throws on anything else. */
export const toBase64 = (bytes: Uint8Array): string => base64.encode(bytes);
export const fromBase64 = (text: string): Uint8Array => base64.decode(text);

/** base64url without padding (RFC 4648 section 5), as Vitrine's own statements use it; throws on anything else. */
export const toBase64url = (bytes: Uint8Array): string =>
  base64urlnopad.encode(bytes);
export const fromBase64url = (text: string): Uint8Array =>
  base64urlnopad.decode(text);

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Order of two hashes by their bytes: negative, zero or positive. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
