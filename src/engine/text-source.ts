import { type CsvRow, lineOf, readCsv } from "./csv.ts";
import { ImportError } from "./import-error.ts";
import { type JsonForm, type JsonItem, readJson } from "./json.ts";
import type { Found } from "./read-value.ts";

/** A file of text as rows and columns; every value in it can be found again by whoever has to mend it. */
export type TextSource = {
  readonly headers: readonly string[];
  rows(): AsyncGenerator<readonly TextRow[]>;
};

export type TextRow = {
  readonly found: (column: number) => Found;
  /** Such as: line 7, column 3 (age). */
  readonly where: (column: number) => string;
};

export async function csvSource(
  file: string,
  tabs: boolean,
): Promise<TextSource> {
  for await (const [header] of readCsv(file, tabs)) {
    if (header === undefined) continue;
    const headers = header.values.map((value) => value ?? "");
    return { headers, rows: () => csvRows(file, tabs, headers) };
  }
  throw new ImportError(file, "it is empty, want a line of column names");
}

/** The members of all objects are its columns, in the order in which they first come. */
export async function jsonSource(
  file: string,
  form: JsonForm,
): Promise<TextSource> {
  const names = new Set<string>();
  for await (const items of readJson(file, form)) {
    for (const { members } of items)
      for (const name of members.keys()) names.add(name);
  }
  const headers = [...names];
  return { headers, rows: () => jsonRows(file, form, headers) };
}

async function* csvRows(
  file: string,
  tabs: boolean,
  headers: readonly string[],
): AsyncGenerator<readonly TextRow[]> {
  let skipHeader = 1;
  for await (const rows of readCsv(file, tabs)) {
    if (rows.length === 0) continue;
    yield rows.slice(skipHeader).map((row) => csvRow(row, headers));
    skipHeader = 0;
  }
}

function csvRow(row: CsvRow, headers: readonly string[]): TextRow {
  return {
    found: (column) => row.values[column] ?? null,
    where: (column) =>
      `line ${lineOf(row, column)}, column ${column + 1} (${headers[column]})`,
  };
}

async function* jsonRows(
  file: string,
  form: JsonForm,
  headers: readonly string[],
): AsyncGenerator<readonly TextRow[]> {
  for await (const items of readJson(file, form))
    yield items.map((item) => jsonRow(item, headers));
}

function jsonRow(
  { members, line, item }: JsonItem,
  headers: readonly string[],
): TextRow {
  return {
    found: (column) => members.get(headers[column] ?? "") ?? null,
    where: (column) => `line ${line}, item ${item}, member ${headers[column]}`,
  };
}
