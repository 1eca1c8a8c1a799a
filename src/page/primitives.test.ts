import { expect, test } from "vitest";
import { utf8ToBytes } from "../acts/bytes.ts";
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
