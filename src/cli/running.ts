import { promises as fs } from "node:fs";
import { join } from "node:path";
import { realSurroundings } from "../store/surroundings.ts";
import { createApp } from "../portal/app.tsx";
import type { Door } from "../gateway/asking/door.ts";
import { UNSURE_MS_MAX } from "../portal/health.ts";
import type { LastCheck } from "../portal/overview.ts";
import { inTurn } from "../store/in-turn.ts";
import { readIfThere, writeWhole } from "../store/durable.ts";
import { pruneKeys } from "../store/idempotency.ts";
import { handOver, takeOver } from "../store/hand-over.ts";
import { processMark } from "../store/process-mark.ts";
import { WriterLock } from "../store/writer-lock.ts";
import { type Chore, Chores } from "./chores.ts";
import { closeServer } from "./closing.ts";
import { type Env, withEnvironment } from "./config/environment.ts";
import { demoPersonas } from "./demo/personas.ts";
import { demoReceiver } from "./demo/receive-question.ts";
import { CouldNot } from "./exit.ts";
import { gateSettings } from "./gate-config.ts";
import { House } from "./house.ts";
import { listen } from "./listening.ts";
import { ActLog } from "../portal/acts/act-log.ts";
import { followChores } from "./mail/following.ts";
import { mailChore } from "./mail/mailing.ts";
import { smtp } from "./mail/smtp.ts";
import type { OfficeDatabase } from "./office-database.ts";
import {
  type OfficeConfig,
  officeConfig,
  type RunSettings,
  runSettings,
} from "./office-config.ts";
import { type Journal, stderrJournal } from "./operating/journal.ts";
import { startMetrics } from "./operating/metrics-server.ts";
import { Watch } from "./operating/watch.ts";
import { readPrograms } from "./programs.ts";
import { appOf } from "./app-parts.ts";
import { readAs } from "./read-as.ts";
import { openidOf } from "./sign-in-config.ts";
import { selfCheck } from "./self-check.ts";
import { startLetters, startTicking } from "./ticking.ts";

/** The settings of an office: its file, and what the environment says in its place. */
export async function readOfficeConfig(
  folder: string,
  env: Env = process.env,
): Promise<OfficeConfig | undefined> {
  const config = await readOfficeFile(folder);
  return config === undefined ? undefined : withEnvironment(config, env);
}

/** What stands in `office.json` alone; undefined where there is none. */
export async function readOfficeFile(
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

/** Nobody's address is remembered for longer than its limit needs it, and this. */
const SWEEP_MS = 5_000;
const PRUNE_MS = 3_600_000;
const CHECK_EVERY_MS = 3_600_000;
/** Answers that are on their way when the log has halted: they hear that, and no more is waited for. */
const HALTED_WAIT_MS = 1_000;

export type Running = {
  readonly address: string;
  /** Where figures are served; undefined where they are not. */
  readonly metrics: string | undefined;
  readonly house: House;
  readonly journal: Journal;
  readonly ended: Promise<void>;
  /** Lets what is on its way be answered; `atOnce` where there is nothing more to say. */
  readonly stop: (atOnce?: boolean) => Promise<void>;
};

type Around = {
  readonly folder: string;
  readonly config: OfficeConfig;
  readonly port: number;
  readonly settings: RunSettings;
  readonly database: Pick<OfficeDatabase, "url" | "ended">;
  readonly journal: Journal;
  readonly watch: Watch;
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
  const settings = runSettings(config);
  const journal = stderrJournal(settings.log);
  const watch = new Watch(journal);
  const writer = await WriterLock.hold(database.url, origin);
  try {
    await takeOver(database.url, origin, UNSURE_MS_MAX, () =>
      journal.warn("writer.waits", {
        seconds: UNSURE_MS_MAX / 1000,
        says: "the process before this one did not say that it has stopped",
      }),
    );
    const house = await House.open({
      folder,
      origin,
      databaseUrl: database.url,
      surroundings: realSurroundings,
      settings: gateSettings(config.gate),
      loadLater: true,
      grease: config.demonstration,
      onSilentWitness: (says) => journal.warn("witness.silent", { says }),
      tell: (says) => journal.warn("office", { says }),
      watch,
    });
    const around = { folder, config, port, settings, database, journal, watch };
    try {
      return await runHouse(around, house, writer);
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
  around: Around,
  house: House,
  writer: WriterLock,
): Promise<Running> {
  const { folder, config, database, journal, settings, watch } = around;
  const { now } = realSurroundings;
  const log = new ActLog(house.office);
  let lastCheck: LastCheck | undefined;
  let isStopping = false;
  let end: (error?: Error) => void = () => undefined;
  const ended = new Promise<void>(
    (resolve, reject) =>
      (end = (error) => (error === undefined ? resolve() : reject(error))),
  );
  // Whoever waits for it later hears of it all the same.
  ended.catch((error: unknown) => journal.failed("ended", error));
  Promise.race([writer.lost, database.ended]).then(end, end);
  const parts = appOf(
    ...([house, folder, gateSettings(config.gate)] as const),
    config.documents?.codes,
  );
  const unsureMs = () => writer.unsureMs;
  /** Known once it listens. */
  const here: { address?: string } = {};
  const lettersLead = (): string | undefined =>
    config.demonstration
      ? (config.gate?.address ?? here.address)
      : config.mail === undefined
        ? undefined
        : config.gate?.address;
  const app = createApp({
    ...parts,
    ...{ unsureMs, now, log, lettersLead },
    ...(await openidOf(
      ...([folder, config.signIn, house.keys.seal, now] as const),
      (says) => journal.warn("sign-in", { says }),
    )),
    address: () => config.gate?.address ?? here.address,
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
    standing: () => ({ isStopping, ...house.standing }),
    watch: watch.requests,
    onHalt: (error) => end(error),
    onBug: (error) => journal.failed("bug", error),
  });
  const { host } = settings.listen;
  const { server, address } = await listen(app.fetch, around.port, host);
  here.address = address;
  const figures = await startMetrics(folder, settings.metrics, {
    ...{ watch, unsureMs, now, door: parts.door },
    ...{ office: house.office, sql: house.sql, gateway: () => house.gateway },
  }).catch(async (error: unknown) => {
    await closeServer(server);
    throw error;
  });
  const mails = mailChore(house.office, {
    mails: parts.mails,
    send:
      config.mail === undefined
        ? undefined
        : await smtp(config.mail, config.origin),
    address: config.gate?.address,
    failed: (letters) => journal.warn("mail.waits", { letters }),
    goesOn: () => !isStopping,
  });
  const chores = new Chores(choresOf(house, parts.door));
  const fatal = (error: Error): void => end(error);
  const ticking = startTicking(house, chores, writer, journal, fatal);
  const letters = startLetters(
    new Chores([
      ...followChores(log, parts.follows, lettersLead),
      // Nobody hears what a demonstration keeps; an office that can tell nobody keeps no letters.
      ...(config.mail === undefined && !config.demonstration ? [] : [mails]),
    ]),
    ...([journal, fatal] as const),
  );
  const check = async (): Promise<void> => {
    const { offsetMinutes } = house.office.register;
    lastCheck = await selfCheck(address, now(), offsetMinutes);
  };
  const checking = setInterval(
    () => void check().catch(() => undefined),
    CHECK_EVERY_MS,
  );
  void house
    .loaded()
    .then(() => check().catch(() => undefined))
    .catch((error: unknown) => end(error instanceof Error ? error : undefined));
  const { register, published } = house.office;
  journal.info("started", { entries: register.size, public: published.size });
  const stopAll = async (waitMs: number): Promise<void> => {
    clearInterval(checking);
    await inTurn(
      // Whoever is being answered, also that the office has halted, hears it.
      async () => {
        const connections = await closeServer(server, waitMs);
        if (connections > 0) journal.warn("stop.cut", { connections });
      },
      () => ticking.stop(),
      () => letters.stop(),
      () => figures?.stop(),
      () => house.stop(),
      // Where the database is away the next start finds this process dead, or waits.
      () => handOver(database.url, config.origin).catch(() => undefined),
      () => writer.release(),
    );
    journal.info("stopped");
  };
  let stopping: Promise<void> | undefined;
  const stop = (atOnce = false): Promise<void> => {
    isStopping = true;
    const waitMs = atOnce ? HALTED_WAIT_MS : settings.stop.seconds * 1000;
    if (stopping === undefined) journal.info("stopping", { waitMs });
    return (stopping ??= stopAll(waitMs).finally(() => end()));
  };
  const metrics = figures?.address;
  return { address, metrics, house, journal, ended, stop };
}

function choresOf(house: House, door: Door): readonly Chore[] {
  return [
    { everyMs: SWEEP_MS, work: () => door.sweep() },
    {
      everyMs: PRUNE_MS,
      work: () => pruneKeys(house.sql, realSurroundings.now()),
    },
  ];
}
