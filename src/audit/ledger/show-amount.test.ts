import fc from "fast-check";
import { expect, test } from "vitest";
import { readAmount } from "./amount.ts";
import type { Currency } from "./currencies.ts";
import { showAmount, showAmountShort } from "./show-amount.ts";

test.each<[number, Currency, string]>([
  [0, "CNY", "0.00"],
  [5, "CNY", "0.05"],
  [-5, "CNY", "-0.05"],
  [123_450, "CNY", "1,234.50"],
  [14_500_000_000, "CNY", "145,000,000.00"],
  [-24_837_250_000, "CNY", "-248,372,500.00"],
  [1e15, "CNY", "10,000,000,000,000.00"],
  [1_234, "JPY", "1,234"],
  [0, "JPY", "0"],
  [1_234_567, "KWD", "1,234.567"],
  [7, "KWD", "0.007"],
])("%i minor units of %s are shown as %s", (minor, currency, shown) => {
  expect(showAmount(minor, currency)).toBe(shown);
});

test.each<[number, string, string]>([
  [14_500_000_000, "1.45亿", "145 million"],
  [24_837_250_000, "约2.48亿", "about 248 million"],
  [-24_837_250_000, "约-2.48亿", "about -248 million"],
  [5_865_700_000, "5865.7万", "58.657 million"],
  [2_024_550_000, "约2020万", "about 20.2 million"],
  [180_200_000_000, "18.02亿", "1.802 billion"],
  [99_999_999_999, "约10.0亿", "about 1.00 billion"],
  [99_999_999, "约100万", "999,999.99"],
  [1_000_000, "1万", "10,000.00"],
  [999_999, "9,999.99", "9,999.99"],
  [1e15, "10万亿", "10 trillion"],
  [0, "0.00", "0.00"],
])("%i fen in short", (minor, zh, en) => {
  expect(showAmountShort(minor, "CNY", "zh")).toBe(zh);
  expect(showAmountShort(minor, "CNY", "en")).toBe(en);
});

test("as many digits as are asked for", () => {
  expect(showAmountShort(24_837_250_000, "CNY", "zh", 1)).toBe("约2亿");
  expect(showAmountShort(24_837_250_000, "CNY", "zh", 4)).toBe("约2.484亿");
  expect(showAmountShort(24_837_250_000, "CNY", "en", 5)).toBe(
    "248.3725 million",
  );
  expect(showAmountShort(24_837_250_000, "JPY", "en", 2)).toBe(
    "about 25 billion",
  );
});

test("what is shown in short without a word of doubt is the amount itself, and with one is near it", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1e15, max: 1e15 }),
      fc.nat(12),
      fc.constantFrom("en", "zh"),
      fc.integer({ min: 1, max: 6 }),
      (all, zeros, language, digits) => {
        const minor = Math.trunc(all / 10 ** zeros) + 0;
        const shown = showAmountShort(minor, "CNY", language, digits);
        const number = shown.replace(/^(?:about |约)/, "");
        const read = readAmount(number, "CNY", "point");
        const got = "problem" in read ? NaN : read.minor;
        if (number === shown) expect(got).toBe(minor);
        else {
          expect(got).not.toBe(minor);
          // At most half of the last digit that is shown.
          expect(
            Math.abs(got - minor) * 2 * 10 ** (digits - 1),
          ).toBeLessThanOrEqual(Math.abs(got));
        }
      },
    ),
    { numRuns: 3000 },
  );
});
