import {
  close,
  closeSync,
  fdatasync,
  fsyncSync,
  ftruncateSync,
  openSync,
  promises as fs,
  write,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { LogHalted, syncFolder } from "./durable.ts";
import {
  encodeGroup,
  HASH_BYTES,
  type JournalGroup,
  nameOf,
  readGroups,
} from "./journal-format.ts";

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
  readonly beforehand: Uint8Array | undefined;
  readonly resolve: (synced: Synced) => void;
  readonly reject: (error: unknown) => void;
};

/** Writes what must be durable before the group's entries are: the openings of its uses. */
export type Beforehand = (parts: readonly Uint8Array[]) => Promise<void>;

/** Owns the journal's files. One writer; whoever opens it has made sure of that. */
export class Journal {
  readonly #folder: string;
  readonly #beforehand: Beforehand | undefined;
  #file: number;
  #path: string;
  #bytes: number;
  #last: Buffer;
  #next: number;
  #waiting: Waiting[] = [];
  #writing = false;
  #halted: LogHalted | undefined;
  #idle: (() => void)[] = [];
  readonly #files: { path: string; first: number }[];

  private constructor(
    folder: string,
    file: number,
    path: string,
    bytes: number,
    last: Buffer,
    next: number,
    files: { path: string; first: number }[],
    beforehand: Beforehand | undefined,
  ) {
    this.#folder = folder;
    this.#file = file;
    this.#path = path;
    this.#bytes = bytes;
    this.#last = last;
    this.#next = next;
    this.#files = files;
    this.#beforehand = beforehand;
  }

  /** Opens the journal; `from` is where the log's own files end. Gives the groups that are not in them yet. */
  static async open(
    folder: string,
    from: number,
    beforehand?: Beforehand,
  ): Promise<{ journal: Journal; groups: readonly JournalGroup[] }> {
    await fs.mkdir(folder, { recursive: true });
    const names = (await fs.readdir(folder))
      .filter((name) => name.endsWith(".journal"))
      .sort();
    const groups: JournalGroup[] = [];
    const files: { path: string; first: number }[] = [];
    let last: Buffer = Buffer.alloc(HASH_BYTES);
    let next: number | undefined;
    for (const [position, name] of names.entries()) {
      const path = join(folder, name);
      const read = readGroups(
        await fs.readFile(path),
        path,
        next === undefined ? undefined : { last, next },
      );
      if (read.torn !== undefined && position < names.length - 1) {
        throw new LogHalted(
          `Cannot open journal ${path}: it is damaged at byte ${read.torn} and a later file follows; restore it from a mirror`,
        );
      }
      if (read.torn !== undefined) cutOff(path, read.torn);
      groups.push(...read.groups);
      files.push({ path, first: Number(name.slice(0, -".journal".length)) });
      last = read.last ?? last;
      next = read.next ?? next ?? Number(name.slice(0, -".journal".length));
    }
    const start = next ?? from;
    if (start < from)
      throw new LogHalted(
        `Cannot open journal ${folder}: it ends at entry ${start}, the log's files hold ${from}`,
      );
    const path = files.at(-1)?.path ?? join(folder, nameOf(start));
    if (files.length === 0) files.push({ path, first: start });
    const file = openSync(path, "a", 0o600);
    await syncFolder(folder);
    const { size } = await fs.stat(path);
    const journal = new Journal(
      folder,
      file,
      path,
      size,
      last,
      start,
      files,
      beforehand,
    );
    return {
      journal,
      groups: groups.filter(
        (group) =>
          group.first + group.entries.length > from ||
          (group.closes && group.first >= from),
      ),
    };
  }

  /** Index of the next entry. */
  get next(): number {
    return (
      this.#next +
      this.#waiting.reduce(
        (sum, one) => sum + (one.entry === undefined ? 0 : 1),
        0,
      )
    );
  }

  /** Durable when it resolves. Entries that wait while another group is being synced share the next group. */
  append(
    entry: Uint8Array,
    publishBy: number,
    beforehand?: Uint8Array,
  ): Promise<Synced> {
    return this.#enqueue(entry, publishBy, beforehand);
  }

  /** Marks in the journal that the block that ends here takes no more entries. */
  async closeBlock(): Promise<void> {
    await this.#enqueue(undefined, 0, undefined);
  }

  /** Everything that was asked for is durable. */
  async drained(): Promise<void> {
    if (this.#halted !== undefined) throw this.#halted;
    if (!this.#writing && this.#waiting.length === 0) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
    if (this.#halted !== undefined) throw this.#halted;
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

  async close(): Promise<void> {
    if (this.#halted === undefined) await this.drained();
    await closeAsync(this.#file);
  }

  #enqueue(
    entry: Uint8Array | undefined,
    publishBy: number,
    beforehand: Uint8Array | undefined,
  ): Promise<Synced> {
    if (this.#halted !== undefined) return Promise.reject(this.#halted);
    const promise = new Promise<Synced>((resolve, reject) =>
      this.#waiting.push({ entry, publishBy, beforehand, resolve, reject }),
    );
    if (!this.#writing)
      this.#write().catch(
        (error: unknown) =>
          (this.#halted ??= new LogHalted("Cannot write the journal", {
            cause: error,
          })),
      );
    return promise;
  }

  async #write(): Promise<void> {
    this.#writing = true;
    // One turn of the event loop lets everybody who is about to append join the first group.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#take();
      try {
        await this.#writeGroup(batch);
      } catch (error) {
        // After a failed write or sync nobody knows what is on the disk: nothing more is written by this process.
        this.#halted = new LogHalted(
          `Cannot write journal ${this.#path}: ${error instanceof Error ? error.message : "unknown error"}; start again`,
          { cause: error },
        );
        for (const one of [...batch, ...this.#waiting.splice(0)])
          one.reject(this.#halted);
        break;
      }
    }
    this.#writing = false;
    for (const done of this.#idle.splice(0)) done();
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
    const entries = batch.flatMap((one) =>
      one.entry === undefined ? [] : [one.entry],
    );
    const parts = batch.flatMap((one) =>
      one.beforehand === undefined ? [] : [one.beforehand],
    );
    if (parts.length > 0 && this.#beforehand !== undefined)
      await this.#beforehand(parts);
    const first = this.#next;
    const bytes = encodeGroup(
      { first, entries, closes: entries.length === 0 },
      this.#last,
    );
    await writeFully(this.#file, bytes);
    await syncAsync(this.#file);
    this.#last = bytes.subarray(bytes.length - HASH_BYTES);
    this.#next += entries.length;
    this.#bytes += bytes.length;
    const group = {
      first,
      entries,
      publishBy: Math.max(0, ...batch.map((one) => one.publishBy)),
    };
    if (this.#bytes > FILE_BYTES_MAX) await this.#rotate();
    for (const [position, one] of batch.entries())
      one.resolve({ index: first + position, position, group });
  }

  async #rotate(): Promise<void> {
    await closeAsync(this.#file);
    this.#path = join(this.#folder, nameOf(this.#next));
    this.#file = openSync(this.#path, "a", 0o600);
    await syncFolder(this.#folder);
    this.#files.push({ path: this.#path, first: this.#next });
    this.#bytes = 0;
  }
}

function cutOff(path: string, at: number): void {
  const file = openSync(path, "r+");
  ftruncateSync(file, at);
  fsyncSync(file);
  closeSync(file);
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
