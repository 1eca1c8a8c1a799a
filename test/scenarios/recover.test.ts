import { cpSync, existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Demonstration, program, type Ran, run, verifier } from "./program.ts";
import { serveFiles } from "../file-server.ts";
import { laid, LAID_MS_MAX } from "./starting.ts";

/** One office, as it was before an act and after it, and a mirror of the later one: each story loses something and starts again. */
let office: Demonstration;
let old = "";
let now = "";
let copy = "";
let receipt = "";

const vitrine = (...args: string[]): Promise<Ran> => run(program, args);
const recover = (...more: string[]): Promise<Ran> =>
  vitrine("log", "recover", office.folder, "--from", copy, ...more);
const doctor = (): Promise<Ran> => vitrine("log", "doctor", office.folder);
const logOf = (path: string): string =>
  join(office.folder, "public", "log", path);
beforeAll(async () => {
  office = await Demonstration.make();
  await laid(office.folder);
  const beside = (name: string): string => join(office.folder, "..", name);
  [old, now, copy, receipt] = [
    beside("old"),
    beside("now"),
    beside("copy"),
    beside("receipt.json"),
  ];
  cpSync(office.folder, old, { recursive: true });
  await office.start();
  await mustGo(
    ...["act", "examples/acts/permit-sanhe-export.json", "--receipt", receipt],
  );
  await mustGo(
    ...["answer", "degrees", "--number", "D-2019-0042"],
    ...["--name", "Resident 0042", "--as", "qiaolin-recruitment"],
  );
  await office.kill("SIGTERM");
  cpSync(office.folder, now, { recursive: true });
}, LAID_MS_MAX);

afterAll(async () => {
  await office.end();
});

async function mustGo(...args: readonly string[]): Promise<void> {
  const ran = await office.vitrine(...args);
  if (ran.code !== 0) throw new Error(`It ended with ${ran.code}: ${ran.err}`);
}

/** The office as it was when it stopped; a mirror of just that. */
async function asItWas(): Promise<void> {
  rmSync(office.folder, { recursive: true });
  cpSync(now, office.folder, { recursive: true });
  if (existsSync(copy)) return;
  const server = await serveFiles(join(now, "public"));
  expect((await vitrine("mirror", server.address, copy)).code).toBe(0);
}

/** It starts, its witness goes on with it, and a stranger with the kept receipt and the mirror finds nothing. */
async function startsAgain(): Promise<void> {
  const well = await doctor();
  expect(well.out).toMatch(/^in order$/m);
  expect(well.code).toBe(0);
  await office.start();
  const checked = await run(verifier, [
    ...[office.address, "--receipt", receipt, "--also", copy],
  ]);
  expect(checked.out).not.toContain("CONTRADICTION");
  expect(checked.out).toMatch(/receipts +1 of 1 kept/);
  expect(checked.out).toMatch(/no contradiction found/);
  expect(checked.code).toBe(0);
  await office.kill("SIGTERM");
}

test("bundles and tiles that were deleted come back, and a dry run changes nothing", async () => {
  await asItWas();
  const log = logOf("register");
  rmSync(join(log, "tile/entries"), { recursive: true });
  rmSync(join(log, "tile/0"), { recursive: true });
  const names = readdirSync(office.folder).sort();
  const dry = await recover("--dry-run");
  expect(dry.out).toMatch(
    /^register .* files are missing and are brought back$/m,
  );
  expect(existsSync(join(log, "tile/0"))).toBe(false);
  expect(readdirSync(office.folder).sort()).toEqual(names);
  const ran = await recover();
  expect(ran.err).toBe("");
  expect(ran.code).toBe(0);
  await startsAgain();
}, 120_000);

test("all public files are gone, and the journals are here", async () => {
  await asItWas();
  rmSync(join(office.folder, "public"), { recursive: true });
  const ill = await doctor();
  expect(ill.out).toMatch(/^log +data\.lanan\.example\/gate-1\/hour\//m);
  expect(ill.code).toBe(1);
  expect((await recover()).code).toBe(0);
  await startsAgain();
}, 120_000);

test("an old backup of folder and database goes on from where the mirror ends, and its witness is not contradicted", async () => {
  await asItWas();
  rmSync(office.folder, { recursive: true });
  cpSync(old, office.folder, { recursive: true });
  // What a witness remembers is nobody's to set back.
  cpSync(join(now, "witness"), join(office.folder, "witness"), {
    recursive: true,
  });
  const ran = await recover();
  expect(ran.err).toBe("");
  expect(ran.out).toMatch(/^register +the head moves from/m);
  expect(ran.code).toBe(0);
  await startsAgain();
}, 120_000);

test("without any journal the anchors that heads name are computed again, and every log goes on", async () => {
  await asItWas();
  rmSync(join(office.folder, "journal"), { recursive: true });
  rmSync(logOf("gate-1"), { recursive: true });
  const ill = await doctor();
  expect(ill.out).toMatch(/^log +data\.lanan\.example\/gate-1\/hour\//m);
  expect(ill.out).toContain("it has no journal");
  expect(ill.code).toBe(1);
  const ran = await recover();
  expect(ran.err).toBe("");
  expect(ran.out).toMatch(/^register +a new journal begins at/m);
  expect(ran.out).toMatch(
    /^gate-1\/hour\/\S+ the anchor .* is computed again/m,
  );
  expect(ran.code).toBe(0);
  await startsAgain();
}, 120_000);

test("what a head names and nobody has is refused before anything is changed; with the journal it comes back", async () => {
  await asItWas();
  // The heads of a start name the use that was answered in this hour, which is not public yet.
  await office.start();
  // It says what comes next before it hears signals.
  while (!existsSync(join(office.folder, "vitrine.pid"))) await sleep(50);
  await sleep(500);
  await office.kill("SIGTERM");
  const server = await serveFiles(join(office.folder, "public"));
  const newer = join(copy, "..", "newer");
  expect((await vitrine("mirror", server.address, newer)).code).toBe(0);
  const journal = join(office.folder, "journal", "gate-1");
  const away = join(copy, "..", "away");
  renameSync(journal, away);
  rmSync(logOf("gate-1"), { recursive: true });
  const names = everything();
  const refused = await vitrine(
    ...["log", "recover", office.folder, "--from", newer],
  );
  expect(refused.err).toMatch(/the register names size \d+, .* not public yet/);
  expect(refused.err).toContain("the journal in");
  expect(refused.code).toBe(2);
  expect(everything()).toEqual(names);
  renameSync(away, journal);
  const ran = await vitrine(
    ...["log", "recover", office.folder, "--from", newer],
  );
  expect(ran.err).toBe("");
  expect(ran.code).toBe(0);
  await startsAgain();
}, 120_000);

/** All files of the office but those of its database. */
function everything(): readonly string[] {
  return readdirSync(office.folder, { recursive: true, encoding: "utf8" })
    .filter((name) => !name.startsWith("postgres"))
    .sort();
}
