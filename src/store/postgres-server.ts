import { execFileSync, spawn } from "node:child_process";
import * as fs from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { accountFor, giveTo, type Account } from "./postgres-account.ts";
import {
  disownPidFile,
  majorOf,
  makeDatabase,
  openFolder,
  postgresEnvironment,
  readIfThere,
  readPidFile,
  type PostgresFolder,
} from "./postgres-folder.ts";
import { findPostgres, type PostgresPrograms } from "./postgres-programs.ts";
import { exists, isProcessAlive, processMark } from "./process-mark.ts";

export type PostgresServer = {
  readonly url: string;
  /** Another living process started the server: it lives as long as that one, and our `stop` leaves it alone. */
  readonly reused: boolean;
  /** Resolves, with its process number, when the server has ended without having been asked to by our `stop`. */
  readonly ended: Promise<number>;
  stop(): Promise<void>;
};

type Answer = {
  readonly url: string;
  readonly folder: string;
  readonly owner: string | null;
};
type Log = (line: string) => void;

const POLL_MILLISECONDS = 20;
const LOOK_MILLISECONDS = 250;
const PROGRESS_MILLISECONDS = 10_000;
const SILENT_MILLISECONDS_MAX = 60_000;
const BLOCKED_MILLISECONDS_MAX = 20_000;
const FAST_SHUTDOWN_MILLISECONDS_MAX = 60_000;

/** What may pass by itself: another start was faster, or orphans of a killed server are still leaving. */
const BLOCKED =
  /lock file "postmaster\.pid"|shared memory block|could not create any TCP\/IP sockets/;

/**
 * Runs the private PostgreSQL of an office's folder, in `<folder>/postgres`, on 127.0.0.1 only; makes the database
 * when there is none. A server that a living process started is shared. One whose starter died is stopped and started
 * anew, as is one that was killed: nothing needs a repair by hand. Throws when PostgreSQL cannot be found or started.
 */
export async function startPostgres({
  folder: office,
  log,
}: {
  folder: string;
  log: Log;
}): Promise<PostgresServer> {
  const folder = openFolder(office);
  const programs = await findPostgres(majorOf(folder));
  const until = Date.now() + BLOCKED_MILLISECONDS_MAX;
  for (;;) {
    const server =
      (await shareRunning(folder, log)) ??
      (await launch(folder, programs, log, until));
    if (server !== undefined) return server;
  }
}

/** The private PostgreSQL of an office that runs; undefined where it does not. Never starts one. */
export function sharePostgres(
  office: string,
  log: Log,
): Promise<PostgresServer | undefined> {
  return shareRunning(openFolder(office), log);
}

async function shareRunning(
  folder: PostgresFolder,
  log: Log,
): Promise<PostgresServer | undefined> {
  const running = readPidFile(folder);
  if (running === undefined || !exists(running.pid)) return undefined;
  if (!runsOn(running.pid, folder)) {
    disownPidFile(folder);
    return undefined;
  }
  const answer = await awaitAnswer(folder, running.pid, log);
  if (answer === "gone") return undefined;
  if (
    answer !== "silent" &&
    (answer.owner === null || isProcessAlive(answer.owner))
  ) {
    return {
      url: answer.url,
      reused: true,
      ended: endOf(running.pid, () => false),
      stop: async () => {},
    };
  }
  log(`PostgreSQL: stopping server ${running.pid}, whose starter is gone`);
  await shutDown(folder, running.pid);
  return undefined;
}

/** Undefined when the start was blocked by what may pass: the caller looks again. */
async function launch(
  folder: PostgresFolder,
  programs: PostgresPrograms,
  log: Log,
  until: number,
): Promise<PostgresServer | undefined> {
  const account = await accountFor(folder.data, programs.postgres);
  if (majorOf(folder) === undefined)
    await makeDatabase(folder, programs, account, log);
  giveTo(account, folder.data);
  const child = spawnServer(folder, programs, account, await freePort());
  const { pid } = child;
  if (pid === undefined)
    throw new Error(`Cannot run ${programs.postgres}`, {
      cause: await child.failed,
    });
  const answer = await awaitAnswer(folder, pid, log);
  if (answer === "silent") await shutDown(folder, pid);
  if (typeof answer === "object") {
    let stopping: Promise<void> | undefined;
    return {
      url: answer.url,
      reused: false,
      ended: endOf(pid, () => stopping !== undefined),
      stop: () => (stopping ??= shutDown(folder, pid)),
    };
  }
  const said = (readIfThere(folder.serverLog) ?? "").trim();
  if (BLOCKED.test(said) && Date.now() < until) {
    await sleep(200);
    return undefined;
  }
  const lines = said.split("\n").slice(-15).join("\n");
  throw new Error(
    `Cannot start PostgreSQL ${programs.major} on ${folder.data}: it is ${answer}, wanted an answer\n${lines}`,
  );
}

function spawnServer(
  folder: PostgresFolder,
  programs: PostgresPrograms,
  account: Account,
  port: number,
): { readonly pid: number | undefined; readonly failed: Promise<Error> } {
  const settings = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    "vitrine.owner": processMark(process.pid),
    max_connections: "60",
    shared_buffers: "64MB",
    min_wal_size: "32MB",
    max_wal_size: "256MB",
    jit: "off",
    // I6: what was answered is on disk.
    fsync: "on",
    synchronous_commit: "on",
    log_checkpoints: "off",
    timezone: "UTC",
    log_timezone: "UTC",
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
  const [command, all] = account.command(programs.postgres, [
    "-D",
    folder.data,
    ...args,
  ]);
  fs.rmSync(folder.serverLog, { force: true });
  const output = fs.openSync(folder.serverLog, "a", 0o600);
  try {
    // Its own session: Ctrl-C on our terminal must reach the server after our last write, by `stop`.
    const child = spawn(command, all, {
      cwd: "/",
      detached: true,
      env: postgresEnvironment(),
      stdio: ["ignore", output, output],
      ...account.spawnAs,
    });
    const failed = new Promise<Error>((resolve) =>
      child.once("error", resolve),
    );
    child.unref();
    return { pid: child.pid, failed };
  } finally {
    fs.closeSync(output);
  }
}

/** Waits while the server starts, recovers or stops, however long; "silent" when it says it is ready and is not. */
async function awaitAnswer(
  folder: PostgresFolder,
  pid: number,
  log: Log,
): Promise<Answer | "gone" | "silent"> {
  const began = Date.now();
  let told = began;
  let readySince: number | undefined;
  while (exists(pid)) {
    const now = Date.now();
    const noted = readPidFile(folder);
    if (noted?.pid === pid && noted.status === "ready") {
      readySince ??= now;
      const answer = await ask(folder, noted.port);
      if (answer !== undefined) return answer;
      if (now - readySince > SILENT_MILLISECONDS_MAX) return "silent";
    }
    if (now - told >= PROGRESS_MILLISECONDS) {
      told = now;
      log(
        `PostgreSQL: ${noted?.status === "stopping" ? "stopping" : "recovering"} … ${Math.round((now - began) / 1000)} s`,
      );
    }
    await sleep(POLL_MILLISECONDS);
  }
  return "gone";
}

async function ask(
  { data, password }: PostgresFolder,
  port: number,
): Promise<Answer | undefined> {
  const url = `postgres://vitrine:${password}@127.0.0.1:${port}/postgres`;
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    const [row] = await sql<{ folder: string; owner: string | null }[]>`
      select current_setting('data_directory') as folder, current_setting('vitrine.owner', true) as owner`;
    return row === undefined || fs.realpathSync(row.folder) !== data
      ? undefined
      : { url, ...row };
  } catch (cause) {
    if (cause instanceof postgres.PostgresError && cause.code === "28P01") {
      throw new Error(
        `Cannot log in to the PostgreSQL server of ${data}: wanted the password that made it, beside it`,
        { cause },
      );
    }
    return undefined;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Nobody is told when a process that is not ours ends: it is looked for. Nobody is kept from ending by that. */
function endOf(pid: number, isStopping: () => boolean): Promise<number> {
  return new Promise((resolve) => {
    const looking = setInterval(() => {
      if (isStopping()) return clearInterval(looking);
      if (exists(pid)) return;
      clearInterval(looking);
      resolve(pid);
    }, LOOK_MILLISECONDS).unref();
  });
}

/** Fast shutdown first: sessions end, all is written. The immediate one only leaves work for the next start. */
async function shutDown(folder: PostgresFolder, pid: number): Promise<void> {
  const gone = (): boolean => !exists(pid) || readPidFile(folder)?.pid !== pid;
  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    if (gone()) return;
    process.kill(pid, signal);
    const until = Date.now() + FAST_SHUTDOWN_MILLISECONDS_MAX;
    while (!gone() && Date.now() < until) await sleep(POLL_MILLISECONDS);
  }
  if (!gone())
    throw new Error(
      `Cannot stop PostgreSQL server ${pid} on ${folder.data}: it ignores SIGQUIT, wanted its end`,
    );
}

/** Whether the process is the server of this folder, and not another program that was given its old number. */
function runsOn(pid: number, { data }: PostgresFolder): boolean {
  try {
    // A PostgreSQL server works in its data folder.
    return fs.readlinkSync(`/proc/${pid}/cwd`) === data;
  } catch {
    return commandOf(pid).includes(data);
  }
}

function commandOf(pid: number): string {
  const command = readIfThere(`/proc/${pid}/cmdline`);
  if (command !== undefined) return command;
  try {
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], {
      encoding: "utf8",
    });
  } catch {
    // ps fails when the process has ended meanwhile.
    return "";
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === "string")
          reject(new Error("Cannot find a free port: wanted a number"));
        else resolve(address.port);
      });
    });
  });
}
