import { concatBytes } from "../acts/bytes.ts";
import { TILE_HEIGHT, TILE_WIDTH, tilePath, type Tile } from "../log/tiles.ts";
import type { OnNode } from "../log/tree.ts";

export type WholeTile = Tile & {
  readonly path: string;
  readonly bytes: Uint8Array;
};

/** The hash tiles of a tree as they must be, while its leaves are appended one after the other. */
export class FullTiles {
  /** By tile level, the hashes of the tile at its right end. */
  readonly #edges: Uint8Array[][] = [];
  readonly #indexes: number[] = [];
  readonly #full: WholeTile[] = [];

  readonly see: OnNode = (level, index, hash) => {
    if (level % TILE_HEIGHT !== 0) return;
    const tileLevel = level / TILE_HEIGHT;
    const edge = (this.#edges[tileLevel] ??= []);
    edge.push(hash);
    const tile = Math.floor(index / TILE_WIDTH);
    this.#indexes[tileLevel] = tile;
    if (edge.length < TILE_WIDTH) return;
    this.#full.push(tileOf(tileLevel, tile, edge));
    this.#edges[tileLevel] = [];
  };

  /** Those that became full since they were taken last. */
  take(): readonly WholeTile[] {
    return this.#full.splice(0);
  }

  /** The partial ones at the right end of the tree. */
  partial(): readonly WholeTile[] {
    return this.#edges.flatMap((edge, level) =>
      edge.length === 0 ? [] : [tileOf(level, this.#indexes[level] ?? 0, edge)],
    );
  }
}

function tileOf(
  level: number,
  index: number,
  hashes: readonly Uint8Array[],
): WholeTile {
  const path = tilePath(level, index, hashes.length);
  return {
    level,
    index,
    width: hashes.length,
    path,
    bytes: concatBytes(...hashes),
  };
}
