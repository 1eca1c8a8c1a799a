import { spawn } from "node:child_process";
import { once } from "node:events";
import { hostname } from "node:os";
import { expect, test } from "vitest";
import { schemaFor } from "../../test/postgres.ts";
import { withDatabase } from "./database.ts";
import { handOver, takeOver } from "./hand-over.ts";
import { processMark } from "./process-mark.ts";

const UNSURE_MS_MAX = 10_000;
const LOG = "data.example/register";

/** How long a take-over lasts, and what it says meanwhile. */
async function taking(url: string): Promise<[ms: number, said: string[]]> {
  const said: string[] = [];
  const begun = performance.now();
  await takeOver(url, LOG, UNSURE_MS_MAX, (line) => said.push(line));
  return [performance.now() - begun, said];
}

function note(url: string, host: string, mark: string): Promise<unknown> {
  return withDatabase(
    url,
    (sql) =>
      sql`insert into writing ${sql({ log: LOG, host, mark })} on conflict (log) do update set host = ${host}, mark = ${mark}`,
  );
}

test("who stopped in order, or was killed here, is not waited for", async () => {
  const { url } = await schemaFor("hand_over");
  expect((await taking(url))[1]).toEqual([]);
  await handOver(url, LOG);
  expect((await taking(url))[1]).toEqual([]);
  const killed = spawn("sleep", ["100"]);
  await once(killed, "spawn");
  const mark = processMark(killed.pid ?? 0);
  killed.kill("SIGKILL");
  await once(killed, "exit");
  await note(url, hostname(), mark);
  expect((await taking(url))[1]).toEqual([]);
});

test("one on another machine that did not say that it has stopped is waited for until it can answer nobody", async () => {
  const { url } = await schemaFor("hand_over");
  await taking(url);
  await note(url, "elsewhere", "4711-1");
  const [ms, said] = await taking(url);
  expect(said).toEqual([
    "wait      10 s: process 4711 on elsewhere did not say that it has stopped",
  ]);
  expect(ms).toBeGreaterThanOrEqual(UNSURE_MS_MAX);
});
