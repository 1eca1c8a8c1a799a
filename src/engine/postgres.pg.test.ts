import { connect as connectTo, createServer, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type Department,
  departmentFor,
  letRead,
} from "../../test/department.ts";
import type { TypedField } from "../uses/check-plan.ts";
import type { AggregatePlan, AnswerPlan, RecordsPlan } from "../uses/plan.ts";
import { DuckdbEngine } from "./duckdb.ts";
import { Engine } from "./engine.ts";
import { EngineFailed } from "./failed.ts";
import { type PostgresLimits, PostgresSource } from "./postgres.ts";
import type { PostgresPlace } from "./postgres-table.ts";
import type { From } from "./source.ts";

const ROWS = 300_000;
/** A machine under load. */
const WAIT = { timeout: 20_000 };
const fields: readonly TypedField[] = [
  { name: "number", type: "integer" },
  { name: "person", type: "text" },
  { name: "seen", type: "instant" },
];
const served = { dataset: "visits", fields, subject: "person" };

let department: Department;
const opened: PostgresSource[] = [];
beforeAll(async () => {
  department = await departmentFor("postgres_source");
  const { owner, schema } = department;
  await owner.unsafe(
    `create table ${schema}.visits (number int primary key, person varchar(20) not null, seen timestamptz)`,
  );
  await owner.unsafe(
    `insert into ${schema}.visits select i, 'p' || i % 50, '2026-03-01T00:00:00Z'::timestamptz + i * interval '1 second' from generate_series(0, ${ROWS - 1}) i`,
  );
  await letRead(department, "visits");
});
afterAll(async () => {
  await Promise.all(opened.map((source) => source.close()));
  await department.close();
});

const place = (change: Partial<PostgresPlace> = {}): PostgresPlace => ({
  url: department.readerUrl,
  schema: department.schema,
  table: "visits",
  key: ["number"],
  ...change,
});
async function open(
  limits: Partial<PostgresLimits> = {},
  at = place(),
): Promise<PostgresSource> {
  const source = await PostgresSource.open(served, at, limits);
  opened.push(source);
  return source;
}

const all: RecordsPlan = {
  form: "records",
  dataset: "visits",
  fields: ["number"],
  where: [],
  order: [],
  limit: 1_000_000,
};
const about = (number: number, person: string): AnswerPlan => ({
  form: "answer",
  dataset: "visits",
  key: [{ field: "number", value: number }],
  values: [{ field: "person", value: person }],
});

test("a table in place answers in every form, live", async () => {
  const source = await open();
  expect(await source.run(about(7, "p7"))).toEqual({
    kind: "answer",
    result: "yes",
    subjects: ["p7"],
  });
  const one: RecordsPlan = {
    ...all,
    fields: ["seen", "number"],
    where: [{ field: "number", op: "eq", value: 3 }],
    limit: 5,
  };
  expect(await source.run(one)).toMatchObject({
    rows: [["2026-03-01T00:00:03Z", 3]],
    more: false,
    subjects: ["p3"],
  });
  await department.owner.unsafe(
    `insert into ${department.schema}.visits values (-1, 'new', null)`,
  );
  expect(await source.run({ ...all, limit: 1 })).toMatchObject({
    rows: [[-1]],
    last: [-1],
    subjects: ["new"],
  });
  const ordered: RecordsPlan = {
    ...all,
    order: [{ field: "seen", direction: "desc" }],
    where: [{ field: "number", op: "lt", value: 2 }],
    limit: 1,
  };
  expect(await source.run(ordered, { after: [0] })).toMatchObject({
    rows: [[-1]],
    more: false,
  });
  await department.owner.unsafe(
    `delete from ${department.schema}.visits where number = -1`,
  );
  await expect(source.run(ordered, { after: [-1] })).rejects.toMatchObject({
    failure: "gone",
  });
});

test("pages in the order of columns that are never missing give each row once, either way", async () => {
  const source = await open();
  for (const [first, direction] of [
    ["desc", "asc"],
    ["desc", "desc"],
    ["asc", "asc"],
  ] as const) {
    const plan: RecordsPlan = {
      ...all,
      where: [{ field: "number", op: "lt", value: 120 }],
      order: [
        { field: "person", direction: first },
        { field: "number", direction },
      ],
      limit: 7,
    };
    const got: unknown[] = [];
    let from: From = {};
    for (;;) {
      const page = await source.run(plan, from);
      if (page.kind !== "rows") throw new Error("want rows");
      got.push(...page.rows.flat());
      if (page.last === undefined) break;
      from = { after: page.last };
    }
    const person = (n: number) => `p${n % 50}`;
    const sign = direction === "asc" ? 1 : -1;
    expect(got).toEqual(
      Array.from({ length: 120 }, (_, i) => i).sort((a, b) =>
        person(a) === person(b)
          ? sign * (a - b)
          : (person(a) < person(b) ? -1 : 1) * (first === "asc" ? 1 : -1),
      ),
    );
  }
});

test("a server that says nothing any more costs one plan its time, and none after it", async () => {
  const real = new URL(department.readerUrl);
  const sockets: Socket[] = [];
  const proxy = createServer((near) => {
    const far = connectTo(Number(real.port), real.hostname);
    for (const socket of [near, far]) {
      sockets.push(socket);
      socket.on("error", () => undefined);
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((done) => proxy.listen(0, "127.0.0.1", done));
  const address = proxy.address();
  const url = new URL(real);
  url.host = `127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  const source = await open({ timeoutMs: 1_000 }, place({ url: url.href }));
  for (const socket of sockets) socket.unpipe().pause();
  await expect(source.run(about(1, "p1"))).rejects.toMatchObject({
    failure: "late",
  });
  expect(await source.run(about(1, "p1"))).toMatchObject({ result: "yes" });
  await source.close();
  for (const socket of sockets) socket.destroy();
  proxy.close();
});

test("what takes too long is given up by the server as well, and the next plan is answered", async () => {
  const source = await open({ timeoutMs: 1_000 });
  await department.owner.begin(async (tx) => {
    await tx.unsafe(`lock table ${department.schema}.visits`);
    // By its own words the server gave up, before it was told to.
    const late = { failure: "late", cause: { code: "57014" } };
    await Promise.all([
      expect(source.run(about(1, "p1"))).rejects.toMatchObject(late),
      expect(source.run({ ...all, limit: 2 })).rejects.toMatchObject(late),
      expect(
        source.stream(all)[Symbol.asyncIterator]().next(),
      ).rejects.toMatchObject(late),
    ]);
    expect(await department.running()).toEqual([]);
  });
  expect(await source.run(about(1, "p1"))).toMatchObject({ result: "yes" });
});

/** Something to wait for, until it is opened. */
function gate(): {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
} {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve: () => resolve() };
}

test("look-ups that arrive together are one statement", async () => {
  const source = await open();
  const { owner, schema } = department;
  const lock = `lock table ${schema}.visits`;
  const [locked, before, between] = [gate(), gate(), gate()];
  const first = owner.begin(async (tx) => {
    await tx.unsafe(lock);
    locked.resolve();
    await before.promise;
  });
  await locked.promise;
  const answers = Array.from({ length: 65 }, (_, i) =>
    i % 2 === 0
      ? source.run(about(i, `p${i % 50}`))
      : source.run({
          ...all,
          where: [{ field: "number", op: "eq", value: i }],
          limit: 1,
        }),
  );
  await expect.poll(department.waiting, WAIT).toBe(1);
  // Its turn comes behind the statement that waits, and before the next one.
  const second = owner.begin(async (tx) => {
    await tx.unsafe(lock);
    await between.promise;
  });
  await expect.poll(department.waiting, WAIT).toBe(2);
  before.resolve();
  await first;
  await expect
    .poll(async () => (await department.running()).join(), WAIT)
    .toContain("$64::int8)");
  expect(await department.running()).toHaveLength(1);
  between.resolve();
  await second;
  for (const [i, answer] of (await Promise.all(answers)).entries())
    expect(answer).toMatchObject(
      i % 2 === 0 ? { result: "yes" } : { rows: [[i]] },
    );
});

test("a stream gives every row once, in order, a batch at a time as it is taken", async () => {
  const source = await open();
  let rows = 0;
  for await (const batch of source.stream(all)) {
    expect(batch.rows).toBeLessThanOrEqual(5_000);
    expect(batch.columns[0]?.[0]).toBe(rows);
    expect(batch.subjects).toHaveLength(50);
    rows += batch.rows;
  }
  expect(rows).toBe(ROWS);
  expect(await source.subjectsOf(all)).toHaveLength(50);
});

test("a live stream ends before it says anything of somebody who was not named before", async () => {
  const source = await open();
  const engine = new Engine(new DuckdbEngine(), new Map([["visits", source]]));
  const { owner, schema } = department;
  const plan: RecordsPlan = {
    ...all,
    where: [{ field: "number", op: "gte", value: ROWS - 5 }],
  };
  const concerned = new Set(await engine.subjectsOf(plan));
  const rows = async () => {
    let count = 0;
    for await (const batch of engine.stream(plan, { concerned }))
      count += batch.rows;
    return count;
  };
  expect(await rows()).toBe(5);
  await owner.unsafe(
    `insert into ${schema}.visits values (${ROWS}, 'unnamed', null)`,
  );
  await expect(rows()).rejects.toMatchObject({ failure: "broken" });
  await owner.unsafe(`delete from ${schema}.visits where number = ${ROWS}`);
});

test("who stops taking frees the connection; who leaves a stream lying loses it", async () => {
  const source = await open({
    streamsAtATime: 1,
    timeoutMs: 2_000,
    idleMs: 300,
  });
  for await (const batch of source.stream(all)) {
    expect(batch.rows).toBe(5_000);
    expect((await department.running()).join()).toContain("fetch 5000");
    expect(await source.run(about(5, "p5"))).toMatchObject({ result: "yes" });
    break;
  }
  await expect.poll(department.running, WAIT).toEqual([]);
  const left = source.stream(all)[Symbol.asyncIterator]();
  await left.next();
  await expect.poll(department.running, WAIT).toEqual([]);
  await expect(left.next()).rejects.toMatchObject({ failure: "idle" });
});

test("nothing that the database says comes out, whatever breaks", async () => {
  const source = await open();
  const stream = source.stream(all)[Symbol.asyncIterator]();
  await stream.next();
  await department.breakOff();
  const broken = {
    name: "EngineFailed",
    message: "Cannot run plan: the engine failed",
  };
  await expect(stream.next()).rejects.toMatchObject(broken);
  expect(await source.run(about(1, "p1"))).toMatchObject({ result: "yes" });
  const { owner, schema } = department;
  await owner.unsafe(`alter table ${schema}.visits rename seen to secret`);
  const plan = { ...all, fields: ["seen"], limit: 1 };
  await expect(source.run(plan)).rejects.toMatchObject(broken);
  await owner.unsafe(`alter table ${schema}.visits rename secret to seen`);
  await owner.unsafe(
    `update ${schema}.visits set seen = 'infinity' where number = 0`,
  );
  await expect(source.run(plan)).rejects.toMatchObject(broken);
  await owner.unsafe(
    `update ${schema}.visits set seen = '2026-03-01T00:00:00Z' where number = 0`,
  );
  expect(await source.run(plan)).toMatchObject({
    rows: [["2026-03-01T00:00:00Z"]],
  });
});

test("a decimal that a file could not hold breaks the answer; a sum may be larger than any of its values", async () => {
  const { owner, schema } = department;
  await owner.unsafe(
    `create table ${schema}.sums (number int primary key, amount numeric(30, 2) not null)`,
  );
  await owner.unsafe(
    `insert into ${schema}.sums select i, 999999999999999 from generate_series(1, 3) i`,
  );
  await letRead(department, "sums");
  const sums = await PostgresSource.open(
    {
      dataset: "sums",
      fields: [
        { name: "number", type: "integer" },
        { name: "amount", type: "decimal" },
      ],
    },
    place({ table: "sums" }),
  );
  opened.push(sums);
  const plan: RecordsPlan = { ...all, dataset: "sums", fields: ["amount"] };
  expect(await sums.run({ ...plan, limit: 1 })).toMatchObject({
    rows: [[999_999_999_999_999]],
  });
  const total: AggregatePlan = {
    ...{ form: "aggregate", dataset: "sums", by: [], where: [], limit: 1 },
    measures: [{ measure: "sum", field: "amount" }],
  };
  expect(await sums.run(total)).toMatchObject({
    rows: [[2_999_999_999_999_997]],
  });
  await owner.unsafe(
    `update ${schema}.sums set amount = 12345678901234567.89 where number = 1`,
  );
  await expect(sums.run({ ...plan, limit: 1 })).rejects.toMatchObject({
    failure: "broken",
  });
});

test("a database that is away when the office starts is looked at when it is asked", async () => {
  await department.letIn(false);
  const heard: string[] = [];
  const source = await PostgresSource.open(served, place(), {}, (line) =>
    heard.push(line),
  );
  opened.push(source);
  expect(heard).toEqual([
    "Cannot look at the table of visits (28000): it is looked at when it is asked",
  ]);
  await expect(source.run(about(1, "p1"))).rejects.toEqual(
    new EngineFailed("broken"),
  );
  await department.letIn(true);
  expect(await source.run(about(1, "p1"))).toMatchObject({ result: "yes" });
});
