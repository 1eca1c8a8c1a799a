import { resolve } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { minorDigits } from "../../../audit/ledger/currencies.ts";
import type { ReceiptRole } from "../../../audit/ledger/heading-words.ts";
import {
  readCurrency,
  TEXT_CHARACTERS_MAX,
} from "../../../audit/ledger/receipt-row.ts";
import { statusOf } from "../../../audit/ledger/receipt-status.ts";
import type { Counts, Reading } from "./convert.ts";
import { keepRow } from "./convert.ts";
import { csvRowsOf } from "./csv-rows.ts";
import { linesAt } from "./lines-at.ts";
import { type PlainForm, plainSelect } from "./plain-sql.ts";
import type { Survey } from "./survey.ts";

const COLUMNS_MAX = 500;
const ODD_LINES_MAX = 50_000;
const DISTINCT_MAX = 1_000;

/** A file that DuckDB reads in place. */
export type Plain = Counts & {
  readonly select: string;
  readonly listSelect: string;
};

/**
 * A CSV file of UTF-8 whose dates are ISO and whose amounts are plain decimals is never copied: DuckDB reads it where it
 * is, which takes a tenth of the time. The lines that are not so are read one by one. Undefined for all other files.
 */
export async function readInPlace(
  connection: DuckDBConnection,
  file: string,
  seen: Survey,
  reading: Reading,
): Promise<Plain | undefined> {
  const form = formOf(file, seen, reading);
  if (form === undefined) return undefined;
  try {
    return await tryInPlace(connection, file, seen, reading, form);
  } catch (error) {
    // Whatever DuckDB finds wrong with the file as a whole is told line by line by the other way.
    if (error instanceof NotPlain || isOfDuckdb(error)) return undefined;
    throw error;
  }
}

class NotPlain extends Error {}

function isOfDuckdb(error: unknown): boolean {
  return error instanceof Error && /^[A-Z][\w ]+ Error: /.test(error.message);
}

function formOf(
  file: string,
  seen: Survey,
  { book, head, places, index }: Reading,
): PlainForm | undefined {
  const { columns, power, currency, values } = places;
  const digits = minorDigits(currency);
  const isPlain =
    book.format === "csv" &&
    book.delimiter !== undefined &&
    seen.isWhole &&
    (seen.mark === 0 || head.line > 0) &&
    seen.lines > head.line &&
    head.headings.length > 1 &&
    head.headings.length <= COLUMNS_MAX &&
    columns.has("date") &&
    columns.has("amount") &&
    !values.has("currency") &&
    !values.has("quantity") &&
    [...columns.values()].every((column) => column < head.headings.length) &&
    power === 0 &&
    digits <= 2 &&
    // DuckDB takes these for a pattern of several files.
    !/[*?[\]{}]/.test(file);
  if (!isPlain || book.delimiter === undefined) return undefined;
  return {
    path: resolve(file),
    file: index,
    skip: head.line,
    width: head.headings.length,
    delimiter: book.delimiter,
    places,
    digits,
    hasLongLines: seen.lineBytesMax > TEXT_CHARACTERS_MAX,
    hasRareBlanks:
      seen.hasRareBlanks || (seen.hasTabs && book.delimiter !== "\t"),
  };
}

async function tryInPlace(
  connection: DuckDBConnection,
  file: string,
  seen: Survey,
  reading: Reading,
  form: PlainForm,
): Promise<Plain> {
  const table = `ledger_rejects_${reading.index}`;
  const sql = plainSelect(form);
  try {
    const looked = await lookOver(connection, sql.look(table), form);
    const wrong = await numbers(
      connection,
      `select distinct line from ${table} order by line`,
    );
    // Behind wrong quotes DuckDB does not always find the next line.
    const [quotes = 0] = await numbers(
      connection,
      `select count(*) from ${table} where error_type not in ('MISSING COLUMNS', 'TOO MANY COLUMNS')`,
    );
    if (quotes > 0) throw new NotPlain();
    const odd = looked.rows - looked.good + wrong.length;
    if (odd > ODD_LINES_MAX) throw new NotPlain();
    // Otherwise a value holds a line end, or a line is blank, and no row number tells a line.
    if (looked.rows + wrong.length !== seen.lines - form.skip)
      throw new NotPlain();
    const codes = codesOf(looked, reading);
    const isAllGood = looked.good === looked.rows;
    const oddRows = isAllGood ? [] : await numbers(connection, sql.oddRows);
    const lines = linesOfRows(oddRows, wrong, form.skip);
    const before = [
      reading.kept.receiptCount,
      reading.kept.rejectCount,
    ] as const;
    await keepLines(
      file,
      [...lines, ...wrong].sort((a, b) => a - b),
      reading,
    );
    return {
      receipts: looked.good + reading.kept.receiptCount - before[0],
      rejects: reading.kept.rejectCount - before[1],
      select: isAllGood
        ? sql.typed(looked.blanks, codes)
        : sql.checked(looked.blanks, codes),
      listSelect: sql.listed(looked.blanks, codes, wrong),
    };
  } finally {
    await connection.run(`drop table if exists ${table}`);
    await connection.run(`drop table if exists ${table}_scans`);
  }
}

/** What one scan over the whole file tells. */
type Looked = {
  readonly rows: number;
  readonly good: number;
  /** Roles whose texts may have blanks around them. */
  readonly blanks: ReadonlySet<ReceiptRole>;
  readonly statuses: readonly string[];
  readonly currencies: readonly string[];
};

async function lookOver(
  connection: DuckDBConnection,
  sql: string,
  { places }: PlainForm,
): Promise<Looked> {
  const reader = await connection.runAndReadAll(sql);
  const [row] = reader.getRowObjectsJson();
  const textsIn = (name: string): readonly string[] => {
    const found = row?.[name];
    return Array.isArray(found) ? found.map(String) : [];
  };
  return {
    rows: Number(row?.["total"]),
    good: Number(row?.["good"]),
    blanks: new Set(
      [...places.columns.keys()].filter((role) => row?.[role] === true),
    ),
    statuses: textsIn("statuses"),
    currencies: textsIn("currencies"),
  };
}

/** What the texts of the columns for status and currency mean, each told once. */
export type Codes = {
  readonly statuses: ReadonlyMap<string, string>;
  readonly currencies: ReadonlyMap<string, string>;
};

function codesOf(
  { statuses, currencies }: Looked,
  { places, head }: Reading,
): Codes {
  if (statuses.length > DISTINCT_MAX || currencies.length > DISTINCT_MAX)
    throw new NotPlain();
  const column = places.columns.get("status");
  const heading =
    column === undefined
      ? "status"
      : (places.names[column] ?? head.headings[column] ?? "");
  return {
    statuses: new Map(
      statuses.map((text) => [text, statusOf(text.trim(), heading)]),
    ),
    currencies: new Map(
      currencies.map((text) => {
        const code = readCurrency(text.trim(), places.currency);
        if (
          typeof code !== "string" ||
          minorDigits(code) !== minorDigits(places.currency)
        )
          throw new NotPlain();
        return [text, code];
      }),
    ),
  };
}

async function numbers(
  connection: DuckDBConnection,
  sql: string,
): Promise<readonly number[]> {
  const reader = await connection.runAndReadAll(sql);
  return reader.getRows().map(([value]) => Number(value));
}

/** The lines of rows that are counted without those that have a wrong number of values. */
export function linesOfRows(
  rows: readonly number[],
  wrong: readonly number[],
  skip: number,
): readonly number[] {
  let left = 0;
  return rows.map((row) => {
    let line = row + skip + left;
    while ((wrong[left] ?? Infinity) <= line) {
      left++;
      line++;
    }
    return line;
  });
}

async function keepLines(
  file: string,
  lines: readonly number[],
  reading: Reading,
): Promise<void> {
  const { delimiter = "," } = reading.book;
  for await (const { line, text } of linesAt(file, lines)) {
    for (const row of csvRowsOf(text, { delimiter, ends: "\n" }, line))
      keepRow(row, reading);
    await reading.kept.writeIfFull();
  }
}
