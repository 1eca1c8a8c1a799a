import fc from "fast-check";
import { expect, test } from "vitest";
import {
  columnOfLetters,
  formatMapping,
  lettersOfColumn,
  type Mapping,
  parseMapping,
  placesOf,
} from "./mapping.ts";

const MAPPING: Mapping = {
  columns: {
    date: { heading: "开票日期" },
    department: { value: "Transport" },
    unit: { fileName: true },
    amount: { column: 27 },
    status: null,
  },
  headerRow: 3,
  currency: "CNY",
  power: 4,
  dayOrder: "dayFirst",
  delimiter: ";",
  encoding: "gb18030",
};

test("a mapping that is saved reads back, and a person can read it", () => {
  const text = formatMapping(MAPPING);
  expect(parseMapping(text)).toEqual(MAPPING);
  expect(parseMapping(`\ufeff${text}`)).toEqual(MAPPING);
  expect(text).toContain(`"date": "开票日期"`);
  expect(text).toContain(`"column": "AB"`);
});

test.each<[string, string]>([
  ["{", "not JSON"],
  [`{"columns": {"amount": "Amount"}}`, "columns.date"],
  [`{"columns": {"date": null, "amount": "Amount"}}`, "columns.date"],
  [
    `{"columns": {"date": "D", "amount": {"column": "ZZZZ"}}}`,
    "columns.amount",
  ],
  [`{"columns": {"date": "D", "amount": {"column": "XFE"}}}`, "columns.amount"],
  [`{"columns": {"date": "D", "amount": 7}}`, "columns.amount"],
  [`{"columns": {"date": "D", "amount": "A", "fee": "B"}}`, "fee"],
  [`{"columns": {"date": "D", "amount": "A"}, "currency": "XYZ"}`, "currency"],
  [`{"columns": {"date": "D", "amount": "A"}, "power": 4.5}`, "power"],
  [`{"columns": {"date": "D", "amount": "A"}, "dayorder": "x"}`, "dayorder"],
  [`{"columns": {"date": "D", "amount": "A"}, "delimiter": ";;"}`, "delimiter"],
])("%s is refused", (text, named) => {
  const parsed = parseMapping(text);
  expect("problem" in parsed ? parsed.problem : "read").toContain(named);
});

test("columns are found by their headings, constants and the file's name stand for themselves", () => {
  const headings = ["", "开票日期 ", ...Array<string>(26).fill("x")];
  const places = placesOf(MAPPING, headings, "一中心");
  if ("problem" in places) throw new Error(places.problem);
  expect([...places.columns]).toEqual([
    ["date", 1],
    ["amount", 27],
  ]);
  expect([...places.values]).toEqual([
    ["department", "Transport"],
    ["unit", "一中心"],
  ]);
  expect(places.names[0]).toBe("A");
});

test("a heading that is not there, or twice, is asked for", () => {
  const by = (heading: string): Mapping => ({
    columns: { date: { heading }, amount: { column: 1 } },
  });
  expect(placesOf(by("Day"), ["Date", "Sum"], "")).toEqual({
    problem: `no column is called "Day", want one of "Date", "Sum"`,
  });
  expect(placesOf(by("Date"), ["Date", "Sum", "Date"], "")).toEqual({
    problem: `two columns are called "Date", want {"column": "A"} or {"column": "C"}`,
  });
  expect(placesOf(by("date_of use"), ["Date of use"], "")).toMatchObject({
    columns: new Map([
      ["date", 0],
      ["amount", 1],
    ]),
  });
});

test("every column has its letters", () => {
  expect([0, 25, 26, 16_383].map(lettersOfColumn)).toEqual([
    "A",
    "Z",
    "AA",
    "XFD",
  ]);
  fc.assert(
    fc.property(fc.nat(16_383), (column) => {
      expect(columnOfLetters(lettersOfColumn(column))).toBe(column);
    }),
  );
});
