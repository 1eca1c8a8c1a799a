import { closeSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { utf8ToBytes } from "../../acts/bytes.ts";
import { emptyRoot, leafHash } from "../../log/hash.ts";
import {
  bundlePath,
  bundlesForSize,
  encodeBundle,
  TILE_WIDTH,
  tilePath,
  tilesForSize,
} from "../../log/tiles.ts";
import { appendLeaf, emptyRange, rootOf } from "../../log/tree.ts";
import { primitives } from "../../store/crypto.ts";
import { createHead, type Sql, swapHead } from "../../store/database.ts";
import { beginJournal } from "../../store/journal.ts";
import type { LogPlace } from "../../store/log.ts";

const ENTRY_BYTES = 300;

export function benchEntry(index: number): Uint8Array {
  return utf8ToBytes(`entry ${index} `.padEnd(ENTRY_BYTES, "."));
}

/**
 * Lays a log of any size that a writer can go on with. Its right edge, journal and head are whole. All other files are there
 * by name and empty, since a start walks their folders and reads none of them; the hashes that stand for them are made up.
 */
export async function layRightEdge(
  sql: Sql,
  place: LogPlace,
  size: number,
): Promise<void> {
  const { origin, publicFolder, journalFolder } = place;
  const root = layFiles(publicFolder, size);
  await beginJournal(journalFolder, size);
  await createHead(sql, origin, emptyRoot(primitives));
  await swapHead(sql, origin, 0, 0, { size, root, at: 0 });
}

function layFiles(folder: string, size: number): Uint8Array {
  const put = writerIn(folder);
  const first = size - (size % TILE_WIDTH);
  const entries = Array.from({ length: size - first }, (_, i) =>
    benchEntry(first + i),
  );
  for (const { index, width } of bundlesForSize(size))
    put(
      bundlePath(index, width),
      width < TILE_WIDTH ? encodeBundle(entries) : undefined,
    );
  const edges: Uint8Array[][] = [];
  for (const { level, index, width } of tilesForSize(size)) {
    const isFull = width === TILE_WIDTH;
    const hashes = isFull
      ? []
      : level === 0
        ? entries.map((entry) => leafHash(primitives, entry))
        : madeUp(level, index, width);
    // The last tile of a level is the one at its end.
    edges[level] = hashes;
    put(
      tilePath(level, index, width),
      isFull ? undefined : Buffer.concat(hashes),
    );
  }
  // Within a tile its hashes are leaves of a tree of their own; side by side, highest level first, they are the right edge.
  const hashes = edges.toReversed().flatMap((edge) => {
    const range = emptyRange();
    for (const hash of edge) appendLeaf(primitives, range, hash);
    return range.hashes;
  });
  return rootOf(primitives, { size, hashes });
}

function madeUp(level: number, index: number, width: number): Uint8Array[] {
  return Array.from({ length: width }, (_, i) =>
    primitives.sha256(utf8ToBytes(`node ${level} ${index * TILE_WIDTH + i}`)),
  );
}

/** Nothing is synced: a bench that was interrupted is begun again. */
function writerIn(
  folder: string,
): (path: string, bytes: Uint8Array | undefined) => void {
  let made = "";
  return (path, bytes) => {
    const whole = join(folder, path);
    if (dirname(whole) !== made) {
      made = dirname(whole);
      mkdirSync(made, { recursive: true });
    }
    if (bytes === undefined) closeSync(openSync(whole, "w"));
    else writeFileSync(whole, bytes);
  };
}
