import type { DuckDBConnection } from "@duckdb/node-api";
import type { Currency } from "../../audit/ledger/currencies.ts";
import {
  RECEIPT_WORDS,
  type ReceiptRole,
} from "../../audit/ledger/heading-words.ts";
import type { Reject, Source } from "../../audit/ledger/ledger.ts";
import type { Mapping } from "../../audit/ledger/mapping.ts";
import { ReadError } from "./read-error.ts";
import { sheetsOf, withBook } from "./read/book.ts";
import { convert, type Reading } from "./read/convert.ts";
import { guess, type Guessed, type GuessedMapping } from "./read/guess.ts";
import { emptySelect, Kept } from "./read/kept.ts";
import { readInPlace } from "./read/plain.ts";
import { survey, type Survey } from "./read/survey.ts";

export type ReadOptions = {
  /** How all files are to be read; what it leaves open, and all without it, is guessed. */
  readonly mapping?: Mapping | undefined;
  /** A folder for what is read, made and removed by the caller; the selects read from it. */
  readonly work: string;
  /** Written only if there are rejects. */
  readonly rejectsFile: string;
  /** Its first line; English where it is not given. */
  readonly rejectsHeadings?: string;
  /** Of amounts that name none. */
  readonly defaultCurrency?: Currency | undefined;
  readonly onProgress?: ((text: string) => void) | undefined;
  /** Smaller files are not worth being looked over by DuckDB. */
  readonly inPlaceBytesMin?: number | undefined;
};

/** A ledger that was read: receipts and rejects together are all lines of all files that are not blank. */
export type LedgerFiles = {
  /**
   * SELECTs whose UNION ALL is all receipts: file INTEGER, line BIGINT (may be null here), day DATE, minor BIGINT,
   * currency, department, unit, system, service, payer, payer_class, reference VARCHAR, quantity BIGINT (null where
   * not said), status VARCHAR.
   */
  readonly selects: readonly string[];
  /** The same with every line, slower. */
  readonly listSelects: readonly string[];
  readonly sources: readonly Source[];
  readonly rejects: {
    readonly count: number;
    readonly first: readonly Reject[];
  };
  /** What at least one of the files says of its receipts. */
  readonly has: {
    readonly reference: boolean;
    readonly quantity: boolean;
    readonly payerClass: boolean;
  };
  /** One for each file, as it was used. */
  readonly mappings: readonly GuessedMapping[];
};

const IN_PLACE_BYTES_MIN = 1_048_576;

/** Reads the files of a ledger. Throws `ReadError` where one cannot be read, or not without a word of a person. */
export async function readLedger(
  connection: DuckDBConnection,
  files: readonly string[],
  options: ReadOptions,
): Promise<LedgerFiles> {
  const parts = await partsOf(files, options.mapping);
  const names = parts.map(({ name }) => name);
  const kept = new Kept(
    options.work,
    options.rejectsFile,
    names,
    options.rejectsHeadings,
  );
  try {
    const read: FileRead[] = [];
    for (const [index, part] of parts.entries())
      read.push(await readFile(connection, part, index, kept, options));
    await kept.end();
    const mine = kept.select();
    const selectsOf = (
      of: (plain: NonNullable<FileRead["plain"]>) => string,
    ): readonly string[] => {
      const all = read.flatMap(({ plain }) =>
        plain === undefined ? [] : [of(plain)],
      );
      if (mine !== undefined) all.push(mine);
      return all.length === 0 ? [emptySelect()] : all;
    };
    const has = (role: ReceiptRole): boolean =>
      read.some(
        ({ mapping }) => (mapping.mapping.columns[role] ?? null) !== null,
      );
    return {
      selects: selectsOf(({ select }) => select),
      listSelects: selectsOf(({ listSelect }) => listSelect),
      sources: read.map(({ source }) => source),
      rejects: { count: kept.rejectCount, first: kept.firstRejects },
      has: {
        reference: has("reference"),
        quantity: has("quantity"),
        payerClass: has("payerClass"),
      },
      mappings: read.map(({ mapping }) => mapping),
    };
  } finally {
    await kept.close();
  }
}

/** How a file would be read: its columns, three rows, and what a person has to decide. Throws `ReadError`. */
export async function guessMapping(
  file: string,
  options: Pick<ReadOptions, "mapping" | "defaultCurrency"> = {},
): Promise<GuessedMapping> {
  return guessed(file, await survey(file), options, async (_, found) =>
    shown(found),
  );
}

type FileRead = {
  readonly source: Source;
  readonly mapping: GuessedMapping;
  readonly plain:
    { readonly select: string; readonly listSelect: string } | undefined;
};

/** What stands in `how` before the names of sheets that were not. */
export const NOT_READ = "not read:";

/** A file, or one of several sheets of a workbook that are read one after the other. */
type Part = {
  readonly file: string;
  readonly name: string;
  readonly seen: Survey;
  readonly sheet: string | undefined;
  /** What else the file holds. */
  readonly left: readonly string[];
};

async function partsOf(
  files: readonly string[],
  mapping: Mapping | undefined,
): Promise<readonly Part[]> {
  const parts: Part[] = [];
  const known = new Map<string, string>();
  for (const [index, file] of files.entries()) {
    const seen = await survey(file);
    const before = known.get(seen.sha256);
    if (before !== undefined && !namesMatter(mapping))
      throw new ReadError(
        file,
        `it holds the same as ${before}, and every receipt would be there twice; give it once`,
      );
    known.set(seen.sha256, file);
    const name = nameAmong(files, index);
    const { alike, others } =
      mapping?.sheet === undefined
        ? await sheetsOf(file, seen, RECEIPT_WORDS)
        : { alike: [], others: [] };
    if (alike.length < 2)
      parts.push({ file, name, seen, sheet: alike[0], left: others });
    else
      for (const [at, sheet] of alike.entries())
        parts.push({
          file,
          name: `${name} (${sheet})`,
          seen,
          sheet,
          left: at === 0 ? others : [],
        });
  }
  return parts;
}

/** Files that hold the same are two where their names say what they are of. */
function namesMatter(mapping: Mapping | undefined): boolean {
  return Object.values(mapping?.columns ?? {}).some(
    (place) => place !== null && place !== undefined && "fileName" in place,
  );
}

/** As few folders before it as tell it from the others. */
function nameAmong(files: readonly string[], index: number): string {
  const pathsOf = (file: string): readonly string[] =>
    file.split(/[\\/]+/).filter((part) => part !== "");
  const own = pathsOf(files[index] ?? "");
  const others = files.filter((_, other) => other !== index).map(pathsOf);
  for (let kept = 1; kept < own.length; kept += 1) {
    const tail = own.slice(-kept).join("/");
    if (!others.some((other) => other.slice(-kept).join("/") === tail))
      return tail;
  }
  return own.join("/");
}

async function readFile(
  connection: DuckDBConnection,
  { file, name, seen, sheet, left }: Part,
  index: number,
  kept: Kept,
  options: ReadOptions,
): Promise<FileRead> {
  const tell = (what: string): void => options.onProgress?.(`${name}: ${what}`);
  const { bytes, sha256 } = seen;
  return guessed(file, seen, { ...options, sheet }, async (book, found) => {
    if (found.places === undefined)
      throw new ReadError(file, found.problems.join("; "));
    const { head, places } = found;
    const reading: Reading = { index, book, head, places, kept };
    const isLarge = bytes >= (options.inPlaceBytesMin ?? IN_PLACE_BYTES_MIN);
    const plain = isLarge
      ? await readInPlace(connection, file, seen, reading)
      : undefined;
    const { receipts, rejects } =
      plain ?? (await convert(reading, (lines) => tell(`${lines} lines`)));
    tell(`${receipts} receipts, ${rejects} rejects`);
    const { format, how } = book;
    const unread = left.filter((sheet) => sheet !== book.sheet);
    return {
      source: {
        name,
        bytes,
        sha256,
        format,
        how:
          unread.length === 0
            ? how
            : `${how}; ${NOT_READ} ${unread.join(", ")}`,
        receipts,
        rejects,
      },
      mapping: shown(found),
      plain,
    };
  });
}

function guessed<T>(
  file: string,
  seen: Survey,
  {
    mapping,
    defaultCurrency = "CNY",
    sheet,
  }: Pick<ReadOptions, "mapping" | "defaultCurrency"> & {
    readonly sheet?: string | undefined;
  },
  work: (book: Reading["book"], found: Guessed) => Promise<T>,
): Promise<T> {
  const opening = { ...mapping, sheet: mapping?.sheet ?? sheet };
  return withBook(file, seen, RECEIPT_WORDS, opening, async (book) =>
    work(book, await guess(file, book, mapping, defaultCurrency)),
  );
}

function shown({
  mapping,
  headings,
  samples,
  problems,
}: Guessed): GuessedMapping {
  return { mapping, headings, samples, problems };
}
