import { quarterOf } from "../acts/dates.ts";
import type { LogRecord } from "../acts/record.ts";
import { totalsRows } from "../audit/usage-state.ts";
import { officeOf, type TotalsRow } from "../register/register.ts";
import type { SigningKey } from "../store/crypto.ts";
import type { Sql } from "../store/database.ts";
import type { OpeningsFile } from "../store/openings.ts";
import { SLOT, type SlotName, slotOf } from "../uses/use.ts";
import type { Follower } from "./follow.ts";
import { Unavailable } from "./unavailable.ts";
import { UsageLog } from "./usage-log.ts";

export type UsageLogsOptions = {
  readonly folder: string;
  readonly sql: Sql;
  /** Origin of the register log. */
  readonly origin: string;
  readonly name: string;
  readonly key: SigningKey;
  /** Enters a record of this gateway's in the register log. */
  readonly enter: (record: LogRecord) => Promise<number>;
};

const TOTALS_ROWS = 200;

/** The usage logs of one gateway: opened with their quarter, headed in the register log, closed with their totals. */
export class UsageLogs {
  readonly #options: UsageLogsOptions;
  readonly #openings: OpeningsFile;
  readonly #follower: Follower;
  readonly #now: () => number;
  /** Every log that is open, and those of them whose first head was entered: only these take uses. */
  readonly #open = new Map<SlotName, UsageLog>();
  readonly #ready = new Map<SlotName, UsageLog>();
  readonly #opening = new Map<SlotName, Promise<void>>();
  readonly #closing = new Map<UsageLog, Promise<void>>();
  #turn: Promise<void> = Promise.resolve();

  constructor(
    options: UsageLogsOptions,
    openings: OpeningsFile,
    follower: Follower,
    now: () => number,
  ) {
    this.#options = options;
    this.#openings = openings;
    this.#follower = follower;
    this.#now = now;
  }

  /** Reopens the logs that the register knows and that were not closed. */
  async reopen(): Promise<void> {
    const { origin, name } = this.#options;
    for (const [log, { head }] of this.#follower.register.heads) {
      const [slotName, quarter = ""] = log.split("/").slice(-2);
      if (head.closed === true) continue;
      if (!log.startsWith(`${officeOf(origin)}/${name}/`)) continue;
      if (slotName !== "hour" && slotName !== "minute") continue;
      this.#ready.set(slotName, await this.#openLog(slotName, quarter));
    }
  }

  get all(): readonly UsageLog[] {
    return [...this.#open.values()];
  }

  /** What the open logs add up to. */
  get totals(): readonly TotalsRow[] {
    return this.all.flatMap((log) => totalsRows(log.totals));
  }

  /** Makes sure that there is a log of the running quarter. */
  async prepare(slotName: SlotName): Promise<void> {
    if (this.#at(slotName, this.#now()) !== undefined) return;
    const beginning =
      this.#opening.get(slotName) ??
      this.#begin(slotName).finally(() => this.#opening.delete(slotName));
    this.#opening.set(slotName, beginning);
    await beginning;
  }

  /**
   * The log and slot of the open block, begun where needed: in a new slot, or when the admission rests on an entry that lies
   * behind the anchor of the block. Whatever was ended or narrowed has cut the block before, so an older anchor decides the same.
   */
  block(
    slotName: SlotName,
    basis: number,
    now: number,
  ): { readonly log: UsageLog; readonly slot: number } {
    const log = this.#at(slotName, now);
    if (log === undefined)
      throw new Unavailable(
        `Cannot answer: the usage log of the ${slotName} is being changed; ask again`,
      );
    const slot = slotOf(now, log.slotLength);
    const anchored = log.anchorFor(slot);
    if (anchored === undefined || basis >= anchored)
      log.begin(slot, this.#follower.followed);
    return { log, slot };
  }

  /** Cuts every block: what follows is decided on what was followed last. */
  cut(now: number): void {
    for (const log of this.#open.values()) {
      const slot = slotOf(now, log.slotLength);
      if (slot < log.span.to) log.begin(slot, this.#follower.followed);
      else log.endSlot(this.#follower.followed);
    }
  }

  /** Ends the slots that are over; with `all`, the running ones too. */
  endSlots(all = false): void {
    const now = this.#now();
    for (const log of this.#open.values()) {
      if (log.slot !== undefined && (all || log.slot + log.slotLength <= now))
        log.endSlot(this.#follower.followed);
    }
  }

  /**
   * Enters the heads of the logs, of those alone that grew since their last one where it is asked so. A log whose quarter is
   * over takes no anchor any more, so no head of it could show that it followed: it is closed instead.
   */
  async enterHeads(only: "all" | "grown"): Promise<void> {
    for (const log of this.all) {
      if (log.span.to <= this.#now()) await this.#close(log);
      else if (only === "all" || log.size > log.headed)
        await this.#enterHead(log);
    }
  }

  /** What is due in public becomes so, and a quarter that is over is closed. */
  async publish(): Promise<void> {
    for (const log of this.all) {
      if (log.span.to <= this.#now()) await this.#close(log);
      else await log.publish(this.#now());
    }
  }

  /** The gateway was closed by an act: what it answered becomes public, and nothing is entered any more. */
  async publishOnly(): Promise<void> {
    for (const log of this.all) await log.publish(this.#now());
  }

  async stop(): Promise<void> {
    for (const log of this.all) await log.close();
  }

  /** The log that takes uses at that moment; undefined while the quarter is being changed. */
  #at(slotName: SlotName, now: number): UsageLog | undefined {
    const log = this.#ready.get(slotName);
    const slot = slotOf(now, SLOT[slotName]);
    return log !== undefined && slot < log.span.to ? log : undefined;
  }

  /** A new log is entered with its head before anything stands in it: a log that no head names is not found again. */
  async #begin(slotName: SlotName): Promise<void> {
    const before = this.#open.get(slotName);
    if (before !== undefined) await this.#close(before);
    const now = slotOf(this.#now(), SLOT[slotName]);
    const log = await this.#openLog(slotName, quarterOf(now));
    log.begin(now, this.#follower.followed);
    await this.#enterHead(log);
    this.#ready.set(slotName, log);
  }

  async #openLog(slotName: SlotName, quarter: string): Promise<UsageLog> {
    const { sql, folder, origin, name, key } = this.#options;
    const office = officeOf(origin);
    const place = { folder, office, gateway: name, slotName, quarter };
    const { register } = this.#follower;
    const log = await UsageLog.open(
      ...([sql, place, key, this.#openings, this.#now(), register] as const),
    );
    this.#open.set(slotName, log);
    return log;
  }

  /** Closes a log once, however many ask for it; what failed because the database was away may be asked for again. */
  async #close(log: UsageLog): Promise<void> {
    const closing =
      this.#closing.get(log) ??
      this.#closeOnce(log).finally(() => this.#closing.delete(log));
    this.#closing.set(log, closing);
    await closing;
  }

  /** The quarter is over: the last slot ends, everything is public, totals and the closing head are entered. */
  async #closeOnce(log: UsageLog): Promise<void> {
    if (this.#open.get(log.slotName) !== log) return;
    this.#ready.delete(log.slotName);
    log.endSlot(this.#follower.followed);
    await log.publish(Math.max(this.#now(), log.span.to));
    const { origin } = log;
    const rows = totalsRows(log.totals);
    await this.#inTurn(async () => {
      // A crash may have come between the totals and the closing head.
      const { closedTotals } = this.#follower.register;
      const entered = closedTotals.get(origin)?.length ?? 0;
      for (let at = entered; at < rows.length; at += TOTALS_ROWS) {
        const part = rows.slice(at, at + TOTALS_ROWS);
        await this.#options.enter({ kind: "totals", log: origin, rows: part });
      }
      await this.#options.enter(log.head(true));
      this.#open.delete(log.slotName);
    });
    await log.close();
  }

  async #enterHead(log: UsageLog): Promise<void> {
    await this.#inTurn(async () => {
      if (this.#open.get(log.slotName) !== log) return;
      const head = log.head();
      // A head promises what is durable.
      await log.drained();
      await this.#options.enter(head);
      log.headed = head.size;
    });
  }

  /** One record after the other: of two heads of a log the later entry never names the smaller size. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}
