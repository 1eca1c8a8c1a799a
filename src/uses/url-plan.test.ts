import fc from "fast-check";
import { expect, test } from "vitest";
import { aDataset, aField } from "../../test/story-acts.ts";
import { Malformed } from "../acts/canonical.ts";
import { checkPlan } from "./check-plan.ts";
import { request } from "./plan.ts";
import { planFromUrl, valueOf } from "./url-plan.ts";

const quakes = aDataset({
  dataset: "quakes",
  fields: [
    aField("place"),
    aField("magnitude", { type: "decimal" }),
    aField("depth", { type: "integer" }),
    aField("felt", { type: "boolean" }),
    aField("time", { type: "instant" }),
    aField("day", { type: "date" }),
    aField("limit", { type: "integer" }),
  ],
});

const read = (url: string) =>
  planFromUrl(quakes, [...new URLSearchParams(url)]);
function why(url: string): string {
  try {
    read(url);
  } catch (error) {
    if (error instanceof Malformed) return error.message;
    throw error;
  }
  return "read";
}

test("a URL is a plan over one dataset", () => {
  expect(
    read(
      "magnitude.gte=6&order=-time,place&fields=time,place&limit=3&cursor=abc",
    ).plan,
  ).toEqual({
    form: "records",
    dataset: "quakes",
    fields: ["time", "place"],
    where: [{ field: "magnitude", op: "gte", value: "6" }],
    order: [
      { field: "time", direction: "desc" },
      { field: "place", direction: "asc" },
    ],
    limit: 3,
    cursor: "abc",
  });
  expect(read("measure=count,sum:depth&by=place&felt=true").plan).toEqual({
    form: "aggregate",
    dataset: "quakes",
    measures: [{ measure: "count" }, { measure: "sum", field: "depth" }],
    by: ["place"],
    where: [{ field: "felt", op: "eq", value: true }],
    limit: 100,
  });
  expect(read("").plan).toEqual({
    form: "records",
    dataset: "quakes",
    fields: quakes.fields.map((f) => f.name),
    where: [],
    order: [],
    limit: 100,
  });
  expect(read("product=p&purpose=research")).toMatchObject({
    product: "p",
    purpose: "research",
  });
});

test("a list stands between commas or in several parameters, whose values may hold commas", () => {
  const lists = (url: string) => read(url).plan;
  expect(lists("place.in=Boston,%20MA")).toMatchObject({
    where: [{ field: "place", op: "in", value: ["Boston", " MA"] }],
  });
  expect(
    lists("place.in=Boston,%20MA&depth=3&place.in=Salem&depth.in=1,2"),
  ).toMatchObject({
    where: [
      { field: "place", op: "in", value: ["Boston, MA", "Salem"] },
      { field: "depth", op: "eq", value: 3 },
      { field: "depth", op: "in", value: [1, 2] },
    ],
  });
});

test("an integer beyond 2^53 is a text, as in a plan of JSON", () => {
  expect(
    read("depth=9007199254740993&depth.in=-9007199254740993,7").plan,
  ).toMatchObject({
    where: [
      { field: "depth", op: "eq", value: "9007199254740993" },
      { field: "depth", op: "in", value: ["-9007199254740993", 7] },
    ],
  });
});

test("a condition may stand twice, as a range has two ends", () => {
  expect(
    read("depth.gte=1&depth.lt=5&place.in=a,b&felt.missing=false&limit.gte=2")
      .plan,
  ).toMatchObject({
    where: [
      { field: "depth", op: "gte", value: 1 },
      { field: "depth", op: "lt", value: 5 },
      { field: "place", op: "in", value: ["a", "b"] },
      { field: "felt", op: "missing", value: false },
      { field: "limit", op: "gte", value: 2 },
    ],
  });
});

test.each([
  ["limit=10&limit=20", "Cannot read URL: parameter limit stands twice"],
  [
    "fields=place&fields=time",
    "Cannot read URL: parameter fields stands twice",
  ],
  [
    "salary=1",
    "Cannot read URL: parameter salary names no field of the dataset, want one of place, magnitude, depth, felt, time, day, limit",
  ],
  [
    "depth.like=1",
    "Cannot read URL: parameter depth.like has the unknown comparison like, want one of eq, ne, lt, lte, gt, gte, in, missing",
  ],
  [
    "depth.missing=yes",
    'Cannot read URL: parameter depth.missing is "yes", want true or false',
  ],
  ["depth=six", 'Cannot read depth: it is "six", want a whole number'],
  ["depth=01", 'Cannot read depth: it is "01", want a whole number'],
  [
    "depth=92233720368547758080",
    'Cannot read depth: it is "92233720368547758080", want a whole number',
  ],
  ["felt=yes", 'Cannot read felt: it is "yes", want true or false'],
  [
    "limit=0",
    "Cannot read request: plan.limit is 0, want a whole number from 1 to 100000000",
  ],
  [
    "limit=100000001",
    "Cannot read request: plan.limit is 100000001, want a whole number from 1 to 100000000",
  ],
  [
    "by=place",
    "Cannot read URL: parameter by stands without measure, want measure=count or measure=sum:FIELD beside it",
  ],
  [
    "measure=count&order=place",
    "Cannot read URL: parameter order belongs to records and stands beside measure, want one of the two",
  ],
  [
    "fields=place&measure=count",
    "Cannot read URL: parameter fields belongs to records and stands beside measure, want one of the two",
  ],
  [
    "fields=place&after=abc",
    "Cannot read URL: parameter after names no field of the dataset, want one of place, magnitude, depth, felt, time, day, limit",
  ],
  ["limit=", 'Cannot read limit: it is "", want a whole number'],
  ["limit=1e2", 'Cannot read limit: it is "1e2", want a whole number'],
])("%s is refused, and the parameter is named", (url, says) => {
  expect(why(url)).toBe(says);
});

test.each([
  "fields=",
  "fields=a b",
  "order=--time",
  "order=",
  "measure=",
  "measure=avg:depth",
  "measure=sum",
  "measure=count&by=",
  "product=A",
  "purpose=",
  "fields=place%3Bdrop",
])("%s is refused", (url) => {
  expect(why(url)).not.toBe("read");
});

test("whatever the parameters, there is a good request or one refusal in words", () => {
  const name = fc.oneof(
    fc.string(),
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "fields",
      "limit",
      "order",
      "cursor",
      "measure",
      "by",
      "product",
      "purpose",
      "place",
      "depth.in",
      "time.gte",
      "felt",
      "felt.missing",
      "__proto__",
      "constructor.eq",
      ".",
      "depth.",
      ".depth",
      "day.__proto__",
    ),
  );
  const value = fc.oneof(
    fc.string(),
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "1",
      "-1",
      "0",
      "true",
      "a,b",
      "place,time",
      "-time",
      "count",
      "sum:depth",
      "count,sum:depth",
      "",
      ",",
      ":",
      "sum:",
      "\ud800",
      "9".repeat(400),
      "__proto__",
    ),
  );
  let good = 0;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(name, value), { maxLength: 6 }),
      (parameters) => {
        let read;
        try {
          read = planFromUrl(quakes, parameters);
        } catch (error) {
          expect(error).toBeInstanceOf(Malformed);
          return;
        }
        good++;
        expect(request.safeParse(read).data).toEqual(read);
        expect(read.plan.dataset).toBe("quakes");
        try {
          checkPlan(read.plan, quakes.fields);
        } catch (error) {
          expect(error).toBeInstanceOf(Malformed);
        }
      },
    ),
    { numRuns: 3000 },
  );
  expect(good).toBeGreaterThan(100);
});

/** A value as its type has it, or nothing where it was refused. */
function valued(text: string): unknown {
  try {
    return valueOf("depth", text, "integer");
  } catch (error) {
    expect(error).toBeInstanceOf(Malformed);
    return undefined;
  }
}

test("an integer is written in one way", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.maxSafeInteger().map(String),
        fc.string(),
        fc.stringMatching(/^[-+0-9. e]{0,20}$/),
      ),
      (text) => {
        const one =
          Number.isSafeInteger(Number(text)) && String(Number(text)) === text;
        expect(valued(text), text).toBe(one ? Number(text) : undefined);
      },
    ),
    { numRuns: 2000 },
  );
});

test("there is no minus nothing: a plan that holds it has no byte form", () => {
  expect(valued("-0")).toBeUndefined();
});

test("a measure with more behind it is not read as if it had less", () => {
  expect(why("measure=sum:depth:place")).not.toBe("read");
});
