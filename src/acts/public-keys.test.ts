import { generateKeyPairSync, type KeyObject } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fromBase64url, hexToBytes } from "./bytes.ts";
import { isPublicKeyOf, type PasskeyAlg, rsaBytesOf } from "./public-keys.ts";
import { personKey } from "./shapes.ts";
import { makePasskey } from "../../test/passkey.ts";

const ALGS: readonly PasskeyAlg[] = [-7, -8, -257];
const spkiOf = ({ publicKey }: { publicKey: KeyObject }): Uint8Array =>
  new Uint8Array(publicKey.export({ format: "der", type: "spki" }));
const keys = new Map(
  ALGS.map((alg) => [alg, fromBase64url(makePasskey({ alg }).key.publicKey)]),
);

test("each algorithm has keys of its own form and of no other", () => {
  for (const alg of ALGS)
    for (const [of, spki] of keys)
      expect(isPublicKeyOf(alg, spki)).toBe(alg === of);
});

test.each([2048, 3072, 4096])("an RSA key of %i bits is one", (bits) => {
  const spki = spkiOf(generateKeyPairSync("rsa", { modulusLength: bits }));
  expect(isPublicKeyOf(-257, spki)).toBe(true);
  expect(rsaBytesOf(spki)).toBe(bits / 8);
});

test.each<[string, PasskeyAlg, Uint8Array]>([
  [
    "RSA of 1,024 bits",
    -257,
    spkiOf(generateKeyPairSync("rsa", { modulusLength: 1024 })),
  ],
  [
    "RSA of 2,040 bits",
    -257,
    spkiOf(generateKeyPairSync("rsa", { modulusLength: 2040 })),
  ],
  [
    "RSA of 2,047 bits",
    -257,
    spkiOf(generateKeyPairSync("rsa", { modulusLength: 2047 })),
  ],
  [
    "RSA with exponent 3",
    -257,
    spkiOf(
      generateKeyPairSync("rsa", { modulusLength: 2048, publicExponent: 3 }),
    ),
  ],
  [
    "RSA for another padding",
    -257,
    spkiOf(generateKeyPairSync("rsa-pss", { modulusLength: 2048 })),
  ],
  ["P-384", -7, spkiOf(generateKeyPairSync("ec", { namedCurve: "P-384" }))],
  [
    "secp256k1",
    -7,
    spkiOf(generateKeyPairSync("ec", { namedCurve: "secp256k1" })),
  ],
  [
    "a compressed point of P-256",
    -7,
    hexToBytes(
      `3039301306072a8648ce3d020106082a8648ce3d030107032200${"02".padEnd(66, "5")}`,
    ),
  ],
  ["the 32 bytes of Ed25519 alone", -8, new Uint8Array(32)],
  ["Ed448", -8, spkiOf(generateKeyPairSync("ed448"))],
  ["nothing", -7, new Uint8Array(0)],
])("%s is no key of a passkey", (_, alg, spki) => {
  expect(isPublicKeyOf(alg, spki)).toBe(false);
});

test("a key has one form: with a byte more or less, or another byte before the numbers, it is none", () => {
  // Where the numbers of a key begin, and where they end.
  const numbers = {
    [-7]: [27, 91],
    [-8]: [12, 44],
    [-257]: [33, 289],
  } as const;
  fc.assert(
    fc.property(
      fc.constantFrom(...ALGS),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (alg, place, bits) => {
        const spki = keys.get(alg) ?? new Uint8Array(0);
        const at = place % spki.length;
        const other = Uint8Array.from(spki);
        other[at] = (other[at] ?? 0) ^ bits;
        const [from, to] = numbers[alg];
        if (at < from || at >= to)
          expect(isPublicKeyOf(alg, other)).toBe(false);
        expect(isPublicKeyOf(alg, spki.subarray(0, at))).toBe(false);
        expect(isPublicKeyOf(alg, Uint8Array.of(...spki, bits))).toBe(false);
      },
    ),
  );
});

test("a key that is none is not read, and the reader says what is wanted", () => {
  const { key } = makePasskey();
  const issueOf = (change: object) =>
    personKey.safeParse({ ...key, ...change }).error?.issues[0];
  expect(issueOf({})).toBeUndefined();
  expect(issueOf({ alg: -257 })).toMatchObject({ path: ["publicKey"] });
  expect(issueOf({ publicKey: "AAAA" })?.message).toMatch(
    /^the SubjectPublicKeyInfo/,
  );
  expect(issueOf({ publicKey: "no base64url!" })?.message).toMatch(/^bytes in/);
  expect(issueOf({ alg: -35 })?.message).toBe("-7, -8 or -257");
  expect(issueOf({ origins: [] })?.message).toBe("a list of 1 to 8");
  expect(issueOf({ origins: ["https://story.example/"] })).toBeDefined();
  expect(issueOf({ origins: ["android:apk-key-hash:AAAA"] })).toBeDefined();
  expect(issueOf({ rpId: "story.example:8080" })).toBeDefined();
  expect(issueOf({ rpId: "Story.example" })).toBeDefined();
  expect(issueOf({ credential: "" })).toBeDefined();
  expect(issueOf({ credential: "A".repeat(1_364) })).toBeUndefined();
  expect(issueOf({ credential: "A".repeat(1_366) })).toBeDefined();
});
