import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AnswerPlan } from "../uses/plan.ts";
import { DuckdbEngine } from "./duckdb.ts";
import {
  answer,
  fields,
  people,
  records,
  rowsOf,
  vintageOf,
} from "./people.sample.ts";
import type { Place } from "./source.ts";

const folder = mkdtempSync(join(tmpdir(), "vitrine-engine-"));
afterAll(() => rmSync(folder, { recursive: true }));

let engine: DuckdbEngine;
let file: string;

beforeAll(async () => {
  engine = new DuckdbEngine();
  file = await vintageOf(folder, people);
  await engine.attach({
    dataset: "people",
    fields,
    subject: "person",
    file,
    keys: [["number"], ["city", "alive"]],
  });
});
afterAll(() => engine.close());

describe("records", () => {
  test("every type leaves as JSON, exactly", async () => {
    const given = rowsOf(
      await engine.run(records({ fields: fields.map((f) => f.name) })),
    );
    expect(given.columns).toEqual(fields.map((f) => f.name));
    expect(given.rows).toEqual([
      [
        "A-1",
        "p1",
        "Lanzhong",
        "1990-05-01",
        "2026-03-01T08:00:00Z",
        10.1,
        "9007199254740993",
        true,
      ],
      [
        "A-2",
        "p2",
        "Lanzhong",
        "1985-12-31",
        "2026-03-01T08:00:00.250001Z",
        0.2,
        "9223372036854775807",
        false,
      ],
      ["A-3", "p1", "Baihu", null, null, null, 1, null],
      [
        "A-3",
        "p3",
        "Nanqi",
        "0001-01-01",
        "1969-12-31T23:59:59.999Z",
        -5,
        null,
        true,
      ],
      ["A-4", null, null, "9999-12-31", "2026-02-28T16:00:00Z", 0.1, -7, true],
    ]);
    expect(JSON.parse(JSON.stringify(given))).toEqual(given);
  });

  test("subjects are of the rows that leave, asked for or not, each once", async () => {
    expect((await engine.run(records({ limit: 3 }))).subjects).toEqual([
      "p1",
      "p2",
    ]);
    expect(
      (
        await engine.run(
          records({ where: [{ field: "person", op: "missing", value: true }] }),
        )
      ).subjects,
    ).toEqual([]);
  });

  test("missing values come last in either direction", async () => {
    const bySeen = async (direction: "asc" | "desc") =>
      rowsOf(
        await engine.run(records({ order: [{ field: "seen", direction }] })),
      ).rows.flat();
    expect(await bySeen("asc")).toEqual(["A-3", "A-4", "A-1", "A-2", "A-3"]);
    expect(await bySeen("desc")).toEqual(["A-2", "A-1", "A-4", "A-3", "A-3"]);
  });

  test("a page goes on behind the row that ended the one before, whatever stands in that row", async () => {
    const plan = records({
      where: [{ field: "city", op: "eq", value: "Lanzhong" }],
      limit: 1,
    });
    const { last } = rowsOf(await engine.run(plan));
    if (last === undefined) throw new Error("want more behind it");
    const behind = async (after: Place) =>
      rowsOf(await engine.run({ ...plan, limit: 5 }, { after })).rows;
    expect(await behind(last)).toEqual([["A-2"]]);
    expect(await behind([3])).toEqual([]);
  });
});

describe("answer", () => {
  const result = async (plan: AnswerPlan) => {
    const given = await engine.run(plan);
    return given.kind === "answer"
      ? [given.result, ...given.subjects].join(" ")
      : given.kind;
  };

  test.each<[string, AnswerPlan, string]>([
    ["agrees", answer("A-1", { person: "p1", income: "10.1" }), "yes p1"],
    [
      "does not agree",
      answer("A-1", { person: "p1", income: "10.2" }),
      "no p1",
    ],
    ["not on record", answer("A-9", { person: "p1" }), "notOnRecord"],
    [
      "white space is not trimmed",
      answer("A-1", { city: "Lanzhong " }),
      "no p1",
    ],
    ["case counts", answer("A-1", { city: "lanzhong" }), "no p1"],
    [
      "one of several rows agrees",
      answer("A-3", { person: "p3", born: "0001-01-01" }),
      "yes p1 p3",
    ],
    [
      "two rows that agree only together",
      answer("A-3", { person: "p1", city: "Nanqi" }),
      "no p1 p3",
    ],
    [
      "a missing value agrees with nothing",
      answer("A-4", { person: "p1" }),
      "no",
    ],
    [
      "integers beyond 2^53",
      answer("A-1", { big: "9007199254740993" }),
      "yes p1",
    ],
    [
      "integers beyond 2^53, off by one",
      answer("A-1", { big: "9007199254740992" }),
      "no p1",
    ],
    [
      "microseconds",
      answer("A-2", { seen: "2026-03-01T08:00:00.250001Z" }),
      "yes p2",
    ],
    [
      "the same instant written otherwise",
      answer("A-1", { seen: "2026-03-01T08:00:00.000Z" }),
      "yes p1",
    ],
  ])("%s", async (_, plan, want) => {
    expect(await result(plan)).toBe(want);
  });

  test("a key of two fields, in either order", async () => {
    const key = [
      { field: "alive", value: true },
      { field: "city", value: "Nanqi" },
    ];
    const plan: AnswerPlan = {
      form: "answer",
      dataset: "people",
      key,
      values: [{ field: "person", value: "p3" }],
    };
    expect(await result(plan)).toBe("yes p3");
    expect(await result({ ...plan, key: [...key].reverse() })).toBe("yes p3");
  });

  test("many at a time are each answered as if alone", async () => {
    const plans = Array.from({ length: 600 }, (_, i) =>
      answer(`A-${i % 7}`, { person: `p${i % 4}` }),
    );
    const together = await Promise.all(plans.map(result));
    for (const [i, plan] of plans.entries())
      if (i % 29 === 0) expect(together[i]).toBe(await result(plan));
    expect(new Set(together)).toEqual(
      new Set([
        "yes p1",
        "no p1",
        "yes p2",
        "no p2",
        "yes p1 p3",
        "no p1 p3",
        "no",
        "notOnRecord",
      ]),
    );
  });

  test("a key with more rows than are read fails, and costs those beside it nothing", async () => {
    const small = new DuckdbEngine({ rowsMax: 1 });
    await small.attach({ dataset: "people", fields, file, keys: [["number"]] });
    const [one, many, other] = await Promise.allSettled([
      small.run(answer("A-1", { person: "p1" })),
      small.run(answer("A-3", { person: "p1" })),
      small.run(answer("A-2", { person: "p1" })),
    ]);
    await small.close();
    expect(one).toMatchObject({ value: { result: "yes" } });
    expect(other).toMatchObject({ value: { result: "no" } });
    expect(many).toMatchObject({ reason: { failure: "large" } });
  });
});

describe("aggregate", () => {
  test("sums are exact, groups in order, missing values a group of their own", async () => {
    const given = await engine.run({
      form: "aggregate",
      dataset: "people",
      measures: [
        { measure: "count" },
        { measure: "sum", field: "big" },
        { measure: "sum", field: "income" },
      ],
      by: ["alive"],
      where: [],
      limit: 10,
    });
    expect(given).toEqual({
      kind: "rows",
      columns: ["alive", "count", "sum_big", "sum_income"],
      rows: [
        [false, 1, "9223372036854775807", 0.2],
        [true, 3, 9007199254740986, 5.2],
        [null, 1, 1, null],
      ],
      more: false,
      subjects: ["p1", "p2", "p3"],
    });
  });

  test("without groups there is one row; over nothing a sum is missing", async () => {
    const plan = {
      form: "aggregate",
      dataset: "people",
      measures: [{ measure: "count" }, { measure: "sum", field: "big" }],
      by: [],
      limit: 10,
    } as const;
    const none = await engine.run({
      ...plan,
      measures: [...plan.measures],
      by: [],
      where: [{ field: "number", op: "eq", value: "none" }],
    });
    expect(none).toMatchObject({ rows: [[0, null]], subjects: [] });
    // Beyond what a 64-bit sum would hold.
    expect(
      await engine.run({
        ...plan,
        measures: [...plan.measures],
        by: [],
        where: [],
      }),
    ).toMatchObject({ rows: [[5, "9232379236109516794"]] });
  });

  test("groups beyond the limit are said to be there; subjects beyond theirs stop the answer", async () => {
    const plan = {
      form: "aggregate" as const,
      dataset: "people",
      measures: [{ measure: "count" as const }],
      by: ["city"],
      where: [],
      limit: 2,
    };
    expect(await engine.run(plan)).toMatchObject({
      rows: [
        ["Baihu", 1],
        ["Lanzhong", 2],
      ],
      more: true,
    });
    const small = new DuckdbEngine({ subjectsMax: 2 });
    await small.attach({ dataset: "people", fields, subject: "person", file });
    await expect(small.run(plan)).rejects.toMatchObject({ failure: "large" });
    await small.close();
  });
});
