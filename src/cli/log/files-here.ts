import { promises as fs } from "node:fs";
import { join } from "node:path";
import { sameBytes } from "../../acts/bytes.ts";
import { FormatError } from "../../log/format-error.ts";
import { parseTilePath, TILE_WIDTH } from "../../log/tiles.ts";
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
export async function filesBeyond(
  base: string,
  path: string,
  size: number,
): Promise<readonly string[]> {
  const names = await filesBelow(join(base, "log", path));
  return names.flatMap((file) => {
    const tile = tileOf(file);
    if (tile === undefined) return [];
    const level = tile.kind === "entries" ? 0 : tile.level;
    const end = tile.index * TILE_WIDTH + tile.width;
    return end > Math.floor(size / TILE_WIDTH ** level)
      ? [join("log", path, file)]
      : [];
  });
}

/** Partial files here whose full one there will be. */
export async function superseded(
  base: string,
  path: string,
  size: number,
): Promise<readonly string[]> {
  const names = await filesBelow(join(base, "log", path));
  return names.flatMap((file) => {
    const tile = tileOf(file);
    if (tile === undefined || tile.width === TILE_WIDTH) return [];
    const level = tile.kind === "entries" ? 0 : tile.level;
    const full = (tile.index + 1) * TILE_WIDTH;
    return full <= Math.floor(size / TILE_WIDTH ** level)
      ? [join("log", path, file)]
      : [];
  });
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

function tileOf(file: string): ReturnType<typeof parseTilePath> | undefined {
  try {
    return parseTilePath(file);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
