import type { Batch } from "../../engine/source.ts";
import type { Cell } from "../../engine/values.ts";
import {
  type Bytes,
  cellOf,
  type Column,
  columnsOf,
  mustBeText,
} from "./batch.ts";

/** Text is handed on in pieces of about this size, however many rows a batch has. */
const CHARACTERS_MAX = 128 * 1024;

/** `{"rows":[{…},…]}`: byte for byte what an answer in one piece is, when it has no cursor. */
export async function* writeJson(
  columns: readonly Column[],
  batches: AsyncIterable<Batch>,
): Bytes {
  const heads = memberHeads(columns);
  let before = '{"rows":[';
  for await (const batch of batches)
    for (const text of pieces(columns, batch, objectOf(heads), ",")) {
      yield Buffer.from(before + text);
      before = ",";
    }
  yield Buffer.from(before === "," ? "]}" : `${before}]}`);
}

/** One JSON object a line, each line ended by a line feed. */
export async function* writeNdjson(
  columns: readonly Column[],
  batches: AsyncIterable<Batch>,
): Bytes {
  const heads = memberHeads(columns);
  for await (const batch of batches)
    for (const text of pieces(columns, batch, objectOf(heads), "\n"))
      yield Buffer.from(`${text}\n`);
}

/**
 * RFC 4180: a header line, comma, CRLF, quotes only where they are needed; UTF-8 without a byte order mark. A missing value is
 * empty and an empty text is `""`. Values leave as they are: what a spreadsheet takes for a formula is not altered.
 */
export async function* writeCsv(
  columns: readonly Column[],
  batches: AsyncIterable<Batch>,
): Bytes {
  yield Buffer.from(`${columns.map(({ name }) => csvText(name)).join()}\r\n`);
  for await (const batch of batches)
    for (const text of pieces(columns, batch, csvRow, "\r\n")) {
      const bytes = Buffer.from(`${text}\r\n`);
      // Half a surrogate pair becomes a replacement character: only then is the text itself looked at.
      if (bytes.includes(REPLACEMENT)) mustBeText(text, "CSV");
      yield bytes;
    }
}

type Row = (cells: readonly (readonly Cell[])[], row: number) => string;

const REPLACEMENT = Buffer.from("\ufffd");

/** The rows of a batch as texts of bounded length. Tokens are made before: a column is one loop, not one look-up a cell. */
function* pieces(
  columns: readonly Column[],
  batch: Batch,
  rowOf: Row,
  between: string,
): Generator<string> {
  const leaving = columnsOf(columns, batch).map(([column, cells]) =>
    column.token === undefined
      ? cells
      : cells.map((_, row) => cellOf(column, cells, row)),
  );
  let text = "";
  // A row may be an empty text: a missing value alone in its line.
  let rows = 0;
  for (let row = 0; row < batch.rows; row++) {
    if (rows > 0) text += between;
    text += rowOf(leaving, row);
    rows += 1;
    if (text.length < CHARACTERS_MAX) continue;
    yield text;
    text = "";
    rows = 0;
  }
  if (rows > 0) yield text;
}

const memberHeads = (columns: readonly Column[]): readonly string[] =>
  columns.map(
    ({ name }, i) => `${i === 0 ? "{" : ","}${JSON.stringify(name)}:`,
  );

function objectOf(heads: readonly string[]): Row {
  if (heads.length === 0) return () => "{}";
  return (columns, row) => {
    let text = "";
    for (let i = 0; i < heads.length; i++) {
      const cell = columns[i]?.[row] ?? null;
      text +=
        heads[i] +
        (typeof cell === "string" ? quoted(cell) : JSON.stringify(cell));
    }
    return `${text}}`;
  };
}

function csvRow(columns: readonly (readonly Cell[])[], row: number): string {
  let text = "";
  for (let i = 0; i < columns.length; i++) {
    if (i > 0) text += ",";
    const cell = columns[i]?.[row] ?? null;
    if (typeof cell === "string") text += csvText(cell);
    else if (cell !== null) text += String(cell);
  }
  return text;
}

/** Nothing in it is escaped in JSON. */
const PLAIN_JSON = /^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/;
const quoted = (text: string): string =>
  PLAIN_JSON.test(text) ? `"${text}"` : JSON.stringify(text);

/** Spaces at the ends are kept by RFC 4180 and dropped by some readers, unless they are quoted. */
const PLAIN_CSV = /^[^\s",](?:[^",\r\n]*[^\s",])?$/;
const csvText = (text: string): string =>
  PLAIN_CSV.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
