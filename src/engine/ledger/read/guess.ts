import { basename, extname } from "node:path";
import { readAmount } from "../../../audit/ledger/amount.ts";
import type { Currency } from "../../../audit/ledger/currencies.ts";
import { dayOrderOf } from "../../../audit/ledger/day-order.ts";
import { decimalStyleOf } from "../../../audit/ledger/decimal-style.ts";
import {
  headingCurrency,
  headingUnit,
} from "../../../audit/ledger/heading-unit.ts";
import {
  RECEIPT_WORDS,
  type ReceiptRole,
} from "../../../audit/ledger/heading-words.ts";
import { type Guess, guessColumns } from "../../../audit/ledger/headings.ts";
import {
  lettersOfColumn,
  type Mapping,
  type Place,
  type Places,
  placesOf,
  RECEIPT_ROLES,
} from "../../../audit/ledger/mapping.ts";
import { quoted } from "../../../audit/ledger/problem.ts";
import { firstRows } from "./book.ts";
import { findHead, type Head } from "./head.ts";
import { type Book, isBlank, type Row, textOfField } from "./row.ts";

/** How a file would be read, to be shown to a person and corrected; with problems it cannot be read as it is. */
export type GuessedMapping = {
  readonly mapping: Mapping;
  readonly headings: readonly string[];
  /** Three rows of the table, as texts. */
  readonly samples: readonly (readonly string[])[];
  /** What a person must decide: which column, a sample of it, and what to write in the mapping. */
  readonly problems: readonly string[];
};

export type Guessed = GuessedMapping & {
  readonly head: Head;
  /** Undefined with problems. */
  readonly places: Places | undefined;
};

const ROWS_MAX = 1_000;
const SHOWN_MAX = 3;
const TEXTS_MAX = 100_000;

/** Guesses what the mapping leaves open, from the headings and the first thousand rows; from all where these are in doubt. */
export async function guess(
  file: string,
  book: Book,
  given: Mapping | undefined,
  defaultCurrency: Currency,
): Promise<Guessed> {
  const rows = await firstRows(book.rows(), ROWS_MAX);
  const head = findHead(book, rows, RECEIPT_WORDS, given);
  if ("problem" in head) return nothing(given, [head.problem]);
  const table = rows.filter(
    ({ line, broken }) => line > head.line && broken === undefined,
  );
  const texts = table.map(({ fields }) => fields.map(textOfField));
  const guessed =
    given === undefined
      ? columnsOf(head, texts)
      : { columns: given.columns, problems: [] };
  const base: Mapping = {
    ...given,
    columns: guessed.columns,
    headerRow: head.line,
    ...(book.delimiter === undefined ? {} : { delimiter: book.delimiter }),
    ...(book.sheet === undefined ? {} : { sheet: book.sheet }),
  };
  const shown = {
    headings: head.headings,
    samples: texts.slice(0, SHOWN_MAX),
    head,
  };
  const fileName = basename(file, extname(file));
  const found = placesOf(base, head.headings, fileName);
  if ("problem" in found)
    return {
      ...shown,
      mapping: base,
      problems: [...guessed.problems, found.problem],
      places: undefined,
    };
  const money = moneyOf(base, found, head, defaultCurrency);
  const forms = await formsOf(book, head, table, found, money);
  const mapping: Mapping = { ...base, ...money, ...forms.mapping };
  const problems = [...guessed.problems, ...forms.problems];
  return {
    ...shown,
    mapping,
    problems,
    places:
      problems.length > 0
        ? undefined
        : { ...found, ...money, ...forms.mapping },
  };
}

function nothing(
  given: Mapping | undefined,
  problems: readonly string[],
): Guessed {
  const head = { headings: [], line: 0, unit: undefined };
  return {
    mapping: given ?? { columns: {} },
    headings: [],
    samples: [],
    problems,
    head,
    places: undefined,
  };
}

type Columns = {
  readonly columns: Mapping["columns"];
  readonly problems: readonly string[];
};

function columnsOf(
  { headings, line }: Head,
  texts: readonly (readonly string[])[],
): Columns {
  const guesses = guessColumns(RECEIPT_WORDS, headings, texts);
  const columns: Partial<Record<ReceiptRole, Place>> = {};
  const problems: string[] = [];
  const taken = new Set([...guesses.values()].map(({ column }) => column));
  for (const role of RECEIPT_ROLES) {
    const found = guesses.get(role);
    if (found?.column !== undefined) {
      columns[role] = placeOf(found.column, headings, line);
      continue;
    }
    const problem = undecided(role, found, headings, taken, texts);
    if (problem !== undefined) problems.push(problem);
  }
  return { columns, problems };
}

function placeOf(
  column: number,
  headings: readonly string[],
  line: number,
): Place {
  const heading = headings[column]?.trim() ?? "";
  const same = headings.filter((one) => one.trim() === heading);
  return heading === "" || same.length > 1 || (line === 0 && heading === "")
    ? { column }
    : { heading };
}

/** A column that has to be there, or one of several that are equally good. */
function undecided(
  role: ReceiptRole,
  found: Guess | undefined,
  headings: readonly string[],
  taken: ReadonlySet<number | undefined>,
  texts: readonly (readonly string[])[],
): string | undefined {
  const isRequired = role === "date" || role === "amount";
  const isNamed = found?.how === "exact" || found?.how === "synonym";
  const open = (found?.others ?? []).filter((column) => !taken.has(column));
  if (!isRequired && !(isNamed && open.length > 0)) return undefined;
  const none = isRequired ? "" : ", or null for none";
  if (open.length === 0)
    return `no column is known to be the ${role}, want "${role}" in the mapping: ${shownColumns(
      headings.map((_, column) => column),
      headings,
      texts,
    )}`;
  return `the ${role} could be ${shownColumns(open, headings, texts)}, want one of them as "${role}" in the mapping${none}`;
}

const COLUMNS_SHOWN_MAX = 12;

function shownColumns(
  columns: readonly number[],
  headings: readonly string[],
  texts: readonly (readonly string[])[],
): string {
  return columns
    .slice(0, COLUMNS_SHOWN_MAX)
    .map((column) => {
      const heading = headings[column]?.trim() ?? "";
      const sample = texts
        .map((row) => row[column] ?? "")
        .find((cell) => cell.trim() !== "");
      const name =
        heading === ""
          ? `{"column": "${lettersOfColumn(column)}"}`
          : quoted(heading);
      return sample === undefined ? name : `${name} (${quoted(sample)})`;
    })
    .join(" or ");
}

type Money = { readonly currency: Currency; readonly power: number };

/** What the heading of the amounts says, or what stands above the table, where the mapping says nothing. */
function moneyOf(
  mapping: Mapping,
  { columns }: Places,
  { headings, unit: above }: Head,
  defaultCurrency: Currency,
): Money {
  const column = columns.get("amount");
  const own =
    column === undefined ? undefined : headingUnit(headings[column] ?? "");
  const namings = own !== undefined && own.namings.length > 0 ? own : above;
  return {
    currency:
      mapping.currency ??
      (namings === undefined
        ? defaultCurrency
        : (headingCurrency(namings, defaultCurrency) ?? defaultCurrency)),
    power: mapping.power ?? (own ?? above)?.power ?? 0,
  };
}

type Forms = {
  readonly mapping: Pick<Mapping, "dayOrder" | "decimalStyle">;
  readonly problems: readonly string[];
};

async function formsOf(
  book: Book,
  head: Head,
  table: readonly Row[],
  { columns, names, dayOrder, decimalStyle }: Places,
  { currency }: Money,
): Promise<Forms> {
  const cellsOf = async (
    column: number,
    isEnough: (cells: readonly string[]) => boolean,
  ) => {
    const cells = textsIn(table, column);
    return isEnough(cells) ? cells : allTextsIn(book, head, column);
  };
  const problems: string[] = [];
  const mapping: { -readonly [K in keyof Forms["mapping"]]: Mapping[K] } = {};
  const date = columns.get("date");
  if (dayOrder !== undefined) mapping.dayOrder = dayOrder;
  else if (date !== undefined) {
    const found = dayOrderOf(
      await cellsOf(date, (cells) => "order" in dayOrderOf(cells)),
    );
    const want = `want "dayOrder" in the mapping: "dayFirst", "monthFirst" or "yearFirst"`;
    if ("order" in found) mapping.dayOrder = found.order;
    else if ("ambiguous" in found)
      problems.push(
        `column ${quoted(names[date] ?? "")} holds ${quoted(found.ambiguous)}, and no other date says in which order day and month stand, ${want}`,
      );
    else
      problems.push(
        `column ${quoted(names[date] ?? "")} holds ${found.contradiction.map(quoted).join(" and ")}, which no one order of day and month reads, ${want}`,
      );
  }
  const amount = columns.get("amount");
  if (decimalStyle !== undefined) mapping.decimalStyle = decimalStyle;
  else if (amount !== undefined) {
    const isClear = (cells: readonly string[]): boolean =>
      decimalStyleOf(cells) !== undefined ||
      doubtful(cells, currency) === undefined;
    const cells = await cellsOf(amount, isClear);
    mapping.decimalStyle = decimalStyleOf(cells);
    const doubt =
      mapping.decimalStyle === undefined
        ? doubtful(cells, currency)
        : undefined;
    if (doubt !== undefined)
      problems.push(
        `column ${quoted(names[amount] ?? "")} holds ${quoted(doubt)}, and no other amount says whether its mark stands before decimals, want "decimalStyle" in the mapping: "point" for 1,234.50 or "comma" for 1.234,50`,
      );
  }
  if (mapping.dayOrder === undefined) delete mapping.dayOrder;
  if (mapping.decimalStyle === undefined) delete mapping.decimalStyle;
  return { mapping, problems };
}

/** An amount that is read differently by either mark. */
function doubtful(
  cells: readonly string[],
  currency: Currency,
): string | undefined {
  return cells.find((cell) => {
    if (!/^[^\d]*\d{1,3}[.,]\d{3}(?!\d)/.test(cell)) return false;
    if (!("problem" in readAmount(cell, currency))) return false;
    const point = readAmount(cell, currency, "point");
    const comma = readAmount(cell, currency, "comma");
    return !("problem" in point) || !("problem" in comma);
  });
}

function textsIn(rows: readonly Row[], column: number): readonly string[] {
  return rows.flatMap(({ fields }) => {
    const field = fields[column];
    return typeof field === "string" && field.trim() !== "" ? [field] : [];
  });
}

/** The different texts of a column, of the whole file. */
async function allTextsIn(
  book: Book,
  head: Head,
  column: number,
): Promise<readonly string[]> {
  const texts = new Set<string>();
  for await (const batch of book.rows()) {
    const rows = batch.filter((row) => row.line > head.line && !isBlank(row));
    for (const text of textsIn(rows, column)) texts.add(text);
    if (texts.size > TEXTS_MAX) break;
  }
  return [...texts];
}
