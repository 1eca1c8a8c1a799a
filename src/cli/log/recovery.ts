import { promises as fs } from "node:fs";
import { join } from "node:path";
import { sameBytes, toBase64url } from "../../acts/bytes.ts";
import { entriesOf, type LogSource } from "../../audit/source.ts";
import { showCount } from "../../audit/says.ts";
import { FormatError } from "../../log/format-error.ts";
import { leafHash } from "../../log/hash.ts";
import { parseTilePath, TILE_WIDTH } from "../../log/tiles.ts";
import { primitives } from "../../store/crypto.ts";
import type { HeadRow } from "../../store/database.ts";
import { LogHalted, readIfThere } from "../../store/durable.ts";
import { type Chain, readGroups } from "../../store/journal-format.ts";
import { Contradicted, CouldNot } from "../exit.ts";
import { type HeldLog, heldLog } from "../mirror/log-copy.ts";
import { treeOf } from "../verify/kept.ts";
import { openPlace } from "../verify/place.ts";

/** What is to be done to one log; nothing of it is done yet. */
export type LogRecovery = {
  readonly origin: string;
  readonly path: string;
  /** Files of the public folder, below it: those that are missing, and those that are there with other bytes. */
  readonly missing: readonly string[];
  readonly differing: readonly string[];
  /** Files that go beyond what journal and head can stand for. */
  readonly beyond: readonly string[];
  /** Why the journal is put aside; undefined where it goes on to be used. */
  readonly journalAside: string | undefined;
  /** How far the log will go, with what its journal holds. */
  readonly end: number;
  /** Where a new journal begins; undefined where the one that is here goes on. */
  readonly journalFrom: number | undefined;
  readonly head: HeadRow | undefined;
  /** Where the head is to stand; undefined where it stays. */
  readonly moveTo: Pick<HeldLog, "size" | "root"> | undefined;
};

export type RecoveryPlaces = {
  /** A verified copy of the mirror. */
  readonly copy: string;
  readonly folder: string;
};

/**
 * Holds a log of an office against the mirror's: what stands here, in files, head and journal, must be of the mirror's history.
 * Throws `Contradicted` where it is of another one.
 */
export async function planLog(
  { copy, folder }: RecoveryPlaces,
  path: string,
  source: LogSource,
  head: HeadRow | undefined,
): Promise<LogRecovery> {
  const { origin, size, root } = source;
  const base = join(folder, "public");
  const tree = await treeOf(await openPlace(copy), path);
  const other = (what: string, at: number): Contradicted =>
    new Contradicted({
      code: "two-histories",
      log: origin,
      says: `${what} of size ${showCount(at)} is not of the mirror's history: nothing was changed`,
    });
  if (head !== undefined && head.size > 0 && head.size <= size) {
    const then = await tree?.rootAt(head.size);
    if (then === undefined || !sameBytes(then, head.root))
      throw other("the head in the database", head.size);
  }
  const shown = await shownHere(base, path);
  if (shown !== undefined && shown.size > 0 && shown.size <= size) {
    const then = await tree?.rootAt(shown.size);
    if (then === undefined || !sameBytes(then, shown.root))
      throw other("the public checkpoint here", shown.size);
  }
  const headSize = head?.size ?? 0;
  const target = Math.max(headSize, size);
  const journal = await journalOf(join(folder, "journal", path));
  const journalAside = await asideBecause(journal, source, headSize, target);
  const end =
    journalAside === undefined ? Math.max(target, journal.end) : target;
  const files = await compareFiles(copy, base, path, headSize > size);
  return {
    origin,
    path,
    ...files,
    beyond: await filesBeyond(base, path, end),
    journalAside,
    end,
    journalFrom:
      journal.end < 0 || journalAside !== undefined ? target : undefined,
    head,
    moveTo: headSize < size ? { size, root } : undefined,
  };
}

/** A log of which the mirror has nothing: only a journal that is gone can be begun anew. */
export async function planUnseen(
  { folder }: RecoveryPlaces,
  path: string,
  head: HeadRow,
): Promise<LogRecovery> {
  const journal = await journalOf(join(folder, "journal", path));
  return {
    origin: head.log,
    path,
    missing: [],
    differing: [],
    beyond: [],
    journalAside: undefined,
    end: Math.max(head.size, journal.end),
    journalFrom: journal.end < 0 ? head.size : undefined,
    head,
    moveTo: undefined,
  };
}

/** The checkpoint that is here; one that cannot be read says nothing, and is put aside with what differs. */
async function shownHere(
  base: string,
  path: string,
): Promise<HeldLog | undefined> {
  try {
    return await heldLog(base, path);
  } catch (error) {
    if (error instanceof CouldNot) return undefined;
    throw error;
  }
}

type JournalHere = {
  readonly first: number;
  readonly end: number;
  readonly entries: ReadonlyMap<number, Uint8Array>;
  readonly damage: string | undefined;
};

async function journalOf(folder: string): Promise<JournalHere> {
  const names = await fs.readdir(folder).catch(() => []);
  const files = names
    .filter((name) => /^[0-9]{15}\.journal$/.test(name))
    .sort();
  const first = Number(files[0]?.slice(0, 15) ?? 0);
  const entries = new Map<number, Uint8Array>();
  let chain: Chain = { last: undefined, next: first };
  let damage: string | undefined;
  try {
    for (const name of files) {
      const file = join(folder, name);
      const read = readGroups(await fs.readFile(file), file, chain);
      for (const group of read.groups)
        for (const [rank, raw] of group.entries.entries())
          entries.set(group.first + rank, raw);
      chain = read.chain;
    }
  } catch (error) {
    if (!(error instanceof LogHalted)) throw error;
    damage = error.message;
  }
  return { first, end: files.length === 0 ? -1 : chain.next, entries, damage };
}

/**
 * What was answered stands in the journal before it stands in the files. An entry of it that the mirror should have and has not
 * is of another history; one that the mirror cannot have yet must not be lost.
 */
async function asideBecause(
  { first, end, entries, damage }: JournalHere,
  source: LogSource,
  head: number,
  target: number,
): Promise<string | undefined> {
  if (end < 0) return undefined;
  const leaves = new Set<string>();
  let index = 0;
  for await (const bundle of entriesOf(source))
    for (const raw of bundle)
      if (index++ >= first) leaves.add(toBase64url(leafHash(primitives, raw)));
  for (const [at, raw] of entries)
    if (at < source.size && !leaves.has(toBase64url(leafHash(primitives, raw))))
      throw new Contradicted({
        code: "two-histories",
        log: source.origin,
        index: at,
        says: "this entry of the journal here is not in the mirror's history: this office went on in another way; nothing was changed",
      });
  if (damage !== undefined)
    return `it is damaged: what was in it and is not in the mirror is lost to this log (${damage})`;
  if (first > target)
    throw new CouldNot(
      `Cannot recover ${source.origin}: its journal begins at ${first}, the mirror ends at ${source.size} and the head is at ${head}; take a newer mirror`,
    );
  return end < target
    ? `it ends at ${showCount(end)}, before the mirror does`
    : undefined;
}

type Compared = Pick<LogRecovery, "missing" | "differing">;

/** Every file of the mirror's log against the one here. Where the head here is ahead, what ends the mirror's log is no part of this one. */
async function compareFiles(
  copy: string,
  base: string,
  path: string,
  isAhead: boolean,
): Promise<Compared> {
  const missing: string[] = [];
  const differing: string[] = [];
  const names = await fs.readdir(join(copy, "log", path), {
    recursive: true,
    withFileTypes: true,
  });
  for (const one of names) {
    if (!one.isFile()) continue;
    const file = join(one.parentPath, one.name).slice(copy.length + 1);
    if (isAhead && (file.includes(".p/") || one.name === "checkpoint"))
      continue;
    const own = await readIfThere(join(base, file));
    if (own === undefined) missing.push(file);
    else if (!sameBytes(own, await fs.readFile(join(copy, file))))
      differing.push(file);
  }
  // The office's own history of cosigned checkpoints may be longer than the mirror's.
  const isOwn = (file: string): boolean => file.includes("/cosigned/");
  return { missing, differing: differing.filter((file) => !isOwn(file)) };
}

/** Bundles and tiles here that a log of that size has not. */
async function filesBeyond(
  base: string,
  path: string,
  size: number,
): Promise<readonly string[]> {
  const folder = join(base, "log", path);
  const found = await fs
    .readdir(folder, { recursive: true, withFileTypes: true })
    .catch(() => []);
  return found.flatMap((one) => {
    const file = join(one.parentPath, one.name).slice(folder.length + 1);
    const tile = one.isFile() ? tileOf(file) : undefined;
    if (tile === undefined) return [];
    const level = tile.kind === "entries" ? 0 : tile.level;
    const end = tile.index * TILE_WIDTH + tile.width;
    return end > Math.floor(size / TILE_WIDTH ** level)
      ? [join("log", path, file)]
      : [];
  });
}

function tileOf(file: string): ReturnType<typeof parseTilePath> | undefined {
  try {
    return parseTilePath(file);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
