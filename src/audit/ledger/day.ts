import { civilFromDays, daysFromCivil } from "../../acts/dates.ts";
import { type DayParts, dayPartsOf, fullYear } from "./day-parts.ts";
import { type Problem, quoted } from "./problem.ts";

/**
 * In which order a column writes a date of three numbers whose year is not written first in full: 31/12/2023,
 * 12/31/2023, 23/12/31. The last can only be meant where the year has two digits.
 */
export type DayOrder = "dayFirst" | "monthFirst" | "yearFirst";

const YEAR_MIN = 1900;
const YEAR_MAX = 2200;

/** What is longer is a text and is not looked at, so that no cell takes long. */
const CELL_CHARACTERS_MAX = 100;

/**
 * The calendar day that a cell states, in days since 1970-01-01. A time and a zone may follow; the day is the written
 * one, whatever day it was elsewhere. `order` is the column's, from `dayOrderOf` or from a person; without one only
 * dates that have one reading are read.
 */
export function readDay(text: string, order?: DayOrder): number | Problem {
  const plain = readIso(text);
  if (plain !== undefined) return plain;
  const cell = text.trim();
  if (cell === "") return { problem: "nothing stands here, want a date" };
  if (cell.length > CELL_CHARACTERS_MAX)
    return {
      problem: `${quoted(cell)} is ${cell.length} characters long, want a date`,
    };
  const read = readParts(dayPartsOf(cell), order);
  return typeof read === "number"
    ? read
    : { problem: `${quoted(cell)} ${read}` };
}

/**
 * The days that three numbers can mean, by the order that they are read in. A year of two digits leads only where it
 * is written with both.
 */
export function readingsOf([a, b, c]: readonly [
  string,
  string,
  string,
]): ReadonlyMap<DayOrder, number> {
  const readings = new Map<DayOrder, number>();
  const add = (order: DayOrder, year: string, month: string, of: string) => {
    const day = dayOf(fullYear(year), Number(month), Number(of));
    if (day !== undefined) readings.set(order, day);
  };
  if (c.length > 1) {
    add("dayFirst", c, b, a);
    add("monthFirst", c, a, b);
  }
  if (a.length === 2 && c.length <= 2) add("yearFirst", a, b, c);
  return readings;
}

/** 2023-05-01 */
export function showDay(day: number): string {
  const { year, month, day: of } = civilFromDays(day);
  return `${year}-${two(month)}-${two(of)}`;
}

/** 2023-05 */
export function monthOfDay(day: number): string {
  const { year, month } = civilFromDays(day);
  return `${year}-${two(month)}`;
}

/** 2023 */
export function yearOfDay(day: number): string {
  return String(civilFromDays(day).year);
}

/**
 * The day of a spreadsheet's serial number; what stands behind its point is the time of day. Workbooks count from
 * 1900-01-01 as 1, with a 29 February 1900 that never was, or from 1904-01-01 as 0.
 */
export function dayOfSerial(
  serial: number,
  date1904: boolean,
): number | Problem {
  const whole = Math.floor(serial);
  const problem = `serial number ${serial} is no day from ${YEAR_MIN} to ${YEAR_MAX}, want a date`;
  if (!Number.isSafeInteger(whole)) return { problem };
  if (!date1904 && (whole === LEAP_SERIAL || whole < 1)) return { problem };
  const first = date1904 ? FIRST_1904 : FIRST_1900;
  const day = whole + first + (!date1904 && whole < LEAP_SERIAL ? 1 : 0);
  return day < DAY_MIN || day > DAY_MAX ? { problem } : day;
}

const LEAP_SERIAL = 60;
const FIRST_1900 = daysFromCivil({ year: 1899, month: 12, day: 30 });
const FIRST_1904 = daysFromCivil({ year: 1904, month: 1, day: 1 });
const DAY_MIN = daysFromCivil({ year: YEAR_MIN, month: 1, day: 1 });
const DAY_MAX = daysFromCivil({ year: YEAR_MAX, month: 12, day: 31 });

/** 2023-05-01, 2023/5/1 or 2023.5.1, with a time to the second or none: nearly every cell of nearly every file. */
function readIso(text: string): number | undefined {
  const length = text.length;
  const mark = text.charCodeAt(4);
  if (length < 8 || (mark !== MINUS && mark !== SLASH && mark !== POINT))
    return undefined;
  const second = text.charCodeAt(6) === mark ? 6 : 7;
  if (text.charCodeAt(second) !== mark) return undefined;
  const space = text.charCodeAt(second + 2);
  const end =
    length === second + 2 || space === SPACE || space === LETTER_T
      ? second + 2
      : second + 3;
  if (length > end && !isTime(text, end)) return undefined;
  const year = numberAt(text, 0, 4);
  const month = numberAt(text, 5, second);
  return dayOf(year, month, numberAt(text, second + 1, end));
}

const MINUS = 45;
const POINT = 46;
const SLASH = 47;
const ZERO = 48;
const COLON = 58;
const SPACE = 32;
const LETTER_T = 84;

/** " 13:45:10" to the end of the text. */
function isTime(text: string, at: number): boolean {
  const first = text.charCodeAt(at);
  return (
    text.length === at + 9 &&
    (first === SPACE || first === LETTER_T) &&
    text.charCodeAt(at + 3) === COLON &&
    text.charCodeAt(at + 6) === COLON &&
    numberAt(text, at + 1, at + 3) < 24 &&
    numberAt(text, at + 4, at + 6) < 60 &&
    numberAt(text, at + 7, at + 9) < 60
  );
}

/** NaN where not all are digits. */
function numberAt(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Undefined for a day that no calendar has, or one that no ledger has. */
function dayOf(year: number, month: number, day: number): number | undefined {
  const isInYear = year >= YEAR_MIN && year <= YEAR_MAX;
  if (!isInYear || !(month >= 1 && month <= 12 && day >= 1)) return undefined;
  return day <= 28 || day <= daysIn(year, month)
    ? daysFromCivil({ year, month, day })
    : undefined;
}

function daysIn(year: number, month: number): number {
  if (month !== 2)
    return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

function readParts(
  parts: DayParts,
  order: DayOrder | undefined,
): number | string {
  if (parts.kind === "other") return parts.is;
  const day =
    parts.kind === "named"
      ? dayOf(parts.year, parts.month, parts.day)
      : readNumbers(parts.numbers, order);
  if (day === undefined)
    return `is no day of the calendar from ${YEAR_MIN} to ${YEAR_MAX}, want one`;
  if (typeof day === "string") return day;
  const { weekday } = parts;
  // Of a date and its day of the week that disagree nobody can say which is the slip.
  if (weekday !== undefined && weekdayOf(day) !== weekday)
    return "falls on another day of the week, want both to agree";
  return day;
}

function readNumbers(
  numbers: readonly [string, string, string],
  order: DayOrder | undefined,
): number | string | undefined {
  const readings = readingsOf(numbers);
  if (order !== undefined) return readings.get(order) ?? UNREAD[order];
  const days = [...new Set(readings.values())];
  const [only, other] = days;
  if (only !== undefined && numbers[2].length <= 2)
    return "has a year of two digits, want the column's order of day, month and year";
  if (only === undefined || other === undefined) return only;
  return `can be ${showDay(only)} or ${showDay(other)}, want the column's order of day and month`;
}

const UNREAD: Readonly<Record<DayOrder, string>> = {
  dayFirst: "is no date with its day first, want one",
  monthFirst: "is no date with its month first, want one",
  yearFirst: "is no date with its year first, want one",
};

/** Sunday is 0. */
function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

function two(n: number): string {
  return n < 10 ? `0${n}` : String(n);
}
