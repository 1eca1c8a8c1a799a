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
 * first; `extend` puts them into the public files, `advance` then moves the head.
 */
export class Log {
  readonly origin: string;
  readonly journal: Journal;
  readonly files: LogFiles;
  readonly #sql: Sql;
  readonly #writer: number;
  /** What the head said at the start. */
  readonly head: HeadRow;
  /** How far the head has come; the files may be ahead of it while the database is away. */
  #headed: number;

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
    this.#headed = head.size;
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
        `Cannot open log ${origin}: the clock says ${new Date(now).toISOString()}, its last head in the database was at ${new Date(head.at).toISOString()}; set the clock right, or use the database that belongs to this folder`,
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

  /** Puts the next entries, in the order of the tree, into the public files. What fails half-way is begun again by the next start. */
  async extend(entries: readonly Uint8Array[]): Promise<void> {
    try {
      await this.files.extend(entries);
    } catch (cause) {
      if (cause instanceof LogHalted) throw cause;
      throw new LogHalted(
        `Cannot write the files of log ${this.origin} at size ${this.files.size}: ${cause instanceof Error ? cause.message : "unknown error"}; start again`,
        { cause },
      );
    }
  }

  /** Moves the head behind the files. While the database is away this fails, and may be tried again. */
  async advance(at: number): Promise<void> {
    const { size } = this.files;
    if (this.#headed === size) return;
    await swapHead(this.#sql, this.origin, this.#writer, this.#headed, {
      size,
      root: this.files.root(),
      at,
    });
    this.#headed = size;
    await this.journal.forget(size);
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
