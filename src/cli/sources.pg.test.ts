import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type Department,
  departmentFor,
  letRead,
} from "../../test/department.ts";
import { Engine } from "../engine/engine.ts";
import { DuckdbEngine } from "../engine/duckdb.ts";
import type { TypedField } from "../uses/check-plan.ts";
import type { RecordsPlan } from "../uses/plan.ts";
import { openSources, readSources } from "./sources.ts";

let folder = "";
let department: Department;
const server = createServer((request, response) => {
  response.end(JSON.stringify([{ id: request.headers.authorization ?? "" }]));
});
let service = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vitrine-sources-"));
  department = await departmentFor("sources_file");
  const { owner, schema } = department;
  await owner.unsafe(`create table ${schema}.one (id text primary key)`);
  await owner.unsafe(`insert into ${schema}.one values ('in a table')`);
  await letRead(department, "one");
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  service = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await department.close();
  await rm(folder, { recursive: true });
});

const fields: readonly TypedField[] = [{ name: "number", type: "text" }];
const registered = [{ operation: "all", by: [] }];
const operations = registered.map((one) => ({ ...one, path: "/all" }));
const wanted = () => ({
  inTable: {
    postgres: {
      url: "${DEPARTMENT_URL}",
      schema: department.schema,
      table: "one",
      columns: { number: "id" },
      key: ["number"],
    },
  },
  ofService: {
    service: {
      url: service,
      format: "json",
      members: { number: "id" },
      headers: { authorization: "Bearer ${TOKEN}" },
      operations,
    },
  },
});
const keyed = ({ inTable, ofService }: ReturnType<typeof wanted>) => ({
  "in-table": inTable,
  "of-service": ofService,
});
const write = (value: unknown): Promise<void> =>
  writeFile(
    join(folder, "sources.json"),
    typeof value === "string" ? value : JSON.stringify(value),
  );

test("each dataset is asked where the office's folder says; one that is nowhere there is in vintages", async () => {
  await write({ ...keyed(wanted()), unknown: wanted().ofService });
  const env = { DEPARTMENT_URL: department.readerUrl, TOKEN: "t-1" };
  const told: string[] = [];
  const datasets = [
    { dataset: "in-table", fields, live: "table" as const },
    {
      ...{ dataset: "of-service", fields, live: "service" as const },
      operations: registered,
    },
    { dataset: "other", fields },
    { dataset: "nowhere", fields, live: "table" as const },
  ];
  const live = await openSources(
    await readSources(folder, env),
    datasets,
    { timeoutMs: 5_000 },
    (line) => told.push(line),
  );
  const engine = new Engine(new DuckdbEngine());
  for (const [dataset, source] of live) engine.serve(dataset, source);
  const plan = (dataset: string): RecordsPlan => ({
    form: "records",
    dataset,
    fields: ["number"],
    where: [],
    order: [],
    limit: 5,
  });
  expect(await engine.run(plan("in-table"))).toMatchObject({
    rows: [["in a table"]],
  });
  expect(await engine.run(plan("of-service"))).toMatchObject({
    rows: [["Bearer t-1"]],
  });
  await expect(engine.run(plan("other"))).rejects.toMatchObject({
    failure: "absent",
  });
  expect(
    ["in-table", "of-service", "other"].map((d) => engine.isLive(d)),
  ).toEqual([true, true, false]);
  expect(told).toEqual([
    "Cannot open source of unknown: no such dataset is registered; it is opened at the next start after it is",
    "Cannot open source of nowhere: it is registered as a live table, and sources.json says nowhere where it is",
  ]);
  await engine.close();
});

test("an office without the file has vintages only", async () => {
  await rm(join(folder, "sources.json"), { force: true });
  expect(await readSources(folder, {})).toEqual(new Map());
});

const SECRET = "hunter2";
test.each<[string, () => unknown, string]>([
  ["no JSON", () => `{"a": ${SECRET}`, "it is no JSON"],
  [
    "a name that is no dataset's",
    () => ({ "A b": { postgres: { url: SECRET } } }),
    'A b is {"postgres":{"url":"…"}}',
  ],
  [
    "neither place",
    () => ({ a: {} }),
    "a is to be in one place, want postgres or service",
  ],
  [
    "an unknown member",
    () => ({
      a: { postgres: { ...wanted().inTable.postgres, password: SECRET } },
    }),
    'a.postgres has the unknown member "password"',
  ],
  [
    "a variable that is not set",
    () => ({ a: wanted().inTable }),
    "a.postgres.url needs the environment variable DEPARTMENT_URL, which is not set",
  ],
  [
    "an address in the wrong place",
    () => ({ a: { postgres: `postgres://u:${SECRET}@h/d` } }),
    'a.postgres is "…", want an object',
  ],
  [
    "an address of another kind",
    () => ({
      a: {
        postgres: {
          ...wanted().inTable.postgres,
          url: `mysql://u:${SECRET}@h/d`,
        },
      },
    }),
    "a.postgres.url is no address, want one with postgres:// or postgresql://",
  ],
  [
    "no address",
    () => ({ a: { service: { format: "json", operations } } }),
    "a.service.url is missing",
  ],
  [
    "a user in an address",
    () => ({
      a: {
        service: {
          format: "json",
          operations,
          url: `https://u:${SECRET}@host/`,
        },
      },
    }),
    "a.service.url holds a user, want credentials in headers",
  ],
  [
    "a header of two lines",
    () => ({
      a: {
        service: {
          format: "json",
          operations,
          url: "https://host/",
          headers: { key: `${SECRET}\nx: y` },
        },
      },
    }),
    "a.service.headers.key cannot be sent, want the name and value of a header",
  ],
  [
    "a header that is no text",
    () => ({
      a: {
        service: {
          format: "json",
          operations,
          url: "https://host/",
          headers: { key: [SECRET] },
        },
      },
    }),
    "a.service.headers.key is no text",
  ],
  [
    "an unknown format",
    () => ({
      a: { service: { ...wanted().ofService.service, format: "xml" } },
    }),
    'a.service.format is "…", want json or csv',
  ],
  [
    "no operation",
    () => ({
      a: { service: { ...wanted().ofService.service, operations: [] } },
    }),
    "a.service.operations is []",
  ],
])(
  "a file with %s is refused by file and member, without what may be secret",
  async (_, value, said) => {
    await write(value());
    const refused = await readSources(folder, {}).catch(
      (error: unknown) => error,
    );
    const message = refused instanceof Error ? refused.message : "";
    expect(message).toContain(
      `Cannot read ${join(folder, "sources.json")}: ${said}`,
    );
    expect(message).not.toContain(SECRET);
  },
);

test("a service is asked by what the public is told that it is asked by, and by nothing else", async () => {
  await write({ a: wanted().ofService });
  const config = await readSources(folder, { TOKEN: "t-1" });
  for (const known of [
    [],
    [{ operation: "all", by: ["number"] }],
    [{ operation: "one", by: [] }],
  ])
    await expect(
      openSources(
        config,
        [{ dataset: "a", fields, live: "service", operations: known }],
        undefined,
        () => undefined,
      ),
    ).rejects.toThrow(
      "Cannot open source of a: sources.json has operation all by nothing, want one that is registered",
    );
});

test("a place that cannot serve its dataset stops the start", async () => {
  await write({ a: wanted().inTable });
  const config = await readSources(folder, {
    DEPARTMENT_URL: department.ownerUrl,
  });
  const open = (live: "table" | "service" | undefined) =>
    openSources(
      config,
      [{ dataset: "a", fields, ...(live === undefined ? {} : { live }) }],
      undefined,
      () => undefined,
    );
  await expect(open("table")).rejects.toThrow(
    "Cannot open source of a: table test_sources_file.one can be written by the role test_sources_file_owner",
  );
  await expect(open("service")).rejects.toThrow(
    "Cannot open source of a: it is registered as a live service, want a dataset that is registered as a live table",
  );
  await expect(open(undefined)).rejects.toThrow(
    "it is registered with vintages",
  );
});
