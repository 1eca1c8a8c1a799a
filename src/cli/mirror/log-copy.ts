import { promises as fs } from "node:fs";
import { join } from "node:path";
import { sameBytes } from "../../acts/bytes.ts";
import { type Checkpoint, parseCheckpoint } from "../../log/checkpoint.ts";
import { FormatError } from "../../log/format-error.ts";
import { emptyRoot, leafHash } from "../../log/hash.ts";
import { parseNote } from "../../log/note.ts";
import {
  type Bundle,
  bundlePath,
  bundlesForSize,
  decodeBundle,
  TILE_WIDTH,
} from "../../log/tiles.ts";
import { appendLeaf, rootOf } from "../../log/tree.ts";
import { primitives } from "../../store/crypto.ts";
import { readIfThere, writeWhole } from "../../store/durable.ts";
import { LogFiles } from "../../store/log-files.ts";
import { CouldNot } from "../exit.ts";
import { TREE_ENTRIES_MAX } from "../verify/holding.ts";
import type { Place } from "../verify/place.ts";
import { FETCHING } from "./note-text.ts";

const PARALLEL = 16;
/** Bundles that are put into their places together: a log may have more than fits into memory. */
const PLACED_TOGETHER = 64;

/** A log as a folder has it: what its checkpoint names, and nothing where there is none. */
export type HeldLog = Pick<Checkpoint, "size" | "root"> & {
  readonly note: string | undefined;
};

export async function heldLog(base: string, path: string): Promise<HeldLog> {
  const file = join(base, "log", path, "checkpoint");
  const note = (await readIfThere(file))?.toString("utf8");
  if (note === undefined)
    return { size: 0, root: emptyRoot(primitives), note: undefined };
  try {
    const { size, root } = parseCheckpoint(parseNote(note).text);
    return { size, root, note };
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw new CouldNot(`Cannot read ${file}: ${cause.problem}`, { cause });
  }
}

/** What a log has beyond what is held, fetched beside it and in no place of the copy yet. */
export type Fetched = {
  readonly path: string;
  readonly from: HeldLog;
  readonly to: Pick<Checkpoint, "size" | "root">;
  readonly folder: string;
  /** Whether some of it lay there from a run before. */
  readonly isResumed: boolean;
};

/** Fetches the bundles that are not held; those that a run before has fetched are not asked for again. */
export async function fetchLog(
  place: Place,
  copy: string,
  path: string,
  from: HeldLog,
  to: Fetched["to"],
  onProgress: (done: number, of: number) => void,
): Promise<Fetched> {
  const folder = join(copy, FETCHING, "log", path);
  if (to.size > TREE_ENTRIES_MAX)
    throw new CouldNot(
      `Cannot copy ${place.name}: log/${path}/checkpoint says ${to.size} entries, want at most ${TREE_ENTRIES_MAX}, which this program holds`,
    );
  const of =
    Math.ceil(to.size / TILE_WIDTH) - Math.floor(from.size / TILE_WIDTH);
  let done = 0;
  let isResumed = false;
  const next = bundlesForSize(to.size, from.size);
  const work = async (): Promise<void> => {
    for (const bundle of next) {
      const isThere = (await stagedBundle(folder, bundle)) !== undefined;
      if (isThere) isResumed = true;
      else await fetchBundle(place, path, folder, bundle);
      onProgress(++done, of);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return { path, from, to, folder, isResumed };
}

async function fetchBundle(
  place: Place,
  path: string,
  folder: string,
  { index, width }: Bundle,
): Promise<void> {
  const name = `log/${path}/${bundlePath(index, width)}`;
  const bytes =
    (await place.read(name)) ??
    (width < TILE_WIDTH
      ? await place.read(`log/${path}/${bundlePath(index)}`)
      : undefined);
  const entries = bytes === undefined ? [] : entriesIn(bytes);
  if (bytes === undefined || entries.length < width)
    throw new CouldNot(
      `Cannot copy ${place.name}: ${name} ${bytes === undefined ? "is not there" : `has ${entries.length} entries, want ${width}`}; run this again`,
    );
  await writeWhole(join(folder, bundlePath(index, width)), bytes);
}

async function stagedBundle(
  folder: string,
  { index, width }: Bundle,
): Promise<readonly Uint8Array[] | undefined> {
  const bytes = await readIfThere(join(folder, bundlePath(index, width)));
  const entries = bytes === undefined ? [] : entriesIn(bytes);
  return entries.length < width ? undefined : entries.slice(0, width);
}

function entriesIn(bytes: Uint8Array): readonly Uint8Array[] {
  try {
    return decodeBundle(bytes);
  } catch (error) {
    if (error instanceof FormatError) return [];
    throw error;
  }
}

/** The entries behind what is held, bundle by bundle. */
export async function* entriesFetched({
  folder,
  from,
  to,
}: Fetched): AsyncGenerator<readonly Uint8Array[]> {
  for (const bundle of bundlesForSize(to.size, from.size)) {
    const entries = await stagedBundle(folder, bundle);
    if (entries === undefined)
      throw new CouldNot(
        `Cannot copy: ${join(folder, bundlePath(bundle.index, bundle.width))} went away; run this again`,
      );
    yield entries.slice(Math.max(0, from.size - bundle.index * TILE_WIDTH));
  }
}

/** Whether what was fetched goes on from what is held and comes to the checkpoint; `see` hears of every entry and size. */
export async function isExtension(
  copy: string,
  fetched: Fetched,
  see: (raw: Uint8Array, leaf: Uint8Array, root: () => Uint8Array) => void,
): Promise<boolean> {
  const { path, from, to } = fetched;
  const files = await LogFiles.open(
    join(copy, "log", path),
    from.size,
    from.root,
  );
  const range = files.range();
  for await (const entries of entriesFetched(fetched))
    for (const raw of entries) {
      const leaf = leafHash(primitives, raw);
      appendLeaf(primitives, range, leaf);
      see(raw, leaf, () => rootOf(primitives, range));
    }
  return (
    range.size === to.size && sameBytes(rootOf(primitives, range), to.root)
  );
}

export async function forgetFetched({ folder }: Fetched): Promise<void> {
  await fs.rm(folder, { recursive: true, force: true });
}

/** Puts what was fetched and checked into its place; done half, it may be done again. */
export async function placeLog(copy: string, path: string): Promise<void> {
  const folder = join(copy, FETCHING, "log", path);
  const final = join(copy, "log", path);
  const from = await heldLog(copy, path);
  const to = await heldLog(join(copy, FETCHING), path);
  if (to.note === undefined) return;
  if (to.size > from.size) {
    const files = await LogFiles.open(final, from.size, from.root);
    const fetched = { path, from, to, folder, isResumed: true };
    let together: Uint8Array[] = [];
    let bundles = 0;
    for await (const entries of entriesFetched(fetched)) {
      together.push(...entries);
      if (++bundles % PLACED_TOGETHER !== 0) continue;
      await files.extend(together);
      together = [];
    }
    await files.extend(together);
    if (!sameBytes(files.root(), to.root))
      throw new CouldNot(
        `Cannot copy: what was fetched of ${path} was changed after it was checked; remove ${join(copy, FETCHING)} and run this again`,
      );
  }
  await writeWhole(join(final, "checkpoint"), to.note);
}
