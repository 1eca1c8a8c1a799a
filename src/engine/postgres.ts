import postgres from "postgres";
import { Malformed } from "../acts/canonical.ts";
import { checkPlan } from "../uses/check-plan.ts";
import type { Condition, Plan, RecordsPlan } from "../uses/plan.ts";
import { EngineFailed } from "./failed.ts";
import type { Row } from "./in-memory.ts";
import { LookUps } from "./look-ups.ts";
import {
  inspectTable,
  type PostgresPlace,
  type Served,
} from "./postgres-table.ts";
import { decoded, exactly, parameter } from "./postgres-values.ts";
import {
  type AskedTable,
  batchesOf,
  runOnTable,
  streamOnTable,
  subjectsOnTable,
} from "./run-on-table.ts";
import {
  ANSWER_LIMITS,
  type AnswerLimits,
  type Batch,
  type EngineAnswer,
  type From,
  type Source,
} from "./source.ts";
import type { Sql } from "./sql.ts";
import { type Opened, streamed } from "./streamed.ts";
import { Turns } from "./turns.ts";

export type PostgresLimits = AnswerLimits & {
  readonly lookUpsAtATime: number;
  readonly plansAtATime: number;
  readonly streamsAtATime: number;
  readonly timeoutMs: number;
  readonly idleMs: number;
};

const LIMITS: PostgresLimits = {
  lookUpsAtATime: 2,
  plansAtATime: 2,
  streamsAtATime: 2,
  timeoutMs: 10_000,
  idleMs: 30_000,
  ...ANSWER_LIMITS,
};

const STREAMED_AT_A_TIME = 5_000;
/** How long a server may take to say that it gave up by itself, before it is told to. */
const GRACE_MS = 1_000;

/**
 * A table in a department's own database, asked in place: read only, by few connections, never longer than the limit.
 * Should the database be away when the office starts, the table is looked at when it is first asked.
 */
export class PostgresSource implements Source {
  readonly #served: Served;
  readonly #place: PostgresPlace;
  readonly #limits: PostgresLimits;
  readonly #plans: Turns<number>;
  readonly #lookUps: Turns<number>;
  readonly #streams: Turns<number>;
  #sql: postgres.Sql;
  #on: Promise<AskedTable> | undefined;

  private constructor(
    served: Served,
    place: PostgresPlace,
    limits: PostgresLimits,
  ) {
    this.#served = served;
    this.#place = place;
    this.#limits = limits;
    this.#plans = turnsOf(limits.plansAtATime);
    this.#lookUps = turnsOf(limits.lookUpsAtATime);
    this.#streams = turnsOf(limits.streamsAtATime);
    this.#sql = this.#connect();
  }

  /** Throws `Malformed` for a table that cannot be served as it is; `onAway` hears that the database is not there. */
  static async open(
    served: Served,
    place: PostgresPlace,
    limits: Partial<PostgresLimits> = {},
    onAway: (line: string) => void = () => undefined,
  ): Promise<PostgresSource> {
    const source = new PostgresSource(served, place, { ...LIMITS, ...limits });
    try {
      await source.#asked();
    } catch (error) {
      if (error instanceof EngineFailed) {
        onAway(
          `Cannot look at the table of ${served.dataset} (${codeOf(error.cause)}): it is looked at when it is asked`,
        );
        return source;
      }
      await source.close();
      throw error;
    }
    return source;
  }

  async run(plan: Plan, from: From = {}): Promise<EngineAnswer> {
    checkPlan(plan, this.#served.fields);
    if (plan.form === "answer" && plan.key.some(({ value }) => hasNul(value)))
      return { kind: "answer", result: "notOnRecord", subjects: [] };
    return runOnTable(await this.#ready(), ...askable(plan, from));
  }

  async subjectsOf(plan: Plan, from: From = {}): Promise<readonly string[]> {
    if (plan.form === "answer") return (await this.run(plan, from)).subjects;
    checkPlan(plan, this.#served.fields);
    return subjectsOnTable(await this.#ready(), ...askable(plan, from));
  }

  async *stream(
    plan: RecordsPlan,
    from: From = {},
  ): AsyncGenerator<Batch, void, undefined> {
    checkPlan(plan, this.#served.fields);
    const on = await this.#ready();
    yield* streamed(this.#streams, this.#limits, async () =>
      this.#open(
        await streamOnTable(on, ...askable(plan, from)),
        batchesOf(plan, on.table),
      ),
    );
  }

  async close(): Promise<void> {
    await this.#sql.end({ timeout: 2 });
  }

  #connect(): postgres.Sql {
    const { lookUpsAtATime, plansAtATime } = this.#limits;
    return connect(
      this.#place.url,
      this.#limits,
      lookUpsAtATime + plansAtATime,
    );
  }

  /** The same from the side of whoever asks: what a table became since must not be told. */
  async #ready(): Promise<AskedTable> {
    try {
      return await this.#asked();
    } catch (cause) {
      if (cause instanceof Malformed)
        throw new EngineFailed("broken", { cause });
      throw cause;
    }
  }

  #asked(): Promise<AskedTable> {
    this.#on ??= this.#inspected().catch((error: unknown) => {
      this.#on = undefined;
      throw error;
    });
    return this.#on;
  }

  async #inspected(): Promise<AskedTable> {
    const sql = this.#sql;
    const { table, indexed } = await this.#within(
      inspectTable(sql, this.#served, this.#place),
      () => this.#leave(sql),
    );
    const rowsOf =
      (turns: Turns<number>) =>
      (asked: Sql): Promise<readonly Row[]> =>
        turns.use(async () => decoded(await this.#askPool(asked), asked));
    return {
      table,
      limits: this.#limits,
      lookUps: new LookUps(table, this.#limits.rowsMax, rowsOf(this.#lookUps)),
      indexed,
      ask: rowsOf(this.#plans),
      askExactly: (asked) =>
        this.#plans.use(async () => exactly(await this.#askPool(asked))),
    };
  }

  /**
   * A cursor in one read-only transaction: a batch is a statement of its own, with the time of one. The connection is the
   * stream's alone and ends with it; one of the pool that broke while it was reserved would take the process along.
   */
  async #open(
    sql: Sql,
    batchOf: ReturnType<typeof batchesOf>,
  ): Promise<Opened> {
    const connection = connect(this.#place.url, this.#limits, 1);
    const close = (): Promise<void> => connection.end({ timeout: 0 });
    try {
      await this.#ask(connection, {
        text: "begin transaction isolation level repeatable read read only",
        values: [],
        gives: [],
      });
      await this.#ask(connection, {
        ...sql,
        text: `declare rows_of_stream no scroll cursor for ${sql.text}`,
      });
      const fetch = {
        text: `fetch ${STREAMED_AT_A_TIME} from rows_of_stream`,
        values: [],
        gives: sql.gives,
      };
      return {
        next: async () => {
          const rows = decoded(await this.#ask(connection, fetch), fetch);
          return batchOf(
            sql.gives.map((_, at) => rows.map((row) => row[at] ?? null)),
          );
        },
        close,
      };
    } catch (error) {
      await close();
      throw error;
    }
  }

  /** A connection that the server ended while nobody used it is noticed by the next statement: that one is asked again. */
  async #askPool(asked: Sql): Promise<readonly (readonly unknown[])[]> {
    try {
      return await this.#ask(this.#sql, asked);
    } catch (error) {
      if (
        !(error instanceof EngineFailed) ||
        !LOST.includes(codeOf(error.cause))
      )
        throw error;
      return this.#ask(this.#sql, asked);
    }
  }

  async #ask(
    sql: postgres.Sql,
    { text, values }: Sql,
  ): Promise<readonly (readonly unknown[])[]> {
    const query = sql
      .unsafe(text, values.map(parameter), { prepare: values.length > 0 })
      .values();
    return this.#within(query, () => {
      query.cancel();
      this.#leave(sql);
    });
  }

  /** Connections on which a server does not even give up may never say anything again: others are made. */
  #leave(sql: postgres.Sql): void {
    if (sql !== this.#sql) return;
    this.#sql = this.#connect();
    sql.end({ timeout: 0 }).catch(() => undefined);
  }

  /** The server gives up by itself; should it not, it is told to, and nobody waits for it. */
  async #within<T>(work: PromiseLike<T>, cancel: () => void): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new EngineFailed("late"));
        cancel();
      }, this.#limits.timeoutMs + GRACE_MS);
    });
    try {
      return await Promise.race([work, late]);
    } catch (cause) {
      if (cause instanceof Malformed || cause instanceof EngineFailed)
        throw cause;
      throw new EngineFailed(isLate(cause) ? "late" : "broken", { cause });
    } finally {
      clearTimeout(timer);
    }
  }
}

function turnsOf(count: number): Turns<number> {
  return new Turns([...Array(count).keys()]);
}

function connect(
  url: string,
  limits: PostgresLimits,
  max: number,
): postgres.Sql {
  return postgres(url, {
    max,
    max_lifetime: null,
    connect_timeout: Math.ceil(limits.timeoutMs / 1000),
    onnotice: () => undefined,
    fetch_types: false,
    connection: {
      application_name: "vitrine",
      default_transaction_read_only: true,
      statement_timeout: limits.timeoutMs,
      idle_in_transaction_session_timeout: limits.idleMs + limits.timeoutMs,
      TimeZone: "UTC",
      DateStyle: "ISO, YMD",
      extra_float_digits: 1,
    },
    types: {
      date: {
        to: 1184,
        from: [1082, 1114, 1184],
        parse: (text: string) => text,
        serialize: String,
      },
    },
  });
}

/** Query cancelled, lock not to be had, idle in a transaction. */
const LATE = ["57014", "55P03", "25P03"];

const LOST = ["CONNECTION_CLOSED", "ECONNRESET", "EPIPE", "57P01"];

function isLate(cause: unknown): boolean {
  return LATE.includes(codeOf(cause));
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && "code" in cause
    ? String(cause.code)
    : "no answer";
}

function hasNul(value: unknown): value is string {
  return typeof value === "string" && value.includes("\0");
}

function askable<P extends Plan>(plan: P, from: From): [P, From] {
  const rows = from.rows?.flatMap(withoutNul);
  return [
    plan.form === "answer"
      ? plan
      : { ...plan, where: plan.where.flatMap(withoutNul) },
    // The rows of an answer are held against the filter here.
    rows === undefined || plan.form === "answer" ? from : { ...from, rows },
  ];
}

/** No text of PostgreSQL holds the character 0, and it takes none: what a condition with one means for all others. */
function withoutNul(condition: Condition): readonly Condition[] {
  const { field, op } = condition;
  const never: readonly Condition[] = [
    { field, op: "missing", value: true },
    { field, op: "missing", value: false },
  ];
  if (op === "in") {
    const value = condition.value.filter((one) => !hasNul(one));
    return value.length === 0 ? never : [{ field, op, value }];
  }
  if (op === "missing" || !hasNul(condition.value)) return [condition];
  const value = condition.value.slice(0, condition.value.indexOf("\0"));
  switch (op) {
    case "eq":
      return never;
    case "ne":
      return [{ field, op: "missing", value: false }];
    case "lt":
    case "lte":
      return [{ field, op: "lte", value }];
    case "gt":
    case "gte":
      return [{ field, op: "gt", value }];
  }
}
