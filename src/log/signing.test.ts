import {
  createPrivateKey,
  createPublicKey,
  hash,
  sign as signEd25519,
  verify,
} from "node:crypto";
import { expect, test } from "vitest";
import { bytesToHex, hexToBytes } from "../acts/bytes.ts";
import type { Primitives } from "../acts/primitives.ts";
import type { Sign } from "./note.ts";
import {
  type SignatureType,
  verifierKey,
  type VerifierKey,
} from "./verifier-key.ts";

/** Node's own cryptography, for all tests of this folder. */
export const p: Primitives = {
  // Not a Buffer: no expectation would find it equal to bytes decoded from a text.
  sha256: (bytes) => new Uint8Array(hash("sha256", bytes, "buffer")),
  verifyEd25519(publicKey, message, signature) {
    const key = createPublicKey({
      key: Buffer.concat([SPKI_PREFIX, publicKey]),
      format: "der",
      type: "spki",
    });
    return verify(null, message, key, signature);
  },
  // Passkeys sign acts, and nothing of a log.
  verifyP256: () => fail(),
  verifyRsa: () => fail(),
};

function fail(): never {
  throw new Error(
    "Cannot verify a passkey in the folder of logs: none is there",
  );
}

/** A key made from one byte, so that a failing test fails again. */
export function signer(
  name: string,
  type: SignatureType,
  seed: number,
): { key: VerifierKey; sign: Sign } {
  const { publicKey, sign } = keyPair(new Uint8Array(32).fill(seed));
  return { key: verifierKey(p, name, type, publicKey), sign };
}

function keyPair(secret: Uint8Array): { publicKey: Uint8Array; sign: Sign } {
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, secret]),
    format: "der",
    type: "pkcs8",
  });
  const spki = createPublicKey(key).export({ format: "der", type: "spki" });
  return {
    publicKey: new Uint8Array(spki.subarray(SPKI_PREFIX.length)),
    sign: (message) => new Uint8Array(signEd25519(null, message, key)),
  };
}

const SPKI_PREFIX = Buffer.from("302a300506032b6570032100", "hex");
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");

test("the primitives of these tests agree with RFC 8032 section 7.1, test 1", () => {
  const { publicKey, sign } = keyPair(
    hexToBytes(
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    ),
  );
  const empty = new Uint8Array(0);
  expect(bytesToHex(publicKey)).toBe(
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
  );
  expect(p.verifyEd25519(publicKey, empty, sign(empty))).toBe(true);
  expect(p.verifyEd25519(publicKey, Uint8Array.of(0), sign(empty))).toBe(false);
});
