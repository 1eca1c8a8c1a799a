import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { serve } from "@hono/node-server";
import { DuckDBInstance } from "@duckdb/node-api";
import { Hono } from "hono";
import { asyncBufferFromUrl, parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { httpfsOf, python, withoutHttpfs } from "../../test/python.ts";
import type { Cell } from "../engine/values.ts";
import type { Column } from "../gateway/forms/batch.ts";
import { BulkFiles, type Lease } from "../gateway/forms/file.ts";
import { MEDIA_TYPES, writeRows } from "../gateway/forms/form.ts";
import { batchesOf, bytesOf } from "../gateway/forms/rows.sample.ts";
import { serveFile } from "./ranges.ts";

const run = promisify(execFile);
const ROWS = 220_000;
const columns: Column[] = [
  { name: "plate", type: "text" },
  { name: "calls", type: "integer" },
  { name: "price", type: "decimal" },
  { name: "day", type: "date" },
  { name: "at", type: "instant" },
];
const rowOf = (i: number): Cell[] => [
  ...[i % 7 === 0 ? null : `Plate "${i % 5_000}", 🦊`, i * 3, i / 8],
  ...[`2026-03-${String((i % 28) + 1).padStart(2, "0")}`],
  `2026-03-01T08:${String(i % 60).padStart(2, "0")}:00.000001Z`,
];
const rows = Array.from({ length: ROWS }, (_, i) => rowOf(i));

/** What a client asked for and how many bytes it got. */
type Asked = { readonly method: string; readonly range: string | null };
let asked: Asked[] = [];
let handedOn = 0;
let folder: string;
let file: Lease;
let address: string;
let stop: () => void;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "vitrine-clients-"));
  const files = await BulkFiles.open(folder, 100_000_000);
  const key = { permit: "sanhe-trade", entry: 1, vintage: "v1" };
  file = await files.take(key, columns, () => batchesOf(rows, 2_048, columns));
  const app = new Hono();
  app.get("/vehicles.parquet", (c) => {
    asked.push({ method: c.req.method, range: c.req.header("Range") ?? null });
    const served = {
      ...{ path: file.path, size: file.size, etag: file.etag },
      mediaType: MEDIA_TYPES.parquet,
      filename: "vehicles.parquet",
    };
    return serveFile(c.req.raw, served, {
      onDone: (bytes) => {
        handedOn += bytes;
      },
    });
  });
  await new Promise<void>((resolve) => {
    const options = { fetch: app.fetch, hostname: "127.0.0.1", port: 0 };
    const server = serve(options, ({ port }) => {
      address = `http://127.0.0.1:${port}/vehicles.parquet`;
      resolve();
    });
    stop = () => void server.close();
  });
});

afterAll(() => {
  stop();
  rmSync(folder, { recursive: true });
});

beforeEach(() => {
  asked = [];
  handedOn = 0;
});

test("hyparquet reads one column of some rows over HTTP, and fetches little more than those", async () => {
  const source = await asyncBufferFromUrl({ url: address });
  const read = await parquetReadObjects({
    file: source,
    ...{ columns: ["calls"], rowStart: 120_000, rowEnd: 120_003 },
  });
  expect(read).toEqual([
    { calls: 360_000n },
    { calls: 360_003n },
    { calls: 360_006n },
  ]);
  expect(asked.filter(({ method }) => method === "GET").length).toBeGreaterThan(
    0,
  );
  // It fetches half a megabyte from the end, for the footer, and then the one column of one row group.
  expect(handedOn).toBeLessThan(file.size / 3);
});

test("hyparquet reads all of it over HTTP as it was", async () => {
  const source = await asyncBufferFromUrl({ url: address });
  const read = await parquetReadObjects({ file: source });
  expect(read).toHaveLength(ROWS);
  const ends: unknown[] = [read[0], read.at(-1)];
  expect(ends).toMatchObject([
    { plate: null, calls: 0n },
    { plate: rowOf(ROWS - 1)[0], calls: 3n * BigInt(ROWS - 1) },
  ]);
});

const FROM_DUCKDB = `select count(*), sum(calls)::bigint, count(plate), max(price), min("day")::text, max(epoch_us("at")) % 1000000 from`;
const WANTED = [
  BigInt(ROWS),
  (3n * BigInt(ROWS) * BigInt(ROWS - 1)) / 2n,
  BigInt(ROWS - Math.ceil(ROWS / 7)),
  (ROWS - 1) / 8,
  "2026-03-01",
  1n,
];

test("DuckDB reads the file as it was downloaded", async () => {
  const saved = join(folder, "saved.parquet");
  await run("curl", ["-sSf", "-o", saved, address]);
  const database = await DuckDBInstance.create(":memory:");
  const connection = await database.connect();
  const found = await connection.runAndReadAll(`${FROM_DUCKDB} '${saved}'`);
  expect(found.getRows()).toEqual([WANTED]);
  database.closeSync();
});

test("DuckDB reads the file over HTTP by ranges, and of a filter on one row group little more than that", async ({
  skip,
}) => {
  const database = await DuckDBInstance.create(":memory:");
  const connection = await database.connect();
  const said = await connection.runAndReadAll("select version()");
  const version = String(said.getRows()[0]?.[0]);
  const extension = httpfsOf(version);
  if (extension === undefined)
    skip(
      `${withoutHttpfs(version)}; the next test sends the requests that it makes`,
    );
  await connection.run(`load '${extension}'`);
  const found = await connection.runAndReadAll(`${FROM_DUCKDB} '${address}'`);
  expect(found.getRows()).toEqual([WANTED]);
  expect(shapeOf(asked)).toEqual(["HEAD", "GET from the end", "GET"]);

  handedOn = 0;
  const one = await connection.runAndReadAll(
    `select price from '${address}' where calls = 450000`,
  );
  expect(one.getRows()).toEqual([[18_750]]);
  expect(handedOn).toBeLessThan(file.size / 3);
  database.closeSync();
});

/** The kinds of requests, each where it came first. */
const shapeOf = (all: readonly Asked[]): readonly string[] => [
  ...new Set(
    all.map(({ method, range }) =>
      range !== null && range.endsWith(`-${file.size - 1}`)
        ? `${method} from the end`
        : method,
    ),
  ),
];

test("requests as DuckDB makes them are answered as it needs: HEAD for the size, the footer from the end, then row groups", async () => {
  const head = await fetch(address, { method: "HEAD" });
  expect([head.status, head.headers.get("Accept-Ranges")]).toEqual([
    200,
    "bytes",
  ]);
  const size = Number(head.headers.get("Content-Length"));
  const etag = head.headers.get("ETag");
  const footer = await range(size - 16_384, size - 1);
  expect(footer.subarray(-4).toString()).toBe("PAR1");
  const [first, second] = [
    await range(4, 99_999),
    await range(100_000, 199_999),
  ];
  const begin = await fetch(address, { headers: { Range: "bytes=4-199999" } });
  expect(begin.headers.get("ETag")).toBe(etag);
  const both = Buffer.from(await begin.arrayBuffer());
  expect(Buffer.concat([first, second]).equals(both)).toBe(true);
});

async function range(first: number, last: number): Promise<Buffer> {
  const response = await fetch(address, {
    headers: { Range: `bytes=${first}-${last}` },
  });
  expect(response.status).toBe(206);
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(bytes.length).toBe(last - first + 1);
  return bytes;
}

const READ_IN_PYTHON = `
import io, sys, urllib.request
import pandas, pyarrow.parquet
address, csv, lines = sys.argv[1:]
bytes = urllib.request.urlopen(address).read()
table = pyarrow.parquet.read_table(io.BytesIO(bytes))
print([str(column.type) for column in table.schema])
parquet = table.to_pandas()
print(len(parquet), parquet.calls.sum(), parquet.plate.isna().sum(), parquet.price.max())
for other in (pandas.read_csv(csv), pandas.read_json(lines, lines=True)):
    print(len(other), other.calls.sum(), other.plate.isna().sum(), other.price.max(), (other.plate.dropna() == parquet.plate.dropna()).all())
`;

test("pandas and pyarrow in Python read the Parquet file over HTTP, and CSV and NDJSON to the same rows", async ({
  skip,
}) => {
  if (python("import pandas, pyarrow") === undefined)
    skip(
      "not tried: pandas and pyarrow, which are not there (pip install pandas pyarrow)",
    );
  const [csv, lines] = [join(folder, "a.csv"), join(folder, "a.ndjson")];
  const given = () => batchesOf(rows, 2_048, columns);
  writeFileSync(csv, await bytesOf(writeRows("csv", columns, given())));
  writeFileSync(lines, await bytesOf(writeRows("ndjson", columns, given())));
  const args = ["-c", READ_IN_PYTHON, address, csv, lines];
  const { stdout } = await run("python3", args);
  const whole = `${ROWS} ${WANTED[1]} ${Math.ceil(ROWS / 7)} ${WANTED[3]}`;
  expect(stdout.trim().split("\n")).toEqual([
    "['string', 'int64', 'double', 'date32[day]', 'timestamp[us, tz=UTC]']",
    whole,
    `${whole} True`,
    `${whole} True`,
  ]);
});
