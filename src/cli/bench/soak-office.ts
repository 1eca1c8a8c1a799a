import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import * as z from "zod/mini";
import { makeDataset } from "../../engine/make-dataset.ts";
import { createApp } from "../../portal/app.tsx";
import { startPostgres } from "../../store/postgres-server.ts";
import { realSurroundings } from "../../store/surroundings.ts";
import { SLOT } from "../../uses/use.ts";
import { House } from "../house.ts";
import { issueToken } from "../issue-token.ts";
import { listen } from "../listening.ts";
import { appOf } from "../app-parts.ts";
import { layFiles, officeFor, tradeWithVehicles } from "./house.ts";
import { BENCH_ORIGIN } from "./office.ts";
import {
  ANSWER_PERMITS,
  MORE_DATASETS,
  ORGANISATIONS,
  soakActs,
} from "./soak-acts.ts";

export const ready = z.strictObject({
  url: z.string(),
  tokens: z.array(z.string()),
});
export const memory = z.strictObject({
  /** Resident as the system sees it, and what is left of it when what was garbage has gone back to the system. */
  rss: z.number(),
  kept: z.number(),
  /** What stands after a full collection. */
  heap: z.number(),
  buffers: z.number(),
});
export type Memory = z.infer<typeof memory>;
export const ended = z.strictObject({
  /** Milliseconds since 1970 by the office's clock, when everything was public. */
  now: z.number(),
  memory,
});
const order = z.enum(["memory", "finish", "stop"]);

/** Everything is public a slot after it was answered: the clock is put forward instead of waiting for an hour to end. */
class Clock {
  #ahead = 0;
  readonly now = (): number => realSurroundings.now() + this.#ahead;

  toEndOfHour(): void {
    const now = this.now();
    this.#ahead += SLOT.hour - (now % SLOT.hour) + 1_000;
  }
}

/** A whole office in a process of its own: lays itself into the folder, serves until it is told to stop, says how much memory it takes. */
export async function runSoakOffice(folder: string): Promise<void> {
  const database = await startPostgres({ folder, log: () => undefined });
  try {
    const examples = fileURLToPath(new URL("../examples", import.meta.url));
    const office = await officeFor(folder);
    await tradeWithVehicles(
      ...([office, folder, examples, ANSWER_PERMITS, ORGANISATIONS] as const),
    );
    office.enter(await soakActs(examples, office.at));
    await layFiles(folder, database.url, office);
    const clock = new Clock();
    const house = await House.open({
      folder,
      origin: BENCH_ORIGIN,
      databaseUrl: database.url,
      surroundings: { ...realSurroundings, now: clock.now },
    });
    for (const dataset of ["vehicles", ...MORE_DATASETS]) {
      const { file, rows } = await makeDataset(
        join(examples, "datasets", dataset),
        join(folder, "vintages"),
      );
      await house.takeVintage({ dataset, file, rows });
    }
    await house.tick();
    await serveUntilStopped(house, folder, clock);
    await house.stop();
  } finally {
    await database.stop();
    // As long as it stands the process would not end.
    if (process.connected) process.disconnect();
  }
}

async function serveUntilStopped(
  house: House,
  folder: string,
  clock: Clock,
): Promise<void> {
  const tokens: string[] = [];
  for (let i = 0; i < ORGANISATIONS; i++)
    tokens.push(await issueToken(house.sql, `org-${i}`));
  const fail = (error: unknown) => console.error(error);
  const app = createApp({
    ...appOf(house, folder),
    demonstration: false,
    lastCheck: () => undefined,
    now: clock.now,
    onHalt: fail,
    onBug: fail,
  });
  const { server, address } = await listen(app.fetch, 0);
  let ticking = house.tick();
  const timer = setInterval(() => {
    ticking = ticking.then(() => house.tick()).catch(fail);
  }, 1_000);
  tell({ url: address, tokens });
  await new Promise<void>((resolve) => {
    process.on("message", (said) => {
      switch (order.parse(said)) {
        case "memory":
          memoryNow().then(tell, fail);
          return;
        case "finish":
          clock.toEndOfHour();
          // Twice: what the first ends, the second finds published by the office.
          ticking = ticking
            .then(() => house.tick())
            .then(() => house.tick())
            .then(memoryNow)
            .then((found) => tell({ now: clock.now(), memory: found }))
            .catch(fail);
          return;
        case "stop":
          return resolve();
      }
    });
    process.once("disconnect", resolve);
  });
  clearInterval(timer);
  await ticking;
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Node gives pages back behind a collection, not in it. */
const GIVEN_BACK_MS = 500;

async function memoryNow(): Promise<Memory> {
  const { rss } = process.memoryUsage();
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  await sleep(GIVEN_BACK_MS);
  const { rss: kept } = process.memoryUsage();
  return { rss, kept, heap: heapUsed, buffers: arrayBuffers };
}

function tell(message: z.infer<typeof ready> | Memory | z.infer<typeof ended>) {
  process.send?.(message);
}
