import type { FieldType } from "../acts/shapes.ts";
import { aggregateColumns } from "../uses/check-plan.ts";
import type {
  AggregatePlan,
  AnswerPlan,
  Condition,
  Plan,
  PlanValue,
  RecordsPlan,
} from "../uses/plan.ts";
import { EngineFailed } from "./failed.ts";
import {
  type AnswerLimits,
  type EngineAnswer,
  type From,
  named,
  narrowed,
  subjectsIn,
} from "./source.ts";
import { type Cell, cellOf, microsOf } from "./values.ts";

/** Where each field stands in a row. */
export type Layout = ReadonlyMap<
  string,
  { readonly type: FieldType; readonly at: number }
>;
export type Row = readonly Cell[];

/** Rows that are all here, and the field that says who one is about. */
export type RowsHere = {
  readonly layout: Layout;
  readonly rows: readonly Row[];
  readonly subject?: string | undefined;
};

/** Runs a plan, which fits the layout, over rows in the order in which they stand. A place is how many rows lie before it. */
export function runInMemory(
  plan: Plan,
  here: RowsHere,
  from: From,
  limits: AnswerLimits,
): EngineAnswer {
  if (plan.form !== "answer" && plan.limit > limits.rowsMax)
    throw new EngineFailed("large");
  switch (plan.form) {
    case "answer":
      return answerFrom(plan, here, from.rows, limits.rowsMax);
    case "records": {
      const begin = Number(from.after?.[0] ?? 0);
      const all = recordsOf(plan, here, from);
      const page = all.slice(0, plan.limit);
      const more = all.length > page.length;
      return {
        kind: "rows",
        columns: plan.fields,
        rows: fieldsOfRows(page, plan, here),
        more,
        ...(more ? { last: [begin + page.length] } : {}),
        subjects: subjectsOfRows(page, here),
      };
    }
    case "aggregate": {
      const rows = here.rows.filter(
        matcher(narrowed(plan, from.rows).where, here.layout),
      );
      const groups = aggregated(plan, here.layout, rows);
      return {
        kind: "rows",
        columns: aggregateColumns(plan),
        rows: groups.slice(0, plan.limit),
        more: groups.length > plan.limit,
        subjects: named(subjectsOfRows(rows, here), limits.subjectsMax),
      };
    }
  }
}

/** All rows behind the place, in order. */
export function recordsOf(
  plan: RecordsPlan,
  here: RowsHere,
  from: From,
): readonly Row[] {
  const { where, order } = narrowed(plan, from.rows);
  const rows = here.rows.filter(matcher(where, here.layout));
  if (order.length > 0) rows.sort(inOrder(order, here.layout));
  return rows.slice(Number(from.after?.[0] ?? 0));
}

export function fieldsOfRows(
  rows: readonly Row[],
  plan: RecordsPlan,
  { layout }: RowsHere,
): readonly Row[] {
  const places = plan.fields.map((name) => placeOf(layout, name).at);
  return rows.map((row) => places.map((at) => row[at] ?? null));
}

export function subjectsOfRows(
  rows: readonly Row[],
  { layout, subject }: RowsHere,
): readonly string[] {
  if (subject === undefined) return [];
  const { at } = placeOf(layout, subject);
  return subjectsIn(rows.map((row) => row[at] ?? null));
}

/** What an answer says about rows of which some may not have its key. */
export function answerFrom(
  plan: AnswerPlan,
  here: RowsHere,
  filter: readonly Condition[] = [],
  rowsMax: number,
): EngineAnswer {
  const key = plan.key.map((k): Condition => ({ ...k, op: "eq" }));
  const mine = here.rows.filter(matcher([...key, ...filter], here.layout));
  if (mine.length > rowsMax) throw new EngineFailed("large");
  const agrees = matcher(
    plan.values.map((v): Condition => ({ ...v, op: "eq" })),
    here.layout,
  );
  return {
    kind: "answer",
    result:
      mine.length === 0 ? "notOnRecord" : mine.some(agrees) ? "yes" : "no",
    subjects: subjectsOfRows(mine, here),
  };
}

/** Whether a row meets every condition. Only `missing` is met by a value that is not there. */
export function matcher(
  conditions: readonly Condition[],
  layout: Layout,
): (row: Row) => boolean {
  const tests = conditions.map((condition) => {
    const { type, at } = placeOf(layout, condition.field);
    const test = testOf(condition, type);
    return (row: Row) => test(row[at] ?? null);
  });
  return (row) => tests.every((test) => test(row));
}

function testOf(
  condition: Condition,
  type: FieldType,
): (cell: Cell) => boolean {
  switch (condition.op) {
    case "missing":
      return (cell) => (cell === null) === condition.value;
    case "in": {
      const wanted = new Set(condition.value.map((v) => cellOf(type, v)));
      return (cell) => cell !== null && wanted.has(cell);
    }
    case "eq": {
      const wanted = cellOf(type, condition.value);
      return (cell) => cell === wanted;
    }
    case "ne": {
      const wanted = cellOf(type, condition.value);
      return (cell) => cell !== null && cell !== wanted;
    }
    default:
      return comparing(condition.op, type, condition.value);
  }
}

function comparing(
  op: "lt" | "lte" | "gt" | "gte",
  type: FieldType,
  value: PlanValue,
): (cell: Cell) => boolean {
  const wanted = cellOf(type, value);
  const compare = comparerOf(type);
  const holds = {
    lt: (order: number) => order < 0,
    lte: (order: number) => order <= 0,
    gt: (order: number) => order > 0,
    gte: (order: number) => order >= 0,
  }[op];
  return (cell) => cell !== null && holds(compare(cell, wanted));
}

type Value = Exclude<Cell, null>;

function comparerOf(type: FieldType): (a: Value, b: Value) => number {
  if (type === "text") return (a, b) => byCodePoint(String(a), String(b));
  const keyOf = keyIn(type);
  return (a, b) => {
    const [x, y] = [keyOf(a), keyOf(b)];
    return x < y ? -1 : x > y ? 1 : 0;
  };
}

/** What JavaScript orders as the engines order the type. */
function keyIn(
  type: Exclude<FieldType, "text">,
): (value: Value) => string | number | bigint {
  switch (type) {
    case "integer":
      return (value) =>
        typeof value === "string" ? BigInt(value) : Number(value);
    case "decimal":
    case "boolean":
      return Number;
    case "date":
      return String;
    case "instant":
      return (value) => microsOf(String(value));
  }
}

/** UTF-16 puts what lies beyond U+FFFF before U+E000 to U+FFFF; UTF-8, and so every engine, behind. */
function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

function rank(unit: number): number {
  return unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

function inOrder(
  order: RecordsPlan["order"],
  layout: Layout,
): (a: Row, b: Row) => number {
  const steps = order.map(({ field, direction }) => {
    const { type, at } = placeOf(layout, field);
    const compare = comparerOf(type);
    const sign = direction === "asc" ? 1 : -1;
    return (a: Row, b: Row) => {
      const [x, y] = [a[at] ?? null, b[at] ?? null];
      if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
      return sign * compare(x, y);
    };
  });
  return (a, b) => {
    for (const step of steps) {
      const found = step(a, b);
      if (found !== 0) return found;
    }
    return 0;
  };
}

function aggregated(
  plan: AggregatePlan,
  layout: Layout,
  rows: readonly Row[],
): readonly Row[] {
  const by = plan.by.map((name) => placeOf(layout, name));
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify(by.map(({ at }) => row[at] ?? null));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  // Without groups there is one, over nothing as well.
  if (by.length === 0 && groups.size === 0) groups.set("", []);
  const measured = [...groups.values()].map((group) => [
    ...by.map(({ at }) => group[0]?.[at] ?? null),
    ...plan.measures.map((m) =>
      m.measure === "count"
        ? group.length
        : sumOf(group, placeOf(layout, m.field)),
    ),
  ]);
  const columns: Layout = new Map(
    plan.by.map((name, at) => [name, { type: placeOf(layout, name).type, at }]),
  );
  const order = plan.by.map((field) => ({ field, direction: "asc" as const }));
  return measured.sort(inOrder(order, columns));
}

const NANO = 1_000_000_000;

/** Integers exactly; decimals rounded to nine places one by one and then added exactly, as the engines add them. */
function sumOf(
  group: readonly Row[],
  { type, at }: { type: FieldType; at: number },
): Cell {
  const there = group.flatMap((row) => row[at] ?? []);
  if (there.length === 0) return null;
  if (type === "decimal") {
    const nanos = there.reduce((sum, v) => sum + nanosOf(Number(v)), 0n);
    const digits = (nanos < 0n ? -nanos : nanos).toString().padStart(10, "0");
    const size = Number(`${digits.slice(0, -9)}.${digits.slice(-9)}`);
    return nanos < 0n ? -size : size;
  }
  const sum = there.reduce((total, v) => total + BigInt(v), 0n);
  return Number.isSafeInteger(Number(sum)) ? Number(sum) : String(sum);
}

function nanosOf(value: number): bigint {
  const size = BigInt(Math.round(Math.abs(value) * NANO));
  return value < 0 ? -size : size;
}

function placeOf(
  layout: Layout,
  name: string,
): { readonly type: FieldType; readonly at: number } {
  const place = layout.get(name);
  if (place === undefined)
    throw new Error(`Cannot run plan: rows without field "${name}" came back`);
  return place;
}
