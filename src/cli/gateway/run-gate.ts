import { promises as fs } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Door } from "../../gateway/asking/door.ts";
import { SignedAsking } from "../../gateway/asking/signed-asking.ts";
import { TokenCache } from "../../gateway/asking/token-cache.ts";
import { createGateApp } from "../../portal/gate-app.ts";
import { UNSURE_MS_MAX } from "../../portal/health.ts";
import { officeOf } from "../../register/founding.ts";
import { handOver, takeOver } from "../../store/hand-over.ts";
import { inTurn } from "../../store/in-turn.ts";
import { sharePostgres } from "../../store/postgres-server.ts";
import { reachDatabase } from "../../store/reach-database.ts";
import { realSurroundings } from "../../store/surroundings.ts";
import { WriterLock } from "../../store/writer-lock.ts";
import { CouldNot, EXIT } from "../exit.ts";
import { listen } from "../listening.ts";
import { givenDatabase } from "../office-database.ts";
import { closeServer } from "../closing.ts";
import type { RunSettings } from "../office-config.ts";
import { type Journal, stderrJournal } from "../operating/journal.ts";
import { startMetrics } from "../operating/metrics-server.ts";
import { Watch } from "../operating/watch.ts";
import { publicFiles } from "../running.ts";
import { EXIT_MS_MAX } from "../serve.ts";
import { GateHouse, type GateHouseOptions } from "./gate-house.ts";

export type GateOf = Omit<
  GateHouseOptions,
  "databaseUrl" | "surroundings" | "tell"
> & {
  /** Of how it runs: its log, its figures, its stop. */
  readonly run: RunSettings;
};

const FOLLOW_MS = 500;
const TICK_MS = 1_000;
const SWEEP_MS = 5_000;

/** The office's database: the one that is given, or the one that the running office has in its folder. */
async function databaseOf(
  folder: string,
): Promise<{ readonly url: string; readonly ended: Promise<Error> }> {
  const url = givenDatabase();
  if (url !== undefined) {
    await reachDatabase(url);
    return { url, ended: new Promise<Error>(() => undefined) };
  }
  const server = await sharePostgres(folder, (line) =>
    console.log(`database  ${line}`),
  );
  if (server === undefined)
    throw new CouldNot(
      `Cannot run a gateway of ${folder}: its office does not run, and DATABASE_URL names no database; start the office first`,
    );
  const ended = server.ended.then(
    (pid) =>
      new CouldNot(
        `Cannot go on: the office's own PostgreSQL, process ${pid}, has ended; start the gateway again when the office runs`,
      ),
  );
  return { url: server.url, ended };
}

/** A gateway whose folder is locked, held as its only process on the database too, until `work` has ended. */
export async function withGate(
  of: GateOf,
  work: (
    house: GateHouse,
    writer: WriterLock,
    lost: Promise<Error>,
  ) => Promise<void>,
): Promise<void> {
  const database = await databaseOf(of.folder);
  const logs = `${officeOf(of.origin)}/${of.name}`;
  const journal = stderrJournal(of.run.log);
  const writer = await WriterLock.hold(database.url, logs);
  try {
    await takeOver(database.url, logs, UNSURE_MS_MAX, () =>
      journal.warn("writer.waits", { seconds: UNSURE_MS_MAX / 1000 }),
    );
    const house = await GateHouse.open({
      ...of,
      tell: (says) => journal.warn("gateway", { says }),
      databaseUrl: database.url,
      surroundings: realSurroundings,
    });
    const lost = Promise.race([writer.lost, database.ended]);
    try {
      await work(house, writer, lost);
    } finally {
      await inTurn(
        () => house.stop(),
        () => handOver(database.url, logs).catch(() => undefined),
      );
    }
  } finally {
    await writer.release();
  }
}

/** Runs until it is stopped. What fails because the office or the database is away is tried again; a halted log ends the process. */
export async function runGate(of: GateOf, port: number): Promise<number> {
  const journal = stderrJournal(of.run.log);
  const watch = new Watch(journal);
  const watched = { ...of, watch: watch.gateway };
  await withGate(watched, async (house, writer, lost) => {
    let end: (error?: Error) => void = () => undefined;
    const ended = new Promise<void>(
      (resolve, reject) =>
        (end = (error) => (error === undefined ? resolve() : reject(error))),
    );
    ended.catch((error: unknown) => journal.failed("ended", error));
    lost.then(end, end);
    const { now } = realSurroundings;
    const { settings } = of;
    const { organisationRate, addressRate, inFlight, allowed } = settings;
    const door = new Door({
      tokens: new TokenCache(house.sql, now),
      ...{ organisationRate, addressRate, inFlight },
      streamsEach: allowed.streamsEach,
    });
    const app = createGateApp({
      gateway: house.gateway,
      officeAddress: of.address,
      files: publicFiles(of.folder),
      door,
      signed: new SignedAsking({
        sql: house.sql,
        now,
        address: settings.address,
      }),
      proxies: settings.proxies,
      allowed: settings.allowed,
      unsureMs: () => writer.unsureMs,
      now,
      watch: watch.requests,
      onHalt: (error) => end(error),
      onBug: (error) => journal.failed("bug", error),
    });
    const { server, address } = await listen(
      ...([app.fetch, port, of.run.listen.host] as const),
    );
    const place = join(of.folder, "gateways", of.name);
    await fs.writeFile(join(place, "address"), address);
    const figures = await startMetrics(place, of.run.metrics, {
      ...{ watch, door, now, sql: house.sql },
      gateway: () => house.gateway,
      unsureMs: () => writer.unsureMs,
    });
    const isSure = () => writer.unsureMs <= UNSURE_MS_MAX;
    const loops = [
      again(
        FOLLOW_MS,
        end,
        journal,
        async () => isSure() && (await house.follow()),
      ),
      again(
        TICK_MS,
        end,
        journal,
        async () => isSure() && (await house.tick()),
      ),
      again(SWEEP_MS, end, journal, async () => door.sweep()),
    ];
    console.log(`gateway   ${of.name} of ${of.origin}`);
    if (figures !== undefined) console.log(`metrics   ${figures.address}`);
    console.log(`address   ${address}`);
    journal.info("started", { entries: house.gateway.register.size });
    const stop = (): void => end();
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
    let waitMs = 0;
    try {
      await ended;
      waitMs = of.run.stop.seconds * 1000;
    } finally {
      journal.info("stopping", { waitMs });
      const connections = await closeServer(server, waitMs);
      if (connections > 0) journal.warn("stop.cut", { connections });
      // What still waits for a database or an office that has gone is not waited for.
      setTimeout(() => process.exit(), EXIT_MS_MAX).unref();
      await figures?.stop();
      for (const loop of loops) loop.stop();
      await Promise.all(loops.map(({ done }) => done));
    }
  });
  return EXIT.done;
}

/** Does it again and again, with a pause between. */
export function again(
  pauseMs: number,
  fatal: (error: Error) => void,
  journal: Journal,
  work: () => Promise<unknown>,
): { readonly stop: () => void; readonly done: Promise<void> } {
  let isStopped = false;
  const loop = async (): Promise<void> => {
    let told = "";
    while (!isStopped) {
      try {
        await work();
        told = "";
      } catch (error) {
        if (error instanceof Error && error.name === "LogHalted")
          return fatal(error);
        const why = error instanceof Error ? error.message : "unknown error";
        if (why !== told) journal.failed("tick.failed", error);
        told = why;
      }
      await sleep(pauseMs);
    }
  };
  return { stop: () => (isStopped = true), done: loop() };
}
