import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type Department,
  departmentFor,
  letRead,
} from "../../test/department.ts";
import type { TypedField } from "../uses/check-plan.ts";
import type { AggregatePlan, Plan, RecordsPlan } from "../uses/plan.ts";
import { DuckdbEngine } from "./duckdb.ts";
import { importFile } from "./import.ts";
import { type RowsHere, runInMemory } from "./in-memory.ts";
import { PostgresSource } from "./postgres.ts";
import {
  aggregatePlan,
  answerPlan,
  recordsPlan,
  where,
} from "./random-plans.sample.ts";
import { DATASET, fields as hostile, rows } from "./slow-plans.sample.ts";
import type { EngineAnswer, From, Place, Source } from "./source.ts";
import type { Cell } from "./values.ts";

/** Every row has a number, which its key is in PostgreSQL and the order of the file in DuckDB. */
const fields: readonly TypedField[] = [
  ...hostile,
  { name: "n", type: "integer" },
];
const served = { dataset: DATASET, fields, subject: "select" };
const limits = { rowsMax: 10_000, subjectsMax: 100_000 };
const TYPES = {
  text: "text",
  integer: "bigint",
  decimal: "double precision",
  boolean: "boolean",
  date: "date",
  instant: "timestamptz",
};

const EXACT_FIELDS: readonly TypedField[] = [
  { name: "n", type: "integer" },
  { name: "d", type: "decimal" },
];

const folder = mkdtempSync(join(tmpdir(), "vitrine-same-"));
const vintages = new DuckdbEngine();
const numbered = rows.map((row, n) => ({ ...row, n }));
const cells = numbered.map((row): Cell[] =>
  fields.map(
    ({ name }) => new Map<string, Cell>(Object.entries(row)).get(name) ?? null,
  ),
);
const here: RowsHere = {
  layout: new Map(fields.map(({ name, type }, at) => [name, { type, at }])),
  rows: cells,
  subject: "select",
};
let department: Department;
let sources: readonly (readonly [string, Source])[] = [];

beforeAll(async () => {
  const file = join(folder, "hostile.ndjson");
  writeFileSync(file, numbered.map((row) => JSON.stringify(row)).join("\n"));
  const made = await importFile({ file, fields, outFolder: folder });
  await vintages.attach({ ...served, file: made.file, keys: [["select"]] });
  department = await departmentFor("same_answers");
  const opened: [string, Source][] = [];
  // Decimals in both types that hold them, texts of a language, and column names that SQL knows otherwise.
  for (const [decimal, text] of [
    ["double precision", "text"],
    ["numeric", 'varchar collate "und-x-icu"'],
  ] as const) {
    const table = `of ${decimal}`;
    const { owner, schema } = department;
    const columns = fields.map(
      ({ name, type }) =>
        `"${name}_" ${type === "decimal" ? decimal : type === "text" ? text : TYPES[type]}`,
    );
    await owner.unsafe(
      `create table "${schema}"."${table}" (${columns.join(", ")}, unique ("n_"), check ("n_" is not null))`,
    );
    await owner.unsafe(
      `alter table "${schema}"."${table}" alter column "n_" set not null`,
    );
    // As text: the driver would take the microseconds of an instant away.
    const values = fields.map(
      ({ type }, i) =>
        `$${i + 1}::text::${type === "decimal" ? decimal : TYPES[type]}`,
    );
    for (const row of cells)
      await owner.unsafe(
        `insert into "${schema}"."${table}" values (${values.join(", ")})`,
        row.map((cell) => (cell === null ? null : String(cell))),
      );
    await letRead(department, `"${table}"`);
    const place = {
      url: department.readerUrl,
      schema,
      table,
      columns: Object.fromEntries(fields.map(({ name }) => [name, `${name}_`])),
      key: ["n"],
    };
    opened.push([table, await PostgresSource.open(served, place)]);
  }
  sources = [...opened, ["DuckDB", vintages]];
});
afterAll(async () => {
  for (const [, source] of sources) await source.close();
  await department.close();
  rmSync(folder, { recursive: true });
});

/** Rounded to nine places one by one these are 0.123456789, 0.12345679, 0.000000001 twice, -0.000000001 and nothing. */
const EXACT = [
  0.1234567894, 0.1234567896, 0.0000000006, 0.0000000014, -0.0000000006,
  0.0000000004,
];

test("decimals are rounded to nine places one by one, and then added exactly, everywhere", async () => {
  const exact = { dataset: "exact", fields: [...EXACT_FIELDS] };
  const file = join(folder, "exact.csv");
  writeFileSync(
    file,
    `n,d\n${EXACT.map((d, n) => `${n},${d.toFixed(12)}`).join("\n")}\n`,
  );
  const made = await importFile({
    file,
    fields: exact.fields,
    outFolder: folder,
  });
  await vintages.attach({ ...exact, file: made.file });
  const { owner, schema } = department;
  const tables = ["numeric", "double precision"].map(async (type) => {
    const table = `exact ${type}`;
    await owner.unsafe(
      `create table "${schema}"."${table}" (n int primary key, d ${type})`,
    );
    for (const [n, d] of EXACT.entries())
      await owner.unsafe(
        `insert into "${schema}"."${table}" values (${n}, ${d.toFixed(12)})`,
      );
    await letRead(department, `"${table}"`);
    return PostgresSource.open(exact, {
      url: department.readerUrl,
      schema,
      table,
      key: ["n"],
    });
  });
  const plan: AggregatePlan = {
    form: "aggregate",
    dataset: "exact",
    measures: [{ measure: "sum", field: "d" }],
    by: [],
    where: [],
    limit: 1,
  };
  const rowsHere: RowsHere = {
    layout: new Map(
      EXACT_FIELDS.map(({ name, type }, at) => [name, { type, at }]),
    ),
    rows: EXACT.map((d, n) => [n, d]),
  };
  const want = { rows: [[0.24691358]] };
  expect(runInMemory(plan, rowsHere, {}, limits)).toMatchObject(want);
  expect(await vintages.run(plan)).toMatchObject(want);
  for (const source of await Promise.all(tables)) {
    expect(await source.run(plan)).toMatchObject(want);
    await source.close();
  }
});

/** What does not depend on how a source names its rows. */
function said(answer: EngineAnswer): unknown {
  if (answer.kind === "answer") return answer;
  const { last, ...rest } = answer;
  return { ...rest, goesOn: last !== undefined };
}

const anyPlan = fc.oneof<fc.Arbitrary<Plan>[]>(
  recordsPlan,
  aggregatePlan,
  answerPlan,
);

test("a plan gives the same from a vintage, from a table in place and from rows in memory, under any row filter", async () => {
  await fc.assert(
    fc.asyncProperty(anyPlan, where, async (plan, filter) => {
      const from = filter.length === 0 ? {} : { rows: filter };
      const want = runInMemory(plan, here, from, limits);
      for (const [name, source] of sources) {
        expect([name, said(await source.run(plan, from))]).toEqual([
          name,
          said(want),
        ]);
        if (plan.form !== "records")
          expect(await source.subjectsOf(plan, from)).toEqual(want.subjects);
      }
    }),
    { seed: 20261, numRuns: 400 },
  );
});

async function pagesOf(source: Source, plan: RecordsPlan, filter: From) {
  const got: (readonly Cell[])[] = [];
  let after: Place | undefined;
  do {
    const page = await source.run(plan, {
      ...filter,
      ...(after === undefined ? {} : { after }),
    });
    if (page.kind !== "rows") throw new Error("want rows");
    got.push(...page.rows);
    after = page.last;
  } while (after !== undefined);
  return got;
}

async function streamOf(source: Source, plan: RecordsPlan, from: From) {
  const got: (readonly Cell[])[] = [];
  const subjects = new Set<string>();
  for await (const batch of source.stream(plan, from)) {
    for (let i = 0; i < batch.rows; i++)
      got.push(batch.columns.map((column) => column[i] ?? null));
    for (const one of batch.subjects) subjects.add(one);
  }
  return { got, subjects: [...subjects].sort((a, b) => (a < b ? -1 : 1)) };
}

test("pages and streams of a plan give the same rows, and name the same people, everywhere", async () => {
  await fc.assert(
    fc.asyncProperty(recordsPlan, where, async (plan, rowsOf) => {
      const filter = { rows: rowsOf };
      const whole = { ...plan, limit: 1_000 };
      const want = runInMemory(whole, here, filter, limits);
      if (want.kind !== "rows") throw new Error("want rows");
      for (const [name, source] of sources) {
        expect([name, await pagesOf(source, plan, filter)]).toEqual([
          name,
          want.rows,
        ]);
        expect(await streamOf(source, whole, filter)).toEqual({
          got: want.rows,
          subjects: want.subjects,
        });
        const cut = await streamOf(source, plan, filter);
        expect(cut.got).toEqual(want.rows.slice(0, plan.limit));
        expect(await source.subjectsOf(plan, filter)).toEqual(cut.subjects);
      }
    }),
    { seed: 20262, numRuns: 60 },
  );
});

test("a text that PostgreSQL cannot hold is compared as everywhere else", async () => {
  const texts = ["\0", "a\0", "a\0b", "é\0", "\u{1f600}\0"];
  const condition = fc.oneof(
    fc.record({
      field: fc.constant("select"),
      op: fc.constantFrom("eq", "ne", "lt", "lte", "gt", "gte"),
      value: fc.constantFrom(...texts),
    }),
    fc.record({
      field: fc.constant("select"),
      op: fc.constant("in" as const),
      value: fc.subarray([...texts, "a", "é"], { minLength: 1 }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(condition, fc.boolean(), async (one, isFilter) => {
      const plan: RecordsPlan = {
        form: "records",
        dataset: DATASET,
        fields: ["n"],
        where: isFilter ? [] : [one],
        order: [],
        limit: 1_000,
      };
      const from = isFilter ? { rows: [one] } : {};
      const want = said(runInMemory(plan, here, from, limits));
      for (const [, source] of sources)
        expect(said(await source.run(plan, from))).toEqual(want);
    }),
    { seed: 20263, numRuns: 60 },
  );
  for (const [, source] of sources)
    expect(
      await source.run({
        form: "answer",
        dataset: DATASET,
        key: [{ field: "select", value: "a\0" }],
        values: [{ field: "n", value: 1 }],
      }),
    ).toEqual({ kind: "answer", result: "notOnRecord", subjects: [] });
});
