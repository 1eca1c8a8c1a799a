import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Place } from "../engine/source.ts";
import type { RecordsPlan } from "../uses/plan.ts";
import { fromBase64url, toBase64url } from "../acts/bytes.ts";
import { openCursor, type Page, sealCursor, WRONG_CURSOR } from "./cursor.ts";

const key = randomBytes(32);
const plan: RecordsPlan = {
  form: "records",
  dataset: "vehicles",
  fields: ["plate"],
  where: [],
  order: [{ field: "price", direction: "desc" }],
  limit: 100,
};
const page: Page = {
  plan,
  permit: "sanhe-trade",
  vintage: "live",
};
const at = (cursor: string, change: Partial<Page> = {}): Page => ({
  ...page,
  plan: { ...plan, cursor },
  ...change,
});
const cell = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
  fc.constant("9223372036854775807"),
);

test("a source gets back the place that it gave, whatever stands in it", () => {
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 3 }), (place) => {
      const cursor = sealCursor(key, page, place);
      const again: Place = JSON.parse(JSON.stringify(place));
      expect(openCursor(key, at(cursor))).toEqual(again);
    }),
  );
});

test("the row of a vintage comes back at any size of page, and a page without a cursor begins at the beginning", () => {
  const cursor = sealCursor(key, page, [4_294_967_296]);
  const other = at(cursor);
  expect(openCursor(key, other)).toEqual([4_294_967_296]);
  expect(
    openCursor(key, { ...other, plan: { ...plan, limit: 7, cursor } }),
  ).toEqual([4_294_967_296]);
  expect(openCursor(key, page)).toBeUndefined();
});

test("nothing of a place is seen in its cursor: not its text, not how long it is, not that it is the same again", () => {
  const places: Place[] = [[1], [987_654_321], ["Zimu", null], ["Zimu", null]];
  const cursors = places.map((place) => sealCursor(key, page, place));
  expect(new Set(cursors).size).toBe(places.length);
  expect(new Set(cursors.map((one) => one.length))).toEqual(new Set([86]));
  for (const one of cursors)
    expect(Buffer.from(fromBase64url(one)).includes("Zimu")).toBe(false);
});

test("every changed bit, every shorter or longer cursor, and every other page, key or kind of place is refused in the one sentence", () => {
  const cursor = sealCursor(key, page, [17]);
  const bytes = Buffer.from(fromBase64url(cursor));
  const changed = Array.from({ length: bytes.length * 8 }, (_, bit) => {
    const other = Buffer.from(bytes);
    other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return other;
  });
  const cut = Array.from(bytes, (_, length) => bytes.subarray(0, length));
  const longer = [Buffer.concat([bytes, bytes]), Buffer.concat([bytes, key])];
  const pages = [...changed, ...cut, ...longer].map((one) =>
    at(toBase64url(one)),
  );
  pages.push(
    ...["%", "null", `${cursor}=`, `${cursor} `].map((one) => at(one)),
    at(cursor, { permit: "other-trade" }),
    at(cursor, { permit: undefined }),
    at(cursor, { vintage: "another" }),
    at(cursor, { plan: { ...plan, dataset: "stations", cursor } }),
  );
  for (const one of pages)
    expect(() => openCursor(key, one)).toThrow(WRONG_CURSOR);
  expect(() => openCursor(randomBytes(32), at(cursor))).toThrow(WRONG_CURSOR);
});

test("a place that a cursor cannot hold is refused where it is given out", () => {
  expect(() => sealCursor(key, page, ["x".repeat(3_000)])).toThrow(
    "Cannot give a cursor: its place has 3004 bytes, want at most 2944",
  );
  expect(() => sealCursor(key, page, [Number.NaN])).toThrow("finite numbers");
  const largest = sealCursor(key, page, ["x".repeat(2_900)]);
  expect(largest.length).toBeLessThanOrEqual(4_000);
});
