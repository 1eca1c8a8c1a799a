import fc from "fast-check";
import { expect, test } from "vitest";
import { spell } from "./amount.sample.ts";
import { readAmount } from "./amount.ts";
import { decimalStyleOf } from "./decimal-style.ts";

test.each<[string, readonly string[], "comma" | "point" | undefined]>([
  ["one with a decimal point", ["1,234", "12.50"], "point"],
  ["one with a decimal comma", ["1,234", "12,50"], "comma"],
  ["commas between several groups", ["1,234", "1,234,567"], "point"],
  ["points between several groups", ["1.234", "1.234.567"], "comma"],
  ["Indian groups", ["12,34,567"], "point"],
  ["both marks in one", ["1.234,56"], "comma"],
  ["spaces and a decimal comma", ["1 234,567"], "comma"],
  ["a zero before three decimals", ["0,125"], "comma"],
  ["four digits before three decimals", ["1234.560"], "point"],
  ["Chinese words beside a comma", ["58,657千"], "point"],
  ["full-width signs", ["１，２３４．５"], "point"],
  ["signs, brackets and currencies", ["(€ 12,50)"], "comma"],
  ["only what shows nothing", ["1,234", "999", "12 000"], undefined],
  ["only points that show nothing", ["1.234", "12.345"], undefined],
  ["one of each", ["12.50", "12,50"], undefined],
  [
    "dates, percentages and words",
    ["1.5.2023", "12,5%", "ca. 12,5"],
    undefined,
  ],
  ["nothing", [], undefined],
])("a column of %s", (_, samples, style) => {
  expect(decimalStyleOf(samples)).toBe(style);
});

test("it reads through all samples, wherever the telling one stands", () => {
  function* column() {
    for (let row = 0; row < 100_000; row++) yield "1,234";
    yield "1,234.5";
  }
  expect(decimalStyleOf(column())).toBe("point");
});

test("a column written in one style is found to be of that style or of none, and is then read right", () => {
  const minor = fc.oneof(
    fc.integer({ min: -100_000_000, max: 100_000_000 }),
    fc.integer({ min: 0, max: 5_000 }).map((n) => n * 100_000),
  );
  fc.assert(
    fc.property(
      fc.array(minor, { minLength: 1, maxLength: 20 }),
      fc.constantFrom("comma", "point"),
      fc.infiniteStream(fc.nat(1_000_000)),
      (minors, style, dice) => {
        const roll = (sides: number) => (dice.next().value ?? 0) % sides;
        const column = minors.flatMap((one) => {
          for (let tries = 0; tries < 100; tries++) {
            const spelling = spell(one, "EUR", 2, roll);
            if (spelling.style === style && !/[^\x20-\x7e]/.test(spelling.text))
              return [{ text: spelling.text, minor: one }];
          }
          return [];
        });
        const found = decimalStyleOf(column.map(({ text }) => text));
        expect([style, undefined]).toContain(found);
        for (const { text, minor: want } of column) {
          const read = readAmount(text, "EUR", found);
          if (!("problem" in read)) expect(read.minor, text).toBe(want);
          else expect(found).toBeUndefined();
        }
      },
    ),
    { numRuns: 300 },
  );
});
