import type { DuckDBType, DuckDBValue } from "@duckdb/node-api";
import { Malformed } from "../acts/canonical.ts";
import type { FieldType } from "../acts/shapes.ts";
import type {
  AggregatePlan,
  AnswerPlan,
  Condition,
  PlanValue,
  RecordsPlan,
} from "../uses/plan.ts";
import { ENGINE_TYPES, toEngine } from "./values.ts";

/** A statement: text made of the dataset's own field names and nothing else, values apart from it. */
export type Sql = {
  readonly text: string;
  readonly values: readonly DuckDBValue[];
  readonly types: readonly DuckDBType[];
};

/** What statements are written from: the dataset's fields, and the one that says who a row is about. */
export type Shape = {
  readonly types: ReadonlyMap<string, FieldType>;
  readonly subject?: string;
};

/** A row that ends a page: its values in the order asked for, and its number in the vintage. */
export type Place = {
  readonly order: readonly DuckDBValue[];
  readonly row: number;
};

/** The table or view that holds a vintage, and the number of a row in it. No field name has a # in it. */
export const TABLE = `"rows"`;
export const ROW = `"#row"`;

/** Rows with their fields, then the subject if the dataset has one, then the row's number; one row more than the limit. */
export function recordsSql(
  plan: RecordsPlan,
  shape: Shape,
  after?: Place,
): Sql {
  const b = binder(shape);
  const where = b.where(plan.where);
  if (after !== undefined) where.push(behind(plan, after, b));
  const order = plan.order.map(
    (o) =>
      `${b.name(o.field)} ${o.direction === "asc" ? "asc" : "desc"} nulls last`,
  );
  const columns = [...plan.fields.map(b.name), ...subjectColumn(shape, b), ROW];
  return b.sql(
    `select ${columns.join(", ")} from ${TABLE}${whereText(where)} order by ${[...order, ROW].join(", ")} limit ${plan.limit + 1}`,
  );
}

/** The order values of the row that ended the page before. */
export function placeSql(plan: RecordsPlan, shape: Shape, row: number): Sql {
  const b = binder(shape);
  const where = [`${ROW} = ${b.bind("integer", row)}`];
  return b.sql(
    `select ${[...plan.order.map((o) => b.name(o.field)), ROW].join(", ")} from ${TABLE}${whereText(where)}`,
  );
}

/**
 * The rows that have the key of one of these plans, which all ask for the same fields: key, values, subject.
 * One field and many values is what the index answers in one go, so only a key of one field comes with company.
 */
export function lookUpSql(
  plans: readonly [AnswerPlan, ...AnswerPlan[]],
  shape: Shape,
  rowsMax: number,
): Sql {
  const b = binder(shape);
  const [first] = plans;
  const columns = [...first.key, ...first.values].map(({ field }) =>
    b.name(field),
  );
  const [only, ...others] = first.key;
  const where =
    only !== undefined && others.length === 0
      ? [
          b.oneOf(only.field, [
            ...new Set(plans.flatMap((plan) => plan.key.map((k) => k.value))),
          ]),
        ]
      : first.key.map(
          ({ field, value }) => `${b.name(field)} = ${b.value(field, value)}`,
        );
  return b.sql(
    `select ${[...columns, ...subjectColumn(shape, b)].join(", ")} from ${TABLE}${whereText(where)} limit ${rowsMax + 1}`,
  );
}

/**
 * Groups in the order of their `by` fields; one group more than the limit. Sums of integers are exact. Decimals are
 * rounded to nine places one by one and then added exactly, so that a sum does not depend on the order of adding.
 */
export function aggregateSql(plan: AggregatePlan, shape: Shape): Sql {
  const b = binder(shape);
  const measures = plan.measures.map((m) => {
    if (m.measure === "count") return "count(*)";
    const name = b.name(m.field);
    return shape.types.get(m.field) === "decimal"
      ? `sum(try_cast(${name} as decimal(38, 9)))`
      : `sum(${name})`;
  });
  const by = plan.by.map(b.name);
  const grouped =
    by.length === 0
      ? ""
      : ` group by ${by.join(", ")} order by ${by.map((name) => `${name} asc nulls last`).join(", ")}`;
  return b.sql(
    `select ${[...by, ...measures].join(", ")} from ${TABLE}${whereText(b.where(plan.where))}${grouped} limit ${plan.limit + 1}`,
  );
}

/** Everybody whom the rows of an aggregate are about. */
export function subjectsSql(
  plan: AggregatePlan,
  shape: Shape,
  subject: string,
  subjectsMax: number,
): Sql {
  const b = binder(shape);
  const where = [...b.where(plan.where), `${b.name(subject)} is not null`];
  return b.sql(
    `select distinct ${b.name(subject)} from ${TABLE}${whereText(where)} limit ${subjectsMax + 1}`,
  );
}

type Binder = ReturnType<typeof binder>;

function binder(shape: Shape) {
  const values: DuckDBValue[] = [];
  const types: DuckDBType[] = [];
  const typeOf = (field: string): FieldType => {
    const type = shape.types.get(field);
    if (type === undefined)
      throw new Malformed(`Cannot write SQL: there is no field "${field}"`);
    return type;
  };
  const name = (field: string): string => {
    typeOf(field);
    return quoteName(field);
  };
  const raw = (type: FieldType, value: DuckDBValue): string => {
    values.push(value);
    types.push(ENGINE_TYPES[type]);
    return `$${values.length}`;
  };
  const bind = (type: FieldType, of: PlanValue): string =>
    raw(type, toEngine(type, of));
  const value = (field: string, of: PlanValue): string =>
    bind(typeOf(field), of);
  const oneOf = (field: string, of: readonly PlanValue[]): string =>
    `${name(field)} in (${of.map((one) => value(field, one)).join(", ")})`;
  const where = (conditions: readonly Condition[]): string[] =>
    conditions.map((condition) => {
      switch (condition.op) {
        case "missing":
          return `${name(condition.field)} is ${condition.value ? "" : "not "}null`;
        case "in":
          return oneOf(condition.field, condition.value);
        default:
          return `${name(condition.field)} ${OPERATORS[condition.op]} ${value(condition.field, condition.value)}`;
      }
    });
  const sql = (text: string): Sql => ({ text, values, types });
  return {
    name,
    bind,
    value,
    oneOf,
    where,
    sql,
    rawOf: (field: string, of: DuckDBValue) => raw(typeOf(field), of),
  };
}

const OPERATORS = {
  eq: "=",
  ne: "<>",
  lt: "<",
  lte: "<=",
  gt: ">",
  gte: ">=",
} as const;

/** Strictly behind a place: behind in the first field in which the two differ; missing values come last either way. */
function behind(plan: RecordsPlan, after: Place, b: Binder): string {
  let text = `${ROW} > ${b.bind("integer", after.row)}`;
  for (const [i, { field, direction }] of [...plan.order.entries()].reverse()) {
    const name = b.name(field);
    const value = after.order[i] ?? null;
    if (value === null) {
      text = `(${name} is null and ${text})`;
      continue;
    }
    const bound = b.rawOf(field, value);
    text = `(${name} ${direction === "asc" ? ">" : "<"} ${bound} or ${name} is null or (${name} = ${bound} and ${text}))`;
  }
  return text;
}

function subjectColumn(shape: Shape, b: Binder): string[] {
  return shape.subject === undefined ? [] : [b.name(shape.subject)];
}

function whereText(where: readonly string[]): string {
  return where.length === 0 ? "" : ` where ${where.join(" and ")}`;
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** For the few places that take no bound value: file paths of our own. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
