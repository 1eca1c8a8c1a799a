import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { DuckDBInstance } from "@duckdb/node-api";
import { Command } from "commander";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Road, roadTo } from "../../test/cutting-proxy.ts";
import { schemaFor } from "../../test/postgres.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import { permit, product } from "../../test/simulation/small-office-acts.ts";
import {
  asking,
  endsInOrder,
  isUnchanged,
  stateOf,
  type Web,
  webOf,
} from "../../test/web-office.ts";
import { requestKeyId } from "../gateway/asking/enrol-key.ts";
import { generateKey } from "../store/crypto.ts";
import { enrolRequestKey } from "../store/request-keys.ts";
import { addAnswer } from "./answer.ts";
import { addDownload } from "./download.ts";
import { writeKeyFile } from "./keys.ts";
import { addQuery } from "./query.ts";
import { readReceipts } from "./verify/kept-receipts.ts";

let office: SmallOffice;
let web: Web;
let server: ReturnType<typeof serve>;
let url = "";
let road: Road;
let token = "";
let home = "";
const file = (name: string): string => join(home, name);

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "vitrine-clients-"));
  const database = (await schemaFor("cli_clients")).url;
  office = await SmallOffice.granted(database, {
    more: [
      product({
        ...{ product: "vehicles.file", form: "file" },
        authorisation: "sanhe-vehicles",
      }),
      permit({
        ...{ permit: "huaxing-file", product: "vehicles.file" },
        ...{ fields: ["plate", "make"], where: [], rowsMax: 1000 },
      }),
    ],
  });
  web = webOf(office);
  url = await new Promise((resolve) => {
    server = serve(
      { fetch: web.app.fetch, port: 0, hostname: "127.0.0.1" },
      ({ port }) => resolve(`http://127.0.0.1:${port}`),
    );
  });
  road = await roadTo(url);
  token = (await asking(office, "huaxing")).Authorization.slice(7);
});
afterAll(async () => {
  await road.close();
  server.close();
  await endsInOrder(office, web);
  await office.close();
  await rm(home, { recursive: true });
});

/** What a command says, on which stream, and how it ends. */
async function run(...words: readonly string[]) {
  const program = new Command().exitOverride();
  for (const add of [addQuery, addAnswer, addDownload]) add(program);
  const said = { out: new Array<string>(), err: new Array<string>() };
  const spies = [
    vi
      .spyOn(console, "log")
      .mockImplementation((line: unknown) => void said.out.push(String(line))),
    vi
      .spyOn(console, "error")
      .mockImplementation((line: unknown) => void said.err.push(String(line))),
  ];
  const before = process.exitCode;
  const where = words.includes("--url") ? [] : ["--url", url];
  try {
    await program.parseAsync([...words, ...where], { from: "user" });
    return {
      out: said.out.join("\n"),
      err: said.err.join("\n"),
      code: process.exitCode,
    };
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
  }
}

const uses = (id: string): number =>
  (office.house.gateway?.totals() ?? [])
    .filter((row) => row.permit === id)
    .reduce((sum, row) => sum + row.calls, 0);

async function rowsIn(read: string): Promise<number> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const found = await connection.runAndReadAll(`select count(*) from ${read}`);
  connection.closeSync();
  instance.closeSync();
  return Number(found.getRows()[0]?.[0]);
}

test.each([
  ["csv", "read_csv"],
  ["ndjson", "read_json"],
  ["parquet", "read_parquet"],
])(
  "rows leave as %s into a file, and both receipts are kept and stand in the log",
  async (format, read) => {
    const out = file(`v.${format}`);
    const receipt = file(`${format}.receipt`);
    const ran = await run(
      ...["query", "vehicles", "--limit", "45", "--format", format],
      ...["--out", out, "--receipt", receipt, "--token", token],
    );
    expect([ran.code, ran.out], ran.err).toEqual([0, ""]);
    expect(ran.err).toMatch(
      new RegExp(`^${format} +\\d.* bytes in |^${format} +\\d.*kB in `),
    );
    expect(ran.err).toContain(
      "price     4.00 CNY (complete; it could cost 4.00 CNY at most)",
    );
    expect(await rowsIn(`${read}('${out}')`)).toBe(45);
    expect(existsSync(`${out}.partial`)).toBe(false);
    for (const kept of [receipt, `${receipt}.settled`])
      for (const one of await readReceipts(kept))
        office.receipts.push(one.receipt);
  },
);

test("a stream that is cut on its way keeps what came, says how it was settled and ends as what could not be done", async () => {
  const out = file("cut.csv");
  const receipt = file("cut.receipt");
  road.cutAt("P105,", 2);
  const ran = await run(
    ...["query", "vehicles", "--limit", "40", "--token", token],
    ...["--fields", "plate,make", "--order", "plate", "--format", "csv"],
    ...["--out", out, "--receipt", receipt, "--url", road.address],
  );
  expect(ran.code).toBe(2);
  expect(existsSync(out)).toBe(false);
  const came = readFileSync(`${out}.partial`, "utf8");
  expect(came).toMatch(/^plate,make\r\nP0,/);
  expect(came.endsWith("\nP1")).toBe(true);
  // The office's own account is what counts: it may have sent all of it, or have heard that nobody takes it.
  const [, settled] = /CNY \((complete|cancelled); /.exec(ran.err) ?? [];
  expect(ran.err.split("\n").at(-1)).toBe(
    `Cannot go on: the answer was broken off before its end; what came is kept as ${out}.partial and is not all; the office settled it as ${settled}`,
  );
  for (const kept of [receipt, `${receipt}.settled`])
    for (const one of await readReceipts(kept))
      office.receipts.push(one.receipt);
});

test("a file that broke off goes on where it was, and is not fetched again while it is the office's", async () => {
  const out = file("whole.parquet");
  const words = ["download", "vehicles", "--token", token, "--out", out];
  road.cutAt("PAR1", 700);
  const cut = await run(...words, "--url", road.address);
  expect(cut.code, cut.err + cut.out).toBe(2);
  const size = readFileSync(`${out}.partial`).length;
  expect(size).toBe(700);
  expect(cut.err).toMatch(/it broke off after 700 of \d+ bytes; the same/);
  const before = road.carried();
  const on = await run(
    ...words,
    ...["--url", road.address, "--receipt", file("file.receipt")],
  );
  expect([on.code, on.err]).toEqual([0, `goes on   ${out} at 700 bytes`]);
  const whole = readFileSync(out).length;
  expect(on.out).toMatch(/^file .*\nprice +0\.00 CNY\nentry +\S{43}\nreceipt /);
  // What was there did not come a second time.
  expect(road.carried() - before).toBeLessThan(whole - 700 + 6_000);
  expect(await rowsIn(`read_parquet('${out}')`)).toBe(400);
  for (const { receipt } of await readReceipts(file("file.receipt")))
    office.receipts.push(receipt);
  for (const gone of [".partial", ".partial.etag"])
    expect(existsSync(out + gone)).toBe(false);
  const used = uses("huaxing-file");
  const again = await run(...words);
  expect([again.code, again.out]).toEqual([
    0,
    `complete  ${out} is what the office has; nothing was fetched`,
  ]);
  expect(uses("huaxing-file")).toBe(used);
});

test("what is left of another state of the file is not gone on with", async () => {
  const out = file("other.parquet");
  writeFileSync(`${out}.partial`, "P".repeat(900));
  writeFileSync(`${out}.partial.etag`, '"00000000000000000000000000000000"');
  const ran = await run(
    ...["download", "vehicles", "--token", token, "--out", out],
  );
  expect([ran.code, ran.err]).toEqual([0, ""]);
  expect(await rowsIn(`read_parquet('${out}')`)).toBe(400);
  // Bytes that somebody put there under the right name are not taken for the office's.
  const right = await fetch(`${url}/files/vehicles.parquet`, {
    method: "HEAD",
    headers: { Authorization: `Bearer ${token}` },
  });
  await rm(out);
  writeFileSync(`${out}.partial`, "P".repeat(900));
  writeFileSync(`${out}.partial.etag`, right.headers.get("etag") ?? "");
  const wrong = await run(
    ...["download", "vehicles", "--token", token, "--out", out],
  );
  expect(wrong.code).toBe(2);
  expect(wrong.err).toContain("do not hash to the ETag");
  expect(existsSync(out)).toBe(false);
});

test("an organisation that signs asks with its key, and cannot without", async () => {
  const key = generateKey();
  await writeKeyFile(file("orders.key"), key);
  const publicKey = Buffer.from(key.publicKey, "base64url");
  const other = (await asking(office, "other")).Authorization.slice(7);
  await enrolRequestKey(office.house.sql, {
    ...{ key: requestKeyId(publicKey), organisation: "other" },
    ...{ publicKey, at: Date.now() },
  });
  const asked = (...more: readonly string[]) =>
    run("query", "vehicles", "--token", other, "--limit", "3", ...more);
  const unsigned = await asked();
  expect(unsigned.code).toBe(2);
  expect(unsigned.err).toContain("want Signature-Input and Signature");
  const signing = ["--request-key", file("orders.key")];
  expect((await asked(...signing)).out).toContain("P0");
  const streamed = await asked(
    ...[...signing, "--format", "csv", "--out", file("signed.csv")],
  );
  expect([streamed.code, streamed.out], streamed.err).toEqual([0, ""]);
  const answered = await run(
    ...["answer", "people", "--number", "N1", "--name", "Name 1"],
    ...["--token", other, ...signing, "--idempotency-key", "signed-1"],
  );
  expect([answered.code, answered.err]).toEqual([0, ""]);
  expect(answered.out).toMatch(/^yes /);
});

test("the same request under one idempotency key is one use", async () => {
  const before = uses("huaxing-vehicles");
  const ask = (limit: string) =>
    run(
      ...["query", "vehicles", "--token", token, "--limit", limit, "--json"],
      ...["--idempotency-key", "order-4711"],
    );
  const [first, again] = [await ask("7"), await ask("7")];
  expect([first.code, again.code]).toEqual([0, 0]);
  const rows = (text: string): string => text.replace(/"cursor".*/, "");
  expect(rows(again.out)).toBe(rows(first.out));
  expect(first.err).toContain("price     0.80 CNY");
  expect(again.err).toContain("price     0.00 CNY");
  expect(uses("huaxing-vehicles")).toBe(before + 1);
  const another = await ask("8");
  expect(another.code).toBe(2);
  expect(another.err).toMatch(/another|other request/);
});

const stream = ["query", "vehicles", "--format", "csv"];
test.each<readonly [string, readonly string[], string]>([
  [
    "a format that there is none of",
    ["query", "vehicles", "--format", "xlsx"],
    "Cannot use --format xlsx: want one of json, ndjson, csv, parquet",
  ],
  [
    "more rows than one answer holds",
    ["query", "vehicles", "--limit", "10001"],
    "Cannot ask for --limit 10001: an answer that is made whole has 10000 rows at most, want --format",
  ],
  [
    "a file without a format",
    ["query", "vehicles", "--out", "v.csv"],
    "Cannot write --out v.csv: it stands without --format",
  ],
  [
    "a file in a folder that is not there",
    [...stream, "--out", "nowhere/v.csv"],
    "want a place in a folder that this account may write in; nothing was asked",
  ],
  [
    "a folder for a file",
    [...stream, "--out", tmpdir()],
    "it is a folder, want the name of a file; nothing was asked",
  ],
  [
    "a receipt where none can lie",
    [...stream, "--receipt", "nowhere/r"],
    "Cannot keep the receipt as nowhere/r",
  ],
  [
    "sums as a stream",
    [...stream, "--measure", "count"],
    "Cannot have --measure as csv: only records are streamed",
  ],
  [
    "a page as a stream",
    [...stream, "--cursor", "c"],
    "a stream has no pages, want --limit alone",
  ],
  [
    "a stream that is to be one use",
    [...stream, "--idempotency-key", "k"],
    "Cannot stream under --idempotency-key",
  ],
  [
    "an idempotency key that cannot be sent",
    ["query", "vehicles", "--idempotency-key", "ключ"],
    "want 1 to 200 visible ASCII characters",
  ],
  [
    "a case number of another form",
    ["query", "vehicles", "--case", "No. 7/26"],
    'Cannot read request: case is "No. 7/26", want an id of a-z',
  ],
  [
    "a case number of another form for an answer",
    ["answer", "people", "--number", "N1", "--name", "x", "--case", "A B"],
    'Cannot read request: case is "A B", want an id of a-z',
  ],
  [
    "a key file that is none",
    ["query", "vehicles", "--request-key", new URL(import.meta.url).pathname],
    "want a JSON file as `vitrine keygen` writes it",
  ],
  [
    "a key that is not there",
    ["download", "vehicles", "--request-key", "nowhere.key"],
    "Cannot read key nowhere.key",
  ],
  [
    "a download into a folder that is not there",
    ["download", "vehicles", "--out", "nowhere/v.parquet"],
    "Cannot write nowhere/v.parquet: its folder is not there or cannot be written; nothing was asked",
  ],
  [
    "a download of what is no dataset",
    ["download", "no-such"],
    "No dataset has the file no-such.parquet",
  ],
])("%s is said in one line, and nothing is asked", async (_, words, said) => {
  const before = stateOf(office);
  const ran = await run(...words, "--token", token);
  expect([ran.code, ran.out], ran.err).toEqual([2, ""]);
  expect(ran.err).toContain(said);
  expect(ran.err).not.toContain("\n");
  isUnchanged(office, before);
});

test("a key without an organisation, and a token that no header can carry, are said", async () => {
  const unsigned = await run(
    ...["query", "stations", "--request-key", file("orders.key")],
  );
  expect([unsigned.code, unsigned.err]).toEqual([
    2,
    `Cannot sign with --request-key ${file("orders.key")}: no organisation asks, want --as or --token beside it`,
  ]);
  const odd = await run("query", "stations", "--token", "тайна");
  expect(odd.code).toBe(2);
  expect(odd.err).toContain("Cannot use --token");
});

test("what is refused is refused in full, and leaves no file", async () => {
  const out = file("refused.csv");
  const ran = await run(
    ...["query", "vehicles", "--where", "make=Make 1", "--format", "csv"],
    ...["--token", token, "--out", out],
  );
  expect(ran.code).toBe(1);
  expect(ran.out).toMatch(/^refused /);
  expect(ran.out).toContain("what would have to be true");
  const file2 = await run(
    ...["download", "people", "--token", token, "--out", out],
  );
  expect(file2.code).toBe(1);
  expect(file2.out).toMatch(/^refused /);
  expect([existsSync(out), existsSync(`${out}.partial`)]).toEqual([
    false,
    false,
  ]);
});
