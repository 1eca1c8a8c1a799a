import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Malformed } from "../acts/canonical.ts";
import { fits, isDate, isInstant } from "../acts/values.ts";
import { aggregateColumns, checkPlan, type TypedField } from "./check-plan.ts";
import type {
  AggregatePlan,
  Condition,
  Plan,
  PlanValue,
  RecordsPlan,
} from "./plan.ts";

const fields: readonly TypedField[] = [
  { name: "name", type: "text" },
  { name: "age", type: "integer" },
  { name: "weight", type: "decimal" },
  { name: "alive", type: "boolean" },
  { name: "born", type: "date" },
  { name: "seen", type: "instant" },
];

const records = (change: Partial<RecordsPlan>): Plan => ({
  form: "records",
  dataset: "people",
  fields: ["name"],
  where: [],
  order: [],
  limit: 10,
  ...change,
});
const where = (...conditions: Condition[]): Plan =>
  records({ where: conditions });
const aggregate = (change: Partial<AggregatePlan>): Plan => ({
  form: "aggregate",
  dataset: "people",
  measures: [{ measure: "count" }],
  by: [],
  where: [],
  limit: 10,
  ...change,
});
const answer = (
  key: [string, PlanValue][],
  values: [string, PlanValue][],
): Plan => {
  const list = (of: [string, PlanValue][]) =>
    of.map(([field, value]) => ({ field, value }));
  return {
    form: "answer",
    dataset: "people",
    key: list(key),
    values: list(values),
  };
};

function refusal(plan: Plan): string {
  try {
    checkPlan(plan, fields);
  } catch (error) {
    if (error instanceof Malformed)
      return error.message.replace("Cannot run plan: ", "");
    throw error;
  }
  return "fits";
}

test.each<[string, Plan, string]>([
  [
    "a field that is not registered",
    records({ fields: ["salary"] }),
    'dataset people has no field "salary"',
  ],
  [
    "a member that every object has",
    records({ fields: ["constructor"] }),
    'dataset people has no field "constructor"',
  ],
  [
    "a look-alike (Cyrillic а)",
    records({ fields: ["nаme"] }),
    'dataset people has no field "nаme"',
  ],
  [
    "SQL in the place of a field",
    where({ field: '"; drop table rows; --', op: "eq", value: 1 }),
    'dataset people has no field ""; drop table rows; --"',
  ],
  [
    "an order by an unknown field",
    records({ order: [{ field: "x", direction: "asc" }] }),
    'dataset people has no field "x"',
  ],
  [
    "a field twice",
    records({ fields: ["name", "name"] }),
    'field "name" stands twice',
  ],
  [
    "an order twice",
    records({
      order: [
        { field: "age", direction: "asc" },
        { field: "age", direction: "desc" },
      ],
    }),
    'order by "age" stands twice',
  ],
  [
    "text for an integer",
    where({ field: "age", op: "gte", value: "abc" }),
    'field "age" is compared with "abc", want an integer',
  ],
  [
    "a short integer as text",
    where({ field: "age", op: "eq", value: "12" }),
    'field "age" is compared with "12", want an integer',
  ],
  [
    "a fraction for an integer",
    where({ field: "age", op: "eq", value: "6.5" }),
    'field "age" is compared with "6.5", want an integer',
  ],
  [
    "an integer for a text",
    where({ field: "name", op: "eq", value: 7 }),
    'field "name" is compared with 7, want a text',
  ],
  [
    "a word for a decimal",
    where({ field: "weight", op: "lt", value: "NaN" }),
    'field "weight" is compared with "NaN", want a decimal such as 6.5',
  ],
  [
    "a day that is not",
    where({ field: "born", op: "eq", value: "2026-02-29" }),
    'field "born" is compared with "2026-02-29", want a date such as 2026-03-01',
  ],
  [
    "an instant without zone",
    where({ field: "seen", op: "eq", value: "2026-03-01T08:00:00" }),
    'field "seen" is compared with "2026-03-01T08:00:00", want an instant such as 2026-03-01T08:00:00Z',
  ],
  [
    "a number for true or false",
    where({ field: "alive", op: "eq", value: 1 }),
    'field "alive" is compared with 1, want true or false',
  ],
  [
    "more than true",
    where({ field: "alive", op: "gt", value: true }),
    'field "alive" is true or false and has no gt',
  ],
  [
    "one wrong in a list",
    where({ field: "age", op: "in", value: [1, "x"] }),
    'field "age" is compared with "x", want an integer',
  ],
  [
    "half a character",
    where({ field: "name", op: "eq", value: "\ud800" }),
    'field "name" is compared with "\\ud800", want a text',
  ],
  [
    "a wrong key",
    answer([["age", "x"]], [["name", "a"]]),
    'field "age" is compared with "x", want an integer',
  ],
  [
    "a wrong value",
    answer([["age", 1]], [["name", 1]]),
    'field "name" is compared with 1, want a text',
  ],
  [
    "a key twice",
    answer(
      [
        ["age", 1],
        ["age", 2],
      ],
      [["name", "a"]],
    ),
    'key "age" stands twice',
  ],
  [
    "a value twice",
    answer(
      [["age", 1]],
      [
        ["name", "a"],
        ["name", "b"],
      ],
    ),
    'value "name" stands twice',
  ],
  [
    "a sum of text",
    aggregate({ measures: [{ measure: "sum", field: "name" }] }),
    'field "name" cannot be summed: it is a text, want an integer or a decimal',
  ],
  [
    "a group by an unknown field",
    aggregate({ by: ["x"] }),
    'dataset people has no field "x"',
  ],
  [
    "two counts",
    aggregate({ measures: [{ measure: "count" }, { measure: "count" }] }),
    'column "count" stands twice',
  ],
  [
    "a plan that fits",
    where(
      { field: "weight", op: "lte", value: "-6.50" },
      { field: "age", op: "in", value: [1, "9007199254740993"] },
      { field: "seen", op: "missing", value: true },
    ),
    "fits",
  ],
  [
    "an answer that fits",
    answer(
      [
        ["name", "a"],
        ["age", 1],
      ],
      [["born", "2024-02-29"]],
    ),
    "fits",
  ],
  [
    "an aggregate that fits",
    aggregate({
      by: ["alive"],
      measures: [{ measure: "count" }, { measure: "sum", field: "age" }],
    }),
    "fits",
  ],
])("%s", (_, plan, want) => {
  expect(refusal(plan)).toBe(want);
});

test("a value too long to be shown is cut", () => {
  expect(
    refusal(where({ field: "age", op: "eq", value: "9".repeat(300) })).length,
  ).toBeLessThan(150);
});

test("columns of an aggregate stand in the order of its plan", () => {
  expect(
    aggregateColumns({
      form: "aggregate",
      dataset: "people",
      measures: [{ measure: "sum", field: "age" }, { measure: "count" }],
      by: ["alive"],
      where: [],
      limit: 1,
    }),
  ).toEqual(["alive", "sum_age", "count"]);
});

describe("values", () => {
  test("every day that JavaScript knows is a date, and no other text", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9999 }),
        fc.integer({ min: 1, max: 13 }),
        fc.integer({ min: 0, max: 32 }),
        (year, month, day) => {
          const text = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
          const time = new Date(0);
          time.setUTCFullYear(year, month - 1, day);
          expect(isDate(text)).toBe(time.toISOString().startsWith(text));
        },
      ),
    );
  });

  test.each([
    "2026-03-01T24:00:00Z",
    "2026-03-01T08:60:00Z",
    "2026-03-01T08:00:60Z",
    "2026-03-01 08:00:00Z",
    "2026-03-01T08:00:00.Z",
    "2026-03-01T08:00:00+00:00",
    "0000-01-01T00:00:00Z",
  ])("%s is no instant", (text) => {
    expect(isInstant(text)).toBe(false);
  });

  test.each<[PlanValue, boolean]>([
    [Number.MAX_SAFE_INTEGER, true],
    ["9007199254740992", true],
    ["9007199254740991", false],
    ["9223372036854775807", true],
    ["9223372036854775808", false],
    ["-9223372036854775808", true],
    ["-0", false],
    [" 9007199254740993", false],
  ])("%s as an integer: %s", (value, fit) => {
    expect(fits("integer", value)).toBe(fit);
  });

  test.each<[PlanValue, boolean]>([
    [6, true],
    ["6", true],
    ["0.000001", true],
    ["-6.5", true],
    ["06.5", false],
    ["6.", false],
    [".5", false],
    ["1e3", false],
    ["Infinity", false],
    ["1000000000000000", false],
  ])("%s as a decimal: %s", (value, fit) => {
    expect(fits("decimal", value)).toBe(fit);
  });
});
