import * as fs from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase, type Sql } from "../../src/store/database.ts";
import { schemaFor } from "../postgres.ts";
import { diceOf } from "./life.ts";
import { ended, hasStrace, Writers } from "./log-writer.ts";

const SOAK = process.env["SOAK"] === "1";
/** `LOG_KILLS=1000` for the long loop. */
const KILLS = Number(process.env["LOG_KILLS"] ?? (SOAK ? 200 : 8));
const TIMES = SOAK ? 10 : 1;
const dice = diceOf(Number(process.env["SOAK_SEED"] ?? 11));

let writers: Writers;
let sql: Sql;
beforeAll(async () => {
  const { url } = await schemaFor("log_faults");
  sql = await openDatabase(url);
  writers = await Writers.make(url);
});
afterAll(async () => {
  writers.remove();
  await sql.end();
});

test("a writer that is killed again and again while it appends has lost no entry that it answered", async () => {
  const written = writers.newLog();
  let dead = 0;
  for (let count = 0; count < KILLS; count++) {
    const child = writers.start(written, 100_000);
    const end = ended(child);
    const before = written.answered.size;
    // One that cannot start says why.
    while (written.answered.size === before && child.exitCode === null)
      await sleep(2);
    await sleep(dice() * 150);
    child.kill("SIGKILL");
    if ((await end) === null) dead++;
    if (count % 50 === 49 || count === KILLS - 1)
      expect(await written.findings(sql), written.said).toEqual([]);
  }
  expect(dead, written.said).toBe(KILLS);
  expect(written.answered.size).toBeGreaterThan(10 * KILLS);
}, 7_200_000);

/** Each kind of call that the program does to a disk, and with what it can fail. */
const CALLS: readonly (readonly [string, readonly string[]])[] = [
  ["write", ["error=EIO", "error=ENOSPC", "signal=KILL"]],
  ["fdatasync", ["error=EIO", "signal=KILL"]],
  ["fsync", ["error=EIO", "error=ENOSPC", "signal=KILL"]],
  ["rename", ["error=ENOSPC", "signal=KILL"]],
  ["openat", ["error=EROFS", "error=EMFILE", "signal=KILL"]],
  ["mkdir", ["error=ENOSPC", "signal=KILL"]],
  ["unlink", ["error=EIO", "signal=KILL"]],
  ["read", ["error=EIO"]],
  ["statx", ["error=EIO"]],
  ["getdents64", ["error=EIO"]],
];

test("a writer in which any kind of system call fails, or is its last, has lost no entry that it answered", async ({
  skip,
}) => {
  if (!(await hasStrace()))
    return skip("strace is not on this machine, or may not trace here");
  let disturbed = 0;
  for (const [call, faults] of CALLS) {
    const places = await callsIn(call);
    for (const fault of faults) {
      for (let time = 0; time < TIMES; time++) {
        const at = places[Math.floor(dice() * places.length)] ?? 1;
        const inject = ["-e", `inject=${call}:${fault}:when=${at}`];
        const written = writers.newLog();
        const child = writers.start(written, 60, [
          ...["strace", "-f", "-qq", "-e", `trace=${call}`, ...inject],
        ]);
        const code = await ended(child);
        const where = `${call} ${fault} at ${at}: ${written.said}`;
        if (code !== 0) disturbed++;
        expect(await written.findings(sql), where).toEqual([]);
      }
    }
  }
  // A call that was not hit, or that the writer may do without, disturbs nothing.
  expect(disturbed).toBeGreaterThan(12 * TIMES);
}, 7_200_000);

/** Which calls of this kind go to the log's folder, counted as strace counts them for a fault: each thread for itself. */
async function callsIn(call: string): Promise<readonly number[]> {
  const written = writers.newLog();
  const out = join(writers.folder, `${call}.calls`);
  const trace = ["strace", "-f", "-y", "-qq", "-e", `trace=${call}`, "-o", out];
  await ended(writers.start(written, 60, trace));
  const calls = new Map<string, number>();
  const found: number[] = [];
  for (const line of fs.readFileSync(out, "utf8").split("\n")) {
    if (!line.includes(`${call}(`)) continue;
    const thread = /^\d+/.exec(line)?.[0] ?? "";
    const count = (calls.get(thread) ?? 0) + 1;
    calls.set(thread, count);
    if (line.includes(written.folder)) found.push(count);
  }
  expect(found.length, `${call} is not called at all`).toBeGreaterThan(0);
  return found;
}
