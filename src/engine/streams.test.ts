import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TypedField } from "../uses/check-plan.ts";
import type { RecordsPlan } from "../uses/plan.ts";
import { DuckdbEngine } from "./duckdb.ts";
import { importFile } from "./import.ts";
import type { Batch } from "./source.ts";

const ROWS = 300_000;
const fields: readonly TypedField[] = [
  { name: "number", type: "integer" },
  { name: "person", type: "text" },
  { name: "tenth", type: "decimal" },
];
const folder = mkdtempSync(join(tmpdir(), "vitrine-streams-"));
let file: string;
beforeAll(async () => {
  const csv = join(folder, "many.csv");
  const lines = Array.from(
    { length: ROWS },
    (_, i) => `${i},p${i % 700},${i % 10}`,
  );
  writeFileSync(csv, `number,person,tenth\n${lines.join("\n")}\n`);
  file = (await importFile({ file: csv, fields, outFolder: folder })).file;
});
afterAll(() => rmSync(folder, { recursive: true }));

const opened: DuckdbEngine[] = [];
afterAll(() => Promise.all(opened.map((engine) => engine.close())));
async function engineWith(
  limits: ConstructorParameters<typeof DuckdbEngine>[0] = {},
): Promise<DuckdbEngine> {
  const engine = new DuckdbEngine(limits);
  opened.push(engine);
  await engine.attach({
    dataset: "many",
    fields,
    subject: "person",
    file,
    keys: [["number"]],
  });
  return engine;
}

const all: RecordsPlan = {
  form: "records",
  dataset: "many",
  fields: ["number", "tenth"],
  where: [],
  order: [],
  limit: 1_000_000,
};
const one: RecordsPlan = {
  ...all,
  where: [{ field: "number", op: "eq", value: 77 }],
  limit: 1,
};

async function numbersOf(batches: AsyncIterable<Batch>): Promise<unknown[]> {
  const numbers: unknown[] = [];
  for await (const { columns } of batches) numbers.push(...(columns[0] ?? []));
  return numbers;
}

test("a stream gives every row once, in order, in batches of thousands, with everybody whom they are about", async () => {
  const engine = await engineWith();
  const people = new Set<string>();
  let rows = 0;
  for await (const batch of engine.stream(all)) {
    expect(batch.columns).toHaveLength(2);
    expect(batch.rows).toBeLessThanOrEqual(10_000);
    expect(batch.columns[0]).toEqual(
      Array.from({ length: batch.rows }, (_, i) => rows + i),
    );
    for (const person of batch.subjects) people.add(person);
    rows += batch.rows;
  }
  expect(rows).toBe(ROWS);
  expect([...people].sort()).toEqual(await engine.subjectsOf(all));
  expect(people.size).toBe(700);
});

test("a stream is of the rows that a plan, a permit's filter, a place and a limit leave", async () => {
  const engine = await engineWith();
  const plan: RecordsPlan = {
    ...all,
    where: [{ field: "tenth", op: "gte", value: 8 }],
    order: [{ field: "tenth", direction: "desc" }],
    limit: 4,
  };
  const from = {
    after: [19],
    rows: [{ field: "number", op: "lt" as const, value: 50 }],
  };
  expect(await numbersOf(engine.stream(plan, from))).toEqual([29, 39, 49, 8]);
  expect(await engine.subjectsOf(plan, from)).toEqual([
    "p29",
    "p39",
    "p49",
    "p8",
  ]);
});

test("who stops taking frees the stream's turn; meanwhile records are looked up, and other streams wait", async () => {
  const engine = await engineWith({ streamsAtATime: 1 });
  const first = engine.stream(all)[Symbol.asyncIterator]();
  await first.next();
  const second = engine.stream(all)[Symbol.asyncIterator]();
  let begun = false;
  const waiting = second.next().then((batch) => {
    begun = true;
    return batch;
  });
  expect(await engine.run(one)).toMatchObject({ rows: [[77, 7]] });
  expect(begun).toBe(false);
  await first.return?.();
  expect((await waiting).done).toBe(false);
  expect((await first.next()).done).toBe(true);
  await second.return?.();
});

test("a stream that waits too long for its turn is told that others run; one that is left lying is ended", async () => {
  const engine = await engineWith({
    streamsAtATime: 1,
    timeoutMs: 1_500,
    idleMs: 3_000,
  });
  const first = engine.stream(all)[Symbol.asyncIterator]();
  await first.next();
  await expect(numbersOf(engine.stream(all))).rejects.toMatchObject({
    failure: "busy",
  });
  await new Promise((resolve) => setTimeout(resolve, 1_600));
  const few = { ...all, limit: 3 };
  expect(await numbersOf(engine.stream(few))).toEqual([0, 1, 2]);
  await expect(first.next()).rejects.toMatchObject({ failure: "idle" });
});

test("a stream that began on a vintage ends on it, though the next one has come", async () => {
  const engine = await engineWith();
  const stream = engine.stream(all)[Symbol.asyncIterator]();
  await stream.next();
  engine.retire("many", (name) => name === basename(file));
  await expect(engine.run(one)).rejects.toMatchObject({ failure: "absent" });
  let rows = 0;
  for (;;) {
    const next = await stream.next();
    if (next.done === true) break;
    rows += next.value.rows;
  }
  expect(rows).toBeGreaterThan(ROWS - 10_000);
});

test("people beyond what can be named stop a stream before it begins", async () => {
  const engine = await engineWith({ subjectsMax: 699 });
  await expect(engine.subjectsOf(all)).rejects.toMatchObject({
    failure: "large",
  });
  expect(await engine.subjectsOf({ ...all, limit: 699 })).toHaveLength(699);
});

test("single records that are asked for together are looked up with the answers, each as if alone", async () => {
  const engine = await engineWith();
  const record = (number: number, fieldsOf: string[]) =>
    engine.run(
      { ...one, fields: fieldsOf, where: [{ ...eq, value: number }] },
      number % 2 === 0
        ? {}
        : { rows: [{ field: "tenth", op: "ne", value: 5 }] },
    );
  const eq = { field: "number", op: "eq" as const };
  const answered = (number: number, tenth: number) =>
    engine.run(
      {
        form: "answer",
        dataset: "many",
        key: [{ field: "number", value: number }],
        values: [{ field: "tenth", value: tenth }],
      },
      { rows: [{ field: "person", op: "ne", value: "p9" }] },
    );
  const given = await Promise.all([
    record(12, ["person"]),
    record(13, ["tenth", "number"]),
    record(15, ["number"]),
    record(ROWS + 2, ["number"]),
    answered(7, 7),
    answered(8, 7),
    answered(9, 9),
  ]);
  expect(
    given.map((one) => (one.kind === "rows" ? one.rows : one.result)),
  ).toEqual([[["p12"]], [[3, 13]], [], [], "yes", "no", "notOnRecord"]);
  expect(given.map((answer) => answer.subjects)).toEqual([
    ["p12"],
    ["p13"],
    [],
    [],
    ["p7"],
    ["p8"],
    [],
  ]);
});
