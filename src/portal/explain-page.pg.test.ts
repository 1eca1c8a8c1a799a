import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { bentBytes, bentValues } from "../../test/bent.ts";
import { schemaFor } from "../../test/postgres.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  isNamed,
  organisation,
  people,
  permit,
  stations,
  vehicles,
} from "../../test/simulation/small-office-acts.ts";
import {
  asking,
  endsInOrder,
  isUnchanged,
  refusedIn,
  refuses,
  stateOf,
  type Web,
  webOf,
} from "../../test/web-office.ts";
import { type UseExplained, useExplained } from "../uses/explained.ts";

const NASTY = "<script>alert(1)</script>";
let office: SmallOffice;
let web: Web;
let huaxing: { readonly Authorization: string };
beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("portal_explain")).url, {
    more: [
      { ...organisation("nasty"), title: NASTY },
      permit({
        permit: "nasty-vehicles",
        organisation: "nasty",
        fields: ["make"],
        where: [],
        rows: [{ field: "year", op: "gte", value: 2000 }],
        quota: { calls: 3 },
      }),
    ],
  });
  web = webOf(office);
  huaxing = await asking(office, "huaxing");
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

const answer = z.strictObject({
  explanation: useExplained,
  says: z.array(z.string()),
  findings: z.array(z.object({ rule: z.string(), next: z.string() })),
  nearest: z.array(z.string()),
});
async function explained(
  request: object,
  headers: Record<string, string> = {},
  search = "",
) {
  const path = `/query/explain${search}`;
  const response = await web.post(path, JSON.stringify(request), headers);
  expect(response.status).toBe(200);
  return answer.parse(await response.json());
}

async function page(path: string, headers: Record<string, string> = {}) {
  const response = await web.ask(path, { headers });
  expect(response.headers.get("content-type")).toMatch(/^text\/html/);
  const html = await response.text();
  return { status: response.status, html };
}

describe("before asking", () => {
  test("one is told permit, price and ground in sentences, and nothing is entered, charged or counted", async () => {
    const before = stateOf(office);
    const said = await explained({ plan: vehicles({ limit: 15 }) }, huaxing);
    expect(said.explanation.outcome).toBe("admitted");
    const text = said.says.join("\n");
    expect(text).toContain("under permit huaxing-vehicles");
    expect(text).toContain(
      "It costs 0.80 CNY per step, at most 1.60 CNY for this answer, paid to Organisation sanhe, by fee vehicles-fee, on ground operation-fee (CN-PRC-02), under the ceiling of 5.00 CNY.",
    );
    const refused = await explained({ plan: people() });
    expect(refused.findings.map(({ rule }) => rule)).toEqual(["I2"]);
    expect(refused.nearest[0]).toBe(
      "Product people.records (records) is offered for trade, safety: apply for a permit.",
    );
    isUnchanged(office, before);
  });

  test("what is left of a quota is told to its holder alone", async () => {
    const request = { plan: vehicles({ fields: ["make"], limit: 5 }) };
    const nasty = await asking(office, "nasty");
    const answered = await web.post("/query", JSON.stringify(request), nasty);
    expect(answered.status).toBe(200);
    expect(answered.headers.get("vitrine-quota-calls-left")).toBe("2");
    expect(answered.headers.get("vitrine-limit-rows")).toBe("10000");
    const own = await explained(request, nasty);
    expect(own.explanation).toMatchObject({ permit: { left: { calls: 2 } } });
    expect(own.says).toContain(
      "It reaches only rows where year is at least 2000.",
    );
    for (const headers of [{}, huaxing]) {
      const theirs = await explained(request, headers, "?organisation=nasty");
      expect(theirs.explanation).toMatchObject({
        outcome: "admitted",
        permit: { permit: "nasty-vehicles" },
      });
      expect(theirs.explanation).not.toHaveProperty("permit.left");
    }
  });

  test("an answer whose key is not the product's key is told to be refused, as it is at the gate", async () => {
    const plan = {
      ...isNamed("N1", "Name 1"),
      key: [{ field: "name", value: "Name 1" }],
    };
    const { explanation } = await explained({ plan }, huaxing);
    expect(explanation.outcome).toBe("refused");
    const asked = await web.post("/query", JSON.stringify({ plan }), huaxing);
    expect(asked.status).toBe(403);
    expect(asked.headers.get("vitrine-limit-rows")).toBe("10000");
  });

  test("an organisation that nobody knows, and a plan that does not fit, are told as errors", async () => {
    const body = JSON.stringify({ plan: stations() });
    await refuses(web.post("/query/explain?organisation=nobody", body), [
      404,
      "No organisation nobody is registered",
    ]);
    const wrong = stations({
      where: [{ field: "height", op: "eq", value: "tall" }],
    });
    await refuses(web.post("/query/explain", JSON.stringify({ plan: wrong })), [
      400,
      /height/,
    ]);
    await refuses(
      web.post("/query/explain", body, { Authorization: "Bearer x" }),
      [401, /token/],
    );
  });
});

describe("the page", () => {
  test("explains in HTML without a script, and asks with a form", async () => {
    const { status, html } = await page(
      "/datasets/vehicles/explain?organisation=huaxing&fields=plate&fields=make&limit=15&purpose=",
    );
    expect(status).toBe(200);
    expect(html).not.toContain("<script");
    expect(html).toContain("under permit huaxing-vehicles");
    expect(html).toMatch(/<form method="get"/);
    for (const id of ["organisation", "product", "purpose", "limit"])
      expect(html).toMatch(new RegExp(`<label for="${id}">`));
    expect(html).toMatch(/value="plate" checked/);
    expect(html).not.toMatch(/value="year" checked/);
  });

  test("is for every form of a product", async () => {
    const outcomes: Record<string, UseExplained["outcome"]> = {};
    for (const search of [
      "people/explain?product=people.answer&organisation=huaxing&fields=name",
      "people/explain?form=aggregate&organisation=huaxing",
      "vehicles/explain?form=file&organisation=huaxing",
      "stations/explain",
      "stations/explain?form=aggregate&fields=town",
    ]) {
      const response = await web.ask(`/datasets/${search}`, {
        headers: { Accept: "application/json" },
      });
      const { explanation } = answer.parse(await response.json());
      outcomes[search] = explanation.outcome;
    }
    expect(Object.values(outcomes)).toEqual([
      ...["admitted", "refused", "refused", "open", "open"],
    ]);
  });

  test("shows as text what people wrote as HTML", async () => {
    const { html } = await page(
      "/datasets/vehicles/explain?organisation=nasty&fields=make",
    );
    expect(html).not.toContain("<script");
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  });

  test("takes the name of an organisation, and where several may be meant lets one choose without a script", async () => {
    const named = await page(
      "/datasets/vehicles/explain?organisation=organisation%20HUAXING&fields=make",
      { Accept: "text/html" },
    );
    expect(named.status).toBe(200);
    expect(named.html).toContain("under permit huaxing-vehicles");
    const several = await page(
      "/datasets/vehicles/explain?organisation=organisation&fields=make",
      { Accept: "text/html" },
    );
    expect(several.html).toContain("Which of these?");
    expect(several.html).toContain(
      'href="?organisation=huaxing&amp;fields=make"',
    );
    // Programs are held to ids.
    await refuses(
      web.ask("/datasets/vehicles/explain?organisation=Organisation%20huaxing"),
      [404, /No organisation/],
    );
  });

  test("asks for what the product gives where no field is named: all of a dataset would be refused", async () => {
    const { html } = await page(
      "/datasets/people/explain?organisation=huaxing",
    );
    expect(html).toContain("under permit huaxing-people");
    expect(html).not.toContain("V-SCOPE");
  });

  test("tells a browser on the page, and a program as JSON, what cannot be read", async () => {
    const path = "/datasets/vehicles/explain?limit=many";
    const { status, html } = await page(path, { Accept: "text/html" });
    expect(status).toBe(400);
    expect(html).toMatch(/role="alert"[^<]*>[^<]*limit/);
    await refuses(web.ask(path), [400, /limit/]);
    const unknown = await page(
      "/datasets/vehicles/explain?organisation=nobody",
      { Accept: "text/html,*/*;q=0.8" },
    );
    expect(unknown.status).toBe(404);
    await refuses(web.ask("/datasets/nothing/explain"), [404, /nothing/]);
  });
});

const requests = [
  { plan: vehicles({ where: [{ field: "year", op: "gte", value: 2000 }] }) },
  { plan: people(), product: "people.records", purpose: "trade" },
  { plan: isNamed("N1", "Name 1"), product: "people.answer" },
  { plan: { form: "file", dataset: "vehicles", fields: ["plate"] } },
  { plan: stations({ limit: 20_000 }) },
];

test("whatever is to be explained, as JSON or as something near it, says what the gate then does", async () => {
  const good = requests.map((one) => Buffer.from(JSON.stringify(one)));
  const bodies = fc.oneof(
    {
      weight: 4,
      arbitrary: bentValues(requests).map((one) => JSON.stringify(one)),
    },
    bentBytes(good),
  );
  const seen = new Set<number>();
  await fc.assert(
    fc.asyncProperty(bodies, async (body) => {
      const told = await web.post("/query/explain", body, huaxing);
      seen.add(told.status);
      expect(told.status).toBeLessThan(500);
      if (told.status !== 200) return void (await refusedIn(told));
      const { explanation } = answer.parse(await told.json());
      const asked = await web.post("/query", body, huaxing);
      // Longer answers and files have a way of their own; answers have limits a day, which are not told.
      if (explanation.form === "answer" || asked.status === 400) return;
      expect(asked.status).toBe(explanation.outcome === "refused" ? 403 : 200);
    }),
    { numRuns: 500 },
  );
  expect(web.bugs).toEqual([]);
  expect([...seen].toSorted((a, b) => a - b)).toEqual([200, 400]);
});

const words =
  "organisation form case product purpose fields limit order measure by cursor plate year make.eq year.gte year.in plate.missing x";
const values =
  "huaxing nobody records answer file aggregate vehicles.records trade plate plate,make -plate 0 1 10001 1e3 true count sum:year 2000 é%00 %ff <b>";
const search = fc
  .array(
    fc.tuple(
      fc.constantFrom(...words.split(" ")),
      fc.oneof(fc.constantFrom(...values.split(" ")), fc.webSegment()),
    ),
    { maxLength: 6 },
  )
  .map((all) => all.map((pair) => pair.join("=")).join("&"));

test("whatever stands in the page's address, the page or the one error shape comes back", async () => {
  const seen = new Set<number>();
  await fc.assert(
    fc.asyncProperty(
      search,
      fc.constantFrom("vehicles", "people", "stations", "nothing", "%00"),
      fc.constantFrom("text/html", "application/json", "*/*", ";q=,", ""),
      async (query, dataset, accept) => {
        const response = await web.ask(
          `/datasets/${dataset}/explain?${query}`,
          {
            headers: { Accept: accept, ...huaxing },
          },
        );
        seen.add(response.status);
        expect(response.status).toBeLessThan(500);
        const type = response.headers.get("content-type") ?? "";
        if (response.status !== 200 && !type.startsWith("text/html"))
          return void (await refusedIn(response));
        const text = await response.text();
        expect(text).not.toContain("<b>");
      },
    ),
    { numRuns: 1500 },
  );
  expect(web.bugs).toEqual([]);
  expect([...seen].toSorted((a, b) => a - b)).toEqual([200, 400, 404]);
});
