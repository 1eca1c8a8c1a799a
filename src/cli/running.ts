import { randomBytes } from "node:crypto";
import { promises as fs } from "node:fs";
import { join } from "node:path";
import type * as z from "zod/mini";
import { serve } from "@hono/node-server";
import { toBase64url } from "../acts/bytes.ts";
import { realSurroundings } from "../store/surroundings.ts";
import { type AppOptions, createApp } from "../portal/app.tsx";
import { Unavailable } from "../gateway/unavailable.ts";
import type { PublicFiles } from "../portal/log-routes.ts";
import type { LastCheck } from "../portal/overview.ts";
import { primitives } from "../store/crypto.ts";
import { inTurn } from "../store/in-turn.ts";
import { keepToken, organisationOf, type Sql } from "../store/database.ts";
import { isMissing, readIfThere, writeWhole } from "../store/durable.ts";
import { isProcessAlive, processMark } from "../store/process-mark.ts";
import { startPostgres } from "../store/postgres-server.ts";
import { CouldNot } from "./exit.ts";
import { House } from "./house.ts";
import { officeConfig, readAs } from "./read-as.ts";
import { selfCheck } from "./self-check.ts";

export type OfficeConfig = z.infer<typeof officeConfig>;

export async function readOfficeConfig(
  folder: string,
): Promise<OfficeConfig | undefined> {
  const bytes = await readIfThere(join(folder, "office.json"));
  if (bytes === undefined) return undefined;
  return readAs(
    officeConfig,
    JSON.parse(bytes.toString("utf8")),
    join(folder, "office.json"),
  );
}

export async function writeOfficeConfig(
  folder: string,
  config: OfficeConfig,
): Promise<void> {
  await writeWhole(
    join(folder, "office.json"),
    `${JSON.stringify(config, null, 2)}\n`,
  );
}

/** One process an office. A number alone would name whoever has it now; a mark names the process that wrote it. */
export async function mustNotRun(folder: string): Promise<void> {
  const mark =
    (await readIfThere(join(folder, "vitrine.mark")))?.toString("utf8") ?? "";
  if (isProcessAlive(mark))
    throw new CouldNot(
      `Cannot start the office in ${folder}: process ${Number.parseInt(mark, 10)} runs it already; stop it first`,
    );
}

export async function markRunning(
  folder: string,
  address: string,
): Promise<void> {
  await fs.writeFile(join(folder, "vitrine.mark"), processMark(process.pid));
  await fs.writeFile(join(folder, "vitrine.pid"), `${process.pid}\n`);
  await fs.writeFile(join(folder, "address"), `${address}\n`);
}

export async function unmarkRunning(folder: string): Promise<void> {
  await fs.rm(join(folder, "vitrine.mark"), { force: true });
  await fs.rm(join(folder, "vitrine.pid"), { force: true });
}

/** The database of an office: DATABASE_URL when it is set, else a PostgreSQL of its own inside the folder. */
export async function databaseFor(
  folder: string,
  say: (line: string) => void,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const given = process.env["DATABASE_URL"];
  if (given !== undefined && given !== "")
    return { url: given, stop: () => Promise.resolve() };
  const server = await startPostgres({
    folder,
    log: say,
  });
  return { url: server.url, stop: () => server.stop() };
}

/** Makes a token for an organisation: the caller keeps it, the office its hash. */
export async function issueToken(
  sql: Sql,
  organisation: string,
): Promise<string> {
  const token = toBase64url(randomBytes(32));
  await keepToken(sql, primitives.sha256(Buffer.from(token)), organisation);
  return token;
}

const TOKEN_CACHE_MS = 2_000;
const TICK_MS = 1_000;
const CHECK_EVERY_MS = 3_600_000;

export type Running = {
  readonly address: string;
  readonly house: House;
  readonly ended: Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Runs an office until it is stopped: web server, ticking, and its own look at itself once an hour. */
export async function runOffice(
  folder: string,
  config: OfficeConfig,
  port: number,
  databaseUrl: string,
): Promise<Running> {
  const house = await House.open({
    folder,
    origin: config.origin,
    databaseUrl,
    surroundings: realSurroundings,
    loadLater: true,
  });
  let lastCheck: LastCheck | undefined;
  let end: (error?: Error) => void = () => undefined;
  const ended = new Promise<void>(
    (resolve, reject) =>
      (end = (error) => (error === undefined ? resolve() : reject(error))),
  );
  // Whoever waits for it later hears of it all the same.
  ended.catch(() => undefined);
  const app = createApp({
    ...appOf(house, folder),
    demonstration: config.demonstration,
    lastCheck: () => lastCheck,
    now: realSurroundings.now,
    onHalt: (error) => end(error),
    onBug: (error) => console.error(error),
  });
  const { server, address } = await listen(app.fetch, port);
  const ticking = startTicking(house, (error) => end(error));
  const check = async (): Promise<void> =>
    void (lastCheck = await selfCheck(
      address,
      realSurroundings.now(),
      house.office.register.offsetMinutes,
    ));
  const checking = setInterval(
    () => void check().catch(() => undefined),
    CHECK_EVERY_MS,
  );
  void house
    .loaded()
    .then(() => check().catch(() => undefined))
    .catch((error: unknown) => end(error instanceof Error ? error : undefined));
  const stopAll = async (): Promise<void> => {
    clearInterval(checking);
    await inTurn(
      () => ticking.stop(),
      () => closeServer(server),
      () => house.stop(),
    );
  };
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> =>
    (stopping ??= stopAll().finally(() => end()));
  return { address, house, ended, stop };
}

/** What a house lying in a folder gives to its web routes. */
export function appOf(
  house: House,
  folder: string,
): Pick<
  AppOptions,
  "office" | "gateway" | "primitives" | "files" | "organisationOf"
> {
  return {
    office: house.office,
    gateway: () => house.gateway,
    primitives,
    files: publicFiles(folder),
    organisationOf: cachedTokens(house.sql),
  };
}

type Server = ReturnType<typeof serve>;

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
}

async function listen(
  fetch: Parameters<typeof serve>[0]["fetch"],
  port: number,
): Promise<{ server: Server; address: string }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname: "127.0.0.1" }, (info) =>
      resolve({ server, address: `http://127.0.0.1:${info.port}` }),
    );
    server.once("error", (error: Error & { code?: string }) => {
      const why =
        error.code === "EADDRINUSE"
          ? "the port is in use; stop what uses it, or choose another with --port"
          : error.message;
      reject(new CouldNot(`Cannot listen on 127.0.0.1:${port}: ${why}`));
    });
  });
}

/** One tick after the other; a tick that fails because a database or a witness is away is tried again, a halted log ends the process. */
function startTicking(
  house: House,
  fatal: (error: Error) => void,
): { stop: () => Promise<void> } {
  let stopped = false;
  let told = "";
  const loop = (async () => {
    while (!stopped) {
      try {
        await house.tick();
        told = "";
      } catch (error) {
        if (error instanceof Error && error.name === "LogHalted")
          return fatal(error);
        const message =
          error instanceof Error ? error.message : "unknown error";
        if (message !== told) console.error(`tick      ${message}`);
        told = message;
      }
      await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      await loop;
    },
  };
}

/** "At once" means two seconds: a revoked token is believed for no longer. */
function cachedTokens(
  sql: Sql,
): (token: string) => Promise<string | undefined> {
  const known = new Map<
    string,
    { organisation: string | undefined; at: number }
  >();
  return async (token) => {
    const cached = known.get(token);
    if (cached !== undefined && Date.now() - cached.at < TOKEN_CACHE_MS)
      return cached.organisation;
    if (known.size > 10_000) known.clear();
    const digest = primitives.sha256(Buffer.from(token));
    const organisation = await organisationOf(sql, digest).catch(
      (cause: unknown) => {
        throw new Unavailable(
          "Cannot answer: tokens cannot be looked up while the database is away",
          { cause },
        );
      },
    );
    known.set(token, { organisation, at: Date.now() });
    return organisation;
  };
}

/** Logs and papers as they lie on disk. A name with a file where a folder should be is nothing, as a missing one is. */
function publicFiles(folder: string): PublicFiles {
  const base = join(folder, "public");
  return {
    read: async (path) => {
      try {
        return await fs.readFile(join(base, path));
      } catch (error) {
        if (isMissing(error)) return undefined;
        if (
          error instanceof Error &&
          "code" in error &&
          (error.code === "ENOTDIR" || error.code === "EISDIR")
        )
          return undefined;
        throw error;
      }
    },
    keepPaper: (hex, bytes) =>
      writeWhole(join(base, "paper", hex), bytes, { immutable: true }),
  };
}
