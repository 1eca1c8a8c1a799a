import type { Primitives } from "../acts/primitives.ts";
import { emptyRoot, nodeHash } from "./hash.ts";

/**
 * The right edge of a tree: the roots of its complete subtrees, largest first. Enough to append and to compute the
 * root. Mutable; whoever holds it owns it.
 */
export type CompactRange = { size: number; hashes: Uint8Array[] };

/** A complete node at binary `level` (0: leaves); it covers the leaves from `index * 2^level` on. */
export type OnNode = (level: number, index: number, hash: Uint8Array) => void;

export function emptyRange(): CompactRange {
  return { size: 0, hashes: [] };
}

export function copyRange(range: CompactRange): CompactRange {
  return { size: range.size, hashes: [...range.hashes] };
}

/** Appends one leaf; `onNode` hears of it and of every node that it completes, lowest first. */
export function appendLeaf(
  p: Primitives,
  range: CompactRange,
  leaf: Uint8Array,
  onNode?: OnNode,
): void {
  let level = 0;
  let index = range.size;
  let hash = leaf;
  onNode?.(level, index, hash);
  while (index % 2 === 1) {
    const left = range.hashes.pop();
    if (left === undefined) throw brokenRange(range);
    hash = nodeHash(p, left, hash);
    level++;
    index = (index - 1) / 2;
    onNode?.(level, index, hash);
  }
  range.hashes.push(hash);
  range.size++;
}

export function rootOf(
  p: Primitives,
  range: Readonly<CompactRange>,
): Uint8Array {
  let root: Uint8Array | undefined;
  for (const hash of range.hashes.toReversed()) {
    root = root === undefined ? hash : nodeHash(p, hash, root);
  }
  return root ?? emptyRoot(p);
}

export function rootOfLeaves(
  p: Primitives,
  leaves: readonly Uint8Array[],
): Uint8Array {
  const range = emptyRange();
  for (const leaf of leaves) appendLeaf(p, range, leaf);
  return rootOf(p, range);
}

/** The inclusion path of one leaf of a small list; `verifyInclusion` checks it with the list's length as size. */
export function pathInLeaves(
  p: Primitives,
  leaves: readonly Uint8Array[],
  index: number,
): Uint8Array[] {
  if (!(index in leaves)) {
    throw new Error(
      `Cannot find a path to leaf ${index}: the list has ${leaves.length}`,
    );
  }
  return pathIn(rowsOf(p, leaves), index);
}

/** Root and all inclusion paths of a small list, hashing each node once: what a group's receipts need. */
export function pathsInLeaves(
  p: Primitives,
  leaves: readonly Uint8Array[],
): { root: Uint8Array; paths: Uint8Array[][] } {
  const rows = rowsOf(p, leaves);
  return {
    root: rows.at(-1)?.[0] ?? emptyRoot(p),
    paths: leaves.map((_, index) => pathIn(rows, index)),
  };
}

/** Splitting at the largest power of two, as RFC 6962 does, is pairing from the left and moving the odd last one up. */
function rowsOf(
  p: Primitives,
  leaves: readonly Uint8Array[],
): (readonly Uint8Array[])[] {
  const rows = [leaves];
  for (let row = leaves; row.length > 1;) {
    const above: Uint8Array[] = [];
    for (const [index, right] of row.entries()) {
      const left = row[index - 1];
      if (index % 2 === 1 && left !== undefined) {
        above.push(nodeHash(p, left, right));
      } else if (index === row.length - 1) {
        above.push(right);
      }
    }
    rows.push(above);
    row = above;
  }
  return rows;
}

function pathIn(
  rows: readonly (readonly Uint8Array[])[],
  index: number,
): Uint8Array[] {
  const path: Uint8Array[] = [];
  let at = index;
  for (const row of rows) {
    const sibling = row[at % 2 === 1 ? at - 1 : at + 1];
    if (sibling !== undefined) path.push(sibling);
    at = Math.floor(at / 2);
  }
  return path;
}

function brokenRange(range: CompactRange): Error {
  return new Error(
    `Cannot append to a range of size ${range.size}: it has ${range.hashes.length} hashes`,
  );
}
