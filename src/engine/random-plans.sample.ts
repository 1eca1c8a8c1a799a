import fc from "fast-check";
import type {
  AggregatePlan,
  AnswerPlan,
  Condition,
  PlanValue,
  RecordsPlan,
} from "../uses/plan.ts";
import { DATASET, names, POOL, typeOf } from "./slow-plans.sample.ts";

const value = (name: string) =>
  fc.constantFrom<PlanValue>(...POOL[typeOf.get(name) ?? "text"]);
export const name = fc.constantFrom(...names);
const condition: fc.Arbitrary<Condition> = name.chain((field) =>
  fc.oneof(
    fc.record({
      field: fc.constant(field),
      op: fc.constantFrom("eq" as const, "ne" as const),
      value: value(field),
    }),
    field === "order"
      ? fc.record({
          field: fc.constant(field),
          op: fc.constant("eq" as const),
          value: value(field),
        })
      : fc.record({
          field: fc.constant(field),
          op: fc.constantFrom(
            "lt" as const,
            "lte" as const,
            "gt" as const,
            "gte" as const,
          ),
          value: value(field),
        }),
    fc.record({
      field: fc.constant(field),
      op: fc.constant("in" as const),
      value: fc.array(value(field), { minLength: 1, maxLength: 4 }),
    }),
    fc.record({
      field: fc.constant(field),
      op: fc.constant("missing" as const),
      value: fc.boolean(),
    }),
  ),
);
export const where = fc.array(condition, { maxLength: 3 });
const some = (minLength: number, maxLength: number) =>
  fc.shuffledSubarray(names, { minLength, maxLength });
export const recordsPlan: fc.Arbitrary<RecordsPlan> = fc.record({
  form: fc.constant("records" as const),
  dataset: fc.constant(DATASET),
  fields: some(1, 6),
  where,
  order: some(0, 3).chain((list) =>
    fc.tuple(
      ...list.map((field) =>
        fc.record({
          field: fc.constant(field),
          direction: fc.constantFrom("asc" as const, "desc" as const),
        }),
      ),
    ),
  ),
  limit: fc.integer({ min: 1, max: 60 }),
});
export const aggregatePlan: fc.Arbitrary<AggregatePlan> = fc.record({
  form: fc.constant("aggregate" as const),
  dataset: fc.constant(DATASET),
  measures: fc.shuffledSubarray(
    [
      { measure: "count" as const },
      { measure: "sum" as const, field: "rowid" },
      { measure: "sum" as const, field: "rows" },
    ],
    { minLength: 1 },
  ),
  by: some(0, 3),
  where,
  limit: fc.integer({ min: 1, max: 40 }),
});
const pairs = (min: number, max: number) =>
  some(min, max).chain((list) =>
    fc.tuple(
      ...list.map((field) =>
        fc.record({ field: fc.constant(field), value: value(field) }),
      ),
    ),
  );
export const answerPlan: fc.Arbitrary<AnswerPlan> = fc.record({
  form: fc.constant("answer" as const),
  dataset: fc.constant(DATASET),
  key: pairs(1, 2),
  values: pairs(1, 2),
});
