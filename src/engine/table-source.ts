import type { DuckDBConnection } from "@duckdb/node-api";
import type { FieldType } from "../acts/shapes.ts";
import { WANTED } from "../acts/values.ts";
import type { Picked } from "./column-names.ts";
import { ImportError, show } from "./import-error.ts";
import { DECIMAL_BELOW, FIRST_MICROS, LAST_MICROS } from "./read-value.ts";
import { quoteName } from "./sql.ts";

/** Something that already has typed columns: a Parquet file, or the rows of a SELECT. `from` is what stands behind FROM. */
export type TableSource = {
  readonly file: string;
  readonly from: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
};

export async function tableSource(
  connection: DuckDBConnection,
  file: string,
  from: string,
): Promise<TableSource> {
  const described = await connection.runAndReadAll(
    `select column_name, column_type from (describe select * from ${from})`,
  );
  return {
    file,
    from,
    columns: described
      .getRows()
      .map(([name, type]) => ({ name: String(name), type: String(type) })),
  };
}

/** The type of field that a column's type fits best. */
export function proposeType(type: string): FieldType {
  if (INTEGERS.test(type)) return "integer";
  if (NUMBERS.test(type)) return "decimal";
  if (type === "BOOLEAN") return "boolean";
  if (type === "DATE") return "date";
  return TIMESTAMPS.test(type) ? "instant" : "text";
}

/**
 * The SELECT that gives the picked columns as their fields want them. Every value is looked at first; throws
 * `ImportError` naming row, column and value of the first that is not of its field's type.
 */
export async function selectAs(
  connection: DuckDBConnection,
  source: TableSource,
  picked: readonly Picked[],
): Promise<string> {
  const made = picked.map(({ field, column }) => ({
    field,
    ...columnAs(source, field.type, column),
  }));
  const checks = made.map(({ bad }) => `count_if(${bad})`);
  const counted = await connection.runAndReadAll(
    `select ${checks.join(", ")} from ${source.from}`,
  );
  if (counted.getRows()[0]?.some((count) => count !== 0n))
    throw await firstBad(connection, source, made);
  return `select ${made.map(({ field, value }) => `${value} as ${quoteName(field.name)}`).join(", ")} from ${source.from}`;
}

const INTEGERS = /^U?(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/;
const NUMBERS = /^(?:FLOAT|DOUBLE|DECIMAL.*)$/;
const TIMESTAMPS = /^TIMESTAMP/;

type Column = {
  readonly name: string;
  readonly value: string;
  readonly bad: string;
};

function columnAs(
  source: TableSource,
  type: FieldType,
  column: number,
): Column {
  const { name, type: has } = source.columns[column] ?? {
    name: "",
    type: "missing",
  };
  const raw = quoteName(name);
  const made = sqlAs(type, has, raw);
  if (made === undefined)
    throw new ImportError(
      source.file,
      `column ${column + 1} (${name}) is ${has}, want ${WANTED[type]}`,
    );
  return {
    name,
    value: made.value,
    bad:
      made.bad === "false"
        ? "false"
        : `${raw} is not null and coalesce(${made.bad}, true)`,
  };
}

/** `bad` is true or NULL for a value that is there and cannot become one of the type. */
function sqlAs(
  type: FieldType,
  has: string,
  raw: string,
): { readonly value: string; readonly bad: string } | undefined {
  const numeric = INTEGERS.test(has) || NUMBERS.test(has);
  switch (type) {
    case "text":
      return { value: `cast(${raw} as varchar)`, bad: "false" };
    case "boolean":
      return has === "BOOLEAN" ? { value: raw, bad: "false" } : undefined;
    case "integer": {
      const value = `try_cast(${raw} as bigint)`;
      // Whole numbers that a program wrote as doubles are whole numbers; the cast itself would round.
      if (has === "BIGINT") return { value: raw, bad: "false" };
      return numeric
        ? {
            value,
            bad: NUMBERS.test(has) ? `${value} <> ${raw}` : `${value} is null`,
          }
        : undefined;
    }
    case "decimal": {
      const value = `(try_cast(${raw} as double) + 0)`;
      return numeric
        ? { value, bad: `not abs(${value}) < ${DECIMAL_BELOW}` }
        : undefined;
    }
    case "date": {
      const value = `try_cast(${raw} as date)`;
      const inRange = `${value} between date '0001-01-01' and date '9999-12-31'`;
      if (has === "DATE") return { value, bad: `not (${inRange})` };
      return TIMESTAMPS.test(has)
        ? {
            value,
            bad: `not (${inRange} and cast(${value} as timestamp) = try_cast(${raw} as timestamp))`,
          }
        : undefined;
    }
    case "instant": {
      // A time without zone is taken as UTC. By number, because the cast asks the calendar of zones for every row.
      const micros = `epoch_us(${raw})`;
      return TIMESTAMPS.test(has)
        ? {
            value: `make_timestamptz(${micros})`,
            bad: `not (${micros} between ${FIRST_MICROS} and ${LAST_MICROS})`,
          }
        : undefined;
    }
  }
}

async function firstBad(
  connection: DuckDBConnection,
  source: TableSource,
  made: readonly (Column & { readonly field: Picked["field"] })[],
): Promise<ImportError> {
  const any = made.map(({ bad }) => bad).join(" or ");
  const columns = made.flatMap(({ name, bad }) => [
    `(${bad})`,
    `cast(${quoteName(name)} as varchar)`,
  ]);
  const numbered = `select row_number() over () as "#n", * from ${source.from}`;
  const found = await connection.runAndReadAll(
    `select "#n", ${columns.join(", ")} from (${numbered}) where ${any} order by "#n" limit 1`,
  );
  const [row, ...cells] = found.getRows()[0] ?? [];
  const at = made.findIndex((_, i) => cells[2 * i] === true);
  const column = made[at];
  if (column === undefined)
    throw new Error(
      `Cannot import ${source.file}: it changed while it was read`,
    );
  return new ImportError(
    source.file,
    `row ${String(row)}, column ${column.name} is ${show(cells[2 * at + 1])}, want ${WANTED[column.field.type]}`,
  );
}
