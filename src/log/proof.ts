import { sameBytes } from "../acts/bytes.ts";
import type { Primitives } from "../acts/primitives.ts";
import { FormatError } from "./format-error.ts";
import { HASH_BYTES, nodeHash } from "./hash.ts";
import { type CompactRange, rootOf, rootOfLeaves } from "./tree.ts";
import { TILE_HEIGHT, TILE_WIDTH, tilePath, tileWidth } from "./tiles.ts";

/** The hash of the complete node at binary `level` (0: leaves) that covers the leaves from `index * 2^level` on. */
export type ReadHash = (level: number, index: number) => Uint8Array;

/** The bytes of a tile: `width` hashes, or more when the store has the tile in a wider state already. */
export type ReadTile = (
  level: number,
  index: number,
  width: number,
) => Uint8Array;

/**
 * The root that a leaf and its inclusion path lead to (RFC 9162 section 2.1.3.2); undefined for an impossible path. Sizes
 * and hashes may come from anybody.
 */
export function rootFromInclusion(
  p: Primitives,
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
): Uint8Array | undefined {
  if (!isCount(index) || !isCount(size) || index >= size) return undefined;
  if (![leaf, ...proof].every(isHash)) return undefined;
  let fn = index;
  let sn = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (sn === 0) return undefined;
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(p, sibling, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      hash = nodeHash(p, hash, sibling);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 ? hash : undefined;
}

/** Whether the leaf stands at that index of the tree with that root. */
export function verifyInclusion(
  p: Primitives,
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  const computed = rootFromInclusion(p, leaf, index, size, proof);
  return computed !== undefined && sameBytes(computed, root);
}

/**
 * RFC 9162 section 2.1.4.2. False for an older size of 0: every tree extends the empty one, so there is nothing to
 * verify, and whoever can meet that case (tlog-witness) decides it first.
 */
export function verifyConsistency(
  p: Primitives,
  size1: number,
  root1: Uint8Array,
  size2: number,
  root2: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!isCount(size1) || !isCount(size2)) return false;
  if (size1 === 0 || size1 > size2) return false;
  if (size1 === size2) return proof.length === 0 && sameBytes(root1, root2);
  const path = isPowerOfTwo(size1) ? [root1, ...proof] : proof;
  const [first, ...rest] = path;
  if (first === undefined) return false;
  if (!path.every(isHash)) return false;
  let fn = size1 - 1;
  let sn = size2 - 1;
  while (fn % 2 === 1) {
    fn = (fn - 1) / 2;
    sn = Math.floor(sn / 2);
  }
  let hash1 = first;
  let hash2 = first;
  for (const sibling of rest) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      hash1 = nodeHash(p, sibling, hash1);
      hash2 = nodeHash(p, sibling, hash2);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      hash2 = nodeHash(p, hash2, sibling);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && sameBytes(hash1, root1) && sameBytes(hash2, root2);
}

/** RFC 6962 section 2.1.1: the way from the leaf to the root of the tree of that size, the leaf's sibling first. */
export function inclusionProof(
  p: Primitives,
  index: number,
  size: number,
  readHash: ReadHash,
): Uint8Array[] {
  if (!isCount(index) || !isCount(size) || index >= size) {
    throw new Error(`Cannot prove that leaf ${index} is in a tree of ${size}`);
  }
  const proof: Uint8Array[] = [];
  let begin = 0;
  let end = size;
  while (end - begin > 1) {
    const middle = begin + largestPowerBelow(end - begin);
    if (index < middle) {
      proof.push(rootBetween(p, middle, end, readHash));
      end = middle;
    } else {
      proof.push(rootBetween(p, begin, middle, readHash));
      begin = middle;
    }
  }
  return proof.reverse();
}

/** RFC 6962 section 2.1.2. Empty for an older size of 0, as tlog-witness wants it sent. */
export function consistencyProof(
  p: Primitives,
  size1: number,
  size2: number,
  readHash: ReadHash,
): Uint8Array[] {
  if (!isCount(size1) || !isCount(size2) || size1 > size2) {
    throw new Error(
      `Cannot prove that a tree of ${size2} extends one of ${size1}`,
    );
  }
  if (size1 === 0) return [];
  const proof: Uint8Array[] = [];
  let begin = 0;
  let end = size2;
  while (size1 < end) {
    const middle = begin + largestPowerBelow(end - begin);
    if (size1 <= middle) {
      proof.push(rootBetween(p, middle, end, readHash));
      end = middle;
    } else {
      proof.push(rootBetween(p, begin, middle, readHash));
      begin = middle;
    }
  }
  // While nothing was split off on the left, the rest is the older tree itself, whose root the verifier has.
  if (begin > 0) proof.push(rootBetween(p, begin, end, readHash));
  return proof.reverse();
}

export function rootAt(
  p: Primitives,
  size: number,
  readHash: ReadHash,
): Uint8Array {
  return rootOf(p, rangeAt(size, readHash));
}

/** The range to go on appending from, read back from a stored tree of that size. */
export function rangeAt(size: number, readHash: ReadHash): CompactRange {
  return { size, hashes: completeBetween(0, size, readHash) };
}

/**
 * Reads nodes of a tree of that size from its tiles. A tile's width follows from the size, so that exactly the partial
 * tiles are asked for which that tree has. Nothing is kept: one proof may ask for the same tile eight times.
 */
export function hashReader(
  p: Primitives,
  size: number,
  readTile: ReadTile,
): ReadHash {
  return (level, index) => {
    const tileLevel = Math.floor(level / TILE_HEIGHT);
    const count = 2 ** (level % TILE_HEIGHT);
    const tileIndex = Math.floor((index * count) / TILE_WIDTH);
    const first = (index * count) % TILE_WIDTH;
    const width = tileWidth(tileLevel, tileIndex, size);
    if (first + count > width) {
      throw new Error(
        `Cannot read node ${index} of level ${level}: a tree of ${size} does not complete it`,
      );
    }
    const tile = readTile(tileLevel, tileIndex, width);
    checkTile(tile, tileLevel, tileIndex, width);
    const hashes: Uint8Array[] = [];
    for (let at = first; at < first + count; at++) {
      hashes.push(tile.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES));
    }
    return rootOfLeaves(p, hashes);
  };
}

function checkTile(
  tile: Uint8Array,
  level: number,
  index: number,
  width: number,
): void {
  const isWhole = tile.length % HASH_BYTES === 0;
  const hashes = tile.length / HASH_BYTES;
  if (isWhole && hashes >= width && hashes <= TILE_WIDTH) return;
  throw new FormatError(
    tilePath(level, index, width),
    `it has ${tile.length} bytes, want ${width * HASH_BYTES}`,
  );
}

/** Root over the leaves from `begin` to before `end`, a subtree of RFC 6962's splitting. */
function rootBetween(
  p: Primitives,
  begin: number,
  end: number,
  readHash: ReadHash,
): Uint8Array {
  const hashes = completeBetween(begin, end, readHash);
  return rootOf(p, { size: end - begin, hashes });
}

function completeBetween(
  begin: number,
  end: number,
  readHash: ReadHash,
): Uint8Array[] {
  const hashes: Uint8Array[] = [];
  for (let at = begin; at < end;) {
    let level = 0;
    let width = 1;
    while (width * 2 <= end - at) {
      width *= 2;
      level++;
    }
    hashes.push(readHash(level, at / width));
    at += width;
  }
  return hashes;
}

/** For `count` above 1: where RFC 6962 splits a tree. */
function largestPowerBelow(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

// Sizes pass 2^32, where JavaScript's bit operations end; hence divisions instead of shifts.
function isPowerOfTwo(count: number): boolean {
  let rest = count;
  while (rest % 2 === 0) rest /= 2;
  return rest === 1;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function isHash(bytes: Uint8Array): boolean {
  return bytes.length === HASH_BYTES;
}
