import type { TypedField } from "../uses/check-plan.ts";
import { readCsvText } from "./csv.ts";
import { EngineFailed } from "./failed.ts";
import type { Row } from "./in-memory.ts";
import { type Found, readFound } from "./read-value.ts";
import { type Cell, toCell } from "./values.ts";

/** How the rows of a dataset stand in what a service answers. */
export type Schema = {
  readonly format: "json" | "csv";
  /** A JSON pointer to the rows, or to the one row. */
  readonly rows?: string;
  /** The member or column of a field; a field not named here is in the one of its own name. */
  readonly members?: Readonly<Record<string, string>>;
  /** Fields whose member a row leaves out where it has no value. Any other member that is not there breaks the answer. */
  readonly optional?: readonly string[];
};

/**
 * The rows of an answer: registered fields and nothing else of it. A value that is not of its field's type breaks the
 * answer, as does anything that is not where the schema says.
 */
export async function rowsOfBody(
  text: string,
  fields: readonly TypedField[],
  schema: Schema,
  rowsMax: number,
): Promise<readonly Row[]> {
  const rows =
    schema.format === "csv"
      ? await csvRows(text, fields, schema)
      : jsonRows(JSON.parse(text), fields, schema);
  if (rows.length > rowsMax) throw new EngineFailed("large");
  return rows;
}

function jsonRows(
  body: unknown,
  fields: readonly TypedField[],
  schema: Schema,
): readonly Row[] {
  const found = pointed(body, schema.rows ?? "");
  const items: readonly unknown[] = Array.isArray(found) ? found : [found];
  return items.map((item) => {
    if (typeof item !== "object" || item === null || Array.isArray(item))
      throw new TypeError("A row is no object");
    const members = new Map<string, unknown>(Object.entries(item));
    return fields.map((field) =>
      cellFrom(field, memberIn(members, field, schema)),
    );
  });
}

/** A service that says with 200 that something is wrong with it has none of the members, and gives no row of nothing. */
function memberIn(
  members: ReadonlyMap<string, unknown>,
  field: TypedField,
  schema: Schema,
): unknown {
  const name = memberOf(field, schema);
  if (!members.has(name) && schema.optional?.includes(field.name) !== true)
    throw new TypeError("A member is missing");
  return members.get(name) ?? null;
}

/** RFC 6901. */
function pointed(body: unknown, pointer: string): unknown {
  let found = body;
  for (const step of pointer.split("/").slice(1)) {
    const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
    if (
      typeof found !== "object" ||
      found === null ||
      !Object.hasOwn(found, name)
    )
      throw new TypeError("The rows are not where the schema says");
    found = Reflect.get(found, name);
  }
  return found;
}

async function csvRows(
  text: string,
  fields: readonly TypedField[],
  schema: Schema,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let columns: readonly number[] | undefined;
  for await (const batch of readCsvText("answer", [{ text, ended: true }]))
    for (const { values } of batch) {
      if (columns !== undefined) {
        const places = columns;
        rows.push(
          fields.map((field, i) =>
            cellFrom(field, values[places[i] ?? -1] ?? null),
          ),
        );
        continue;
      }
      columns = fields.map((field) => {
        const at = values.indexOf(memberOf(field, schema));
        if (at < 0) throw new TypeError("A column is missing");
        return at;
      });
    }
  if (columns === undefined) throw new TypeError("There is no header");
  return rows;
}

function memberOf({ name }: TypedField, { members = {} }: Schema): string {
  return members[name] ?? name;
}

function cellFrom({ type }: TypedField, value: unknown): Cell {
  if (!isFound(value)) throw new TypeError("A value is no single one");
  const read = readFound(type, value);
  if (read === undefined) throw new TypeError("A value is not of its type");
  return toCell(read);
}

function isFound(value: unknown): value is Found {
  return (
    value === null || ["string", "number", "boolean"].includes(typeof value)
  );
}
