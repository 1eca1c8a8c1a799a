import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { program, run, verifier } from "./program.ts";
import { laid, LAID_MS_MAX } from "./starting.ts";

const folder = join(mkdtempSync(join(tmpdir(), "vitrine-doctor-")), "office");
const doctor = (...more: string[]) =>
  run(program, ["log", "doctor", folder, ...more]);
const log = join(folder, "public", "log", "register");

beforeAll(() => laid(folder), LAID_MS_MAX);
afterAll(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

test("the doctor finds an office in order, names a damaged tile as verify does, changes nothing unless it is told to, and then repairs it", async () => {
  const well = await doctor();
  expect(well.out).toMatch(/^log +data.lanan.example\/register$/m);
  expect(well.out.trimEnd().split("\n").at(-1)).toBe("in order");
  expect(well.code).toBe(0);
  const note = readFileSync(join(log, "checkpoint"), "utf8");
  const path = `tile/0/000.p/${note.split("\n")[1]}`;
  const tile = join(log, path);
  const whole = readFileSync(tile);
  const bent = Buffer.from(whole);
  bent[77] = (bent[77] ?? 0) ^ 1;
  writeFileSync(tile, bent);
  const ill = await doctor();
  expect(ill.out).toContain(`${path} is missing or damaged`);
  expect(ill.out).toContain("1 to be repaired; --apply carries out");
  expect(ill.code).toBe(1);
  expect(readFileSync(tile)).toEqual(bent);
  const checked = await run(verifier, [folder]);
  expect(checked.out).toContain(path);
  expect(checked.code).toBe(1);
  const mended = await doctor("--apply", "--json");
  expect(JSON.parse(mended.out)).toMatchObject({ database: true, left: 0 });
  expect(mended.code).toBe(0);
  expect(readFileSync(tile)).toEqual(whole);
}, 120_000);

test("a folder that is no office cannot be looked at", async () => {
  const none = await run(program, ["log", "doctor", join(folder, "nowhere")]);
  expect(none.err).toMatch(/^Cannot look at .*office\.json$/m);
  expect(none.code).toBe(2);
});
