import { leafHash } from "../../src/log/hash.ts";
import {
  consistencyProof,
  hashReader,
  inclusionProof,
  verifyConsistency,
  verifyInclusion,
} from "../../src/log/proof.ts";
import {
  bundlePath,
  bundlesForSize,
  decodeBundle,
  tilePath,
} from "../../src/log/tiles.ts";
import { rootOf, appendLeaf, emptyRange } from "../../src/log/tree.ts";
import { FullTiles } from "../../src/store/full-tiles.ts";
import { primitives } from "../../src/store/crypto.ts";

export type Shown = { readonly size: number; readonly root: Uint8Array };
const PROVEN_EVERY = 61;
type ReadFile = (path: string) => Uint8Array | undefined;

/**
 * What a stranger who has the files alone finds wrong in a log: entries that were answered and are not at their index, a root that
 * is not that of the entries, tiles that are not of this tree, an older checkpoint that it does not continue.
 */
export function clientFindings(
  read: ReadFile,
  now: Shown,
  answered: ReadonlyMap<number, string>,
  earlier: readonly Shown[],
): readonly string[] {
  const found: string[] = [];
  const range = emptyRange();
  const tiles = new FullTiles();
  const entries: Uint8Array[] = [];
  for (const { index, width } of bundlesForSize(now.size)) {
    const bytes = read(bundlePath(index, width));
    if (bytes === undefined) return [`${bundlePath(index, width)} is missing`];
    for (const entry of decodeBundle(bytes)) {
      entries.push(entry);
      appendLeaf(primitives, range, leafHash(primitives, entry), tiles.see);
    }
  }
  if (!same(rootOf(primitives, range), now.root))
    return [`the entries do not give the root at ${now.size}`];
  for (const tile of [...tiles.take(), ...tiles.partial()])
    if (!same(read(tile.path), tile.bytes))
      found.push(`${tile.path} is missing or of another tree`);
  if (found.length > 0) return found;
  const node = hashReader(primitives, now.size, (level, index, width) => {
    const bytes = read(tilePath(level, index, width));
    if (bytes === undefined) throw new Error("a tile went away");
    return bytes;
  });
  const sizes = new Map<number, Uint8Array>();
  for (const { size, root } of earlier) {
    const before = sizes.get(size);
    if (before !== undefined && same(before, root)) continue;
    sizes.set(size, root);
    if (size === 0) continue;
    const isContinued =
      size <= now.size &&
      verifyConsistency(
        primitives,
        size,
        root,
        now.size,
        now.root,
        size === now.size
          ? []
          : consistencyProof(primitives, size, now.size, node),
      );
    if (!isContinued) found.push(`the checkpoint of ${size} is not continued`);
  }
  for (const [index, text] of answered) {
    const entry = entries[index];
    if (entry === undefined || Buffer.from(entry).toString() !== text) {
      found.push(`entry ${index} is not the one that was answered`);
      continue;
    }
    // All tiles were seen to be those of the tree: a few proofs show that they are where they are looked for.
    if (index % PROVEN_EVERY !== 0) continue;
    const proof = inclusionProof(primitives, index, now.size, node);
    const leaf = leafHash(primitives, entry);
    if (!verifyInclusion(primitives, leaf, index, now.size, proof, now.root))
      found.push(`entry ${index} is not proven`);
  }
  return found;
}

function same(a: Uint8Array | undefined, b: Uint8Array): boolean {
  return a !== undefined && Buffer.compare(a, b) === 0;
}
