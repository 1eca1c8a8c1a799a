import { Malformed } from "../acts/canonical.ts";
import type { FieldType } from "../acts/shapes.ts";
import type {
  AggregatePlan,
  Condition,
  PlanValue,
  RecordsPlan,
} from "../uses/plan.ts";

/** A statement: text made of the table's own column names and nothing else, values apart from it. */
export type Sql = {
  readonly text: string;
  readonly values: readonly Bound[];
  /** The types of the columns of its rows. */
  readonly gives: readonly FieldType[];
  /** As many of the last of them are counts and sums. */
  readonly sums?: number;
};
export type Bound = { readonly type: FieldType; readonly value: PlanValue };

/** A column of a table, written for its engine. */
export type Column = {
  readonly type: FieldType;
  /** Quoted. */
  readonly name: string;
  /** What it is sorted and compared by: its texts by code point in every engine. */
  readonly ordered: string;
  /** It has no missing values; an index gives its order then, and the place of a page in it. */
  readonly isRequired: boolean;
  /** A value bound in the n-th place, as this column is compared with it. */
  readonly bound: (place: number) => string;
  /** Its exact sum: decimals are rounded to nine places one by one, so that a sum does not depend on the order of adding. */
  readonly sum: string;
};

/** What statements are written from. */
export type Table = {
  /** Quoted. */
  readonly name: string;
  readonly columns: ReadonlyMap<string, Column>;
  /** The field that says who a row is about. */
  readonly subject?: string;
  /** What names a row; it breaks the ties of every order. */
  readonly key: readonly Column[];
  /** Rows come in the order of their key when no order is asked for. */
  readonly isInKeyOrder: boolean;
};

/** A row that ends a page: its values in the order asked for, and those of its key. */
export type OrderedPlace = {
  readonly order: readonly (PlanValue | null)[];
  readonly key: readonly PlanValue[];
};

/** Rows with their fields, then the subject if the dataset has one, then the row's key. */
export function recordsSql(
  plan: RecordsPlan,
  table: Table,
  limit: number,
  after?: OrderedPlace,
): Sql {
  const b = binder(table);
  const columns = columnsOf(plan, table, b);
  return b.sql(
    columns,
    `${selectText(columns)} ${fromText(plan, table, b, after)}${orderText(plan, table, b)} limit ${limit}`,
  );
}

/**
 * The same for a stream. Sorting takes the memory of all rows, and so does DuckDB's limit: where rows come in the order
 * wanted there is neither, and whoever takes the rows stops at the limit.
 */
export function streamSql(
  plan: RecordsPlan,
  table: Table,
  after?: OrderedPlace,
): Sql {
  if (!table.isInKeyOrder || plan.order.length > 0)
    return recordsSql(plan, table, plan.limit, after);
  const b = binder(table);
  const columns = columnsOf(plan, table, b);
  return b.sql(
    columns,
    `${selectText(columns)} ${fromText(plan, table, b, after)}`,
  );
}

function columnsOf(
  plan: RecordsPlan,
  table: Table,
  b: Binder,
): readonly Column[] {
  return [
    ...plan.fields.map(b.column),
    ...(table.subject === undefined ? [] : [b.column(table.subject)]),
    ...table.key,
  ];
}

function selectText(columns: readonly Column[]): string {
  return `select ${columns.map((column) => column.name).join(", ")}`;
}

/** The order values of the row that ended the page before. */
export function placeSql(
  plan: RecordsPlan,
  table: Table,
  key: readonly PlanValue[],
): Sql {
  const b = binder(table);
  const where = table.key.map(
    (column, i) => `${column.name} = ${b.bind(column, key[i] ?? "")}`,
  );
  const columns = [...plan.order.map((o) => b.column(o.field)), ...table.key];
  return b.sql(
    columns,
    `${selectText(columns)} from ${table.name}${whereText(where)}`,
  );
}

/** Sizes of look-ups, so that few statements serve them all: the places left over, a third at most, repeat the last key. */
const SIZES = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256];
export const TOGETHER_MAX = 256;

/**
 * Columns of the rows that have one of these keys. One field and many values is what an index answers in one go, so only
 * a key of one field comes with company.
 */
export function lookUpSql(
  fields: readonly string[],
  keys: readonly (readonly PlanValue[])[],
  columns: readonly string[],
  table: Table,
  rowsMax: number,
): Sql {
  const b = binder(table);
  const [only, ...others] = fields;
  const where =
    only !== undefined && others.length === 0
      ? [b.oneOf(only, padded(keys.flat()))]
      : fields.map((field, i) => b.equals(field, keys[0]?.[i] ?? ""));
  const wanted = columns.map(b.column);
  return b.sql(
    wanted,
    `${selectText(wanted)} from ${table.name}${whereText(where)} limit ${rowsMax + 1}`,
  );
}

function padded(values: readonly PlanValue[]): readonly PlanValue[] {
  const size = SIZES.find((one) => one >= values.length) ?? values.length;
  const last = values.at(-1) ?? "";
  return [...values, ...Array<PlanValue>(size - values.length).fill(last)];
}

/** Groups in the order of their `by` fields; one group more than the limit. */
export function aggregateSql(plan: AggregatePlan, table: Table): Sql {
  const b = binder(table);
  const measures = plan.measures.map((m): { sum: string; type: FieldType } =>
    m.measure === "count"
      ? { sum: "count(*)", type: "integer" }
      : b.column(m.field),
  );
  const by = plan.by.map(b.column);
  const grouped =
    by.length === 0
      ? ""
      : ` group by ${by.map((c) => c.name).join(", ")} order by ${by.map((c) => `${c.ordered} asc nulls last`).join(", ")}`;
  const columns = [...by.map((c) => c.name), ...measures.map((m) => m.sum)];
  const sql = b.sql(
    [...by, ...measures],
    `select ${columns.join(", ")} ${fromText(plan, table, b)}${grouped} limit ${plan.limit + 1}`,
  );
  return { ...sql, sums: measures.length };
}

/** Everybody whom the rows of a plan are about; one more than can be named. */
export function subjectsSql(
  plan: AggregatePlan | RecordsPlan,
  table: Table,
  subject: string,
  subjectsMax: number,
  after?: OrderedPlace,
): Sql {
  const b = binder(table);
  const name = b.name(subject);
  const rows =
    plan.form === "aggregate"
      ? `select ${name} ${fromText(plan, table, b)}`
      : `select ${name} ${fromText(plan, table, b, after)}${orderText(plan, table, b)} limit ${plan.limit}`;
  return b.sql(
    [b.column(subject)],
    `select distinct ${name} from (${rows}) as "concerned" where ${name} is not null limit ${subjectsMax + 1}`,
  );
}

type Binder = ReturnType<typeof binder>;

function binder(table: Table) {
  const values: Bound[] = [];
  const column = (field: string): Column => {
    const found = table.columns.get(field);
    if (found === undefined)
      throw new Malformed(`Cannot write SQL: there is no field "${field}"`);
    return found;
  };
  const name = (field: string): string => column(field).name;
  const bind = (of: Column, value: PlanValue): string => {
    values.push({ type: of.type, value });
    return of.bound(values.length);
  };
  const oneOf = (field: string, of: readonly PlanValue[]): string => {
    const compared = column(field);
    return `${compared.name} in (${of.map((one) => bind(compared, one)).join(", ")})`;
  };
  const equals = (field: string, value: PlanValue): string =>
    `${name(field)} = ${bind(column(field), value)}`;
  const where = (conditions: readonly Condition[]): string[] =>
    conditions.map((condition) => {
      const of = column(condition.field);
      switch (condition.op) {
        case "missing":
          return `${of.name} is ${condition.value ? "" : "not "}null`;
        case "in":
          return oneOf(condition.field, condition.value);
        case "eq":
          return equals(condition.field, condition.value);
        case "ne":
          return `${of.name} <> ${bind(of, condition.value)}`;
        default:
          return `${of.ordered} ${OPERATORS[condition.op]} ${bind(of, condition.value)}`;
      }
    });
  const sql = (columns: readonly { type: FieldType }[], text: string): Sql => ({
    text,
    values,
    gives: columns.map(({ type }) => type),
  });
  return { column, name, bind, equals, oneOf, where, sql };
}

const OPERATORS = { lt: "<", lte: "<=", gt: ">", gte: ">=" } as const;

function fromText(
  plan: AggregatePlan | RecordsPlan,
  table: Table,
  b: Binder,
  after?: OrderedPlace,
): string {
  const where = b.where(plan.where);
  if (after !== undefined && plan.form === "records")
    where.push(behind(plan, table, after, b));
  return `from ${table.name}${whereText(where)}`;
}

function orderText(plan: RecordsPlan, table: Table, b: Binder): string {
  const order = plan.order.map(({ field, direction }) => {
    const { ordered, isRequired } = b.column(field);
    return `${ordered} ${direction === "asc" ? "asc" : "desc"}${isRequired ? "" : " nulls last"}`;
  });
  const all = [...order, ...table.key.map((column) => column.name)];
  return ` order by ${all.join(", ")}`;
}

/** Strictly behind a place: behind in the first field in which the two differ; missing values come last either way. */
function behind(
  plan: RecordsPlan,
  table: Table,
  after: OrderedPlace,
  b: Binder,
): string {
  const own = table.key.map((column) => column.name);
  const bound = table.key.map((column, i) =>
    b.bind(column, after.key[i] ?? ""),
  );
  const order = plan.order.map(({ field, direction }, i) => {
    const value = after.order[i] ?? null;
    return { column: b.column(field), isUp: direction === "asc", value };
  });
  // An index over all of it finds the place of a row as a whole.
  if (order.every(({ column, isUp }) => isUp && column.isRequired))
    return behindRow(
      [...order.map(({ column }) => column.ordered), ...own],
      [...order.map((o) => b.bind(o.column, o.value ?? "")), ...bound],
    );
  let text = behindRow(own, bound);
  for (const { column, isUp, value } of order.reverse()) {
    const { name, ordered } = column;
    if (value === null) {
      text = `(${name} is null and ${text})`;
      continue;
    }
    const [place, sign] = [b.bind(column, value), isUp ? ">" : "<"];
    text = column.isRequired
      ? `(${ordered} ${sign}= ${place} and (${ordered} ${sign} ${place} or ${text}))`
      : `(${ordered} ${sign} ${place} or ${name} is null or (${name} = ${place} and ${text}))`;
  }
  return text;
}

function behindRow(
  columns: readonly string[],
  places: readonly string[],
): string {
  return columns.length === 1
    ? `${columns.join()} > ${places.join()}`
    : `(${columns.join(", ")}) > (${places.join(", ")})`;
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
