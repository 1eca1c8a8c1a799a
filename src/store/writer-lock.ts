import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { LogHalted } from "./durable.ts";
import { inTime } from "./in-time.ts";
import { InUse } from "./in-use.ts";

const ASK_EVERY_MS = 1_000;
const ANSWER_MS_MAX = 5_000;
/** A process that was killed a moment ago: its connection is still being cleared away. */
const PATIENCE_MS = 3_000;

/**
 * The right to write a log, as the database gives it: to one session at a time, on whatever machine and from whatever folder.
 * It is taken before the journal is opened and held by a connection of its own. A connection that breaks is made again
 * and asks again; the number of the writer (`takeWriter`) then tells whether somebody else wrote meanwhile.
 */
export class WriterLock {
  readonly #url: string;
  readonly #log: string;
  /** How PostgreSQL lists the session; the last part tells two holds of one process apart. */
  readonly #name = `vitrine process ${process.pid} on ${hostname().slice(0, 20)} ${randomBytes(4).toString("hex")}`;
  #sql: postgres.Sql;
  #sureAt = performance.now();
  #isReleased = false;
  #lose: (why: LogHalted) => void = () => undefined;
  /** Resolves when somebody else has the log. */
  readonly lost: Promise<LogHalted>;

  private constructor(url: string, log: string) {
    this.#url = url;
    this.#log = log;
    this.#sql = this.#connect();
    this.lost = new Promise((resolve) => {
      this.#lose = (why) => {
        // From this moment on nobody is answered, whatever becomes of the process.
        this.#sureAt = -Infinity;
        resolve(why);
      };
    });
  }

  /** Takes the log, or throws `InUse` with the process that has it. */
  static async hold(url: string, log: string): Promise<WriterLock> {
    const lock = new WriterLock(url, log);
    try {
      const until = performance.now() + PATIENCE_MS;
      while (!(await lock.#ask())) {
        const holder = await lock.#holder();
        if (holder !== undefined && performance.now() > until)
          throw new InUse(
            `Cannot write log ${log}: ${shown(holder.name)} runs it already, on the same database; stop it first`,
          );
        await sleep(100);
      }
    } catch (error) {
      await lock.#sql.end({ timeout: 0 });
      throw error;
    }
    lock
      .#askOn()
      .catch((cause: unknown) =>
        lock.#lose(new LogHalted(`Cannot make sure of log ${log}`, { cause })),
      );
    return lock;
  }

  /** Milliseconds since the database said last that the log is ours. */
  get unsureMs(): number {
    return performance.now() - this.#sureAt;
  }

  async release(): Promise<void> {
    this.#isReleased = true;
    await this.#sql.end({ timeout: 0 });
  }

  async #askOn(): Promise<void> {
    while (!this.#isReleased) {
      await sleep(ASK_EVERY_MS, undefined, { ref: false });
      try {
        if (this.#isReleased || (await this.#ask())) continue;
        const holder = await this.#holder();
        if (holder === undefined) continue;
        if (holder.name !== this.#name)
          return this.#lose(
            new LogHalted(
              `Cannot go on with log ${this.#log}: ${shown(holder.name)} has it by now, on the same database; stop one of the two`,
            ),
          );
        // Our own session of before, whose end the server has not noticed.
        await this.#answered(
          this.#sql`select pg_terminate_backend(${holder.pid}::int)`,
        );
      } catch {
        // Not answered: `unsureMs` grows, and a connection that hangs is not waited for.
        this.#sql.end({ timeout: 0 }).catch(() => undefined);
        if (!this.#isReleased) this.#sql = this.#connect();
      }
    }
  }

  /** The session that has the lock is given it again, so that one question both takes it and makes sure of it. */
  async #ask(): Promise<boolean> {
    const asked = performance.now();
    const [row] = await this.#answered(
      this.#sql<
        { ours: boolean }[]
      >`select pg_try_advisory_lock(${keyOf(this.#sql, this.#log)}) as ours`,
    );
    if (row?.ours === true) this.#sureAt = asked;
    return row?.ours === true;
  }

  async #holder(): Promise<{ pid: number; name: string } | undefined> {
    const [row] = await this.#answered(
      this.#sql<{ pid: number; name: string }[]>`
        select l.pid, coalesce(nullif(a.application_name, ''), 'another session') as name
        from pg_locks l left join pg_stat_activity a on a.pid = l.pid
        where l.locktype = 'advisory' and l.granted and l.objsubid = 1
        and l.database = (select oid from pg_database where datname = current_database())
        and (l.classid::bigint << 32) | l.objid::bigint = ${keyOf(this.#sql, this.#log)}`,
    );
    return row;
  }

  #connect(): postgres.Sql {
    return postgres(this.#url, {
      max: 1,
      // This one connection is the lock: it is never closed for its age.
      max_lifetime: null,
      connect_timeout: ANSWER_MS_MAX / 1000,
      backoff: () => 1,
      onnotice: () => undefined,
      fetch_types: false,
      connection: {
        application_name: this.#name,
        // A machine that went away without a word loses the lock within half a minute.
        tcp_keepalives_idle: 10,
        tcp_keepalives_interval: 5,
        tcp_keepalives_count: 3,
      },
    });
  }

  #answered<T>(query: Promise<T>): Promise<T> {
    return inTime(
      query,
      ANSWER_MS_MAX,
      () => new Error("Cannot reach the database: it gave no answer"),
    );
  }
}

const shown = (name: string): string => name.replace(/ [0-9a-f]{8}$/, "");

/** A log of that name in the schema that the connection works in. */
function keyOf(sql: postgres.Sql, log: string): postgres.Fragment {
  return sql`hashtextextended(coalesce(current_schema(), '') || ' ' || ${log}, 0)`;
}
