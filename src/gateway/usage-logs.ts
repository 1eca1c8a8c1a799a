import { quarterOf } from "../acts/dates.ts";
import type { Head, LogRecord } from "../acts/record.ts";
import { totalsRows } from "../audit/usage-state.ts";
import {
  officeOf,
  type ReadRegister,
  type TotalsRow,
} from "../register/register.ts";
import type { SigningKey } from "../store/crypto.ts";
import type { Sql } from "../store/database.ts";
import type { OpeningsFile } from "../store/openings.ts";
import type { Surroundings } from "../store/surroundings.ts";
import { readLogName } from "../uses/log-name.ts";
import { SLOT, type SlotName, slotOf } from "../uses/use.ts";
import type { Followed } from "./follow.ts";
import { UsageLog } from "./usage-log.ts";

export type UsageLogsOptions = {
  readonly folder: string;
  readonly sql: Sql;
  readonly origin: string;
  readonly name: string;
  readonly key: SigningKey;
  readonly enter: (record: LogRecord) => Promise<number>;
  readonly surroundings: Surroundings;
};

const TOTALS_ROWS = 200;
const HOUR = 3_600_000;

/** A gateway's usage logs: one a slot length, changed with the quarter; their blocks, heads and totals. */
export class UsageLogs {
  readonly #options: UsageLogsOptions;
  readonly #openings: OpeningsFile;
  readonly #register: () => ReadRegister;
  readonly #followed: () => Followed;
  readonly #logs = new Map<SlotName, UsageLog>();
  readonly #opening = new Map<SlotName, Promise<UsageLog>>();
  /** Records go into the register log one after the other, in the order in which they were true. */
  #entering: Promise<unknown> = Promise.resolve();
  #headHour = 0;

  constructor(
    options: UsageLogsOptions,
    openings: OpeningsFile,
    register: () => ReadRegister,
    followed: () => Followed,
  ) {
    this.#options = options;
    this.#openings = openings;
    this.#register = register;
    this.#followed = followed;
  }

  /** Reopens the logs that the register knows as open; blocks are cut and heads entered before anything is served. */
  async reopenAll(): Promise<void> {
    const { origin, name } = this.#options;
    for (const [log, { head }] of this.#register().heads) {
      const read = readLogName(officeOf(origin), log);
      if (read === undefined || read.gateway !== name || head.closed === true) {
        continue;
      }
      await this.#reopen(read.slotName, read.quarter);
    }
    // What was ended or narrowed while nobody followed: a log whose quarter is over takes nothing any more.
    await this.cut((log) => log.span.to > this.#options.surroundings.now());
  }

  /** The log of a slot length that is open now. */
  at(slotName: SlotName): UsageLog | undefined {
    return this.#logs.get(slotName);
  }

  /** The log of this quarter; a new one is entered with its head before anything stands in it. */
  async current(slotName: SlotName): Promise<UsageLog> {
    const now = this.#options.surroundings.now();
    const quarter = quarterOf(slotOf(now, SLOT[slotName]));
    const open = this.#logs.get(slotName);
    if (open?.quarter === quarter) return open;
    const opening =
      this.#opening.get(slotName) ??
      this.#open(slotName, quarter).finally(() =>
        this.#opening.delete(slotName),
      );
    this.#opening.set(slotName, opening);
    return opening;
  }

  /**
   * The slot of the open block, begun where needed: in a new slot, or when the admission rests on an entry that lies behind
   * the anchor of the block. Whatever was ended or narrowed has cut the block before, so an older anchor decides the same.
   */
  block(log: UsageLog, basis: number): number {
    const slot = slotOf(this.#options.surroundings.now(), log.slotLength);
    const anchored = log.anchorFor(slot);
    if (anchored === undefined || basis >= anchored) {
      log.begin(slot, this.#followed());
    }
    return slot;
  }

  /** Cuts every block on what the gateway has followed, and enters the heads. */
  async cut(which: (log: UsageLog) => boolean = () => true): Promise<void> {
    const now = this.#options.surroundings.now();
    const logs = [...this.#logs.values()].filter(which);
    for (const log of logs) {
      log.begin(slotOf(now, log.slotLength), this.#followed());
    }
    await this.#enterHeads(logs);
  }

  /** Slots that are over, heads that are due, what is due in public, quarters that are over. */
  async tick(): Promise<void> {
    const now = this.#options.surroundings.now();
    const hour = slotOf(now, HOUR);
    for (const log of this.#logs.values()) {
      if (log.slot !== undefined && log.slot + log.slotLength <= now) {
        log.endSlot();
      }
    }
    if (hour > this.#headHour) {
      this.#headHour = hour;
      await this.#enterHeads(
        [...this.#logs.values()].filter((log) => log.size > log.headed),
      );
    }
    for (const log of [...this.#logs.values()]) {
      await log.publish(now);
      if (log.span.to <= now) await this.#close(log);
    }
  }

  /** What the open logs add up to, by permit, month and fee. */
  totals(): readonly TotalsRow[] {
    const closed = this.#register().closedTotals;
    return [...this.#logs.values()].flatMap((log) =>
      closed.has(log.origin) ? [] : totalsRows(log.totals),
    );
  }

  async close(): Promise<void> {
    await this.#entering;
    for (const log of this.#logs.values()) await log.close();
  }

  async #open(slotName: SlotName, quarter: string): Promise<UsageLog> {
    const before = this.#logs.get(slotName);
    if (before !== undefined) await this.#close(before);
    const log = await this.#reopen(slotName, quarter);
    this.block(log, 0);
    await this.#enterHeads([log]);
    return log;
  }

  async #reopen(slotName: SlotName, quarter: string): Promise<UsageLog> {
    const { sql, folder, origin, name, key, surroundings } = this.#options;
    const log = await UsageLog.open(
      sql,
      { folder, office: officeOf(origin), gateway: name, slotName, quarter },
      key,
      this.#openings,
      surroundings.now(),
      this.#register(),
    );
    this.#logs.set(slotName, log);
    return log;
  }

  /** The quarter is over: the last slot ends, everything is public, totals and the closing head are entered. */
  async #close(log: UsageLog): Promise<void> {
    if (this.#logs.get(log.slotName) !== log) return;
    this.#logs.delete(log.slotName);
    log.endSlot();
    await log.publish(Math.max(this.#options.surroundings.now(), log.span.to));
    const rows = totalsRows(log.totals);
    // A process that was killed in between goes on where the totals ended.
    const entered = this.#register().closedTotals.get(log.origin)?.length ?? 0;
    for (let at = entered; at < rows.length; at += TOTALS_ROWS) {
      await this.#enter({
        kind: "totals",
        log: log.origin,
        rows: rows.slice(at, at + TOTALS_ROWS),
      });
    }
    await this.#enter(log.head(true));
    await log.close();
  }

  /** Heads as they are now, entered when what they promise is durable. */
  async #enterHeads(logs: readonly UsageLog[]): Promise<void> {
    const heads = logs.map((log): [UsageLog, Head] => [log, log.head()]);
    await Promise.all(
      heads.map(([log, head]) => {
        log.headed = head.size;
        return this.#enter(head, () => log.drained());
      }),
    );
  }

  #enter(
    record: LogRecord,
    before: () => Promise<void> = () => Promise.resolve(),
  ): Promise<unknown> {
    const entered = this.#entering
      .then(before)
      .then(() => this.#options.enter(record));
    // One that fails is heard of by whoever waits for it, and does not hold up the next.
    this.#entering = entered.catch(() => undefined);
    return entered;
  }
}
