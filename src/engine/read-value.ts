import {
  DuckDBDateValue,
  DuckDBTimestampTZValue,
  type DuckDBValue,
} from "@duckdb/node-api";
import type { FieldType } from "../acts/shapes.ts";
import { isDate, isInstant } from "../acts/values.ts";
import { daysOf, microsOf } from "./values.ts";

/** What a file of text can hold in one place. */
export type Found = string | number | boolean | null;

/** Decimals are doubles below this, so that a sum of nine decimal places stays exact over any number of rows. */
export const DECIMAL_BELOW = 1e15;

/**
 * A value found in a file as the engine keeps it, `undefined` when it is not of the type. Text is read strictly (no
 * thousand separators, no leading zeroes, days as 2026-03-01); an instant needs its offset, or is milliseconds UTC.
 */
export function readFound(
  type: FieldType,
  found: Found,
): DuckDBValue | undefined {
  if (found === null) return null;
  if (type === "text") return readTextFound(found);
  if (typeof found === "string") {
    const text = found.trim();
    return text === "" ? null : readText(type, text);
  }
  switch (type) {
    case "integer":
      return typeof found === "number" && Number.isSafeInteger(found)
        ? BigInt(found)
        : undefined;
    case "decimal":
      return typeof found === "number" ? decimalOf(found) : undefined;
    case "boolean":
      return typeof found === "boolean" ? found : undefined;
    case "instant":
      return typeof found === "number" && Number.isSafeInteger(found)
        ? instantOf(BigInt(found) * 1000n)
        : undefined;
    case "date":
      return undefined;
  }
}

/** A number beyond 2^53 is no longer the one that stood in the file. */
function readTextFound(found: string | number | boolean): string | undefined {
  return typeof found === "number" &&
    Number.isInteger(found) &&
    !Number.isSafeInteger(found)
    ? undefined
    : String(found);
}

function readText(
  type: Exclude<FieldType, "text">,
  text: string,
): DuckDBValue | undefined {
  switch (type) {
    case "integer":
      return integerOf(text);
    case "decimal":
      return decimal.test(text) ? decimalOf(Number(text)) : undefined;
    case "boolean":
      return /^true$/i.test(text)
        ? true
        : /^false$/i.test(text)
          ? false
          : undefined;
    case "date":
      return isDate(text) ? new DuckDBDateValue(daysOf(text)) : undefined;
    case "instant":
      return instantText(text);
  }
}

const integer = /^[+-]?(?:0|[1-9][0-9]{0,18})$/;
const decimal =
  /^[+-]?(?:0|[1-9][0-9]*)?(?:\.[0-9]+)?(?<=[0-9])(?:[eE][+-]?[0-9]{1,3})?$/;
const instant =
  /^([0-9-]{10})[T ]([0-9]{2}:[0-9]{2})(:[0-9]{2})?(?:\.([0-9]{1,9}))?(?:Z|([+-])([0-9]{2}):?([0-9]{2}))$/;

function integerOf(text: string): bigint | undefined {
  if (!integer.test(text)) return undefined;
  const value = BigInt(text.replace(/^\+/, ""));
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

function decimalOf(value: number): number | undefined {
  // Adding zero turns -0 into 0: the two are one value, and one group.
  return Math.abs(value) < DECIMAL_BELOW ? value + 0 : undefined;
}

function instantText(text: string): DuckDBTimestampTZValue | undefined {
  const [
    ,
    date = "",
    minutes,
    seconds = ":00",
    fraction,
    sign,
    hoursEast,
    minutesEast,
  ] = instant.exec(text) ?? [];
  const utc = `${date}T${minutes}${seconds}${fraction === undefined ? "" : `.${fraction.slice(0, 6)}`}Z`;
  if (!isInstant(utc)) return undefined;
  const east =
    sign === undefined
      ? 0
      : (sign === "-" ? -1 : 1) *
        (Number(hoursEast) * 60 + Number(minutesEast));
  return instantOf(microsOf(utc) - BigInt(east) * 60_000_000n);
}

export const FIRST_MICROS = microsOf("0001-01-01T00:00:00Z");
export const LAST_MICROS = microsOf("9999-12-31T23:59:59.999999Z");

function instantOf(micros: bigint): DuckDBTimestampTZValue | undefined {
  return micros >= FIRST_MICROS && micros <= LAST_MICROS
    ? new DuckDBTimestampTZValue(micros)
    : undefined;
}
