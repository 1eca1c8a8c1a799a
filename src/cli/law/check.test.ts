import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { Command } from "commander";
import { addLawCheck } from "./check.ts";
import { readJson } from "./json-lines.ts";

/** What a lawyer is told of a rulebook before anybody signs it: each line of the file that stands in the way, and why. */
const rulebooks = new URL("../../../examples/rulebooks/", import.meta.url)
  .pathname;
const example = (name: string): string => join(rulebooks, `${name}.json`);
const PROVINCE = example("province");
const CITY = readFileSync(example("city"), "utf8");

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vitrine-law-"));
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

type Told = { readonly code: unknown; readonly lines: readonly string[] };

/** The command as it is called, with what it prints; the path of the file is left out of it. */
async function check(
  file: string,
  ...parents: readonly string[]
): Promise<Told> {
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line.replace(file, "FILE"));
  vi.spyOn(console, "log").mockImplementation(print);
  vi.spyOn(console, "error").mockImplementation(print);
  const program = new Command();
  addLawCheck(program);
  const above = parents.length === 0 ? [] : ["--parent", ...parents];
  await program.parseAsync(["check", file, ...above], { from: "user" });
  return { code: process.exitCode, lines };
}

/** The city's rulebook with something else in one place. */
function changed(...changes: readonly (readonly [string, string])[]): string {
  const path = join(folder, "changed.json");
  const text = changes.reduce((before, [is, other]) => {
    expect(before).toContain(is);
    return before.replace(is, other);
  }, CITY);
  writeFileSync(path, text);
  return path;
}
const lineOf = (text: string): number =>
  CITY.slice(0, CITY.indexOf(text)).split("\n").length;

test("a city's rulebook is told by what it wants more than its province", async () => {
  const { code, lines } = await check(example("city"), PROVINCE);
  expect(code).toBe(0);
  expect(lines[0]).toMatch(
    /^FILE {2}local rulebook qinghe-2026 of qinghe, under lanan-2025, until 20/,
  );
  expect(lines.slice(1)).toEqual([
    "tighter than above",
    "  CN-TND-01 at least 25 (Tendering Law Art 24); above 20",
    "  CN-TND-03 at least 7 (Tendering Regulation Art 54); above 5",
    "  CN-SSL-04 at most 6 (State Secrets Law 2024, Art 24); above 12",
    "  permitMonthsMax 24; above 36",
    "  an application is decided in 15 working days; above in 20 working days",
    "  no more for recruitment-checks, vehicle-trade",
    "  withheld is prepared and approved by two persons",
  ]);
});

test("a pilot below the city is held against both above it", async () => {
  const { code, lines } = await check(
    example("pilot"),
    ...[PROVINCE, example("city")],
  );
  expect([code, lines.at(-1)]).toEqual([
    0,
    "  CN-TND-03 at least 10 (Tendering Regulation Art 54); above 7",
  ]);
  const skipped = await check(example("pilot"), PROVINCE);
  expect([skipped.code, skipped.lines[0]]).toEqual([
    1,
    expect.stringMatching(/^FILE:7: V-REF .*parent qinghe-2026/),
  ]);
});

test("a looser number and a purpose that is on no list are refused with line, number and parent", async () => {
  const { code, lines } = await check(example("looser"), PROVINCE);
  expect(code).toBe(1);
  expect(lines).toEqual([
    "FILE:17: I13 a rulebook can only tighten: rule CN-TND-03, number 3, parent 5, parent-rulebook lanan-2025 (Vitrine invariant 13)",
    "FILE:26: I13 a rulebook can only tighten: purpose reputation-ranking, parent-rulebook lanan-2025 (Vitrine invariant 13)",
  ]);
});

test.each([
  [
    "a rule that nobody knows",
    ['"CN-TND-01"', '"CN-TND-99"'],
    '"rule": "CN-TND-01"',
    "V-REF an act names only what stands in the register: rule CN-TND-99 (Vitrine convention REF)",
  ],
  [
    "a form that nobody knows",
    ['"limits"', '"bounds"'],
    '"limits"',
    'the value has the unknown member "bounds"',
  ],
  [
    "a number that is none",
    ['"number": 25', '"number": "25"'],
    '"number": 25',
    'rules.0.number is "25", want a whole number of 0 or more',
  ],
  [
    "no end",
    ['    "until": "@+365",\n', ""],
    '"act"',
    "until is missing, want milliseconds UTC of a whole hour",
  ],
  [
    "an end that is past",
    ['"@+365"', '"@-2"'],
    '"until"',
    /^I5 a right, a price and a secret have an end or a review date: rulebook-until 20/,
  ],
  [
    "an end behind that of its parent",
    ['"@+365"', '"@+1151"'],
    '"until"',
    /^V-LOCAL .*: until 20.*, parent lanan-2025, latest 20/,
  ],
  [
    "a pilot that is none",
    ['"until"', '"pilot": true, "until"'],
    undefined,
    undefined,
  ],
  [
    "a pilot of more than two years",
    ['"until": "@+365"', '"pilot": true, "until": "@+800"'],
    '"until"',
    /^V-PILOT .*: until 20.*, latest 20/,
  ],
  [
    "a parent that is another",
    ['"lanan-2025"', '"lanan-2024"'],
    '"parent"',
    "V-REF an act names only what stands in the register: parent lanan-2024 (Vitrine convention REF)",
  ],
  [
    "a limit that is longer",
    ['"permitMonthsMax": 24', '"permitMonthsMax": 37'],
    '"permitMonthsMax"',
    "I13 a rulebook can only tighten: limit permitMonthsMax, number 37, parent 36, parent-rulebook lanan-2025 (Vitrine invariant 13)",
  ],
  [
    "two persons for what is about no data",
    ['"withheld"', '"logEnded"'],
    '"withheld"',
    /^V-FORM .*: separated logEnded/,
  ],
  [
    "a member that stands twice",
    ['"body"', '"parent": "other", "body"'],
    '"body"',
    'the member "parent" stands twice',
  ],
  [
    "a comma that is missing",
    ['"lanan-2025",', '"lanan-2025"'],
    '"body"',
    'it is not JSON: want ,, found "body"',
  ],
] as const)("%s: line and reason", async (_, change, where, reason) => {
  const { code, lines } = await check(changed(change), PROVINCE);
  if (where === undefined) {
    expect(code).toBe(0);
    return;
  }
  expect([code, lines.length]).toEqual([1, 1]);
  const [, line, said] = /^FILE:(\d+): (.*)$/.exec(lines[0] ?? "") ?? [];
  expect(Number(line)).toBe(lineOf(where));
  if (typeof reason === "string") expect(said).toBe(reason);
  else expect(said).toMatch(reason);
});

test("without a parent it is held against the law's own numbers, which is said", async () => {
  const alone = await check(example("looser"));
  expect([alone.code, alone.lines.at(-1)]).toEqual([
    0,
    "held against the law's own numbers alone: want --parent for those above it",
  ]);
  const below = await check(changed(['"number": 7', '"number": 2']));
  expect([below.code, below.lines[0]]).toEqual([
    1,
    expect.stringContaining("rule CN-TND-03, number 2, parent 3"),
  ]);
});

test("the office's own is checked as well: against the law, and against the state before it", async () => {
  expect((await check(PROVINCE)).code).toBe(0);
  const text = readFileSync(PROVINCE, "utf8");
  const next = (is: string, other: string): string => {
    const path = join(folder, "next.json");
    writeFileSync(path, text.replace(is, other));
    return path;
  };
  const tighter = await check(next('"number": 5', '"number": 9'), PROVINCE);
  expect([tighter.code, tighter.lines]).toEqual([
    0,
    [expect.stringContaining("no looser than lanan-2025")],
  ]);
  const looser = await check(next('"number": 5', '"number": 4'), PROVINCE);
  expect([looser.code, looser.lines]).toEqual([
    1,
    [expect.stringContaining("I13")],
  ]);
  const unresolved = next(
    '"calendar":',
    '"conflicts": [{"rule": "CN-XX-1", "against": "I5", "applies": "I5"}],\n      "calendar":',
  );
  expect((await check(unresolved)).lines).toEqual([
    expect.stringMatching(/^FILE:\d+: V-REF .*rule CN-XX-1/),
  ]);
});

test("what cannot be read at all is no refusal: a file that is not there, a parent that is wrong or out of place", async () => {
  expect((await check(join(folder, "none.json"))).code).toBe(2);
  const wrong = await check(example("city"), changed(['"rules"', '"rule"']));
  expect([wrong.code, wrong.lines[0]]).toEqual([
    2,
    expect.stringMatching(/^Cannot read parent .*: line \d+, /),
  ]);
  expect((await check(example("pilot"), example("city"))).lines).toEqual([
    expect.stringContaining("want the office's own rulebook first"),
  ]);
});

test("the example of a province is what the demonstration office was founded with", () => {
  const rulebookIn = (path: string): unknown => {
    const file: { act: { rulebook: unknown } } = JSON.parse(
      readFileSync(path, "utf8"),
    );
    return file.act.rulebook;
  };
  expect(rulebookIn(PROVINCE)).toEqual(
    rulebookIn(join(rulebooks, "..", "office", "genesis.json")),
  );
});

test.each([
  ["", 1, "it is not JSON: it ends too early"],
  ['{\n"a": [1,\n', 2, "it is not JSON: it ends too early"],
  ['{\n"a": 01}', 2, "it is not JSON: want ,, found 1"],
  ['{\n"a": .5}', 2, 'it is not JSON at ".5}"'],
  ["{\n'a': 1}", 2, `it is not JSON at "'a': 1}"`],
  ['{"a": 1}\n\n{}', 3, "it is not JSON: something stands behind its end"],
  ["[1,\n2,\n]", 3, "it is not JSON: want a value, found ]"],
  ["{\n1: 2}", 2, "it is not JSON: want the name of a member, found 1"],
  ["[".repeat(80), 1, "it is deeper than 64 levels"],
])("%j is no JSON, and where", (text, line, reason) => {
  expect(readJson(text)).toEqual({ line, reason });
});

test("lines are counted for members of every depth, with the mark of an editor before the first and in any kind of ending", () => {
  const read = readJson(
    '\ufeff{\r\n"a": [\r\n  {"b": 1},\r\n  {"b":\r\n 2}]}\n',
  );
  if ("reason" in read) throw new Error(read.reason);
  expect(
    [[], ["a"], ["a", 0, "b"], ["a", 1], ["a", 1, "b"], ["a", 1, "none"]].map(
      read.lineOf,
    ),
  ).toEqual([1, 2, 3, 4, 4, 4]);
});
