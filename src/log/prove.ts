import { fromBase64url, hexToBytes, sameBytes } from "../acts/bytes.ts";
import type { Primitives } from "../acts/primitives.ts";
import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts";
import { decodeDecimal } from "./encoding.ts";
import { FormatError } from "./format-error.ts";
import { HASH_BYTES, leafHash } from "./hash.ts";
import { parseNote } from "./note.ts";
import { hashReader, inclusionProof, type ReadHash } from "./proof.ts";
import {
  bundlePath,
  decodeBundle,
  type Tile,
  TILE_HEIGHT,
  TILE_WIDTH,
  tilePath,
  tileWidth,
} from "./tiles.ts";
import { provesLeaf, type ReadProof } from "./tlog-proof.ts";

/** How an entry is named: its index in decimal, or its leaf hash in base64url or hex; undefined for any other text. */
export function whichEntry(text: string): number | Uint8Array | undefined {
  if (/^[0-9a-f]{64}$/.test(text)) return hexToBytes(text);
  if (/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/.test(text))
    return fromBase64url(text);
  return decodeDecimal(text);
}

/** A log's public files by their path below its folder; undefined where there is none. */
export type ReadFile = (path: string) => Promise<Uint8Array | undefined>;

/** Nodes of one log above its first tiles, for the next proof: they are most of what a proof costs. */
export type KnownNodes = Map<string, Uint8Array>;
const KNOWN_NODES_MAX = 100_000;

/** The files of a log do not hold what its own checkpoint says: no proof can be made from them. */
export class TilesDiffer extends Error {
  override readonly name = "TilesDiffer";
}

/**
 * The proof that entry `index` stands in the tree of this signed checkpoint, with the entry's bytes in it. It reads one tile of
 * each level, those of the right edge and one bundle, and is verified before it is given away: throws `TilesDiffer` else.
 */
export async function proveEntry(
  p: Primitives,
  read: ReadFile,
  note: string,
  index: number,
  known: KnownNodes = new Map(),
): Promise<ReadProof> {
  const signed = parseNote(note);
  const checkpoint = parseCheckpoint(signed.text);
  const { size, origin } = checkpoint;
  const tiles = await tilesOf(p, read, checkpoint, index);
  const readHash = remembering(
    known,
    hashReader(p, size, (level, at) => tileFrom(tiles, origin, level, at)),
  );
  const path = inclusionProof(p, index, size, readHash);
  const entry = await entryAt(read, checkpoint, index);
  const proof = { extra: entry, index, path, note, signed, checkpoint };
  if (provesLeaf(p, proof, leafHash(p, entry))) return proof;
  known.clear();
  throw new TilesDiffer(
    `Cannot prove entry ${index} of ${origin}: its tiles and entries do not lead to the root of its checkpoint of size ${size}`,
  );
}

/** A node that is complete never changes. Those over single leaves are many, and cheap to make again. */
function remembering(known: KnownNodes, read: ReadHash): ReadHash {
  return (level, index) => {
    if (level < TILE_HEIGHT) return read(level, index);
    const name = `${level}/${index}`;
    const hash = known.get(name) ?? read(level, index);
    if (known.size >= KNOWN_NODES_MAX) known.clear();
    known.set(name, hash);
    return hash;
  };
}

/** The tiles that a path is made from: first looked through without them, to know which. */
async function tilesOf(
  p: Primitives,
  read: ReadFile,
  { size, origin }: Checkpoint,
  index: number,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const wanted = new Map<string, Tile>();
  const nothing = new Uint8Array(HASH_BYTES);
  inclusionProof(p, index, size, (level, at) => {
    const tileLevel = Math.floor(level / TILE_HEIGHT);
    const first = at * 2 ** (level % TILE_HEIGHT);
    const tileIndex = Math.floor(first / TILE_WIDTH);
    const width = tileWidth(tileLevel, tileIndex, size);
    const tile = { level: tileLevel, index: tileIndex, width };
    wanted.set(tilePath(tileLevel, tileIndex), tile);
    return nothing;
  });
  const found = new Map<string, Uint8Array>();
  await Promise.all(
    [...wanted].map(async ([name, tile]) => {
      const bytes = await readTile(read, tile);
      if (bytes === undefined)
        throw new TilesDiffer(
          `Cannot prove entry ${index} of ${origin}: ${tilePath(tile.level, tile.index, tile.width)} is missing`,
        );
      found.set(name, bytes);
    }),
  );
  return found;
}

function tileFrom(
  tiles: ReadonlyMap<string, Uint8Array>,
  origin: string,
  level: number,
  index: number,
): Uint8Array {
  const tile = tiles.get(tilePath(level, index));
  if (tile !== undefined) return tile;
  throw new TilesDiffer(
    `Cannot prove from log ${origin}: ${tilePath(level, index)} was not read`,
  );
}

/** A partial tile goes away once the full one exists. */
export async function readTile(
  read: ReadFile,
  { level, index, width }: Tile,
): Promise<Uint8Array | undefined> {
  const exact = await read(tilePath(level, index, width));
  if (exact !== undefined || width === TILE_WIDTH) return exact;
  return read(tilePath(level, index));
}

export async function entryAt(
  read: ReadFile,
  { size, origin }: Checkpoint,
  index: number,
): Promise<Uint8Array> {
  const at = Math.floor(index / TILE_WIDTH);
  const width = Math.min(TILE_WIDTH, size - at * TILE_WIDTH);
  const bundle =
    (await read(bundlePath(at, width))) ??
    (width < TILE_WIDTH ? await read(bundlePath(at)) : undefined);
  const says = `Cannot prove entry ${index} of ${origin}: ${bundlePath(at, width)} does not hold it`;
  try {
    const entry = decodeBundle(bundle ?? new Uint8Array(0))[index % TILE_WIDTH];
    if (entry !== undefined) return entry;
  } catch (cause) {
    if (cause instanceof FormatError) throw new TilesDiffer(says, { cause });
    throw cause;
  }
  throw new TilesDiffer(says);
}

/** Where a leaf stands in a tree of that size, the newest place first; undefined when it does not. Reads up to every tile of level 0. */
export async function scanForLeaf(
  read: ReadFile,
  size: number,
  leaf: Uint8Array,
): Promise<number | undefined> {
  for (let at = Math.ceil(size / TILE_WIDTH) - 1; at >= 0; at--) {
    const width = tileWidth(0, at, size);
    const tile = await readTile(read, { level: 0, index: at, width });
    for (let i = width - 1; i >= 0; i--)
      if (tile !== undefined && sameBytes(hashIn(tile, i), leaf))
        return at * TILE_WIDTH + i;
  }
  return undefined;
}

export function hashIn(tile: Uint8Array, at: number): Uint8Array {
  return tile.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES);
}
