import { basename, resolve } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { bytesToHex } from "../acts/bytes.ts";
import { Malformed } from "../acts/canonical.ts";
import { checkPlan, type TypedField } from "../uses/check-plan.ts";
import type { Plan, RecordsPlan } from "../uses/plan.ts";
import {
  askWithin,
  duckdbTable,
  openStream,
  Prepared,
  ROW,
  TABLE,
} from "./ask-duckdb.ts";
import { EngineFailed } from "./failed.ts";
import type { Row } from "./in-memory.ts";
import { LookUps } from "./look-ups.ts";
import {
  type AskedTable,
  runOnTable,
  streamOnTable,
  subjectsOnTable,
} from "./run-on-table.ts";
import type { Batch, EngineAnswer, From } from "./source.ts";
import { quoteName, quoteText, type Sql } from "./sql.ts";
import { streamed } from "./streamed.ts";
import { Turns } from "./turns.ts";
import { ENGINE_TYPES } from "./values.ts";

/** What the engine is to serve: one state of a dataset, in a Parquet file as `importFile` writes it. */
export type Attachment = {
  readonly dataset: string;
  readonly fields: readonly TypedField[];
  readonly subject?: string;
  readonly file: string;
  /** The keys of the dataset's answers: each gets an index. */
  readonly keys?: readonly (readonly string[])[];
};

export type Limits = {
  /** Of one dataset's own engine; the sum over all datasets is the administrator's to keep. */
  readonly memoryMegabytes: number;
  readonly threads: number;
  /** Records and aggregates that run at a time, over all datasets, beside one batch of look-ups; others wait. */
  readonly plansAtATime: number;
  readonly streamsAtATime: number;
  readonly timeoutMs: number;
  /** How long a stream waits for whoever takes its next batch. */
  readonly idleMs: number;
  readonly rowsMax: number;
  readonly subjectsMax: number;
};

/**
 * The turns of all vintages together. A running statement holds one of the four threads that Node also writes and
 * syncs files with: were they all taken, no log could be made durable meanwhile.
 */
export type Gate = {
  readonly plans: Turns<number>;
  readonly lookUps: Turns<number>;
  readonly streams: Turns<number>;
};

export function openGate({ plansAtATime, streamsAtATime }: Limits): Gate {
  return {
    plans: new Turns([...Array(plansAtATime).keys()]),
    lookUps: new Turns([0]),
    streams: new Turns([...Array(streamsAtATime).keys()]),
  };
}

/** Below this a dataset without keys is held in memory as well; above it stays a view over its file. */
const ROWS_IN_MEMORY_MAX = 500_000;

/** What the file of a vintage is called: by its SHA-256. */
export function vintageFile(digest: Uint8Array): string {
  return `${bytesToHex(digest)}.parquet`;
}

/**
 * One vintage in a DuckDB of its own. The instance is open while it loads and sealed before it serves: no file, no
 * extension, no setting can be reached through it any more. Had all datasets one instance, it would have to keep a
 * folder open for the vintages to come; so the next vintage comes as the next instance, and this one is retired.
 */
export class Vintage {
  /** Its file's: digest-named, so it stands for the content. */
  readonly name: string;
  readonly #instance: DuckDBInstance;
  readonly #limits: Limits;
  readonly #fields: readonly TypedField[];
  readonly #connections: readonly DuckDBConnection[];
  readonly #plans: Turns<DuckDBConnection>;
  readonly #lookUps: Turns<Prepared>;
  readonly #gate: Gate;
  readonly #on: AskedTable;
  #asked = 0;
  #retired = false;

  private constructor(
    { fields, subject, file, keys = [] }: Attachment,
    limits: Limits,
    gate: Gate,
    instance: DuckDBInstance,
    [first, ...others]: readonly [DuckDBConnection, ...DuckDBConnection[]],
  ) {
    this.name = basename(file);
    this.#fields = fields;
    this.#limits = limits;
    this.#gate = gate;
    this.#instance = instance;
    this.#connections = [first, ...others];
    this.#lookUps = new Turns([new Prepared(first)]);
    this.#plans = new Turns(others);
    const table = duckdbTable(fields, subject);
    const ask = (sql: Sql) => this.ask(sql);
    this.#on = {
      table,
      limits,
      lookUps: new LookUps(table, limits.rowsMax, (sql) => this.lookUp(sql)),
      indexed: new Set(
        keys.flatMap(([only, ...more]) =>
          only === undefined || more.length > 0 ? [] : [only],
        ),
      ),
      ask,
      askExactly: ask,
    };
  }

  /** Loads a vintage; throws `EngineFailed` when its file is missing, broken or not what the fields say. */
  static async load(
    attachment: Attachment,
    limits: Limits,
    gate: Gate,
  ): Promise<Vintage> {
    const instance = await openInstance(limits);
    try {
      const first = await instance.connect();
      await fill(first, attachment);
      const others = await Promise.all(
        Array.from({ length: limits.plansAtATime }, () => instance.connect()),
      );
      return new Vintage(attachment, limits, gate, instance, [
        first,
        ...others,
      ]);
    } catch (cause) {
      instance.closeSync();
      throw new EngineFailed("unreadable", { cause });
    }
  }

  async run(plan: Plan, from: From): Promise<EngineAnswer> {
    checkPlan(plan, this.#fields);
    return this.#asking(() => runOnTable(this.#on, plan, from));
  }

  async subjectsOf(plan: Plan, from: From): Promise<readonly string[]> {
    checkPlan(plan, this.#fields);
    return this.#asking(() => subjectsOnTable(this.#on, plan, from));
  }

  async *stream(
    plan: RecordsPlan,
    from: From,
  ): AsyncGenerator<Batch, void, undefined> {
    checkPlan(plan, this.#fields);
    this.#asked++;
    try {
      yield* streamed(this.#gate.streams, this.#limits, async () => {
        const sql = await streamOnTable(this.#on, plan, from);
        // A stream has a connection of its own: what it has not read goes with it.
        const connection = await this.#instance.connect();
        return openStream(connection, sql, plan, this.#on.table, this.#limits);
      });
    } finally {
      this.#asked--;
      this.#closeWhenDone();
    }
  }

  /** Runs work that asks this vintage; a retired one is closed when the last such work is done. */
  async #asking<T>(work: () => Promise<T>): Promise<T> {
    this.#asked++;
    try {
      return await work();
    } finally {
      this.#asked--;
      this.#closeWhenDone();
    }
  }

  /** Rows of a statement, when its turn comes. */
  ask(sql: Sql): Promise<readonly Row[]> {
    const { timeoutMs } = this.#limits;
    return this.#gate.plans.use(
      () =>
        this.#plans.use((connection) => askWithin(connection, sql, timeoutMs)),
      timeoutMs,
    );
  }

  /** The same in the turns of the look-ups, which no long plan can occupy. */
  lookUp(sql: Sql): Promise<readonly Row[]> {
    return this.#gate.lookUps.use(() =>
      this.#lookUps.use((prepared) =>
        prepared.ask(sql, this.#limits.timeoutMs),
      ),
    );
  }

  retire(): void {
    this.#retired = true;
    this.#closeWhenDone();
  }

  #closeWhenDone(): void {
    if (!this.#retired || this.#asked > 0) return;
    for (const connection of this.#connections) connection.closeSync();
    this.#instance.closeSync();
  }
}

function openInstance({
  memoryMegabytes,
  threads,
}: Limits): Promise<DuckDBInstance> {
  return DuckDBInstance.create(":memory:", {
    memory_limit: `${memoryMegabytes}MB`,
    threads: String(threads),
    // Nothing is spilled: no row stands in a temporary file.
    temp_directory: "",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
  });
}

async function fill(
  connection: DuckDBConnection,
  { dataset, fields, file, keys = [] }: Attachment,
): Promise<void> {
  const path = quoteText(resolve(file));
  await connection.run("set timezone = 'UTC'");
  await checkColumns(connection, dataset, path, fields);
  const counted = await connection.runAndReadAll(
    `select count(*) from read_parquet(${path})`,
  );
  const inMemory =
    keys.length > 0 || Number(counted.getRows()[0]?.[0]) <= ROWS_IN_MEMORY_MAX;
  const columns = [
    ...fields.map((f) => quoteName(f.name)),
    `file_row_number as ${ROW}`,
  ].join(", ");
  await connection.run(
    `create ${inMemory ? "table" : "view"} ${TABLE} as select ${columns} from read_parquet(${path}, file_row_number = true)`,
  );
  const wanted = new Map(
    keys.map((key) => [key.map(quoteName).join(", "), key]),
  );
  for (const [list, key] of wanted) {
    const stranger = key.find((name) => !fields.some((f) => f.name === name));
    if (stranger !== undefined)
      throw new Malformed(
        `Cannot index ${dataset}: it has no field "${stranger}"`,
      );
    await connection.run(
      `create index ${quoteName(`key ${list}`)} on ${TABLE} (${list})`,
    );
  }
  if (!inMemory) await connection.run(`set allowed_paths = [${path}]`);
  await connection.run("set enable_external_access = false");
  await connection.run("set lock_configuration = true");
}

async function checkColumns(
  connection: DuckDBConnection,
  dataset: string,
  path: string,
  fields: readonly TypedField[],
): Promise<void> {
  const described = await connection.runAndReadAll(
    `select column_name, column_type from (describe select * from read_parquet(${path}))`,
  );
  const found = new Map(
    described.getRows().map(([name, type]) => [name, type]),
  );
  for (const { name, type } of fields) {
    const [has, want] = [found.get(name), String(ENGINE_TYPES[type])];
    if (has !== want)
      throw new Malformed(
        `Cannot load ${dataset}: column ${name} is ${String(has ?? "missing")}, want ${want}`,
      );
  }
}
