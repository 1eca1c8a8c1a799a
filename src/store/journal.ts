import {
  close,
  closeSync,
  fdatasync,
  openSync,
  promises as fs,
  write,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  LogHalted,
  makeFolder,
  syncFolder,
  tidyUp,
  writeWhole,
} from "./durable.ts";
import {
  type Chain,
  encodeGroup,
  HASH_BYTES,
  type JournalGroup,
  nameOf,
} from "./journal-format.ts";
import { filesIn, type JournalFile, readFiles } from "./journal-read.ts";
import type { NewOpening } from "./openings.ts";

const writeAsync = promisify(write);
const syncAsync = promisify(fdatasync);
const closeAsync = promisify(close);

const FILE_BYTES_MAX = 8 * 1024 * 1024;
const GROUP_ENTRIES_MAX = 4096;

/** The entries that were written and synced together, in their order; what a receipt's group is made of. */
export type SyncedGroup = {
  readonly first: number;
  readonly entries: readonly Uint8Array[];
  readonly publishBy: number;
};
export type Synced = {
  readonly index: number;
  readonly position: number;
  readonly group: SyncedGroup;
};

type Waiting = {
  readonly entry: Uint8Array | undefined;
  readonly publishBy: number;
  readonly beforehand: NewOpening | undefined;
  readonly resolve: (synced: Synced) => void;
  readonly reject: (error: unknown) => void;
};
type End = Chain & {
  readonly file: number;
  readonly bytes: number;
  readonly files: JournalFile[];
};

/** Writes what must be durable before the group's entries are: the openings of its uses. */
export type Beforehand = (openings: readonly NewOpening[]) => Promise<void>;

/** The tail of a log: a run of groups. Owns the journal's files. One writer; whoever opens it has made sure of that. */
export class Journal {
  readonly #folder: string;
  readonly #beforehand: Beforehand | undefined;
  readonly #files: JournalFile[];
  readonly #bytesMax: number;
  #file: number;
  #bytes: number;
  #last: Buffer;
  #next: number;
  #waiting: Waiting[] = [];
  #writing = false;
  /** Why nothing more is written: halted for ever, or closed. */
  #ended: Error | undefined;
  #closed: Promise<void> | undefined;
  #idle: (() => void)[] = [];

  private constructor(
    folder: string,
    { file, bytes, files, last, next }: End,
    beforehand: Beforehand | undefined,
    bytesMax: number,
  ) {
    this.#folder = folder;
    this.#file = file;
    this.#bytes = bytes;
    this.#last = last ?? Buffer.alloc(HASH_BYTES);
    this.#next = next;
    this.#files = files;
    this.#beforehand = beforehand;
    this.#bytesMax = bytesMax;
  }

  /** Opens the journal; `from` is where the log's own files end. Gives the groups that are not in them yet. */
  static async open(
    folder: string,
    from: number,
    beforehand?: Beforehand,
    bytesMax = FILE_BYTES_MAX,
  ): Promise<{ journal: Journal; groups: readonly JournalGroup[] }> {
    await makeFolder(folder);
    await tidyUp(folder);
    const files = await filesIn(folder);
    const first = files[0] ?? { path: join(folder, nameOf(from)), first: from };
    if (files.length === 0) files.push(first);
    const { groups, chain, last } = await readFiles(files);
    // What a process wrote and did not sync is read here and may be nowhere on the disk: it is written again, as it was read.
    if (last !== undefined)
      await writeWhole(last.path, last.bytes, { mode: 0o600 });
    if (chain.next < from || first.first > from)
      throw new LogHalted(
        `Cannot open journal ${folder}: it holds the entries from ${first.first} to ${chain.next}, the log's head in the database stands at ${from}; ${chain.next < from ? "the journal is an older copy: bring back the newest one" : "the database is an older copy: bring back the one that belongs to this folder"}, or restore the log from a mirror`,
      );
    const path = files.at(-1)?.path ?? first.path;
    const file = openSync(path, "a", 0o600);
    await syncFolder(folder);
    const { size: bytes } = await fs.stat(path);
    const end = { ...chain, file, bytes, files };
    return {
      journal: new Journal(folder, end, beforehand, bytesMax),
      groups: groups.filter((group) => isBeyond(group, from)),
    };
  }

  /** How many entries the log has with all that was appended. */
  get end(): number {
    return this.#next;
  }

  /** Durable when it resolves. Entries that wait while another group is being synced share the next group. */
  append(
    entry: Uint8Array,
    publishBy: number,
    beforehand?: NewOpening,
  ): Promise<Synced> {
    return this.#enqueue(entry, publishBy, beforehand);
  }

  /** Marks in the journal that the block that ends here takes no more entries. */
  async closeBlock(): Promise<void> {
    await this.#enqueue(undefined, 0, undefined);
  }

  /** Everything that was asked for is durable. */
  async drained(): Promise<void> {
    if (this.#ended instanceof LogHalted) throw this.#ended;
    if (!this.#writing && this.#waiting.length === 0) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
    if (this.#ended instanceof LogHalted) throw this.#ended;
  }

  /** Forgets files whose entries all lie below `size`, which the log's own files hold durably. */
  async forget(size: number): Promise<void> {
    while (this.#files.length > 1) {
      const [oldest, second] = this.#files;
      if (oldest === undefined || second === undefined || second.first > size)
        return;
      await fs.rm(oldest.path, { force: true });
      this.#files.shift();
    }
  }

  /**
   * What was asked for is written; whoever comes later is refused, and never writes into a file that is not ours. A second
   * time closes nothing: the number of the file may be that of another by then.
   */
  async close(): Promise<void> {
    await (this.#closed ??= this.#close());
  }

  async #close(): Promise<void> {
    const halted = this.#ended !== undefined;
    this.#ended ??= new Error(
      `Cannot append to journal ${this.#folder}: it is closed`,
    );
    if (!halted) await this.drained();
    // Also one that was halted from outside may be in the middle of a group: its file is closed behind it.
    if (this.#writing)
      await new Promise<void>((resolve) => this.#idle.push(resolve));
    await closeAsync(this.#file);
  }

  #enqueue(
    entry: Uint8Array | undefined,
    publishBy: number,
    beforehand: NewOpening | undefined,
  ): Promise<Synced> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    const promise = new Promise<Synced>((resolve, reject) =>
      this.#waiting.push({ entry, publishBy, beforehand, resolve, reject }),
    );
    if (!this.#writing)
      this.#write().catch(
        (error: unknown) => (this.#ended ??= this.#halt(error)),
      );
    return promise;
  }

  async #write(): Promise<void> {
    this.#writing = true;
    // One turn of the event loop lets everybody who is about to append join the first group.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      if (this.#ended instanceof LogHalted) {
        for (const one of this.#waiting.splice(0)) one.reject(this.#ended);
        break;
      }
      const batch = this.#take();
      try {
        await this.#writeGroup(batch);
      } catch (error) {
        this.#ended = this.#halt(error);
        for (const one of [...batch, ...this.#waiting.splice(0)])
          one.reject(this.#ended);
        break;
      }
    }
    this.#writing = false;
    for (const done of this.#idle.splice(0)) done();
  }

  /** Nothing more is written by this process, since something that belongs to it failed; gives what everybody is told. */
  halt(cause: unknown): LogHalted {
    const halted = this.#halt(cause);
    this.#ended ??= halted;
    return halted;
  }

  /** After a failed write or sync nobody knows what is on the disk: nothing more is written by this process. */
  #halt(cause: unknown): LogHalted {
    const why = cause instanceof Error ? cause.message : "unknown error";
    return new LogHalted(
      `Cannot write journal ${this.#folder}: ${why}; start again`,
      { cause },
    );
  }

  /** A block's end stands alone: no group holds entries of two blocks. */
  #take(): Waiting[] {
    const first = this.#waiting[0];
    if (first !== undefined && first.entry === undefined)
      return this.#waiting.splice(0, 1);
    let count = 0;
    while (
      count < this.#waiting.length &&
      count < GROUP_ENTRIES_MAX &&
      this.#waiting[count]?.entry !== undefined
    )
      count++;
    return this.#waiting.splice(0, count);
  }

  async #writeGroup(batch: readonly Waiting[]): Promise<void> {
    const entries = batch.flatMap(({ entry }) =>
      entry === undefined ? [] : [entry],
    );
    const parts = batch.flatMap(({ beforehand }) =>
      beforehand === undefined ? [] : [beforehand],
    );
    if (parts.length > 0) await this.#beforehand?.(parts);
    const first = this.#next;
    const closes = entries.length === 0;
    const bytes = encodeGroup({ first, entries, closes }, this.#last);
    await writeFully(this.#file, bytes);
    await syncAsync(this.#file);
    this.#last = bytes.subarray(bytes.length - HASH_BYTES);
    this.#next += entries.length;
    this.#bytes += bytes.length;
    const group = { first, entries, publishBy: publishByOf(batch) };
    if (this.#bytes > this.#bytesMax) await this.#rotate();
    for (const [position, one] of batch.entries())
      one.resolve({ index: first + position, position, group });
  }

  /** The next file is there before the one before says so: where it says so and none follows, one was taken away. */
  async #rotate(): Promise<void> {
    const path = join(this.#folder, nameOf(this.#next));
    const file = openSync(path, "a", 0o600);
    await syncFolder(this.#folder);
    const mark = { first: this.#next, entries: [], closes: false };
    const bytes = encodeGroup({ ...mark, goesOn: true }, this.#last);
    await writeFully(this.#file, bytes);
    await syncAsync(this.#file);
    this.#last = bytes.subarray(bytes.length - HASH_BYTES);
    await closeAsync(this.#file);
    this.#file = file;
    this.#files.push({ path, first: this.#next });
    this.#bytes = 0;
  }
}

/** One signature promises for the whole group: by the earliest of its times, which no entry may exceed. */
function publishByOf(batch: readonly Waiting[]): number {
  const times = batch.map((one) => one.publishBy).filter((time) => time > 0);
  return times.length === 0 ? 0 : Math.min(...times);
}

/** Whether a group, or the end of a block that it marks, is not in the log's own files yet. */
function isBeyond({ first, entries, closes }: JournalGroup, from: number) {
  return first + entries.length > from || (closes && first >= from);
}

/**
 * Begins the journal of a log whose files end at `at`. It is there before the head is, so that a head without a journal means
 * that the journal was lost.
 */
export async function beginJournal(folder: string, at: number): Promise<void> {
  await makeFolder(folder);
  await tidyUp(folder);
  closeSync(openSync(join(folder, nameOf(at)), "a", 0o600));
  await syncFolder(folder);
}

async function writeFully(file: number, bytes: Buffer): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await writeAsync(
      file,
      bytes,
      done,
      bytes.length - done,
      null,
    );
    done += bytesWritten;
  }
}
