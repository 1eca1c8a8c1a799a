import * as z from "zod/mini";
import { Malformed } from "../acts/canonical.ts";
import { explain } from "../acts/explain.ts";
import { fieldName, listOf, slug } from "../acts/shapes.ts";

/**
 * The closed query language. No SQL comes from outside: an engine writes its own from a plan, with bound values.
 * Values are text, integers or true/false; a decimal, a date (2026-03-01) or an instant (2026-03-01T08:00:00Z)
 * is written as text, so that a plan has one byte form.
 */
export const planValue = z.union(
  [
    z.string().check(z.maxLength(400, "text of at most 400 characters")),
    z.int(),
    z.boolean(),
  ],
  "text of at most 400 characters, an integer, true or false",
);

export const condition = z.discriminatedUnion("op", [
  z.strictObject({
    field: fieldName,
    op: z.enum(["eq", "ne", "lt", "lte", "gt", "gte"]),
    value: planValue,
  }),
  z.strictObject({
    field: fieldName,
    op: z.literal("in"),
    value: listOf(planValue, 1, 200),
  }),
  z.strictObject({
    field: fieldName,
    op: z.literal("missing"),
    value: z.boolean("true or false"),
  }),
]);

/** Rows of an answer that is made whole before it leaves; longer ones leave as a stream. */
export const WHOLE_ROWS_MAX = 10_000;
export const LIMIT_MAX = 100_000_000;
const limit = z
  .int(`a whole number from 1 to ${LIMIT_MAX}`)
  .check(
    z.minimum(1, `a whole number from 1 to ${LIMIT_MAX}`),
    z.maximum(LIMIT_MAX, `a whole number from 1 to ${LIMIT_MAX}`),
  );

export const recordsPlan = z.strictObject({
  form: z.literal("records"),
  dataset: slug,
  fields: listOf(fieldName, 1, 128),
  where: listOf(condition, 0, 32),
  order: listOf(
    z.strictObject({
      field: fieldName,
      direction: z.enum(["asc", "desc"], "asc or desc"),
    }),
    0,
    8,
  ),
  limit,
  /** Where the page before ended, as the answer before gave it. */
  cursor: z.exactOptional(z.string("a cursor").check(z.maxLength(4_000))),
});

/** The asker submits a key and values and learns whether they agree: yes, no, or not on record. Nothing else. */
export const answerPlan = z.strictObject({
  form: z.literal("answer"),
  dataset: slug,
  key: listOf(z.strictObject({ field: fieldName, value: planValue }), 1, 8),
  values: listOf(z.strictObject({ field: fieldName, value: planValue }), 1, 16),
});

export const aggregatePlan = z.strictObject({
  form: z.literal("aggregate"),
  dataset: slug,
  measures: listOf(
    z.discriminatedUnion("measure", [
      z.strictObject({ measure: z.literal("count") }),
      z.strictObject({ measure: z.literal("sum"), field: fieldName }),
    ]),
    1,
    8,
  ),
  by: listOf(fieldName, 0, 4),
  where: listOf(condition, 0, 32),
  limit,
});

/** All rows of a vintage that the permit reaches, as one Parquet file. */
export const filePlan = z.strictObject({
  form: z.literal("file"),
  dataset: slug,
  fields: listOf(fieldName, 1, 128),
});

/** What an engine is asked. */
export const plan = z.discriminatedUnion("form", [
  recordsPlan,
  answerPlan,
  aggregatePlan,
]);
/** What the gate is asked: a file is made before, and lies there. */
export const askedPlan = z.discriminatedUnion("form", [
  recordsPlan,
  answerPlan,
  aggregatePlan,
  filePlan,
]);

/** What a data user sends: a plan, and which product and purpose it is asked under (open data needs neither). */
export const request = z.strictObject({
  product: z.exactOptional(slug),
  purpose: z.exactOptional(slug),
  case: z.exactOptional(slug),
  plan: askedPlan,
});

export type PlanValue = z.infer<typeof planValue>;
export type Condition = z.infer<typeof condition>;
export type RecordsPlan = z.infer<typeof recordsPlan>;
export type AnswerPlan = z.infer<typeof answerPlan>;
export type AggregatePlan = z.infer<typeof aggregatePlan>;
export type FilePlan = z.infer<typeof filePlan>;
export type Plan = z.infer<typeof plan>;
export type AskedPlan = z.infer<typeof askedPlan>;
export type Request = z.infer<typeof request>;

/** Reads a request from JSON already parsed once; throws `Malformed` naming the member and what is wanted. */
export function readRequest(value: unknown): Request {
  const read = request.safeParse(value);
  if (!read.success)
    throw new Malformed(`Cannot read request: ${explain(read.error, value)}`);
  return read.data;
}

/** An answer that is made whole before it leaves has an end; throws `Malformed`. */
export function mustBeWhole(of: AskedPlan): asserts of is Plan {
  if (of.form === "file")
    throw new Malformed(
      "Cannot read request: a file is asked for at its own address, want /files/DATASET.parquet",
    );
  if ("limit" in of && of.limit > WHOLE_ROWS_MAX)
    throw new Malformed(
      `Cannot read request: plan.limit is ${of.limit}, want a whole number from 1 to ${WHOLE_ROWS_MAX}; more leaves as a stream, with format=ndjson, csv or parquet`,
    );
}

/** Fields that a plan returns or compares, and fields that stand in its conditions, order or key. */
export function fieldsOf(of: AskedPlan): {
  readonly fields: readonly string[];
  readonly where: readonly string[];
} {
  switch (of.form) {
    case "records":
      return {
        fields: of.fields,
        where: unique([
          ...of.where.map((c) => c.field),
          ...of.order.map((o) => o.field),
        ]),
      };
    case "answer":
      return {
        fields: unique(of.values.map((v) => v.field)),
        where: unique(of.key.map((k) => k.field)),
      };
    case "file":
      return { fields: of.fields, where: [] };
    case "aggregate": {
      const summed = of.measures.flatMap((m) =>
        m.measure === "sum" ? [m.field] : [],
      );
      return {
        fields: unique([...summed, ...of.by]),
        where: unique(of.where.map((c) => c.field)),
      };
    }
  }
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
