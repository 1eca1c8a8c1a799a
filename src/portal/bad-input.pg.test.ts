import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { schemaFor } from "../../test/postgres.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  isNamed,
  product,
  stations,
  vehicles,
} from "../../test/simulation/small-office-acts.ts";
import {
  asking,
  endsInOrder,
  isUnchanged,
  refuses,
  stateOf,
  type Web,
  webOf,
} from "../../test/web-office.ts";
import { encode } from "../acts/canonical.ts";

let office: SmallOffice;
let web: Web;
let huaxing: { readonly Authorization: string };
let before: object;
beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("portal_bad")).url);
  web = webOf(office);
  huaxing = await asking(office, "huaxing");
  // Logs and slots are open when the first bad request comes: whatever changes then, it has changed.
  for (const plan of [stations(), vehicles(), isNamed("N1", "x")])
    await office.answered(plan, "huaxing");
  await web.ask("/data/vehicles");
  before = stateOf(office);
});
afterEach(() => isUnchanged(office, before));
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

const submission = () =>
  encode(office.submission({ ...product(), product: "vehicles.bad" }));
const goodBody = {
  "/acts": submission,
  "/explain": () =>
    encode(office.submission({ ...product(), product: "bad" }).statement),
  "/query": () => encode({ plan: vehicles() }),
};
const routes = ["/acts", "/explain", "/query"] as const;
const what = {
  "/acts": "submission",
  "/explain": "statement",
  "/query": "request",
};

describe.each(routes)("a body for %s", (path) => {
  const post = (body: string | Uint8Array<ArrayBuffer>, headers = {}) =>
    web.post(path, body, { ...huaxing, ...headers });
  const read = `Cannot read ${what[path]}`;

  test.each<[string, string | Uint8Array<ArrayBuffer>, RegExp]>([
    ["nothing", "", /it is not JSON$/],
    ["white space", "  \n", /it is not JSON$/],
    ["half an object", '{"v":1,', /it is not JSON$/],
    ["a word", "hello", /it is not JSON$/],
    ["NUL bytes", "\0\0\0", /it is not JSON$/],
    ["a number beyond all numbers", '{"v":1e9999}', /./],
    ["bytes that are no text", Uint8Array.of(0xff, 0xfe, 0x7b), /not UTF-8$/],
    ["a list", "[]", /./],
    ["nothing at all, written down", "null", /./],
    ["a member that nobody knows", '{"surprise":1}', /./],
    ["a name that breaks the line", '{"a\\nb\\u001b[2J\\u202e":1}', /./],
    ["100,000 lists in each other", "[".repeat(100_000), /it is not JSON$/],
    [
      "4,500 lists in each other, where one value should be",
      `{"${path === "/query" ? "plan" : "statement"}":${"[".repeat(4_500)}${"]".repeat(4_500)}}`,
      /nested more than 32 deep/,
    ],
    [
      "20,000 objects in each other",
      `${'{"v":'.repeat(20_000)}1${"}".repeat(20_000)}`,
      /nested more than 32 deep/,
    ],
  ])("that is no request is refused: %s", async (_, body, message) => {
    await refuses(post(body), [400, read]);
    await refuses(post(body), [400, message]);
  });

  test("with a doubled member is refused", async () => {
    const doubled = goodBody[path]().replace("{", '{"plan":{},"v":1,"plan":2,');
    await refuses(post(doubled), [
      400,
      path === "/acts"
        ? /byte form differs/
        : /member "plan" stands twice, want it once/,
    ]);
  });

  test.each([
    ["application/x-www-form-urlencoded"],
    ["text/plain;charset=UTF-8"],
    ["application/jsonp"],
    ["multipart/form-data; boundary=application/json"],
  ])("of the type %s is refused before it is read", async (type) => {
    const body = goodBody[path]();
    await refuses(post(body, { "Content-Type": type }), [
      415,
      `Cannot read the body: its Content-Type is '${type}', want application/json`,
    ]);
  });

  test("of no type is refused", async () => {
    const bytes = new Blob([goodBody[path]()]);
    const asked = web.ask(path, { method: "POST", body: bytes });
    await refuses(asked, [415, /its Content-Type is '', want/]);
  });

  test("that is too large is refused, whatever its head says of its length", async () => {
    const body = `{"v":"${"a".repeat(256 * 1024)}"}`;
    const wanted = [413, /over 262144 bytes/] as const;
    await refuses(post(body), wanted);
    await refuses(post(body, { "Content-Length": "300000" }), wanted);
    await refuses(
      post(body, { "Content-Length": "10", "Transfer-Encoding": "chunked" }),
      wanted,
    );
  });
});

test("a good body in JSON with a charset is read", async () => {
  const answer = await web.post("/explain", goodBody["/explain"](), {
    "Content-Type": "application/json; charset=utf-8",
  });
  expect(answer.status).toBe(200);
});

describe("a token", () => {
  const unknown = "A".repeat(43);
  test.each([
    ["is nothing", ""],
    ["has no scheme", unknown],
    ["has another scheme", "Basic aHVheGluZzpodWF4aW5n"],
    ["is empty", "Bearer "],
    ["is too short", "Bearer abc"],
    ["is very long", `Bearer ${"A".repeat(10_000)}`],
    ["has signs that no token has", `Bearer ${"A".repeat(40)}'--`],
    ["was never issued", `Bearer ${unknown}`],
  ])("that %s lets nobody in, whatever is asked for", async (_, header) => {
    const headers = { Authorization: header };
    const wanted = [
      401,
      /want (?:Bearer and )?a token that is in force$/,
    ] as const;
    for (const path of ["/data/stations", "/products/vehicles.records"])
      await refuses(web.ask(path, { headers }), wanted);
    const asked = web.post("/query", goodBody["/query"](), headers);
    await refuses(asked, wanted);
    expect((await asked).headers.get("www-authenticate")).toBe("Bearer");
  });

  test("that was revoked is believed for two seconds and no longer", async () => {
    const headers = await asking(office, "huaxing");
    const look = () => web.ask("/products/vehicles.records", { headers });
    expect((await look()).status).toBe(200);
    await office.house.sql`update token set revoked = true`;
    await expect
      .poll(async () => (await look()).status, {
        timeout: 2_500,
        interval: 100,
      })
      .toBe(401);
    const fresh = webOf(office);
    expect((await fresh.ask("/data/stations", { headers })).status).toBe(401);
  });
});
