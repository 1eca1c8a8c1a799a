import { createHash, randomBytes } from "node:crypto";
import { promises as fs } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import type { Batch } from "../../engine/source.ts";
import { encode } from "../../acts/canonical.ts";
import { isMissing, makeFolder, writeWhole } from "../../store/durable.ts";
import { Queue } from "../../store/queue.ts";
import { Unavailable } from "../unavailable.ts";
import { type Column, typeOf } from "./batch.ts";
import { writeParquet } from "./parquet.ts";

/** What decides the rows of a file, beside its columns: the permit with the entry that made it what it is, and the vintage. */
export type FileKey = {
  /** Undefined for open data. */
  readonly permit: string | undefined;
  readonly entry: number;
  readonly vintage: string;
};

/** A file that stays where it is until it is released. */
export type Lease = {
  readonly path: string;
  readonly size: number;
  /** Strong: the first half of the file's SHA-256. */
  readonly etag: string;
  /** SHA-256 of its bytes, in base64url. */
  readonly sha256: string;
  readonly release: () => void;
};

const indexed = z.strictObject({
  permit: z.exactOptional(z.string()),
  entry: z.int(),
  vintage: z.string(),
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  size: z.int(),
});

type Kept = {
  readonly sha256: string;
  readonly size: number;
  /** The keys whose rows it holds: two may have the same bytes. */
  readonly ids: Map<string, FileKey>;
  leases: number;
  /** The state of the disk in which its bytes were found to be those of its name. */
  seen?: string;
};

/**
 * Parquet files as they are fetched by ranges, made once per permit, vintage and columns and named by their SHA-256. A cache: it holds
 * at most so many bytes, what was used least recently goes first, and what is gone or damaged is made again. One process owns the folder.
 */
export class BulkFiles {
  readonly #folder: string;
  readonly #bytesMax: number;
  /** In the order of their last use. */
  readonly #kept = new Map<string, Kept>();
  readonly #byId = new Map<string, Kept>();
  readonly #making = new Map<string, Promise<void>>();
  /** Bytes of the file that is not finished. */
  #growing = 0;
  /** What removes a name never meets what just took it. */
  readonly #changes = new Queue();
  /** One file is made at a time: one row group in memory, and no two that leave each other no room. */
  readonly #makings = new Queue();

  private constructor(folder: string, bytesMax: number) {
    this.#folder = folder;
    this.#bytesMax = bytesMax;
  }

  /** Finds what an earlier process made; what it left unfinished or unlisted is removed. */
  static async open(folder: string, bytesMax: number): Promise<BulkFiles> {
    const files = new BulkFiles(folder, bytesMax);
    await makeFolder(folder);
    await files.#recall();
    await files.#makeRoom();
    return files;
  }

  /** The bytes that are taken, those of an unfinished file included. */
  get bytes(): number {
    let sum = this.#growing;
    for (const { size } of this.#kept.values()) sum += size;
    return sum;
  }

  /** The file of these rows. Whoever asks for the same at once waits for the one that is being made. Must be released. */
  async take(
    key: FileKey,
    columns: readonly Column[],
    rows: () => AsyncIterable<Batch>,
  ): Promise<Lease> {
    const id = idOf(key, columns);
    for (;;) {
      let making = this.#making.get(id);
      if (making === undefined) {
        making = this.#haveFile(id, key, columns, rows).finally(() =>
          this.#making.delete(id),
        );
        this.#making.set(id, making);
      }
      await making;
      // It may have been dropped or made room for others since.
      const kept = this.#byId.get(id);
      if (kept !== undefined) return this.#lease(kept);
    }
  }

  /** Forgets files whose key goes, such as those of a permit that has ended; what is being read goes when it is released. */
  async drop(goes: (key: FileKey) => boolean): Promise<void> {
    for (const kept of [...this.#kept.values()]) {
      const ids = [...kept.ids].filter(([, key]) => goes(key));
      for (const [id] of ids) {
        kept.ids.delete(id);
        this.#byId.delete(id);
        await fs.rm(this.#indexPath(id), { force: true });
      }
      if (kept.ids.size === 0) await this.#remove(kept);
    }
  }

  #lease(kept: Kept): Lease {
    kept.leases++;
    this.#kept.delete(kept.sha256);
    this.#kept.set(kept.sha256, kept);
    let isHeld = true;
    return {
      path: this.#path(kept.sha256),
      size: kept.size,
      etag: `"${kept.sha256.slice(0, 32)}"`,
      sha256: Buffer.from(kept.sha256, "hex").toString("base64url"),
      release: () => {
        if (!isHeld) return;
        isHeld = false;
        kept.leases--;
        // A file that cannot be removed now is removed at the next start: nothing lists it.
        if (kept.ids.size === 0) this.#remove(kept).catch(() => undefined);
      },
    };
  }

  async #haveFile(
    id: string,
    key: FileKey,
    columns: readonly Column[],
    rows: () => AsyncIterable<Batch>,
  ): Promise<void> {
    const kept = this.#byId.get(id);
    if (kept !== undefined) {
      if (await this.#isWhole(kept)) return;
      await this.#forget(kept);
    }
    await this.#makings.add(() => this.#make(id, key, columns, rows()));
  }

  async #make(
    id: string,
    key: FileKey,
    columns: readonly Column[],
    rows: AsyncIterable<Batch>,
  ): Promise<void> {
    const path = join(this.#folder, `${randomBytes(8).toString("hex")}.tmp`);
    const hash = createHash("sha256");
    let size = 0;
    try {
      const file = await fs.open(path, "wx", 0o600);
      try {
        for await (const piece of writeParquet(columns, rows)) {
          size += piece.length;
          this.#growing += piece.length;
          await this.#makeRoom();
          hash.update(piece);
          await file.writeFile(piece);
        }
      } finally {
        await file.close();
      }
      const sha256 = hash.digest("hex");
      await this.#changes.add(async () => {
        await fs.rename(path, this.#path(sha256));
        const there = this.#kept.get(sha256);
        const kept: Kept = there ?? {
          ...{ sha256, size, ids: new Map<string, FileKey>(), leases: 0 },
        };
        kept.seen = (await this.#stateOf(sha256)) ?? "";
        kept.ids.set(id, key);
        this.#kept.set(sha256, kept);
        this.#byId.set(id, kept);
        this.#growing -= size;
        size = 0;
        const { permit, ...rest } = key;
        await writeWhole(
          this.#indexPath(id),
          JSON.stringify({
            ...(permit === undefined ? {} : { permit }),
            ...{ ...rest, sha256, size: kept.size },
          }),
          { mode: 0o600 },
        );
      });
    } finally {
      this.#growing -= size;
      await fs.rm(path, { force: true });
    }
  }

  /** Whether the bytes on disk are those of the name. They are read once after a start, and again when the disk shows a change. */
  async #isWhole(kept: Kept): Promise<boolean> {
    kept.leases++;
    try {
      const state = await this.#stateOf(kept.sha256);
      if (state === undefined) return false;
      if (kept.seen === state) return true;
      if ((await sha256Of(this.#path(kept.sha256))) !== kept.sha256)
        return false;
      kept.seen = state;
      return true;
    } finally {
      kept.leases--;
    }
  }

  async #stateOf(sha256: string): Promise<string | undefined> {
    try {
      const { ino, size, mtimeMs } = await fs.stat(this.#path(sha256));
      return `${ino} ${size} ${mtimeMs}`;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** Until what is kept and what is growing fit; files that are being read stay. */
  async #makeRoom(): Promise<void> {
    while (this.bytes > this.#bytesMax) {
      if (this.#growing > this.#bytesMax)
        throw new Unavailable(
          `Cannot make a file: it is larger than the ${this.#bytesMax} bytes that files may take`,
        );
      const oldest = [...this.#kept.values()].find((one) => one.leases === 0);
      if (oldest === undefined)
        throw new Unavailable(
          `Cannot make a file: the ${this.#bytesMax} bytes that files may take are taken by files that are being read`,
        );
      await this.#forget(oldest);
    }
  }

  /** Its keys first: an index that names no file is a file to be made again. */
  async #forget(kept: Kept): Promise<void> {
    const ids = [...kept.ids.keys()];
    kept.ids.clear();
    for (const id of ids) {
      this.#byId.delete(id);
      await fs.rm(this.#indexPath(id), { force: true });
    }
    await this.#remove(kept);
  }

  async #remove(kept: Kept): Promise<void> {
    await this.#changes.add(async () => {
      const isFree = kept.leases === 0 && kept.ids.size === 0;
      if (!isFree || this.#kept.get(kept.sha256) !== kept) return;
      this.#kept.delete(kept.sha256);
      await fs.rm(this.#path(kept.sha256), { force: true });
    });
  }

  async #recall(): Promise<void> {
    const names = await fs.readdir(this.#folder);
    for (const { id, made } of await this.#indexes(names)) {
      const { sha256, size, permit, entry, vintage } = made;
      if (!names.includes(`${sha256}.parquet`)) {
        await fs.rm(this.#indexPath(id), { force: true });
        continue;
      }
      const kept = this.#kept.get(sha256) ?? {
        ...{ sha256, size, ids: new Map<string, FileKey>(), leases: 0 },
      };
      kept.ids.set(id, { permit, entry, vintage });
      this.#kept.set(sha256, kept);
      this.#byId.set(id, kept);
    }
    for (const name of names) {
      const isLost =
        name.endsWith(".parquet") && !this.#kept.has(name.slice(0, -8));
      if (isLost || name.endsWith(".tmp"))
        await fs.rm(join(this.#folder, name), { force: true });
    }
  }

  /** What can be read of the index, oldest first. */
  async #indexes(names: readonly string[]) {
    const found = [];
    for (const name of names.filter((one) => one.endsWith(".json"))) {
      const path = join(this.#folder, name);
      const made = indexed.safeParse(jsonOf(await fs.readFile(path, "utf8")));
      const { mtimeMs } = await fs.stat(path);
      if (made.success)
        found.push({ id: name.slice(0, -5), made: made.data, mtimeMs });
      else await fs.rm(path, { force: true });
    }
    return found.toSorted((a, b) => a.mtimeMs - b.mtimeMs);
  }

  #path(sha256: string): string {
    return join(this.#folder, `${sha256}.parquet`);
  }

  #indexPath(id: string): string {
    return join(this.#folder, `${id}.json`);
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  const piece = Buffer.alloc(1024 * 1024);
  const file = await fs.open(path, "r");
  try {
    for (;;) {
      const { bytesRead } = await file.read(piece);
      if (bytesRead === 0) return hash.digest("hex");
      hash.update(piece.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}

/** Another way of writing the same rows takes another label: its files are not those of today. */
function idOf(
  { permit, entry, vintage }: FileKey,
  columns: readonly Column[],
): string {
  const fields = columns.map((column) => ({
    name: column.name,
    type: typeOf(column),
    token: column.token !== undefined,
  }));
  const of = { permit: permit ?? "", entry, vintage, fields };
  return createHash("sha256")
    .update(`vitrine-file-v1\n${encode(of)}`)
    .digest("hex");
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
