import { expect, test } from "vitest";
import type { FieldType } from "../acts/shapes.ts";
import { emptyRegister } from "../register/register.ts";
import type { AnswerPlan, PlanValue } from "../uses/plan.ts";
import { names } from "./limits.ts";

const register = emptyRegister();
const types: readonly FieldType[] = ["text", "integer", "decimal", "instant"];
register.datasets.set("things", {
  ...{ entry: 1, at: 0 },
  act: {
    ...{ kind: "dataset", dataset: "things", title: "Things", system: "s" },
    fields: types.map((type) => ({
      ...{ name: type, type, meaning: type, identifier: true },
      classification: "restricted",
    })),
  },
});

const asking = (...key: readonly [FieldType, PlanValue][]): AnswerPlan => ({
  ...{ form: "answer", dataset: "things" },
  key: key.map(([field, value]) => ({ field, value })),
  values: [{ field: "text", value: "x" }],
});
const subject = (...key: readonly [FieldType, PlanValue][]): string =>
  names("sanhe", asking(...key), register)[1];

test("one value is one subject, in whatever spelling it is asked for", () => {
  for (const [type, first, ...others] of [
    ["decimal", "1.5", "1.50", "1.500000000000000"],
    ["decimal", 1, "1", "1.0"],
    ["decimal", 0, "0", "-0", "0.0"],
    [
      "instant",
      "2026-03-01T08:00:00Z",
      "2026-03-01T08:00:00.0Z",
      "2026-03-01T08:00:00.000000Z",
    ],
  ] as const)
    for (const other of others)
      expect(subject([type, other])).toBe(subject([type, first]));
  expect(subject(["integer", 1], ["text", "a"])).toBe(
    subject(["text", "a"], ["integer", 1]),
  );
});

test("what is different stays apart: texts by their letters, and one field from another", () => {
  const all = [
    subject(["text", "1.5"]),
    subject(["text", "1.50"]),
    subject(["decimal", "1.5"]),
    subject(["decimal", "1.51"]),
    subject(["integer", 1]),
    subject(["instant", "2026-03-01T08:00:00.000001Z"]),
    subject(["instant", "2026-03-01T08:00:00Z"]),
    subject(["text", "1.5"], ["integer", 1]),
  ];
  expect(new Set(all).size).toBe(all.length);
});
