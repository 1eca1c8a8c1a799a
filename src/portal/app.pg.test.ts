import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import { signedIn } from "../../test/citizen.ts";
import { askPortal, portalRoutes } from "../../test/portal-routes/all.ts";
import { schemaFor } from "../../test/postgres.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  MINUTE,
  product,
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
import { encode } from "../acts/canonical.ts";
import { receipt } from "../uses/receipt.ts";
import { ruling } from "../acts/entry.ts";

let office: SmallOffice;
let web: Web;
let huaxing: { readonly Authorization: string };
beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("portal_app")).url);
  web = webOf(office);
  huaxing = await asking(office, "huaxing");
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

const query = (request: object, headers: Record<string, string> = huaxing) =>
  web.post("/query", JSON.stringify(request), headers);

/** Routes that anybody may ask without anything, and no data leave by them. */
const free = (...names: readonly string[]) =>
  pagesAt(
    Object.fromEntries(names.map((name) => [name.replace("GET ", ""), ""])),
  );

/** Pages that no data leave by, each with an address that fits it: its own where none is given. */
const pagesAt = (paths: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(paths).map(([pattern, path]) => [
      `GET ${pattern}`,
      { data: false, ask: () => web.ask(path === "" ? pattern : path) },
    ]),
  );

describe("one exit (I11): of all routes only those for data reach the gate", () => {
  /** One good request for each route that the app has. A route that is new must say here whether data leaves by it. */
  const routes: Readonly<
    Record<string, { readonly data: boolean; ask(): Promise<Response> }>
  > = {
    ...free("GET /", "GET /keys", "GET /keys.json", "GET /index.json"),
    ...free("GET /style.css", "GET /icon.svg", "GET /health", "GET /log"),
    ...free("GET /log.json", "GET /check", "GET /openapi.json", "GET /ready"),
    ...Object.fromEntries(
      Object.entries(portalRoutes).map(([route, path]) => [
        route,
        { data: false, ask: () => askPortal(web.ask, route, path) },
      ]),
    ),
    ...pagesAt({
      "/proof/*": "/proof/register/0",
      "/log/register/cosigned/:day": "/log/register/cosigned/2026-11-02",
      "/log/*": "/log/register/checkpoint",
      "/paper/:hex": `/paper/${"0".repeat(64)}`,
    }),
    "PUT /paper/:hex": {
      data: false,
      ask: () =>
        web.ask(`/paper/${"0".repeat(64)}`, { method: "PUT", body: "x" }),
    },
    "POST /acts": {
      data: false,
      ask: () =>
        web.post(
          "/acts",
          encode(office.submission({ ...product(), product: "walked" })),
        ),
    },
    "POST /explain": {
      data: false,
      ask: () =>
        web.post("/explain", encode(office.submission(product()).statement)),
    },
    "GET /products/:product": {
      data: false,
      ask: () => web.ask("/products/vehicles.records", { headers: huaxing }),
    },
    "GET /datasets/:dataset": {
      data: false,
      ask: () => web.ask("/datasets/vehicles"),
    },
    "GET /datasets/:dataset/explain": {
      data: false,
      ask: () => web.ask("/datasets/vehicles/explain", { headers: huaxing }),
    },
    "GET /datasets/:dataset/openapi.json": {
      data: false,
      ask: () => web.ask("/datasets/vehicles/openapi.json"),
    },
    "POST /query/explain": {
      data: false,
      ask: () =>
        web.post(
          "/query/explain",
          JSON.stringify({ plan: vehicles({ limit: 1 }) }),
          huaxing,
        ),
    },
    ...free("GET /records/checkpoint"),
    "POST /records": { data: false, ask: () => web.post("/records", "{}") },
    "GET /receipts/:leaf": {
      data: false,
      ask: () => web.ask(`/receipts/${"A".repeat(43)}`, { headers: huaxing }),
    },
    "POST /request-keys": {
      data: false,
      ask: () => web.post("/request-keys", "{}", huaxing),
    },
    "GET /files/:file": {
      data: true,
      ask: () => web.ask("/files/stations.parquet"),
    },
    ...pagesAt({
      ...{ "/due": "", "/due.json": "", "/law": "", "/law.json": "" },
      ...{ "/purposes": "", "/purposes.json": "" },
      ...{ "/retention": "", "/retention.json": "" },
      ...{ "/authorisations": "", "/authorisations.json": "" },
      ...{ "/fees": "", "/fees.json": "" },
      ...{ "/overrides": "", "/overrides.json": "" },
      ...{ "/reports": "", "/reports.json": "" },
      "/reports/:kind": "/reports/disclosure",
      "/reports/:kind{[a-z]+\\.(?:json|csv|xlsx)}": "/reports/disclosure.csv",
      ...{ "/registrations": "", "/registrations.json": "" },
      ...{ "/contributions": "", "/contributions.json": "" },
      "/law/:rule": "/law/CN-TND-03",
      "/law/:rule{.+\\.json}": "/law/CN-TND-03.json",
      "/contributions/:id": "/contributions/rail-data",
      "/contributions/:id{.+\\.json}": "/contributions/rail-data.json",
    }),
    "GET /my/uses": {
      data: false,
      ask: async () =>
        web.ask("/my/uses", { headers: await signedIn(office, "N7") }),
    },
    "POST /my/uses/:leaf/question": {
      data: false,
      ask: async () =>
        web.post(
          `/my/uses/${"A".repeat(43)}/question`,
          JSON.stringify({ text: "Why?" }),
          await signedIn(office, "N7"),
        ),
    },
    ...free("GET /v2/findUsage", "GET /v2/usagePeriod", "GET /v2/heartbeat"),
    "POST /query": {
      data: true,
      ask: () => query({ plan: vehicles({ limit: 1 }) }),
    },
    "GET /data/:dataset": {
      data: true,
      ask: () => web.ask("/data/stations?limit=1"),
    },
  };
  const known = () => [
    ...new Set(
      web.app.routes
        .filter(({ method }) => method !== "ALL")
        .map(({ method, path }) => `${method} ${path}`),
    ),
  ];

  test("every route of the app is walked", () => {
    expect(known().toSorted()).toEqual(Object.keys(routes).toSorted());
  });

  test.each(Object.keys(routes))("%s", async (name) => {
    const { gateway, engine } = office.house;
    if (gateway === undefined) throw new Error("Cannot walk: no gateway");
    const admitted = vi.spyOn(gateway.desk, "admit");
    const spies = (["run", "stream", "subjectsOf"] as const).map((how) =>
      vi.spyOn(engine, how),
    );
    try {
      const response = await routes[name]?.ask();
      const asked = spies.flatMap(({ mock }) => mock.invocationCallOrder);
      if (routes[name]?.data !== true) {
        expect(admitted).not.toHaveBeenCalled();
        expect(asked).toEqual([]);
        return;
      }
      expect(response?.status).toBe(200);
      expect(asked.length).toBeGreaterThan(0);
      expect(admitted.mock.invocationCallOrder[0]).toBeLessThan(
        Math.min(...asked),
      );
    } finally {
      admitted.mockRestore();
      for (const spy of spies) spy.mockRestore();
    }
  });

  test("an office without a gate lets nothing out, and says that it cannot yet", async () => {
    const closed = webOf(office, { gateway: () => undefined });
    const run = vi.spyOn(office.house.engine, "run");
    for (const response of [
      await closed.ask("/data/stations?limit=1"),
      await closed.ask("/data/nothing"),
      await closed.post("/query", JSON.stringify({ plan: stations() })),
    ]) {
      expect(response.status).toBe(503);
      expect(await refusedIn(response)).toMatchObject({
        code: "unavailable",
        message:
          "Cannot answer: no act has opened a gateway of this office yet",
      });
      expect(response.headers.get("retry-after")).toMatch(/^[1-9][0-9]*$/);
    }
    expect(run).not.toHaveBeenCalled();
    run.mockRestore();
    for (const path of ["/", "/index.json", "/products/vehicles.records"])
      expect((await closed.ask(path)).status).toBe(200);
  });
});

const act = { ...product(), product: "vehicles.later" };
const enteredBody = z.strictObject({
  index: z.int(),
  leaf: z.string(),
  ruling,
  receipt,
});

describe("handing in acts", () => {
  test("explain says of an act that could be no entry what entering it would say", async () => {
    const { statement } = office.submission(act);
    const halved = JSON.stringify({
      ...statement,
      act: { ...statement.act, title: "half \ud800" },
    });
    const halfway = await web.post("/explain", halved);
    expect(halfway.status).toBe(400);
    expect(await halfway.text()).toContain("lone surrogate");
  });

  test("explain says what entering would say, and enters nothing", async () => {
    for (const one of [act, { ...act, form: "file" as const }]) {
      const before = stateOf(office);
      const submission = office.submission(one);
      const explained = await web.post(
        "/explain",
        JSON.stringify(submission.statement, null, 2),
      );
      expect(explained.status).toBe(200);
      expect(stateOf(office)).toEqual(before);
      const entered = await web.post("/acts", encode(submission));
      const body = enteredBody.parse(await entered.json());
      office.receipts.push(body.receipt);
      expect(await explained.json()).toEqual({
        ruling: body.ruling,
        // Invariants stand here where they found something.
        looked:
          body.ruling.outcome === "granted"
            ? []
            : [{ rule: "V-NEW", result: "breach" }],
        mayState: [],
        alike: [],
      });
      expect(entered.status).toBe(
        body.ruling.outcome === "granted" ? 201 : 200,
      );
      expect(body.index).toBe(body.receipt.index);
      expect(office.house.office.published.size).toBeGreaterThan(body.index);
    }
  });

  test("a refused act is entered all the same, and is no error", async () => {
    const refused = await web.post(
      "/acts",
      encode(
        office.submission(
          product({ product: "vehicles.again", purposes: ["love"] }),
        ),
      ),
    );
    expect(refused.status).toBe(200);
    const body = enteredBody.parse(await refused.json());
    office.receipts.push(body.receipt);
    expect(body.ruling.outcome).toBe("refused");
  });

  test.each([
    [
      "repeated",
      async () => {
        const submission = office.submission({ ...act, product: "twice" });
        await web.post("/acts", encode(submission));
        return submission;
      },
    ],
    [
      "misdirected",
      () => {
        const submission = office.submission({ ...act, product: "elsewhere" });
        const statement = {
          ...submission.statement,
          office: "other.example/register",
        };
        return { ...submission, statement };
      },
    ],
    [
      "unsigned",
      () => {
        const submission = office.submission({ ...act, product: "unsigned" });
        const { signatures } = office.submission({ ...act, product: "other" });
        return { ...submission, signatures };
      },
    ],
    [
      "expired",
      () => {
        const submission = office.submission({ ...act, product: "late" });
        office.clock.now += 15 * 24 * 60 * MINUTE;
        return submission;
      },
    ],
  ])("%s: turned away, and nothing is entered", async (code, make) => {
    const { now } = office.clock;
    const submission = await make();
    const before = stateOf(office);
    const response = await web.post("/acts", encode(submission));
    office.clock.now = now;
    expect(response.status).toBe(422);
    const refused = await refusedIn(response);
    expect(refused.code).toBe(code);
    expect(refused.message).toMatch(/^Cannot enter act product: /);
    expect(stateOf(office)).toEqual(before);
  });
});

describe("looking things up", () => {
  test("a product shows who asks their own permits, and nobody those of another", async () => {
    const look = async (headers: Record<string, string>) =>
      (await web.ask("/products/vehicles.records", { headers })).json();
    expect(await look({})).toMatchObject({
      product: { product: "vehicles.records" },
      permits: [],
    });
    expect(await look(huaxing)).toMatchObject({
      permits: [{ permit: "huaxing-vehicles", purpose: "trade" }],
    });
    expect(await look(await asking(office, "court"))).toMatchObject({
      permits: [{ permit: "court-vehicles", purpose: "safety" }],
    });
  });

  test("a dataset shows its fields and the vintage that is served", async () => {
    const response = await web.ask("/datasets/stations");
    expect(await response.json()).toMatchObject({
      dataset: { dataset: "stations", fields: [{ name: "station" }, {}, {}] },
      vintage: { vintage: 1, rows: 400 },
    });
  });

  test.each(["/products/nothing", "/datasets/nothing", "/data/nothing"])(
    "what is not registered is not there, by rule: %s",
    async (path) => {
      const response = await web.ask(path);
      expect(response.status).toBe(404);
      expect(await refusedIn(response)).toMatchObject({
        code: "notFound",
        rule: "I1",
        cites: "Vitrine invariant 1",
      });
    },
  );

  test("the health of the office, and its style", async () => {
    const { size } = office.house.office.published;
    expect(await (await web.ask("/health")).json()).toEqual({ ok: true, size });
    const style = await web.ask("/style.css");
    expect(style.headers.get("content-type")).toBe("text/css; charset=utf-8");
  });
});
