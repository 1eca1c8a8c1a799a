import { basename } from "node:path";
import type { Currency } from "../../audit/ledger/currencies.ts";
import { dayOrderOf } from "../../audit/ledger/day-order.ts";
import { readDay, showDay } from "../../audit/ledger/day.ts";
import { decimalStyleOf } from "../../audit/ledger/decimal-style.ts";
import {
  FEE_WORDS,
  type FeeRole,
} from "../../audit/ledger/fee-heading-words.ts";
import { readPrice, readStep } from "../../audit/ledger/fee-price.ts";
import {
  headingCurrency,
  type HeadingUnit,
  headingUnit,
} from "../../audit/ledger/heading-unit.ts";
import { guessColumns } from "../../audit/ledger/headings.ts";
import type { FeeStandard, Source } from "../../audit/ledger/ledger.ts";
import type { DayOrder } from "../../audit/ledger/day.ts";
import { type Problem, quoted } from "../../audit/ledger/problem.ts";
import { type Field, readCurrency } from "../../audit/ledger/receipt-row.ts";
import type { DecimalStyle } from "../../audit/ledger/separators.ts";
import { ReadError } from "./read-error.ts";
import { firstRows, withBook, type Opening } from "./read/book.ts";
import { findHead, type Head } from "./read/head.ts";
import { type Row, textOfField, textOfRow } from "./read/row.ts";
import { survey } from "./read/survey.ts";

export type FeesRead = {
  readonly standards: readonly FeeStandard[];
  readonly source: Pick<Source, "name" | "bytes" | "sha256">;
};

export type FeeOptions = Opening & {
  /** Of prices that name none. */
  readonly defaultCurrency?: Currency | undefined;
  /** Of dates such as 01/02/2023; found from the dates where they say it. */
  readonly dayOrder?: DayOrder | undefined;
};

const LINES_MAX = 1_000_000;
const FAULTS_SHOWN_MAX = 10;
const REQUIRED = [
  "service",
  "price",
  "from",
] as const satisfies readonly FeeRole[];

/**
 * Reads a list of approved fees from CSV, XLSX, JSON or NDJSON. It has to be whole: throws `ReadError` with up to ten of
 * the lines at fault, or with those that are in force on the same day for the same thing.
 */
export async function readFees(
  file: string,
  options: FeeOptions = {},
): Promise<FeesRead> {
  const seen = await survey(file);
  const { bytes, sha256 } = seen;
  const standards = await withBook(
    file,
    seen,
    FEE_WORDS,
    options,
    async (book) => {
      const rows = await firstRows(book.rows(), LINES_MAX + 1);
      if (rows.length > LINES_MAX)
        throw new ReadError(
          file,
          `it has more than ${LINES_MAX} lines, want a list of fees`,
        );
      const head = findHead(book, rows, FEE_WORDS, undefined);
      if ("problem" in head) throw new ReadError(file, head.problem);
      const table = rows.filter(({ line }) => line > head.line);
      return standardsOf(file, head, table, options);
    },
  );
  return { standards, source: { name: basename(file), bytes, sha256 } };
}

function standardsOf(
  file: string,
  head: Head,
  rows: readonly Row[],
  options: FeeOptions,
): readonly FeeStandard[] {
  const list = listOf(head, rows, options);
  if ("problem" in list) throw new ReadError(file, list.problem);
  const standards: FeeStandard[] = [];
  const faults: string[] = [];
  for (const row of rows) {
    const read =
      row.broken === undefined
        ? readStandard(row, list)
        : { role: undefined, reason: row.broken.reason };
    if ("service" in read) standards.push(read);
    else
      faults.push(
        `line ${row.line}${read.role === undefined ? "" : `, column ${columnName(read.role, list)}`}: ${read.reason} (${quoted(textOfRow(row))})`,
      );
  }
  if (faults.length === 0) faults.push(...overlapsOf(standards));
  if (faults.length === 0) return standards;
  const more = faults.length - FAULTS_SHOWN_MAX;
  throw new ReadError(
    file,
    faults.slice(0, FAULTS_SHOWN_MAX).join("; ") +
      (more > 0 ? `; and ${more} more` : ""),
  );
}

/** What is known of the list as a whole. */
type FeeList = {
  readonly columns: ReadonlyMap<FeeRole, number>;
  readonly headings: readonly string[];
  readonly currency: Currency;
  readonly units: ReadonlyMap<FeeRole, HeadingUnit>;
  readonly above: HeadingUnit | undefined;
  readonly dayOrder: DayOrder | undefined;
  readonly style: DecimalStyle | undefined;
};

function listOf(
  { headings, unit: above }: Head,
  rows: readonly Row[],
  options: FeeOptions,
): FeeList | Problem {
  const texts = rows.map(({ fields }) => fields.map(textOfField));
  const guesses = guessColumns(FEE_WORDS, headings, texts.slice(0, 50));
  const columns = new Map<FeeRole, number>();
  const units = new Map<FeeRole, HeadingUnit>();
  const taken = new Set([...guesses.values()].map(({ column }) => column));
  for (const [role, { column, how, others }] of guesses) {
    if (column !== undefined) {
      columns.set(role, column);
      const unit = headingUnit(headings[column] ?? "");
      if (unit !== undefined) units.set(role, unit);
      continue;
    }
    const open = others.filter((one) => !taken.has(one));
    const isNamed = how === "exact" || how === "synonym";
    if (open.length > 0 && (isNamed || isRequired(role)))
      return {
        problem: `the ${role} could be ${open.map((one) => quoted(headings[one] ?? "")).join(" or ")}, want one of them called "${nameOf(role)}"`,
      };
    if (isRequired(role))
      return {
        problem: `no column is known to be the ${role}, want one called "${nameOf(role)}" (there are ${headings.map(quoted).join(", ")})`,
      };
  }
  const cellsOf = (...roles: FeeRole[]): readonly string[] =>
    roles.flatMap((role) =>
      rows.flatMap(({ fields }) => {
        const field = fields[columns.get(role) ?? -1];
        return typeof field === "string" && field.trim() !== "" ? [field] : [];
      }),
    );
  const order = dayOrderOf(cellsOf("from", "to"));
  if (options.dayOrder === undefined && !("order" in order))
    return {
      problem: `its dates can be read with the day or the month first (${"ambiguous" in order ? quoted(order.ambiguous) : order.contradiction.map(quoted).join(", ")}), want them as 2023-05-01`,
    };
  const named = units.get("price") ?? above;
  const { defaultCurrency = "CNY" } = options;
  return {
    columns,
    headings,
    currency:
      named === undefined
        ? defaultCurrency
        : (headingCurrency(named, defaultCurrency) ?? defaultCurrency),
    units,
    above,
    dayOrder: options.dayOrder ?? ("order" in order ? order.order : undefined),
    style: decimalStyleOf(cellsOf("price", "ceiling")),
  };
}

function isRequired(role: FeeRole): boolean {
  return REQUIRED.some((one) => one === role);
}

function nameOf(role: FeeRole): string {
  return FEE_WORDS.roles[role].exact.replace(",", `" or "`);
}

function columnName(role: FeeRole, { columns, headings }: FeeList): string {
  return quoted(headings[columns.get(role) ?? -1] ?? role);
}

type Fault = { readonly role: FeeRole | undefined; readonly reason: string };

function readStandard(row: Row, list: FeeList): FeeStandard | Fault {
  const field = (role: FeeRole): Field =>
    row.fields[list.columns.get(role) ?? -1] ?? "";
  const text = (role: FeeRole): string => textOfField(field(role)).trim();
  for (const role of list.columns.keys()) {
    const one = field(role);
    if (typeof one === "object" && "fault" in one)
      return { role, reason: one.fault };
  }
  if (text("service") === "")
    return { role: "service", reason: "nothing stands here, want a service" };
  const currency = readCurrency(text("currency"), list.currency);
  if (typeof currency !== "string")
    return { role: "currency", reason: currency.problem };
  const price = priceOf("price", field("price"), currency, list);
  if ("problem" in price) return { role: "price", reason: price.problem };
  const ceiling =
    text("ceiling") === "" || DASH.test(text("ceiling"))
      ? undefined
      : priceOf("ceiling", field("ceiling"), price.currency, list);
  if (ceiling !== undefined && "problem" in ceiling)
    return { role: "ceiling", reason: ceiling.problem };
  if (ceiling !== undefined && ceiling.currency !== price.currency)
    return {
      role: "ceiling",
      reason: `is in ${ceiling.currency} and the price in ${price.currency}`,
    };
  const step = stepOf(text("step"), price.step, list);
  if (typeof step !== "number")
    return {
      role: list.columns.has("step") ? "step" : "price",
      reason: step.problem,
    };
  const from = dayOf(field("from"), list);
  if (typeof from !== "number") return { role: "from", reason: from.problem };
  const to = OPEN_END.test(text("to")) ? undefined : dayOf(field("to"), list);
  if (typeof to === "object") return { role: "to", reason: to.problem };
  if (to !== undefined && to < from)
    return {
      role: "to",
      reason: `${showDay(to)} is before ${showDay(from)}, want the last day in force`,
    };
  return {
    line: row.line,
    service: text("service"),
    unit: text("unit"),
    payee: text("payee"),
    payerClass: text("payerClass"),
    currency: price.currency,
    priceMinor: price.minor,
    step,
    ceilingMinor: ceiling?.minor,
    from,
    until: to === undefined ? undefined : to + 1,
    approvedBy: text("approvedBy"),
    paper: text("paper"),
    ground: text("ground"),
  };
}

const DASH = /^[-\u2013\u2014/]+$/;
/** What stands for no end. */
const OPEN_END =
  /^(?:|[-\u2013\u2014/]+|长期|長期|至今|现行|有效|无|present|open|none|now|in force)$/i;

function priceOf(
  role: "price" | "ceiling",
  field: Field,
  currency: Currency,
  { units, above, style }: FeeList,
): ReturnType<typeof readPrice> {
  const { power } = units.get(role) ?? above ?? { power: 0 };
  const cell = typeof field === "number" ? field : textOfField(field);
  return readPrice(cell, currency, style, power);
}

/** From its own column, the price's cell or the price's heading; two that differ are a fault. */
function stepOf(
  said: string,
  ofPrice: number | undefined,
  { units }: FeeList,
): number | Problem {
  const own = said === "" ? undefined : readStep(said);
  if (typeof own === "object") return own;
  const step = own ?? ofPrice;
  if (own !== undefined && ofPrice !== undefined && own !== ofPrice)
    return {
      problem: `${quoted(said)} and the price state two units of charge, want one`,
    };
  const per = units.get("price")?.per;
  return step ?? (per === undefined ? 1 : readStep(per));
}

function dayOf(field: Field, { dayOrder }: FeeList): number | Problem {
  if (typeof field === "object" && "day" in field) return field.day;
  return readDay(textOfField(field), dayOrder);
}

/** Of two that hold on the same day for the same thing nobody can say which is the approved one. */
function overlapsOf(standards: readonly FeeStandard[]): readonly string[] {
  const groups = new Map<string, FeeStandard[]>();
  for (const one of standards) {
    const key = JSON.stringify([
      one.service,
      one.unit,
      one.payerClass,
      one.currency,
    ]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()].flatMap((group) => {
    let last: FeeStandard | undefined;
    return group
      .toSorted((a, b) => a.from - b.from)
      .flatMap((one) => {
        const before = last;
        if (endOf(one) >= endOf(last)) last = one;
        if (before === undefined || one.from >= endOf(before)) return [];
        const lines = [before.line, one.line]
          .sort((a, b) => a - b)
          .join(" and ");
        return [
          `lines ${lines} are both in force on ${showDay(one.from)} for ${quoted(one.service)}, want one price a day`,
        ];
      });
  });
}

function endOf(standard: FeeStandard | undefined): number {
  return standard === undefined ? -Infinity : (standard.until ?? Infinity);
}
