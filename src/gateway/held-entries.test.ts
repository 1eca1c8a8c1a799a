import fc from "fast-check";
import { expect, test } from "vitest";
import { compareBytes, utf8ToBytes } from "../acts/bytes.ts";
import { leafHash } from "../log/hash.ts";
import { primitives } from "../store/crypto.ts";
import { HeldEntries, SortedBlock } from "./held-entries.ts";

const leafOf = (raw: Uint8Array) => leafHash(primitives, raw);
const use = (permit: string, commitment: string) =>
  utf8ToBytes(
    `{"kind":"use","permit":"${permit}","private":"${commitment}","slot":5}`,
  );
/** Base64url of 32 bytes; texts of 43 characters that no 32 bytes give; and others. */
const commitment = fc.oneof(
  fc
    .uint8Array({ minLength: 32, maxLength: 32 })
    .map((bytes) => Buffer.from(bytes).toString("base64url")),
  fc.constantFrom("A".repeat(42) + "B", "", "澜", "=".repeat(43)),
);
const entry = fc.oneof(
  fc
    .tuple(fc.constantFrom("a", "b"), commitment)
    .map(([permit, said]) => use(permit, said)),
  fc.uint8Array({ maxLength: 80 }),
  fc.constant(utf8ToBytes('{"private":"')),
);

test("whatever is held comes out byte for byte, the anchor first and the others by their leaf hashes", () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 600 }), (entries) => {
      const held = new HeldEntries();
      for (const raw of entries) held.add(raw, leafOf(raw));
      expect(held.size).toBe(entries.length);
      const anchor = utf8ToBytes("anchor");
      const block = new SortedBlock(7, anchor, held, held.order());
      const wanted = entries.toSorted((a, b) =>
        compareBytes(leafOf(a), leafOf(b)),
      );
      expect([...block.entries()].map(hexOf)).toEqual(
        [anchor, ...wanted].map(hexOf),
      );
    }),
    { numRuns: 60 },
  );
});

test("entries whose leaves begin alike are told apart by the rest", () => {
  const held = new HeldEntries();
  const leaf = (last: number) => new Uint8Array(32).fill(last, 31);
  for (const last of [3, 1, 2]) held.add(use("a", String(last)), leaf(last));
  expect([...held.order()]).toEqual([1, 2, 0]);
});

const hexOf = (raw: Uint8Array) => Buffer.from(raw).toString("hex");
