import { type ChildProcess, spawn } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { cp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { layHistory } from "../../src/cli/demo/lay.ts";
import { writeOfficeConfig } from "../../src/cli/running.ts";
import { startPostgres } from "../../src/store/postgres-server.ts";
import { isProcessAlive } from "../../src/store/process-mark.ts";
import { root } from "../files.ts";
import { laidOnce } from "./laid-once.ts";
import { freePort, program } from "./program.ts";

const ORIGIN = "data.lanan.example/register";
export const READY = "next          docs/ten-minutes.md";
/** Time to lay an office while everything else of the machine is busy, and to start on it. */
export const LAID_MS_MAX = 300_000;
/** Folders of offices, which go away with everything that was started. */
export const home = mkdtempSync(join(tmpdir(), "vitrine-starts-"));
const children = new Set<ChildProcess>();
/** The port of a folder's witness, which is found again when its office was killed. */
const witnesses = new Map<string, number>();

/** Ends all that runs, and removes the folders. */
export async function endAll(): Promise<void> {
  for (const child of children) child.kill("SIGKILL");
  // Witnesses outlive an office that was killed.
  for (const name of readdirSync(home)) {
    const file = join(home, name, "witness", "witness.mark");
    const mark = existsSync(file) ? readFileSync(file, "utf8") : "";
    if (isProcessAlive(mark)) process.kill(Number.parseInt(mark, 10));
  }
  await sleep(500);
  rmSync(home, {
    recursive: true,
    force: true,
    maxRetries: 20,
    retryDelay: 100,
  });
}

/** One start of the demonstration, as it goes. */
export type Start = {
  readonly child: ChildProcess;
  readonly address: string;
  printed: string;
  readonly ended: Promise<number | null>;
};

export async function start(
  folder: string,
  env: Record<string, string> = {},
  ports?: readonly [number, number],
): Promise<Start> {
  const [port, witness] = ports ?? [
    await freePort(),
    witnesses.get(folder) ?? (await freePort()),
  ];
  witnesses.set(folder, witness);
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
export async function until(
  made: Start,
  words: string | RegExp,
): Promise<void> {
  while (made.printed.search(words) < 0) {
    if (made.child.exitCode !== null || made.child.signalCode !== null)
      throw new Error(`It ended: ${made.printed}`);
    await sleep(20);
  }
}

export async function kill(made: Start): Promise<void> {
  made.child.kill("SIGKILL");
  await made.ended;
}

/** The demonstration with all acts, and the requests from that day before today on: a copy of what was laid once for the run. */
export async function laid(
  folder: string,
  sessionsFromDay = -2,
): Promise<void> {
  const once = await laidOnce(String(sessionsFromDay), (part) =>
    lay(part, sessionsFromDay),
  );
  await cp(once, folder, { recursive: true });
}

/** The same, laid for one story alone, from examples of its own where it has some. */
export async function lay(
  folder: string,
  sessionsFromDay: number,
  examples = join(root, "examples"),
): Promise<void> {
  const server = await startPostgres({ folder, log: silent });
  try {
    await layHistory(
      {
        folder,
        origin: ORIGIN,
        examples,
        databaseUrl: server.url,
        progress: { count: silent, done: silent, say: silent },
        sessionsFromDay,
      },
      Date.now(),
    );
  } finally {
    await server.stop();
  }
  await writeOfficeConfig(folder, { origin: ORIGIN, demonstration: true });
}

/** The process of the office's own PostgreSQL. */
export function postmasterOf(folder: string): number {
  const file = join(folder, "postgres", "data", "postmaster.pid");
  return Number.parseInt(readFileSync(file, "utf8"), 10);
}

function silent(): void {
  return;
}
