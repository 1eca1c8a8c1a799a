import { showDate, civilAt, startOf } from "../../acts/dates.ts";
import { HOUR } from "../../acts/shapes.ts";
import { isDate } from "../../acts/values.ts";
import type { Message } from "../lang/say.ts";
import type { Leaf } from "./shape.ts";
import type { Reading } from "./typed.ts";

type Read =
  | { readonly value: unknown }
  | { readonly wrong: Message }
  | { readonly blank: true };

const MINUTE = 60_000;
const CENTS = 100;
const SECOND = 1_000;
/** As a browser sends it: seconds only where there are some. */
const INSTANT_TEXT =
  /^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:\.([0-9]{1,3}))?)?$/;
const WHOLE_MAX = Number.MAX_SAFE_INTEGER;

/** One field as it was typed; dates in the office's own time, money with two decimals. */
export function readLeaf(node: Leaf, text: string, reading: Reading): Read {
  if (text === "") return { blank: true };
  switch (node.leaf) {
    case "title":
      return /^[^\x00-\x1f]{1,200}$/u.test(text)
        ? { value: text }
        : { wrong: "Write 1 to 200 characters on one line" };
    case "id":
      return /^(?=.{1,64}$)[a-z0-9]+(?:[.-][a-z0-9]+)*$/.test(text)
        ? { value: text }
        : {
            wrong:
              "Use small letters a–z, digits, dots and hyphens alone, as in sanhe-2",
          };
    case "day": {
      const instant = instantIn(text, reading);
      if (instant !== undefined) return { value: instant };
      return isDate(text)
        ? { value: dayBegin(text, reading.offsetMinutes) }
        : { wrong: "Write a day such as 2026-03-01" };
    }
    case "instant": {
      const value = instantIn(text, reading);
      return value === undefined
        ? { wrong: "Write a day and a time" }
        : { value };
    }
    case "money":
      return readDecimal(text, "Write an amount such as 5.00");
    case "percent":
      return readDecimal(text, "Write a percentage such as 2.35");
    case "whole": {
      const plain = text.replaceAll(/[ ,\u00a0]/g, "");
      const value = Number(plain);
      return /^-?[0-9]{1,16}$/.test(plain) && Math.abs(value) <= WHOLE_MAX
        ? { value }
        : { wrong: "Write a whole number" };
    }
    case "yesNo":
      return text === "yes" || text === "no"
        ? { value: text === "yes" }
        : { wrong: "Choose one" };
    case "choice":
      return readChoice(node, text);
    case "value":
      return { value: readValue(text) };
    case "date":
    case "partialDate":
    case "month":
    case "code":
      return { value: text };
  }
}

function instantIn(
  text: string,
  { offsetMinutes }: Reading,
): number | undefined {
  const found = INSTANT_TEXT.exec(text);
  if (found === null || !isDate(text.slice(0, 10))) return undefined;
  const [, hours = "", minutes = "", seconds = "", parts = ""] = found;
  return (
    startOf(civilOf(text), offsetMinutes) +
    (Number(hours) * 60 + Number(minutes)) * MINUTE +
    Number(seconds) * SECOND +
    Number(parts.padEnd(3, "0"))
  );
}

function readChoice({ among }: Leaf, text: string): Read {
  if (among?.includes(text) !== true) return { wrong: "Choose one" };
  return { value: /^-[0-9]+$/.test(text) ? Number(text) : text };
}

/** As a person writes the value of a column: true, a number, or text; in quotation marks it is text always. */
function readValue(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  if (/^-?(?:0|[1-9][0-9]{0,15})$/.test(text)) {
    const number = Number(text);
    if (Number.isSafeInteger(number)) return number;
  }
  return /^".+"$/.test(text) ? text.slice(1, -1) : text;
}

function readDecimal(text: string, wrong: Message): Read {
  const [, whole = "", cents = ""] =
    /^([0-9]{1,14})(?:\.([0-9]{1,2}))?$/.exec(
      text.replaceAll(/[ ,\u00a0]/g, ""),
    ) ?? [];
  const value = Number(whole) * CENTS + Number(cents.padEnd(2, "0"));
  return whole === "" || !Number.isSafeInteger(value) ? { wrong } : { value };
}

/** Rights and prices begin and end on whole hours (UTC), which is not where every office's day begins. */
export function dayBegin(text: string, offsetMinutes: number): number {
  return Math.ceil(startOf(civilOf(text), offsetMinutes) / HOUR) * HOUR;
}

function civilOf(text: string): {
  readonly year: number;
  readonly month: number;
  readonly day: number;
} {
  return {
    year: Number(text.slice(0, 4)),
    month: Number(text.slice(5, 7)),
    day: Number(text.slice(8, 10)),
  };
}

/** A value as somebody would have typed it. */
export function showLeaf(
  { leaf }: Leaf,
  value: unknown,
  { offsetMinutes }: Reading,
): string {
  if (typeof value === "number") {
    switch (leaf) {
      case "day": {
        // A form that rounded it to its day would sign another end than was shown.
        const text = showDate(civilAt(value, offsetMinutes));
        return dayBegin(text, offsetMinutes) === value
          ? text
          : typedInstant(value, offsetMinutes);
      }
      case "instant":
        return typedInstant(value, offsetMinutes);
      case "money":
      case "percent":
        return `${Math.floor(value / CENTS)}.${String(value % CENTS).padStart(2, "0")}`;
      default:
        return String(value);
    }
  }
  if (leaf === "yesNo") return value === true ? "yes" : "no";
  if (leaf === "value" && typeof value === "string")
    return readValue(value.trim()) === value ? value : `"${value}"`;
  return String(value);
}

function typedInstant(at: number, offsetMinutes: number): string {
  const minutes = Math.floor((at + offsetMinutes * MINUTE) / MINUTE) % 1_440;
  const two = (n: number): string => String(n).padStart(2, "0");
  const rest = at % MINUTE;
  const parts = rest % SECOND;
  return (
    `${showDate(civilAt(at, offsetMinutes))}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}` +
    (rest === 0 ? "" : `:${two(Math.floor(rest / SECOND))}`) +
    (parts === 0 ? "" : `.${String(parts).padStart(3, "0")}`)
  );
}
