import { expect, test } from "vitest";
import type { Dataset } from "../../register/register.ts";
import type { AskedPlan, Condition } from "../../uses/plan.ts";
import { mayNameOthers } from "./names-others.ts";

const field = (
  name: string,
  identifier: boolean,
): Dataset["fields"][number] => ({
  ...{ name, identifier, meaning: name, type: "text" },
  classification: "personal",
});
const cars: Dataset = {
  ...{ kind: "dataset", dataset: "cars", title: "Cars", system: "cars" },
  fields: [field("plate", true), field("owner", true), field("make", false)],
  subject: "owner",
};
const records = (...where: Condition[]): AskedPlan => ({
  ...{ form: "records", dataset: "cars", fields: ["make"], where },
  ...{ order: [], limit: 10 },
});
const answer = (name: string): AskedPlan => ({
  ...{ form: "answer", dataset: "cars" },
  key: [{ field: "plate", value: "P1" }],
  values: [{ field: name, value: "Resident 0099" }],
});
const one = ["this person"];

test.each<[string, boolean, AskedPlan, readonly string[]]>([
  [
    "its own plate",
    false,
    records({ field: "plate", op: "eq", value: "P1" }),
    one,
  ],
  [
    "a list of one",
    false,
    records({ field: "plate", op: "in", value: ["P1"] }),
    one,
  ],
  [
    "a second plate that was missed, or is nobody's",
    true,
    records({ field: "plate", op: "in", value: ["P1", "P2"] }),
    one,
  ],
  [
    "a range of plates",
    true,
    records({ field: "plate", op: "gte", value: "P1" }),
    one,
  ],
  [
    "everybody but somebody",
    true,
    records({ field: "owner", op: "ne", value: "0099" }),
    one,
  ],
  [
    "something that names nobody",
    false,
    records({ field: "make", op: "in", value: ["a", "b"] }),
    one,
  ],
  ["whether its make is so", false, answer("make"), one],
  ["whether its owner is somebody", true, answer("owner"), one],
  ["two persons", true, records(), ["this person", "another"]],
])("%s: %s", (_, may, plan, subjects) => {
  expect(mayNameOthers({ plan, subjects: [...subjects] }, cars)).toBe(may);
  expect(mayNameOthers({ plan, subjects: [...subjects] }, undefined)).toBe(
    true,
  );
});
