import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { DayCounts } from "./day-counts.ts";

const digest = (i: number) =>
  createHash("sha256").update(`${i}`).digest("hex").slice(0, 32);
/** Names that begin alike, and so want the same place, among others. */
const name = fc.oneof(
  fc.integer({ min: 0, max: 3_000 }).map(digest),
  fc
    .integer({ min: 0, max: 20 })
    .map((i) => `0000000000000000${digest(i).slice(0, 16)}`),
  fc.constantFrom("0".repeat(32), "f".repeat(32), `${"0".repeat(31)}1`),
);

test("counts as a map does, through every growth, and begins anew", () => {
  fc.assert(
    fc.property(fc.array(name, { maxLength: 5_000 }), (names) => {
      const counts = new DayCounts();
      const model = new Map<string, number>();
      for (const one of names) {
        expect(counts.get(one)).toBe(model.get(one) ?? 0);
        counts.add(one);
        model.set(one, (model.get(one) ?? 0) + 1);
      }
      expect(counts.size).toBe(model.size);
      const all = [...counts.all()].map(({ name, count }) => [name, count]);
      expect(new Map(all as [string, number][])).toEqual(model);
      counts.clear();
      expect([...counts.all()]).toEqual([]);
      expect(counts.get(names[0] ?? digest(0))).toBe(0);
    }),
    { numRuns: 30 },
  );
});

test("what is no digest is not counted as another", () => {
  for (const bad of ["", "subject", "A".repeat(32), digest(1).slice(1)])
    expect(() => new DayCounts().add(bad)).toThrow(/want a digest/);
});
