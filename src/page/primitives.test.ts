import { expect, test } from "vitest";
import { assertionHolds, makePasskey } from "../../test/passkey.ts";
import { fromBase64url, utf8ToBytes } from "../acts/bytes.ts";
import {
  generateKey,
  primitives as node,
  signingKey,
} from "../store/crypto.ts";
import {
  cannotVerify,
  primitives as page,
  signaturesHold,
  signaturesLooked,
} from "./primitives.ts";

const { publicKey, sign } = signingKey(generateKey());
const message = utf8ToBytes("an act");
const signature = sign(message);
const silent = (): void => undefined;

test("the browser's hash is Node's, and WebCrypto knows Ed25519 here", async () => {
  for (const text of ["", "abc", "x".repeat(10_000)])
    expect(Buffer.from(page.sha256(utf8ToBytes(text))).toString("hex")).toBe(
      Buffer.from(node.sha256(utf8ToBytes(text))).toString("hex"),
    );
  expect(await cannotVerify()).toBeUndefined();
});

test("what was found counts where every signature holds", async () => {
  const before = signaturesLooked();
  expect(page.verifyEd25519(publicKey, message, signature)).toBe(true);
  expect(await signaturesHold(silent)).toBe(true);
  expect(signaturesLooked()).toBe(before + 1);
  // Nothing was asked since.
  expect(await signaturesHold(silent)).toBe(true);
});

test("a signature that does not hold undoes what was found, and is refused from then on", async () => {
  const bad = Uint8Array.from(signature);
  bad[10] = (bad[10] ?? 0) ^ 1;
  expect(page.verifyEd25519(publicKey, message, signature)).toBe(true);
  expect(page.verifyEd25519(publicKey, message, bad)).toBe(true);
  expect(await signaturesHold(silent)).toBe(false);
  expect(page.verifyEd25519(publicKey, message, bad)).toBe(false);
  expect(page.verifyEd25519(publicKey, message, signature)).toBe(true);
  expect(await signaturesHold(silent)).toBe(true);
});

test("over another message, by another key, or by bytes that are no key it does not hold", async () => {
  const other = signingKey(generateKey()).publicKey;
  const noPoint = new Uint8Array(32).fill(0xff);
  for (const [key, over] of [
    [publicKey, utf8ToBytes("another act")],
    [other, message],
    [noPoint, message],
  ] as const) {
    expect(node.verifyEd25519(key, over, signature)).toBe(false);
    expect(page.verifyEd25519(key, over, signature)).toBe(true);
    expect(await signaturesHold(silent)).toBe(false);
    expect(page.verifyEd25519(key, over, signature)).toBe(false);
  }
});

test("what has not the length of a key or a signature is refused at once", async () => {
  const short = signature.subarray(1);
  expect(page.verifyEd25519(publicKey, message, short)).toBe(false);
  const long = Uint8Array.from([...publicKey, 0]);
  expect(page.verifyEd25519(long, message, signature)).toBe(false);
  expect(await signaturesHold(silent)).toBe(true);
});

test.each([-7, -8, -257] as const)(
  "a passkey of alg %i holds and does not hold as it does at the office",
  async (alg) => {
    const { key, sign } = makePasskey({ alg });
    const good = sign(message);
    const other = { ...key, publicKey: makePasskey({ alg }).key.publicKey };
    expect(assertionHolds(page, key, message, good)).toBe(true);
    expect(await signaturesHold(silent)).toBe(true);
    const bad = { ...good, signature: sign(message, { counter: 1 }).signature };
    for (const [of, one] of [
      [key, bad],
      [other, good],
    ] as const) {
      expect(assertionHolds(node, of, message, one)).toBe(false);
      // Until WebCrypto has looked at it.
      expect(assertionHolds(page, of, message, one)).toBe(true);
      expect(await signaturesHold(silent)).toBe(false);
      expect(assertionHolds(page, of, message, one)).toBe(false);
    }
    expect(assertionHolds(page, key, message, good)).toBe(true);
    expect(await signaturesHold(silent)).toBe(true);
  },
);

test("a point that is on no curve is nobody's key, here and there", async () => {
  const { key, sign } = makePasskey();
  const spki = fromBase64url(key.publicKey).fill(1, 27);
  const signature = new Uint8Array(64).fill(1);
  expect(node.verifyP256(spki, message, signature)).toBe(false);
  expect(page.verifyP256(spki, message, signature)).toBe(true);
  expect(await signaturesHold(silent)).toBe(false);
  expect(page.verifyP256(spki, message, signature)).toBe(false);
  // A key of one kind is none of another.
  const raw = fromBase64url(sign(message).signature);
  for (const p of [node, page])
    expect(p.verifyP256(spki, message, raw.subarray(0, 63))).toBe(false);
  const p256 = fromBase64url(key.publicKey);
  expect(node.verifyRsa(p256, message, signature)).toBe(false);
  expect(page.verifyRsa(p256, message, signature)).toBe(true);
  expect(await signaturesHold(silent)).toBe(false);
});
