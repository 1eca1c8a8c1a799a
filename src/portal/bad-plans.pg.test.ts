import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { schemaFor } from "../../test/postgres.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  isNamed,
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

let office: SmallOffice;
let web: Web;
let huaxing: { readonly Authorization: string };
let before: object;
beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("portal_plans")).url);
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

const plan = (change: object) => ({ plan: { ...vehicles(), ...change } });
const where = (one: object) =>
  plan({ where: [{ field: "plate", op: "eq", value: "P1", ...one }] });
describe("a plan", () => {
  test.each<[string, object, RegExp]>([
    [
      "of an unknown form",
      plan({ form: "sql" }),
      /plan has the unknown form "sql", want one of records, answer, aggregate$|plan\.form has the unknown form "sql", want/,
    ],
    [
      "with SQL beside it",
      { ...plan({}), sql: "select 1" },
      /unknown member "sql"/,
    ],
    [
      "over no id",
      plan({ dataset: "Vehicles; drop" }),
      /plan\.dataset is "Vehicles; drop", want an id/,
    ],
    [
      "of no field",
      plan({ fields: [] }),
      /plan\.fields is \[\], want a list of 1 to 128/,
    ],
    [
      "of a field twice",
      plan({ fields: ["plate", "plate"] }),
      /field "plate" stands twice/,
    ],
    [
      "of more rows than anybody gets",
      plan({ limit: 10_001 }),
      /plan\.limit is 10001, want a whole number from 1 to 10000/,
    ],
    ["of no row", plan({ limit: 0 }), /plan\.limit is 0, want/],
    ["of minus one row", plan({ limit: -1 }), /plan\.limit is -1, want/],
    ["of half a row", plan({ limit: 1.5 }), /plan\.limit is 1\.5, want/],
    [
      "of a limit in words",
      plan({ limit: "all" }),
      /plan\.limit is "all", want/,
    ],
    [
      "with an unknown comparison",
      where({ op: "like" }),
      /unknown op "like", want one of eq, ne, lt/,
    ],
    [
      "with a value that is none",
      where({ value: null }),
      /value is null, want text/,
    ],
    [
      "with a value of many",
      where({ value: { a: 1 } }),
      /value is \{"a":1\}, want text/,
    ],
    [
      "with a fraction for a value",
      where({ field: "year", value: 1.5 }),
      /value is 1\.5, want text/,
    ],
    [
      "with a text for a number",
      where({ field: "year", value: "1990" }),
      /field "year" is compared with "1990", want an integer/,
    ],
    [
      "with a number for a text",
      where({ value: 7 }),
      /field "plate" is compared with 7, want a text/,
    ],
    [
      "with a text that is too long",
      where({ value: "x".repeat(401) }),
      /value is "x+…, want text of at most 400 characters/,
    ],
    ["with half a character", where({ value: "\ud800" }), /want a text/],
    [
      "with a list that is too long",
      where({ op: "in", value: Array.from({ length: 201 }, () => "x") }),
      /want a list of 1 to 200/,
    ],
    [
      "with too many conditions",
      plan({
        where: Array.from({ length: 33 }, () => ({
          field: "plate",
          op: "eq",
          value: "x",
        })),
      }),
      /plan\.where is .*, want a list of 0 to 32/,
    ],
    [
      "sorted in no direction",
      plan({ order: [{ field: "plate", direction: "up" }] }),
      /direction is "up", want asc or desc/,
    ],
    [
      "that goes on where none ended",
      plan({ cursor: "eyJub25zZW5zZSI6MX0" }),
      /cursor/,
    ],
    [
      "with a case that is a sentence",
      { ...plan({}), case: "for my cousin" },
      /case is "for my cousin", want an id/,
    ],
    [
      "of an answer without a key",
      { plan: { ...isNamed("a", "b"), key: [] } },
      /plan\.key is \[\], want a list of 1 to 8/,
    ],
  ])("%s is refused", async (_, request, message) => {
    const asked = web.post("/query", JSON.stringify(request), huaxing);
    await refuses(asked, [400, message]);
  });

  test("that compares with minus nothing is refused: it has no byte form", async () => {
    const body = JSON.stringify(where({ field: "year", value: 7 }));
    const asked = web.post("/query", body.replace(":7", ":-0"), huaxing);
    await refuses(asked, [400, /the number -0: want an integer/]);
  });

  test("with a NUL in a text is a plan like any other: nothing is cut off at it", async () => {
    const asked = web.post(
      "/query",
      JSON.stringify(where({ value: "P1\0" })),
      huaxing,
    );
    expect(await (await asked).json()).toMatchObject({ answer: { rows: [] } });
    before = stateOf(office);
  });
});

describe("a URL", () => {
  test.each<[string, string, RegExp]>([
    [
      "names an unknown field",
      "speed=1",
      /parameter speed names no field of the dataset, want one of station, town, height/,
    ],
    [
      "names what every object has",
      "__proto__=1",
      /parameter __proto__ names no field/,
    ],
    [
      "names an unknown comparison",
      "height.like=1",
      /unknown comparison like, want one of eq, ne/,
    ],
    [
      "has a word for a number",
      "height.gte=tall",
      /Cannot read height\.gte: it is "tall", want a whole number/,
    ],
    [
      "has a hexadecimal number",
      "height=0x10",
      /it is "0x10", want a whole number/,
    ],
    [
      "has a number with a plus",
      "height=%2B1",
      /it is "\+1", want a whole number/,
    ],
    ["has minus nothing", "height=-0", /it is "-0", want a whole number/],
    [
      "has a number beyond exact ones",
      "height=92233720368547758080",
      /want a whole number/,
    ],
    ["has a limit twice", "limit=1&limit=2", /parameter limit stands twice/],
    [
      "has no limit where one should be",
      "limit=",
      /Cannot read limit: it is "", want a whole number/,
    ],
    ["asks for too much", "limit=10001", /plan\.limit is 10001, want/],
    ["asks for nothing", "fields=", /plan\.fields\.0 is "", want a field name/],
    [
      "sorts by nothing",
      "order=-",
      /plan\.order\.0\.field is "", want a field name/,
    ],
    [
      "sums a text",
      "measure=sum:station",
      /field "station" cannot be summed: it is a text, want/,
    ],
    [
      "measures something unknown",
      "measure=mean:height",
      /unknown measure "mean", want one of count, sum/,
    ],
    [
      "sums with more behind it",
      "measure=sum:height:town",
      /"height:town", want a field name/,
    ],
    [
      "is missing in words",
      "town.missing=perhaps",
      /is "perhaps", want true or false/,
    ],
    ["goes on where nothing ended", "cursor=%00", /cursor/],
    [
      "breaks the line",
      "a%0d%0aSet-Cookie:%20x=1=1",
      /parameter a\\u000d\\u000aSet-Cookie/,
    ],
    [
      "is very long",
      `station=${"x".repeat(100_000)}`,
      /value is "x+…, want text of at most 400/,
    ],
    [
      "names a very long field",
      `${"x".repeat(100_000)}=1`,
      /parameter x{100,500}…$/,
    ],
    [
      "has very many values",
      `station.in=${"x,".repeat(50_000)}`,
      /want a list of 1 to 200/,
    ],
    [
      "has very many conditions",
      "height=1&".repeat(10_000),
      /want a list of 0 to 32/,
    ],
  ])("that %s is refused", async (_, search, message) => {
    await refuses(web.ask(`/data/stations?${search}`), [400, message]);
  });

  test.each([
    ["/nowhere", "Nothing is at /nowhere"],
    ["//", "Nothing is at //"],
    ["/data", "Nothing is at /data"],
    ["/data/", "Nothing is at /data/"],
    ["/data/stations/", "Nothing is at /data/stations/"],
    ["/index.html", "Nothing is at /index.html"],
    ["/act", "Nothing is at /act"],
    ["/%", "Nothing is at /%"],
    ["/%0d%0aSet-Cookie:x", "Nothing is at /\\u000d\\u000aSet-Cookie:x"],
    ["/\u202egnp.exe", "Nothing is at /\\u202egnp.exe"],
    [`/${"a".repeat(1_000_000)}`, /^Nothing is at \/a{400,500}…$/],
    ["/products/constructor", "No product constructor is registered"],
  ])("to nothing leads nowhere: %s", async (path, message) => {
    await refuses(web.ask(path), [404, message]);
  });

  test.each([
    "/data/%zz",
    "/data/..%2fstations",
    "/data/%73tations",
    "/data/Stations",
    "/data/stations%2e",
    "/files/STATIONS.parquet",
    "/datasets/__proto__",
    "/datasets/%E0%A4%A",
    `/products/${"a".repeat(100_000)}`,
  ])(
    "has one spelling of an id, and takes no other for it: %s",
    async (path) => {
      await refuses(web.ask(path), [400, /want the id as it is registered/]);
    },
  );

  test.each(["DELETE", "PATCH", "PUT", "POST", "OPTIONS", "PROPFIND"])(
    "is not %s, and says what it may be",
    async (method) => {
      // What may be read from any page answers OPTIONS itself.
      const log = method === "OPTIONS" ? [] : ["/log/register/checkpoint"];
      for (const path of ["/", "/index.json", "/data/stations", ...log]) {
        const response = await web.ask(path, { method });
        expect(response.headers.get("allow")).toBe("GET, HEAD");
        await refuses(Promise.resolve(response), [
          405,
          `Cannot ${method} ${path}: want GET or HEAD`,
        ]);
      }
    },
  );

  test.each([
    ["DELETE", "/acts", "GET, HEAD, POST"],
    ["DELETE", "/query", "POST"],
    ["POST", `/paper/${"0".repeat(64)}`, "GET, HEAD, PUT"],
  ])("%s %s wants %s", async (method, path, allow) => {
    const response = await web.ask(path, { method });
    expect(response.headers.get("allow")).toBe(allow);
    await refuses(Promise.resolve(response), [405, /^Cannot [A-Z]+ .*: want /]);
  });

  test("at no address stays one", async () => {
    await refuses(web.ask("/nothing", { method: "DELETE" }), [404, /^Nothing/]);
  });
});
