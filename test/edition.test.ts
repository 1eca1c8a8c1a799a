import { expect, test } from "vitest";
import { editionDigest } from "../scripts/edition.mjs";
import { EDITION, editions } from "../src/rules/editions.ts";

/**
 * Once released, the behaviour of an edition is frozen. If this fails, a source that can change a ruling, an admission or a
 * charge was changed: make a new edition with an erratum, never a new digest for an old number. Before the first release the
 * digest may follow the sources: `node scripts/edition.mjs`.
 */
test("edition 1 is the one whose digest offices were founded with", () => {
  expect(editions.get(EDITION)).toBe(editionDigest());
});
