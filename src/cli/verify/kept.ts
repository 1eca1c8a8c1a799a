import { sameBytes, toBase64url } from "../../acts/bytes.ts";
import type { Remembered } from "../../audit/audit.ts";
import { parseCheckpoint } from "../../log/checkpoint.ts";
import { FormatError } from "../../log/format-error.ts";
import { parseNote } from "../../log/note.ts";
import {
  consistencyProof,
  hashReader,
  type ReadHash,
  type ReadTile,
  rootAt,
  verifyConsistency,
} from "../../log/proof.ts";
import { TILE_WIDTH, tilePath } from "../../log/tiles.ts";
import { officeOf } from "../../register/founding.ts";
import { primitives } from "../../store/crypto.ts";
import { pathOf } from "./logs.ts";
import type { Place } from "./place.ts";

/** A checkpoint note that somebody kept. In a folder others may lie: what is of another log there is passed over. */
export type Kept = {
  readonly file: string;
  readonly note: string;
  readonly isAmongOthers?: boolean;
};

/**
 * Kept checkpoints that are larger than what `place` shows say nothing of it by themselves: somebody else may have come later.
 * Where a tree lies beside them, they are exchanged for what that tree was at the size that is shown.
 */
export async function atShownSize<T extends Remembered>(
  place: Place,
  register: string,
  trees: readonly Place[],
  kept: readonly T[],
): Promise<(T | Remembered)[]> {
  const levelled = new Map<string, T | Remembered>();
  const known = new Map<string, Promise<Shared | undefined>>();
  for (const [rank, one] of kept.entries()) {
    const path = pathOf(one.origin, officeOf(register));
    const shown = await sizeShown(place, path, known, trees, one.origin);
    const then =
      shown === undefined || one.size <= shown.size
        ? undefined
        : await shown.level(one);
    // Many of them come to the same.
    if (then === undefined) levelled.set(String(rank), one);
    else levelled.set(`${then.origin} ${toBase64url(then.root)}`, then);
  }
  return [...levelled.values()];
}

type Shared = {
  readonly size: number;
  readonly level: (one: Remembered) => Promise<Remembered | undefined>;
};

function sizeShown(
  place: Place,
  path: string,
  known: Map<string, Promise<Shared | undefined>>,
  trees: readonly Place[],
  origin: string,
): Promise<Shared | undefined> {
  const before = known.get(path);
  if (before !== undefined || trees.length === 0)
    return before ?? Promise.resolve(undefined);
  const now = shownOf(place, path, trees, origin);
  known.set(path, now);
  return now;
}

async function shownOf(
  place: Place,
  path: string,
  trees: readonly Place[],
  origin: string,
): Promise<Shared | undefined> {
  const size = (await checkpointOf(place, path))?.size;
  if (size === undefined) return undefined;
  const held = await Promise.all(trees.map((tree) => treeOf(tree, path)));
  const level = async (one: Remembered): Promise<Remembered | undefined> => {
    for (const [rank, tree] of held.entries()) {
      if (tree === undefined || tree.size < one.size) continue;
      const own = await tree.rootAt(one.size);
      const root = await tree.rootAt(size);
      // Of another history than this tree: what it says stands for itself.
      if (own === undefined || root === undefined || !sameBytes(own, one.root))
        continue;
      return { origin, size, root, by: trees[rank]?.name ?? "a mirror" };
    }
    return undefined;
  };
  return { size, level };
}

async function checkpointOf(
  place: Place,
  path: string,
): Promise<{ readonly size: number; readonly root: Uint8Array } | undefined> {
  const bytes = await place.read(`log/${path}/checkpoint`);
  if (bytes === undefined) return undefined;
  try {
    return parseCheckpoint(parseNote(bytes).text);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

export type Tree = {
  readonly size: number;
  /** Undefined where a tile is missing or no tile, or is not of the checkpoint's tree. */
  readonly rootAt: (size: number) => Promise<Uint8Array | undefined>;
};

/** A log's tree as its tiles give it. Only what is proven against the checkpoint's root is believed. */
export async function treeOf(
  place: Place,
  path: string,
): Promise<Tree | undefined> {
  const checkpoint = await checkpointOf(place, path);
  if (checkpoint === undefined) return undefined;
  const { size, root } = checkpoint;
  const tiles = new Map<string, Uint8Array | undefined>();
  const reading = async (run: (readHash: ReadHash) => void): Promise<void> => {
    const wanted: { level: number; index: number; width: number }[] = [];
    const blank: ReadTile = (level, index, width) => {
      wanted.push({ level, index, width });
      return new Uint8Array(width * 32);
    };
    run(hashReader(primitives, size, blank));
    for (const { level, index, width } of wanted) {
      const name = tilePath(level, index, width);
      if (!tiles.has(name))
        tiles.set(name, await readTile(place, path, level, index, width));
    }
    const held: ReadTile = (level, index, width) =>
      tiles.get(tilePath(level, index, width)) ?? new Uint8Array(0);
    run(hashReader(primitives, size, held));
  };
  const compute = async (at: number): Promise<Uint8Array | undefined> => {
    if (at > size) return undefined;
    let then: Uint8Array | undefined;
    let isProven = false;
    try {
      await reading((readHash) => {
        then = rootAt(primitives, at, readHash);
        const proof = consistencyProof(primitives, at, size, readHash);
        isProven = verifyConsistency(primitives, at, then, size, root, proof);
      });
    } catch (error) {
      if (error instanceof FormatError) return undefined;
      throw error;
    }
    return isProven ? then : undefined;
  };
  return { size, rootAt: compute };
}

async function readTile(
  place: Place,
  path: string,
  level: number,
  index: number,
  width: number,
): Promise<Uint8Array | undefined> {
  const partial = await place.read(
    `log/${path}/${tilePath(level, index, width)}`,
  );
  return partial === undefined && width < TILE_WIDTH
    ? place.read(`log/${path}/${tilePath(level, index)}`)
    : partial;
}
