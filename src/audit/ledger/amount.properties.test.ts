import fc from "fast-check";
import { expect, test } from "vitest";
import { cpuMsOf } from "../../../test/cpu-time.ts";
import { spell } from "./amount.sample.ts";
import { AMOUNT_MINOR_MAX, amountOfNumber, readAmount } from "./amount.ts";
import { type Currency, minorDigits } from "./currencies.ts";
import { showAmount } from "./show-amount.ts";

const cny = (minor: number) => ({ minor, currency: "CNY" });

const minors = (max: number) =>
  fc.oneof(
    fc.integer({ min: -max, max }),
    fc.integer({ min: -100_000, max: 100_000 }),
    fc
      .tuple(fc.integer({ min: -999, max: 999 }), fc.nat(12))
      .map(([digits, zeros]) => digits * 10 ** zeros),
  );

test("every amount of up to 15 digits comes back from its nearest number", () => {
  fc.assert(
    fc.property(minors(AMOUNT_MINOR_MAX - 1), (minor) => {
      expect(amountOfNumber(minor / 100, "CNY")).toEqual(cny(minor));
    }),
  );
});

test("every way of writing an amount reads back as that amount", () => {
  fc.assert(
    fc.property(
      minors(AMOUNT_MINOR_MAX),
      fc.constantFrom<Currency>("CNY", "USD", "JPY", "KWD", "EUR"),
      fc.infiniteStream(fc.nat(1_000_000)),
      (minor, currency, dice) => {
        const roll = (sides: number) => (dice.next().value ?? 0) % sides;
        const { text, style } = spell(
          minor,
          currency,
          minorDigits(currency),
          roll,
        );
        expect(readAmount(text, "GBP", style), text).toEqual({
          minor,
          currency,
        });
      },
    ),
    { numRuns: 3000 },
  );
});

test("what is shown reads back, and a first look at it sees what a closer look sees", () => {
  fc.assert(
    fc.property(minors(AMOUNT_MINOR_MAX), (minor) => {
      const shown = showAmount(minor, "CNY");
      expect(readAmount(shown, "CNY")).toEqual(cny(minor));
      expect(readAmount(` ${shown}`, "CNY")).toEqual(cny(minor));
    }),
  );
});

const digitsAndMarks = fc.string({
  unit: fc.constantFrom(...Array.from("0123456789012,.,.-'")),
  maxLength: 12,
});

test("the quick way agrees with the thorough one on any run of digits and marks", () => {
  fc.assert(
    fc.property(
      digitsAndMarks,
      fc.constantFrom("point", "comma", undefined),
      fc.constantFrom(0, 4, -2),
      (text, style, power) => {
        // A space before it is no part of an amount and makes the quick way give up.
        const thorough = readAmount(` ${text}`, "CNY", style, power);
        expect(readAmount(text, "CNY", style, power)).toEqual(thorough);
      },
    ),
    { numRuns: 5000 },
  );
});

test("no column's mark is guessed: what is read without one is read the same with either", () => {
  fc.assert(
    fc.property(digitsAndMarks, (text) => {
      const alone = readAmount(text, "CNY");
      if ("problem" in alone) return;
      expect(readAmount(text, "CNY", "point")).toEqual(alone);
      expect(readAmount(text, "CNY", "comma")).toEqual(alone);
    }),
    { numRuns: 5000 },
  );
});

const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(
      ...Array.from(
        "0123456789,.' -+()（）¥￥$€元角分万亿千百十零一二壹拾整%=#E",
      ),
    ),
    fc.constantFrom(
      "million",
      "bn",
      "CNY",
      " RMB ",
      "人民币",
      "12.50",
      "1,234",
    ),
    fc.string({ unit: "binary", maxLength: 3 }),
  ),
  { maxLength: 30 },
);

test("no text makes it throw, and what it reads is a whole number of minor units", () => {
  fc.assert(
    fc.property(
      pieces.map((all) => all.join("")),
      fc.constantFrom("point", "comma", undefined),
      (text, style) => {
        const read = readAmount(text, "CNY", style);
        if ("problem" in read) {
          expect(read.problem).toMatch(/, want /);
          expect(read.problem).not.toMatch(/[\r\n\u202e]/);
        } else {
          expect(Number.isSafeInteger(read.minor)).toBe(true);
          expect(Object.is(read.minor, -0)).toBe(false);
          expect(Math.abs(read.minor)).toBeLessThanOrEqual(AMOUNT_MINOR_MAX);
        }
      },
    ),
    { numRuns: 5000 },
  );
});

test("a hundred thousand characters take no longer than a look", () => {
  const took = cpuMsOf(() => {
    for (const unit of [
      "1",
      "1,",
      "(",
      "万",
      " ",
      "a ",
      "壹拾",
      "- ",
      "\u200b",
    ])
      expect(readAmount(unit.repeat(100_000), "CNY")).toHaveProperty("problem");
  });
  expect(took).toBeLessThan(2_000);
});
