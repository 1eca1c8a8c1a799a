import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TypedField } from "../uses/check-plan.ts";
import type { AnswerPlan, PlanValue, RecordsPlan } from "../uses/plan.ts";
import { importFile } from "./import.ts";
import type { EngineAnswer } from "./source.ts";

/** A few people with a value of every type, for the tests of the engine. */
export const fields: readonly TypedField[] = [
  { name: "number", type: "text" },
  { name: "person", type: "text" },
  { name: "city", type: "text" },
  { name: "born", type: "date" },
  { name: "seen", type: "instant" },
  { name: "income", type: "decimal" },
  { name: "big", type: "integer" },
  { name: "alive", type: "boolean" },
];

export const people = [
  {
    number: "A-1",
    person: "p1",
    city: "Lanzhong",
    born: "1990-05-01",
    seen: "2026-03-01T08:00:00Z",
    income: 10.1,
    big: "9007199254740993",
    alive: true,
  },
  {
    number: "A-2",
    person: "p2",
    city: "Lanzhong",
    born: "1985-12-31",
    seen: "2026-03-01T08:00:00.250001Z",
    income: 0.2,
    big: "9223372036854775807",
    alive: false,
  },
  {
    number: "A-3",
    person: "p1",
    city: "Baihu",
    born: null,
    seen: null,
    income: null,
    big: 1,
    alive: null,
  },
  {
    number: "A-3",
    person: "p3",
    city: "Nanqi",
    born: "0001-01-01",
    seen: "1969-12-31T23:59:59.999Z",
    income: -5,
    big: null,
    alive: true,
  },
  {
    number: "A-4",
    person: null,
    city: null,
    born: "9999-12-31",
    seen: "2026-03-01T00:00:00+08:00",
    income: 0.1,
    big: -7,
    alive: true,
  },
];

/** Imports rows into a folder; returns the vintage's file. */
export async function vintageOf(
  folder: string,
  rows: readonly object[],
  of = fields,
): Promise<string> {
  const file = join(folder, "rows.ndjson");
  writeFileSync(file, rows.map((row) => JSON.stringify(row)).join("\n"));
  return (await importFile({ file, fields: of, outFolder: folder })).file;
}

export const records = (change: Partial<RecordsPlan> = {}): RecordsPlan => ({
  form: "records",
  dataset: "people",
  fields: ["number"],
  where: [],
  order: [],
  limit: 100,
  ...change,
});
export const answer = (
  number: string,
  values: Record<string, PlanValue>,
): AnswerPlan => ({
  form: "answer",
  dataset: "people",
  key: [{ field: "number", value: number }],
  values: Object.entries(values).map(([field, value]) => ({ field, value })),
});

export function rowsOf(given: EngineAnswer) {
  if (given.kind !== "rows") throw new Error("want rows");
  return given;
}
