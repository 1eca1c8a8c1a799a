import { createHash } from "node:crypto";
import {
  closeSync,
  createWriteStream,
  fsyncSync,
  openSync,
  promises as fs,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { Transform } from "node:stream";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CouldNot } from "../exit.ts";
import { isMissing } from "../../store/durable.ts";
import type { BackedUp } from "./manifest.ts";

/**
 * Writes files into a backup and remembers their digests. A file whose bytes never change is copied once, however often it is
 * asked for; what is gone when its turn comes was replaced by another one, which is copied instead.
 */
export class Copier {
  readonly #from: string;
  readonly #out: string;
  readonly #files = new Map<string, BackedUp>();
  readonly #settled = new Set<string>();

  constructor(from: string, out: string) {
    this.#from = from;
    this.#out = out;
  }

  get files(): readonly BackedUp[] {
    return [...this.#files.values()].toSorted((a, b) =>
      a.path < b.path ? -1 : 1,
    );
  }

  /** A file of the office's folder, to its place below `base`. */
  async copy(base: string, name: string, never: boolean): Promise<void> {
    if (this.#settled.has(name)) return;
    const path = `${base}/${name}`;
    try {
      const source = join(this.#from, name);
      // Opened before anything else is waited for: a stream that fails with nobody listening would end the process.
      const file = await fs.open(source).catch((cause: unknown) => {
        if (isMissing(cause)) throw cause;
        throw new CouldNot(
          `Cannot back up ${source}: want a file that this account may read`,
          { cause },
        );
      });
      const { mode } = await file.stat();
      await this.#write(path, file.createReadStream(), mode & 0o777);
      if (never) this.#settled.add(name);
    } catch (error) {
      if (!isMissing(error)) throw error;
      this.#files.delete(path);
      await fs.rm(join(this.#out, path), { force: true });
    }
  }

  /** Whatever its mode was, the copy is readable by this account alone. */
  async #write(path: string, source: Readable, mode: number): Promise<void> {
    const full = join(this.#out, path);
    await fs.mkdir(dirname(full), { recursive: true, mode: 0o700 });
    const hash = createHash("sha256");
    let bytes = 0;
    const counted = new Transform({
      transform(chunk: Buffer, _, done) {
        hash.update(chunk);
        bytes += chunk.length;
        done(null, chunk);
      },
    });
    const target = createWriteStream(full, { mode: 0o600, flush: true });
    await pipeline(source, counted, target);
    this.#files.set(path, { path, bytes, sha256: hash.digest("hex"), mode });
  }

  /** What `give` hands over, written part by part as it comes. */
  async writeParts(
    path: string,
    give: (take: (part: Buffer) => void) => Promise<void>,
  ): Promise<void> {
    const full = join(this.#out, path);
    await fs.mkdir(dirname(full), { recursive: true, mode: 0o700 });
    const hash = createHash("sha256");
    let bytes = 0;
    const file = openSync(full, "w", 0o600);
    try {
      await give((part) => {
        hash.update(part);
        bytes += part.length;
        for (let at = 0; at < part.length;) at += writeSync(file, part, at);
      });
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    const sha256 = hash.digest("hex");
    this.#files.set(path, { path, bytes, sha256, mode: 0o600 });
  }

  /** Forgets what was copied and may have changed since. */
  async forget(isOf: (path: string) => boolean): Promise<void> {
    for (const path of [...this.#files.keys()].filter(isOf)) {
      this.#files.delete(path);
      await fs.rm(join(this.#out, path), { force: true });
    }
  }
}

/** Every file below a folder, by its path from there; nothing where the folder is not. */
export async function filesBelow(
  folder: string,
  below: string,
): Promise<readonly string[]> {
  const found: string[] = [];
  const entries = await fs
    .readdir(join(folder, below), { withFileTypes: true })
    .catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
  for (const entry of entries) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) found.push(...(await filesBelow(folder, path)));
    else if (entry.isFile() && !entry.name.endsWith(".tmp")) found.push(path);
  }
  return found;
}
