import { promises as fs } from "node:fs";
import { join } from "node:path";
import { sameBytes } from "../../acts/bytes.ts";
import { FormatError } from "../../log/format-error.ts";
import { parseTilePath, TILE_WIDTH, type TilePath } from "../../log/tiles.ts";
import { isMissing, readIfThere } from "../../store/durable.ts";

/** Files of the public folder, below it: those that are missing, and those that are there with other bytes. */
export type Compared = {
  readonly missing: readonly string[];
  readonly differing: readonly string[];
};

/** Every file of the verified log against the one here. A checkpoint here that is newer stays. */
export async function compareFiles(
  copy: string,
  base: string,
  path: string,
  isNewer: boolean,
): Promise<Compared> {
  const missing: string[] = [];
  const differing: string[] = [];
  for (const name of await filesBelow(join(copy, "log", path))) {
    const file = join("log", path, name);
    if (isNewer && name === "checkpoint") continue;
    const own = await readIfThere(join(base, file));
    const theirs = await fs.readFile(join(copy, file));
    if (own === undefined) missing.push(file);
    else if (!sameBytes(own, theirs) && !isOwnHistory(file, own, theirs))
      differing.push(file);
  }
  return { missing, differing };
}

/** The office's own history of cosigned checkpoints stays, unless the mirror's only goes on from it. */
function isOwnHistory(file: string, own: Buffer, theirs: Buffer): boolean {
  if (!file.includes("/cosigned/")) return false;
  return !theirs.subarray(0, own.length).equals(own);
}

/** Bundles and tiles here that a log of that size has not. */
export function filesBeyond(
  base: string,
  path: string,
  size: number,
): Promise<readonly string[]> {
  return tilesWhere(
    ...([base, path, size] as const),
    ({ index, width }, complete) => index * TILE_WIDTH + width > complete,
  );
}

/** Partial files here whose full one there will be. */
export function superseded(
  base: string,
  path: string,
  size: number,
): Promise<readonly string[]> {
  return tilesWhere(
    ...([base, path, size] as const),
    ({ index, width }, complete) =>
      width < TILE_WIDTH && (index + 1) * TILE_WIDTH <= complete,
  );
}

/** `complete` is how many items the file's level has in a log of that size. */
async function tilesWhere(
  base: string,
  path: string,
  size: number,
  isMeant: (tile: TilePath, complete: number) => boolean,
): Promise<readonly string[]> {
  const names = await filesBelow(join(base, "log", path));
  return names
    .filter((file) => {
      const tile = tileOf(file);
      if (tile === undefined) return false;
      const level = tile.kind === "entries" ? 0 : tile.level;
      return isMeant(tile, Math.floor(size / TILE_WIDTH ** level));
    })
    .map((file) => join("log", path, file));
}

export async function filesBelow(folder: string): Promise<readonly string[]> {
  const found = await fs
    .readdir(folder, { recursive: true, withFileTypes: true })
    .catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
  return found
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name).slice(folder.length + 1));
}

function tileOf(file: string): TilePath | undefined {
  try {
    return parseTilePath(file);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
