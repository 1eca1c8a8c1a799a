import { concatBytes, hexToBytes, sameBytes } from "./bytes.ts";

/** COSE algorithms of passkeys: ES256, Ed25519, RS256. */
export type PasskeyAlg = -7 | -8 | -257;

const ED25519 = hexToBytes("302a300506032b6570032100");
const P256 = hexToBytes(
  "3059301306072a8648ce3d020106082a8648ce3d03010703420004",
);
const RSA_ALGORITHM = hexToBytes("300d06092a864886f70d0101010500");
const RSA_EXPONENT = hexToBytes("0203010001");
const RSA_BYTES_MIN = 256;
const RSA_BYTES_MAX = 512;
/** What a SubjectPublicKeyInfo of an RSA key has beside its modulus. */
const RSA_REST = 38;

/**
 * Whether the bytes are the one SubjectPublicKeyInfo (RFC 5280) that a key of this algorithm has, as browsers give it: a key has
 * one id because it has one form, and two machines agree on what they never have to guess (docs/spec/2-statement.md).
 */
export function isPublicKeyOf(alg: PasskeyAlg, spki: Uint8Array): boolean {
  switch (alg) {
    case -7:
      return startsWith(spki, P256) && spki.length === P256.length + 64;
    case -8:
      return startsWith(spki, ED25519) && spki.length === ED25519.length + 32;
    case -257:
      return isRsaKey(spki);
  }
}

/** The 32 bytes of RFC 8032 in a SubjectPublicKeyInfo of Ed25519. */
export function ed25519Of(spki: Uint8Array): Uint8Array {
  return spki.subarray(ED25519.length);
}

/** How many bytes a signature by this RSA key has. */
export function rsaBytesOf(spki: Uint8Array): number {
  return spki.length - RSA_REST;
}

/** 2,048 to 4,096 bits in whole bytes, 65,537: what every machine verifies, and no key so large that looking at it takes the office down. */
function isRsaKey(spki: Uint8Array): boolean {
  const size = rsaBytesOf(spki);
  if (size < RSA_BYTES_MIN || size > RSA_BYTES_MAX) return false;
  const modulus = spki.subarray(
    spki.length - RSA_EXPONENT.length - size,
    spki.length - RSA_EXPONENT.length,
  );
  const isOdd = ((modulus[size - 1] ?? 0) & 1) === 1;
  return isOdd && (modulus[0] ?? 0) >= 0x80 && sameBytes(spki, rsa(modulus));
}

function rsa(modulus: Uint8Array): Uint8Array {
  const number = der(0x02, Uint8Array.of(0), modulus);
  const key = der(0x30, number, RSA_EXPONENT);
  return der(0x30, RSA_ALGORITHM, der(0x03, Uint8Array.of(0), key));
}

/** Everything in an RSA key is longer than 255 bytes, so each length takes two. */
function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = concatBytes(...parts);
  const { length } = content;
  return concatBytes(
    Uint8Array.of(tag, 0x82, length >> 8, length & 0xff),
    content,
  );
}

function startsWith(bytes: Uint8Array, start: Uint8Array): boolean {
  return sameBytes(bytes.subarray(0, start.length), start);
}
