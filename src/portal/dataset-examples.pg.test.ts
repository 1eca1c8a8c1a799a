import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { listening, type Listening } from "../../test/listening.ts";
import { schemaFor } from "../../test/postgres.ts";
import { httpfsOf, python, withoutHttpfs } from "../../test/python.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import { asking, endsInOrder, type Web, webOf } from "../../test/web-office.ts";

/** The examples of a dataset's page, run as they stand there. */

const run = promisify(execFile);
let office: SmallOffice;
let web: Web;
let server: Listening;
let folder = "";
let environment: NodeJS.ProcessEnv = {};
beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("examples_run")).url);
  web = webOf(office);
  server = await listening(web);
  folder = mkdtempSync(join(tmpdir(), "vitrine-examples-"));
  const { Authorization } = await asking(office, "huaxing");
  const TOKEN = Authorization.replace("Bearer ", "");
  environment = { ...process.env, TOKEN };
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await server.close();
  await endsInOrder(office, web);
  await office.close();
});

const shape = z.looseObject({
  examples: z.array(z.object({ name: z.string(), text: z.string() })),
});
async function exampleOf(dataset: string, name: string): Promise<string> {
  const twin = await fetch(`${server.address}/datasets/${dataset}.json`);
  const { examples } = shape.parse(await twin.json());
  const found = examples.find((one) => one.name === name);
  if (found === undefined) throw new Error(`No ${name} among its examples`);
  return found.text;
}

async function ran(program: string, ...args: string[]): Promise<string> {
  const { stdout } = await run(program, args, { env: environment });
  return stdout;
}

test("curl brings five rows of open data, and of a product to whoever has a token", async () => {
  const open: unknown = JSON.parse(
    await ran("bash", "-c", await exampleOf("stations", "curl")),
  );
  expect(open).toMatchObject({ rows: expect.any(Array) });
  const held: unknown = JSON.parse(
    await ran("bash", "-c", await exampleOf("vehicles", "curl")),
  );
  expect(held).toMatchObject({ answer: { rows: expect.any(Array) } });
});

test("curl asks for a word once what it asks about was typed; copied as it stands, or without a token, it sends nothing", async () => {
  const text = await exampleOf(
    "people",
    "curl, for a word: yes, no or not on record",
  );
  const failed = (line: string, env: NodeJS.ProcessEnv) =>
    run("bash", ["-c", line], { env }).then(
      () => "it was sent",
      (error: { stderr: string }) => error.stderr,
    );
  expect(await failed(text, environment)).toMatch(/ASK_\w+: type it first/);
  const filled = text.replaceAll(/=''$/gm, "='1'");
  const { TOKEN: _, ...without } = environment;
  expect(await failed(filled, without)).toContain("TOKEN: your token");
  expect(await ran("bash", "-c", filled)).toMatch(/"answer":/);
});

test("Python prints the same rows", async ({ skip }) => {
  if (python("print(1)") === undefined) skip("not tried: there is no Python");
  for (const dataset of ["stations", "vehicles"]) {
    const printed = await ran(
      "python3",
      "-c",
      await exampleOf(dataset, "Python"),
    );
    expect(printed, dataset).toMatch(/^\[\{.*\}\]\s*$/s);
  }
});

test.for([
  ["stations", "jsonlite"],
  ["vehicles", "httr2"],
] as const)(
  "R prints the rows of %s with the package %s",
  async ([dataset, needs], { skip }) => {
    const text = await exampleOf(dataset, "R");
    expect(text).toContain(`${needs}::`);
    if (spawnSync("Rscript", ["-e", `library(${needs})`]).status !== 0)
      skip(`not tried: R with its package ${needs}, which is not there`);
    expect(await ran("Rscript", "-e", text)).toMatch(/\S/);
  },
);

async function counted(
  statement: string,
  extension?: string,
): Promise<unknown> {
  const database = await DuckDBInstance.create(":memory:");
  try {
    const connection = await database.connect();
    if (extension !== undefined) await connection.run(`load '${extension}'`);
    return (await connection.runAndReadAll(statement)).getRows()[0]?.[0];
  } finally {
    database.closeSync();
  }
}

const rowsOf = (dataset: string): bigint =>
  BigInt(
    office.house.office.register.vintages.get(dataset)?.vintage.rows ?? -1,
  );

test("DuckDB's statement counts the rows of the file at the address that it names", async () => {
  const text = await exampleOf("stations", "DuckDB");
  const [, address = ""] = /FROM '([^']*)'/.exec(text) ?? [];
  const file = await fetch(address);
  expect(file.status).toBe(200);
  const saved = join(folder, "stations.parquet");
  writeFileSync(saved, new Uint8Array(await file.arrayBuffer()));
  expect(await counted(text.replace(address, saved))).toBe(rowsOf("stations"));
});

test("DuckDB runs it over HTTP as it stands there", async ({ skip }) => {
  const version = String(await counted("select version()"));
  const extension = httpfsOf(version);
  if (extension === undefined) skip(withoutHttpfs(version));
  const text = await exampleOf("stations", "DuckDB");
  expect(await counted(text, extension)).toBe(rowsOf("stations"));
});
