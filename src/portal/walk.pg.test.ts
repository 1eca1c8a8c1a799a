import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { cell, cells, type Form, forms } from "../../test/data-forms.ts";
import { listening, type Listening } from "../../test/listening.ts";
import { portalRoutes } from "../../test/portal-routes/all.ts";
import { schemaFor } from "../../test/postgres.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  datasets,
  permit,
  product,
} from "../../test/simulation/small-office-acts.ts";
import { type Shown, shown } from "../../test/simulation/small-office-story.ts";
import { refusedIn, type Web, webOf } from "../../test/web-office.ts";
import { fromBase64url, toBase64url } from "../acts/bytes.ts";
import { issueToken } from "../cli/issue-token.ts";
import { leafHash } from "../log/hash.ts";
import { primitives } from "../store/crypto.ts";
import { parseReceipt, type Receipt, receipt } from "../uses/receipt.ts";

/** Every way out of the running server: refused without a permit, entered with one. */
/** Every route by which no data leaves. One that is new must be put here or among the forms. */
const others = [
  "GET /",
  "GET /check",
  "GET /authorisations",
  "GET /authorisations.json",
  "GET /due",
  "GET /due.json",
  "GET /registrations",
  "GET /registrations.json",
  "GET /law",
  "GET /law.json",
  "GET /law/:rule",
  "GET /law/:rule{.+\\.json}",
  "GET /purposes",
  "GET /purposes.json",
  "GET /fees",
  "GET /fees.json",
  "GET /overrides",
  "GET /overrides.json",
  "GET /contributions",
  "GET /contributions.json",
  "GET /contributions/:id",
  "GET /contributions/:id{.+\\.json}",
  "GET /datasets/:dataset",
  "GET /datasets/:dataset/explain",
  "GET /datasets/:dataset/openapi.json",
  "GET /health",
  "GET /ready",
  "GET /icon.svg",
  "GET /index.json",
  "GET /keys",
  // A person's own list, which no organisation's token opens: look.pg.test.ts walks it.
  "GET /my/uses",
  "POST /my/uses/:leaf/question",
  "GET /v2/findUsage",
  "GET /v2/heartbeat",
  "GET /v2/usagePeriod",
  "GET /records/checkpoint",
  "POST /records",
  "GET /keys.json",
  "GET /log",
  "GET /log.json",
  "GET /log/*",
  "GET /log/register/cosigned/:day",
  "GET /openapi.json",
  "GET /paper/:hex",
  "GET /products/:product",
  "GET /proof/*",
  "GET /receipts/:leaf",
  "GET /reports",
  "GET /reports.json",
  "GET /reports/:kind",
  "GET /reports/:kind{[a-z]+\\.(?:json|csv|xlsx)}",
  "GET /retention",
  "GET /retention.json",
  "GET /style.css",
  "POST /acts",
  "POST /explain",
  "POST /query/explain",
  "POST /request-keys",
  "PUT /paper/:hex",
  ...Object.keys(portalRoutes),
];

let office: SmallOffice;
let web: Web;
let server: Listening;
let tokens: Readonly<Record<"huaxing" | "sanhe" | "bound", string>>;
const refusals = new Map<string, number>();
const entered: { readonly form: Form; readonly leaf: string }[] = [];
let opened = 0;

beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("walk")).url, {
    more: [
      ...(["file", "aggregate"] as const).flatMap((form) => [
        product({ product: `vehicles.${form}`, form }),
        permit({
          permit: `huaxing-${form}`,
          product: `vehicles.${form}`,
        }),
      ]),
      product({ product: "vehicles.long", rowsMax: 50_000 }),
      permit({
        permit: "huaxing-long",
        product: "vehicles.long",
        rowsMax: 50_000,
      }),
      product({
        product: "people.file",
        form: "file",
        content: [{ dataset: "people", fields: ["name", "town"] }],
        rowsPerStep: 100,
      }),
      permit({
        permit: "huaxing-persons",
        product: "people.file",
        fields: ["name", "town"],
        where: [],
      }),
      permit({
        permit: "huaxing-unused",
        product: "vehicles.records",
        purpose: "safety",
        fields: ["make"],
        where: [],
        rowsMax: 1,
      }),
    ],
  });
  for (const act of datasets) await office.load(act, cells[act.dataset]);
  web = webOf(office);
  server = await listening(web);
  const { sql } = office.house;
  tokens = {
    huaxing: await issueToken(sql, "huaxing"),
    sanhe: await issueToken(sql, "sanhe"),
    bound: await issueToken(sql, "huaxing", { permit: "huaxing-unused" }),
  };
});
afterAll(async () => {
  await server.close();
  await office.close();
});

function ask(form: Form, token: string | undefined): Promise<Response> {
  const { path, body, headers, method } = form;
  return fetch(`${server.address}${path}`, {
    method: method ?? (body === undefined ? "GET" : "POST"),
    headers: {
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}
const latin1 = async (response: Response): Promise<string> =>
  Buffer.from(await response.arrayBuffer()).toString("latin1");

test("every route of the running server is a form here or is known to give no data", () => {
  const known = web.app.routes
    .filter(({ method }) => method !== "ALL")
    .map(({ method, path }) => `${method} ${path}`);
  const walked = [...others, ...new Set(forms.map(({ route }) => route))];
  expect([...new Set(known)].toSorted()).toEqual(walked.toSorted());
});

describe.each([
  ["nobody", undefined, undefined],
  ["an organisation without a permit", "sanhe", "sanhe"],
  ["a token that is bound to another permit", "bound", "huaxing"],
] as const)("%s", (_, token, organisation) => {
  test.each(forms.filter(({ dataset }) => dataset !== "stations"))(
    "is refused and hears no cell: $name",
    async (form) => {
      const response = await ask(form, token && tokens[token]);
      expect(response.status).toBe(403);
      const copy = response.clone();
      expect(JSON.stringify([...response.headers])).not.toMatch(cell);
      expect(response.headers.get("vitrine-entry")).toBeNull();
      const isSilent = form.method === "HEAD";
      const text = await latin1(response);
      expect(text).not.toMatch(cell);
      const rule = isSilent
        ? await ruleOf(form, token && tokens[token])
        : (await refusedIn(copy)).rule;
      for (let asked = isSilent ? 2 : 1; asked > 0; asked--)
        add(refusals, `${organisation ?? ""} ${form.dataset} ${rule}`);
    },
  );
});

/** The same request, with a body that says why. */
async function ruleOf(
  form: Form,
  token: string | undefined,
): Promise<string | undefined> {
  const response = await ask({ ...form, method: "GET" }, token);
  return (await refusedIn(response)).rule;
}

describe("with a permit, or for open data", () => {
  test.each(forms)(
    "an answer says where it is entered: $name",
    async (form) => {
      const response = await ask(form, tokens.huaxing);
      const text = await latin1(response);
      expect(response.status, text).toBe(form.status ?? 200);
      const leaf = response.headers.get("vitrine-entry");
      if (form.entry === "nothing") {
        expect(leaf).toBeNull();
        expect(text).not.toMatch(cell);
        return;
      }
      const given = receiptIn(response, text);
      const hash = leafHash(primitives, fromBase64url(given.entry));
      expect(leaf).toBe(toBase64url(hash));
      office.receipts.push(given);
      entered.push({ form, leaf: leaf ?? "" });
      if (form.entry === "open") opened++;
      // What was looked for in a refusal is what an answer holds.
      const isText = !/parquet|isNamed|answer/.test(form.name);
      if (isText) expect(text).toMatch(cell);
    },
  );

  test("and everything stands in the logs exactly once, refusals by their number", async () => {
    await office.passHour();
    const all = await shown(office);
    const leaves = new Map(all.map((one) => [one.leaf, one]));
    for (const { form, leaf } of entered)
      isEntered(form, leaf, leaves.get(leaf), all);
    const uses = all.filter(({ entry }) => entry.kind === "use");
    expect(uses.map(({ leaf }) => leaf).toSorted()).toEqual(
      [
        ...new Set(
          entered
            .filter(({ form }) => form.entry !== "open")
            .map(({ leaf }) => leaf),
        ),
      ].toSorted(),
    );
    // One use for all ranges of one file under one permit.
    const files = entered.filter(({ form }) => form.entry === "file");
    expect(new Set(files.map(({ leaf }) => leaf)).size).toBe(2);
    expect(files).toHaveLength(6);
    const counted = all.reduce(
      (sum, { entry }) => sum + (entry.kind === "counted" ? entry.uses : 0),
      0,
    );
    expect(counted).toBe(opened);
    const refused = new Map<string, number>();
    for (const { entry } of all)
      if (entry.kind === "refused")
        add(
          refused,
          `${entry.organisation ?? ""} ${entry.dataset} ${entry.rule}`,
          entry.count,
        );
    expect(refused).toEqual(refusals);
    expect(web.bugs).toEqual([]);
    expect(web.halts).toEqual([]);
    expect(await office.faults()).toEqual([]);
  });
});

function isEntered(
  { name, entry, dataset }: Form,
  leaf: string,
  found: Shown | undefined,
  all: readonly Shown[],
): void {
  const slot = dataset === "people" ? "/hour/" : "/minute/";
  expect(found?.log, name).toContain(slot);
  const settles = all.filter(
    (one) => one.entry.kind === "settle" && one.entry.of === leaf,
  );
  if (entry === "open") {
    expect(found?.entry, name).toMatchObject({ kind: "open", dataset });
    return;
  }
  expect(found?.entry, name).toMatchObject({
    kind: "use",
    state: entry === "stream" ? "open" : "whole",
  });
  expect(settles, name).toHaveLength(entry === "stream" ? 1 : 0);
  for (const settle of settles)
    expect(settle.entry, name).toMatchObject({ result: "complete" });
}

/** In a header, or in the body of a whole answer. */
function receiptIn(response: Response, text: string): Receipt {
  const header = response.headers.get("vitrine-receipt");
  if (header !== null) return parseReceipt(fromBase64url(header));
  return z.object({ receipt }).parse(JSON.parse(text)).receipt;
}

function add(to: Map<string, number>, key: string, by = 1): void {
  to.set(key, (to.get(key) ?? 0) + by);
}
