import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { schemaFor } from "../../test/postgres.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  isNamed,
  people,
  stations,
  vehicles,
} from "../../test/simulation/small-office-acts.ts";
import {
  asking,
  endsInOrder,
  refusedIn,
  stateOf,
  type Web,
  webOf,
} from "../../test/web-office.ts";
import { fromBase64url } from "../acts/bytes.ts";
import { parseReceipt, receipt } from "../uses/receipt.ts";

let office: SmallOffice;
let web: Web;
let huaxing: { readonly Authorization: string };
beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("portal_data")).url);
  web = webOf(office);
  huaxing = await asking(office, "huaxing");
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

const query = (request: object, headers: Record<string, string> = huaxing) =>
  web.post("/query", JSON.stringify(request), headers);

const rows = z.looseObject({
  rows: z.array(z.record(z.string(), z.unknown())),
});
const priced = {
  receipt,
  leaf: z.string(),
  permit: z.optional(z.string()),
  price: z.record(z.string(), z.unknown()),
};
const answeredRows = z.strictObject({ answer: rows, ...priced });
const answeredWord = z.strictObject({
  answer: z.object({ answer: z.string() }),
  ...priced,
});

/** What came with rows that left: the receipt must be kept, so that the audit at the end asks for its entry. */
async function rowsIn(response: Response) {
  expect(response.status).toBe(200);
  const body = answeredRows.parse(await response.json());
  office.receipts.push(body.receipt);
  return body;
}

describe("asking for data", () => {
  test("rows under a permit come with their receipt, their entry and their price", async () => {
    const response = await query({ plan: vehicles({ limit: 15 }) });
    const { answer, permit, price, leaf, receipt: of } = await rowsIn(response);
    expect(answer.rows).toHaveLength(15);
    expect(permit).toBe("huaxing-vehicles");
    expect(price).toEqual({
      amount: 160,
      currency: "CNY",
      because: "fee",
      fee: "vehicles-fee",
      payee: "Organisation sanhe",
      ceiling: 500,
      ground: "operation-fee",
      rule: "CN-PRC-02",
      class: "enterprise",
      rate: 80,
      unit: "step",
    });
    expect(leaf).toBe(response.headers.get("vitrine-entry"));
    expect(of.log).toBe(response.headers.get("vitrine-log"));
    expect(response.headers.get("vitrine-price")).toBe("1.60 CNY");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(of.opening).toBeDefined();
  });

  test("a court asks for a public purpose, pays nothing and is told why", async () => {
    const body = await rowsIn(
      await query({ plan: vehicles() }, await asking(office, "court")),
    );
    expect(body.price).toMatchObject({ amount: 0, because: "CN-PRC-01" });
  });

  test("a question is answered with one word", async () => {
    const said: string[] = [];
    for (const [number, name] of [
      ["N7", "Name 7"],
      ["N7", "Name 8"],
      ["N9999", "Name 7"],
    ] as const) {
      const response = await query({ plan: isNamed(number, name) });
      const body = answeredWord.parse(await response.json());
      office.receipts.push(body.receipt);
      said.push(body.answer.answer);
    }
    expect(said).toEqual(["yes", "no", "notOnRecord"]);
  });

  test("the URL form of a plan answers as the plan does, also under a permit", async () => {
    const url =
      "/data/vehicles?fields=plate,make&year.gte=2015&limit=3&product=vehicles.records&purpose=trade";
    const body = await rowsIn(await web.ask(url, { headers: huaxing }));
    expect(body.answer.rows).toHaveLength(3);
    expect(body.permit).toBe("huaxing-vehicles");
  });

  test("open data comes bare, with everything else in headers", async () => {
    const response = await web.ask(
      "/data/stations?height.gte=398&order=-height",
    );
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      rows: [{ height: 399 }, { height: 398 }],
    });
    const header = (name: string) => response.headers.get(name);
    expect(header("content-type")).toBe("application/json; charset=utf-8");
    expect(header("cache-control")).toBe("no-store");
    expect(header("vitrine-price")).toBe("0");
    expect(header("vitrine-licence")).toBe("CC BY 4.0 ? ?");
    expect(header("vitrine-entry")).toMatch(/^[\w-]{43}$/);
    const of = parseReceipt(fromBase64url(header("vitrine-receipt") ?? ""));
    expect(of.log).toBe(header("vitrine-log"));
    expect(of.opening).toBeUndefined();
    office.receipts.push(of);
  });

  test("open data may be asked for as a plan too, by somebody or nobody", async () => {
    for (const headers of [{}, huaxing]) {
      const body = await rowsIn(await query({ plan: stations() }, headers));
      expect(body.price).toEqual({ amount: 0, because: "open data" });
      expect(body.permit).toBeUndefined();
    }
  });

  test("an aggregate of open data", async () => {
    const url = "/data/stations?measure=count,sum:height&by=town&limit=100";
    const response = await web.ask(url);
    const body = rows.parse(await response.json());
    expect(body.rows).toHaveLength(7);
    expect(Object.keys(body.rows[0] ?? {})).toEqual([
      "town",
      "count",
      "sum_height",
    ]);
    // Groups that the limit leaves out are not passed over in silence.
    expect(body).not.toHaveProperty("more");
    const some = await web.ask(url.replace("limit=100", "limit=3"));
    expect(some.headers.get("vitrine-plan-limit")).toBe("3");
    expect(await some.json()).toMatchObject({ more: true });
  });

  test("open data as a file of rows come whole, and as JSON the first hundred with a cursor", async () => {
    const whole = await web.ask("/data/stations?format=csv");
    expect((await whole.text()).trimEnd().split("\r\n")).toHaveLength(401);
    const first = await web.ask("/data/stations");
    expect(first.headers.get("vitrine-plan-limit")).toBe("100");
    expect(await first.json()).toMatchObject({ cursor: expect.any(String) });
  });

  test.each<[string, object, string | undefined, string, RegExp]>([
    [
      "nobody asks for what needs a permit",
      { plan: vehicles() },
      undefined,
      "I2",
      /no permit for product vehicles\.records/,
    ],
    [
      "a holder of no permit asks",
      { plan: people() },
      "court",
      "I2",
      /no permit for product people\.records/,
    ],
    [
      "the dataset is not registered",
      { plan: vehicles({ dataset: "aircraft" }) },
      "huaxing",
      "I1",
      /registered/,
    ],
    [
      "the permit does not reach a condition",
      { plan: people({ where: [{ field: "number", op: "eq", value: "N1" }] }) },
      "huaxing",
      "V-SCOPE",
      /./,
    ],
    [
      "the purpose is another",
      { plan: vehicles(), product: "vehicles.records", purpose: "safety" },
      "huaxing",
      "I2",
      /./,
    ],
    [
      "more rows are wanted than the permit has",
      { plan: vehicles({ limit: 101 }) },
      "huaxing",
      "V-SCOPE",
      /./,
    ],
  ])(
    "refused, with rule, article and what would have to be true: %s",
    async (_, request, organisation, rule, message) => {
      const headers =
        organisation === undefined ? {} : await asking(office, organisation);
      await query(request, headers);
      const before = { ...stateOf(office), files: undefined };
      const response = await query(request, headers);
      expect(response.status).toBe(403);
      const refused = await refusedIn(response);
      expect(refused).toMatchObject({ code: "refused", rule });
      expect(refused.message).toMatch(message);
      expect(refused.cites).toMatch(/\S/);
      expect(refused.findings?.[0]).toMatchObject({
        rule,
        cites: refused.cites,
      });
      expect(refused.findings?.[0]?.next).toMatch(/\S/);
      // It is counted, and nothing more.
      expect({ ...stateOf(office), files: undefined }).toEqual(before);
    },
  );

  test("a limit that is used up refuses before anything is looked up", async () => {
    const other = await asking(office, "other");
    const ask = () => query({ plan: isNamed("N1", "Name 1") }, other);
    for (let i = 0; i < 3; i++) expect((await ask()).status).toBe(200);
    expect(await refusedIn(await ask())).toMatchObject({ rule: "V-LIMIT" });
  });
});
