import * as z from "zod/mini";
import { type Currency, isCurrency } from "./currencies.ts";
import { headingKey } from "./heading-key.ts";
import type { ReceiptRole } from "./heading-words.ts";
import { type Problem, quoted } from "./problem.ts";

export const ENCODINGS = [
  "utf-8",
  "utf-16le",
  "utf-16be",
  "gb18030",
  "windows-1252",
] as const;

export type Encoding = (typeof ENCODINGS)[number];

/** Where a role's values stand: below a heading, in a column (0 for A), the same on every line, or in the file's name. */
export type Place =
  | { readonly heading: string }
  | { readonly column: number }
  | { readonly value: string }
  | { readonly fileName: true };

/** How a ledger is to be read. What is undefined is looked for in the file. */
export type Mapping = {
  /** Null: a person says that the ledger has no such column. */
  readonly columns: Readonly<
    Partial<Record<ReceiptRole, Place | null | undefined>>
  >;
  /** The line, or the row of a sheet, in which the headings stand; 0 where there are none. */
  readonly headerRow?: number | undefined;
  /** Of amounts that name none. */
  readonly currency?: Currency | undefined;
  /** Ten to the power by which amounts are multiplied: 4 for 万元. */
  readonly power?: number | undefined;
  readonly decimalStyle?: "point" | "comma" | undefined;
  readonly dayOrder?: "dayFirst" | "monthFirst" | "yearFirst" | undefined;
  readonly delimiter?: string | undefined;
  readonly encoding?: Encoding | undefined;
  readonly sheet?: string | undefined;
};

/** In the order in which they are shown. */
export const RECEIPT_ROLES = [
  "date",
  "department",
  "unit",
  "system",
  "service",
  "payer",
  "payerClass",
  "amount",
  "currency",
  "quantity",
  "reference",
  "status",
  "note",
] as const satisfies readonly ReceiptRole[];

const COLUMNS_MAX = 16_384;
const POWER_MIN = -2;
const POWER_MAX = 12;

/** A column as a spreadsheet calls it, or counted from 1; from 0 once it is read. */
const columnSchema = z.pipe(
  z.union([
    z.string().check(z.regex(/^[A-Z]{1,3}$/i)),
    z.int().check(z.minimum(1), z.maximum(COLUMNS_MAX)),
  ]),
  z.pipe(
    z.transform((column: string | number) =>
      typeof column === "number" ? column - 1 : columnOfLetters(column),
    ),
    z.number().check(z.maximum(COLUMNS_MAX - 1)),
  ),
);

const headingSchema = z.string().check(z.minLength(1));

const placeSchema = z.union([
  z.pipe(
    headingSchema,
    z.transform((heading: string) => ({ heading })),
  ),
  z.strictObject({ heading: headingSchema }),
  z.strictObject({ column: columnSchema }),
  z.strictObject({ value: z.string() }),
  z.strictObject({ fileName: z.literal(true) }),
]);

const maybeSchema = z.optional(z.nullable(placeSchema));

const mappingSchema = z.strictObject({
  columns: z.strictObject({
    date: placeSchema,
    department: maybeSchema,
    unit: maybeSchema,
    system: maybeSchema,
    service: maybeSchema,
    payer: maybeSchema,
    payerClass: maybeSchema,
    amount: placeSchema,
    currency: maybeSchema,
    quantity: maybeSchema,
    reference: maybeSchema,
    status: maybeSchema,
    note: maybeSchema,
  }),
  headerRow: z.optional(z.int().check(z.minimum(0), z.maximum(1_000_000))),
  currency: z.optional(
    z.custom<Currency>((code) => typeof code === "string" && isCurrency(code)),
  ),
  power: z.optional(z.int().check(z.minimum(POWER_MIN), z.maximum(POWER_MAX))),
  decimalStyle: z.optional(z.enum(["point", "comma"])),
  dayOrder: z.optional(z.enum(["dayFirst", "monthFirst", "yearFirst"])),
  delimiter: z.optional(z.string().check(z.regex(/^[^"\r\n]$/u))),
  encoding: z.optional(z.enum(ENCODINGS)),
  sheet: z.optional(z.string().check(z.minLength(1))),
});

/** Reads a mapping that somebody saved or wrote; what is wrong with it is said member by member. */
export function parseMapping(text: string): Mapping | Problem {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : "";
    return { problem: `the mapping is not JSON (${why})` };
  }
  const parsed = mappingSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  return { problem: parsed.error.issues.map(saidOf).join("; ") };
}

function saidOf(issue: z.core.$ZodIssue): string {
  const where =
    issue.path.length === 0 ? "the mapping" : issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys")
    return `${where} has a member ${issue.keys.map(quoted).join(", ")} that is not known`;
  const wanted = WANTED[String(issue.path[0] ?? "")];
  return `${where}: want ${wanted ?? "an object with the member columns"}`;
}

const WANTED: Readonly<Record<string, string>> = {
  columns: `a heading, {"column": "B"}, {"value": "text"}, {"fileName": true} or, of all but date and amount, null`,
  headerRow: "the number of a line, 0 for none",
  currency: "a currency such as CNY",
  power: `a whole number from ${POWER_MIN} to ${POWER_MAX}, 4 for 万元`,
  decimalStyle: "point or comma",
  dayOrder: "dayFirst, monthFirst or yearFirst",
  delimiter: "one character",
  encoding: `one of ${ENCODINGS.join(", ")}`,
  sheet: "the name of a sheet",
};

/** The JSON of a mapping as a person can correct it; `parseMapping` reads it back. */
export function formatMapping(mapping: Mapping): string {
  const columns = RECEIPT_ROLES.flatMap((role) => {
    const place = mapping.columns[role];
    return place === undefined ? [] : [[role, written(place)] as const];
  });
  const { columns: _, ...rest } = mapping;
  const shown = { columns: Object.fromEntries(columns), ...rest };
  return `${JSON.stringify(shown, undefined, 2)}\n`;
}

function written(place: Place | null): unknown {
  if (place === null) return null;
  if ("heading" in place) return place.heading;
  return "column" in place ? { column: lettersOfColumn(place.column) } : place;
}

/** Where each role's values stand in one file: in a column from 0, or always the same text. */
export type Places = {
  readonly columns: ReadonlyMap<ReceiptRole, number>;
  readonly values: ReadonlyMap<ReceiptRole, string>;
  /** What the columns are called, for problems. */
  readonly names: readonly string[];
  readonly currency: Currency;
  readonly power: number;
  readonly decimalStyle: "point" | "comma" | undefined;
  readonly dayOrder: "dayFirst" | "monthFirst" | "yearFirst" | undefined;
};

/** Finds the columns of a mapping among the headings of a file; `fileName` without folders and without its ending. */
export function placesOf(
  mapping: Mapping,
  headings: readonly string[],
  fileName: string,
): Places | Problem {
  const columns = new Map<ReceiptRole, number>();
  const values = new Map<ReceiptRole, string>();
  const names = headings.map((heading, column) =>
    heading.trim() === "" ? lettersOfColumn(column) : heading.trim(),
  );
  for (const role of RECEIPT_ROLES) {
    const place = mapping.columns[role];
    if (place === undefined || place === null) continue;
    if ("value" in place) values.set(role, place.value.trim());
    else if ("fileName" in place) values.set(role, fileName.trim());
    else if ("column" in place) columns.set(role, place.column);
    else {
      const column = columnOfHeading(place.heading, headings);
      if (typeof column !== "number") return column;
      columns.set(role, column);
    }
  }
  const { currency = "CNY", power = 0, decimalStyle, dayOrder } = mapping;
  return { columns, values, names, currency, power, decimalStyle, dayOrder };
}

const HEADINGS_SHOWN_MAX = 20;

/** As it stands, or else as headings are compared; a heading that stands there twice is a problem. */
function columnOfHeading(
  wanted: string,
  headings: readonly string[],
): number | Problem {
  const exact = matching(
    headings,
    (heading) => heading.trim() === wanted.trim(),
  );
  const key = headingKey(wanted);
  const found =
    exact.length > 0 || key === ""
      ? exact
      : matching(headings, (heading) => headingKey(heading) === key);
  const [column, other] = found;
  if (column !== undefined && other === undefined) return column;
  if (column !== undefined)
    return {
      problem: `two columns are called ${quoted(wanted)}, want {"column": "${lettersOfColumn(column)}"} or {"column": "${lettersOfColumn(other ?? 0)}"}`,
    };
  const shown = headings.filter((heading) => heading.trim() !== "");
  const more = shown.length > HEADINGS_SHOWN_MAX ? " and more" : "";
  return {
    problem: `no column is called ${quoted(wanted)}, want one of ${shown.slice(0, HEADINGS_SHOWN_MAX).map(quoted).join(", ")}${more}`,
  };
}

function matching(
  headings: readonly string[],
  isMeant: (heading: string) => boolean,
): readonly number[] {
  return headings.flatMap((heading, column) =>
    isMeant(heading) ? [column] : [],
  );
}

/** A for 0, AA for 26. */
export function lettersOfColumn(column: number): string {
  let letters = "";
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26))
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  return letters;
}

/** 0 for A, 26 for AA. */
export function columnOfLetters(letters: string): number {
  let column = 0;
  for (const letter of letters)
    column = column * 26 + ((letter.codePointAt(0) ?? 0) & 31);
  return column - 1;
}
