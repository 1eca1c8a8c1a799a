import { expect, test } from "vitest";
import { readPrice, readStep } from "./fee-price.ts";

test.each<[string, number]>([
  ["", 1],
  ["call", 1],
  ["per call", 1],
  ["次", 1],
  ["元/次", 1],
  ["每次", 1],
  ["每一次", 1],
  ["100 rows", 100],
  ["per 100 rows", 100],
  ["1,000 records", 1_000],
  ["每100条", 100],
  ["１００条", 100],
  ["每百条", 100],
  ["每千条", 1_000],
  ["每万条", 10_000],
  ["十万条", 100_000],
  ["thousand rows", 1_000],
  ["千米", 1],
])("the step %s is %i", (text, step) => {
  expect(readStep(text)).toBe(step);
});

test.each(["rows of 100", "0 rows", "1.5 rows", "三次", "5%"])(
  "%s is no step",
  (text) => {
    expect(readStep(text)).toHaveProperty("problem");
  },
);

test.each<[string | number, number, number | undefined]>([
  ["2.00", 200, undefined],
  [2, 200, undefined],
  ["2元/次", 200, 1],
  ["0.5 元/条", 50, 1],
  ["¥2 / 100条", 200, 100],
  ["0.10 per call", 10, 1],
  ["5元每100条", 500, 100],
])("the price %s", (text, minor, step) => {
  expect(readPrice(text, "CNY", "point", 0)).toEqual({
    minor,
    currency: "CNY",
    step,
  });
});

test("a price is not below zero, and is no word", () => {
  expect(readPrice("-1", "CNY", "point", 0)).toHaveProperty("problem");
  expect(readPrice("negotiable", "CNY", "point", 0)).toHaveProperty("problem");
});
