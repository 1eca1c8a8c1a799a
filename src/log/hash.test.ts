import { expect, test } from "vitest";
import { bytesToHex, toBase64, utf8ToBytes } from "../acts/bytes.ts";
import { emptyRoot, leafHash, nodeHash } from "./hash.ts";
import { p } from "./signing.test.ts";

const naiveLeaf = (entry: Uint8Array) =>
  bytesToHex(p.sha256(Uint8Array.of(0, ...entry)));

test("the empty tree has the root that formats.md 1.1 names", () => {
  expect(toBase64(emptyRoot(p))).toBe(
    "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
  );
});

test("leaf and node hashes carry their prefixes of RFC 6962", () => {
  expect(bytesToHex(leafHash(p, new Uint8Array(0)))).toBe(
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  );
  const a = leafHash(p, utf8ToBytes("a"));
  const b = leafHash(p, utf8ToBytes("b"));
  expect(bytesToHex(nodeHash(p, a, b))).toBe(
    bytesToHex(p.sha256(Uint8Array.of(1, ...a, ...b))),
  );
});

test("a hash does not depend on what was hashed before it", () => {
  const long = new Uint8Array(65_535).fill(7);
  const short = Uint8Array.of(1, 2, 3);
  const tooLongForTheBuffer = new Uint8Array(70_000).fill(9);
  const entries = [long, short, tooLongForTheBuffer, short, new Uint8Array(0)];
  expect(entries.map((entry) => bytesToHex(leafHash(p, entry)))).toEqual(
    entries.map(naiveLeaf),
  );
  const first = leafHash(p, short);
  const kept = bytesToHex(first);
  leafHash(p, long);
  nodeHash(p, first, first);
  expect(bytesToHex(first)).toBe(kept);
});

test("a node of anything but two hashes of 32 bytes is a bug", () => {
  const whole = new Uint8Array(32);
  expect(() => nodeHash(p, whole.subarray(1), whole)).toThrow("31 and 32");
  expect(() => nodeHash(p, whole, new Uint8Array(33))).toThrow("32 and 33");
});
