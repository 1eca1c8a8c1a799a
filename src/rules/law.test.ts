import { expect, test } from "vitest";
import { evidenceOf } from "./evidence.ts";
import { law } from "./law.ts";
import { undecided } from "./laws/undecided.ts";
import { ownRules } from "./own-rules.ts";
import { onlyFlags, rows } from "./rows.ts";

/** What the rules say, and by what they are decided. */

const decided = [
  ...new Set([...rows.map(({ rule }) => rule), ...Object.keys(ownRules)]),
];

test("every rule that a rulebook may adopt has its sentence, its article and the harm of its breach", () => {
  for (const rule of decided) {
    expect(law[rule]?.says, rule).toMatch(/\S/);
    expect(law[rule]?.harm, rule).toMatch(/\S/);
    expect(law[rule]?.mark === "house", rule).toBe(rule.startsWith("V-"));
  }
});

test("no rule lacks its sentence in Chinese, and its jurisdiction is that of its id", () => {
  for (const [rule, { zh, jurisdiction }] of Object.entries(law)) {
    expect(zh, rule).toMatch(/\p{Script=Han}.*\p{Script=Han}/u);
    expect(zh, rule).not.toMatch(/[。]$/u);
    expect(
      jurisdiction === "house"
        ? /^(?:I\d|V-)/
        : new RegExp(`^${jurisdiction}-`),
    ).toSatisfy((pattern: RegExp) => pattern.test(rule));
  }
});

test("what was read in secondary sources only, or not at all, flags and never refuses; what was read refuses", () => {
  for (const rule of decided)
    expect(onlyFlags(rule), rule).toBe(
      ["S", "M"].includes(law[rule]?.mark ?? ""),
    );
});

test("every rule that decides says by what, and a paper is the weakest of it", () => {
  for (const rule of decided) expect(evidenceOf(rule), rule).toBeDefined();
  expect(evidenceOf("EU-DGA-05")).toBe("computed");
  expect(evidenceOf("CN-TND-01")).toBe("by act");
  expect(evidenceOf("EU-DGA-06")).toBe("by attested paper");
  expect(evidenceOf("CN-PI-01")).toBeUndefined();
});

test("a rule is decided or listed as undecided, never both, each once", () => {
  const ids = undecided.map(([rule]) => rule);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((rule) => law[rule] !== undefined)).toEqual([]);
});
