import { join } from "node:path";
import { emptyRoot } from "../log/hash.ts";
import {
  type HeadRow,
  type Heads,
  headsIn,
  type HeadTarget,
  type Sql,
} from "./database.ts";
import { primitives } from "./crypto.ts";
import { LogHalted, tidyUp } from "./durable.ts";
import { endOfFiles } from "./files-end.ts";
import { beginJournal, type Beforehand, Journal } from "./journal.ts";
import { journalBytes } from "./journal-read.ts";
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
  readonly #heads: Heads;
  readonly #writer: number;
  /** What the head said at the start. */
  readonly head: HeadRow;
  /** How far the head has come; the files may be ahead of it while the database is away. */
  #headed: number;
  /** What the head was asked to be since, and no answer came: it may be there. */
  #asked: HeadTarget[] = [];

  private constructor(
    origin: string,
    journal: Journal,
    files: LogFiles,
    heads: Heads,
    writer: number,
    head: HeadRow,
  ) {
    this.origin = origin;
    this.journal = journal;
    this.files = files;
    this.#heads = heads;
    this.#writer = writer;
    this.head = head;
    this.#headed = head.size;
  }

  /** Opens a log, or begins it where nothing of it exists. Gives the groups that are durable and not in the files yet. */
  static open(
    sql: Sql,
    place: LogPlace,
    now: number,
    beforehand?: Beforehand,
  ): Promise<{ log: Log; tail: readonly JournalGroup[] }> {
    return Log.openWith(headsIn(sql), place, now, beforehand);
  }

  static async openWith(
    heads: Heads,
    place: LogPlace,
    now: number,
    beforehand?: Beforehand,
  ): Promise<{ log: Log; tail: readonly JournalGroup[] }> {
    const { origin, publicFolder, journalFolder } = place;
    await beginOrGoOn(heads, place);
    const writer = await heads.takeWriter(origin);
    const head = await heads.read(origin);
    if (head === undefined)
      throw new LogHalted(
        `Cannot open log ${origin}: its head went away from the database; bring back the database that belongs to this folder`,
      );
    if (head.at > now + CLOCK_MS_MAX) {
      throw new LogHalted(
        `Cannot open log ${origin}: the clock says ${new Date(now).toISOString()}, its last head in the database was at ${new Date(head.at).toISOString()}; set the clock right, or use the database that belongs to this folder`,
      );
    }
    await tidyUp(publicFolder);
    const files = await LogFiles.open(publicFolder, head.size, head.root);
    const { journal, groups } = await Journal.open(
      journalFolder,
      head.size,
      beforehand,
    );
    const end = await endOfFiles(publicFolder, journal.end);
    if (end > journal.end) {
      await journal.close();
      throw new LogHalted(
        `Cannot open log ${origin}: its files go to ${end}, its journal to ${journal.end} and its head in the database to ${head.size}, so journal and database are older copies; bring back those that belong to the files, or restore the log from a mirror`,
      );
    }
    return {
      log: new Log(origin, journal, files, heads, writer, head),
      tail: groups,
    };
  }

  /** Puts the next entries, in the order of the tree, into the public files. What fails half-way is begun again by the next start. */
  async extend(entries: readonly Uint8Array[]): Promise<void> {
    if (this.files.size + entries.length > this.journal.end)
      throw new LogHalted(
        `Cannot write the files of log ${this.origin} to ${this.files.size + entries.length}: its journal ends at ${this.journal.end}; start again`,
      );
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
    const to = { size, root: this.files.root(), at };
    const asked = [...this.#asked];
    this.#asked.push(to);
    await this.#heads.swap(this.origin, this.#writer, this.#headed, to, asked);
    this.#asked = [];
    this.#headed = size;
    await this.journal.forget(size);
  }

  async close(): Promise<void> {
    await this.journal.close();
  }
}

/**
 * The journal of a log is there before its head is. So a log is new where there is no head and nothing was ever written; files
 * without a head, and a head without a journal, are what is left of a log whose other part was lost.
 */
async function beginOrGoOn(
  heads: Heads,
  { origin, publicFolder, journalFolder }: LogPlace,
): Promise<void> {
  const head = await heads.read(origin);
  const bytes = await journalBytes(journalFolder);
  if (head !== undefined) {
    if (bytes !== undefined) return;
    throw new LogHalted(
      `Cannot open log ${origin}: it has a head of size ${head.size} in the database and no journal in ${journalFolder}, where entries may have stood that are in no file yet; bring the journal back, use the folder that belongs to this database, or restore the log from a mirror`,
    );
  }
  const end = await endOfFiles(publicFolder, 0);
  if (end > 0 || (bytes ?? 0) > 0)
    throw new LogHalted(
      `Cannot open log ${origin}: its ${end > 0 ? `files in ${publicFolder} go to ${end}` : `journal in ${journalFolder} holds entries`}, and the database has no head of it; bring back the database that belongs to this folder, or restore the log from a mirror`,
    );
  // Also where it is there: whoever made it may have ended before it was durable.
  await beginJournal(journalFolder, 0);
  await heads.create(origin, emptyRoot(primitives));
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
