import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesToHex, concatBytes } from "../acts/bytes.ts";
import { FormatError } from "./format-error.ts";
import { emptyRoot, leafHash, nodeHash } from "./hash.ts";
import {
  consistencyProof,
  hashReader,
  inclusionProof,
  rangeAt,
  type ReadTile,
  rootAt,
  verifyConsistency,
  verifyInclusion,
} from "./proof.ts";
import { p } from "./signing.test.ts";
import { appendLeaf, emptyRange, rootOf, rootOfLeaves } from "./tree.ts";
import { tilesForSize } from "./tiles.ts";

const COUNT = 70_000;

/** A log of 70,000 leaves: three tile levels, all with partial tiles. */
const { leaves, roots, nodes } = growLog();
const size = fc.oneof(
  fc.integer({ min: 1, max: COUNT }),
  fc.integer({ min: 1, max: 600 }),
  fc.constantFrom(1, 255, 256, 257, 65_535, 65_536, 65_537, COUNT),
);
const sizeAndIndex = size.chain((n) =>
  fc.tuple(fc.constant(n), fc.integer({ min: 0, max: n - 1 })),
);
const twoSizes = fc
  .tuple(size, size)
  .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

test("roots computed from the tiles of a size are the roots when the log had it", () => {
  fc.assert(
    fc.property(size, (n) => {
      expect(bytesToHex(rootAt(p, n, readerAt(n)))).toBe(
        bytesToHex(rootOfSize(n)),
      );
    }),
  );
  expect(bytesToHex(rootAt(p, 0, readerAt(0)))).toBe(bytesToHex(emptyRoot(p)));
});

test("inclusion proofs built from tiles verify, and not for another index, size, leaf or root", () => {
  fc.assert(
    fc.property(
      sizeAndIndex,
      sizeAndIndex,
      ([n, index], [otherSize, other]) => {
        const proof = inclusionProof(p, index, n, readerAt(n));
        const root = rootOfSize(n);
        const leaf = leafAt(index);
        expect(verifyInclusion(p, leaf, index, n, proof, root)).toBe(true);
        expect(verifyInclusion(p, leaf, other, n, proof, root)).toBe(
          other === index,
        );
        expect(verifyInclusion(p, leafAt(other), index, n, proof, root)).toBe(
          other === index,
        );
        expect(
          verifyInclusion(p, leaf, index, n, proof, rootOfSize(otherSize)),
        ).toBe(otherSize === n);
      },
    ),
  );
});

test("consistency proofs built from the newer tiles verify, and not between other roots", () => {
  fc.assert(
    fc.property(twoSizes, size, ([older, newer], other) => {
      const proof = consistencyProof(p, older, newer, readerAt(newer));
      const [root1, root2] = [rootOfSize(older), rootOfSize(newer)];
      const wrong = rootOfSize(other);
      expect(verifyConsistency(p, older, root1, newer, root2, proof)).toBe(
        true,
      );
      expect(verifyConsistency(p, older, wrong, newer, root2, proof)).toBe(
        other === older,
      );
      expect(verifyConsistency(p, older, root1, newer, wrong, proof)).toBe(
        other === newer,
      );
    }),
  );
});

test("a proof with one bit, one hash or one byte changed does not verify", () => {
  const change = fc.record({ at: fc.nat(), bit: fc.nat(7), byte: fc.nat(31) });
  fc.assert(
    fc.property(
      sizeAndIndex,
      twoSizes,
      change,
      ([n, index], [older, newer], { at, bit, byte }) => {
        const inclusion = inclusionProof(p, index, n, readerAt(n));
        const consistency = consistencyProof(p, older, newer, readerAt(newer));
        const wrongOf = (proof: readonly Uint8Array[]) => {
          const place = at % (proof.length + 1);
          const flipped = proof.map((hash) => Uint8Array.from(hash));
          const target = flipped[place];
          if (target !== undefined)
            target[byte] = (target[byte] ?? 0) ^ (1 << bit);
          return [
            ...(target === undefined ? [] : [flipped]),
            ...(proof[place] === undefined ? [] : [proof.toSpliced(place, 1)]),
            proof.toSpliced(place, 0, leafAt(at % COUNT)),
            proof.toSpliced(place, 1, new Uint8Array(31)),
          ];
        };
        for (const wrong of wrongOf(inclusion)) {
          expect(
            verifyInclusion(p, leafAt(index), index, n, wrong, rootOfSize(n)),
          ).toBe(false);
        }
        for (const wrong of wrongOf(consistency)) {
          expect(
            verifyConsistency(
              p,
              older,
              rootOfSize(older),
              newer,
              rootOfSize(newer),
              wrong,
            ),
          ).toBe(false);
        }
      },
    ),
  );
});

test("sizes beyond 2^32 are counted, not shifted", () => {
  const older = 2 ** 40;
  const newer = 2 ** 40 + 12_345;
  const row = (first: Uint8Array) => {
    const hashes = [first];
    for (let hash = first; hashes.length <= 40;) {
      hash = nodeHash(p, hash, hash);
      hashes.push(hash);
    }
    return hashes;
  };
  const [before, after] = [row(leafAt(1)), row(leafAt(2))];
  const readHash = (level: number, index: number) =>
    (index * 2 ** level < older ? before : after)[level] ?? expect.fail();
  const [root1, root2] = [
    rootAt(p, older, readHash),
    rootAt(p, newer, readHash),
  ];
  for (const index of [0, older - 1, older, older + 17, newer - 1]) {
    const proof = inclusionProof(p, index, newer, readHash);
    const leaf = readHash(0, index);
    expect(verifyInclusion(p, leaf, index, newer, proof, root2)).toBe(true);
    const wrong = index < older ? older : older - 1;
    expect(verifyInclusion(p, leaf, wrong, newer, proof, root2)).toBe(false);
  }
  const proof = consistencyProof(p, older, newer, readHash);
  expect(verifyConsistency(p, older, root1, newer, root2, proof)).toBe(true);
  expect(verifyConsistency(p, older, root2, newer, root2, proof)).toBe(false);
});

test("an older size of 0 needs no proof and verifies with none (formats.md 1.7)", () => {
  expect(consistencyProof(p, 0, 5, readerAt(5))).toEqual([]);
  expect(verifyConsistency(p, 0, emptyRoot(p), 5, rootOfSize(5), [])).toBe(
    false,
  );
  expect(verifyConsistency(p, 0, emptyRoot(p), 0, emptyRoot(p), [])).toBe(
    false,
  );
});

test("impossible sizes are false when they come from outside, a bug when they come from us", () => {
  const leaf = leafAt(0);
  for (const n of [0, -1, 0.5, Number.NaN, Infinity, 2 ** 53]) {
    expect(verifyInclusion(p, leaf, 0, n, [], leaf)).toBe(false);
    expect(verifyConsistency(p, n, leaf, n, leaf, [])).toBe(false);
    expect(() => inclusionProof(p, 0, n, readerAt(5))).toThrow("Cannot prove");
  }
  expect(() => inclusionProof(p, 5, 5, readerAt(5))).toThrow(
    "Cannot prove that leaf 5 is in a tree of 5",
  );
  expect(() => consistencyProof(p, 6, 5, readerAt(5))).toThrow(
    "Cannot prove that a tree of 5 extends one of 6",
  );
});

describe("the tile reader", () => {
  test("asks only for tiles that a tree of its size has, in their exact width", () => {
    fc.assert(
      fc.property(twoSizes, ([older, newer]) => {
        const inTree = new Set(
          [...tilesForSize(newer)].map(
            (t) => `${t.level} ${t.index} ${t.width}`,
          ),
        );
        const read: ReadTile = (level, index, width) => {
          expect(inTree).toContain(`${level} ${index} ${width}`);
          return tileOf(level, index, width);
        };
        consistencyProof(p, older, newer, hashReader(p, newer, read));
        inclusionProof(p, older - 1, newer, hashReader(p, newer, read));
      }),
      { numRuns: 50 },
    );
  });

  test("reads on when the store has the tile in a wider state", () => {
    const wider: ReadTile = (level, index) => tileOf(level, index, 256);
    expect(bytesToHex(rootAt(p, 300, hashReader(p, 300, wider)))).toBe(
      bytesToHex(rootOfSize(300)),
    );
  });

  test("refuses a tile that is short, ragged or too wide", () => {
    for (const bytes of [0, 31, 32 * 43, 32 * 44 + 1, 32 * 257]) {
      const read: ReadTile = () => new Uint8Array(bytes);
      expect(() => hashReader(p, 300, read)(0, 299)).toThrow(
        new FormatError("tile/0/001.p/44", `it has ${bytes} bytes, want 1408`),
      );
    }
  });

  test("a node that the tree does not complete is a bug", () => {
    expect(() => readerAt(300)(0, 300)).toThrow(
      "Cannot read node 300 of level 0: a tree of 300 does not complete it",
    );
    expect(() => readerAt(300)(3, 37)).toThrow(
      "Cannot read node 37 of level 3",
    );
  });

  test("a range read back from tiles goes on as the one that was lost", () => {
    const range = rangeAt(60_001, readerAt(60_001));
    for (const leaf of leaves.slice(60_001)) appendLeaf(p, range, leaf);
    expect(bytesToHex(rootOf(p, range))).toBe(bytesToHex(rootOfSize(COUNT)));
  });
});

test("the fixture itself: its root of 1,000 leaves is that of the list", () => {
  expect(bytesToHex(rootOfSize(1000))).toBe(
    bytesToHex(rootOfLeaves(p, leaves.slice(0, 1000))),
  );
});

function growLog() {
  const range = emptyRange();
  const leaves: Uint8Array[] = [];
  const roots = [emptyRoot(p)];
  const nodes: Uint8Array[][] = [];
  for (let i = 0; i < COUNT; i++) {
    const leaf = leafHash(p, Uint8Array.of(i >> 16, i >> 8, i));
    leaves.push(leaf);
    appendLeaf(p, range, leaf, (level, _index, hash) => {
      (nodes[level] ??= []).push(hash);
    });
    roots.push(rootOf(p, range));
  }
  return { leaves, roots, nodes };
}

function tileOf(level: number, index: number, width: number): Uint8Array {
  const hashes = (nodes[level * 8] ?? []).slice(
    index * 256,
    index * 256 + width,
  );
  return concatBytes(...hashes);
}

function readerAt(n: number) {
  return hashReader(p, n, tileOf);
}

function rootOfSize(n: number): Uint8Array {
  return roots[n] ?? expect.fail(`no root of ${n}`);
}

function leafAt(index: number): Uint8Array {
  return leaves[index] ?? expect.fail(`no leaf ${index}`);
}
