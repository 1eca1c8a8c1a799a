import { Malformed } from "../acts/canonical.ts";
import type { FieldType } from "../acts/shapes.ts";
import type { TypedField } from "../uses/check-plan.ts";
import type { Plan, PlanValue } from "../uses/plan.ts";
import { cellOf } from "./values.ts";

/** One question that a department's service answers, by the fields whose values it takes. */
export type Operation = {
  readonly operation: string;
  readonly by: readonly string[];
  /** Behind the service's address; {field} stands for a value. */
  readonly path: string;
  /** The name of the parameter that takes a field's value, for fields that are not in the path. */
  readonly query?: Readonly<Record<string, string>>;
};

/** Looks whether operations say where each of their values goes; throws `Malformed`. */
export function checkOperations(
  dataset: string,
  fields: readonly TypedField[],
  operations: readonly Operation[],
): void {
  for (const { operation, by, path, query = {} } of operations) {
    const unfit = (why: string): Malformed =>
      new Malformed(
        `Cannot open source of ${dataset}: operation ${operation} ${why}`,
      );
    const places = [...inPath(path), ...Object.keys(query)];
    for (const field of new Set([...by, ...places])) {
      if (!fields.some(({ name }) => name === field))
        throw unfit(`names ${field}, want fields of the dataset`);
      if (
        !by.includes(field) ||
        places.filter((one) => one === field).length !== 1
      )
        throw unfit(
          `takes ${field} ${places.includes(field) ? "otherwise than once" : "nowhere"}, want each field of "by" once, in its path or its query`,
        );
    }
    if (!path.startsWith("/") || /[?#\\]/.test(path))
      throw unfit(
        `has the path ${path}, want one that begins with / and has no ? or #`,
      );
  }
}

/** The operation that takes most of what a plan says is equal; throws `Malformed` when there is none. */
export function operationFor(
  plan: Plan,
  operations: readonly Operation[],
): Operation {
  const equal = new Set(equalities(plan).map(({ field }) => field));
  const [best] = operations
    .filter(({ by }) => by.every((field) => equal.has(field)))
    .sort((a, b) => b.by.length - a.by.length);
  if (best === undefined)
    throw new Malformed(
      `Cannot run plan: dataset ${plan.dataset} is asked of a service by ${operations.map(({ by }) => by.join(" and ")).join(", or by ")}; want these fields ${plan.form === "answer" ? "in the key" : 'compared with "eq"'}`,
    );
  return best;
}

/** Where an operation is asked for a plan's values, and nothing else of the plan. */
export function addressOf(
  base: string,
  { by, path, query = {} }: Operation,
  plan: Plan,
  types: ReadonlyMap<string, FieldType>,
): string {
  const given = new Map(
    [...equalities(plan)].reverse().map(({ field, value }) => [field, value]),
  );
  const texts = new Map(
    by.map((field) => [
      field,
      String(cellOf(types.get(field) ?? "text", given.get(field) ?? "")),
    ]),
  );
  const filled = path.replace(PLACE, (_, field: string) => {
    const text = texts.get(field) ?? "";
    if (text === "") throw unaskable(field, text);
    return encodeURIComponent(text);
  });
  const { pathname, search } = new URL(base);
  const wanted = pathname.replace(/\/$/, "") + filled;
  const address = new URL(wanted, base);
  // A text of dots would lead out of its place in the path.
  const [first = ""] = inPath(path);
  if (address.pathname !== wanted)
    throw unaskable(first, texts.get(first) ?? "");
  address.search = search;
  for (const [field, name] of Object.entries(query))
    address.searchParams.set(name, texts.get(field) ?? "");
  return address.href;
}

function unaskable(field: string, text: string): Malformed {
  return new Malformed(
    `Cannot run plan: field "${field}" is compared with ${JSON.stringify(text)}, want a text that can stand in an address`,
  );
}

const PLACE = /\{([a-z0-9_]+)\}/g;

function inPath(path: string): readonly string[] {
  return [...path.matchAll(PLACE)].map(([, field]) => field ?? "");
}

function equalities(
  plan: Plan,
): readonly { readonly field: string; readonly value: PlanValue }[] {
  return plan.form === "answer"
    ? plan.key
    : plan.where.flatMap((condition) =>
        condition.op === "eq" ? [condition] : [],
      );
}
