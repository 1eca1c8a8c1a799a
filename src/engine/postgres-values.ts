import type { FieldType } from "../acts/shapes.ts";
import { isDate, isInstant } from "../acts/values.ts";
import type { PlanValue } from "../uses/plan.ts";
import { EngineFailed } from "./failed.ts";
import type { Row } from "./in-memory.ts";
import { DECIMAL_BELOW } from "./read-value.ts";
import type { Bound, Sql } from "./sql.ts";
import { type Cell, cellOf } from "./values.ts";

type Rows = readonly (readonly unknown[])[];

/** A bound value as it goes over the wire; the statement says its type. */
export function parameter({ type, value }: Bound): string | boolean {
  return type === "boolean" ? value === true : String(value);
}

/** Rows as the driver gave them, as they leave. A value that no field of its type holds breaks the answer. */
export function decoded(rows: Rows, { gives, sums = 0 }: Sql): readonly Row[] {
  const readers = gives.map((type, at) =>
    type === "decimal" && at >= gives.length - sums ? sumOf : READERS[type],
  );
  return rows.map((row) =>
    readers.map((read, at) => {
      const value = row[at];
      if (value === null) return null;
      const cell = read(value);
      if (cell === undefined) throw new EngineFailed("broken");
      return cell;
    }),
  );
}

/** The same with every value as PostgreSQL wrote it. */
export function exactly(
  rows: Rows,
): readonly (readonly (PlanValue | null)[])[] {
  return rows.map((row) =>
    row.map((value) => {
      if (value === null || typeof value === "boolean") return value;
      if (typeof value === "string" || typeof value === "number")
        return String(value);
      throw new EngineFailed("broken");
    }),
  );
}

/** A sum may be more than any value that it is of. */
function sumOf(value: unknown): number | undefined {
  const number = Number(value);
  // Adding zero turns -0 into 0.
  return Number.isFinite(number) ? number + 0 : undefined;
}

const READERS: Readonly<
  Record<FieldType, (value: unknown) => Cell | undefined>
> = {
  text: (value) => (typeof value === "string" ? value : undefined),
  integer: (value) => {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  },
  decimal: (value) => {
    const number = sumOf(value);
    return number !== undefined && Math.abs(number) < DECIMAL_BELOW
      ? number
      : undefined;
  },
  boolean: (value) => (typeof value === "boolean" ? value : undefined),
  date: (value) => {
    const text = String(value);
    return isDate(text) ? text : undefined;
  },
  instant: (value) => {
    const text = String(value).replace(" ", "T").replace("+00", "Z");
    return isInstant(text) ? cellOf("instant", text) : undefined;
  },
};
