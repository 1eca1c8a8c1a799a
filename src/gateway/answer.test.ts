import { expect, test } from "vitest";
import type { Condition, RecordsPlan } from "../uses/plan.ts";
import { concernedBy } from "./answer.ts";

const people = { subject: "number" };
const records = (...where: Condition[]): RecordsPlan => ({
  form: "records",
  dataset: "people",
  fields: ["name"],
  where,
  order: [],
  limit: 10,
});

test("who was asked about and not found was asked about", () => {
  const asked = records({ field: "number", op: "eq", value: "N7" });
  expect(concernedBy([], asked, people)).toEqual(["N7"]);
  expect(concernedBy(["N7"], asked, people)).toEqual(["N7"]);
  const many = records({ field: "number", op: "in", value: ["N9", "N1"] });
  expect(concernedBy(["N1"], many, people)).toEqual(["N1", "N9"]);
  // A range of one is one.
  const alone = records(
    { field: "number", op: "gte", value: "N7" },
    { field: "number", op: "lte", value: "N7" },
  );
  expect(concernedBy([], alone, people)).toEqual(["N7"]);
  const wide = records(
    { field: "number", op: "gte", value: "N7" },
    { field: "number", op: "lte", value: "N9" },
  );
  expect(concernedBy([], wide, people)).toEqual([]);
  const key = [{ field: "number", value: "N7" }];
  const values = [{ field: "name", value: "Name 7" }];
  expect(
    concernedBy([], { form: "answer", dataset: "people", key, values }, people),
  ).toEqual(["N7"]);
});

test("a condition that names nobody concerns those who were found, and data about nobody concern nobody", () => {
  const all = records(
    { field: "number", op: "gte", value: "N1" },
    { field: "number", op: "ne", value: "N3" },
    { field: "town", op: "eq", value: "East" },
  );
  expect(concernedBy(["N1", "N2"], all, people)).toEqual(["N1", "N2"]);
  const asked = records({ field: "number", op: "eq", value: "N7" });
  expect(concernedBy([], asked, {})).toEqual([]);
});
