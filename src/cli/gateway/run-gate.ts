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
import { publicFiles } from "../running.ts";
import { EXIT_MS_MAX } from "../serve.ts";
import { GateHouse, type GateHouseOptions } from "./gate-house.ts";

export type GateOf = Omit<GateHouseOptions, "databaseUrl" | "surroundings">;

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
  const writer = await WriterLock.hold(database.url, logs);
  try {
    await takeOver(database.url, logs, UNSURE_MS_MAX, (line) =>
      console.error(line),
    );
    const house = await GateHouse.open({
      ...of,
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
  await withGate(of, async (house, writer, lost) => {
    let end: (error?: Error) => void = () => undefined;
    const ended = new Promise<void>(
      (resolve, reject) =>
        (end = (error) => (error === undefined ? resolve() : reject(error))),
    );
    ended.catch(() => undefined);
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
      onHalt: (error) => end(error),
      onBug: (error) => console.error(error),
    });
    const { server, address } = await listen(app.fetch, port);
    await fs.writeFile(
      join(of.folder, "gateways", of.name, "address"),
      address,
    );
    const isSure = () => writer.unsureMs <= UNSURE_MS_MAX;
    const loops = [
      again(FOLLOW_MS, end, async () => isSure() && (await house.follow())),
      again(TICK_MS, end, async () => isSure() && (await house.tick())),
      again(SWEEP_MS, end, async () => door.sweep()),
    ];
    console.log(`gateway   ${of.name} of ${of.origin}`);
    console.log(`address   ${address}`);
    const stop = (): void => end();
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
    try {
      await ended;
    } finally {
      // What still waits for a database or an office that has gone is not waited for.
      setTimeout(() => process.exit(), EXIT_MS_MAX).unref();
      for (const loop of loops) loop.stop();
      await Promise.all(loops.map(({ done }) => done));
      await closeServer(server);
    }
  });
  return EXIT.done;
}

/** Does it again and again, with a pause between. */
export function again(
  pauseMs: number,
  fatal: (error: Error) => void,
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
        if (why !== told) console.error(`tick      ${why}`);
        told = why;
      }
      await sleep(pauseMs);
    }
  };
  return { stop: () => (isStopped = true), done: loop() };
}
