import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Department, departmentFor, letRead } from "../department.ts";
import { OwnOffice } from "./own-office.ts";
import { program, type Ran, root, run, verifier } from "./program.ts";

/** What a department's service says of a station, and what it says when it fails. */
const UPSTREAM_SECRET = "ORA-00942 at warden-7.internal";
const CONSTANT = "Cannot run plan: the engine failed";
const TABLE_ROWS = 60_000;
const NAMES = ["--fields", "code,name", "--json"];

/** A department that keeps its companies in its own PostgreSQL, and another that has a weather service. */
describe("departments that keep their data where they are", () => {
  let office: OwnOffice;
  let department: Department;
  let service: Server;
  let asked: string[] = [];
  let mood: "answers" | "fails" | "hangs" = "answers";
  let token = "";

  beforeAll(async () => {
    department = await departmentFor("live_scenario");
    const { owner, schema } = department;
    await owner.unsafe(
      `create table ${schema}.firm (uscc text primary key, firm_name text not null, class text not null, profile text, owner_note text)`,
    );
    await owner.unsafe(
      `insert into ${schema}.firm select 'C' || lpad(i::text, 6, '0'), 'Firm ' || i,
        case when i % 2 = 0 then 'export' else 'home' end, repeat(md5(i::text), 16), 'kept inside'
        from generate_series(0, ${TABLE_ROWS - 1}) i`,
    );
    await letRead(department, "firm");
    service = createServer(weather);
    await new Promise<void>((done) => service.listen(0, "127.0.0.1", done));
    const found = service.address();
    const port = typeof found === "object" ? found?.port : undefined;
    office = await OwnOffice.make(
      {
        "sources.json": JSON.stringify({
          "companies-live": {
            postgres: {
              url: "${COMPANIES_DATABASE}",
              ...{ schema, table: "firm", key: ["code"] },
              columns: { code: "uscc", name: "firm_name" },
            },
          },
          "weather-now": {
            service: {
              url: `http://127.0.0.1:${port}`,
              ...{ format: "json", rows: "/data", absent: 404 },
              headers: { authorization: "Bearer ${WEATHER_TOKEN}" },
              operations: [
                { operation: "one", by: ["station"], path: "/now/{station}" },
              ],
            },
          },
        }),
      },
      {
        COMPANIES_DATABASE: department.readerUrl,
        WEATHER_TOKEN: "weather-secret",
        // The office has a database of its own, inside its folder.
        DATABASE_URL: "",
      },
    );
    await office.start();
    await office.found({});
    for (const act of acts) await office.granted(act, "registrar");
    for (const act of products) await office.granted(act, "registrar", "head");
    token = await office.token("sanhe");
  }, 300_000);

  afterAll(async () => {
    await office.end();
    service.closeAllConnections();
    service.close();
    await department.close();
  });

  function weather(request: IncomingMessage, response: ServerResponse): void {
    asked.push(
      `${request.url ?? ""} ${String(request.headers["authorization"])}`,
    );
    if (mood === "hangs") return;
    if (mood === "fails") {
      response.writeHead(500, { "Content-Type": "text/plain" });
      response.end(UPSTREAM_SECRET);
      return;
    }
    const station = (request.url ?? "").split("/").at(-1) ?? "";
    if (station === "S404") {
      response.writeHead(404).end("no such station");
      return;
    }
    // More than was asked for, and more than is registered.
    const data = [station, "S9"].map((one) => ({
      ...{ station: one, degrees: 21, warden: "Warden 7", zone: "east" },
    }));
    response.end(JSON.stringify({ data }));
  }

  const query = (...words: readonly string[]): Promise<Ran> =>
    office.vitrine("query", ...words, "--token", token);
  const permit = (
    id: string,
    dataset: string,
    change: object = {},
  ): Promise<void> =>
    office.granted(
      {
        ...{ kind: "permit", permit: id, organisation: "sanhe" },
        ...{ product: `${dataset}.records`, purpose: "industry" },
        ...{ rowsMax: 100_000, quota: { calls: 1000 }, to: "@+300" },
        ...change,
      },
      ...(["registrar", "head"] as const),
    );

  test("neither is asked for anybody who has no permit", async () => {
    for (const dataset of ["companies-live", "weather-now"]) {
      const refused = await query(dataset);
      expect(refused.code, refused.err).toBe(1);
      expect(refused.out).toContain(`no permit for product ${dataset}.records`);
    }
    expect(asked).toEqual([]);
    expect(await department.running()).toEqual([]);
    await permit("sanhe-firms", "companies-live", {
      fields: ["code", "name", "profile"],
      where: ["code"],
      rows: [{ field: "class", op: "eq", value: "export" }],
    });
    await permit("sanhe-weather", "weather-now", {
      fields: ["station", "degrees"],
      ...{ where: ["station"], rowsMax: 1000 },
    });
  }, 120_000);

  test("a table in place answers as far as the permit goes: its rows, its fields", async () => {
    const one = await query(
      ...["companies-live", "--where", "code=C000004", ...NAMES],
    );
    expect([one.code, one.out]).toEqual([
      0,
      '{"rows":[{"code":"C000004","name":"Firm 4"}]}\n',
    ]);
    // It is there, and the permit's rows end before it.
    const home = await query(
      ...["companies-live", "--where", "code=C000005", ...NAMES],
    );
    expect([home.code, home.out]).toEqual([0, '{"rows":[]}\n']);
    const wider = await query("companies-live", "--fields", "code,class");
    expect(wider.code).toBe(1);
    expect(wider.out).toContain("V-SCOPE");
    const inside = await query("companies-live", "--fields", "owner_note");
    expect(inside.code).not.toBe(0);
    expect(inside.out + inside.err).not.toContain("kept inside");
    // What is changed in the department is what the next answer says.
    await department.owner.unsafe(
      `update ${department.schema}.firm set firm_name = 'Firm Four' where uscc = 'C000004'`,
    );
    const after = await query(
      ...["companies-live", "--where", "code=C000004", ...NAMES],
    );
    expect(after.out).toContain("Firm Four");
  }, 120_000);

  test("a service is told the value that it takes and nothing else, and its answer is held to the permit", async () => {
    asked = [];
    const one = await query(
      ...["weather-now", "--where", "station=S1", "--json"],
    );
    expect([one.code, one.out], one.err).toEqual([
      0,
      '{"rows":[{"station":"S1","degrees":21}]}\n',
    ]);
    expect(asked).toEqual(["/now/S1 Bearer weather-secret"]);
    const none = await query(
      ...["weather-now", "--where", "station=S404", "--json"],
    );
    expect([none.code, none.out]).toEqual([0, '{"rows":[]}\n']);
    asked = [];
    const all = await query("weather-now");
    expect(all.code).not.toBe(0);
    expect(all.out + all.err).toContain("station");
    expect(asked).toEqual([]);
  }, 120_000);

  test("a source that fails, hangs or is away gives one constant text, and its own words stay inside", async () => {
    const failing = async (dataset: string): Promise<string> => {
      const where = dataset === "weather-now" ? "station=S1" : "code=C000004";
      const response = await fetch(
        `${office.address}/data/${dataset}?${where}&product=${dataset}.records&fields=${where.split("=")[0] ?? ""}`,
        {
          headers: { Authorization: `Bearer ${token}` },
        },
      );
      const text = await response.text();
      expect(response.status, text).toBe(503);
      // Of memory that is not the gate's it says nothing.
      expect(response.headers.get("vitrine-limit-megabytes")).toBeNull();
      expect(response.headers.get("vitrine-limit-at-a-time")).toBe(
        dataset === "weather-now" ? "8" : "2",
      );
      expect(text).not.toContain("warden");
      expect(text).not.toContain("ORA-");
      expect(text).not.toContain("127.0.0.1");
      return text;
    };
    mood = "fails";
    const said = await failing("weather-now");
    expect(said).toContain(CONSTANT);
    mood = "hangs";
    expect(await failing("weather-now")).toContain("too long");
    mood = "answers";
    await department.letIn(false);
    await department.breakOff();
    expect(await failing("companies-live")).toBe(said);
    await department.letIn(true);
    const again = await query("weather-now", "--where", "station=S1");
    expect(again.code).toBe(0);
  }, 120_000);

  test("a stream whose database goes away in the middle is broken to whoever takes it, and free of charge", async () => {
    const receipt = office.file("firms.receipt");
    // Nobody takes what comes, so the rows wait in the department's cursor until it is cut off.
    const child = spawn(
      process.execPath,
      [
        ...[program, "query", "companies-live", "--limit", "100000"],
        ...["--format", "ndjson", "--token", token, "--receipt", receipt],
      ],
      {
        cwd: root,
        env: { ...process.env, VITRINE_URL: office.address },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    let err = "";
    child.stderr.on("data", (part: Buffer) => (err += part.toString("utf8")));
    const ended = new Promise<number | null>((resolve) =>
      child.once("close", resolve),
    );
    await new Promise<void>((resolve) =>
      child.stdout.once("readable", () => resolve()),
    );
    await sleep(1000);
    await department.breakOff();
    let came = "";
    child.stdout.on("data", (part: Buffer) => (came += part.toString("utf8")));
    expect(await ended, err).toBe(2);
    const rows = came.split("\n").length - 1;
    expect(rows).toBeGreaterThan(0);
    expect(rows).toBeLessThan(TABLE_ROWS / 2);
    expect(err).toContain("(broken; ");
    expect(err).toMatch(/price +0\.00 CNY/);
    expect(err.trimEnd().split("\n").at(-1)).toBe(
      "Cannot go on: the answer was broken off before its end; what came is not all; it is not charged",
    );
    const settled: { entry: string } = JSON.parse(
      readFileSync(`${receipt}.settled`, "utf8"),
    );
    expect(Buffer.from(settled.entry, "base64url").toString()).toContain(
      '"result":"broken"',
    );
  }, 120_000);

  test("everybody is told that they have no vintages, and a stranger finds no contradiction", async () => {
    const page = await fetch(`${office.address}/datasets/companies-live`, {
      headers: { Accept: "text/html" },
    });
    const html = await page.text();
    expect(html).toMatch(/live|in place/i);
    expect(html).not.toContain("DATABASE");
    const checked = await run(verifier, [
      ...[office.address, "--receipt", office.file("firms.receipt")],
      ...["--receipt", office.file("firms.receipt.settled")],
    ]);
    expect(
      checked.out.trimEnd().split("\n").at(-1),
      checked.out + checked.err,
    ).toBe("no contradiction found");
    expect(checked.code).toBe(0);
  }, 120_000);
});

const field = (name: string, type = "text") => ({
  ...{ name, type, meaning: `The ${name}` },
  ...{ classification: "restricted", identifier: false },
});
const acts = [
  {
    ...{ kind: "system", system: "registers", title: "Registers" },
    ...{ body: "data-office", description: "described" },
  },
  {
    ...{ kind: "dataset", dataset: "companies-live", title: "Companies" },
    ...{ system: "registers", live: "table" },
    fields: ["code", "name", "class", "profile"].map((one) => field(one)),
  },
  {
    ...{ kind: "dataset", dataset: "weather-now", title: "Weather now" },
    ...{ system: "registers", live: "service" },
    operations: [{ operation: "one", by: ["station"] }],
    fields: [field("station"), field("degrees", "integer"), field("zone")],
  },
  {
    ...{ kind: "organisation", organisation: "sanhe", title: "Sanhe" },
    class: "smallEnterprise",
  },
];
const products = [
  {
    ...{ kind: "product", product: "companies-live.records" },
    ...{ title: "Companies", form: "records", purposes: ["industry"] },
    content: [
      {
        dataset: "companies-live",
        fields: ["code", "name", "class", "profile"],
      },
    ],
    ...{ rowsMax: 100_000, rowsPerStep: 100 },
  },
  {
    ...{ kind: "product", product: "weather-now.records" },
    ...{ title: "Weather", form: "records", purposes: ["industry"] },
    content: [
      { dataset: "weather-now", fields: ["station", "degrees", "zone"] },
    ],
    ...{ rowsMax: 1000, rowsPerStep: 10 },
  },
];
