import {
  BIGINT,
  BOOLEAN,
  DATE,
  DOUBLE,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBTimestampTZValue,
  type DuckDBType,
  type DuckDBValue,
  TIMESTAMPTZ,
  VARCHAR,
} from "@duckdb/node-api";
import { civilFromDays, daysFromCivil } from "../acts/dates.ts";
import type { FieldType } from "../acts/shapes.ts";
import type { PlanValue } from "../uses/plan.ts";

/** A value as it leaves: dates 2026-03-01, instants RFC 3339 UTC, integers beyond 2^53 as text. */
export type Cell = string | number | boolean | null;

/** A decimal is an IEEE double below 10^15 in size; an instant is microseconds UTC. */
export const ENGINE_TYPES = {
  text: VARCHAR,
  integer: BIGINT,
  decimal: DOUBLE,
  boolean: BOOLEAN,
  date: DATE,
  instant: TIMESTAMPTZ,
} as const satisfies Record<FieldType, DuckDBType>;

/** A plan's value as the engine compares it. The plan was checked: the value fits the type. */
export function toEngine(type: FieldType, value: PlanValue): DuckDBValue {
  switch (type) {
    case "integer":
      return BigInt(value);
    case "decimal":
      return Number(value);
    case "date":
      return new DuckDBDateValue(daysOf(String(value)));
    case "instant":
      return new DuckDBTimestampTZValue(microsOf(String(value)));
    case "text":
    case "boolean":
      return value;
  }
}

/** A plan's value in the one form in which a cell of its field holds it. */
export function cellOf(type: FieldType, value: PlanValue): Exclude<Cell, null> {
  switch (type) {
    case "integer":
      return typeof value === "number" ? value + 0 : value;
    case "decimal":
      return Number(value) + 0;
    case "instant":
      return showMicros(microsOf(String(value)));
    case "text":
    case "boolean":
    case "date":
      return value;
  }
}

/** A value as the engine gave it, as it leaves. */
export function toCell(value: DuckDBValue): Cell {
  if (
    value === null ||
    typeof value === "string" ||
    typeof value === "boolean" ||
    typeof value === "number"
  )
    return value;
  if (typeof value === "bigint")
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof DuckDBDateValue) return showDays(value.days);
  if (value instanceof DuckDBTimestampTZValue) return showMicros(value.micros);
  if (value instanceof DuckDBDecimalValue) return Number(value.toString());
  throw new TypeError(
    "Cannot give a value of this engine type: no field type has it",
  );
}

/** Days since 1970-01-01 of a date text that is known to be one. */
export function daysOf(date: string): number {
  return daysFromCivil({
    year: Number(date.slice(0, 4)),
    month: Number(date.slice(5, 7)),
    day: Number(date.slice(8, 10)),
  });
}

/** Microseconds since 1970 of an instant text in UTC that is known to be one. */
export function microsOf(instant: string): bigint {
  const seconds =
    daysOf(instant) * 86_400 +
    Number(instant.slice(11, 13)) * 3600 +
    Number(instant.slice(14, 16)) * 60 +
    Number(instant.slice(17, 19));
  const fraction = instant[19] === "." ? instant.slice(20, -1) : "";
  return (
    BigInt(seconds) * 1_000_000n + BigInt(fraction.slice(0, 6).padEnd(6, "0"))
  );
}

function showDays(days: number): string {
  const { year, month, day } = civilFromDays(days);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

export function showMicros(micros: bigint): string {
  const days = Number(
    (micros - modulo(micros, MICROS_PER_DAY)) / MICROS_PER_DAY,
  );
  const ofDay = Number(modulo(micros, MICROS_PER_DAY));
  const seconds = Math.floor(ofDay / 1_000_000);
  const rest = ofDay % 1_000_000;
  const fraction =
    rest === 0
      ? ""
      : rest % 1000 === 0
        ? `.${pad(rest / 1000, 3)}`
        : `.${pad(rest, 6)}`;
  const time = [
    Math.floor(seconds / 3600),
    Math.floor(seconds / 60) % 60,
    seconds % 60,
  ]
    .map((n) => pad(n, 2))
    .join(":");
  return `${showDays(days)}T${time}${fraction}Z`;
}

const MICROS_PER_DAY = 86_400_000_000n;

function modulo(a: bigint, b: bigint): bigint {
  return ((a % b) + b) % b;
}

function pad(n: number, digits: number): string {
  return String(n).padStart(digits, "0");
}
