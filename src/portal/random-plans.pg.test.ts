import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bentBytes, bentValues } from "../../test/bent.ts";
import { cells, forms } from "../../test/data-forms.ts";
import { schemaFor } from "../../test/postgres.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  datasets,
  permit,
  product,
} from "../../test/simulation/small-office-acts.ts";
import {
  asking,
  endsInOrder,
  refusedIn,
  type Web,
  webOf,
} from "../../test/web-office.ts";

/** Random and bent plans in every form, to every way of asking. Under `npm run soak` ten times as many. */
const RUNS = process.env["SOAK"] === "1" ? 10_000 : 1_000;
/** What the permits of the asker below never reach: a field, rows beyond a filter, and persons altogether. */
const unreached = /zq~[mnwv]\d|732000[0-5]/;
const reached = /zq~p\d|732000[6-9]|732001[01]/;

let office: SmallOffice;
let web: Web;
let sanhe: { readonly Authorization: string };
beforeAll(async () => {
  const of = (form: "records" | "file" | "aggregate") => [
    product({ product: `vehicles.${form === "records" ? "few" : form}`, form }),
    permit({
      permit: `sanhe-${form}`,
      organisation: "sanhe",
      product: `vehicles.${form === "records" ? "few" : form}`,
      fields: ["plate", "year"],
      where: ["plate", "year"],
      rows: [{ field: "year", op: "gte", value: 7_320_006 }],
      rowsMax: 1000,
    }),
  ];
  office = await SmallOffice.granted((await schemaFor("random_plans")).url, {
    more: [...of("records"), ...of("file"), ...of("aggregate")],
  });
  for (const act of datasets) await office.load(act, cells[act.dataset]);
  web = webOf(office);
  sanhe = await asking(office, "sanhe");
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

const few = "vehicles.few";
const others: readonly object[] = forms.flatMap(({ body }) =>
  body === undefined ? [] : [body],
);
const own: readonly object[] = [
  {
    product: few,
    plan: {
      form: "records",
      dataset: "vehicles",
      fields: ["plate", "year"],
      where: [{ field: "year", op: "gte", value: 7_320_001 }],
      order: [{ field: "plate", direction: "desc" }],
      limit: 20,
    },
  },
  {
    plan: {
      form: "aggregate",
      dataset: "vehicles",
      measures: [{ measure: "sum", field: "year" }, { measure: "count" }],
      by: ["plate"],
      where: [{ field: "plate", op: "in", value: ["zq~p7", "zq~p1"] }],
      limit: 20,
    },
  },
  {
    product: few,
    case: "case-1",
    plan: { form: "file", dataset: "vehicles", fields: ["plate"] },
  },
];

const good = [...others, ...own, ...own];

/** An answer, or a refusal in the one shape; what broke with a constant text; never a cell beyond the permit. */
async function isSafe(
  asked: Promise<Response>,
  isHead: boolean,
  sent: string,
): Promise<string> {
  const response = await asked;
  const { status } = response;
  const copy = response.clone();
  const text = Buffer.from(await response.arrayBuffer()).toString("latin1");
  // What was asked for may be said back in what is wrong with it.
  const said = text.replaceAll(/zq~[a-z]\d+|73\d{5}/g, (cell) =>
    sent.includes(cell) ? "" : cell,
  );
  expect(said, sent).not.toMatch(unreached);
  expect(text).not.toMatch(
    /\n\s+at .*:\d+:\d+|node_modules|duckdb|\.parquet'/i,
  );
  expect(web.bugs).toEqual([]);
  expect(web.halts).toEqual([]);
  const leaf = response.headers.get("vitrine-entry");
  if (status < 300) {
    if (leaf !== null && reached.test(text)) return "rows";
    return "answered";
  }
  expect(leaf).toBeNull();
  if (!isHead && status !== 304 && status !== 416) await refusedIn(copy);
  expect([
    304, 400, 401, 403, 404, 406, 409, 413, 415, 416, 422, 503,
  ]).toContain(status);
  if (status === 503) expect(text).toMatch(/"code":"unavailable"/);
  return String(status);
}

const formats = fc.constantFrom(
  "",
  "",
  "?format=csv",
  "?format=ndjson",
  "?format=parquet",
  "?format=json",
  "?format=x",
);
const accepts = fc.constantFrom(
  {},
  {},
  { Accept: "text/csv" },
  { Accept: "application/x-ndjson, */*;q=0.1" },
  { Accept: "image/png" },
  { "Idempotency-Key": '"a-key-of-mine"' },
);

test("plans as JSON, whole and as streams, and explained", async () => {
  const seen = new Map<string, number>();
  const bytes = good.map((one) => Buffer.from(JSON.stringify(one)));
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        {
          weight: 6,
          arbitrary: bentValues(good).map((one) => JSON.stringify(one)),
        },
        {
          weight: 2,
          arbitrary: fc.constantFrom(...own).map((one) => JSON.stringify(one)),
        },
        { weight: 1, arbitrary: bentBytes(bytes) },
      ),
      formats,
      accepts,
      fc.constantFrom("/query", "/query", "/query", "/query/explain"),
      fc.boolean(),
      async (body, format, headers, path, isKnown) => {
        const all = { ...headers, ...(isKnown ? sanhe : {}) };
        const sent =
          typeof body === "string"
            ? body
            : Buffer.from(body).toString("latin1");
        const what = await isSafe(
          web.post(path + format, body, all),
          false,
          sent,
        );
        seen.set(what, (seen.get(what) ?? 0) + 1);
      },
    ),
    { numRuns: RUNS },
  );
  for (const what of ["rows", "answered", "400", "403"])
    expect(seen.get(what) ?? 0, what).toBeGreaterThan(5);
}, 600_000);

const name = fc.constantFrom(
  ..."plate make year number name town station height fields limit order measure by product purpose case format cursor x __proto__".split(
    " ",
  ),
);
const value = fc.oneof(
  fc.constantFrom(
    ..."plate,year year plate,make zq~p7 zq~p1 7320007 7320001 zq~w3 5 100 20000 csv ndjson parquet json vehicles.few vehicles.file vehicles.aggregate people.records trade safety count sum:year -year eyJ9".split(
      " ",
    ),
  ),
  fc.constantFrom("vehicles.few", "vehicles.file", "vehicles.aggregate"),
  fc.webSegment(),
);
const search = fc
  .tuple(
    fc.constantFrom(
      "",
      "product=vehicles.few&fields=plate,year&limit=20",
      "measure=count&by=plate&limit=20",
      "fields=plate,year",
      "product=vehicles.file",
    ),
    fc.array(
      fc.tuple(
        name,
        fc.constantFrom(
          "",
          "",
          ".eq",
          ".gte",
          ".ne",
          ".in",
          ".missing",
          ".like",
        ),
        value,
      ),
      { maxLength: 3 },
    ),
  )
  .map(([base, rest]) =>
    [base, ...rest.map(([a, op, b]) => `${a}${op}=${b}`)]
      .filter((part) => part !== "")
      .join("&"),
  );

test("plans in URLs, files and their ranges", async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(
        "/data/vehicles",
        "/data/vehicles",
        "/data/vehicles",
        "/data/people",
        "/data/stations",
        "/files/vehicles.parquet",
        "/files/people.parquet",
        "/files/stations.parquet",
        "/datasets/vehicles/explain",
      ),
      search,
      fc.constantFrom(
        {},
        {},
        { Range: "bytes=0-9" },
        { Range: "bytes=-4,0-1" },
        { Range: "bytes=9-1" },
        { "If-None-Match": "*" },
        { Accept: "text/csv" },
      ),
      fc.constantFrom("GET", "GET", "GET", "HEAD"),
      fc.boolean(),
      async (path, query, headers, method, isKnown) => {
        const all = { ...headers, ...(isKnown ? sanhe : {}) };
        const asked = web.ask(`${path}?${query}`, { method, headers: all });
        const what = await isSafe(asked, method === "HEAD", query);
        seen.set(what, (seen.get(what) ?? 0) + 1);
      },
    ),
    { numRuns: RUNS },
  );
  for (const what of ["rows", "answered", "400", "403"])
    expect(seen.get(what) ?? 0, what).toBeGreaterThan(5);
}, 600_000);
