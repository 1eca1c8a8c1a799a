import { quarterOf, quarterSpan } from "../acts/dates.ts";
import type { LogRecord } from "../acts/record.ts";
import { totalsRows } from "../audit/usage-state.ts";
import { type TotalsRow } from "../register/register.ts";
import { officeOf } from "../register/founding.ts";
import type { SealedUses } from "../rules/seals.ts";
import type { SigningKey } from "../store/crypto.ts";
import type { Sql } from "../store/database.ts";
import { LogHalted } from "../store/durable.ts";
import { inTurn } from "../store/in-turn.ts";
import { Queue } from "../store/queue.ts";
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
  readonly #isLeaving: () => boolean;
  /** Ends what still leaves under a log, before it is closed. */
  readonly #endAll: (log: UsageLog) => void;
  /** Every log that is open, and those of them whose first head was entered: only these take uses. */
  readonly #open = new Map<SlotName, UsageLog>();
  readonly #ready = new Map<SlotName, UsageLog>();
  /** Uses that a seal was for, by log: of every log that was open here, also of those that were closed since. */
  readonly sealed = new Map<string, SealedUses>();
  readonly #opening = new Map<SlotName, Promise<void>>();
  readonly #closing = new Map<UsageLog, Promise<void>>();
  /** One record after the other: of two heads of a log the later entry never names the smaller size. */
  readonly #records = new Queue();

  constructor(
    options: UsageLogsOptions,
    openings: OpeningsFile,
    follower: Follower,
    now: () => number,
    isLeaving: () => boolean,
    endAll: (log: UsageLog) => void,
  ) {
    this.#options = options;
    this.#openings = openings;
    this.#follower = follower;
    this.#now = now;
    this.#isLeaving = isLeaving;
    this.#endAll = endAll;
  }

  /**
   * Reopens the logs that the register knows and that were not closed. Where an act has closed the gateway, its last logs
   * may hold what is not public yet.
   */
  async reopen(): Promise<void> {
    const { origin, name } = this.#options;
    const { heads, gateways, dropped } = this.#follower.register;
    const isOver = gateways.get(name)?.ended !== undefined;
    const last = new Map<SlotName, string>();
    for (const [log, { head, at }] of heads) {
      const [slotName, quarter = ""] = log.split("/").slice(-2);
      if (dropped.has(log)) continue;
      if (head.closed === true && !isOver && !isLeft(log, at)) continue;
      if (!log.startsWith(`${officeOf(origin)}/${name}/`)) continue;
      if (slotName !== "hour" && slotName !== "minute") continue;
      last.set(slotName, quarter);
    }
    for (const [slotName, quarter] of last) {
      const log = await this.#openLog(slotName, quarter);
      const headed = heads.get(log.origin)?.head.size ?? 0;
      if (log.size < headed)
        throw new LogHalted(
          `Cannot open log ${log.origin}: the register log holds a head of size ${headed} and its own files and journal end at ${log.size}, so they are older copies; bring back the newest ones, or restore the log from a mirror`,
        );
      if (heads.get(log.origin)?.head.closed !== true)
        this.#ready.set(slotName, log);
    }
  }

  /** It has closed its logs before their quarter was over, so that an act can close it, and never answers again. */
  get hasLeft(): boolean {
    const { heads } = this.#follower.register;
    return this.all.some(
      ({ origin }) => heads.get(origin)?.head.closed === true,
    );
  }

  get all(): readonly UsageLog[] {
    return [...this.#open.values()];
  }

  /** What those logs add up to whose totals were not entered. */
  get totals(): readonly TotalsRow[] {
    const { heads } = this.#follower.register;
    return this.all
      .filter(({ origin }) => heads.get(origin)?.head.closed !== true)
      .flatMap((log) => totalsRows(log.sums.tally.totals));
  }

  /** The same of what is public. */
  get shownTotals(): readonly TotalsRow[] {
    const { heads } = this.#follower.register;
    return this.all
      .filter(({ origin }) => heads.get(origin)?.head.closed !== true)
      .flatMap((log) => totalsRows(log.sums.shown.totals));
  }

  /** What all logs of this gateway add up to, closed ones and open ones. */
  get ownTotals(): readonly TotalsRow[] {
    const { origin, name } = this.#options;
    const { closedTotals, heads } = this.#follower.register;
    const own = [...closedTotals].filter(
      ([log]) =>
        log.startsWith(`${officeOf(origin)}/${name}/`) &&
        heads.get(log)?.head.closed === true,
    );
    return [...own.flatMap(([, rows]) => rows), ...this.totals];
  }

  /** Entries that no public checkpoint covers yet. */
  get unpublished(): number {
    return this.all.reduce((all, log) => all + log.unpublished, 0);
  }

  /** Makes sure that there is a log of the running quarter. */
  async prepare(slotName: SlotName): Promise<void> {
    if (this.#at(slotName, this.#now()) !== undefined) return;
    const beginning =
      this.#opening.get(slotName) ??
      this.#begin(slotName).finally(() => this.#opening.delete(slotName));
    this.#opening.set(slotName, beginning);
    try {
      await beginning;
    } catch (cause) {
      if (cause instanceof LogHalted || cause instanceof Unavailable)
        throw cause;
      throw new Unavailable(
        `Cannot answer: the usage log of the ${slotName} cannot be opened now; ask again`,
        { cause },
      );
    }
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

  /** The slot of a block of this log in which a settle may stand: of a quarter that is over its last. */
  lateBlock(log: UsageLog, now: number): number {
    const slot = Math.min(
      slotOf(now, log.slotLength),
      log.span.to - log.slotLength,
    );
    if (log.anchorFor(slot) === undefined)
      log.begin(slot, this.#follower.followed);
    return slot;
  }

  /** Cuts every block: what follows is decided on what was followed last. */
  cut(now: number): void {
    for (const log of this.#open.values()) {
      const slot = slotOf(now, log.slotLength);
      if (slot < log.span.to) log.begin(slot, this.#follower.followed);
      else log.endSlot(this.#follower.followed);
    }
  }

  /** Ends the slots that are over. */
  endSlots(): void {
    const now = this.#now();
    for (const log of this.#open.values()) {
      if (log.slot !== undefined && log.slot + log.slotLength <= now)
        log.endSlot(this.#follower.followed);
    }
  }

  /**
   * Enters the heads of the logs, of those alone that grew since their last one where it is asked so. A log whose quarter is
   * over takes no anchor any more, so no head of it could show that it followed: it is closed instead, and last, since that
   * wants the database.
   */
  async enterHeads(only: "all" | "grown"): Promise<void> {
    const now = this.#now();
    for (const log of this.all)
      if (now < log.span.to && (only === "all" || log.size > log.headed))
        await this.#enterHead(log);
    for (const log of this.all) if (log.span.to <= now) await this.#close(log);
  }

  /**
   * An act is about to close the gateway: every slot ends, and what was answered is durable. Gives totals and closing
   * heads, which are entered directly before that act; nothing may be entered in between.
   */
  async leave(): Promise<readonly LogRecord[]> {
    for (const log of this.all)
      if (log.span.to <= this.#now()) await this.#close(log);
    // One that is only being opened holds nothing, and takes nothing any more.
    const logs = this.all.filter(({ size }) => size > 0);
    for (const log of logs) {
      this.#endAll(log);
      log.endSlot(this.#follower.followed);
    }
    for (const log of logs) await log.drained();
    // A head that is on its way stands before the closing one.
    await this.#records.add(() => Promise.resolve());
    return logs.flatMap((log) => this.#closingRecords(log));
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
    await inTurn(...this.all.map((log) => () => log.close()));
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
    if (before !== undefined && before.span.to <= this.#now())
      await this.#close(before);
    const slot = slotOf(this.#now(), SLOT[slotName]);
    this.#mustNotBeClosed(slotName, quarterOf(slot));
    const log =
      this.#open.get(slotName) ??
      (await this.#openLog(slotName, quarterOf(slot)));
    if (this.#isLeaving())
      throw new Unavailable("Cannot answer: the gateway is being closed");
    log.begin(slot, this.#follower.followed);
    await this.#enterHead(log);
    this.#ready.set(slotName, log);
  }

  /** A log ends at its closing head: a clock that was ahead when it was entered has to come as far again. */
  #mustNotBeClosed(slotName: SlotName, quarter: string): void {
    const { origin, name } = this.#options;
    const log = `${officeOf(origin)}/${name}/${slotName}/${quarter}`;
    if (this.#follower.register.heads.get(log)?.head.closed !== true) return;
    throw new Unavailable(
      `Cannot answer: the usage log ${log} was closed, and the clock says that its quarter is not over; set the clock right`,
    );
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
    this.sealed.set(log.origin, log.sums.sealed);
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
    this.#endAll(log);
    log.endSlot(this.#follower.followed);
    await log.publish(Math.max(this.#now(), log.span.to));
    await this.#records.add(async () => {
      for (const record of this.#closingRecords(log))
        await this.#options.enter(record);
      this.#open.delete(log.slotName);
    });
    await log.close();
  }

  /** The totals, in as many records as they want, and the closing head. */
  #closingRecords(log: UsageLog): readonly LogRecord[] {
    const { origin } = log;
    const records: LogRecord[] = [];
    const rows = totalsRows(log.sums.tally.totals);
    // A crash may have come between the totals and the closing head.
    const { closedTotals } = this.#follower.register;
    const entered = closedTotals.get(origin)?.length ?? 0;
    for (let at = entered; at < rows.length; at += TOTALS_ROWS) {
      const part = rows.slice(at, at + TOTALS_ROWS);
      records.push({ kind: "totals", log: origin, rows: part });
    }
    return [...records, log.head(true)];
  }

  async #enterHead(log: UsageLog): Promise<void> {
    await this.#records.add(async () => {
      if (this.#open.get(log.slotName) !== log) return;
      const head = log.head();
      // A head promises what is durable.
      await log.drained();
      await this.#options.enter(head);
      log.headed = head.size;
    });
  }
}

/** A log that was closed before its quarter was over. */
function isLeft(log: string, closedAt: number): boolean {
  const quarter = /\/([0-9]{4}q[1-4])$/.exec(log)?.[1];
  return quarter !== undefined && closedAt < quarterSpan(quarter).to;
}
