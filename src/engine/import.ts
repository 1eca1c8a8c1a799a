import { access } from "node:fs/promises";
import { extname, resolve } from "node:path";
import {
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBValue,
} from "@duckdb/node-api";
import type { FieldType } from "../acts/shapes.ts";
import { WANTED } from "../acts/values.ts";
import type { TypedField } from "../uses/check-plan.ts";
import { fieldNames, type Picked, pickColumns } from "./column-names.ts";
import { ImportError, show } from "./import-error.ts";
import { sniffJson } from "./json.ts";
import { readFound } from "./read-value.ts";
import { quoteName, quoteText } from "./sql.ts";
import {
  proposeType,
  selectAs,
  type TableSource,
  tableSource,
} from "./table-source.ts";
import {
  csvSource,
  jsonSource,
  type TextRow,
  type TextSource,
} from "./text-source.ts";
import { ENGINE_TYPES } from "./values.ts";
import {
  inWorkshop,
  type Kept,
  lookingInto,
  type Workshop,
} from "./workshop.ts";

export const IMPORT_FORMATS = [
  "csv",
  "tsv",
  "json",
  "ndjson",
  "geojson",
  "parquet",
] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

export type ImportOrder = {
  readonly file: string;
  /** By the file's name and beginning when absent. */
  readonly format?: ImportFormat;
  /** The registered schema: each field must have its column, every value must be of its type, other columns stay out. */
  readonly fields?: readonly TypedField[];
  /** Field name to header, where the header does not say it by itself ("Cost Total $" is cost_total by itself). */
  readonly columns?: Readonly<Record<string, string>>;
  readonly outFolder: string;
};

export type Imported = Kept & { readonly fields: readonly TypedField[] };

/** A field as a file suggests it, and the header it comes from. */
export type ProposedField = TypedField & { readonly header: string };

/**
 * Makes one immutable Parquet file, named by its SHA-256, out of a file of data: rows and their order as they are,
 * every value of its field's type. A file with a broken row gives nothing but an `ImportError` that names the place.
 */
export async function importFile(order: ImportOrder): Promise<Imported> {
  const { file, outFolder, columns } = order;
  const format = await formatOf(file, order.format);
  if (format === "parquet") {
    return inWorkshop(outFolder, file, (workshop) =>
      readableParquet(file, () =>
        importTable(workshop, file, parquet(file), order.fields, columns),
      ),
    );
  }
  const source = await openText(file, format);
  const fields = order.fields ?? (await proposeText(source));
  const picked =
    order.fields === undefined
      ? inPlace(fields)
      : pickColumns(file, source.headers, fields, columns);
  return inWorkshop(outFolder, undefined, async ({ connection, keep }) => {
    await stageText(connection, file, source, picked);
    return {
      ...(await keep("select * from staged")),
      fields: picked.map(fieldOf),
    };
  });
}

/** The fields that a file has: name and header of each column, and the narrowest type that all its values are of. */
export async function proposeFields(
  file: string,
  format?: ImportFormat,
): Promise<readonly ProposedField[]> {
  const known = await formatOf(file, format);
  if (known !== "parquet") return proposeText(await openText(file, known));
  return lookingInto(file, (connection) =>
    readableParquet(file, async () =>
      proposeTable(await tableSource(connection, file, parquet(file))),
    ),
  );
}

/** Imports what already stands in a workshop's engine; `from` is what stands behind FROM, `file` who is named in errors. */
export async function importTable(
  { connection, keep }: Workshop,
  file: string,
  from: string,
  fields?: readonly TypedField[],
  columns?: Readonly<Record<string, string>>,
): Promise<Imported> {
  const source = await tableSource(connection, file, from);
  const headers = source.columns.map(({ name }) => name);
  const picked =
    fields === undefined
      ? inPlace(proposeTable(source))
      : pickColumns(file, headers, fields, columns);
  return {
    ...(await keep(await selectAs(connection, source, picked))),
    fields: picked.map(fieldOf),
  };
}

const FORMATS: ReadonlyMap<string, ImportFormat> = new Map(
  IMPORT_FORMATS.map((format) => [`.${format}`, format]),
);

async function formatOf(
  file: string,
  given: ImportFormat | undefined,
): Promise<ImportFormat> {
  try {
    await access(file);
  } catch (cause) {
    throw new ImportError(file, "there is no such file to be read", { cause });
  }
  if (given !== undefined) return given;
  const extension = extname(file).toLowerCase();
  const format = FORMATS.get(extension);
  if (format === undefined)
    throw new ImportError(
      file,
      `its name ends in ${show(extension)}, want one of ${IMPORT_FORMATS.join(", ")}`,
    );
  return format === "json" ? sniffJson(file) : format;
}

function openText(
  file: string,
  format: Exclude<ImportFormat, "parquet">,
): Promise<TextSource> {
  return format === "csv" || format === "tsv"
    ? csvSource(file, format === "tsv")
    : jsonSource(file, format);
}

function parquet(file: string): string {
  return `read_parquet(${quoteText(resolve(file))})`;
}

/** What DuckDB says of a file that is cut short or damaged, as an error about that file. */
async function readableParquet<T>(
  file: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof ImportError) throw cause;
    throw new ImportError(file, "it cannot be read as a whole Parquet file", {
      cause,
    });
  }
}

function inPlace(fields: readonly TypedField[]): readonly Picked[] {
  return fields.map((field, column) => ({ field, column }));
}

function fieldOf({ field: { name, type } }: Picked): TypedField {
  return { name, type };
}

function proposeTable({ columns }: TableSource): readonly ProposedField[] {
  const names = fieldNames(columns.map(({ name }) => name));
  return columns.map(({ name, type }, i) => ({
    name: names[i] ?? "",
    type: proposeType(type),
    header: name,
  }));
}

/** From narrow to wide: a column is of the first type that all its values are of. */
const NARROW: readonly FieldType[] = [
  "boolean",
  "integer",
  "decimal",
  "date",
  "instant",
];

async function proposeText(
  source: TextSource,
): Promise<readonly ProposedField[]> {
  const possible = source.headers.map(() => ({ types: NARROW, seen: false }));
  for await (const rows of source.rows()) {
    for (const row of rows) {
      for (const [column, state] of possible.entries()) {
        const found = row.found(column);
        if (found === null || found === "") continue;
        state.seen = true;
        if (state.types.some((type) => readFound(type, found) === undefined))
          state.types = state.types.filter(
            (type) => readFound(type, found) !== undefined,
          );
      }
    }
  }
  const names = fieldNames(source.headers);
  return possible.map(({ types, seen }, i) => ({
    name: names[i] ?? "",
    type: (seen ? types[0] : undefined) ?? "text",
    header: source.headers[i] ?? "",
  }));
}

/** Rows that DuckDB takes at a time. */
const CHUNK_ROWS = 2048;

async function stageText(
  connection: DuckDBConnection,
  file: string,
  source: TextSource,
  picked: readonly Picked[],
): Promise<void> {
  const types = picked.map(({ field }) => ENGINE_TYPES[field.type]);
  if (picked.length === 0) throw new ImportError(file, "it has no columns");
  const columns = picked.map(
    ({ field }, i) => `${quoteName(field.name)} ${String(types[i])}`,
  );
  await connection.run(`create table staged (${columns.join(", ")})`);
  const appender = await connection.createAppender("staged");
  for await (const rows of source.rows()) {
    for (let from = 0; from < rows.length; from += CHUNK_ROWS) {
      const some = rows.slice(from, from + CHUNK_ROWS);
      const chunk = DuckDBDataChunk.create(types, some.length);
      chunk.setColumns(readChunk(file, some, picked));
      appender.appendDataChunk(chunk);
    }
  }
  appender.closeSync();
}

/** Row by row, so that the first broken value of the file is the one that is named. */
function readChunk(
  file: string,
  rows: readonly TextRow[],
  picked: readonly Picked[],
): DuckDBValue[][] {
  const columns = picked.map((): DuckDBValue[] => []);
  for (const row of rows) {
    for (const [i, { field, column }] of picked.entries()) {
      const found = row.found(column);
      const value = readFound(field.type, found);
      if (value === undefined)
        throw new ImportError(
          file,
          `${row.where(column)} is ${show(found)}, want ${WANTED[field.type]}`,
        );
      columns[i]?.push(value);
    }
  }
  return columns;
}
