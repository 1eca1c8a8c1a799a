import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Malformed } from "../acts/canonical.ts";
import { DuckdbEngine } from "./duckdb.ts";
import { importFile } from "./import.ts";
import {
  aggregatePlan,
  answerPlan,
  name,
  recordsPlan,
} from "./random-plans.sample.ts";
import {
  DATASET,
  fields,
  filtered,
  holds,
  names,
  ROWS,
  rows,
  slowAggregate,
  slowAnswer,
  slowRecords,
  subjects,
} from "./slow-plans.sample.ts";
import type { Place } from "./source.ts";
import type { Cell } from "./values.ts";

const folder = mkdtempSync(join(tmpdir(), "vitrine-plans-"));
const engine = new DuckdbEngine();
beforeAll(async () => {
  const file = join(folder, "hostile.ndjson");
  writeFileSync(file, rows.map((row) => JSON.stringify(row)).join("\n"));
  const made = await importFile({ file, fields, outFolder: folder });
  await engine.attach({
    dataset: DATASET,
    fields,
    subject: "select",
    file: made.file,
    keys: [["select"], ["rowid"], ["date", "order"]],
  });
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

test("paging through all pages of any records plan gives each row once, in order, as a slow reading of the plan does", async () => {
  await fc.assert(
    fc.asyncProperty(recordsPlan, async (plan) => {
      const want = slowRecords(plan);
      const got: Cell[][] = [];
      let after: Place | undefined;
      do {
        const page = await engine.run(
          plan,
          after === undefined ? {} : { after },
        );
        if (page.kind !== "rows") throw new Error("want rows");
        expect(page.rows).toEqual(
          want.slice(got.length, got.length + plan.limit),
        );
        got.push(...page.rows.map((row) => [...row]));
        expect(page.more).toBe(got.length < want.length);
        expect(page.last === undefined).toBe(!page.more);
        after = page.last;
      } while (after !== undefined);
      expect(got).toEqual(want);
    }),
    { numRuns: 60 },
  );
});

test("any aggregate equals its slow reading, and names everybody it is about", async () => {
  await fc.assert(
    fc.asyncProperty(aggregatePlan, async (plan) => {
      const want = slowAggregate(plan);
      expect(await engine.run(plan)).toMatchObject({
        rows: want.slice(0, plan.limit),
        more: want.length > plan.limit,
        subjects: subjects(filtered(plan.where)),
      });
    }),
    { numRuns: 60 },
  );
});

test("any answer equals its slow reading", async () => {
  await fc.assert(
    fc.asyncProperty(answerPlan, async (plan) => {
      const mine = rows.filter((row) =>
        plan.key.every(({ field, value: of }) =>
          holds(row, { field, op: "eq", value: of }),
        ),
      );
      expect(await engine.run(plan)).toEqual({
        kind: "answer",
        result: slowAnswer(plan),
        subjects: subjects(mine),
      });
    }),
    { numRuns: 300 },
  );
});

test("a plan with anything but a registered name is refused before the engine is asked, and changes nothing", async () => {
  const hostile = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      'select" from "rows"; drop table "rows"; --',
      '"select"',
      "select ",
      "SELECT",
      "ѕelect",
      "select\u0000",
      "#row",
      '"#row"',
      "__proto__",
      "constructor",
      "rows.select",
      "*",
      "1",
      "count(*)",
    ),
  );
  await fc.assert(
    fc.asyncProperty(hostile, name, async (bad, good) => {
      fc.pre(!names.includes(bad));
      const base = {
        form: "records" as const,
        dataset: DATASET,
        fields: [good],
        where: [],
        order: [],
        limit: 1,
      };
      const plans = [
        { ...base, fields: [bad] },
        {
          ...base,
          where: [{ field: bad, op: "missing" as const, value: true }],
        },
        { ...base, order: [{ field: bad, direction: "asc" as const }] },
        {
          form: "aggregate" as const,
          dataset: DATASET,
          measures: [{ measure: "count" as const }],
          by: [bad],
          where: [],
          limit: 1,
        },
        {
          form: "aggregate" as const,
          dataset: DATASET,
          measures: [{ measure: "sum" as const, field: bad }],
          by: [],
          where: [],
          limit: 1,
        },
        {
          form: "answer" as const,
          dataset: DATASET,
          key: [{ field: bad, value: "a" }],
          values: [{ field: "select", value: "a" }],
        },
        {
          form: "answer" as const,
          dataset: DATASET,
          key: [{ field: "select", value: "a" }],
          values: [{ field: bad, value: "a" }],
        },
      ];
      for (const plan of plans)
        await expect(engine.run(plan)).rejects.toThrow(Malformed);
    }),
  );
  expect(
    await engine.run({
      form: "aggregate",
      dataset: DATASET,
      measures: [{ measure: "count" }],
      by: [],
      where: [],
      limit: 1,
    }),
  ).toMatchObject({ rows: [[ROWS]] });
});

test("any text is a value and nothing else", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: "binary", maxLength: 300 }),
      async (text) => {
        const found = await engine.run({
          form: "records",
          dataset: DATASET,
          fields: ["select"],
          where: [{ field: "select", op: "eq", value: text }],
          order: [],
          limit: ROWS,
        });
        expect(found).toMatchObject({
          rows: rows.filter((row) => row["select"] === text).map(() => [text]),
        });
      },
    ),
  );
});
