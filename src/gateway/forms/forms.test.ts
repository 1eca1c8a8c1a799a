import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readCsv } from "../../engine/csv.ts";
import { type Cell, daysOf, microsOf, toCell } from "../../engine/values.ts";
import type { Dataset } from "../../register/register.ts";
import { answerText, tokensOf } from "../answer.ts";
import type { Column } from "./batch.ts";
import { type Form, FORMS, writeRows } from "./form.ts";
import { measured } from "./measured.ts";
import { writeParquet } from "./parquet.ts";
import { batchesOf, bytesOf, COLUMNS, rows, type Rows } from "./rows.sample.ts";

const folder = mkdtempSync(join(tmpdir(), "vitrine-forms-"));
let instance: DuckDBInstance;
beforeAll(async () => {
  instance = await DuckDBInstance.create(":memory:", {
    // The same names hold other bytes a moment later.
    enable_external_file_cache: "false",
  });
});
afterAll(() => {
  instance.closeSync();
  rmSync(folder, { recursive: true });
});

const RUNS = { numRuns: 60 };
const size = fc.integer({ min: 1, max: 50 });
const names = COLUMNS.map(({ name }) => name);

/** A file of these rows in a form. */
async function fileOf(form: Form, given: Rows, each: number): Promise<string> {
  const path = join(folder, `rows.${form}`);
  const bytes = await bytesOf(writeRows(form, COLUMNS, batchesOf(given, each)));
  writeFileSync(path, bytes);
  return path;
}

async function duckdb(sql: string): Promise<Cell[][]> {
  const connection = await instance.connect();
  try {
    const found = await connection.runAndReadAll(sql);
    return found.getRows().map((row) => row.map(toCell));
  } finally {
    connection.closeSync();
  }
}

/** Rows as an answer in one piece has them. */
const objectsOf = (given: Rows): object[] =>
  given.map((row) =>
    Object.fromEntries(names.map((name, i) => [name, row[i]])),
  );

const dataset: Dataset = {
  ...{ kind: "dataset", dataset: "vehicles", title: "Vehicles" },
  system: "cars",
  fields: COLUMNS.map(({ name, type }) => ({
    ...{ name, type, meaning: name, identifier: name === "plate" },
    classification: "personal",
  })),
  subject: "plate",
};

/** CSV has text and nothing: what each cell is written as. */
const inCsv = (given: Rows): (string | null)[][] =>
  given.map((row) => row.map((cell) => (cell === null ? null : String(cell))));

test("JSON is byte for byte the answer in one piece, in whatever batches the rows come", async () => {
  const token = tokensOf(Buffer.alloc(32, 7), "sanhe-trade");
  const columns = COLUMNS.map((column) =>
    column.name === "plate" ? { ...column, token } : column,
  );
  await fc.assert(
    fc.asyncProperty(rows, size, async (given, each) => {
      const answer = {
        ...({ kind: "rows", columns: names, rows: given } as const),
        ...{ more: false, subjects: [] },
      };
      const bytes = await bytesOf(
        writeRows("json", columns, batchesOf(given, each)),
      );
      expect(bytes.toString()).toBe(
        answerText(answer, dataset, undefined, token),
      );
    }),
    RUNS,
  );
});

test("every line of NDJSON is one row", async () => {
  await fc.assert(
    fc.asyncProperty(rows, size, async (given, each) => {
      const bytes = await bytesOf(
        writeRows("ndjson", COLUMNS, batchesOf(given, each)),
      );
      const lines = bytes.toString().split("\n");
      expect(lines.pop()).toBe("");
      const read: unknown = JSON.parse(`[${lines.join()}]`);
      expect(read).toEqual(objectsOf(given));
      expect(lines).toHaveLength(given.length);
    }),
    RUNS,
  );
});

test("CSV is read back by our own reader and by DuckDB, with missing values and empty texts apart", async () => {
  await fc.assert(
    fc.asyncProperty(rows, size, async (given, each) => {
      const path = await fileOf("csv", given, each);
      const read: (readonly (string | null)[])[] = [];
      for await (const some of readCsv(path))
        read.push(...some.map(({ values }) => values));
      expect(read).toEqual([names, ...inCsv(given)]);

      const types = names.map((name) => `'${name}': 'VARCHAR'`).join();
      const options = `auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', new_line = '\\r\\n', nullstr = '', allow_quoted_nulls = false, columns = {${types}}`;
      expect(await duckdb(`from read_csv('${path}', ${options})`)).toEqual(
        inCsv(given),
      );
    }),
    RUNS,
  );
});

test("Parquet is read back by DuckDB with every type and value exact", async () => {
  await fc.assert(
    fc.asyncProperty(rows, size, async (given, each) => {
      const path = await fileOf("parquet", given, each);
      expect(await duckdb(`from read_parquet('${path}')`)).toEqual(given);
    }),
    RUNS,
  );
  const path = await fileOf("parquet", [], 1);
  const columns = await duckdb(`describe from read_parquet('${path}')`);
  expect(columns.map(([name, type]) => [name, type])).toEqual([
    ["plate", "VARCHAR"],
    ["calls", "BIGINT"],
    ["price", "DOUBLE"],
    ["open", "BOOLEAN"],
    ["day", "DATE"],
    ["at", "TIMESTAMP WITH TIME ZONE"],
  ]);
});

test("Parquet is read back by hyparquet, 2^63 − 1 and microseconds included", async () => {
  await fc.assert(
    fc.asyncProperty(rows, size, async (given, each) => {
      const bytes = await bytesOf(
        writeRows("parquet", COLUMNS, batchesOf(given, each)),
      );
      const read = await parquetReadObjects({
        file: bytes.buffer.slice(
          bytes.byteOffset,
          bytes.byteOffset + bytes.length,
        ),
        parsers: {
          timestampFromMicroseconds: (micros: bigint) => micros,
          dateFromDays: (days: number) => days,
        },
      });
      const physical = given.map(([plate, calls, price, open, day, at]) => ({
        ...{ plate, price, open },
        calls: calls === null || calls === undefined ? null : BigInt(calls),
        day: typeof day === "string" ? daysOf(day) : null,
        at: typeof at === "string" ? microsOf(at) : null,
      }));
      expect(read).toEqual(physical);
    }),
    RUNS,
  );
});

test("the same rows are the same Parquet bytes in whatever batches they come, over many row groups", async () => {
  const limits = { rows: 7, cells: 1_000, characters: 40 };
  await fc.assert(
    fc.asyncProperty(rows, size, size, async (given, one, other) => {
      const [a, b] = await Promise.all(
        [one, other].map((each) =>
          bytesOf(writeParquet(COLUMNS, batchesOf(given, each), limits)),
        ),
      );
      expect(a?.equals(b ?? Buffer.alloc(0))).toBe(true);
      writeFileSync(join(folder, "groups.parquet"), a ?? "");
      expect(
        await duckdb(`from read_parquet('${join(folder, "groups.parquet")}')`),
      ).toEqual(given);
    }),
    RUNS,
  );
});

test("a Parquet file has whole row groups with the least and greatest value of each column", async () => {
  const given = Array.from({ length: 250 }, (_, i): Cell[] => [
    ...[`P${String(i).padStart(3, "0")}`, i, i / 2, i % 2 === 0],
    ...["2026-03-01", "2026-03-01T08:00:00Z"],
  ]);
  const limits = { rows: 100, cells: 100_000, characters: 1_000_000 };
  const bytes = await bytesOf(
    writeParquet(COLUMNS, batchesOf(given, 64), limits),
  );
  const {
    row_groups: groups,
    num_rows,
    created_by,
  } = parquetMetadata(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
  );
  expect([num_rows, created_by]).toEqual([250n, "vitrine"]);
  expect(groups.map(({ num_rows }) => num_rows)).toEqual([100n, 100n, 50n]);
  expect(
    groups.map(({ columns }) => columns[1]?.meta_data?.statistics?.max_value),
  ).toEqual([99n, 199n, 249n]);
  expect(
    groups.map(({ columns }) => columns[0]?.meta_data?.statistics?.min_value),
  ).toEqual(["P000", "P100", "P200"]);
});

test("identifiers leave as their tokens in every form, also numbers, and what is missing stays missing", async () => {
  const token = tokensOf(Buffer.alloc(32, 7), "sanhe-trade");
  const columns: Column[] = [
    { name: "person", type: "integer", token },
    { name: "year", type: "integer" },
  ];
  const given: Rows = [
    ["9007199254740993", 2020],
    [17, null],
    [null, 2021],
  ];
  const write = (form: Form) =>
    bytesOf(writeRows(form, columns, batchesOf(given, 2, columns)));
  const [a, b] = [token("9007199254740993"), token("17")];
  const csv = `person,year\r\n${a},2020\r\n${b},\r\n,2021\r\n`;
  expect((await write("csv")).toString()).toBe(csv);
  expect(JSON.parse((await write("json")).toString())).toEqual({
    rows: [
      { person: a, year: 2020 },
      { person: b, year: null },
      { person: null, year: 2021 },
    ],
  });
  const path = join(folder, "tokens.parquet");
  writeFileSync(path, await write("parquet"));
  expect(await duckdb(`from read_parquet('${path}')`)).toEqual([
    [a, 2020],
    [b, null],
    [null, 2021],
  ]);
  for (const form of FORMS)
    expect((await write(form)).includes("9007199254740993")).toBe(false);
});

test.each([
  ["parquet", "integer", "12.5", "column a: a cell is a string, want integer"],
  ["parquet", "integer", "9223372036854775808", "out of range"],
  ["parquet", "text", 3, "column a: a cell is a number, want text"],
  ["parquet", "text", "\ud800", "half a surrogate pair"],
  ["csv", "text", "\udc00a", "half a surrogate pair"],
] as const)(
  "what %s cannot hold ends the stream, and is not made another value: %s %j",
  async (form, type, cell, says) => {
    const columns: Column[] = [{ name: "a", type }];
    const stream = writeRows(form, columns, batchesOf([[cell]], 1, columns));
    await expect(bytesOf(stream)).rejects.toThrow(says);
  },
);

test("a batch with too few columns or cells ends the stream", async () => {
  async function* bent(columns: Cell[][]) {
    yield { columns, rows: 2, subjects: [] };
  }
  const two: Column[] = [
    { name: "a", type: "integer" },
    { name: "b", type: "integer" },
  ];
  for (const form of FORMS) {
    await expect(bytesOf(writeRows(form, two, bent([[1, 2]])))).rejects.toThrow(
      "a batch has 1 columns, want 2",
    );
    await expect(
      bytesOf(writeRows(form, two, bent([[1, 2], [3]]))),
    ).rejects.toThrow("column b of a batch has 1 cells, want 2");
  }
});

test("a source that fails ends a stream without its closing, and what left until then is measured", async () => {
  async function* failing() {
    yield* batchesOf([["a", 1, 1, true, null, null]], 1);
    throw new Error("the source is gone");
  }
  for (const form of FORMS) {
    const { bytes, soFar } = measured(writeRows(form, COLUMNS, failing()));
    const pieces: Uint8Array[] = [];
    await expect(async () => {
      for await (const piece of bytes) pieces.push(piece);
    }).rejects.toThrow("the source is gone");
    const left = Buffer.concat(pieces);
    expect(soFar()).toMatchObject({ bytes: left.length, ended: false });
    expect(left.includes("]}")).toBe(false);
  }
});

test("the measure of a whole stream is the SHA-256 and the length of its bytes", async () => {
  async function* abc() {
    yield Buffer.from("a");
    yield Buffer.from("bc");
  }
  const { bytes, soFar } = measured(abc());
  expect(soFar()).toMatchObject({ bytes: 0, ended: false });
  expect((await bytesOf(bytes)).toString()).toBe("abc");
  const { sha256, ...rest } = soFar();
  expect(rest).toEqual({ bytes: 3, ended: true });
  expect(Buffer.from(sha256).toString("hex")).toBe(
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});

test("a column alone keeps every row in CSV, also where values are missing at its begin, in its middle and at its end", async () => {
  const columns: readonly Column[] = [{ name: "year", type: "text" }];
  for (const each of [1, 2, 5]) {
    const cells = [null, null, "a", null, "b", null];
    const batches = batchesOf(
      cells.map((cell) => [cell]),
      ...([each, columns] as const),
    );
    const text = (await bytesOf(writeRows("csv", columns, batches))).toString();
    expect(text).toBe("year\r\n\r\n\r\na\r\n\r\nb\r\n\r\n");
  }
});
