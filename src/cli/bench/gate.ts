import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeDataset } from "../../engine/make-dataset.ts";
import { startPostgres } from "../../store/postgres-server.ts";
import { realSurroundings } from "../../store/surroundings.ts";
import { House, type HouseOptions } from "../house.ts";
import { issueToken } from "../issue-token.ts";
import { type Figure, milli, thousands } from "./figures.ts";
import { measureForms } from "./gate-forms.ts";
import { type Bare, serveGate } from "./gate-server.ts";
import { layFiles, officeFor, tradeWithVehicles } from "./house.ts";
import { type LoadOrder, type LoadResult, orderLoad } from "./load.ts";
import { BENCH_ORIGIN } from "./office.ts";
import { ANSWER_PERMITS, ORGANISATIONS, soakActs } from "./soak-acts.ts";

const SECONDS = 8;
const WARM_SECONDS = 3;
const TOKENS = 1_000;

/** The gate against the same query on the same web server without it, load from another process on the same cores. */
export function benchGate(): Promise<Figure[]> {
  return withGateHouse(["vehicles", "flights"], undefined, measured);
}

/** A house with permits for vehicles and, where they are wanted, flights. */
export async function withGateHouse(
  datasets: readonly string[],
  watch: HouseOptions["watch"],
  work: (house: House, folder: string) => Promise<Figure[]>,
): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-bench-"));
  const database = await startPostgres({
    folder,
    log: () => undefined,
  });
  try {
    const examples = fileURLToPath(new URL("../examples", import.meta.url));
    const bench = await officeFor(folder);
    await tradeWithVehicles(
      ...([bench, folder, examples, ANSWER_PERMITS, ORGANISATIONS] as const),
    );
    bench.enter(await soakActs(examples, bench.at, ["companies", "flights"]));
    await layFiles(folder, database.url, bench);
    const house = await House.open({
      folder,
      origin: BENCH_ORIGIN,
      databaseUrl: database.url,
      surroundings: realSurroundings,
      ...(watch === undefined ? {} : { watch }),
    });
    for (const dataset of datasets) {
      const { file, rows } = await makeDataset(
        join(examples, "datasets", dataset),
        join(folder, "vintages"),
      );
      await house.takeVintage({ dataset, file, rows });
    }
    await house.tick();
    const figures = await work(house, folder);
    await house.stop();
    return figures;
  } finally {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measured(house: House, folder: string): Promise<Figure[]> {
  const tokens = await tokensFor(house);
  const bare: Bare = { after: undefined };
  const { url, stop } = await serveGate(house, folder, bare);
  const figures = [
    ...(await lookUps(url, tokens)),
    ...(await measureForms(house, folder, url, bare)),
  ];
  await stop();
  return figures;
}

export async function tokensFor(house: House): Promise<readonly string[]> {
  const tokens: string[] = [];
  for (let i = 0; i < TOKENS; i++)
    tokens.push(await issueToken(house.sql, `org-${i % ORGANISATIONS}`));
  return tokens;
}

/** Answers and single records by their key: look-ups that arrive together are one query, with the gate and without it. */
async function lookUps(
  url: string,
  tokens: readonly string[],
): Promise<Figure[]> {
  const figures: Figure[] = [];
  const common = { url, seconds: SECONDS } as const;
  for (const inFlight of [1, 64])
    for (const kind of [undefined, "lookUp"] as const) {
      const what = kind === undefined ? "answers" : "single records";
      const order = { ...common, inFlight, kind };
      const bare = await warm({ ...order, path: "/bare", tokens: [] });
      const gated = await warm({
        ...order,
        path: "/query",
        tokens: [...tokens],
      });
      figures.push(
        line(
          `${what} on the same server without the gate, ${inFlight} in flight`,
          bare,
          "",
        ),
        line(
          `${what} through the gate over 1,000,000 vehicles, 10,000 permits, ${inFlight} in flight, one in ten refused, one in five a miss`,
          gated,
          share(gated, bare),
        ),
      );
    }
  const order = { ...common, path: "/query", tokens: [...tokens] };
  figures.push(
    line(
      "answers through the gate with an Idempotency-Key each, 64 in flight",
      await warm({ ...order, inFlight: 64, keyed: true }),
      "",
    ),
  );
  return figures;
}

async function warm(order: LoadOrder): Promise<LoadResult> {
  await orderLoad({ ...order, seconds: WARM_SECONDS });
  return orderLoad(order);
}

function share(gated: LoadResult, bare: LoadResult): string {
  return `${((100 * gated.perSecond) / bare.perSecond).toFixed(0)} % of the bare rate`;
}

function line(
  what: string,
  { perSecond, median, p99, failed }: LoadResult,
  against: string,
): Figure {
  const broken = failed === 0 ? "" : `, ${failed} failed`;
  return {
    what,
    figure: `${thousands(Math.round(perSecond))}/s, median ${milli(median)}, 99th percentile ${milli(p99)}${broken}`,
    against,
  };
}
