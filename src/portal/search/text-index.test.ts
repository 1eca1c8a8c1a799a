import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addDocument,
  emptyTextIndex,
  matchAll,
  meantBy,
  removeDocument,
  sortWords,
  wantedBy,
} from "./text-index.ts";
import { marked } from "./search-view.ts";
import { tokensOf } from "./tokens.ts";
import { topOf } from "./top.ts";

const find = (index: ReturnType<typeof emptyTextIndex>, q: string) =>
  matchAll(index, wantedBy(index, tokensOf(q)));

test.each([
  ["Vehicles of Lánjiang", ["vehicle", "of", "lanjiang"]],
  ["澜江省水务", ["澜江", "江省", "省水", "水务"]],
  ["省", ["省"]],
  ["data-12.answer", ["data", "12", "answer"]],
  ["ＡＢＣ status news", ["abc", "status", "new"]],
  ["车辆vehicles数据", ["车辆", "vehicle", "数据"]],
  ["!?—", []],
])("%s is made of these words", (text, words) => {
  expect(tokensOf(text).map((one) => one.text)).toEqual(words);
});

test("words stand where they stand, and what is marked adds up to the text", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary", maxLength: 40 }),
        fc.stringMatching(/^[a-c 水务省é\u{1f600}]{0,20}$/u),
      ),
      fc.array(fc.constantFrom("a", "ab", "水", "水务", "e"), { maxLength: 3 }),
      (text, words) => {
        let last = 0;
        for (const { from, to } of tokensOf(text)) {
          expect(from).toBeGreaterThanOrEqual(last === 0 ? 0 : last - 2);
          expect(to).toBeLessThanOrEqual(text.length);
          last = to;
        }
        expect(
          marked(text, words)
            .map(([piece]) => piece)
            .join(""),
        ).toBe(text);
      },
    ),
  );
});

test("what has every word is found, begun words as well, and what was removed is not", () => {
  const index = emptyTextIndex();
  const found = (q: string) => [...find(index, q).docs];
  const vehicles = addDocument(index, [["Vehicle register", 12]]);
  const firms = addDocument(index, [["Company register", 12]]);
  const only = addDocument(index, [
    ["Firms", 12],
    ["a register is named in the text", 1],
  ]);
  expect(found("register").toSorted((a, b) => a - b)).toEqual([
    vehicles,
    firms,
    only,
  ]);
  const { docs, scores } = find(index, "register");
  expect(topOf(docs, 3, scores).at(-1)).toBe(only);
  expect(found("vehi reg")).toEqual([vehicles]);
  sortWords(index);
  expect(found("vehi reg")).toEqual([vehicles]);
  expect(found("vehicle company")).toEqual([]);
  removeDocument(index, vehicles);
  expect(found("vehicle")).toEqual([]);
  expect(meantBy(index, "comapny")).toBe("company");
});

test("the best of many are those that sorting all would give", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(9), { maxLength: 50 }),
      fc.integer({ min: 1, max: 20 }),
      (scores, most) => {
        const docs = scores.map((_, doc) => doc);
        const sorted = docs.toSorted(
          (a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b,
        );
        expect(topOf(docs, most, scores)).toEqual(sorted.slice(0, most));
      },
    ),
  );
});
