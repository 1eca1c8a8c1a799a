import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { OwnOffice } from "./own-office.ts";
import { type Ran, root, run, verifier } from "./program.ts";

/** The law is data: the same program, without a line changed, keeps the Data Governance Act for an invented office of the Union. */

const EXAMPLES = join(root, "examples");
const outcomes: Readonly<Record<string, string>> = {
  "05-alone-for-24-months": "EU-DGA-05",
  "08-fee-with-profit": "EU-DGA-17",
  "10-fee-dearer-for-research": "EU-DGA-16",
  "12-application-in-three-months": "EU-DGA-20",
  "16-permit-for-scoring": "EU-AI-01",
  "17-refusal-to-the-court-alone": "EU-DGA-21",
};
const signed = z.object({
  by: z.array(z.enum(["head", "registrar", "administrator"])),
});
const read = (path: string): unknown =>
  JSON.parse(readFileSync(join(EXAMPLES, path), "utf8"));

let office: OwnOffice;
/** What the program said of each act, by the name of its file. */
const said = new Map<string, Ran>();

beforeAll(async () => {
  office = await OwnOffice.make({}, { DATABASE_URL: "" });
  await office.start();
  await office.found(
    z.looseObject({}).parse(read("rulebooks/eu-invented.json")),
    z.looseObject({}).parse(read("europe/founding.json")),
  );
  // What opens private papers is kept beside the act: not in the examples.
  const folder = office.file("europe");
  cpSync(join(EXAMPLES, "europe"), folder, { recursive: true });
  for (const file of readdirSync(folder).filter((name) => /^\d/.test(name))) {
    const { by } = signed.parse(read(join("europe", file)));
    const ran = await office.actFile(join(folder, file), ...by);
    said.set(file.replace(/\.json$/, ""), ran);
    if (file.startsWith("02"))
      await office.import("road-surveys", "road,cracks\nR-1,12\nR-2,40\n");
  }
}, 300_000);

afterAll(() => office.end());

test("what that law allows is granted, and what it forbids refused by its article, as the examples say", () => {
  expect(said.size).toBe(18);
  for (const [name, { code, out, err }] of said) {
    const rule = outcomes[name];
    // The papers of what is refused are not kept.
    expect(err.replaceAll(/^paper .*\n/gm, ""), name).toBe("");
    expect([name, code], out).toEqual([name, rule === undefined ? 0 : 1]);
    if (rule === undefined) continue;
    const rules = [...out.matchAll(/^ {2}([A-Z]+-[A-Z0-9-]+) /gm)];
    expect(rules.map(([, found]) => found)).toEqual([rule]);
    expect(out).toMatch(/Regulation \(EU\) 20(?:22\/868|24\/1689), Art \d/);
    expect(out).toMatch(/^next lawful step {2}\S/m);
  }
});

test("an exclusive right of 24 months names article 4(4) and how long one may last, in Chinese too", async () => {
  const { out = "" } = said.get("05-alone-for-24-months") ?? {};
  expect(out).toContain("an exclusive right lasts 12 months at most");
  expect(out).toContain("Regulation (EU) 2022/868, Art 4(4)");
  const chinese = await office.vitrine(
    ...["law", "explain", office.file("europe/05-alone-for-24-months.json")],
    ...["--key", office.file("registrar.key"), office.file("head.key")],
    ...["--lang", "zh"],
  );
  expect([chinese.code, chinese.err]).toEqual([1, ""]);
  expect(chinese.out).toContain("排他性权利的期限不得超过十二个月");
});

test("the firm pays what a call costs, and nobody needed a ceiling", async () => {
  const token = await office.token("nordmaps");
  const ran = await office.vitrine(
    ...["query", "road-surveys", "--token", token, "--purpose", "navigation"],
  );
  expect([ran.code, ran.err], ran.out).toEqual([0, ""]);
  expect(ran.out).toContain("0.80 EUR");
});

test("a stranger decides all of it again with the same program", async () => {
  const { code, out } = await run(verifier, [office.address]);
  expect([code, out.trimEnd().split("\n").at(-1)]).toEqual([
    0,
    "no contradiction found",
  ]);
}, 60_000);
