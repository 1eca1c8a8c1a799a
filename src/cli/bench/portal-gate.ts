import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeDataset } from "../../engine/make-dataset.ts";
import { startPostgres } from "../../store/postgres-server.ts";
import { realSurroundings } from "../../store/surroundings.ts";
import { House } from "../house.ts";
import { issueToken } from "../issue-token.ts";
import { type Figure, milli, thousands } from "./figures.ts";
import { serveGate } from "./gate-server.ts";
import { layFiles, officeFor, tradeWithVehicles } from "./house.ts";
import { type LoadResult, orderLoad } from "./load.ts";
import { BENCH_ORIGIN } from "./office.ts";

const PERMITS = 10_000;
const ORGANISATIONS = 1_000;
const TOKENS = 200;
const SECONDS = 10;
const PAGES = ["/", "/acts", "/search?q=vehicles", "/acts/100", "/fees"];

/** Pages a second from one reader, alone and while the gate of the same process answers as much as it can. */
export async function benchPortalUnderLoad(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-bench-"));
  const database = await startPostgres({ folder, log: () => undefined });
  try {
    const examples = fileURLToPath(new URL("../examples", import.meta.url));
    const bench = await officeFor(folder);
    await tradeWithVehicles(bench, folder, examples, PERMITS, ORGANISATIONS);
    await layFiles(folder, database.url, bench);
    const house = await House.open({
      ...{ folder, origin: BENCH_ORIGIN, databaseUrl: database.url },
      surroundings: realSurroundings,
    });
    const { file, rows } = await makeDataset(
      join(examples, "datasets", "vehicles"),
      join(folder, "vintages"),
    );
    await house.takeVintage({ dataset: "vehicles", file, rows });
    await house.tick();
    const figures = await underLoad(house, folder);
    await house.stop();
    return figures;
  } finally {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function underLoad(house: House, folder: string): Promise<Figure[]> {
  const tokens: string[] = [];
  for (let i = 0; i < TOKENS; i++)
    tokens.push(await issueToken(house.sql, `org-${i}`));
  const { url, stop } = await serveGate(house, folder, { after: undefined });
  const pages = () =>
    orderLoad({
      ...{ url, path: "", tokens: [], inFlight: 1, seconds: SECONDS },
      gets: PAGES,
    });
  const gate = (pace?: number) =>
    orderLoad({
      ...{ url, path: "/query", tokens, inFlight: 64, seconds: SECONDS },
      ...(pace === undefined ? {} : { pace }),
    });
  await pages();
  const alone = await pages();
  const gateAlone = await gate();
  const pace = Math.ceil(gateAlone.perSecond / 2);
  const [beside, steady] = await Promise.all([pages(), gate(pace)]);
  const [together, gateThen] = await Promise.all([pages(), gate()]);
  await stop();
  const held = (load: LoadResult, of: LoadResult) =>
    `gate meanwhile ${thousands(Math.round(load.perSecond))} look-ups/s, 99th percentile ${milli(load.p99)}; alone ${thousands(Math.round(gateAlone.perSecond))}/s; pages ${(of.perSecond / alone.perSecond).toFixed(2)} of those alone`;
  return [
    figure("pages to one reader, the gate at rest", alone, ""),
    figure(
      "pages to one reader, the gate at a steady half of what it can",
      beside,
      held(steady, beside),
    ),
    figure(
      "pages to one reader while the gate answers 64 at a time",
      together,
      held(gateThen, together),
    ),
  ];
}

function figure(what: string, result: LoadResult, against: string): Figure {
  const { perSecond, median, p99, failed } = result;
  return {
    what: `portal: ${what}`,
    figure: `${perSecond.toFixed(1)} pages/s, median ${milli(median)}, 99th percentile ${milli(p99)}${failed === 0 ? "" : `, ${failed} failed`}`,
    against,
  };
}
