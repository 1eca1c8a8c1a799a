import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { OwnOffice } from "./own-office.ts";
import { type Ran, root, run, verifier } from "./program.ts";

/** Case 8, from national rule to local pilot: the acts of `examples/cases/8-pilot`, in an office whose clock is set on. */
const folder = join(root, "examples", "cases", "8-pilot");
const founding = z.object({ rulebook: z.looseObject({}) });
const file = z.object({ by: z.array(z.enum(["registrar", "head"])) });
const named = (number: string): string => {
  const found = readdirSync(folder).find((name) => name.startsWith(number));
  if (found === undefined) throw new Error(`No act ${number} in ${folder}`);
  return join(folder, found);
};
const readJson = (path: string): unknown =>
  JSON.parse(readFileSync(path, "utf8"));

let office: OwnOffice;
/** The days on which something changed, as the office's own clock had them. */
const days = { adopted: "", tried: "", over: "", promoted: "" };

beforeAll(async () => {
  office = await OwnOffice.make({}, { DATABASE_URL: "" });
  await office.start();
  const { rulebook, ...change } = z
    .looseObject(founding.shape)
    .parse(readJson(named("00")));
  await office.found(rulebook, change);
  for (const number of ["01", "02", "03", "04", "05"]) await granted(number);
}, 120_000);

afterAll(() => office.end());

function submit(number: string): Promise<Ran> {
  const path = named(number);
  const { by } = file.parse(readJson(path));
  const keys = by.map((post) => office.file(`${post}.key`));
  return office.vitrine("act", path, "--key", ...keys);
}
async function granted(number: string): Promise<string> {
  const { code, out, err } = await submit(number);
  expect([code, err], out).toEqual([0, ""]);
  return out;
}
async function refused(number: string): Promise<string> {
  const { code, out, err } = await submit(number);
  // Nobody keeps the papers of what was refused, which is said.
  const others = err.replaceAll(/^paper {5}Cannot keep .*\n/gm, "");
  expect([code, others], out).toEqual([1, ""]);
  expect(out).toMatch(/^refused .* entry \d+$/m);
  return out;
}

const text = z.object({
  where: z.string(),
  number: z.number(),
  rulebook: z.string(),
  pilot: z.boolean(),
  inForce: z.boolean(),
});
/** Which texts of the rule about the notice are in force on a day; without one, now. */
async function texts(day?: string): Promise<readonly string[]> {
  const query = day === undefined ? "" : `?at=${day}`;
  const answer = await fetch(`${office.address}/law/CN-TND-03.json${query}`);
  const view = z
    .object({ at: z.string(), texts: z.array(text) })
    .parse(await answer.json());
  return view.texts
    .filter(({ inForce }) => inForce)
    .map(
      ({ where, number, pilot }) =>
        `${where}: ${number}${pilot ? ", a pilot" : ""}`,
    );
}
async function today(): Promise<string> {
  const answer = await fetch(`${office.address}/law.json`);
  const { at } = z.object({ at: z.string() }).parse(await answer.json());
  return at.slice(0, 10);
}

const NATION = "the whole office: 3";
const PROVINCE = "Lanan Province (invented) and its units: 5";
const PILOT = "Jiangcheng City (invented) and its units: 8, a pilot";

test("a province tightens the national rule, and a city that wants less than its province is refused with both numbers", async () => {
  days.adopted = await today();
  expect(await texts()).toEqual([NATION]);
  expect(await granted("06")).toContain(
    "local rulebook lanan-2026 of lanan, under national-2025",
  );
  const looser = await refused("07");
  expect(looser).toMatch(/ I13 +a rulebook can only tighten +.*invariant 13/);
  expect(looser).toContain(
    "rule CN-TND-03, number 4, parent 5, parent-rulebook lanan-2026",
  );
  expect(await texts()).toEqual([NATION, PROVINCE]);
}, 120_000);

test("a pilot is limited in time and in place", async () => {
  const long = await refused("08");
  expect(long).toMatch(/ V-PILOT +a pilot is tried in a part .* 24 months/);
  expect(await granted("09")).toContain(
    "pilot jiangcheng-notice of jiangcheng",
  );
  days.tried = await today();
  expect(await texts()).toEqual([NATION, PROVINCE, PILOT]);
  const short = await refused("10");
  expect(short).toMatch(/ CN-TND-03 .*Tendering Regulation Art 54/);
  expect(short).toContain("days 5, wanted 8");
  await granted("11");
}, 120_000);

test("it ends by itself, and what its parent wants counts again", async () => {
  await office.later(181);
  days.over = await today();
  expect(await texts()).toEqual([NATION, PROVINCE]);
  await granted("12");
}, 120_000);

test("one that is promoted counts wherever its parent counts", async () => {
  await granted("13");
  expect(await texts()).toEqual([NATION, PROVINCE, PILOT]);
  expect(await granted("14")).toContain(
    "promotion of pilot jiangcheng-notice-2",
  );
  days.promoted = await today();
  expect(await texts()).toEqual([
    NATION,
    PROVINCE,
    "Lanan Province (invented) and its units: 8",
  ]);
  expect(await refused("15")).toContain("days 5, wanted 8");
  const again = await submit("14");
  expect([again.code, again.out.includes("V-PILOT")]).toEqual([1, true]);
}, 120_000);

test("the page of the rule shows which text was in force where on which day, and both rules of each conflict", async () => {
  await office.later(10);
  expect(await texts(days.tried)).toEqual([NATION, PROVINCE, PILOT]);
  // Both stood on that day, one after the other.
  expect(await texts(days.promoted)).toEqual([
    NATION,
    PROVINCE,
    PILOT,
    "Lanan Province (invented) and its units: 8",
  ]);
  expect(await texts(await today())).toEqual([
    NATION,
    PROVINCE,
    "Lanan Province (invented) and its units: 8",
  ]);
  expect(await texts("2020-01-01")).toEqual([]);
  const page = await (
    await fetch(`${office.address}/law/CN-TND-03?at=${days.tried}`)
  ).text();
  expect(page).toContain("jiangcheng-notice");
  expect(page).toContain("Tendering Regulation Art 54");
  const law = await (await fetch(`${office.address}/law`)).text();
  for (const shown of [
    ...["CN-REG-02-ENCOURAGED", "发改数据规〔2025〕26号, Art 5(2)"],
    ...["CN-LIC-02", "Administrative Licensing Law Art 50"],
    ...["EU-EHDS-10", "Regulation (EU) 2025/327 Art 62(2)"],
  ])
    expect(law).toContain(shown);
}, 120_000);

test("a stranger decides all of it again and finds no contradiction", async () => {
  const ran = await run(verifier, [office.address], {
    NODE_OPTIONS: `--import ${office.file("clock.mjs")}`,
    CLOCK_DAYS: "191",
  });
  expect([ran.code, ran.err], ran.out).toEqual([0, ""]);
  expect(ran.out).toMatch(/acts, 5 of them refused: .* decided alike/);
}, 120_000);
