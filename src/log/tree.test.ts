import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesToHex } from "../acts/bytes.ts";
import { emptyRoot, leafHash, nodeHash } from "./hash.ts";
import { verifyInclusion } from "./proof.ts";
import { p } from "./signing.test.ts";
import {
  appendLeaf,
  copyRange,
  emptyRange,
  pathInLeaves,
  pathsInLeaves,
  rootOf,
  rootOfLeaves,
} from "./tree.ts";

const LEAVES = Array.from({ length: 300 }, (_, i) =>
  leafHash(p, Uint8Array.of(i >> 8, i)),
);

/** RFC 6962 section 2.1, word by word. */
function naiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return emptyRoot(p);
  if (leaves.length === 1) return only;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(
    p,
    naiveRoot(leaves.slice(0, split)),
    naiveRoot(leaves.slice(split)),
  );
}

test("every tree of 0 to 300 leaves has the root of the definition, appended or at once", () => {
  const range = emptyRange();
  for (let size = 0; size <= LEAVES.length; size++) {
    const leaves = LEAVES.slice(0, size);
    const root = bytesToHex(naiveRoot(leaves));
    expect(bytesToHex(rootOf(p, range))).toBe(root);
    expect(bytesToHex(rootOfLeaves(p, leaves))).toBe(root);
    expect(bytesToHex(pathsInLeaves(p, leaves).root)).toBe(root);
    const next = LEAVES[size];
    if (next !== undefined) appendLeaf(p, range, next);
  }
  expect(range.size).toBe(LEAVES.length);
});

test("appending reports each complete node once, lowest first, with the root of its leaves", () => {
  const range = emptyRange();
  const nodes = new Map<string, string>();
  for (const leaf of LEAVES) {
    let lowest = -1;
    appendLeaf(p, range, leaf, (level, index, hash) => {
      expect(level).toBe(++lowest);
      expect(nodes.has(`${level} ${index}`)).toBe(false);
      nodes.set(`${level} ${index}`, bytesToHex(hash));
    });
  }
  let complete = 0;
  for (let level = 0; 2 ** level <= LEAVES.length; level++) {
    const width = 2 ** level;
    for (let index = 0; (index + 1) * width <= LEAVES.length; index++) {
      const leaves = LEAVES.slice(index * width, (index + 1) * width);
      expect(nodes.get(`${level} ${index}`)).toBe(
        bytesToHex(naiveRoot(leaves)),
      );
      complete++;
    }
  }
  expect(nodes.size).toBe(complete);
});

test("a copied range goes its own way", () => {
  const range = emptyRange();
  for (const leaf of LEAVES.slice(0, 7)) appendLeaf(p, range, leaf);
  const before = bytesToHex(rootOf(p, range));
  const copy = copyRange(range);
  for (const leaf of LEAVES.slice(7, 9)) appendLeaf(p, copy, leaf);
  expect(bytesToHex(rootOf(p, range))).toBe(before);
  expect(bytesToHex(rootOf(p, copy))).toBe(
    bytesToHex(naiveRoot(LEAVES.slice(0, 9))),
  );
});

test("a range whose hashes do not fit its size is a bug", () => {
  expect(() =>
    appendLeaf(p, { size: 1, hashes: [] }, new Uint8Array(32)),
  ).toThrow("Cannot append to a range of size 1: it has 0 hashes");
});

describe("paths in a small list", () => {
  test("each verifies for its own place and leaf, and for no other", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), fc.nat(), (count, pick) => {
        const leaves = LEAVES.slice(0, count);
        const { root, paths } = pathsInLeaves(p, leaves);
        expect(paths.length).toBe(count);
        for (const [index, leaf] of leaves.entries()) {
          const path = paths[index] ?? [];
          expect(path).toEqual(pathInLeaves(p, leaves, index));
          expect(verifyInclusion(p, leaf, index, count, path, root)).toBe(true);
          const other = pick % count;
          expect(verifyInclusion(p, leaf, other, count, path, root)).toBe(
            other === index,
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  test("a path to a leaf that is not in the list is a bug", () => {
    for (const index of [-1, 3, 0.5]) {
      expect(() => pathInLeaves(p, LEAVES.slice(0, 3), index)).toThrow(
        `Cannot find a path to leaf ${index}: the list has 3`,
      );
    }
    expect(pathsInLeaves(p, [])).toEqual({ root: emptyRoot(p), paths: [] });
  });
});
