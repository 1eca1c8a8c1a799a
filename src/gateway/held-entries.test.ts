import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { compareBytes, utf8ToBytes } from "../acts/bytes.ts";
import { leafHash } from "../log/hash.ts";
import { primitives } from "../store/crypto.ts";
import { LogHalted } from "../store/durable.ts";
import { HeldEntries, SortedBlock } from "./held-entries.ts";

const folder = fs.mkdtempSync(join(tmpdir(), "vitrine-held-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** Why the journal was halted, each time. */
const halts: unknown[] = [];
const journal = {
  halt: (cause: unknown) => {
    halts.push(cause);
    return new LogHalted("Cannot go on", { cause });
  },
};
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
  // Both, in an order and in the other, and one where the other is to be.
  fc
    .tuple(commitment, commitment)
    .map(([of, said]) =>
      utf8ToBytes(`{"kind":"settle","of":"${of}","private":"${said}"}`),
    ),
  fc
    .tuple(commitment, commitment)
    .map(([of, said]) => utf8ToBytes(`{"private":"${said}","of":"${of}"}`)),
  commitment.map((of) => utf8ToBytes(`{"of":"${of}"}`)),
);

test("whatever is held comes out byte for byte, the anchor first and the others by their leaf hashes", () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 600 }), (entries) => {
      const held = new HeldEntries(folder, journal);
      for (const raw of entries) held.add(raw, leafOf(raw));
      expect(held.size).toBe(entries.length);
      const anchor = utf8ToBytes("anchor");
      const leaves: Uint8Array[] = [];
      const order = held.order((leaf) => leaves.push(leaf));
      const block = new SortedBlock(7, anchor, held, order);
      const wanted = entries.toSorted((a, b) =>
        compareBytes(leafOf(a), leafOf(b)),
      );
      expect([...block.entries()].map(hexOf)).toEqual(
        [anchor, ...wanted].map(hexOf),
      );
      expect(leaves.map(hexOf)).toEqual(wanted.map(leafOf).map(hexOf));
      block.close();
    }),
    { numRuns: 60 },
  );
});

test("entries whose leaves begin alike are told apart by the rest", () => {
  const held = new HeldEntries(folder, journal);
  const leaf = (last: number) => new Uint8Array(32).fill(last, 31);
  for (const last of [3, 1, 2]) held.add(use("a", String(last)), leaf(last));
  expect([...held.order(() => 0)]).toEqual([1, 2, 0]);
});

test("ten thousand and more lie in a file that has no name, and come out again, also while others are added", () => {
  const held = new HeldEntries(folder, journal);
  const all = Array.from({ length: 10_000 }, (_, i) =>
    use(
      `p-${i % 7}`,
      Buffer.from(leafOf(utf8ToBytes(`${i}`))).toString("base64url"),
    ),
  );
  for (const [i, raw] of all.entries()) {
    held.add(raw, leafOf(raw));
    for (const at of [0, i, Math.floor(i / 2)])
      if (i % 997 === 0)
        expect(hexOf(held.raw(at))).toBe(hexOf(all[at] ?? raw));
  }
  expect(fs.readdirSync(folder)).toEqual([]);
  const leaves: string[] = [];
  const order = held.order((leaf) => leaves.push(hexOf(leaf)));
  expect(leaves).toEqual(all.map((raw) => hexOf(leafOf(raw))).toSorted());
  for (const [at, index] of order.entries())
    expect(hexOf(leafOf(held.raw(index)))).toBe(leaves[at]);
  held.close();
});

test("settles and repeats, of which each names another use, take no more memory than uses", () => {
  const held = new HeldEntries(folder, journal);
  const settle = (i: number) => {
    const hash = Buffer.from(leafOf(utf8ToBytes(`${i}`))).toString("base64url");
    return utf8ToBytes(
      `{"kind":"settle","of":"${hash}","private":"${hash}","result":"given"}`,
    );
  };
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < 50_000; i++) held.add(settle(i), leafOf(settle(i)));
  collect();
  // A text of each would be 10 MB and more.
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(3e6);
  for (const i of [0, 1, 4_095, 4_096, 49_999])
    expect(hexOf(held.raw(i))).toBe(hexOf(settle(i)));
  held.close();
  for (const ask of [
    () => held.raw(1),
    () => held.order(() => undefined),
    () => held.add(settle(1), leafOf(settle(1))),
  ])
    expect(ask).toThrow(/they are closed/);
});

test("a disk that takes no more halts the log, and nothing is held in part", () => {
  const held = new HeldEntries(join(folder, "gone"), journal);
  const raw = use("a", "");
  for (let i = 0; i < 4_096; i++) held.add(raw, leafOf(raw));
  for (let i = 0; i < 2; i++)
    expect(() => held.add(raw, leafOf(raw))).toThrow(LogHalted);
  expect(held.size).toBe(4_096);
  expect(halts).toHaveLength(2);
});

/** A full collection, which Node gives to nobody who did not ask for it at the start. */
function collect(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc()");
}

const hexOf = (raw: Uint8Array) => Buffer.from(raw).toString("hex");
