import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import postgres, { type TransactionSql } from "postgres";
import { LogHalted } from "./durable.ts";
import { inTime } from "./in-time.ts";

export type Sql = postgres.Sql;

const migrations = new URL("./migrations/", import.meta.url);

/** A database that does not answer for so long is away, whatever its connections say. */
const ANSWER_MS_MAX = 10_000;

/** The most connections that one process opens for its work. */
export const POOL_CONNECTIONS = 8;
/** How PostgreSQL lists the connections of this process. */
const POOL_NAME = `vitrine pool of process ${process.pid} ${randomBytes(4).toString("hex")}`;
const POOL_ANSWER_MS_MAX = 1_000;

/** Connects and brings the schema up to date: each file of `migrations/` once, in order, in one transaction. */
export async function openDatabase(url: string, schema?: string): Promise<Sql> {
  const sql = connectTo(url, schema);
  try {
    await migrate(sql);
  } catch (error) {
    await sql.end({ timeout: 2 });
    throw error;
  }
  return sql;
}

/** Connects, and leaves the schema as it is. */
export function connectTo(url: string, schema?: string): Sql {
  return postgres(url, {
    max: POOL_CONNECTIONS,
    // After an outage everybody is back within a second or two.
    connect_timeout: ANSWER_MS_MAX / 1000,
    backoff: () => 1,
    onnotice: () => undefined,
    prepare: true,
    // No array is read. Asked for, their types are fetched by every new connection, and nobody catches it when that fails.
    fetch_types: false,
    types: {
      bigint: {
        to: 20,
        from: [20],
        parse: (text: string) => Number(text),
        serialize: String,
      },
    },
    connection: {
      application_name: POOL_NAME,
      ...(schema === undefined ? {} : { search_path: schema }),
    },
  });
}

/** A connection for one piece of work. */
export async function withDatabase<T>(
  url: string,
  work: (sql: Sql) => PromiseLike<T>,
): Promise<T> {
  const sql = await openDatabase(url);
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 2 });
  }
}

/** The migrations that this program knows, in their order. */
export function knownMigrations(): readonly string[] {
  return readdirSync(migrations)
    .filter((file) => file.endsWith(".sql"))
    .toSorted();
}

/** Those that a database has been through; undefined where it never had one. */
export async function migrationsIn(
  sql: Pick<Sql, "unsafe"> | TransactionSql,
): Promise<readonly string[] | undefined> {
  const [there] = await sql.unsafe<{ there: boolean }[]>(
    "select to_regclass('migration') is not null as there",
  );
  if (there?.there !== true) return undefined;
  const rows = await sql.unsafe<{ name: string }[]>(
    'select name from migration order by name collate "C"',
  );
  return rows.map(({ name }) => name);
}

/** Brings a database through those migrations, or through all that are known. */
export async function migrate(
  sql: Sql,
  names: readonly string[] = knownMigrations(),
): Promise<void> {
  await sql`create table if not exists migration (name text primary key)`;
  const done = new Set(await migrationsIn(sql));
  for (const name of names) {
    if (done.has(name)) continue;
    await sql.begin(async (tx) => {
      await tx.unsafe(readFileSync(new URL(name, migrations), "utf8"));
      await tx`insert into migration (name) values (${name})`;
    });
  }
}

/** What the database says of this process's connections: at work, this question apart, and waiting for some. */
export async function poolOf(
  sql: Sql,
): Promise<{ readonly active: number; readonly idle: number }> {
  const rows = await inTime(
    sql<{ active: number; idle: number }[]>`
      select count(*) filter (where state <> 'idle' and pid <> pg_backend_pid()) as active,
        count(*) filter (where state = 'idle' or pid = pg_backend_pid()) as idle
      from pg_stat_activity where application_name = ${POOL_NAME}`,
    POOL_ANSWER_MS_MAX,
    () => new Error("Cannot reach the database: it gave no answer in a second"),
  );
  return rows[0] ?? { active: 0, idle: 0 };
}

export type HeadRow = {
  readonly log: string;
  readonly writer: number;
  readonly size: number;
  readonly root: Buffer;
  readonly at: number;
  readonly snapshot_size: number | null;
  readonly snapshot_digest: Buffer | null;
};

export async function readHead(
  sql: Sql,
  log: string,
): Promise<HeadRow | undefined> {
  const rows = await answered(
    sql<
      HeadRow[]
    >`select log, writer, size, root, at, snapshot_size, snapshot_digest from head where log = ${log}`,
  );
  return rows[0];
}

/** The logs that have a head here. */
export async function headedLogs(sql: Sql): Promise<readonly string[]> {
  const rows = await sql<{ log: string }[]>`select log from head order by log`;
  return rows.map(({ log }) => log);
}

/** Creates the head of a new log; fails when there is one. */
export async function createHead(
  sql: Sql,
  log: string,
  root: Uint8Array,
): Promise<void> {
  await sql`insert into head (log, writer, size, root, at) values (${log}, 0, 0, ${root}, 0)`;
}

/** Each start takes the next writer number before its first append: an older process can then no longer move the head. */
export async function takeWriter(sql: Sql, log: string): Promise<number> {
  const rows = await sql<
    { writer: number }[]
  >`update head set writer = writer + 1 where log = ${log} returning writer`;
  const writer = rows[0]?.writer;
  if (writer === undefined)
    throw new LogHalted(
      `Cannot take log ${log}: it has no head in the database`,
    );
  return writer;
}

/** Where a head is to stand. */
export type HeadTarget = {
  readonly size: number;
  readonly root: Uint8Array;
  readonly at: number;
};

/**
 * Moves a head from one size to the next. Anything but exactly one changed row means that nobody knows: the writer stops.
 * A swap whose answer was lost may have been carried out: the same one finds its own target, and a later one names in
 * `asked` what this writer asked for before.
 */
export async function swapHead(
  sql: Sql,
  log: string,
  writer: number,
  from: number,
  to: HeadTarget,
  asked: readonly HeadTarget[] = [],
): Promise<void> {
  const own = [...asked, to].reduce(
    (any, { size, root }) => sql`${any} or (size = ${size} and root = ${root})`,
    sql`size = ${from}`,
  );
  const result = await answered(sql`
    update head set size = ${to.size}, root = ${to.root}, at = ${to.at}
    where log = ${log} and writer = ${writer} and (${own})`);
  if (result.count !== 1)
    throw new LogHalted(
      `Cannot move the head of ${log} from ${from} to ${to.size}: another writer has it; stop one of the two`,
    );
}

/** Where a log's head stands and is moved: one row, compared and swapped. */
export type Heads = {
  readonly read: (log: string) => Promise<HeadRow | undefined>;
  readonly create: (log: string, root: Uint8Array) => Promise<void>;
  readonly takeWriter: (log: string) => Promise<number>;
  readonly swap: (
    log: string,
    writer: number,
    from: number,
    to: HeadTarget,
    asked: readonly HeadTarget[],
  ) => Promise<void>;
};

export function headsIn(sql: Sql): Heads {
  return {
    read: (log) => readHead(sql, log),
    create: (log, root) => createHead(sql, log, root),
    takeWriter: (log) => takeWriter(sql, log),
    swap: (log, writer, from, to, asked) =>
      swapHead(sql, log, writer, from, to, asked),
  };
}

export async function noteSnapshot(
  sql: Sql,
  log: string,
  size: number,
  digest: Uint8Array,
): Promise<void> {
  await answered(
    sql`update head set snapshot_size = ${size}, snapshot_digest = ${digest} where log = ${log}`,
  );
}

export type SealedOpening = {
  readonly leaf: Uint8Array;
  readonly log: string;
  readonly slot: number;
  readonly sealed: Uint8Array;
};

const OPENINGS_AT_ONCE = 200;
const PAUSE_MS = 5;

/**
 * Idempotent by leaf hash: a batch that was copied before a crash may come again. `index` writes whom they name before they
 * stand there themselves. Between the parts is a pause, so that whoever is answered meanwhile does not wait for all of them.
 */
export async function keepOpenings(
  sql: Sql,
  openings: readonly SealedOpening[],
  index?: (openings: readonly SealedOpening[]) => Promise<void>,
): Promise<void> {
  // A list of values would be a statement with a parameter for each of them: nearly all of its cost is reading that.
  for (let at = 0; at < openings.length; at += OPENINGS_AT_ONCE) {
    if (at > 0) await sleep(PAUSE_MS);
    const part = openings.slice(at, at + OPENINGS_AT_ONCE);
    await index?.(part);
    const column = (of: (one: SealedOpening) => string | number) =>
      `{${part.map((one) => JSON.stringify(of(one))).join(",")}}`;
    await answered(
      sql`insert into opening (leaf, log, slot, sealed, indexed)
        select decode(leaf, 'base64'), log, slot, decode(sealed, 'base64'), ${index !== undefined}::boolean from unnest(
          ${column(({ leaf }) => base64(leaf))}::text[], ${column(({ log }) => log)}::text[],
          ${column(({ slot }) => slot)}::bigint[], ${column(({ sealed }) => base64(sealed))}::text[]
        ) as one (leaf, log, slot, sealed)
        on conflict (leaf) do nothing`,
    );
  }
}

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");

/** Some at a time: a busy day has more than memory holds. */
export async function eachOpeningSince(
  sql: Sql,
  slot: number,
  take: (opening: SealedOpening) => void,
): Promise<void> {
  const all = sql<
    SealedOpening[]
  >`select leaf, log, slot, sealed from opening where slot >= ${slot} order by slot`;
  for await (const some of all.cursor(1_000)) for (const one of some) take(one);
}

export async function openingsSince(
  sql: Sql,
  slot: number,
): Promise<readonly SealedOpening[]> {
  return sql<
    SealedOpening[]
  >`select leaf, log, slot, sealed from opening where slot >= ${slot} order by slot`;
}

/**
 * A query may wait for ever for a connection. Whoever asked hears of it in time and may ask again: all that is asked this
 * way may be carried out late, or twice.
 */
export function answered<T>(query: Promise<T>): Promise<T> {
  return inTime(
    query,
    ANSWER_MS_MAX,
    () =>
      new Error("Cannot reach the database: it gave no answer for 10 seconds"),
  );
}
