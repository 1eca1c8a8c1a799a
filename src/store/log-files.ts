import { promises as fs } from "node:fs";
import { join } from "node:path";
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
import { LogHalted, writeWhole } from "./durable.ts";

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

  /** Opens the files at a size that is known to be durable and checks the right edge against the root. */
  static async open(
    folder: string,
    size: number,
    root: Uint8Array,
  ): Promise<LogFiles> {
    const edges: Uint8Array[][] = [];
    for (let level = 0; Math.floor(size / TILE_WIDTH ** level) > 0; level++) {
      const width = partialWidth(level, size);
      const index = Math.floor(size / TILE_WIDTH ** (level + 1));
      edges[level] =
        width === 0
          ? []
          : hashesOf(
              await fs.readFile(join(folder, tilePath(level, index, width))),
            );
    }
    const width = size % TILE_WIDTH;
    const bundle =
      width === 0
        ? []
        : decodeBundle(
            await fs.readFile(
              join(folder, bundlePath(Math.floor(size / TILE_WIDTH), width)),
            ),
          );
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
        `Cannot open log ${folder}: its tiles at size ${size} do not give the root of its head; restore them from a mirror`,
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
        full.push({
          path: bundlePath((this.size - TILE_WIDTH) / TILE_WIDTH),
          bytes: encodeBundle(this.#bundle),
        });
        this.#bundle = [];
      }
    }
    // They do not depend on each other: only the head, which moves afterwards, depends on all of them.
    await Promise.all(
      [...full, ...this.#edge()].map(({ path, bytes }) =>
        writeWhole(join(this.folder, path), bytes, { immutable: true }),
      ),
    );
    for (const { path } of full) {
      await fs.rm(join(this.folder, `${path}.p`), {
        recursive: true,
        force: true,
      });
    }
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
    return decodeBundle(
      await fs.readFile(join(this.folder, bundlePath(index))),
    );
  }

  /** The leaf hashes of [0, size), from the tiles on disk. */
  async *leafHashes(): AsyncGenerator<Uint8Array> {
    for (let index = 0; index * TILE_WIDTH < this.size; index++) {
      const last = index === Math.floor(this.size / TILE_WIDTH);
      yield* last
        ? (this.#edges[0] ?? [])
        : hashesOf(await fs.readFile(join(this.folder, tilePath(0, index))));
    }
  }

  async writeCheckpoint(note: string): Promise<void> {
    await writeWhole(join(this.folder, "checkpoint"), note);
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
    const bundle =
      this.#bundle.length === 0
        ? []
        : [
            {
              path: bundlePath(
                Math.floor(size / TILE_WIDTH),
                this.#bundle.length,
              ),
              bytes: encodeBundle(this.#bundle),
            },
          ];
    const tiles = this.#edges.flatMap((edge, level) => {
      if (edge.length === 0) return [];
      const index = Math.floor(size / TILE_WIDTH ** (level + 1));
      return [
        {
          path: tilePath(level, index, edge.length),
          bytes: Buffer.concat(edge),
        },
      ];
    });
    return [...bundle, ...tiles];
  }
}

function hashesOf(tile: Uint8Array): Uint8Array[] {
  const hashes: Uint8Array[] = [];
  for (let at = 0; at < tile.length; at += 32)
    hashes.push(tile.subarray(at, at + 32));
  return hashes;
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
