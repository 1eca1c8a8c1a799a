import type { RowProblem } from "../../../audit/ledger/receipt-row.ts";
import { quoted } from "../../../audit/ledger/problem.ts";
import { LINE_CHARACTERS_MAX, type Row } from "./row.ts";

const SHOWN_CHARACTERS_MAX = 2_000;

/** How the rows of a text are parted. `ends` is the sign that ends a line; a carriage return before a line feed is no text. */
export type CsvForm = {
  readonly delimiter: string;
  readonly ends: "\n" | "\r";
  /** The name of an encoding to whose text no U+FFFD belongs. */
  readonly noReplacement?: string | undefined;
};

/**
 * Reads the rows of a CSV text in batches. A line whose quotes are wrong is a broken row and the next line is read on:
 * unlike the reader of data sets, which refuses the file.
 */
export async function* csvRows(
  texts: AsyncIterable<string>,
  form: CsvForm,
): AsyncGenerator<readonly Row[]> {
  let rest = "";
  let line = 1;
  let isSkipping = false;
  for await (const text of texts) {
    rest = isSkipping ? text : rest + text;
    if (isSkipping) {
      const end = text.indexOf(form.ends);
      if (end < 0) continue;
      rest = text.slice(end + 1);
      line++;
      isSkipping = false;
    }
    const batch = take(rest, line, form, false);
    rest = rest.slice(batch.next);
    line = batch.line;
    if (batch.rows.length > 0) yield batch.rows;
    if (rest.length > LINE_CHARACTERS_MAX && !rest.includes(form.ends)) {
      yield [brokenRow(rest, line, TOO_LONG)];
      rest = "";
      isSkipping = true;
    }
  }
  // What is skipped at the end is of a line that was told already.
  const { rows } = take(isSkipping ? "" : rest, line, form, true);
  if (rows.length > 0) yield rows;
}

const TOO_LONG: RowProblem = {
  column: "",
  reason: `more than ${LINE_CHARACTERS_MAX} characters, want a shorter line`,
};

/** All rows of a text that is whole. */
export function csvRowsOf(
  text: string,
  form: CsvForm,
  line = 1,
): readonly Row[] {
  return take(text, line, form, true).rows;
}

type Batch = {
  readonly rows: readonly Row[];
  readonly next: number;
  readonly line: number;
};

function take(
  text: string,
  firstLine: number,
  form: CsvForm,
  ended: boolean,
): Batch {
  const rows: Row[] = [];
  let line = firstLine;
  let at = 0;
  while (at < text.length) {
    const found = rowAt(text, at, line, form, ended);
    if (found === undefined) break;
    rows.push(found.row);
    line += found.lines;
    at = found.next;
  }
  return { rows, next: at, line };
}

type Found = {
  readonly row: Row;
  readonly next: number;
  readonly lines: number;
};

/** Undefined where the text ends before the row does, and more is to come. */
function rowAt(
  text: string,
  at: number,
  line: number,
  form: CsvForm,
  ended: boolean,
): Found | undefined {
  const end = text.indexOf(form.ends, at);
  if (end < 0 && !ended) return undefined;
  const stop = end < 0 ? text.length : end;
  const next = end < 0 ? stop : end + 1;
  const quote = text.indexOf('"', at);
  if (quote < 0 || quote >= stop) {
    const raw = withoutReturn(text.slice(at, stop));
    const broken = brokenText(raw, form);
    const row =
      broken === undefined
        ? { line, fields: raw.split(form.delimiter), text: raw }
        : brokenRow(raw, line, broken);
    return { row, next, lines: 1 };
  }
  return quotedRowAt(text, at, line, form, ended, { stop, next });
}

function quotedRowAt(
  text: string,
  at: number,
  line: number,
  form: CsvForm,
  ended: boolean,
  first: { readonly stop: number; readonly next: number },
): Found | undefined {
  const parted = partQuoted(text, at, form);
  if (parted.kind === "open") {
    // It may be closed further on, but not beyond the longest line.
    if (!ended && text.length - at <= LINE_CHARACTERS_MAX) return undefined;
    const raw = withoutReturn(text.slice(at, first.stop));
    const broken = { column: "", reason: "a quote is not closed" };
    return { row: brokenRow(raw, line, broken), next: first.next, lines: 1 };
  }
  if (parted.end >= text.length && !ended) return undefined;
  // The quote that closes may be the next line's, which then is not lost.
  if (parted.kind === "wrong" && parted.end > first.stop) {
    const raw = withoutReturn(text.slice(at, first.stop));
    return { row: brokenRow(raw, line, parted), next: first.next, lines: 1 };
  }
  const raw = withoutReturn(text.slice(at, parted.end));
  const next = Math.min(parted.end + 1, text.length);
  const lines = 1 + countOf(raw, form.ends);
  const broken = parted.kind === "wrong" ? parted : brokenText(raw, form);
  const row =
    broken === undefined && parted.kind === "fields"
      ? { line, fields: parted.fields, text: raw }
      : brokenRow(raw, line, broken ?? { column: "", reason: "its quotes" });
  return { row, next, lines };
}

type Parted =
  | { readonly kind: "open" }
  | ({ readonly kind: "wrong"; readonly end: number } & RowProblem)
  | {
      readonly kind: "fields";
      readonly end: number;
      readonly fields: readonly string[];
    };

/** From `at` to the end of a line that is in no quotes. A quote within a value that does not begin with one is text. */
function partQuoted(
  text: string,
  at: number,
  { delimiter, ends }: CsvForm,
): Parted {
  const fields: string[] = [];
  for (let begin = at; ;) {
    let end: number;
    if (text[begin] === '"') {
      const close = closingQuote(text, begin);
      if (close < 0) return { kind: "open" };
      fields.push(text.slice(begin + 1, close).replaceAll('""', '"'));
      end = close + 1;
      if (text[end] === "\r" && (text[end + 1] ?? ends) === ends) end++;
      if (end < text.length && text[end] !== ends && text[end] !== delimiter) {
        const stop = endOf(text, end, ends);
        return {
          kind: "wrong",
          end: stop,
          column: "",
          reason: `${quoted(text.slice(end, Math.min(stop, end + 20)))} stands behind a closing quote`,
        };
      }
    } else {
      const stop = endOf(text, begin, ends);
      const mark = text.indexOf(delimiter, begin);
      end = mark >= 0 && mark < stop ? mark : stop;
      const value = text.slice(begin, end);
      fields.push(end === stop ? withoutReturn(value) : value);
    }
    if (end >= text.length || text[end] === ends)
      return { kind: "fields", end, fields };
    begin = end + 1;
  }
}

function closingQuote(text: string, open: number): number {
  for (let at = open + 1; ; at += 2) {
    at = text.indexOf('"', at);
    if (at < 0 || text[at + 1] !== '"') return at;
  }
}

function endOf(text: string, from: number, ends: string): number {
  const end = text.indexOf(ends, from);
  return end < 0 ? text.length : end;
}

function withoutReturn(text: string): string {
  return text.endsWith("\r") ? text.slice(0, -1) : text;
}

function countOf(text: string, sign: string): number {
  let count = 0;
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1))
    count++;
  return count;
}

function brokenText(
  raw: string,
  { noReplacement }: CsvForm,
): RowProblem | undefined {
  if (raw.length > LINE_CHARACTERS_MAX) return TOO_LONG;
  if (noReplacement === undefined || !raw.includes("\ufffd")) return undefined;
  return { column: "", reason: `holds bytes that are no ${noReplacement}` };
}

function brokenRow(
  raw: string,
  line: number,
  { column, reason }: RowProblem,
): Row {
  const text = raw.slice(0, SHOWN_CHARACTERS_MAX);
  return { line, fields: [], text, broken: { column, reason } };
}
