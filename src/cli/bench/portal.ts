import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";

import type { Hono } from "hono";
import { actKinds } from "../../acts/act.ts";
import { isDeskKind } from "../../portal/desk/kinds.ts";
import { createApp } from "../../portal/app.tsx";
import { startPostgres } from "../../store/postgres-server.ts";
import { reportKinds } from "../../reports/report.ts";
import { realSurroundings } from "../../store/surroundings.ts";
import { House } from "../house.ts";
import { appOf } from "../app-parts.ts";
import { type Figure, milli, quantile, thousands } from "./figures.ts";
import { layFiles, officeFor } from "./house.ts";
import { BENCH_ORIGIN } from "./office.ts";
import { type Extent, layPortalOffice, WHOLE } from "./portal-office.ts";

const SAMPLES = 40;
/** A page that takes long is asked for less often. */
const SAMPLES_MIN = 5;
const EACH_MS_MAX = 4_000;
const AIM_MS = 50;
const READY_SECONDS_MAX = 1_800;

/** What pages cost on the server, in an office of Estonia's size with a million acts. Nothing is sent over a network: the app is asked in this process. */
export async function benchPortal(
  extent: Extent = WHOLE,
  samples = SAMPLES,
): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-bench-"));
  const database = await startPostgres({ folder, log: () => undefined });
  try {
    await lay(folder, database.url, extent);
    const house = await House.open({
      folder,
      origin: BENCH_ORIGIN,
      databaseUrl: database.url,
      surroundings: realSurroundings,
    });
    try {
      return await measured(house, folder, extent, samples);
    } finally {
      await house.stop();
    }
  } finally {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Apart, so that what it made is let go before the office is opened. */
async function lay(folder: string, url: string, extent: Extent): Promise<void> {
  const office = await officeFor(folder);
  layPortalOffice(office, extent);
  console.error(`laid ${thousands(office.entries.length)} entries`);
  await layFiles(folder, url, office);
}

async function measured(
  house: House,
  folder: string,
  extent: Extent,
  samples: number,
): Promise<Figure[]> {
  const parts = appOf(house, folder);
  const app = createApp({
    ...parts,
    demonstration: false,
    lastCheck: () => undefined,
    now: realSurroundings.now,
    onHalt: (error) => console.error(error),
    onBug: (error) => console.error(error),
  });
  const before = process.memoryUsage().rss;
  const began = performance.now();
  const cpu = process.cpuUsage();
  console.error("the office is open");
  await untilFound(app);
  const { user, system } = process.cpuUsage(cpu);
  const after = process.memoryUsage().rss;
  const figures: Figure[] = [
    {
      what: `portal: index of acts and full text made from ${thousands(house.office.published.size)} entries, ${thousands(extent.datasets)} datasets, while pages are answered`,
      figure: `${((performance.now() - began) / 1000).toFixed(1)} s, of a processor ${((user + system) / 1e6).toFixed(1)} s`,
      against: `${thousands(Math.round((after - before) / 1e6))} MB, the process then ${thousands(Math.round(after / 1e6))} MB; load of the machine ${loadavg()[0]?.toFixed(1) ?? ""} on ${cpus().length} cores`,
    },
    await frontPage(app),
  ];
  const visitors = await signedIn(parts, house);
  figures.push(
    ...(await pageFigures(app, house, { extent, samples, visitors })),
  );
  figures.push(...(await searchFigures(app, samples)));
  return figures;
}

/** The page says itself whether everything can be found yet. */
async function untilFound(app: Hono): Promise<void> {
  for (let second = 0; second < READY_SECONDS_MAX; second++) {
    const said: unknown = await (await app.request("/search.json")).json();
    if (
      typeof said === "object" &&
      said !== null &&
      Reflect.get(said, "isWhole") === true
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  throw new Error("Cannot measure: the index was not ready in half an hour");
}

type Timed = { readonly wall: readonly number[]; readonly cpu: number };

/** Who has signed in, by the cookie of their session: nobody, an official, an organisation, a citizen. */
type Visitors = {
  readonly cookies: readonly string[];
  /** A draft that the official prepared. */
  readonly draft: string;
  /** Permits of the organisation. */
  readonly permits: readonly string[];
};

async function signedIn(
  { sessions, drafts }: ReturnType<typeof appOf>,
  { office }: House,
): Promise<Visitors> {
  // One that waits for an answer to an application and has permits as well.
  const organisation = "org-1";
  const tokens = await Promise.all(
    (
      [
        { kind: "official", person: 1 },
        { kind: "organisation", organisation, account: "" },
        { kind: "citizen", by: "subject", person: "N1", subject: "N1" },
      ] as const
    ).map(async (who) => sessions?.begin(who)),
  );
  const permits = [...office.register.permits.values()]
    .filter(({ act }) => act.organisation === organisation)
    .map(({ act }) => act.permit);
  const permit = permits.at(-1);
  if (permit === undefined)
    throw new Error(`Cannot measure: ${organisation} has no permit`);
  const act = { kind: "permitRevoked", permit, reason: "request" } as const;
  const signer = { person: 1, post: "head", role: "approved" } as const;
  return {
    cookies: ["", ...tokens.map((token = "") => `vitrine_session=${token}`)],
    draft: (await drafts?.begin(1, act, [signer])) ?? "",
    permits,
  };
}

async function asked(
  app: Hono,
  paths: readonly string[],
  cookie = "",
): Promise<Timed> {
  const wall: number[] = [];
  const before = process.cpuUsage();
  const began = performance.now();
  for (const path of paths) {
    const start = performance.now();
    if (wall.length >= SAMPLES_MIN && start - began > EACH_MS_MAX) break;
    const response = await app.request(path, {
      headers: { ...HTML, Cookie: cookie },
    });
    await response.arrayBuffer();
    wall.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(before);
  return { wall, cpu: (user + system) / 1_000 / wall.length };
}

const HTML = { Accept: "text/html" };

function figureOf(what: string, { wall, cpu }: Timed, aim = AIM_MS): Figure {
  return {
    what: `portal: ${what}`,
    figure: `median ${milli(quantile(wall, 0.5))}, 99th percentile ${milli(quantile(wall, 0.99))}`,
    against: `${milli(cpu)} of a processor each; aim: under ${aim} ms`,
  };
}

async function frontPage(app: Hono): Promise<Figure> {
  const page = await (await app.request("/", { headers: HTML })).text();
  const others = [
    ...page.matchAll(/(?:href|src)="(\/[a-z.-]+\.(?:css|svg|js))"/g),
  ];
  let bytes = Buffer.byteLength(page);
  for (const path of new Set(others.map(([, path = ""]) => path)))
    bytes += (await (await app.request(path)).arrayBuffer()).byteLength;
  return {
    what: "portal: the front page with all that it asks for, not compressed",
    figure: `${thousands(bytes)} bytes, ${new Set(others.map(([, path]) => path)).size + 1} requests`,
    against: "aim: under 100 kB, complete without script",
  };
}

const deskKinds = actKinds.filter(isDeskKind);
const reports = reportKinds.map(({ kind }) => kind);

/** Every page that the app has, with an address of this office, asked by whoever may see it; what nobody here can see is told. */
async function pageFigures(
  app: Hono,
  house: House,
  run: Run,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  const left: string[] = [];
  const routes = new Set(
    app.routes.filter(({ method }) => method === "GET").map(({ path }) => path),
  );
  for (const route of [...routes].toSorted()) {
    const paths = addressesOf(route, house, run);
    const [cookie, statuses] = await whoMay(app, paths[0] ?? "", run.visitors);
    if (cookie === undefined) {
      left.push(`${route} (${statuses.join(", ")})`);
      continue;
    }
    const timed = await asked(app, paths, cookie);
    figures.push(figureOf(route.replaceAll("|", "/"), timed));
    // A run takes long: what is known is told.
    console.error(`${figures.at(-1)?.what}  ${figures.at(-1)?.figure}`);
  }
  return [
    ...figures.toSorted((a, b) => (a.what < b.what ? -1 : 1)),
    {
      what: "portal: not measured, since an address of this office does not answer with 200",
      figure: left.join(", ").replaceAll("|", "/"),
      against: "",
    },
  ];
}

/** The first visitor to whom an address answers, or with what it answered each. */
async function whoMay(
  app: Hono,
  path: string,
  { cookies }: Visitors,
): Promise<readonly [string | undefined, readonly number[]]> {
  const statuses: number[] = [];
  for (const cookie of cookies) {
    const response = await app.request(path, {
      headers: { ...HTML, Cookie: cookie },
    });
    await response.arrayBuffer();
    if (response.status === 200) return [cookie, statuses];
    statuses.push(response.status);
  }
  return [undefined, [...new Set(statuses)]];
}

type Run = {
  readonly extent: Extent;
  readonly samples: number;
  readonly visitors: Visitors;
};

/** Other things each time: what was asked for once is in a cache. */
function addressesOf(
  route: string,
  house: House,
  { extent, samples, visitors: { draft, permits } }: Run,
): readonly string[] {
  const { published } = house.office;
  const nth = (list: readonly string[], n: number) =>
    list[n % list.length] ?? "";
  const year = new Date(realSurroundings.now()).getUTCFullYear();
  const entry = (n: number) => Math.floor((n * published.size) / samples);
  return Array.from({ length: samples }, (_, n) =>
    route
      .replace(/^\/log\/\*$/, "/log/register/checkpoint")
      .replace(/^\/proof\/\*$/, `/proof/register/${entry(n)}`)
      .replace(/:log\{[^}]*\}/, "register")
      .replace(
        /^\/desk\/acts\/new\/:kind/,
        `/desk/acts/new/${nth(deskKinds, n)}`,
      )
      .replace(
        /^\/desk\/applications\/:id/,
        `/desk/applications/application-${n}`,
      )
      .replace(/^\/desk\/drafts\/:id/, `/desk/drafts/${draft}`)
      .replace(
        /^\/account\/permits\/:id/,
        `/account/permits/${nth(permits, n)}`,
      )
      .replace(/^\/reports\/:kind$/, `/reports/${nth(reports, n)}?year=${year}`)
      .replace(
        /:kind\/:feed\{.*\}$/,
        `dataset/data-${(n * 31) % extent.datasets}.atom`,
      )
      .replace(/:(?:entry|index)/, String(entry(n)))
      .replace(/:dataset/, `data-${(n * 97) % extent.datasets}`)
      .replace(/:product/, `product-${(n * 41) % extent.products}`)
      .replace(/:(?:permit)/, `permit-${n * 11 + 1}`)
      .replace(/:organisation/, `org-${(n * 13) % extent.organisations}`)
      .replace(/:system/, `system-${n % extent.systems}`)
      .replace(/:body/, `body-${n % extent.bodies}`)
      .replace(/:authorisation/, `authorisation-${n}`)
      .replace(/:fee\b/, `fee-${(n * 2) % extent.products}`)
      .replace(/:post/, "head")
      .replace(/:rule(?:\{[^/]*\})?/, route.includes("json") ? "I5.json" : "I5")
      .replace(/:kind\{[^/]*\}/, "prices.json"),
  );
}

async function searchFigures(app: Hono, samples: number): Promise<Figure[]> {
  const times = async (what: string, q: (n: number) => string) =>
    figureOf(
      `search for ${what}`,
      await asked(
        app,
        Array.from(
          { length: samples },
          (_, n) => `/search?q=${encodeURIComponent(q(n))}`,
        ),
      ),
      100,
    );
  const words = ["water", "road", "school", "tax", "river", "degree"];
  const word = (n: number): string => words[n % words.length] ?? "";
  return [
    await times("one word that thousands have", word),
    await times("two words", (n) => `${word(n)} ${word(n + 1)} ${n}`),
    await times("an id", (n) => `data-${n * 1_001}`),
    await times("Chinese without spaces", (n) =>
      n % 2 === 0 ? "水务车辆数据" : "企业有限公司",
    ),
    await times("a word that half of all acts have", () => "permit"),
    await times(
      "a word that is nowhere, and what was meant",
      (n) => `watre${n}`,
    ),
  ];
}
