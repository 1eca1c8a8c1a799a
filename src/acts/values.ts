import { civilFromDays, daysFromCivil } from "./dates.ts";
import type { FieldType } from "./shapes.ts";

/** Decimals, dates and instants are written as text, so that a value has one byte form. */
export type FieldValue = string | number | boolean;

/** How a value of each type is written in a plan; the text stands behind "want" in every error about one. */
export const WANTED = {
  text: "a text",
  integer: "an integer",
  decimal: "a decimal such as 6.5",
  boolean: "true or false",
  date: "a date such as 2026-03-01",
  instant: "an instant such as 2026-03-01T08:00:00Z",
} as const satisfies Record<FieldType, string>;

/** Whether a value of a plan or of a permit's filter is of the type, in the one way that type is written. */
export function fits(type: FieldType, value: FieldValue): boolean {
  switch (type) {
    case "text":
      return typeof value === "string" && !loneSurrogate.test(value);
    case "integer":
      return typeof value === "number"
        ? Number.isSafeInteger(value)
        : typeof value === "string" && isLongInteger(value);
    case "decimal":
      return typeof value === "number"
        ? Number.isSafeInteger(value)
        : typeof value === "string" && decimal.test(value);
    case "boolean":
      return typeof value === "boolean";
    case "date":
      return typeof value === "string" && isDate(value);
    case "instant":
      return typeof value === "string" && isInstant(value);
  }
}

/** 2026-03-01: a day that exists, from year 1 to 9999. */
export function isDate(text: string): boolean {
  if (!date.test(text)) return false;
  const given = {
    year: Number(text.slice(0, 4)),
    month: Number(text.slice(5, 7)),
    day: Number(text.slice(8, 10)),
  };
  if (given.year === 0) return false;
  const { year, month, day } = civilFromDays(daysFromCivil(given));
  return year === given.year && month === given.month && day === given.day;
}

/** 2026-03-01T08:00:00Z, with up to six digits of a second. */
export function isInstant(text: string): boolean {
  return instant.test(text) && isDate(text.slice(0, 10));
}

const loneSurrogate =
  /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const decimal = /^-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?$/;
const date = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const instant =
  /^[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?Z$/;

/** Integers beyond 2^53 are text in plans as in answers; nearer ones are numbers, so that a plan has one byte form. */
function isLongInteger(text: string): boolean {
  if (!/^-?[1-9][0-9]{15,18}$/.test(text)) return false;
  const value = BigInt(text);
  return (
    BigInt.asIntN(64, value) === value && !Number.isSafeInteger(Number(value))
  );
}
