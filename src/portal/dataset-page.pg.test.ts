import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { schemaFor } from "../../test/postgres.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  datasets,
  fee,
  MINUTE,
  permit,
  rowsOf,
} from "../../test/simulation/small-office-acts.ts";
import {
  endsInOrder,
  refuses,
  type Web,
  webOf,
} from "../../test/web-office.ts";

const NASTY = "<script>alert(1)</script>";
let office: SmallOffice;
let web: Web;
beforeAll(async () => {
  const [first] = datasets;
  if (first === undefined) throw new Error("no dataset");
  office = await SmallOffice.granted((await schemaFor("portal_dataset")).url, {
    more: [
      { ...first, dataset: "nasty", title: NASTY },
      { ...first, dataset: "nasty.json", title: "Named as a file" },
      {
        ...first,
        dataset: "asked-live",
        live: "service",
        operations: [{ operation: "by-town", by: ["town"] }],
      },
      fee("research-fee", 50, { classes: ["research"] }),
      permit({
        permit: "over",
        organisation: "other",
        to: Date.UTC(2026, 11, 1),
      }),
    ],
  });
  web = webOf(office);
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

const asBrowser = {
  Accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
};
async function page(dataset: string): Promise<string> {
  const response = await web.ask(`/datasets/${dataset}`, {
    headers: asBrowser,
  });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toMatch(/^text\/html/);
  expect(response.headers.get("vary")).toMatch(/Accept/);
  return (await response.text())
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ");
}

test("a program gets JSON, also at the address that ends so, and a browser the page", async () => {
  const whole = z
    .looseObject({ dataset: z.unknown(), entry: z.number() })
    .parse(await (await web.ask("/datasets/vehicles")).json());
  for (const [path, accept] of [
    ["/datasets/vehicles.json", asBrowser.Accept],
    ["/datasets/vehicles", "*/*"],
    ["/datasets/vehicles", "text/html;q=0.5, application/json"],
    ["/datasets/vehicles", "text/html;q=0"],
  ] as const) {
    const response = await web.ask(path, { headers: { Accept: accept } });
    // The twin of the page says more.
    expect(await response.json(), path).toMatchObject(whole);
  }
  expect(await page("vehicles")).toContain("Dataset vehicles");
  const named = await web.ask("/datasets/nasty.json");
  expect(await named.json()).toMatchObject({
    dataset: { dataset: "nasty.json" },
  });
  await refuses(web.ask("/datasets/nothing"), [
    404,
    "No dataset nothing is registered",
  ]);
  const missing = await web.ask("/datasets/nothing", { headers: asBrowser });
  expect(missing.status).toBe(404);
  expect(await missing.text()).toContain('<a href="/datasets">All datasets');
});

test("the page says who holds it, what it is, who may have it at which price, and how far an answer goes", async () => {
  const text = await page("vehicles");
  for (const said of [
    "of System registers, run by The office. Registered by entry",
    "Not open: nothing of it is served without a permit in force.",
    "plate text The plate restricted, identifier",
    "Vehicles Trade public bodies, welfare, small enterprises free free of charge: no price is in force for this class",
    "Vehicles Trade research 0.50 CNY per step Organisation sanhe, on ground operation-fee, ceiling 5.00 CNY",
    "Vehicles Trade enterprises 0.80 CNY per step",
    "Vehicles Safety everybody free free of charge for this purpose (CN-PRC-01)",
    "Organisation court Vehicles Safety 1 Jan 2040, 08:00",
    "Organisation other Vehicles Trade 1 Dec 2026, 08:00",
    "10,000 rows a page",
    "10 seconds for each plan",
    "2,048 megabytes of memory",
  ])
    expect(text).toContain(said);
  expect(text).toMatch(/1 400 [0-9a-f]{64} entry \d+, 2 Nov 2026/);
});

test("its twin has what the page has: prices by class, permits, limits and examples", async () => {
  const response = await web.ask("/datasets/vehicles.json");
  expect(await response.json()).toMatchObject({
    prices: [
      {
        product: "vehicles.records",
        by: expect.arrayContaining([
          expect.objectContaining({
            purpose: expect.objectContaining({ purpose: "trade" }),
            classes: ["research"],
            fee: expect.objectContaining({
              amount: 50,
              currency: "CNY",
              ceiling: 500,
            }),
          }),
          expect.objectContaining({ because: "CN-PRC-01", isAll: true }),
        ]),
      },
    ],
    permits: expect.arrayContaining([
      expect.objectContaining({
        organisation: "Organisation court",
        product: "vehicles.records",
      }),
    ]),
    limits: { rows: 10_000, seconds: 10, megabytes: 2_048 },
  });
  const { examples } = z
    .looseObject({
      examples: z.array(z.object({ name: z.string(), text: z.string() })),
    })
    .parse(await (await web.ask("/datasets/stations.json")).json());
  const shown = await page("stations");
  expect(examples.map(({ name }) => name)).toContain("curl");
  for (const { name } of examples) expect(shown).toContain(name);
});

test("a page says of open data that they are open, and of a live source that it has no vintages", async () => {
  const open = await page("stations");
  expect(open).toContain("Open: everybody may have it");
  expect(open).toContain("Licence: CC BY 4.0 – 澜.");
  expect(open).toContain("No permit is in force.");
  const live = await page("asked-live");
  expect(live).toContain("It has no vintages. It is asked by town.");
  expect(live).toContain("8 megabytes of what the department");
  expect(live).not.toContain("megabytes of memory");
  expect(await page("nasty.json")).toContain("No vintage is registered yet");
  const people = await page("people");
  expect(people).toContain("number says about whom");
  expect(people).toContain("6 for each asker, 3 about each subject");
});

const sampled = z.object({
  sample: z.optional(
    z.object({
      ...{ vintage: z.number(), at: z.number() },
      rows: z.array(z.record(z.string(), z.unknown())),
      receipt: z.object({ log: z.string() }),
    }),
  ),
});
async function sampleOf(dataset: string) {
  const response = await web.ask(`/datasets/${dataset}.json`);
  return sampled.parse(await response.json()).sample;
}

test("open data show their first rows, for which the page asks the gate once for each vintage and not for each reader", async () => {
  const first = await sampleOf("stations");
  expect(first).toMatchObject({ vintage: 1, at: office.clock.now });
  expect(first?.rows).toHaveLength(5);
  expect(first?.receipt.log).toMatch(/\/gate\/minute\//);
  const shown = await page("stations");
  expect(shown).toContain("Its first rows");
  for (const row of first?.rows ?? [])
    for (const value of Object.values(row))
      expect(shown).toContain(String(value));

  await office.pass(2 * MINUTE);
  expect(await sampleOf("stations")).toEqual(first);
  const [stations] = datasets.filter(({ dataset }) => dataset === "stations");
  if (stations === undefined) throw new Error("no stations");
  // Entered and not public yet: the gate serves the old rows, and the page shows them as what they are.
  await office.deliver(stations, rowsOf("stations").slice(7));
  expect(await sampleOf("stations")).toEqual(first);
  await office.house.office.publish();
  await office.house.followed();
  await office.pass(MINUTE);
  const next = await sampleOf("stations");
  expect(next).toMatchObject({ vintage: 2, at: office.clock.now });
  expect(next?.rows[0]).toMatchObject({ station: "S7" });

  // Two slots were asked in, each by one question, and both are in the log.
  await office.passHour();
  expect((await office.check()).sums).toMatchObject({ open: 2 });
});

test("nothing of persons, of a department's service or of what is not served is asked for because somebody reads a page", async () => {
  for (const dataset of ["people", "asked-live", "nasty"]) {
    expect(await sampleOf(dataset)).toBeUndefined();
    expect(await page(dataset)).not.toContain("Its first rows");
  }
});

test("what people wrote as HTML is shown as text", async () => {
  const response = await web.ask("/datasets/nasty", { headers: asBrowser });
  const html = await response.text();
  expect(html).not.toContain("<script");
  expect(html).toContain("<h1>&lt;script&gt;alert(1)&lt;/script&gt;</h1>");
});
