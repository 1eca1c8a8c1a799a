import { ImportError, show } from "./import-error.ts";
import { PART_CHARACTERS_MAX, textOf } from "./text-of.ts";

/** A row of a CSV file; `line` is where it begins. An empty value is missing, a quoted empty one is an empty text. */
export type CsvRow = {
  readonly values: readonly (string | null)[];
  readonly line: number;
};

/**
 * Reads CSV strictly (RFC 4180, UTF-8, with comma, semicolon, tab or bar as the header shows), rows in batches, the
 * header first. Own code, because DuckDB's reader counts rows where an error should name a line (a quoted value may
 * hold several), and takes a quote in the middle of a value and a stray carriage return as they come.
 */
export function readCsv(
  file: string,
  tabs = false,
): AsyncGenerator<readonly CsvRow[]> {
  return readCsvText(file, textOf(file), tabs);
}

/** The same from text that comes in pieces; `file` is what errors call it. */
export async function* readCsvText(
  file: string,
  pieces:
    | AsyncIterable<{ readonly text: string; readonly ended: boolean }>
    | Iterable<{ readonly text: string; readonly ended: boolean }>,
  tabs = false,
): AsyncGenerator<readonly CsvRow[]> {
  let rest = "";
  let line = 1;
  let scan: Scan | undefined;
  for await (const { text, ended } of pieces) {
    rest += text;
    if (rest.length > PART_CHARACTERS_MAX)
      throw new ImportError(
        file,
        `the row that begins in line ${line} does not end within ${PART_CHARACTERS_MAX} characters, want its quotes closed`,
      );
    scan ??= scanFor(file, rest, tabs, ended);
    if (scan === undefined) continue;
    const rows: CsvRow[] = [];
    let at = 0;
    while (at < rest.length) {
      const row = nextRow(scan, rest, at, line, ended);
      if (row === undefined) break;
      const empty =
        row.values.length === 1 && row.values[0] === null && scan.width !== 1;
      if (!empty) {
        scan.width ??= row.values.length;
        if (row.values.length !== scan.width)
          throw new ImportError(
            file,
            `line ${line} has ${row.values.length} values, want ${scan.width}`,
          );
        rows.push({ values: row.values, line });
      }
      line += row.lines;
      at = row.next;
    }
    rest = rest.slice(at);
    yield rows;
  }
}

/** The line in which a value of a row begins. */
export function lineOf(row: CsvRow, column: number): number {
  return row.values
    .slice(0, column)
    .reduce((line, value) => line + countLines(value ?? ""), row.line);
}

type Scan = {
  readonly file: string;
  readonly delimiter: string;
  width?: number;
};

type Next = {
  readonly values: (string | null)[];
  readonly next: number;
  readonly lines: number;
};

/** The delimiter is the one that the header holds most of, outside quotes; undefined while the header is not whole. */
function scanFor(
  file: string,
  text: string,
  tabs: boolean,
  ended: boolean,
): Scan | undefined {
  if (tabs) return { file, delimiter: "\t" };
  const header = text.replace(/"[^"]*"/g, "");
  const end = header.indexOf("\n");
  if (end < 0 && !ended) return undefined;
  const first = end < 0 ? header : header.slice(0, end);
  const counts = [",", ";", "\t", "|"].map((delimiter) => ({
    delimiter,
    count: first.split(delimiter).length,
  }));
  return {
    file,
    delimiter: counts.reduce((best, one) =>
      one.count > best.count ? one : best,
    ).delimiter,
  };
}

/** One row from `at` on; undefined when the text ends before the row does and more text is to come. */
function nextRow(
  scan: Scan,
  text: string,
  at: number,
  line: number,
  ended: boolean,
): Next | undefined {
  const values: (string | null)[] = [];
  let lines = 0;
  for (let begin = at; ;) {
    let end: number;
    if (text[begin] === '"') {
      const quoted = readQuoted(scan.file, text, begin, line + lines, ended);
      if (quoted === undefined) return undefined;
      values.push(quoted.value);
      lines += countLines(quoted.value);
      end = quoted.end;
    } else {
      end = endOfPlain(text, begin, scan.delimiter);
      const value = text.slice(
        begin,
        text[end] === "\n" && text[end - 1] === "\r" && end > begin
          ? end - 1
          : end,
      );
      if (value.includes('"'))
        throw new ImportError(
          scan.file,
          `line ${line + lines}, column ${values.length + 1} is ${show(value)}, want a value with quotes in it to be quoted`,
        );
      values.push(value === "" ? null : value);
    }
    if (end >= text.length)
      return ended
        ? { values, next: text.length, lines: lines + 1 }
        : undefined;
    if (text[end] === "\r" && text[end + 1] === "\n") end++;
    if (text[end] === "\n") return { values, next: end + 1, lines: lines + 1 };
    if (text[end] !== scan.delimiter) {
      if (end + 1 >= text.length && !ended) return undefined;
      throw new ImportError(
        scan.file,
        `line ${line + lines}, column ${values.length} has ${show(text[end])} after its closing quote`,
      );
    }
    begin = end + 1;
  }
}

function readQuoted(
  file: string,
  text: string,
  begin: number,
  line: number,
  ended: boolean,
): { value: string; end: number } | undefined {
  for (let at = begin + 1; ;) {
    const quote = text.indexOf('"', at);
    if (quote < 0 || (quote + 1 >= text.length && !ended)) {
      if (!ended) return undefined;
      throw new ImportError(
        file,
        `the quote that opens in line ${line} is never closed`,
      );
    }
    if (text[quote + 1] !== '"') {
      const raw = text.slice(begin + 1, quote);
      return {
        value: raw.includes('"') ? raw.replaceAll('""', '"') : raw,
        end: quote + 1,
      };
    }
    at = quote + 2;
  }
}

function endOfPlain(text: string, begin: number, delimiter: string): number {
  const separator = delimiter.charCodeAt(0);
  let at = begin;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === separator || code === 10) break;
  }
  return at;
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1))
    count++;
  return count;
}
