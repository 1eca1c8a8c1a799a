import { promises as fs } from "node:fs";
import type { Server } from "node:http";
import { join } from "node:path";
import { realSurroundings } from "../store/surroundings.ts";
import { type AppOptions, createApp } from "../portal/app.tsx";
import { Access } from "../accounts/access.ts";
import { ApplicantPapers } from "../accounts/applicant-papers.ts";
import { Applications } from "../accounts/applications.ts";
import { IncomingItems } from "../accounts/incoming.ts";
import { Sessions } from "../accounts/sessions.ts";
import { Door } from "../gateway/asking/door.ts";
import { enrolKey } from "../gateway/asking/enrol-key.ts";
import { SignedAsking } from "../gateway/asking/signed-asking.ts";
import { TokenCache } from "../gateway/asking/token-cache.ts";
import { CitizenDesk } from "../gateway/citizen/citizen-desk.ts";
import { Unavailable } from "../gateway/unavailable.ts";
import { UNSURE_MS_MAX } from "../portal/health.ts";
import type { PublicFiles } from "../portal/log-routes.ts";
import type { LastCheck } from "../portal/overview.ts";
import { primitives } from "../store/crypto.ts";
import { inTurn } from "../store/in-turn.ts";
import { isMissing, readIfThere, writeWhole } from "../store/durable.ts";
import { pruneKeys } from "../store/idempotency.ts";
import { handOver, takeOver } from "../store/hand-over.ts";
import { processMark } from "../store/process-mark.ts";
import { allFreed } from "../store/retention.ts";
import { startPostgres } from "../store/postgres-server.ts";
import { reachDatabase } from "../store/reach-database.ts";
import { WriterLock } from "../store/writer-lock.ts";
import { Chores } from "./chores.ts";
import { demoPersonas } from "./demo/personas.ts";
import { demoReceiver } from "./demo/receive-question.ts";
import { CouldNot } from "./exit.ts";
import { type GateSettings, gateSettings } from "./gate-config.ts";
import { House } from "./house.ts";
import { listen } from "./listening.ts";
import { readPrograms } from "./programs.ts";
import { type OfficeConfig, officeConfig } from "./office-config.ts";
import { readAs } from "./read-as.ts";
import { selfCheck } from "./self-check.ts";

export async function readOfficeConfig(
  folder: string,
): Promise<OfficeConfig | undefined> {
  const bytes = await readIfThere(join(folder, "office.json")).catch(
    (error: unknown) => {
      // A file where the folder should be: no office lies in it.
      if (error instanceof Error && "code" in error && error.code === "ENOTDIR")
        return undefined;
      throw error;
    },
  );
  if (bytes === undefined) return undefined;
  const path = join(folder, "office.json");
  return readAs(officeConfig, parsed(path, bytes.toString("utf8")), path);
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CouldNot(`Cannot read ${path}: it is no JSON`, { cause });
  }
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

/** For whoever looks for a running office; what keeps a second one away is the lock of the folder. */
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

export type OfficeDatabase = {
  readonly url: string;
  /** Resolves when a PostgreSQL of our own has ended. */
  readonly ended: Promise<Error>;
  readonly stop: () => Promise<void>;
};

/** The database of an office: DATABASE_URL when it is set and not empty, else a PostgreSQL of its own inside the folder. */
export async function databaseFor(
  folder: string,
  say: (line: string) => void,
): Promise<OfficeDatabase> {
  const url = givenDatabase();
  if (url !== undefined) {
    await reachDatabase(url);
    const never = new Promise<Error>(() => undefined);
    return { url, ended: never, stop: () => Promise.resolve() };
  }
  const server = await startPostgres({
    folder,
    log: say,
  });
  const ended = server.ended.then((pid) => {
    const what = `the office's own PostgreSQL, process ${pid}, has ended`;
    say(what);
    return new CouldNot(
      `Cannot go on: ${what}; the same command starts it again`,
    );
  });
  return { url: server.url, ended, stop: () => server.stop() };
}

export function givenDatabase(): string | undefined {
  const given = process.env["DATABASE_URL"];
  return given === "" ? undefined : given;
}

const TICK_MS = 1_000;
/** Nobody's address is remembered for longer than its limit needs it, and this. */
const SWEEP_MS = 5_000;
const PRUNE_MS = 3_600_000;
const CHECK_EVERY_MS = 3_600_000;

export type Running = {
  readonly address: string;
  readonly house: House;
  readonly ended: Promise<void>;
  readonly stop: () => Promise<void>;
};

/**
 * Runs an office until it is stopped: web server, ticking, and its own look at itself once an hour. Its folder is locked by
 * now; the lock in the database comes before the journal is opened, and goes when everything is closed.
 */
export async function runOffice(
  folder: string,
  config: OfficeConfig,
  port: number,
  database: Pick<OfficeDatabase, "url" | "ended">,
): Promise<Running> {
  const { origin } = config;
  const writer = await WriterLock.hold(database.url, origin);
  try {
    await takeOver(database.url, origin, UNSURE_MS_MAX, (line) =>
      console.error(line),
    );
    const house = await House.open({
      folder,
      origin,
      databaseUrl: database.url,
      surroundings: realSurroundings,
      settings: gateSettings(config.gate),
      loadLater: true,
      grease: config.demonstration,
      onSilentWitness: (line) => console.log(`witness   ${line}`),
    });
    try {
      return await runHouse(folder, config, port, database, house, writer);
    } catch (error) {
      await house.stop().catch(() => undefined);
      throw error;
    }
  } catch (error) {
    await writer.release();
    throw error;
  }
}

async function runHouse(
  folder: string,
  config: OfficeConfig,
  port: number,
  database: Pick<OfficeDatabase, "url" | "ended">,
  house: House,
  writer: WriterLock,
): Promise<Running> {
  let lastCheck: LastCheck | undefined;
  let end: (error?: Error) => void = () => undefined;
  const ended = new Promise<void>(
    (resolve, reject) =>
      (end = (error) => (error === undefined ? resolve() : reject(error))),
  );
  // Whoever waits for it later hears of it all the same.
  ended.catch(() => undefined);
  Promise.race([writer.lost, database.ended]).then(end, end);
  const parts = appOf(house, folder, gateSettings(config.gate));
  const app = createApp({
    ...parts,
    demonstration: config.demonstration,
    ...(config.demonstration
      ? {
          personas: demoPersonas(folder, () => house.office.register),
          receiveQuestion: demoReceiver(folder, house),
        }
      : {}),
    programs: await readPrograms(),
    ...(config.portal === undefined ? {} : { statePortal: config.portal }),
    lastCheck: () => lastCheck,
    unsureMs: () => writer.unsureMs,
    now: realSurroundings.now,
    onHalt: (error) => end(error),
    onBug: (error) => console.error(error),
  });
  const { server, address } = await listen(app.fetch, port);
  const chores = new Chores([
    { everyMs: SWEEP_MS, work: () => parts.door.sweep() },
    {
      everyMs: PRUNE_MS,
      work: () => pruneKeys(house.sql, realSurroundings.now()),
    },
  ]);
  const ticking = startTicking(house, chores, writer, (error) => end(error));
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
      // Whoever is being answered, also that the office has halted, hears it.
      () => ticking.stop(),
      () => closeServer(server),
      () => house.stop(),
      // Where the database is away the next start finds this process dead, or waits.
      () => handOver(database.url, config.origin).catch(() => undefined),
      () => writer.release(),
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
  settings: GateSettings = gateSettings(),
): Pick<
  AppOptions,
  | "office"
  | "gateway"
  | "primitives"
  | "files"
  | "door"
  | "signed"
  | "proxies"
  | "allowed"
  | "enrol"
  | "citizens"
  | "freed"
  | "sessions"
  | "incoming"
  | "applications"
  | "access"
  | "readActPaper"
> {
  const { sql } = house;
  const { now } = realSurroundings;
  const { address, proxies, allowed } = settings;
  const signed = new SignedAsking({ sql, now, address });
  return {
    office: house.office,
    gateway: () => house.gateway,
    primitives,
    files: publicFiles(folder),
    door: new Door({
      tokens: new TokenCache(sql, now),
      ...settings,
      streamsEach: allowed.streamsEach,
    }),
    signed,
    ...{ proxies, allowed },
    enrol: (organisation, request, value) =>
      enrolKey(
        ...([sql, signed, organisation, request, value] as const),
        now(),
      ),
    sessions: new Sessions(sql, house.keys.seal, now),
    ...accountsOf(house, now),
    citizens: new CitizenDesk(sql, house.keys.seal, () => house.gateway),
    freed: () =>
      allFreed(house.sql).catch((cause: unknown) => {
        throw new Unavailable(
          "Cannot show what was freed: the database is away",
          { cause },
        );
      }),
  };
}

/** What organisations and citizens keep here and send. */
export function accountsOf(
  { sql, keys }: House,
  now: () => number,
): Pick<AppOptions, "incoming" | "applications" | "access" | "readActPaper"> {
  const kept = [sql, keys.seal, now] as const;
  const incoming = new IncomingItems(...kept);
  const papers = new ApplicantPapers(...kept);
  return {
    incoming,
    applications: new Applications(...kept, incoming, papers),
    access: new Access(...kept),
    readActPaper: async (commitment) =>
      (await papers.open(commitment))?.content,
  };
}

export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** One tick after the other; a tick that fails because a database or a witness is away is tried again, a halted log ends the process. */
function startTicking(
  house: House,
  chores: Chores,
  writer: WriterLock,
  fatal: (error: Error) => void,
): { stop: () => Promise<void> } {
  let stopped = false;
  let told = "";
  const loop = (async () => {
    while (!stopped) {
      try {
        // Whoever is not sure to be the only writer enters nothing.
        await inTurn(
          () => (writer.unsureMs <= UNSURE_MS_MAX ? house.tick() : undefined),
          () => chores.look(performance.now()),
        );
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

/** Logs and papers as they lie on disk. A name with a file where a folder should be is nothing, as a missing one is. */
export function publicFiles(folder: string): PublicFiles {
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
