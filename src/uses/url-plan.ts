import { Malformed } from "../acts/canonical.ts";
import type { FieldType } from "../acts/shapes.ts";
import { fits } from "../acts/values.ts";
import type { Dataset } from "../register/register.ts";
import {
  type Condition,
  type PlanValue,
  readRequest,
  type Request,
} from "./plan.ts";

const OPS = ["eq", "ne", "lt", "lte", "gt", "gte", "in", "missing"];
const RESERVED = new Set([
  "fields",
  "limit",
  "order",
  "cursor",
  "measure",
  "by",
  "product",
  "purpose",
  "case",
  "format",
]);
/** What an aggregate has not. */
const OF_RECORDS = ["fields", "order", "cursor"] as const;
const LIMIT_DEFAULT = 100;

/**
 * The URL form of a plan over one dataset, with so many rows where it says no limit: `magnitude.gte=6&order=-time&fields=time,place&limit=3&cursor=CURSOR`, or an
 * aggregate: `measure=count,sum:delay&by=origin`. Throws `Malformed` naming the parameter.
 */
export function planFromUrl(
  dataset: Dataset,
  parameters: readonly (readonly [string, string])[],
  limitDefault: number = LIMIT_DEFAULT,
): Request {
  const given = new Map<string, string>();
  for (const [name, value] of parameters) {
    if (RESERVED.has(name) && given.has(name))
      throw new Malformed(`Cannot read URL: parameter ${name} stands twice`);
    given.set(name, value);
  }
  const types = new Map<string, FieldType>(
    dataset.fields.map((f) => [f.name, f.type]),
  );
  const where = conditionsOf(
    parameters.filter(([name]) => !RESERVED.has(name)),
    types,
  );
  const limit =
    given.get("limit") === undefined
      ? limitDefault
      : integer("limit", given.get("limit") ?? "");
  const common = { dataset: dataset.dataset, where, limit };
  const measure = given.get("measure");
  if (measure === undefined && given.has("by"))
    throw new Malformed(
      "Cannot read URL: parameter by stands without measure, want measure=count or measure=sum:FIELD beside it",
    );
  if (measure !== undefined) {
    const idle = OF_RECORDS.find((name) => given.has(name));
    if (idle !== undefined)
      throw new Malformed(
        `Cannot read URL: parameter ${idle} belongs to records and stands beside measure, want one of the two`,
      );
  }
  const plan =
    measure === undefined
      ? {
          form: "records",
          ...common,
          fields:
            given.get("fields")?.split(",") ??
            dataset.fields.map((f) => f.name),
          order: (given.get("order")?.split(",") ?? []).map((name) =>
            name.startsWith("-")
              ? { field: name.slice(1), direction: "desc" }
              : { field: name, direction: "asc" },
          ),
          ...(given.has("cursor") ? { cursor: given.get("cursor") } : {}),
        }
      : {
          form: "aggregate",
          ...common,
          measures: measure.split(",").map(measureOf),
          by: given.get("by")?.split(",") ?? [],
        };
  const product = given.get("product");
  const purpose = given.get("purpose");
  const number = given.get("case");
  return readRequest({
    ...(product === undefined ? {} : { product }),
    ...(purpose === undefined ? {} : { purpose }),
    ...(number === undefined ? {} : { case: number }),
    plan,
  });
}

/** A list stands in one parameter, between commas; or in several, each of which is one value and may hold commas. */
function conditionsOf(
  parameters: readonly (readonly [string, string])[],
  types: ReadonlyMap<string, FieldType>,
): readonly Condition[] {
  const lists = new Map<string, string[]>();
  for (const [name, value] of parameters)
    if (name.endsWith(".in"))
      lists.set(name, [...(lists.get(name) ?? []), value]);
  return parameters.flatMap(([name, value]) => {
    if (!name.endsWith(".in")) return [conditionOf(name, [value], types)];
    const list = lists.get(name);
    // It stands where its first value does.
    if (list === undefined) return [];
    lists.delete(name);
    const values = list.length === 1 ? value.split(",") : list;
    return [conditionOf(name, values, types)];
  });
}

function conditionOf(
  name: string,
  values: readonly string[],
  types: ReadonlyMap<string, FieldType>,
): Condition {
  const [value = ""] = values;
  const dot = name.lastIndexOf(".");
  const op = dot < 0 ? "eq" : name.slice(dot + 1);
  const field = dot < 0 ? name : name.slice(0, dot);
  const type = types.get(field);
  if (type === undefined)
    throw new Malformed(
      `Cannot read URL: parameter ${name} names no field of the dataset, want one of ${[...types.keys()].join(", ")}`,
    );
  switch (op) {
    case "in":
      return {
        field,
        op,
        value: values.map((one) => valueOf(name, one, type)),
      };
    case "missing":
      if (value !== "true" && value !== "false")
        throw new Malformed(
          `Cannot read URL: parameter ${name} is "${value}", want true or false`,
        );
      return { field, op, value: value === "true" };
    case "eq":
    case "ne":
    case "lt":
    case "lte":
    case "gt":
    case "gte":
      return { field, op, value: valueOf(name, value, type) };
    default:
      throw new Malformed(
        `Cannot read URL: parameter ${name} has the unknown comparison ${op}, want one of ${OPS.join(", ")}`,
      );
  }
}

/** Values are written as their field's type has them; the engine's own check names what does not fit. */
export function valueOf(
  name: string,
  text: string,
  type: FieldType,
): PlanValue {
  switch (type) {
    case "integer":
      // Beyond 2^53 it is a text, as in a plan of JSON.
      return fits(type, text) ? text : integer(name, text);
    case "boolean":
      if (text !== "true" && text !== "false")
        throw new Malformed(
          `Cannot read ${name}: it is "${text}", want true or false`,
        );
      return text === "true";
    case "text":
    case "decimal":
    case "date":
    case "instant":
      return text;
  }
}

function measureOf(text: string): unknown {
  const [measure, ...field] = text.split(":");
  return field.length === 0 ? { measure } : { measure, field: field.join(":") };
}

function integer(name: string, text: string): number {
  if (
    !/^(?:0|-?[1-9][0-9]{0,15})$/.test(text) ||
    !Number.isSafeInteger(Number(text))
  ) {
    throw new Malformed(
      `Cannot read ${name}: it is "${text}", want a whole number`,
    );
  }
  return Number(text);
}
