import {
  type DuckDBConnection,
  type DuckDBPreparedStatement,
  type DuckDBResult,
  type DuckDBValue,
} from "@duckdb/node-api";
import type { TypedField } from "../uses/check-plan.ts";
import type { RecordsPlan } from "../uses/plan.ts";
import { EngineFailed } from "./failed.ts";
import type { Row } from "./in-memory.ts";
import { batchesOf } from "./run-on-table.ts";
import type { Batch } from "./source.ts";
import { type Column, quoteName, type Sql, type Table } from "./sql.ts";
import type { Opened } from "./streamed.ts";
import { ENGINE_TYPES, toCell, toEngine } from "./values.ts";

/** The table or view that holds a vintage, and the number of a row in it. No field name has a # in it. */
export const TABLE = `"rows"`;
export const ROW = `"#row"`;

export function duckdbTable(
  fields: readonly TypedField[],
  subject: string | undefined,
): Table {
  return {
    name: TABLE,
    columns: new Map(
      fields.map(({ name, type }) => [name, columnOf(quoteName(name), type)]),
    ),
    ...(subject === undefined ? {} : { subject }),
    key: [columnOf(ROW, "integer")],
    isInKeyOrder: true,
  };
}

function columnOf(name: string, type: TypedField["type"]): Column {
  return {
    type,
    name,
    ordered: name,
    isRequired: false,
    bound: (place) => `$${place}`,
    sum:
      type === "decimal"
        ? `sum(try_cast(${name} as decimal(38, 9)))`
        : `sum(${name})`,
  };
}

export function askWithin(
  connection: DuckDBConnection,
  sql: Sql,
  timeoutMs: number,
): Promise<readonly Row[]> {
  return within(connection, timeoutMs, async () => {
    const reader = await connection.runAndReadAll(sql.text, ...boundOf(sql));
    return toRows(reader.getRows());
  });
}

/** A statement that is kept prepared costs two thirds of one that is prepared for one run. */
const PREPARED_MAX = 128;

/** A connection with statements that come again and again. */
export class Prepared {
  readonly #connection: DuckDBConnection;
  /** The one used last stands last. */
  readonly #statements = new Map<string, DuckDBPreparedStatement>();

  constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  ask(sql: Sql, timeoutMs: number): Promise<readonly Row[]> {
    return within(this.#connection, timeoutMs, async () => {
      const statement = await this.#prepared(sql.text);
      bindTo(statement, sql);
      return toRows((await statement.runAndReadAll()).getRows());
    });
  }

  async #prepared(text: string): Promise<DuckDBPreparedStatement> {
    const known = this.#statements.get(text);
    const statement = known ?? (await this.#connection.prepare(text));
    this.#statements.delete(text);
    this.#statements.set(text, statement);
    for (const [oldest, old] of this.#statements) {
      if (this.#statements.size <= PREPARED_MAX) break;
      this.#statements.delete(oldest);
      old.destroySync();
    }
    return statement;
  }
}

/** Begins a stream on a connection of its own, which is closed with it. */
export async function openStream(
  connection: DuckDBConnection,
  sql: Sql,
  plan: RecordsPlan,
  table: Table,
  { timeoutMs }: { timeoutMs: number },
): Promise<Opened> {
  const close = async (): Promise<void> => {
    // A statement takes the place of what was not read to its end, and so ends it.
    await connection.run("select 1").catch(() => undefined);
    connection.closeSync();
  };
  try {
    const result = await within(connection, timeoutMs, () =>
      connection.stream(sql.text, ...boundOf(sql)),
    );
    const batchOf = batchesOf(plan, table);
    let before = -1;
    const next = async (): Promise<Batch | undefined> => {
      const columns = await nextChunk(connection, result, timeoutMs);
      if (plan.order.length === 0)
        before = lastInOrder(columns.at(-1) ?? [], before);
      return batchOf(columns.map((column) => column.map(toCell)));
    };
    return { next, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function nextChunk(
  connection: DuckDBConnection,
  result: DuckDBResult,
  timeoutMs: number,
): Promise<readonly (readonly DuckDBValue[])[]> {
  const chunk = await within(connection, timeoutMs, () => result.fetchChunk());
  return chunk?.getColumns() ?? [];
}

/** Rows that are not sorted come in the order of the file: what DuckDB promises is looked at where it matters. */
function lastInOrder(rows: readonly DuckDBValue[], before: number): number {
  let last = before;
  for (const row of rows) {
    const number = Number(row);
    if (number <= last) throw new EngineFailed("broken");
    last = number;
  }
  return last;
}

async function within<T>(
  connection: DuckDBConnection,
  timeoutMs: number,
  work: () => Promise<T>,
): Promise<T> {
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    connection.interrupt();
  }, timeoutMs);
  try {
    return await work();
  } catch (cause) {
    const outOfMemory =
      cause instanceof Error && cause.message.startsWith("Out of Memory");
    throw new EngineFailed(late ? "late" : outOfMemory ? "large" : "broken", {
      cause,
    });
  } finally {
    clearTimeout(timer);
  }
}

function boundOf({
  values,
}: Sql): [DuckDBValue[], (typeof ENGINE_TYPES)[keyof typeof ENGINE_TYPES][]] {
  return [
    values.map(({ type, value }) => toEngine(type, value)),
    values.map(({ type }) => ENGINE_TYPES[type]),
  ];
}

/** The two types that keys mostly have are bound without a value made for each. */
function bindTo(statement: DuckDBPreparedStatement, { values }: Sql): void {
  for (const [i, { type, value }] of values.entries()) {
    const bound = toEngine(type, value);
    if (typeof bound === "string") statement.bindVarchar(i + 1, bound);
    else if (typeof bound === "bigint") statement.bindBigInt(i + 1, bound);
    else statement.bindValue(i + 1, bound, ENGINE_TYPES[type]);
  }
}

function toRows(rows: readonly (readonly DuckDBValue[])[]): readonly Row[] {
  return rows.map((row) => row.map(toCell));
}
