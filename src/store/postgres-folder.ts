import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import { join } from "node:path";
import { giveTo, type Account } from "./postgres-account.ts";
import type { PostgresPrograms } from "./postgres-programs.ts";
import { isProcessAlive, processMark } from "./process-mark.ts";

/** What lies in `<office>/postgres`: the data folder, the password of its one role, what the server says. */
export type PostgresFolder = {
  readonly home: string;
  readonly data: string;
  readonly password: string;
  readonly serverLog: string;
};

export type PidFile = {
  readonly pid: number;
  readonly port: number;
  readonly status: string;
};

const PROGRESS_SECONDS = 2;
/** No system gives a process this number: Linux stops at 4194304, macOS at 99999. */
const NO_PROCESS = 2147483647;

export function openFolder(office: string): PostgresFolder {
  const path = join(office, "postgres");
  fs.mkdirSync(path, { recursive: true });
  const home = fs.realpathSync(path);
  checkOwner(join(home, "data"));
  return {
    home,
    data: join(home, "data"),
    password: readPassword(home),
    serverLog: join(home, "server.log"),
  };
}

/** The major version that made the data folder; undefined when there is no database yet. */
export function majorOf({ data }: PostgresFolder): number | undefined {
  const version = readIfThere(join(data, "PG_VERSION"));
  return version === undefined ? undefined : Number.parseInt(version, 10);
}

/** PostgreSQL's own note of the server that runs on the folder, or ran on it until it was killed. */
export function readPidFile({ data }: PostgresFolder): PidFile | undefined {
  const lines = readIfThere(join(data, "postmaster.pid"))?.split("\n");
  if (lines === undefined) return undefined;
  return {
    pid: Number(lines[0]),
    port: Number(lines[3] ?? 0),
    status: lines[7]?.trim() ?? "",
  };
}

/**
 * PostgreSQL will not start while the number in its note belongs to a living process, whichever it is. We put a
 * number there that no process has, and keep the rest: by it PostgreSQL checks that no orphan still uses its memory.
 */
export function disownPidFile({ data }: PostgresFolder): void {
  const path = join(data, "postmaster.pid");
  const text = readIfThere(path);
  if (text !== undefined)
    fs.writeFileSync(path, text.replace(/^[^\n]*/, String(NO_PROCESS)));
}

/** Makes the database beside its place and moves it there whole: killed half-way, nothing is to be repaired. */
export async function makeDatabase(
  folder: PostgresFolder,
  programs: PostgresPrograms,
  account: Account,
  log: (line: string) => void,
): Promise<void> {
  removeUnfinished(folder);
  const fresh = join(folder.home, `fresh-${processMark(process.pid)}`);
  const passwordFile = join(fresh, "password");
  fs.mkdirSync(join(fresh, "data"), { recursive: true, mode: 0o700 });
  fs.writeFileSync(passwordFile, folder.password, { mode: 0o600 });
  giveTo(account, fresh);
  await initdb(programs, account, log, [
    ...[
      "-D",
      join(fresh, "data"),
      "--username=vitrine",
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
    ],
    ...[
      "--encoding=UTF8",
      "--locale=C",
      "--data-checksums",
      "--no-instructions",
    ],
  ]);
  moveInto(join(fresh, "data"), folder);
  fs.rmSync(fresh, { recursive: true });
}

export function readIfThere(path: string): string | undefined {
  try {
    return fs.readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      return undefined;
    throw error;
  }
}

function checkOwner(data: string): void {
  const ours = process.getuid?.();
  const owner = fs.statSync(data, { throwIfNoEntry: false })?.uid;
  if (ours === undefined || owner === undefined || ours === 0 || ours === owner)
    return;
  throw new Error(
    `Cannot run PostgreSQL on ${data} as account ${ours}: account ${owner} made it, wanted that one or root`,
  );
}

function readPassword(home: string): string {
  const path = join(home, "password");
  const unfinished = `${path}-${processMark(process.pid)}`;
  if (!fs.existsSync(path)) {
    fs.writeFileSync(unfinished, randomBytes(24).toString("hex"), {
      mode: 0o600,
      flush: true,
    });
    try {
      // Of two starts at once one password stays, whole.
      fs.linkSync(unfinished, path);
    } catch (cause) {
      if (!fs.existsSync(path)) throw cause;
    }
    fs.rmSync(unfinished);
  }
  return fs.readFileSync(path, "utf8");
}

function removeUnfinished({ home }: PostgresFolder): void {
  for (const name of fs.readdirSync(home)) {
    const mark = /^fresh-(.*)$/.exec(name)?.[1];
    if (
      mark === undefined ||
      (isProcessAlive(mark) && mark !== processMark(process.pid))
    )
      continue;
    fs.rmSync(join(home, name), { recursive: true });
  }
}

function initdb(
  { initdb: program, major }: PostgresPrograms,
  account: Account,
  log: (line: string) => void,
  args: readonly string[],
): Promise<void> {
  const began = Date.now();
  const seconds = (): string => ((Date.now() - began) / 1000).toFixed(1);
  const timer = setInterval(
    () => log(`PostgreSQL ${major}: making a new database … ${seconds()} s`),
    PROGRESS_SECONDS * 1000,
  );
  return new Promise<void>((resolve, reject) => {
    const [command, all] = account.command(program, args);
    const child = spawn(command, all, {
      cwd: "/",
      env: postgresEnvironment(),
      ...account.spawnAs,
    });
    let output = "";
    const hear = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) return resolve();
      reject(
        new Error(
          `Cannot make a PostgreSQL database: initdb ended with ${code}, wanted 0\n${output.trim()}`,
        ),
      );
    });
  }).finally(() => clearInterval(timer));
}

/** Nothing of our own environment, where PGDATA or a language would change what PostgreSQL does and says. */
export function postgresEnvironment(): {
  readonly PATH: string;
  readonly LC_ALL: "C";
} {
  return { PATH: process.env["PATH"] ?? "", LC_ALL: "C" };
}

function moveInto(made: string, { home, data }: PostgresFolder): void {
  try {
    fs.renameSync(made, data);
  } catch (cause) {
    // Another process was faster: its database is as good as ours.
    if (!fs.existsSync(join(data, "PG_VERSION"))) throw cause;
    return;
  }
  const handle = fs.openSync(home, "r");
  fs.fsyncSync(handle);
  fs.closeSync(handle);
}
