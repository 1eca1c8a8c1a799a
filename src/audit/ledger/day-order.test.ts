import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayOrderOf } from "./day-order.ts";
import { readDay } from "./day.ts";

describe("the order of a column", () => {
  test.each<[string, readonly string[], unknown]>([
    ["a day above twelve", ["1/5/2023", "13/5/2023"], { order: "dayFirst" }],
    [
      "a day above twelve behind",
      ["1/5/2023", "5/13/2023"],
      { order: "monthFirst" },
    ],
    [
      "a time beside it",
      ["1/5/2023 9:00", "31.12.2023 24:00"],
      { order: "dayFirst" },
    ],
    ["a day of the week beside it", ["Sat, 13/5/2023"], { order: "dayFirst" }],
    ["full-width digits", ["１３／５／２０２３"], { order: "dayFirst" }],
    [
      "no sample that tells",
      ["1/5/2023", "3/4/2023"],
      { ambiguous: "1/5/2023" },
    ],
    [
      "equal day and month, then one in doubt",
      ["5/5/2023", "3/4/2023"],
      { ambiguous: "3/4/2023" },
    ],
    ["nothing but equal day and month", ["5/5/2023"], { order: "dayFirst" }],
    [
      "two that exclude each other",
      ["13/5/2023", "1/5/2023", "5/13/2023"],
      { contradiction: ["13/5/2023", "5/13/2023"] },
    ],
    [
      "no date that needs one",
      ["2023-05-01", "1 May 2023", "2023年5月1日", "45047"],
      { order: undefined },
    ],
    ["no date at all", ["x", "", "32/13/2023"], { order: undefined }],
    ["nothing", [], { order: undefined }],
    [
      "a year of two digits that can be first or last",
      ["23/5/14"],
      { ambiguous: "23/5/14" },
    ],
    [
      "a year of two digits that can only be first",
      ["23/5/14", "99/5/14"],
      { order: "yearFirst" },
    ],
    [
      "a single digit that can be no year",
      ["23.5.1", "23.5.14"],
      { order: "yearFirst" },
    ],
    [
      "a year in full beside years of two digits",
      ["13/5/2023", "14/5/23"],
      { order: "dayFirst" },
    ],
    [
      "a year first and a year in full last",
      ["99/5/14", "1/5/2023"],
      { contradiction: ["99/5/14", "1/5/2023"] },
    ],
  ])("%s", (_, samples, want) => {
    expect(dayOrderOf(samples)).toEqual(want);
  });
});

test("the one sample that tells is found wherever it stands", () => {
  function* column() {
    for (let row = 0; row < 100_000; row++) yield "1/5/2023";
    yield "5/13/2023";
  }
  expect(dayOrderOf(column())).toEqual({ order: "monthFirst" });
});

test("a column written in one order is found to be of that order or to be in doubt, and then one of its dates is", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.integer({ min: 1970, max: 2068 }),
          fc.integer({ min: 1, max: 12 }),
          fc.integer({ min: 1, max: 28 }),
        ),
        { minLength: 1, maxLength: 12 },
      ),
      fc.constantFrom("dayFirst", "monthFirst", "yearFirst"),
      fc.boolean(),
      (dates, order, isShort) => {
        const texts = dates.map(([y, m, d]) => {
          const year = String(y).slice(
            isShort || order === "yearFirst" ? 2 : 0,
          );
          if (order === "dayFirst") return `${d}/${m}/${year}`;
          if (order === "monthFirst") return `${m}/${d}/${year}`;
          return `${year}/${m}/${d}`;
        });
        const found = dayOrderOf(texts);
        if ("contradiction" in found)
          throw new Error(found.contradiction.join());
        if ("ambiguous" in found) {
          expect(texts).toContain(found.ambiguous);
          const days = ["dayFirst", "monthFirst", "yearFirst"] as const;
          const readings = days
            .map((one) => readDay(found.ambiguous, one))
            .filter((read) => typeof read === "number");
          expect(new Set(readings).size).toBeGreaterThan(1);
        } else {
          for (const text of texts)
            expect(readDay(text, found.order)).toBe(readDay(text, order));
        }
      },
    ),
    { numRuns: 2000 },
  );
});
