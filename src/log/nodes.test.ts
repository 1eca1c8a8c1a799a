import { expect, test } from "vitest";
import { utf8ToBytes } from "../acts/bytes.ts";
import { leafHash } from "./hash.ts";
import { addLeaf, emptyNodes, rootWhen } from "./nodes.ts";
import { p } from "./signing.test.ts";
import { rootOfLeaves } from "./tree.ts";

const leaves = Array.from({ length: 70 }, (_, i) =>
  leafHash(p, utf8ToBytes(`entry ${i}`)),
);

function grown() {
  const nodes = emptyNodes();
  for (const leaf of leaves) addLeaf(p, nodes, leaf);
  return nodes;
}

test("a tree knows its root at each size that it had, the first time and again", () => {
  const nodes = grown();
  for (const _ of ["first", "again"])
    for (let size = 0; size <= leaves.length; size++)
      expect(rootWhen(p, nodes, size)).toEqual(
        rootOfLeaves(p, leaves.slice(0, size)),
      );
});

test.each([-1, 0.5, 71, Number.NaN, Infinity, -Infinity, 2 ** 53])(
  "it never had the size %d",
  (size) => {
    expect(rootWhen(p, grown(), size)).toBeUndefined();
  },
);

test("roots are not kept without end", () => {
  const nodes = grown();
  for (let size = 1000; nodes.roots.size < 100_000; size++)
    nodes.roots.set(size, leaves[0] ?? new Uint8Array(0));
  expect(rootWhen(p, nodes, 70)).toEqual(rootOfLeaves(p, leaves));
  expect([...nodes.roots.keys()]).toEqual([70]);
});
