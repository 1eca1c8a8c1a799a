import { join } from "node:path";
import { emptyRoot } from "../log/hash.ts";
import {
  createHead,
  type HeadRow,
  readHead,
  type Sql,
  swapHead,
  takeWriter,
} from "./database.ts";
import { primitives } from "./crypto.ts";
import { LogHalted, removeTemporary } from "./durable.ts";
import { type Beforehand, Journal } from "./journal.ts";
import type { JournalGroup } from "./journal-format.ts";
import { LogFiles } from "./log-files.ts";

export type LogPlace = {
  readonly origin: string;
  /** Where the public files lie, and where the journal. */
  readonly publicFolder: string;
  readonly journalFolder: string;
};

/**
 * One log on this machine: journal, public files and head, opened by exactly one writer. Entries are durable in the journal
 * first; `advance` moves them into the public files and then moves the head.
 */
export class Log {
  readonly origin: string;
  readonly journal: Journal;
  readonly files: LogFiles;
  readonly #sql: Sql;
  readonly #writer: number;
  /** What the head said at the start. */
  readonly head: HeadRow;

  private constructor(
    origin: string,
    journal: Journal,
    files: LogFiles,
    sql: Sql,
    writer: number,
    head: HeadRow,
  ) {
    this.origin = origin;
    this.journal = journal;
    this.files = files;
    this.#sql = sql;
    this.#writer = writer;
    this.head = head;
  }

  /** Opens a log, or begins it when its head does not exist. Gives the groups that are durable and not in the files yet. */
  static async open(
    sql: Sql,
    place: LogPlace,
    now: number,
    beforehand?: Beforehand,
  ): Promise<{ log: Log; tail: readonly JournalGroup[] }> {
    const { origin, publicFolder, journalFolder } = place;
    if ((await readHead(sql, origin)) === undefined)
      await createHead(sql, origin, emptyRoot(primitives));
    const writer = await takeWriter(sql, origin);
    const head = await readHead(sql, origin);
    if (head === undefined)
      throw new LogHalted(`Cannot open log ${origin}: its head went away`);
    if (head.at > now + CLOCK_MS_MAX) {
      throw new LogHalted(
        `Cannot open log ${origin}: the clock says ${now}, its last head was at ${head.at}; set the clock right`,
      );
    }
    await removeTemporary(publicFolder);
    const files = await LogFiles.open(publicFolder, head.size, head.root);
    const { journal, groups } = await Journal.open(
      journalFolder,
      head.size,
      beforehand,
    );
    return {
      log: new Log(origin, journal, files, sql, writer, head),
      tail: groups,
    };
  }

  /** Puts the next entries, in the order of the tree, into the public files and moves the head behind them. */
  async advance(entries: readonly Uint8Array[], at: number): Promise<void> {
    if (entries.length === 0) return;
    const from = this.files.size;
    try {
      await this.files.extend(entries);
      const to = { size: this.files.size, root: this.files.root(), at };
      await swapHead(this.#sql, this.origin, this.#writer, from, to);
    } catch (error) {
      if (error instanceof LogHalted) throw error;
      // A write or a swap that failed may have taken effect: only a new start can tell.
      throw new LogHalted(
        `Cannot confirm that the head of ${this.origin} moved from ${from}: ${error instanceof Error ? error.message : "unknown error"}; start again`,
        { cause: error },
      );
    }
    await this.journal.forget(this.files.size);
  }

  async close(): Promise<void> {
    await this.journal.close();
  }
}

/** How far a clock may lie behind what was already written before the writer refuses. */
export const CLOCK_MS_MAX = 60_000;

export function placeOf(
  folder: string,
  origin: string,
  path: string,
): LogPlace {
  return {
    origin,
    publicFolder: join(folder, "public", "log", path),
    journalFolder: join(folder, "journal", path),
  };
}
