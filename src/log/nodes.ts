import type { Primitives } from "../acts/primitives.ts";
import { type ReadHash, rootAt } from "./proof.ts";
import { appendLeaf, type CompactRange, emptyRange } from "./tree.ts";

/** Every complete node of a growing tree, so that its root at any earlier size costs a few hashes. 64 bytes a leaf. */
export type Nodes = {
  readonly range: CompactRange;
  readonly levels: Uint8Array[];
  /** Roots that were asked for, for the next who asks; emptied when there are too many. */
  readonly roots: Map<number, Uint8Array>;
};

export function emptyNodes(): Nodes {
  return { range: emptyRange(), levels: [], roots: new Map() };
}

export function addLeaf(p: Primitives, nodes: Nodes, leaf: Uint8Array): void {
  appendLeaf(p, nodes.range, leaf, (level, index, hash) =>
    store(nodes, level, index, hash),
  );
}

const ROOTS_MAX = 100_000;

/** The root of the tree when it had `size` leaves; undefined for anything that is no size of it. */
export function rootWhen(
  p: Primitives,
  nodes: Nodes,
  size: number,
): Uint8Array | undefined {
  if (!Number.isSafeInteger(size) || size < 0 || size > nodes.range.size)
    return undefined;
  const known = nodes.roots.get(size);
  if (known !== undefined) return known;
  const root = rootAt(p, size, nodeReader(nodes));
  if (nodes.roots.size >= ROOTS_MAX) nodes.roots.clear();
  nodes.roots.set(size, root);
  return root;
}

/** Reads complete nodes for proofs. */
export function nodeReader(nodes: Nodes): ReadHash {
  return (level, index) => read(nodes, level, index);
}

function store(
  nodes: Nodes,
  level: number,
  index: number,
  hash: Uint8Array,
): void {
  const bytes = nodes.levels[level] ?? new Uint8Array(32 * 64);
  const needed = (index + 1) * 32;
  const room = needed <= bytes.length ? bytes : grown(bytes, needed);
  room.set(hash, index * 32);
  nodes.levels[level] = room;
}

function grown(bytes: Uint8Array, needed: number): Uint8Array {
  const larger = new Uint8Array(Math.max(needed, bytes.length * 2));
  larger.set(bytes);
  return larger;
}

function read(nodes: Nodes, level: number, index: number): Uint8Array {
  return (nodes.levels[level] ?? new Uint8Array(0)).subarray(
    index * 32,
    index * 32 + 32,
  );
}
