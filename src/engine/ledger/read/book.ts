import { headingCounter } from "../../../audit/ledger/headings.ts";
import type { HeadingWords } from "../../../audit/ledger/heading-words.ts";
import type { Encoding, Mapping } from "../../../audit/ledger/mapping.ts";
import { ReadError } from "../read-error.ts";
import { type CsvForm, csvRows, csvRowsOf } from "./csv-rows.ts";
import { jsonRows, namesIn, ndjsonRows } from "./json-rows.ts";
import { type Book, isBlank, type Row, textOfField } from "./row.ts";
import type { Survey } from "./survey.ts";
import { textIn } from "./text.ts";
import { Archive } from "./xlsx/archive.ts";
import { sheetRows } from "./xlsx/sheet-rows.ts";
import { readWorkbook } from "./xlsx/workbook.ts";

/** What a mapping may say of how a file is to be opened. */
export type Opening = Pick<Mapping, "delimiter" | "encoding" | "sheet">;

/** In how many rows from the top headings are looked for. */
export const HEAD_ROWS_MAX = 100;

/** Opens a file by what it holds, never by its name, and closes it when the work is done. */
export async function withBook<Role extends string, T>(
  file: string,
  seen: Survey,
  words: HeadingWords<Role>,
  opening: Opening,
  work: (book: Book) => Promise<T>,
): Promise<T> {
  if (seen.kind === "text")
    return work(await textBook(file, seen, words, opening));
  const archive = await Archive.open(file);
  try {
    return await work(await sheetBook(file, archive, words, opening));
  } finally {
    archive.close();
  }
}

/** The names of a workbook's sheets, as `sheetsIn` parts them. */
export async function sheetsOf<Role extends string>(
  file: string,
  seen: Survey,
  words: HeadingWords<Role>,
): Promise<Sheets<string>> {
  if (seen.kind === "text") return { alike: [], others: [] };
  const archive = await Archive.open(file);
  try {
    const workbook = await readWorkbook(file, archive);
    const { alike, others } = await sheetsIn(file, archive, workbook, words);
    const nameOf = ({ name }: Sheet): string => name;
    return { alike: alike.map(nameOf), others: others.map(nameOf) };
  } finally {
    archive.close();
  }
}

type Workbook = Awaited<ReturnType<typeof readWorkbook>>;
type Sheet = Workbook["sheets"][number];
type Sheets<T> = {
  readonly alike: readonly T[];
  readonly others: readonly T[];
};

/** Of a workbook: the first sheet with headings and those with the same, then the others that hold anything. */
async function sheetsIn<Role extends string>(
  file: string,
  archive: Archive,
  workbook: Workbook,
  words: HeadingWords<Role>,
): Promise<Sheets<Sheet>> {
  const alike: Sheet[] = [];
  const others: Sheet[] = [];
  const count = counterOf(words);
  let first: string | undefined;
  for (const sheet of workbook.sheets) {
    const rows = await firstRows(
      sheetRows(file, archive, sheet.part, workbook),
      HEAD_ROWS_MAX,
    );
    const head = rows.find((row) => count(row) >= 2);
    const key = head?.fields.map((one) => textOfField(one).trim()).join("\n");
    first ??= key;
    if (key !== undefined && key === first) alike.push(sheet);
    else if (rows.length > 0) others.push(sheet);
  }
  return { alike, others };
}

async function sheetBook<Role extends string>(
  file: string,
  archive: Archive,
  words: HeadingWords<Role>,
  { sheet: wanted }: Opening,
): Promise<Book> {
  const workbook = await readWorkbook(file, archive);
  const rowsOf = (part: string) => sheetRows(file, archive, part, workbook);
  const bookOf = ({ name, part }: { name: string; part: string }): Book => ({
    format: "xlsx",
    how: `sheet ${name}`,
    sheet: name,
    names: undefined,
    rows: () => rowsOf(part),
  });
  const names = workbook.sheets.map(({ name }) => name).join(", ");
  if (wanted !== undefined) {
    const sheet = workbook.sheets.find(({ name }) => name === wanted);
    if (sheet !== undefined) return bookOf(sheet);
    throw new ReadError(
      file,
      `no sheet is called ${wanted}, want one of ${names}`,
    );
  }
  const { alike, others } = await sheetsIn(file, archive, workbook, words);
  const found = alike[0] ?? others[0];
  if (found !== undefined) return bookOf(found);
  throw new ReadError(
    file,
    "it holds no cells, want a sheet with cells; text in pictures cannot be read",
  );
}

/** As many rows from the top; the rest is not read. */
export async function firstRows(
  batches: AsyncIterable<readonly Row[]>,
  max: number,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const batch of batches) {
    for (const row of batch) if (!isBlank(row)) rows.push(row);
    if (rows.length >= max) break;
  }
  return rows.slice(0, max);
}

/** Counts the headings in a row. */
export function counterOf<Role extends string>(
  words: HeadingWords<Role>,
): Counter {
  const count = headingCounter(words);
  return ({ fields }) => count(fields.map(textOfField));
}

export type Counter = (row: Row) => number;

const NAMED: Readonly<Record<string, string>> = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "bar",
};
const ENCODING_NAMES: Readonly<Record<Encoding, string>> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16",
  gb18030: "GB18030",
  "windows-1252": "Windows-1252",
};

async function textBook<Role extends string>(
  file: string,
  seen: Survey,
  words: HeadingWords<Role>,
  opening: Opening,
): Promise<Book> {
  const encoding = opening.encoding ?? seen.encoding;
  const name = ENCODING_NAMES[encoding];
  const texts = () => textIn(file, encoding);
  const sample = await firstText(texts());
  if (sample.includes("\0"))
    throw new ReadError(file, "it holds zero bytes, want text or a workbook");
  const json = jsonFormOf(sample);
  if (json === "json") {
    const names = await namesIn(file, undefined);
    return {
      format: json,
      how: name,
      names,
      rows: () => jsonRows(file, names),
    };
  }
  if (json === "ndjson") {
    const names = await namesIn(file, texts());
    return {
      format: json,
      how: name,
      names,
      rows: () => ndjsonRows(texts(), names),
    };
  }
  const form = csvFormOf(sample, words, opening, {
    noReplacement: seen.isWhole && encoding === "utf-8" ? undefined : name,
  });
  const { delimiter } = form;
  return {
    format: "csv",
    how: `${name}, ${NAMED[delimiter] ?? delimiter}`,
    names: undefined,
    delimiter,
    rows: () => withoutSep(csvRows(texts(), form)),
  };
}

async function firstText(texts: AsyncIterable<string>): Promise<string> {
  for await (const text of texts) return text;
  return "";
}

function jsonFormOf(sample: string): "json" | "ndjson" | undefined {
  if (/^\s*\[\s*(?:\{|\]|$)/.test(sample)) return "json";
  return /^\s*\{\s*(?:"|\})/.test(sample) ? "ndjson" : undefined;
}

const SEP = /^sep=(.)\r?$/i;

/** The delimiter that a first line sep=; names, or else the one below which most headings are known, or most rows alike. */
export function csvFormOf<Role extends string>(
  sample: string,
  words: HeadingWords<Role>,
  opening: Opening,
  more: Pick<CsvForm, "noReplacement">,
): CsvForm {
  const ends = sample.includes("\n") || !sample.includes("\r") ? "\n" : "\r";
  const [first = ""] = sample.split(ends, 1);
  const given = opening.delimiter ?? SEP.exec(first)?.[1];
  if (given !== undefined) return { delimiter: given, ends, ...more };
  const end = sample.lastIndexOf(ends);
  const text = end < 0 ? sample : sample.slice(0, end);
  const count = counterOf(words);
  const scored = Object.keys(NAMED).map((delimiter) => ({
    delimiter,
    ...scoreOf(csvRowsOf(text, { delimiter, ends }), count),
  }));
  const best = scored.reduce((one, other) =>
    other.headings > one.headings ||
    (other.headings === one.headings && other.alike > one.alike)
      ? other
      : one,
  );
  return { delimiter: best.delimiter, ends, ...more };
}

function scoreOf(
  rows: readonly Row[],
  count: Counter,
): { readonly headings: number; readonly alike: number } {
  const top = rows.slice(0, HEAD_ROWS_MAX);
  const known = Math.max(0, ...top.map(count));
  const widths = new Map<number, number>();
  for (const { fields } of top)
    widths.set(fields.length, (widths.get(fields.length) ?? 0) + 1);
  widths.delete(1);
  // More columns are the better guess where as many rows are alike.
  const alike = [...widths].map(([width, count]) => count + width / 1e6);
  return { headings: known >= 2 ? known : 0, alike: Math.max(0, ...alike) };
}

async function* withoutSep(
  batches: AsyncIterable<readonly Row[]>,
): AsyncGenerator<readonly Row[]> {
  for await (const batch of batches)
    yield batch[0]?.line === 1 && SEP.test(batch[0].text ?? "")
      ? batch.slice(1)
      : batch;
}
