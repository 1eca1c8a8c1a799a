import { afterAll, beforeAll, expect, test } from "vitest";
import type { AnswerPlan, Condition, Plan, RecordsPlan } from "../uses/plan.ts";
import {
  HttpSource,
  type ServiceLimits,
  type ServicePlace,
} from "./http-source.ts";
import {
  fields,
  type Heard,
  serve,
  served,
  startService,
} from "./vehicles-http.sample.ts";

let base = "";
let heard: Heard[] = [];
let stop = (): void => undefined;
beforeAll(async () => {
  const service = await startService();
  ({ url: base, heard, stop } = service);
});
afterAll(() => stop());

const place = (change: Partial<ServicePlace> = {}): ServicePlace => ({
  url: base,
  format: "json",
  rows: "/data/cars",
  members: { plate: "id", owner: "holder" },
  operations: [
    { operation: "car", by: ["plate"], path: "/car/{plate}" },
    {
      operation: "ofOwner",
      by: ["owner"],
      path: "/by-owner",
      query: { owner: "holder" },
    },
  ],
  absent: 404,
  ...change,
});
const sourceAt = (
  way: string,
  limits: Partial<ServiceLimits> = {},
  change: Partial<ServicePlace> = {},
): HttpSource =>
  new HttpSource(
    served,
    place({
      operations: [{ operation: way, by: [], path: `/${way}` }],
      ...change,
    }),
    limits,
  );
const eq = (field: string, value: string | boolean): Condition => ({
  field,
  op: "eq",
  value,
});
const records = (
  where: Condition[],
  change: Partial<RecordsPlan> = {},
): RecordsPlan => ({
  form: "records",
  dataset: "vehicles",
  fields: ["plate", "seats"],
  where,
  order: [],
  limit: 10,
  ...change,
});
const asked = async (source: HttpSource, plan: Plan) => {
  heard.length = 0;
  const answer = await source.run(plan);
  return [heard.map(({ url }) => url), answer] as const;
};

test("only the values that an operation takes are sent, encoded; everything else of the plan is kept here", async () => {
  const source = new HttpSource(served, place());
  const plan = records([
    eq("owner", "p1"),
    eq("plate", "A/1"),
    eq("insured", true),
    { field: "seats", op: "gt", value: 4 },
  ]);
  expect(await asked(source, plan)).toEqual([
    ["/car/A%2F1"],
    {
      kind: "rows",
      columns: ["plate", "seats"],
      rows: [["A/1", 5]],
      more: false,
      subjects: ["p1"],
    },
  ]);
  expect((await asked(source, records([eq("owner", "p1 & x=y")])))[0]).toEqual([
    "/by-owner?holder=p1+%26+x%3Dy",
  ]);
});

test("the operation that takes most of a plan is asked", async () => {
  const operations = [
    { operation: "all", by: [], path: "/all" },
    { operation: "car", by: ["plate"], path: "/car/{plate}" },
    {
      operation: "carOf",
      by: ["plate", "owner"],
      path: "/car/{plate}",
      query: { owner: "holder" },
    },
  ];
  const source = new HttpSource(served, place({ operations }));
  const urls = async (where: Condition[]) =>
    (await asked(source, records(where)))[0];
  const [plate, owner] = [eq("plate", "A/1"), eq("owner", "p1")];
  expect(await urls([owner, plate])).toEqual(["/car/A%2F1?holder=p1"]);
  expect(await urls([plate])).toEqual(["/car/A%2F1"]);
  expect(await urls([owner])).toEqual(["/all"]);
});

test("an answer is decided here: neither the submitted values nor what else the service knows goes over", async () => {
  const source = new HttpSource(served, place());
  const answer = (plate: string, weight: string): AnswerPlan => ({
    form: "answer",
    dataset: "vehicles",
    key: [{ field: "plate", value: plate }],
    values: [{ field: "weight", value: weight }],
  });
  expect(await asked(source, answer("澜3", "2100"))).toEqual([
    ["/car/%E6%BE%9C3"],
    { kind: "answer", result: "yes", subjects: ["p1"] },
  ]);
  expect(await source.run(answer("A 2", "1"))).toMatchObject({ result: "no" });
  expect(await source.run(answer("A 9", "1"))).toMatchObject({
    result: "notOnRecord",
    subjects: [],
  });
  expect(
    await source.run(answer("A/1", "1200.5"), { rows: [eq("insured", false)] }),
  ).toMatchObject({ result: "notOnRecord" });
});

test("a service that finds more than was asked for is held to the plan and to the permit's rows", async () => {
  const source = new HttpSource(served, place());
  const plan = records([eq("owner", "p1")], {
    order: [{ field: "seats", direction: "desc" }],
  });
  expect(await source.run(plan)).toMatchObject({
    rows: [
      ["澜3", 7],
      ["A/1", 5],
    ],
  });
  const from = { rows: [eq("registered", "2020-01-31")] };
  expect(await source.run(plan, from)).toMatchObject({ rows: [["A/1", 5]] });
  const first = await source.run({ ...plan, limit: 1 });
  expect(first).toMatchObject({ rows: [["澜3", 7]], more: true, last: [1] });
  expect(await source.run(plan, { after: [1] })).toMatchObject({
    rows: [["A/1", 5]],
    more: false,
  });
  const streamed: unknown[] = [];
  for await (const { columns } of source.stream(plan, from))
    streamed.push(columns);
  expect(streamed).toEqual([[["A/1"], [5]]]);
  expect(await source.subjectsOf(plan)).toEqual(["p1"]);
});

test("a plan that no operation serves is refused before anything is asked", async () => {
  const source = new HttpSource(served, place());
  heard.length = 0;
  await expect(
    source.run(records([{ field: "plate", op: "in", value: ["A/1"] }])),
  ).rejects.toThrow(
    'Cannot run plan: dataset vehicles is asked of a service by plate, or by owner; want these fields compared with "eq"',
  );
  await expect(source.run(records([eq("colour", "red")]))).rejects.toThrow(
    'has no field "colour"',
  );
  for (const plate of ["", ".", ".."])
    await expect(source.run(records([eq("plate", plate)]))).rejects.toThrow(
      "want a text that can stand in an address",
    );
  expect(heard).toEqual([]);
});

test("no text of an asker leaves its place in the address", async () => {
  const source = new HttpSource(served, place({ url: `${base}/v1/?tenant=7` }));
  for (const plate of [
    "../all",
    "..\\all",
    "%2e%2e",
    "a?b=c",
    "a#b",
    "a/../../all",
    "\r\nhost: x",
    "\0",
    "@evil.example",
    "a;b",
  ]) {
    const [[url = ""]] = await asked(source, records([eq("plate", plate)]));
    expect(url).toBe(`/v1/car/${encodeURIComponent(plate)}?tenant=7`);
  }
});

test("it says who asks and what it was given to say, and follows nobody elsewhere", async () => {
  const source = sourceAt(
    "all",
    {},
    { headers: { authorization: "Bearer of-the-office" } },
  );
  await asked(source, records([]));
  expect(heard[0]?.headers).toMatchObject({
    "user-agent": "vitrine",
    authorization: "Bearer of-the-office",
    accept: "application/json",
  });
  expect(heard[0]?.headers.cookie).toBeUndefined();
  heard.length = 0;
  await expect(sourceAt("moved").run(records([]))).rejects.toMatchObject({
    failure: "broken",
  });
  expect(heard.map(({ url }) => url)).toEqual(["/moved"]);
});

test.each([
  "fails",
  "breaks-off",
  "no-json",
  "says-so",
  "elsewhere",
  "wrong-type",
  "too-exact",
  "nested",
  "not-utf-8",
])(
  "a service whose answer %s breaks the answer, and nothing of what it said comes out",
  async (way) => {
    const plan = records([]);
    const broken = {
      name: "EngineFailed",
      message: "Cannot run plan: the engine failed",
    };
    await expect(sourceAt(way).run(plan)).rejects.toMatchObject(broken);
    await expect(sourceAt(way).subjectsOf(plan)).rejects.toMatchObject(broken);
    await expect(
      sourceAt(way).stream(plan)[Symbol.asyncIterator]().next(),
    ).rejects.toMatchObject(broken);
  },
);

test("a member that rows leave out has no value where that was said, and breaks the answer where it was not", async () => {
  const plan = records([]);
  await expect(sourceAt("sparse").run(plan)).rejects.toMatchObject({
    failure: "broken",
  });
  const said = sourceAt("sparse", {}, { optional: ["seats"] });
  const answer = await said.run(plan);
  expect(answer).toMatchObject({ kind: "rows", columns: ["plate", "seats"] });
  expect(
    answer.kind === "rows" && answer.rows.every((row) => row[1] === null),
  ).toBe(true);
});

test("one that is slow is late, one that does not end is too large, one that is away is broken", async () => {
  await expect(
    sourceAt("hangs", { timeoutMs: 200 }).run(records([])),
  ).rejects.toMatchObject({ failure: "late" });
  await expect(sourceAt("huge").run(records([]))).rejects.toMatchObject({
    failure: "large",
  });
  await expect(
    sourceAt("all", { readMax: 2 }).run(records([])),
  ).rejects.toMatchObject({ failure: "large" });
  await expect(
    sourceAt("all", {}, { url: "http://127.0.0.1:1" }).run(records([])),
  ).rejects.toMatchObject({ failure: "broken" });
  const { absent: _, ...rest } = place();
  await expect(
    new HttpSource(served, rest).run(records([eq("plate", "A 9")])),
  ).rejects.toMatchObject({ failure: "broken" });
});

test("those who ask the same at the same time are answered by one question", async () => {
  const source = new HttpSource(served, place());
  heard.length = 0;
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      source.run(records([eq("plate", i % 2 === 0 ? "A/1" : "A 2")])),
    ),
  );
  expect(heard).toHaveLength(2);
  for (const [i, answer] of answers.entries())
    expect(answer).toMatchObject({
      rows: [i % 2 === 0 ? ["A/1", 5] : ["A 2", 2]],
    });
});

test("aggregates are counted here", async () => {
  expect(
    await sourceAt("all").run({
      form: "aggregate",
      dataset: "vehicles",
      measures: [{ measure: "count" }, { measure: "sum", field: "weight" }],
      by: ["owner"],
      where: [],
      limit: 10,
    }),
  ).toEqual({
    kind: "rows",
    columns: ["owner", "count", "sum_weight"],
    rows: [
      ["p1", 2, 3300.5],
      ["p2", 1, null],
    ],
    more: false,
    subjects: ["p1", "p2"],
  });
});

test("CSV is read by its column names", async () => {
  const table =
    'pin,registered,insured,weight,seats,holder,id\r\n1,2020-01-31,true,1200.5,5,p1,"A,1"\r\n2,,false,,2,p2,A2\r\n';
  const bare = await serve((request, response) => {
    response.end(
      request.url === "/short" ? table.replace("seats,", "size,") : table,
    );
  });
  const csv = (way: string) =>
    sourceAt(way, {}, { url: bare.url, format: "csv" });
  expect(
    await csv("rows").run(
      records([], { fields: fields.map(({ name }) => name) }),
    ),
  ).toMatchObject({
    rows: [
      ["A,1", "p1", 5, 1200.5, true, "2020-01-31"],
      ["A2", "p2", 2, null, false, null],
    ],
  });
  await expect(csv("short").run(records([]))).rejects.toMatchObject({
    failure: "broken",
  });
  bare.stop();
});

test.each<[string, Partial<ServicePlace["operations"][number]>, string]>([
  [
    "a value has no place",
    { by: ["plate", "owner"] },
    'operation car takes owner nowhere, want each field of "by" once, in its path or its query',
  ],
  [
    "a value has two",
    { query: { plate: "id" } },
    "operation car takes plate otherwise than once",
  ],
  [
    "a place has no value",
    { by: [] },
    "operation car takes plate otherwise than once",
  ],
  [
    "a field is none of the dataset's",
    { by: ["pin"], path: "/car/{pin}" },
    "operation car names pin, want fields of the dataset",
  ],
  [
    "a path is none",
    { path: "car/{plate}" },
    "has the path car/{plate}, want one that begins with /",
  ],
])("operations are looked at before any is asked: %s", (_, change, said) => {
  const operations = [
    { operation: "car", by: ["plate"], path: "/car/{plate}", ...change },
  ];
  expect(() => new HttpSource(served, place({ operations }))).toThrow(said);
});
