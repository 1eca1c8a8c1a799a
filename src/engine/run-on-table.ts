import { aggregateColumns } from "../uses/check-plan.ts";
import type {
  AggregatePlan,
  AnswerPlan,
  Plan,
  PlanValue,
  RecordsPlan,
} from "../uses/plan.ts";
import { EngineFailed } from "./failed.ts";
import { answerFrom, fieldsOfRows, matcher, type Row } from "./in-memory.ts";
import type { LookUps } from "./look-ups.ts";
import {
  type AnswerLimits,
  type Batch,
  type EngineAnswer,
  type From,
  named,
  narrowed,
  type Place,
  subjectsIn,
} from "./source.ts";
import {
  aggregateSql,
  type OrderedPlace,
  placeSql,
  recordsSql,
  type Sql,
  streamSql,
  subjectsSql,
  type Table,
} from "./sql.ts";
import type { Cell } from "./values.ts";

/** A table that answers statements. */
export type AskedTable = {
  readonly table: Table;
  readonly limits: AnswerLimits;
  readonly lookUps: LookUps;
  /** Fields by which look-ups find rows without reading all of them. */
  readonly indexed: ReadonlySet<string>;
  readonly ask: (sql: Sql) => Promise<readonly Row[]>;
  /** The same with values that can be bound again without loss, where a cell cannot. */
  readonly askExactly: (
    sql: Sql,
  ) => Promise<readonly (readonly (PlanValue | null)[])[]>;
};

/** Runs a plan that was held against the fields of the table. */
export async function runOnTable(
  on: AskedTable,
  plan: Plan,
  from: From,
): Promise<EngineAnswer> {
  if (plan.form === "answer") return answer(on, plan, from);
  if (plan.limit > on.limits.rowsMax) throw new EngineFailed("large");
  if (plan.form === "aggregate")
    return aggregate(on, narrowed(plan, from.rows));
  return (
    (await singleRecord(on, plan, from)) ??
    records(on, narrowed(plan, from.rows), from)
  );
}

export async function subjectsOnTable(
  on: AskedTable,
  plan: Plan,
  from: From,
): Promise<readonly string[]> {
  if (plan.form === "answer") return (await answer(on, plan, from)).subjects;
  const { subject } = on.table;
  if (subject === undefined) return [];
  const narrow = narrowed(plan, from.rows);
  return subjectsAsked(on, narrow, subject, await placeOf(on, narrow, from));
}

/** The statement of a stream. */
export async function streamOnTable(
  on: AskedTable,
  plan: RecordsPlan,
  from: From,
): Promise<Sql> {
  const narrow = narrowed(plan, from.rows);
  return streamSql(narrow, on.table, await placeOf(on, narrow, from));
}

/** Makes batches of the columns that a stream's statement asks for, up to the plan's limit; then there are none. */
export function batchesOf(
  plan: RecordsPlan,
  table: Table,
): (columns: readonly (readonly Cell[])[]) => Batch | undefined {
  const count = plan.fields.length;
  let left = plan.limit;
  return (columns) => {
    const rows = Math.min(columns[0]?.length ?? 0, left);
    if (rows === 0) return undefined;
    left -= rows;
    const cut = columns.map((column) =>
      column.length > rows ? column.slice(0, rows) : column,
    );
    return {
      columns: cut.slice(0, count),
      rows,
      subjects: table.subject === undefined ? [] : subjectsIn(cut[count] ?? []),
    };
  };
}

async function answer(
  on: AskedTable,
  plan: AnswerPlan,
  { rows: filter = [] }: From,
): Promise<EngineAnswer> {
  const { subject } = on.table;
  const { layout, rows } = await on.lookUps.find({
    fields: plan.key.map((k) => k.field),
    key: plan.key.map((k) => k.value),
    columns: [
      ...plan.values.map((v) => v.field),
      ...filter.map((condition) => condition.field),
      ...(subject === undefined ? [] : [subject]),
    ],
  });
  return answerFrom(plan, { layout, rows, subject }, filter, on.limits.rowsMax);
}

/** A record named by a value of an indexed field is looked up with the others; undefined where several have it. */
async function singleRecord(
  on: AskedTable,
  plan: RecordsPlan,
  { after, rows: filter = [] }: From,
): Promise<EngineAnswer | undefined> {
  const [only, ...others] = plan.where;
  if (
    only?.op !== "eq" ||
    others.length > 0 ||
    after !== undefined ||
    !on.indexed.has(only.field)
  )
    return undefined;
  const { subject } = on.table;
  const found = await on.lookUps
    .find({
      fields: [only.field],
      key: [only.value],
      columns: [
        ...plan.fields,
        ...filter.map((condition) => condition.field),
        ...(subject === undefined ? [] : [subject]),
      ],
    })
    .catch((error: unknown) => {
      if (error instanceof EngineFailed && error.failure === "large")
        return undefined;
      throw error;
    });
  if (found === undefined || found.rows.length > 1) return undefined;
  const { layout } = found;
  const rows = found.rows.filter(matcher(filter, layout));
  const about = subject === undefined ? undefined : layout.get(subject);
  return {
    kind: "rows",
    columns: plan.fields,
    rows: fieldsOfRows(rows, plan, { layout, rows }),
    more: false,
    subjects:
      about === undefined
        ? []
        : subjectsIn(rows.map((row) => row[about.at] ?? null)),
  };
}

async function records(
  on: AskedTable,
  plan: RecordsPlan,
  from: From,
): Promise<EngineAnswer> {
  const { table } = on;
  const after = await placeOf(on, plan, from);
  const found = await on.ask(recordsSql(plan, table, plan.limit + 1, after));
  const page = found.slice(0, plan.limit);
  const more = found.length > plan.limit;
  const count = plan.fields.length;
  const last = page.at(-1)?.slice(-table.key.length);
  return {
    kind: "rows",
    columns: plan.fields,
    rows: page.map((row) => row.slice(0, count)),
    more,
    ...(more && last !== undefined ? { last } : {}),
    subjects:
      table.subject === undefined
        ? []
        : subjectsIn(page.map((row) => row[count] ?? null)),
  };
}

async function aggregate(
  on: AskedTable,
  plan: AggregatePlan,
): Promise<EngineAnswer> {
  const { subject } = on.table;
  const found = await on.ask(aggregateSql(plan, on.table));
  return {
    kind: "rows",
    columns: aggregateColumns(plan),
    rows: found.slice(0, plan.limit),
    more: found.length > plan.limit,
    subjects:
      subject === undefined ? [] : await subjectsAsked(on, plan, subject),
  };
}

async function subjectsAsked(
  on: AskedTable,
  plan: AggregatePlan | RecordsPlan,
  subject: string,
  after?: OrderedPlace,
): Promise<readonly string[]> {
  const { subjectsMax } = on.limits;
  const found = await on.ask(
    subjectsSql(plan, on.table, subject, subjectsMax, after),
  );
  return named(
    found.map((row) => row[0] ?? null),
    subjectsMax,
  );
}

/** The order values of the row behind which a plan goes on. Live rows may be gone by then. */
async function placeOf(
  on: AskedTable,
  plan: Plan,
  { after }: From,
): Promise<OrderedPlace | undefined> {
  if (after === undefined || plan.form !== "records") return undefined;
  const key = keyOf(after, on.table);
  if (plan.order.length === 0) return { order: [], key };
  const [row] = await on.askExactly(placeSql(plan, on.table, key));
  if (row === undefined) throw new EngineFailed("gone");
  return { order: row.slice(0, plan.order.length), key };
}

function keyOf(place: Place, table: Table): readonly PlanValue[] {
  const key = place.flatMap((cell) => cell ?? []);
  if (key.length !== table.key.length) throw new EngineFailed("gone");
  return key;
}
