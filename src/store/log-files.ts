import { promises as fs } from "node:fs";
import { join } from "node:path";
import { FormatError } from "../log/format-error.ts";
import { leafHash } from "../log/hash.ts";
import {
  bundlePath,
  decodeBundle,
  encodeBundle,
  partialWidth,
  TILE_HEIGHT,
  TILE_WIDTH,
  tilePath,
} from "../log/tiles.ts";
import {
  appendLeaf,
  type CompactRange,
  copyRange,
  emptyRange,
  rootOf,
} from "../log/tree.ts";
import { primitives } from "./crypto.ts";
import { LogHalted, readIfThere, writeWhole } from "./durable.ts";
import { FullTiles } from "./full-tiles.ts";

/** A file as it is to be: its path below the log's folder, and all its bytes. */
type Whole = { readonly path: string; readonly bytes: Uint8Array };

/**
 * A log's public files: entry bundles, hash tiles and the checkpoint, laid out as C2SP tlog-tiles wants them, so that the
 * folder served as it lies is the log. Owns the right edge of the tree.
 */
export class LogFiles {
  readonly folder: string;
  readonly #range: CompactRange;
  /** The entries of the last, partial bundle, and by tile level the hashes of its last, partial tile. */
  #bundle: Uint8Array[];
  readonly #edges: Uint8Array[][];
  /** Bundles that are full and on their way to the disk. */
  readonly #unwritten = new Map<number, readonly Uint8Array[]>();

  private constructor(
    folder: string,
    range: CompactRange,
    bundle: Uint8Array[],
    edges: Uint8Array[][],
  ) {
    this.folder = folder;
    this.#range = range;
    this.#bundle = bundle;
    this.#edges = edges;
  }

  /**
   * Opens the files at a size that is known to be durable and checks the right edge against the root. A crash between
   * files and head leaves files of a larger size: a partial tile may then have gone where the full one stands.
   */
  static async open(
    folder: string,
    size: number,
    root: Uint8Array,
  ): Promise<LogFiles> {
    const edges: Uint8Array[][] = [];
    for (let level = 0; Math.floor(size / TILE_WIDTH ** level) > 0; level++) {
      const width = partialWidth(level, size);
      const index = Math.floor(size / TILE_WIDTH ** (level + 1));
      const path = tilePath(level, index);
      edges[level] =
        width === 0 ? [] : await readEdge(folder, path, width, hashesOf);
    }
    const width = size % TILE_WIDTH;
    const last = bundlePath(Math.floor(size / TILE_WIDTH));
    const bundle =
      width === 0 ? [] : await readEdge(folder, last, width, entriesOf);
    const files = new LogFiles(
      folder,
      { size, hashes: edges.toReversed().flatMap(completeIn) },
      bundle,
      edges,
    );
    if (
      Buffer.compare(files.root(), root) !== 0 ||
      !edgeHolds(bundle, edges[0] ?? [])
    ) {
      throw new LogHalted(
        `Cannot open log ${folder}: its tiles at size ${size} do not give the root of its head in the database; bring back the database that belongs to this folder, see what vitrine log doctor says of the tiles, or restore them from a mirror`,
      );
    }
    return files;
  }

  get size(): number {
    return this.#range.size;
  }

  /** The right edge of what is in the files, for a tree that goes on beyond them. */
  range(): CompactRange {
    return copyRange(this.#range);
  }

  root(): Uint8Array {
    return rootOf(primitives, this.#range);
  }

  /** Appends entries and makes bundles and tiles of the new size durable. */
  async extend(entries: readonly Uint8Array[]): Promise<void> {
    if (entries.length === 0) return;
    const full: Whole[] = [];
    for (const entry of entries) {
      this.#bundle.push(entry);
      appendLeaf(
        primitives,
        this.#range,
        leafHash(primitives, entry),
        (level, index, hash) => this.#onNode(level, index, hash, full),
      );
      if (this.#bundle.length === TILE_WIDTH) {
        const index = (this.size - TILE_WIDTH) / TILE_WIDTH;
        const bytes = encodeBundle(this.#bundle);
        full.push({ path: bundlePath(index), bytes });
        this.#unwritten.set(index, this.#bundle);
        this.#bundle = [];
      }
    }
    // They do not depend on each other: only the head, which moves afterwards, depends on all of them.
    await Promise.all(
      [...full, ...this.#edge()].map(({ path, bytes }) =>
        writeWhole(join(this.folder, path), bytes, { immutable: true }),
      ),
    );
    this.#unwritten.clear();
    for (const { path } of full)
      await fs.rm(join(this.folder, `${path}.p`), {
        recursive: true,
        force: true,
      });
  }

  /** The entries of [from, to), read from the bundles. */
  async entries(from: number, to: number): Promise<Uint8Array[]> {
    const found: Uint8Array[] = [];
    for (
      let index = Math.floor(from / TILE_WIDTH);
      index * TILE_WIDTH < to;
      index++
    ) {
      const bundle = await this.bundle(index);
      const first = index * TILE_WIDTH;
      found.push(...bundle.slice(Math.max(0, from - first), to - first));
    }
    return found;
  }

  async bundle(index: number): Promise<Uint8Array[]> {
    if (index === Math.floor(this.size / TILE_WIDTH)) return [...this.#bundle];
    const unwritten = this.#unwritten.get(index);
    if (unwritten !== undefined) return [...unwritten];
    return entriesOf(await fs.readFile(join(this.folder, bundlePath(index))));
  }

  /**
   * The entries of [from, size), and before them the leaf hashes of [0, from), bundle by bundle. At the end the whole tree
   * was built from what was read, and an entry or a tile that was exchanged on the disk halts.
   */
  async readThrough(
    from: number,
    see: {
      readonly leaf: (hash: Uint8Array) => void;
      readonly entry: (raw: Uint8Array) => void;
      /** Hears every size and may ask for the root that the tree had then. */
      readonly size?: (size: number, root: () => Uint8Array) => void;
    },
  ): Promise<void> {
    const range = emptyRange();
    const { size } = this;
    const tiles = new FullTiles();
    const wrong: string[] = [];
    for (let first = 0; first < size; first += TILE_WIDTH) {
      const last = Math.min(first + TILE_WIDTH, size);
      const leaves = last <= from ? await this.#tile(first / TILE_WIDTH) : [];
      const entries = last <= from ? [] : await this.bundle(first / TILE_WIDTH);
      for (const leaf of [
        ...leaves,
        ...entries.map((raw) => leafHash(primitives, raw)),
      ]) {
        appendLeaf(primitives, range, leaf, tiles.see);
        see.leaf(leaf);
        see.size?.(range.size, () => rootOf(primitives, range));
      }
      for (const raw of entries.slice(Math.max(0, from - first)))
        see.entry(raw);
      for (const { path, bytes } of tiles.take()) {
        const there = await readIfThere(join(this.folder, path));
        if (there === undefined || Buffer.compare(there, bytes) !== 0)
          wrong.push(path);
      }
    }
    if (
      range.size !== size ||
      Buffer.compare(rootOf(primitives, range), this.root()) !== 0
    ) {
      throw new LogHalted(
        `Cannot open log ${this.folder}: its entries do not give the root of its head at size ${size}; bring back a whole copy, or restore them from a mirror`,
      );
    }
    if (wrong.length > 0)
      throw new LogHalted(
        `Cannot open log ${this.folder}: its entries are whole, and ${wrong[0]} is missing or damaged, with ${wrong.length - 1} more; vitrine log doctor --apply computes it again`,
      );
  }

  async writeCheckpoint(note: string): Promise<void> {
    await writeWhole(join(this.folder, "checkpoint"), note);
  }

  async #tile(index: number): Promise<readonly Uint8Array[]> {
    if (index === Math.floor(this.size / TILE_WIDTH))
      return this.#edges[0] ?? [];
    return hashesOf(await fs.readFile(join(this.folder, tilePath(0, index))));
  }

  #onNode(level: number, index: number, hash: Uint8Array, full: Whole[]): void {
    if (level % TILE_HEIGHT !== 0) return;
    const tileLevel = level / TILE_HEIGHT;
    const edge = (this.#edges[tileLevel] ??= []);
    edge.push(hash);
    if (edge.length < TILE_WIDTH) return;
    full.push({
      path: tilePath(tileLevel, Math.floor(index / TILE_WIDTH)),
      bytes: Buffer.concat(edge),
    });
    this.#edges[tileLevel] = [];
  }

  /** The partial bundle and tiles of the present size. */
  #edge(): readonly Whole[] {
    const { size } = this;
    const width = this.#bundle.length;
    const last = Math.floor(size / TILE_WIDTH);
    const tiles = this.#edges.flatMap((edge, level): Whole[] => {
      if (edge.length === 0) return [];
      const index = Math.floor(size / TILE_WIDTH ** (level + 1));
      const path = tilePath(level, index, edge.length);
      return [{ path, bytes: Buffer.concat(edge) }];
    });
    if (width === 0) return tiles;
    const bytes = encodeBundle(this.#bundle);
    return [{ path: bundlePath(last, width), bytes }, ...tiles];
  }
}

/** What a partial tile or bundle at the right end holds, or the first of the full one that took its place. */
async function readEdge(
  folder: string,
  path: string,
  width: number,
  parse: (bytes: Uint8Array) => Uint8Array[],
): Promise<Uint8Array[]> {
  const partial = await readIfThere(join(folder, `${path}.p/${width}`));
  const bytes = partial ?? (await readIfThere(join(folder, path)));
  const items = bytes === undefined ? [] : parse(bytes);
  if (items.length < width || (partial !== undefined && items.length > width))
    throw new LogHalted(
      `Cannot open log ${folder}: ${path}.p/${width} is missing or damaged; vitrine log doctor says whether it can be computed again, else restore it from a mirror`,
    );
  return items.slice(0, width);
}

/** None where the bundle cannot be read: it then holds too few. */
function entriesOf(bundle: Uint8Array): Uint8Array[] {
  try {
    return decodeBundle(bundle);
  } catch (error) {
    if (error instanceof FormatError) return [];
    throw error;
  }
}

/** None where the tile is no run of whole hashes. */
function hashesOf(tile: Uint8Array): Uint8Array[] {
  if (tile.length % 32 !== 0) return [];
  return Array.from({ length: tile.length / 32 }, (_, i) =>
    tile.subarray(i * 32, i * 32 + 32),
  );
}

/** The hashes of a partial tile are complete nodes side by side: the part of the tree's right edge at their level. */
function completeIn(edge: readonly Uint8Array[]): readonly Uint8Array[] {
  const range = emptyRange();
  for (const hash of edge) appendLeaf(primitives, range, hash);
  return range.hashes;
}

function edgeHolds(
  bundle: readonly Uint8Array[],
  edge: readonly Uint8Array[],
): boolean {
  return (
    bundle.length === edge.length &&
    bundle.every(
      (entry, i) =>
        Buffer.compare(
          leafHash(primitives, entry),
          edge[i] ?? Buffer.alloc(0),
        ) === 0,
    )
  );
}
