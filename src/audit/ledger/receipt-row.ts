import { tokensOf } from "./amount-tokens.ts";
import { type Amount, amountOfNumber, readAmount } from "./amount.ts";
import type { Currency } from "./currencies.ts";
import { readDay, showDay } from "./day.ts";
import type { ReceiptRole } from "./heading-words.ts";
import type { Receipt } from "./ledger.ts";
import { lettersOfColumn, type Places } from "./mapping.ts";
import { currenciesOf, type Naming, YUAN } from "./money-words.ts";
import { type Problem, quoted } from "./problem.ts";
import { statusOf } from "./receipt-status.ts";
import { plainText } from "./width.ts";

/** A cell: a text, a number that the file keeps as a number, a day of a sheet, or something that is no value at all. */
export type Field =
  string | number | { readonly day: number } | { readonly fault: string };

/** Why a line is no receipt; the column is empty where the whole line is at fault. */
export type RowProblem = { readonly column: string; readonly reason: string };

const QUANTITY_MAX = 1e15;
/** No name is longer. */
export const TEXT_CHARACTERS_MAX = 10_000;

/** Reads one line of a ledger; the first of its faults is told. */
export function readReceipt(
  fields: readonly Field[],
  places: Places,
  file: number,
  line: number,
): Receipt | RowProblem {
  const wrong = (role: ReceiptRole, reason: string): RowProblem =>
    isTotal(fields, places)
      ? { column: "", reason: "a total, not a receipt" }
      : { column: columnOf(role, places), reason };
  const text = (role: ReceiptRole): string =>
    textOf(fieldOf(fields, places, role));
  for (const role of TEXT_ROLES) {
    const field = fieldOf(fields, places, role);
    if (typeof field === "object" && "fault" in field)
      return wrong(role, field.fault);
    if (typeof field === "string" && field.length > TEXT_CHARACTERS_MAX)
      return wrong(role, `${field.length} characters, want a shorter text`);
  }
  const day = dayOfField(fieldOf(fields, places, "date"), places);
  if (typeof day !== "number") return wrong("date", day.problem);
  const currency = readCurrency(text("currency"), places.currency);
  if (typeof currency !== "string") return wrong("currency", currency.problem);
  const amount = amountOfField(
    fieldOf(fields, places, "amount"),
    currency,
    places,
  );
  if ("problem" in amount) return wrong("amount", amount.problem);
  const named = text("currency");
  if (named !== "" && amount.currency !== currency)
    return wrong(
      "amount",
      `is in ${amount.currency}, and its currency column says ${currency}`,
    );
  const quantity = quantityOf(fieldOf(fields, places, "quantity"));
  if (typeof quantity === "object") return wrong("quantity", quantity.problem);
  return {
    file,
    line,
    day,
    minor: amount.minor,
    currency: amount.currency,
    department: text("department"),
    unit: text("unit"),
    system: text("system"),
    service: text("service"),
    payer: text("payer"),
    payerClass: text("payerClass"),
    quantity,
    reference: text("reference"),
    status: statusOf(text("status"), columnOf("status", places)),
  };
}

const TEXT_ROLES = [
  "department",
  "unit",
  "system",
  "service",
  "payer",
  "payerClass",
  "reference",
  "status",
  "currency",
] as const satisfies readonly ReceiptRole[];

function fieldOf(
  fields: readonly Field[],
  { columns, values }: Places,
  role: ReceiptRole,
): Field {
  const column = columns.get(role);
  return column === undefined
    ? (values.get(role) ?? "")
    : (fields[column] ?? "");
}

/** What a role's column is called; the role where its value is constant. */
function columnOf(role: ReceiptRole, { columns, names }: Places): string {
  const column = columns.get(role);
  return column === undefined
    ? role
    : (names[column] ?? lettersOfColumn(column));
}

function textOf(field: Field): string {
  if (typeof field === "string") return field.trim();
  if (typeof field === "number") return String(field);
  return "day" in field ? showDay(field.day) : "";
}

function dayOfField(field: Field, { dayOrder }: Places): number | Problem {
  if (typeof field === "string") return readDay(field, dayOrder);
  // Systems write 20230501 as a number.
  if (typeof field === "number") return readDay(String(field), dayOrder);
  return "day" in field ? field.day : { problem: field.fault };
}

function amountOfField(
  field: Field,
  currency: Currency,
  { decimalStyle, power }: Places,
): Amount | Problem {
  if (typeof field === "string")
    return readAmount(field, currency, decimalStyle, power);
  if (typeof field === "number") return amountOfNumber(field, currency, power);
  return {
    problem:
      "day" in field
        ? `${quoted(showDay(field.day))} is a date, want an amount`
        : field.fault,
  };
}

/** The currency that a cell names; the default where nothing stands there. */
export function readCurrency(
  text: string,
  defaultCurrency: Currency,
): Currency | Problem {
  if (text === "") return defaultCurrency;
  const wrong = {
    problem: `${quoted(text)} is no known currency, want one such as CNY`,
  };
  if (text.length > CURRENCY_CHARACTERS_MAX) return wrong;
  const tokens = tokensOf(plainText(text));
  if ("problem" in tokens || tokens.length === 0) return wrong;
  const namings: Naming[] = [];
  for (const token of tokens) {
    if (token.kind === "currency") namings.push(token);
    else if (token.kind === "part" && token.below === 0) namings.push(YUAN);
    else return wrong;
  }
  const [code, other] = currenciesOf(namings, defaultCurrency);
  return code === undefined || other !== undefined ? wrong : code;
}

const CURRENCY_CHARACTERS_MAX = 50;
const WANT_QUANTITY = "want a whole number above 0";
const COUNTED =
  /^(\d{1,3}(?:,\d{3})+|\d{1,16})(?:\.0*)?(?: ?(?:条|條|次|份|件|个|個|笔|筆|页|頁|人|套|项|項))?$/;

/** How many were charged for; undefined where nothing stands there. */
export function quantityOf(field: Field): number | undefined | Problem {
  if (typeof field === "object")
    return {
      problem: "fault" in field ? field.fault : `a date, ${WANT_QUANTITY}`,
    };
  const shown = typeof field === "number" ? String(field) : field.trim();
  if (shown === "") return undefined;
  const wrong = {
    problem: `${quoted(shown)} is no quantity, ${WANT_QUANTITY}`,
  };
  if (shown.length > QUANTITY_CHARACTERS_MAX) return wrong;
  const digits = COUNTED.exec(plainText(shown))?.[1];
  const quantity = Number(digits?.replaceAll(",", "") ?? NaN);
  return quantity > 0 && quantity <= QUANTITY_MAX ? quantity : wrong;
}

const QUANTITY_CHARACTERS_MAX = 40;
const TOTAL =
  /^(?:(?:本页|本月|本年|全年|年度|累计|部门|单位)?(?:合计|合計|总计|總計|小计|小計|总额|共计|共計|累计|累計)|(?:grand |sub-?)?totals?)\s*[:：]?$/i;
const TOTAL_CHARACTERS_MAX = 40;

/** A line without a day that says somewhere that it sums up others. */
function isTotal(fields: readonly Field[], places: Places): boolean {
  const field = fieldOf(fields, places, "date");
  if (typeof dayOfField(field, places) === "number") return false;
  const date = textOf(field);
  if (date !== "" && !saysTotal(date)) return false;
  return fields.some((one) => typeof one === "string" && saysTotal(one));
}

function saysTotal(text: string): boolean {
  return (
    text.length <= TOTAL_CHARACTERS_MAX &&
    TOTAL.test(
      plainText(text).replace(/(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])/g, ""),
    )
  );
}
