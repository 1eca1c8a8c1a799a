import type { Writable } from "node:stream";
import type { TransactionSql } from "postgres";
import type { Sql } from "./database.ts";

/** A table as it is dumped: what its database computes by itself is left out. */
export type Table = {
  readonly name: string;
  readonly columns: readonly string[];
};

/** Says which process writes a log now: nothing that another place has any use for. */
const OF_A_PROCESS = new Set(["writing"]);

/**
 * Everything that `work` reads is of one moment, whatever is written meanwhile: the moment of the first question, which is asked
 * here. Nothing can be written.
 */
export async function inSnapshot<T>(
  sql: Sql,
  work: (tx: TransactionSql) => Promise<T>,
): Promise<T> {
  const kept: T[] = [];
  await sql.begin("isolation level repeatable read read only", async (tx) => {
    await tx`select count(*) from migration`;
    kept.push(await work(tx));
  });
  const [given] = kept;
  if (given === undefined)
    throw new Error("Cannot read the database: its snapshot gave nothing");
  return given;
}

/** The tables of the schema that the connection works in, by name. */
export async function tablesIn(sql: Sql | TransactionSql): Promise<Table[]> {
  const rows = await sql<{ name: string; column: string }[]>`
    select c.relname as name, a.attname as column
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
      and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    order by c.relname collate "C", a.attnum`;
  const tables = new Map<string, string[]>();
  for (const { name, column } of rows) {
    if (OF_A_PROCESS.has(name)) continue;
    const columns = tables.get(name) ?? [];
    columns.push(column);
    tables.set(name, columns);
  }
  return [...tables].map(([name, columns]) => ({ name, columns }));
}

/**
 * The rows of a table in PostgreSQL's own text form. `take` is done with a part when it returns: a reader that asks the driver to
 * wait may wait for ever, since the driver does not always go on.
 */
export async function dumpTable(
  tx: TransactionSql,
  { name, columns }: Table,
  take: (part: Buffer) => void,
): Promise<void> {
  const rows =
    await tx`copy ${tx(name)} (${tx([...columns])}) to stdout`.readable();
  await new Promise<void>((resolve, reject) => {
    rows.on("data", (part: Buffer) => {
      try {
        take(part);
      } catch (error) {
        rows.destroy();
        reject(error);
      }
    });
    rows.once("end", resolve);
    rows.once("error", reject);
  });
}

/** Takes such rows in. What stands there already stays, and makes the whole fail where it is the same. */
export function loadTable(
  sql: TransactionSql,
  { name, columns }: Table,
): Promise<Writable> {
  return sql`copy ${sql(name)} (${sql([...columns])}) from stdin`.writable();
}

/** The head of every log, as whoever reads in this snapshot sees it. */
export async function headSizes(
  tx: TransactionSql,
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx<
    { log: string; size: string }[]
  >`select log, size::text as size from head`;
  return new Map(rows.map(({ log, size }) => [log, Number(size)]));
}
