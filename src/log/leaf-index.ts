import { HASH_BYTES } from "./hash.ts";

/**
 * Where the leaves of a growing log stand, by their hash, for the newest of them: 8 bytes a slot, at most half of the slots taken.
 * It holds four bytes of each hash and names places where a leaf may stand; whoever asks looks there. Mutable; its owner feeds it.
 */
export type LeafIndex = {
  /** The leaves [from, size) are in it. */
  from: number;
  size: number;
  /** By slot: four bytes of the hash, and the place behind `from`, plus one; 0 where the slot is free. */
  marks: Uint32Array;
  places: Uint32Array;
};

/** Two million leaves: 32 MB when it is full. Whoever feeds it begins again at half of that. */
export const INDEXED_LEAVES_MAX = 2 ** 21;
const SLOTS_MIN = 1024;

export function emptyLeafIndex(from = 0): LeafIndex {
  return { from, size: from, ...slots(SLOTS_MIN) };
}

/** Takes in the hashes of the next leaves, one behind the other. */
export function indexLeaves(index: LeafIndex, hashes: Uint8Array): void {
  const count = hashes.length / HASH_BYTES;
  const wanted = (index.size - index.from + count) * 2;
  if (wanted > index.marks.length) grow(index, wanted);
  const view = new DataView(hashes.buffer, hashes.byteOffset, hashes.length);
  for (let at = 0; at < count; at++) {
    put(index, view.getUint32(at * HASH_BYTES), index.size - index.from + 1);
    index.size++;
  }
}

/** Where this leaf may stand, in no order. */
export function placesOf(index: LeafIndex, leaf: Uint8Array): number[] {
  const mark = new DataView(leaf.buffer, leaf.byteOffset).getUint32(0);
  const found: number[] = [];
  const { marks, places, from } = index;
  for (let slot = mark % marks.length; ; slot = (slot + 1) % marks.length) {
    const place = places[slot] ?? 0;
    if (place === 0) return found;
    if (marks[slot] === mark) found.push(from + place - 1);
  }
}

function put({ marks, places }: LeafIndex, mark: number, place: number): void {
  let slot = mark % marks.length;
  while (places[slot] !== 0) slot = (slot + 1) % marks.length;
  marks[slot] = mark;
  places[slot] = place;
}

function grow(index: LeafIndex, wanted: number): void {
  let length = index.marks.length;
  while (length < wanted) length *= 2;
  const { marks, places } = index;
  Object.assign(index, slots(length));
  for (const [slot, place] of places.entries())
    if (place !== 0) put(index, marks[slot] ?? 0, place);
}

function slots(length: number): Pick<LeafIndex, "marks" | "places"> {
  return { marks: new Uint32Array(length), places: new Uint32Array(length) };
}
