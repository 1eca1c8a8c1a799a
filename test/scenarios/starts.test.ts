import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { layHistory } from "../../src/cli/demo/lay.ts";
import { writeOfficeConfig } from "../../src/cli/running.ts";
import { startPostgres } from "../../src/store/postgres-server.ts";
import { root } from "../files.ts";
import { freePort, program, run, verifier } from "./program.ts";

const ORIGIN = "data.lanan.example/register";
const READY = "next          docs/ten-minutes.md";
const home = mkdtempSync(join(tmpdir(), "vitrine-starts-"));
const children = new Set<ChildProcess>();

afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await sleep(500);
  rmSync(home, {
    recursive: true,
    force: true,
    maxRetries: 20,
    retryDelay: 100,
  });
});

/** One start of the demonstration, as it goes. */
type Start = {
  readonly child: ChildProcess;
  readonly address: string;
  printed: string;
  readonly ended: Promise<number | null>;
};

async function start(
  folder: string,
  env: Record<string, string> = {},
): Promise<Start> {
  const [port, witness] = [await freePort(), await freePort()];
  const options = ["--port", String(port), "--witness-port", String(witness)];
  const child = spawn(
    process.execPath,
    [program, "demo", "--folder", folder, ...options],
    {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  children.add(child);
  const ended = new Promise<number | null>((resolve) =>
    child.once("exit", (code) => {
      children.delete(child);
      resolve(code);
    }),
  );
  const made: Start = {
    child,
    address: `http://127.0.0.1:${port}`,
    printed: "",
    ended,
  };
  const hear = (part: Buffer): void => void (made.printed += String(part));
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  return made;
}

/** Resolves when it has printed this; fails when it ends before. */
async function until(made: Start, words: string | RegExp): Promise<void> {
  while (made.printed.search(words) < 0) {
    if (made.child.exitCode !== null || made.child.signalCode !== null)
      throw new Error(`It ended: ${made.printed}`);
    await sleep(20);
  }
}

async function kill(made: Start): Promise<void> {
  made.child.kill("SIGKILL");
  await made.ended;
}

async function laid(folder: string): Promise<void> {
  const server = await startPostgres({ folder, log: silent });
  try {
    await layHistory(
      {
        folder,
        origin: ORIGIN,
        examples: join(root, "examples"),
        databaseUrl: server.url,
        progress: { count: silent, done: silent, say: silent },
        sessionsFromDay: -2,
      },
      Date.now(),
    );
  } finally {
    await server.stop();
  }
  await writeOfficeConfig(folder, { origin: ORIGIN, demonstration: true });
}

test("of starts at once on one folder one runs, the others name it and end; killed each time, the office lives on", async () => {
  const folder = join(home, "at-once");
  await laid(folder);
  for (let round = 0; round < 4; round++) {
    const starts = [
      await start(folder),
      await start(folder),
      await start(folder),
    ];
    const codes = Promise.all(
      starts.map(({ ended }) => Promise.race([ended, sleep(15_000, "runs")])),
    );
    // Killed while it starts, and when it runs.
    if (round % 2 === 0) await sleep(400 + round * 300);
    else expect((await codes).toSorted()).toEqual([2, 2, "runs"]);
    for (const one of starts) {
      if (one.child.exitCode === 2)
        expect(one.printed).toMatch(
          /^Cannot use the folder .*: process \d+ runs it already; stop it first\n$/,
        );
      else await kill(one);
    }
  }
  const last = await start(folder);
  await until(last, READY);
  const { out } = await run(verifier, [last.address]);
  expect(out.trimEnd().split("\n").at(-1)).toBe("no contradiction found");
  await kill(last);
}, 180_000);

test("a second start while the first lays its history touches nothing; killed while it lays and while it clears, it begins anew", async () => {
  const folder = join(home, "laying");
  const first = await start(folder);
  await until(first, /^history +\d+ of/m);
  const second = await start(folder);
  expect(await second.ended).toBe(2);
  expect(second.printed).toContain(
    `process ${first.child.pid} runs it already`,
  );
  expect(existsSync(join(folder, "journal", "register"))).toBe(true);
  await kill(first);
  for (const wait of [150, 350, 600]) {
    const third = await start(folder);
    await until(third, "begun anew");
    await sleep(wait);
    await kill(third);
    expect(existsSync(join(folder, "laying"))).toBe(true);
  }
  const last = await start(folder);
  await until(last, READY);
  const { out } = await run(verifier, [last.address]);
  expect(out.trimEnd().split("\n").at(-1)).toBe("no contradiction found");
  await kill(last);
}, 300_000);

test("its own PostgreSQL dies: the office says so, ends with 2, and the same command starts it again", async () => {
  const folder = join(home, "at-once");
  const made = await start(folder);
  await until(made, READY);
  const [pid = ""] = readFileSync(
    join(folder, "postgres", "data", "postmaster.pid"),
    "utf8",
  ).split("\n");
  process.kill(Number(pid), "SIGKILL");
  expect(await made.ended).toBe(2);
  expect(made.printed).toMatch(
    /^Cannot go on: the office's own PostgreSQL, process \d+, has ended; the same command starts it again$/m,
  );
  const again = await start(folder);
  await until(again, READY);
  await kill(again);
}, 120_000);

function silent(): void {
  return;
}
