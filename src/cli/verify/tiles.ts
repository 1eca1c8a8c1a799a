import { sameBytes } from "../../acts/bytes.ts";
import { type Faults, add } from "../../audit/report.ts";
import type { LogSource } from "../../audit/source.ts";
import { HASH_BYTES } from "../../log/hash.ts";
import { TILE_WIDTH, tilePath, tileWidth } from "../../log/tiles.ts";
import { appendLeaf, emptyRange, rootOf } from "../../log/tree.ts";
import { primitives } from "../../store/crypto.ts";
import { FullTiles, type WholeTile } from "../../store/full-tiles.ts";
import type { Place } from "./place.ts";

/** Holds the hash tiles of logs against what their checkpoints sign; gives the logs of which none is there. */
export async function checkTiles(
  place: Place,
  logs: readonly (readonly [path: string, source: LogSource])[],
  faults: Faults,
): Promise<readonly string[]> {
  const without: string[] = [];
  for (const [path, source] of logs) {
    const { origin, size } = source;
    if (size === 0) continue;
    if (await hasTiles(place, path, size))
      await checkLog(place, path, source, faults);
    else without.push(origin);
  }
  return without;
}

/**
 * Whether the hash tiles are those of the tree that the checkpoint signs: others build proofs from them. The tiles of the lowest
 * level give all those above, and the root; where they give that root they hold the hashes of the entries.
 */
async function checkLog(
  place: Place,
  path: string,
  { origin, size, root }: LogSource,
  faults: Faults,
): Promise<void> {
  const range = emptyRange();
  const above = new FullTiles();
  const read = (
    level: number,
    index: number,
  ): Promise<Uint8Array | undefined> =>
    tileOf(place, path, level, index, tileWidth(level, index, size));
  const wrong = (file: string, says: string): void =>
    add(faults, { code: "tile", log: origin, says: `${file} ${says}` });
  const differing: WholeTile[] = [];
  const hold = async (tiles: readonly WholeTile[]): Promise<void> => {
    for (const tile of tiles) {
      if (tile.level === 0) continue;
      const there = await read(tile.level, tile.index);
      if (there === undefined) wrong(tile.path, MISSING);
      else if (!sameBytes(there, tile.bytes))
        differing.push({ ...tile, bytes: there });
    }
  };
  for (let index = 0; index * TILE_WIDTH < size; index++) {
    const tile = await read(0, index);
    // Without one of the lowest nothing can be said of those above.
    if (tile === undefined)
      return wrong(tilePath(0, index, tileWidth(0, index, size)), MISSING);
    for (let at = 0; at < tile.length; at += HASH_BYTES)
      appendLeaf(
        primitives,
        range,
        tile.subarray(at, at + HASH_BYTES),
        above.see,
      );
    await hold(above.take());
  }
  await hold(above.partial());
  if (sameBytes(rootOf(primitives, range), root))
    for (const { path: file } of differing)
      wrong(file, "is not of the tree that the checkpoint signs");
  else
    wrong(
      await lowest(read, differing, size),
      "is not of the tree that the checkpoint signs",
    );
}

/** A place may hold the entries alone: that is no log for those who build proofs, and contradicts nothing. */
async function hasTiles(
  place: Place,
  path: string,
  size: number,
): Promise<boolean> {
  const last = Math.max(0, Math.ceil(size / TILE_WIDTH) - 1);
  for (const index of new Set([0, last])) {
    const width = tileWidth(0, index, size);
    const names =
      width === 0 ? [] : [tilePath(0, index, width), tilePath(0, index)];
    for (const name of names)
      if ((await place.read(`log/${path}/${name}`)) !== undefined) return true;
  }
  return false;
}

const MISSING = "is missing or has another length than its name says";

/** Where the lowest tiles are wrong the one above names the first that does not give its hash. */
async function lowest(
  read: (level: number, index: number) => Promise<Uint8Array | undefined>,
  differing: readonly WholeTile[],
  size: number,
): Promise<string> {
  const parent = differing.find(({ level }) => level === 1);
  for (let at = 0; parent !== undefined && at < parent.width; at++) {
    const index = parent.index * TILE_WIDTH + at;
    const tile = await read(0, index);
    const range = emptyRange();
    for (let from = 0; tile !== undefined && from < tile.length; from += 32)
      appendLeaf(primitives, range, tile.subarray(from, from + HASH_BYTES));
    const stated = parent.bytes.subarray(at * 32, at * 32 + 32);
    if (!sameBytes(rootOf(primitives, range), stated))
      return tilePath(0, index);
  }
  const last = Math.floor((size - 1) / TILE_WIDTH);
  return tilePath(0, last, tileWidth(0, last, size));
}

/** A partial tile goes away once the full one is there. */
async function tileOf(
  place: Place,
  path: string,
  level: number,
  index: number,
  width: number,
): Promise<Uint8Array | undefined> {
  const wanted = width * HASH_BYTES;
  const exact = await place.read(
    `log/${path}/${tilePath(level, index, width)}`,
  );
  if (exact !== undefined || width === TILE_WIDTH)
    return exact?.length === wanted ? exact : undefined;
  const full = await place.read(`log/${path}/${tilePath(level, index)}`);
  return full?.length === TILE_WIDTH * HASH_BYTES
    ? full.subarray(0, wanted)
    : undefined;
}
