import { promises as fs } from "node:fs";
import { join } from "node:path";
import { leafHash } from "../log/hash.ts";
import {
  bundlePath,
  decodeBundle,
  TILE_WIDTH,
  tileWidth,
} from "../log/tiles.ts";
import { FormatError } from "../log/format-error.ts";
import { appendLeaf, emptyRange, rootOf } from "../log/tree.ts";
import { primitives } from "./crypto.ts";
import type { HeadRow } from "./database.ts";
import { isMissing, LogHalted, readIfThere, writeWhole } from "./durable.ts";
import { endOfFiles, publicCheckpoint } from "./files-end.ts";
import { FullTiles, type WholeTile } from "./full-tiles.ts";
import { filesIn, readFiles } from "./journal-read.ts";
import type { LogPlace } from "./log.ts";

/** Something that is not in order in a log, and what helps; `mend` is there where it can be mended here and loses nothing. */
export type Trouble = {
  readonly says: string;
  readonly repair: string;
  readonly mend?: () => Promise<void>;
};

/** `none`: the database has no head of this log. `unknown`: there is no database to ask. */
export type KnownHead = HeadRow | "none" | "unknown";

export type LogState = {
  readonly origin: string;
  readonly head: number | undefined;
  readonly files: number;
  readonly journal: { readonly from: number; readonly to: number } | undefined;
  readonly checkpoint: number | undefined;
  readonly troubles: readonly Trouble[];
};

const MIRROR = "vitrine log recover --from MIRROR restores it from a mirror";

/** Looks at one log on this machine, and changes nothing. */
export async function stateOf(
  place: LogPlace,
  known: KnownHead,
): Promise<LogState> {
  const { origin, publicFolder } = place;
  const troubles: Trouble[] = [];
  const head = typeof known === "string" ? undefined : known;
  const shown = await publicCheckpoint(publicFolder).catch((error: unknown) => {
    if (!(error instanceof LogHalted)) throw error;
    troubles.push({ says: error.message, repair: MIRROR });
    return undefined;
  });
  const journal = await journalOf(place, head, troubles);
  const files = await endOfBundles(
    publicFolder,
    head?.size ?? shown?.size ?? 0,
  );
  if (known === "none" && (files > 0 || (journal?.to ?? 0) > 0))
    troubles.push({
      says: "the database has no head of it",
      repair: `bring back the database that belongs to this folder, or ${MIRROR}`,
    });
  const size = head?.size ?? shown?.size ?? 0;
  if (head !== undefined) compare(head, files, journal, troubles);
  await lookAtTree(publicFolder, Math.min(size, files), head, shown, troubles);
  if (shown !== undefined && shown.size > Math.max(files, journal?.to ?? 0))
    troubles.push({
      says: `the public checkpoint is of ${shown.size}, and nothing here goes so far`,
      repair: `bring back the newest folder, or ${MIRROR}`,
    });
  await lookForLeftovers(place, troubles);
  return {
    ...{ origin, head: head?.size, files, journal },
    ...{ checkpoint: shown?.size, troubles },
  };
}

async function journalOf(
  { journalFolder }: LogPlace,
  head: HeadRow | undefined,
  troubles: Trouble[],
): Promise<LogState["journal"]> {
  const files = await filesIn(journalFolder);
  const [first] = files;
  if (first === undefined) {
    if (head !== undefined)
      troubles.push({
        says: "it has no journal, where entries may have stood that are in no file yet",
        repair: `bring the journal back, or ${MIRROR}`,
      });
    return undefined;
  }
  try {
    const { chain, last } = await readFiles(files);
    if (last?.torn !== undefined)
      troubles.push({
        says: `the last write of its journal is torn at byte ${last.torn}, and nothing whole stands behind it`,
        repair: "the next start cuts it off, and so does --apply",
        mend: () => writeWhole(last.path, last.bytes, { mode: 0o600 }),
      });
    return { from: first.first, to: chain.next };
  } catch (error) {
    if (!(error instanceof LogHalted)) throw error;
    troubles.push({ says: error.message, repair: MIRROR });
    return undefined;
  }
}

function compare(
  head: HeadRow,
  files: number,
  journal: LogState["journal"],
  troubles: Trouble[],
): void {
  if (head.size > files)
    troubles.push({
      says: `its head in the database is at ${head.size}, its files end at ${files}`,
      repair: `bring back the newest folder, or ${MIRROR}`,
    });
  if (journal === undefined) return;
  if (journal.to < head.size || journal.from > head.size)
    troubles.push({
      says: `its journal holds the entries from ${journal.from} to ${journal.to}, its head in the database is at ${head.size}`,
      repair: `bring back the ${journal.to < head.size ? "journal" : "database"} that belongs to the rest, or ${MIRROR}`,
    });
  else if (files > journal.to)
    troubles.push({
      says: `its files go to ${files}, beyond its journal, which ends at ${journal.to}`,
      repair: `bring back the journal and the database that belong to the files, or ${MIRROR}`,
    });
}

type Shown = { readonly size: number; readonly root: Uint8Array };

/** Builds the tree from the entries, and holds head, checkpoint and every hash tile against it. */
async function lookAtTree(
  folder: string,
  size: number,
  head: HeadRow | undefined,
  shown: Shown | undefined,
  troubles: Trouble[],
): Promise<void> {
  const range = emptyRange();
  const tiles = new FullTiles();
  const wrong: WholeTile[] = [];
  const see = async (all: readonly WholeTile[]): Promise<void> => {
    for (const tile of all)
      if (!same(await readIfThere(join(folder, tile.path)), tile.bytes))
        wrong.push(tile);
  };
  for (let index = 0; index * TILE_WIDTH < size; index++) {
    const width = tileWidth(0, index, size);
    const entries = await bundleOf(folder, index, width);
    if (entries === undefined) {
      troubles.push({
        says: `${bundlePath(index, width)} is missing or damaged`,
        repair: `entries cannot be computed from anything else: ${MIRROR}`,
      });
      return;
    }
    for (const entry of entries) {
      appendLeaf(primitives, range, leafHash(primitives, entry), tiles.see);
      if (
        range.size === shown?.size &&
        !same(rootOf(primitives, range), shown.root)
      )
        troubles.push({
          says: `the public checkpoint of ${shown.size} is of another tree than its entries`,
          repair: MIRROR,
        });
    }
    await see(tiles.take());
  }
  await see(tiles.partial());
  const root = rootOf(primitives, range);
  const isOurs = head !== undefined && same(root, head.root);
  if (head?.size === size && !isOurs)
    troubles.push({
      says: `its entries give another root at ${size} than its head in the database`,
      repair: `${wrong[0] === undefined ? "bring back the database that belongs to this folder" : `see the entries at ${wrong[0].path} first, whose hashes are others`}, or ${MIRROR}`,
    });
  for (const { path, bytes } of wrong)
    troubles.push({
      says: `${path} is missing or damaged`,
      ...(isOurs
        ? {
            repair: "--apply computes it again from the entries",
            mend: () => writeWhole(join(folder, path), bytes),
          }
        : {
            repair: `it is not computed from entries that no head confirms: ${MIRROR}`,
          }),
    });
}

/** The first entries of a bundle, from the partial file of just that width or the full one. */
async function bundleOf(
  folder: string,
  index: number,
  width: number,
): Promise<readonly Uint8Array[] | undefined> {
  const bytes =
    (await readIfThere(join(folder, bundlePath(index, width)))) ??
    (await readIfThere(join(folder, bundlePath(index))));
  if (bytes === undefined) return undefined;
  try {
    const entries = decodeBundle(bytes);
    return entries.length < width ? undefined : entries.slice(0, width);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/** A checkpoint that cannot be read is told by itself. */
async function endOfBundles(folder: string, from: number): Promise<number> {
  const there = await isThere(join(folder, "tile"));
  if (!there) return 0;
  const first = Math.floor(from / TILE_WIDTH) * TILE_WIDTH;
  const end = await endOfFiles(folder, first, false);
  return end > first ? end : endOfFiles(folder, 0, false);
}

/** What a crash left beside the files, which nobody reads. */
async function lookForLeftovers(
  { publicFolder, journalFolder }: LogPlace,
  troubles: Trouble[],
): Promise<void> {
  for (const folder of [publicFolder, journalFolder]) {
    for (const name of await namesBelow(folder)) {
      const path = join(folder, name);
      if (name.endsWith(".tmp"))
        troubles.push({
          says: `${name} is a file that was never finished`,
          repair: "the next start removes it, and so does --apply",
          mend: () => fs.rm(path, { force: true }),
        });
      const full = /^(tile\/(?:entries|[0-9]+)\/.*[0-9]{3})\.p$/.exec(
        name,
      )?.[1];
      if (full !== undefined && (await isThere(join(folder, full))))
        troubles.push({
          says: `${name} is left beside the full file, which holds the same`,
          repair: "--apply removes it",
          mend: () => fs.rm(path, { recursive: true, force: true }),
        });
    }
  }
}

async function namesBelow(folder: string): Promise<readonly string[]> {
  return fs.readdir(folder, { recursive: true }).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
}

async function isThere(path: string): Promise<boolean> {
  return fs.stat(path).then(
    () => true,
    () => false,
  );
}

function same(a: Uint8Array | undefined, b: Uint8Array): boolean {
  return a !== undefined && Buffer.compare(a, b) === 0;
}
