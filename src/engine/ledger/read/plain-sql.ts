import type { ReceiptRole } from "../../../audit/ledger/heading-words.ts";
import type { Places } from "../../../audit/ledger/mapping.ts";
import { TEXT_CHARACTERS_MAX } from "../../../audit/ledger/receipt-row.ts";
import { statusOf } from "../../../audit/ledger/receipt-status.ts";
import { quoteText } from "../../sql.ts";
import type { Codes } from "./plain.ts";

/** A CSV file that DuckDB may read in place. */
export type PlainForm = {
  readonly path: string;
  readonly file: number;
  /** Lines before the first row. */
  readonly skip: number;
  readonly width: number;
  readonly delimiter: string;
  readonly places: Places;
  /** Of the minor unit, 0 or 2. */
  readonly digits: number;
  readonly hasRareBlanks: boolean;
  /** Whether a text may be longer than a name may be. */
  readonly hasLongLines: boolean;
};

type Blanks = ReadonlySet<ReceiptRole>;

/** The statements that look over a file and read it. */
export type PlainSelect = {
  /** Counts rows and good ones in one scan; the lines with a wrong number of values go to a table. */
  readonly look: (table: string) => string;
  /** The numbers of the rows that are not good. */
  readonly oddRows: string;
  /** All rows, where all are good. */
  readonly typed: (blanks: Blanks, codes: Codes) => string;
  /** The good rows. */
  readonly checked: (blanks: Blanks, codes: Codes) => string;
  /** The good rows with their lines. */
  readonly listed: (
    blanks: Blanks,
    codes: Codes,
    wrong: readonly number[],
  ) => string;
};

const TEXTS = [
  ["department", "department"],
  ["unit", "unit"],
  ["system", "system"],
  ["service", "service"],
  ["payer", "payer"],
  ["payerClass", "payer_class"],
  ["reference", "reference"],
] as const satisfies readonly (readonly [ReceiptRole, string])[];

export function plainSelect(form: PlainForm): PlainSelect {
  const good = goodSql(form);
  const { columns } = form.places;
  const texts = TEXTS.flatMap(([role]) => (columns.has(role) ? [role] : []));
  const nameOf = (role: ReceiptRole): string | undefined => {
    const column = columns.get(role);
    return column === undefined ? undefined : `c${column}`;
  };
  const distinct = (role: ReceiptRole, as: string): string[] => {
    const name = nameOf(role);
    return name === undefined ? [] : [`array_agg(distinct ${name}) as ${as}`];
  };
  const looks = [
    "count(*) as total",
    `count_if(${good}) as good`,
    ...texts.map((role) => `bool_or(${hasBlanks(nameOf(role))}) as "${role}"`),
    ...distinct("status", "statuses"),
    ...distinct("currency", "currencies"),
  ];
  const numbered = `(select row_number() over () as n, * from ${source(form, [], IGNORE)})`;
  return {
    look: (table) =>
      `select ${looks.join(", ")} from ${source(form, [], `store_rejects = true, rejects_limit = 0, rejects_table = '${table}', rejects_scan = '${table}_scans'`)}`,
    oddRows: `select n from ${numbered} where not ${good} order by n`,
    typed: (blanks, codes) =>
      `select ${receiptColumns(form, blanks, codes, NO_LINE).join(", ")} from ${source(form, typesOf(form), IGNORE)}`,
    checked: (blanks, codes) =>
      `select ${receiptColumns(form, blanks, codes, NO_LINE).join(", ")} from ${source(form, [], IGNORE)} where ${good}`,
    listed: (blanks, codes, wrong) => {
      const columnsOf = (line: string): string =>
        receiptColumns(form, blanks, codes, line).join(", ");
      if (wrong.length === 0)
        return `select ${columnsOf(`n + ${form.skip}`)} from ${numbered} where ${good}`;
      return `select ${columnsOf(`n + ${form.skip} + shift`)} from ${numbered} asof join (values ${shifts(wrong, form.skip).join(", ")}) as s(since, shift) on n >= since where ${good}`;
    },
  };
}

const NO_LINE = "cast(null as bigint)";
const IGNORE = "ignore_errors = true";

/** From which row on how many lines are no rows. Of lines one after the other the last alone counts: the join would take any of two alike. */
function shifts(wrong: readonly number[], skip: number): readonly string[] {
  const since = new Map([[1, 0]]);
  for (const [index, line] of wrong.entries())
    since.set(line - skip - index, index + 1);
  return [...since].map(([row, shift]) => `(${row}, ${shift})`);
}

type Type = readonly [column: number, type: string];

function source(
  { path, width, delimiter, skip }: PlainForm,
  types: readonly Type[],
  more: string,
): string {
  const typeOf = new Map(types);
  const all = Array.from({ length: width }, (_, column) => column);
  const columns = all.map(
    (column) => `'c${column}': '${typeOf.get(column) ?? "VARCHAR"}'`,
  );
  // All of them: where some are named and others left out of a query, DuckDB 1.5 takes the wrong ones.
  const full = all.map((column) => `'c${column}'`).join(", ");
  return `read_csv(${quoteText(path)}, columns = {${columns.join(", ")}}, auto_detect = false, header = false, skip = ${skip}, delim = ${quoteText(delimiter)}, quote = '"', escape = '"', strict_mode = true, compression = 'none', force_not_null = [${full}], ${more})`;
}

function typesOf({ places, digits }: PlainForm): readonly Type[] {
  const types: Type[] = [];
  const add = (role: ReceiptRole, type: string): void => {
    const column = places.columns.get(role);
    const users = [...places.columns.values()].filter((one) => one === column);
    // A column that is also read as a text stays one.
    if (column !== undefined && users.length === 1) types.push([column, type]);
  };
  add("date", "DATE");
  add("amount", digits === 0 ? "BIGINT" : "DECIMAL(18,2)");
  return types;
}

/** Whether a row is a receipt that both ways read alike. */
function goodSql({ places, digits, hasLongLines }: PlainForm): string {
  const name = (role: ReceiptRole): string => `c${places.columns.get(role)}`;
  const conditions = [
    `regexp_full_match(${name("amount")}, '-?[0-9]{1,11}${digits === 0 ? "" : "([.][0-9]{1,2})?"}')`,
    `regexp_full_match(${name("date")}, '[0-9]{4}-[0-9]{2}-[0-9]{2}')`,
    `try_cast(${name("date")} as date) between date '1900-01-01' and date '2200-12-31'`,
  ];
  if (places.columns.has("quantity"))
    conditions.push(
      `(${name("quantity")} = '' or regexp_full_match(${name("quantity")}, '[1-9][0-9]{0,14}'))`,
    );
  for (const role of [...TEXTS.map(([text]) => text), "status" as const])
    if (hasLongLines && places.columns.has(role))
      conditions.push(`strlen(${name(role)}) <= ${TEXT_CHARACTERS_MAX}`);
  return `coalesce(${conditions.join(" and ")}, false)`;
}

/** A comparison and a suffix, because trimming takes four times as long as reading. */
function hasBlanks(name: string | undefined): string {
  return `(${name} < '!' and ${name} <> '') or ends_with(${name}, ' ')`;
}

/** All that JavaScript trims. */
const BLANKS =
  "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";

function receiptColumns(
  { file, places, digits, hasRareBlanks }: PlainForm,
  blanks: Blanks,
  { statuses, currencies }: Codes,
  line: string,
): readonly string[] {
  const { columns, values } = places;
  const text = (role: ReceiptRole): string => {
    const column = columns.get(role);
    if (column === undefined) return quoteText(values.get(role) ?? "");
    return hasRareBlanks || blanks.has(role)
      ? `trim(c${column}, ${quoteText(BLANKS)})`
      : `c${column}`;
  };
  const coded = (
    role: ReceiptRole,
    codes: ReadonlyMap<string, string>,
    other: string,
  ): string => {
    const column = columns.get(role);
    const cases = [...codes].flatMap(([said, code]) =>
      code === other ? [] : [`when ${quoteText(said)} then ${quoteText(code)}`],
    );
    return column === undefined || cases.length === 0
      ? quoteText(other)
      : `case c${column} ${cases.join(" ")} else ${quoteText(other)} end`;
  };
  const scaled = digits === 0 ? "" : " * 100";
  const amountType = digits === 0 ? "bigint" : "decimal(18, 2)";
  const quantity = columns.get("quantity");
  return [
    `cast(${file} as integer) as file`,
    `${line} as line`,
    `try_cast(c${columns.get("date")} as date) as day`,
    `cast(try_cast(c${columns.get("amount")} as ${amountType})${scaled} as bigint) as minor`,
    `${coded("currency", currencies, places.currency)} as currency`,
    ...TEXTS.map(([role, name]) => `${text(role)} as ${name}`),
    `${quantity === undefined ? "cast(null as bigint)" : `try_cast(c${quantity} as bigint)`} as quantity`,
    `${coded("status", statuses, columns.has("status") ? "paid" : statusOf(values.get("status") ?? "", "status"))} as status`,
  ];
}
