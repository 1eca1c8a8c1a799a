import type { Problem } from "./problem.ts";

export type CsvLine = {
  readonly line: number;
  readonly cells: readonly string[];
};

const DELIMITERS = [",", ";", "\t", "|"] as const;

/**
 * The cells of a CSV text, line by line, each with the line on which it begins; quotes as in RFC 4180. The delimiter is
 * the one that the first line holds most of: spreadsheets of many countries write semicolons.
 */
export function csvLines(text: string): readonly CsvLine[] | Problem {
  const body = text.replace(/^\ufeff/, "");
  const delimiter = delimiterOf(/^[^\r\n]*/.exec(body)?.[0] ?? "");
  const mark = delimiter === "|" ? "\\|" : delimiter;
  const pattern = new RegExp(
    `(?:"((?:[^"]|"")*)"|((?:[^"${mark}\\r\\n][^${mark}\\r\\n]*)?))(${mark}|\\r\\n|\\r|\\n|$)`,
    "y",
  );
  const lines: CsvLine[] = [];
  let line = 1;
  let current = { line, cells: new Array<string>() };
  while (pattern.lastIndex < body.length || current.cells.length > 0) {
    const begin = pattern.lastIndex;
    const match = pattern.exec(body);
    if (match === null) return brokenQuote(body.slice(begin), line);
    const [whole, inQuotes, bare = "", end] = match;
    current.cells.push(inQuotes?.replaceAll('""', '"') ?? bare);
    line += (whole.match(/\r\n|\r|\n/g) ?? []).length;
    if (end === delimiter) continue;
    lines.push(current);
    current = { line, cells: [] };
    if (pattern.lastIndex >= body.length) break;
  }
  return lines.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
}

function delimiterOf(first: string): string {
  const counts = DELIMITERS.map((mark) => first.split(mark).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
}

function brokenQuote(rest: string, line: number): Problem {
  const isClosed = /^"(?:[^"]|"")*"(?!")/.test(rest);
  return {
    problem: isClosed
      ? `line ${line} of the aliases: text stands behind a closing quote, want a delimiter`
      : `line ${line} of the aliases: a quote is not closed`,
  };
}
