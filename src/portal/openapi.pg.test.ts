import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { schemaFor } from "../../test/postgres.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  isNamed,
  people,
  product,
  stations,
  vehicles,
} from "../../test/simulation/small-office-acts.ts";
import { asking, endsInOrder, type Web, webOf } from "../../test/web-office.ts";
import { encode } from "../acts/canonical.ts";
import { addressesOf } from "./openapi.ts";
import { ROUTES } from "./openapi-routes.ts";

let office: SmallOffice;
let web: Web;
let huaxing: { readonly Authorization: string };
beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("portal_openapi")).url);
  web = webOf(office);
  huaxing = await asking(office, "huaxing");
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

const operation = z.looseObject({
  responses: z.record(z.string(), z.unknown()),
});
const documentShape = z.looseObject({
  openapi: z.literal("3.1.1"),
  paths: z.record(z.string(), z.record(z.string(), operation)),
});
async function documentAt(path: string) {
  const response = await web.ask(path);
  expect(response.status).toBe(200);
  return documentShape.parse(await response.json());
}

test.each(["/openapi.json", "/datasets/people/openapi.json"])(
  "%s is OpenAPI 3.1, by a validator of somebody else",
  async (path) => {
    const whole = await documentAt(path);
    const judged = await new Validator().validate(structuredClone(whole));
    expect(judged.errors ?? []).toEqual([]);
    expect(judged.valid).toBe(true);
    const bent = { ...whole, paths: { "no-stroke": {} } };
    expect((await new Validator().validate(bent)).valid).toBe(false);
  },
);

test("every route of the running server is in the document, and nothing else is", async () => {
  const { paths } = await documentAt("/openapi.json");
  const known = web.app.routes
    .filter(({ method }) => method !== "ALL")
    .map(({ method, path }) => `${method} ${path}`);
  expect([...new Set(known)].toSorted()).toEqual(
    ROUTES.map(({ route }) => route).toSorted(),
  );
  for (const one of ROUTES) {
    const { method, patterns } = addressesOf(one);
    for (const pattern of patterns)
      expect(Object.keys(paths[pattern] ?? {}), pattern).toContain(method);
  }
});

/** What a document says of an answer, held against the answer. */
async function fits(
  at: string,
  [method, path]: readonly [method: "get" | "post", path: string],
  asked: Promise<Response>,
): Promise<number> {
  const whole = await documentAt(at);
  const response = await asked;
  const { responses = {} } = whole.paths[path]?.[method] ?? {};
  const status = String(response.status);
  expect(Object.keys(responses), `${path} ${status}`).toContain(status);
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(whole, "whole");
  const place = `whole#/paths/${path.replaceAll("/", "~1")}/${method}/responses/${status}`;
  const parts = z.looseObject({ $ref: z.optional(z.string()) });
  const ref = parts.parse(responses[status]).$ref;
  const schema = encodeURI(
    `${ref === undefined ? place : `whole${ref}`}/content/application~1json/schema`,
  );
  const validate = ajv.getSchema(schema);
  if (validate === undefined) throw new Error(`no schema at ${schema}`);
  await validate(await response.json());
  expect(validate.errors ?? [], `${path} ${status}`).toEqual([]);
  return response.status;
}

describe("what really comes back is as the document says", () => {
  const query = (plan: object, headers = huaxing) =>
    web.post("/query", JSON.stringify({ plan }), headers);
  const ask = (path: string) => web.ask(path, { headers: huaxing });

  test("to plans, their explanations and errors", async () => {
    const seen = [];
    for (const asked of [
      query(vehicles()),
      query(stations()),
      query(isNamed("N1", "Name 1")),
      query(people({ fields: ["number"], limit: 1000 })),
      query({ form: "nothing" }),
      web.post("/query", "{}", { Authorization: "Bearer x" }),
      web.post("/query", "a".repeat(300_000)),
      web.post("/query", "{}", { "Content-Type": "text/plain" }),
      webOf(office, { gateway: () => undefined }).post(
        "/query",
        JSON.stringify({ plan: stations() }),
      ),
    ])
      seen.push(await fits("/openapi.json", ["post", "/query"], asked));
    expect(seen).toEqual([200, 200, 200, 403, 400, 401, 413, 415, 503]);
    for (const plan of [vehicles(), stations(), people({ limit: 1000 })]) {
      const body = JSON.stringify({ plan });
      const asked = web.post("/query/explain", body, huaxing);
      await fits("/openapi.json", ["post", "/query/explain"], asked);
    }
  });

  test("to acts, datasets, products and the rest", async () => {
    const { statement } = office.submission(product());
    const act = { ...product(), product: "vehicles.later" };
    for (const [method, path, asked] of [
      ["post", "/explain", web.post("/explain", encode(statement))],
      ["post", "/acts", web.post("/acts", encode(office.submission(act)))],
      ["post", "/acts", web.post("/acts", encode(office.submission(act)))],
      ["post", "/acts", web.post("/acts", "{}")],
      ["get", "/datasets/{dataset}", ask("/datasets/people")],
      ["get", "/datasets/{dataset}", ask("/datasets/nothing")],
      ["get", "/products/{product}", ask("/products/people.answer")],
      ["get", "/products/{product}", ask("/products/nothing")],
      ["get", "/health", ask("/health")],
      ["get", "/ready", ask("/ready")],
      ["get", "/paper/{hex}", ask("/paper/x")],
    ] as const)
      await fits("/openapi.json", [method, path], asked);
  });

  test("to each dataset's own document, with its rows typed", async () => {
    for (const [dataset, search] of [
      ["stations", "fields=station,height&height.gte=398"],
      ["stations", "measure=count,sum:height&by=town"],
      ["vehicles", "product=vehicles.records&limit=2"],
      ["people", "product=people.records&limit=2"],
      ["people", "limit=many"],
    ] as const) {
      const at = `/datasets/${dataset}/openapi.json`;
      const path = `/data/${dataset}`;
      await fits(at, ["get", path], ask(`${path}?${search}`));
    }
    const stationsAt = "/datasets/stations/openapi.json";
    const wrong = fits(
      stationsAt,
      ["get", "/data/stations"],
      ask("/data/vehicles?product=vehicles.records&limit=2"),
    );
    await expect(wrong).rejects.toThrow(
      /^\/data\/stations 200: expected \[ \{/,
    );
  });

  test("every parameter that a dataset's document has is taken by the server", async () => {
    const whole = await documentAt("/datasets/vehicles/openapi.json");
    const listed = z.looseObject({
      parameters: z.array(
        z.looseObject({
          name: z.string(),
          schema: z.looseObject({
            type: z.optional(z.string()),
            items: z.optional(z.looseObject({ type: z.optional(z.string()) })),
          }),
        }),
      ),
    });
    const { parameters } = listed.parse(whole.paths["/data/vehicles"]?.["get"]);
    const typed = parameters.filter(({ name }) => /^(?:plate|year)/.test(name));
    expect(typed.length).toBe(2 * 8);
    for (const { name, schema } of typed) {
      const type = schema.items?.type ?? schema.type ?? "";
      const value = { integer: "7", boolean: "true" }[type] ?? "x";
      const response = await ask(
        `/data/vehicles?product=vehicles.records&limit=1&${name}=${value}`,
      );
      expect(response.status, name).toBe(200);
    }
  });
});
