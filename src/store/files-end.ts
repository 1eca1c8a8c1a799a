import { promises as fs } from "node:fs";
import { join } from "node:path";
import { FormatError } from "../log/format-error.ts";
import { parseCheckpoint } from "../log/checkpoint.ts";
import { parseNote } from "../log/note.ts";
import { leafHash } from "../log/hash.ts";
import { bundlePath, TILE_WIDTH } from "../log/tiles.ts";
import { appendLeaf, rootOf } from "../log/tree.ts";
import { primitives } from "./crypto.ts";
import type { LogFiles } from "./log-files.ts";
import { isMissing, LogHalted, readIfThere } from "./durable.ts";

/**
 * How far the files of a log go, looked at from a size on that they should have: the size itself where nothing is beyond it. Files
 * grow without gaps, so the bundle at the right edge tells; the public checkpoint tells too.
 */
export async function endOfFiles(
  folder: string,
  from: number,
  withCheckpoint = true,
): Promise<number> {
  const shown = withCheckpoint ? await publicCheckpoint(folder) : undefined;
  let end = Math.max(from, shown?.size ?? 0);
  for (;;) {
    const index = Math.floor(end / TILE_WIDTH);
    const first = index * TILE_WIDTH;
    if (await isThere(join(folder, bundlePath(index)))) {
      end = first + TILE_WIDTH;
      continue;
    }
    const widths = await names(join(folder, `${bundlePath(index)}.p`));
    return Math.max(
      end,
      ...widths
        .filter((name) => /^[1-9][0-9]{0,2}$/.test(name))
        .map((width) => first + Number(width)),
    );
  }
}

/** What the checkpoint on the disk says is public. */
export async function publicCheckpoint(
  folder: string,
): Promise<{ size: number; root: Uint8Array } | undefined> {
  const path = join(folder, "checkpoint");
  const note = await readIfThere(path);
  if (note === undefined) return undefined;
  try {
    const { size, root } = parseCheckpoint(parseNote(note).text);
    return { size, root };
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw new LogHalted(
      `Cannot open log ${folder}: its checkpoint cannot be read (${cause.message}); bring back a whole copy, or restore it from a mirror`,
      { cause },
    );
  }
}

async function isThere(path: string): Promise<boolean> {
  return fs.stat(path).then(
    () => true,
    (error: unknown) => {
      if (isMissing(error)) return false;
      throw error;
    },
  );
}

async function names(folder: string): Promise<readonly string[]> {
  return fs.readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
}

/** Whether the public checkpoint is of the tree that the files and the journal give: it may be older than they are, never another. */
export class ShownRoot {
  readonly size: number;
  readonly #root: Uint8Array | undefined;
  #fits: boolean;

  constructor(
    shown: { readonly size: number; readonly root: Uint8Array } | undefined,
  ) {
    this.size = shown?.size ?? 0;
    this.#root = shown?.root;
    this.#fits = shown === undefined;
  }

  see(size: number, root: () => Uint8Array): void {
    if (size === this.size && this.#root !== undefined)
      this.#fits = Buffer.compare(root(), this.#root) === 0;
  }

  /** `next` are the entries behind the files, in the order of the tree. */
  mustFit(
    log: { readonly origin: string; readonly files: LogFiles },
    next: readonly Uint8Array[],
  ): void {
    const range = log.files.range();
    for (const entry of next) {
      if (range.size >= this.size) break;
      appendLeaf(primitives, range, leafHash(primitives, entry));
      this.see(range.size, () => rootOf(primitives, range));
    }
    if (this.#fits) return;
    throw new LogHalted(
      `Cannot open log ${log.origin}: its public checkpoint of size ${this.size} is not of the tree of its files, which end at ${log.files.size}, and its journal; bring back the folder and the database that belong together, or restore the log from a mirror`,
    );
  }
}
