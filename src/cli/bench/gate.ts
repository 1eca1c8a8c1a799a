import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "@hono/node-server";
import { makeDataset } from "../../engine/make-dataset.ts";
import { Door } from "../../gateway/asking/door.ts";
import { TokenCache } from "../../gateway/asking/token-cache.ts";
import { createApp } from "../../portal/app.tsx";
import { startPostgres } from "../../store/postgres-server.ts";
import { realSurroundings } from "../../store/surroundings.ts";
import { mustBeWhole, readRequest } from "../../uses/plan.ts";
import { House } from "../house.ts";
import { issueToken } from "../issue-token.ts";
import { appOf } from "../running.ts";
import { type Figure, milli } from "./figures.ts";
import { layFiles, officeFor, tradeWithVehicles } from "./house.ts";
import { type LoadResult, orderLoad } from "./load.ts";
import { BENCH_ORIGIN } from "./office.ts";

const SECONDS = 8;
const ORGANISATIONS = 1_000;
const PERMITS = 10_000;

/** The gate against the same query on the same web server without it, load from another process on the same cores. */
export async function benchGate(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-bench-"));
  const database = await startPostgres({
    folder,
    log: () => undefined,
  });
  try {
    const examples = fileURLToPath(new URL("../examples", import.meta.url));
    const bench = await officeFor(folder);
    await tradeWithVehicles(bench, folder, examples, PERMITS, ORGANISATIONS);
    await layFiles(folder, database.url, bench);
    const made = await makeDataset(
      join(examples, "datasets", "vehicles"),
      join(folder, "vintages"),
    );
    const house = await House.open({
      folder,
      origin: BENCH_ORIGIN,
      databaseUrl: database.url,
      surroundings: realSurroundings,
    });
    await house.takeVintage({
      dataset: "vehicles",
      file: made.file,
      rows: made.rows,
    });
    const tokens: string[] = [];
    for (let i = 0; i < 200; i++)
      tokens.push(await issueToken(house.sql, `org-${i}`));
    const figures = await measured(house, folder, tokens);
    await house.stop();
    return figures;
  } finally {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measured(
  house: House,
  folder: string,
  tokens: readonly string[],
): Promise<Figure[]> {
  const known = new TokenCache(house.sql, realSurroundings.now);
  const app = createApp({
    ...appOf(house, folder),
    // Nobody is limited: what is measured is the gate itself.
    door: new Door({
      tokens: known,
      organisationRate: { perSecond: 1e6, burst: 1e6 },
    }),
    demonstration: false,
    lastCheck: () => undefined,
    now: realSurroundings.now,
    onHalt: (error) => console.error(error),
    onBug: (error) => console.error(error),
  });
  // The same engine on the same server without the gate: a request is read, run and answered.
  app.post("/bare", async (c) => {
    const { plan } = readRequest(await c.req.json());
    mustBeWhole(plan);
    return c.json(await house.engine.run(plan));
  });
  const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  const ticking = setInterval(() => {
    house.tick().catch((error: unknown) => console.error(error));
  }, 1_000);
  const figures: Figure[] = [];
  for (const inFlight of [1, 64]) {
    await orderLoad({ url, path: "/bare", tokens: [], inFlight, seconds: 2 });
    const bare = await orderLoad({
      url,
      path: "/bare",
      tokens: [],
      inFlight,
      seconds: SECONDS,
    });
    await orderLoad({
      url,
      path: "/query",
      tokens: [...tokens],
      inFlight,
      seconds: 2,
    });
    const gated = await orderLoad({
      url,
      path: "/query",
      tokens: [...tokens],
      inFlight,
      seconds: SECONDS,
    });
    figures.push(
      line(
        `the same look-ups on the same server without the gate, ${inFlight} in flight`,
        bare,
        "",
      ),
    );
    figures.push(
      line(
        `answers through the gate over 1,000,000 vehicles, ${inFlight} in flight, one in ten refused, one in five a miss`,
        gated,
        `${((100 * gated.perSecond) / bare.perSecond).toFixed(0)} % of the bare rate`,
      ),
    );
  }
  clearInterval(ticking);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
  return figures;
}

function line(
  what: string,
  { perSecond, median, p99, failed }: LoadResult,
  against: string,
): Figure {
  const broken = failed === 0 ? "" : `, ${failed} failed`;
  return {
    what,
    figure: `${Math.round(perSecond).toLocaleString("en")}/s, median ${milli(median)}, 99th percentile ${milli(p99)}${broken}`,
    against,
  };
}
