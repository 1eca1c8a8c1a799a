import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { sealCursor } from "../../gateway/cursor.ts";
import { FORMS } from "../../gateway/forms/form.ts";
import type { RecordsPlan } from "../../uses/plan.ts";
import type { House } from "../house.ts";
import { type Figure, milli, thousands } from "./figures.ts";
import { type Bare, serveFile } from "./gate-server.ts";
import { type LoadOrder, type LoadResult, orderLoad } from "./load.ts";

const SECONDS = 6;
const IN_FLIGHT = 4;
const PAGE_ROWS = 100;
const PAGES = 10_000;
const STEP_ROWS = 10_000;
const STREAM_ROWS = 1_000_000;
const STREAMS = 3;
const DOWNLOADS = 8;
const FIELDS = ["date", "delay", "distance", "origin", "destination"];

/** What an engine works longer for, over 3,000,000 flights that are open to everybody. */
export async function measureForms(
  house: House,
  folder: string,
  url: string,
  bare: Bare,
): Promise<Figure[]> {
  const order = { url, tokens: [], inFlight: IN_FLIGHT, seconds: SECONDS };
  return [
    ...(await aggregates(order)),
    ...(await pages(house, order, bare)),
    ...(await streams({ ...order, inFlight: 1 })),
    ...(await downloads(folder, { ...order, inFlight: 1 })),
  ];
}

type Order = Omit<LoadOrder, "path">;

async function aggregates(order: Order): Promise<Figure[]> {
  const plan = {
    form: "aggregate",
    dataset: "flights",
    measures: [{ measure: "count" }, { measure: "sum", field: "delay" }],
    by: ["origin"],
    where: [{ field: "delay", op: "gte", value: 15 }],
    limit: 1_000,
  };
  const bodies = [JSON.stringify({ plan })];
  return against(
    "aggregate over 3,000,000 flights, by origin",
    ...([{ ...order, bodies }, "/bare", "/query"] as const),
  );
}

/** As the pages come, and in an order. */
async function pages(
  house: House,
  order: Order,
  bare: Bare,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  const vintage = house.office.register.vintages.get("flights")?.vintage;
  for (const sorted of [false, true]) {
    const plan: RecordsPlan = {
      form: "records",
      dataset: "flights",
      fields: FIELDS,
      where: [],
      order: sorted ? [{ field: "delay", direction: "desc" }] : [],
      limit: PAGE_ROWS,
    };
    const how = sorted ? "in the order of a field" : "unordered";
    const bodies = [JSON.stringify({ plan })];
    bare.after = undefined;
    figures.push(
      ...(await against(
        `first page of ${PAGE_ROWS} of 3,000,000 rows, ${how}`,
        ...([{ ...order, bodies }, "/bare-page", "/query"] as const),
      )),
    );
    const after = await placeBehind(house, plan, PAGE_ROWS * (PAGES - 1));
    const cursor = sealCursor(
      house.keys.seal,
      { plan, permit: undefined, vintage: vintage?.digest ?? "" },
      after,
    );
    bare.after = after;
    const later = { ...order, bodies: [JSON.stringify({ plan })] };
    const gated = { bodies: [JSON.stringify({ plan: { ...plan, cursor } })] };
    figures.push(
      ...(await against(
        `page ${thousands(PAGES)} of them, ${how}`,
        ...([later, "/bare-page", "/query", gated] as const),
      )),
    );
  }
  return figures;
}

/** Walks there in long steps: a place does not depend on how long the pages before it were. */
async function placeBehind(house: House, plan: RecordsPlan, rows: number) {
  let after: readonly (string | number | boolean | null)[] = [];
  for (let done = 0; done < rows;) {
    const limit = Math.min(STEP_ROWS, rows - done);
    const page = await house.engine.run(
      { ...plan, limit },
      done === 0 ? {} : { after },
    );
    if (page.kind !== "rows" || page.last === undefined)
      throw new Error(`Cannot measure pages: none begins behind row ${done}`);
    after = page.last;
    done += limit;
  }
  return after;
}

async function streams(order: Order): Promise<Figure[]> {
  const plan = {
    form: "records",
    dataset: "flights",
    fields: FIELDS,
    where: [],
    order: [],
    limit: STREAM_ROWS,
  };
  const bodies = [JSON.stringify({ plan })];
  const figures: Figure[] = [];
  const idle = process.memoryUsage.rss();
  for (const form of FORMS) {
    if (form === "json") continue;
    const each = { ...order, bodies, seconds: 600, requests: STREAMS };
    const bare = await orderLoad({ ...each, path: `/bare-stream/${form}` });
    const memory = watchMemory(idle);
    const gated = await orderLoad({ ...each, path: `/query?format=${form}` });
    const above = memory.stop();
    figures.push({
      what: `stream of ${thousands(STREAM_ROWS)} rows as ${form}`,
      figure: `${thousands(Math.round(gated.perSecond * STREAM_ROWS))} rows/s, ${(gated.bytesPerSecond / 1e6).toFixed(0)} MB/s, ${Math.round(above / 1e6)} MB above idle${failures(gated)}`,
      against: `${share(gated.perSecond, bare.perSecond)}; aim: under 200 MB above idle`,
    });
  }
  return figures;
}

/** The most that the process took beyond what it had. */
function watchMemory(idle: number): { readonly stop: () => number } {
  let most = idle;
  const look = () => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  const timer = setInterval(look, 20);
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return most - idle;
    },
  };
}

async function downloads(folder: string, order: Order): Promise<Figure[]> {
  const gets = ["/files/flights.parquet"];
  const each = { ...order, path: "", gets, seconds: 600 };
  // The first makes the file.
  await orderLoad({ ...each, requests: 1 });
  const gated = await orderLoad({ ...each, requests: DOWNLOADS });
  const plain = await serveFile(largestIn(join(folder, "files", "gate-1")));
  const bare = await orderLoad({
    ...each,
    url: plain.url,
    requests: DOWNLOADS,
  });
  await plain.stop();
  const rate = ({ bytesPerSecond }: LoadResult) =>
    `${(bytesPerSecond / 1e6).toFixed(0)} MB/s`;
  return [
    {
      what: "a whole file of 3,000,000 flights, from a plain file server",
      figure: `${rate(bare)}${failures(bare)}`,
      against: "",
    },
    {
      what: "the same through the gate",
      figure: `${rate(gated)}${failures(gated)}`,
      against: share(gated.bytesPerSecond, bare.bytesPerSecond),
    },
  ];
}

function largestIn(folder: string): string {
  const [largest] = readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path).isFile())
    .toSorted((a, b) => statSync(b).size - statSync(a).size);
  if (largest === undefined)
    throw new Error(`Cannot measure downloads: no file lies in ${folder}`);
  return largest;
}

/** The bare engine, then the gate, with the same bodies or with its own. */
async function against(
  what: string,
  order: Order,
  barePath: string,
  path: string,
  own: Partial<Order> = {},
): Promise<Figure[]> {
  const bare = await warm({ ...order, path: barePath });
  const gated = await warm({ ...order, ...own, path });
  const said = (of: LoadResult) =>
    `${thousands(Math.round(of.perSecond))}/s, median ${milli(of.median)}, 99th percentile ${milli(of.p99)}${failures(of)}`;
  return [
    {
      what: `${what}, without the gate, ${order.inFlight} in flight`,
      figure: said(bare),
      against: "",
    },
    {
      what: `${what}, through the gate, ${order.inFlight} in flight`,
      figure: said(gated),
      against: share(gated.perSecond, bare.perSecond),
    },
  ];
}

async function warm(order: LoadOrder): Promise<LoadResult> {
  await orderLoad({ ...order, seconds: 2 });
  return orderLoad(order);
}

const share = (gated: number, bare: number): string =>
  `${((100 * gated) / bare).toFixed(0)} % of the bare rate`;

const failures = ({ failed }: LoadResult): string =>
  failed === 0 ? "" : `, ${failed} failed`;
