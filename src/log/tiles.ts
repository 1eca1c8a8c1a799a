import { FormatError, quote } from "./format-error.ts";

/** C2SP tlog-tiles "Merkle Tree": a full tile has 256 hashes, so one tile level is 8 levels of the tree. */
export const TILE_WIDTH = 256;
export const TILE_HEIGHT = 8;
export const TILE_LEVEL_MAX = 63;
/** C2SP tlog-tiles "Log entries": the length prefix is a uint16. */
export const ENTRY_BYTES_MAX = 0xffff;
const PREFIX_BYTES = 2;

export type Tile = {
  readonly level: number;
  readonly index: number;
  readonly width: number;
};
export type Bundle = { readonly index: number; readonly width: number };
export type TilePath =
  | ({ readonly kind: "hashes" } & Tile)
  | ({ readonly kind: "entries" } & Bundle);

/** C2SP tlog-tiles "Merkle Tree": `tile/<L>/<N>[.p/<W>]`. */
export function tilePath(
  level: number,
  index: number,
  width = TILE_WIDTH,
): string {
  return `tile/${level}/${indexPath(index)}${partialSuffix(width)}`;
}

/** C2SP tlog-tiles "Log entries": `tile/entries/<N>[.p/<W>]`. */
export function bundlePath(index: number, width = TILE_WIDTH): string {
  return `tile/entries/${indexPath(index)}${partialSuffix(width)}`;
}

/** Reads the one path that `tilePath` or `bundlePath` would write; throws `FormatError` for any other spelling. */
export function parseTilePath(path: string): TilePath {
  const match =
    /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/.exec(
      path,
    );
  const [, place = "", groups = "", suffix] = match ?? [];
  const level = Number(place);
  const index = Number(groups.replaceAll(/[x/]/g, ""));
  const width = suffix === undefined ? TILE_WIDTH : Number(suffix);
  const isPossible =
    match !== null && Number.isSafeInteger(index) && width <= TILE_WIDTH;
  if (isPossible && path === bundlePath(index, width)) {
    return { kind: "entries", index, width };
  }
  if (
    isPossible &&
    level <= TILE_LEVEL_MAX &&
    path === tilePath(level, index, width)
  ) {
    return { kind: "hashes", level, index, width };
  }
  throw new FormatError(
    "tile path",
    `${quote(path)} is not the path of a tile`,
  );
}

/** Hashes in the partial tile at the right end of a level; 0 if there is none (C2SP tlog-tiles "Partial Tiles"). */
export function partialWidth(level: number, size: number): number {
  return hashesAtLevel(level, size) % TILE_WIDTH;
}

/** Hashes that a tile has in a tree of that size: 256, fewer at the right end, 0 beyond it. */
export function tileWidth(level: number, index: number, size: number): number {
  const width = hashesAtLevel(level, size) - index * TILE_WIDTH;
  return Math.max(0, Math.min(TILE_WIDTH, width));
}

/** Every tile of a tree of that size; with `since`, only those that a tree of that older size does not have. */
export function* tilesForSize(size: number, since = 0): Generator<Tile> {
  for (let level = 0; level <= TILE_LEVEL_MAX; level++) {
    const hashes = hashesAtLevel(level, size);
    const before = hashesAtLevel(level, since);
    if (hashes <= before) return;
    const first = Math.floor(before / TILE_WIDTH);
    for (let index = first; index * TILE_WIDTH < hashes; index++) {
      yield { level, index, width: tileWidth(level, index, size) };
    }
  }
}

/** Every entry bundle of a log of that size; with `since`, only those that a log of that older size does not have. */
export function* bundlesForSize(size: number, since = 0): Generator<Bundle> {
  for (const { level, index, width } of tilesForSize(size, since)) {
    if (level > 0) return;
    yield { index, width };
  }
}

/** C2SP tlog-tiles "Log entries": a run of uint16 big-endian length and entry. */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length < 1 || entries.length > TILE_WIDTH) {
    throw new Error(
      `Cannot bundle ${entries.length} entries: want 1 to ${TILE_WIDTH}`,
    );
  }
  let length = 0;
  for (const entry of entries) {
    if (entry.length > ENTRY_BYTES_MAX) {
      throw new Error(
        `Cannot bundle an entry of ${entry.length} bytes: want at most ${ENTRY_BYTES_MAX}`,
      );
    }
    length += PREFIX_BYTES + entry.length;
  }
  const bundle = new Uint8Array(length);
  const view = new DataView(bundle.buffer);
  let at = 0;
  for (const entry of entries) {
    view.setUint16(at, entry.length);
    bundle.set(entry, at + PREFIX_BYTES);
    at += PREFIX_BYTES + entry.length;
  }
  return bundle;
}

/** The entries as views into `bundle`, not copies. Whether there are as many as the path says is for the caller to check. */
export function decodeBundle(bundle: Uint8Array): Uint8Array[] {
  const view = new DataView(bundle.buffer, bundle.byteOffset, bundle.length);
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bundle.length;) {
    const start = at + PREFIX_BYTES;
    const end = start <= bundle.length ? start + view.getUint16(at) : Infinity;
    if (end > bundle.length) {
      throw new FormatError(
        "entry bundle",
        `entry ${entries.length} runs past the end at byte ${bundle.length}`,
      );
    }
    if (entries.length === TILE_WIDTH) {
      throw new FormatError(
        "entry bundle",
        `it has more than ${TILE_WIDTH} entries`,
      );
    }
    entries.push(bundle.subarray(start, end));
    at = end;
  }
  if (entries.length === 0)
    throw new FormatError("entry bundle", "it is empty");
  return entries;
}

/** Exact for any level: dividing by a power of two only moves the exponent. */
function hashesAtLevel(level: number, size: number): number {
  return Math.floor(size / TILE_WIDTH ** level);
}

function indexPath(index: number): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, "0");
  const groups = padded.match(/[0-9]{3}/g) ?? [];
  return groups
    .map((group, at) => (at < groups.length - 1 ? `x${group}` : group))
    .join("/");
}

function partialSuffix(width: number): string {
  if (!Number.isInteger(width) || width < 1 || width > TILE_WIDTH) {
    throw new Error(
      `Cannot name a tile of width ${width}: want 1 to ${TILE_WIDTH}`,
    );
  }
  return width === TILE_WIDTH ? "" : `.p/${width}`;
}
