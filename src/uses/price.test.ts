import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { charge } from "./price.ts";
import { isSizeClass, sizeClass, slotOf, stepsOf } from "./use.ts";

const units = fc.record({
  calls: fc.nat({ max: 1000 }),
  steps: fc.nat({ max: 1000 }),
  bytes: fc.nat(),
});
test("a charge is the amount by the call or by the step, and nothing without a fee", () => {
  fc.assert(
    fc.property(fc.nat({ max: 1e6 }), units, (amount, used) => {
      expect(charge(used, { amount, unit: "call" })).toBe(amount * used.calls);
      expect(charge(used, { amount, unit: "step" })).toBe(amount * used.steps);
      expect(charge(used, undefined)).toBe(0);
    }),
  );
});

test("two uses cost what they cost apart, in either order", () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 1e6 }),
      units,
      units,
      fc.constantFrom("call" as const, "step" as const),
      (amount, a, b, unit) => {
        const both = {
          calls: a.calls + b.calls,
          steps: a.steps + b.steps,
          bytes: a.bytes + b.bytes,
        };
        expect(charge(both, { amount, unit })).toBe(
          charge(a, { amount, unit }) + charge(b, { amount, unit }),
        );
      },
    ),
  );
});

describe("sizes", () => {
  test("the size class of the subjects is the smallest power of ten not below their number", () => {
    fc.assert(
      fc.property(fc.nat(), (subjects) => {
        const size = sizeClass(subjects);
        expect(isSizeClass(size)).toBe(true);
        if (subjects === 0) expect(size).toBe(0);
        else
          expect([
            size >= subjects,
            size / 10 < subjects,
            Number.isInteger(Math.log10(size)),
          ]).toEqual([true, true, true]);
        expect(isSizeClass(subjects)).toBe(
          subjects === 0 ||
            String(subjects).replace(/^1/, "").replaceAll("0", "") === "",
        );
      }),
    );
    expect([0, 1, 2, 10, 11, 100, 101, 1000].map(sizeClass)).toEqual([
      0, 1, 10, 10, 100, 100, 1000, 1000,
    ]);
    expect(
      [0, 1, 10, 1_000_000, 1e15].filter((size) => !isSizeClass(size)),
    ).toEqual([]);
    expect([2, 9, 11, 50, 99, 101, 1_000_001].filter(isSizeClass)).toEqual([]);
  });

  test("whether nobody was found or a step full of people, it is one step", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 1e6 }),
        fc.integer({ min: 1, max: 1000 }),
        (rows, each) => {
          const steps = stepsOf(rows, each);
          expect([
            steps >= 1,
            steps * each >= rows,
            steps === 1 || (steps - 1) * each < rows,
          ]).toEqual([true, true, true]);
        },
      ),
    );
    expect([0, 1, 99, 100, 101].map((rows) => stepsOf(rows, 100))).toEqual([
      1, 1, 1, 1, 2,
    ]);
  });

  test("a slot is the beginning of the hour or the minute that holds an instant", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 4e12 }),
        fc.constantFrom(60_000, 3_600_000),
        (at, length) => {
          const slot = slotOf(at, length);
          expect([slot % length, slot <= at, at < slot + length]).toEqual([
            0,
            true,
            true,
          ]);
        },
      ),
    );
  });
});
