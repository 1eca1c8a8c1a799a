import { civilFromDays, daysFromCivil, earliest } from "../acts/dates.ts";
import { HOUR } from "../acts/shapes.ts";
import type { Calendar, ReadRegister } from "./register.ts";

const DAY = 24 * HOUR;

type Calendars = Pick<ReadRegister, "calendars">;

export function yearName(calendar: string, year: number): string {
  return `${calendar}/${year}`;
}

/** Days since 1970-01-01 of a date such as 2026-05-03. */
export function dayOf(date: string): number {
  return earliest(date, 0) / DAY;
}

/** 1 for Monday to 7 for Sunday; 1970-01-01 was a Thursday. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

export function firstDayOf(year: number): number {
  return daysFromCivil({ year, month: 1, day: 1 });
}

/** Whether each day of a calendar's year is worked, from 1 January on. */
export function workedDays({
  year,
  weekend,
  holidays,
  makeUps,
}: Calendar): readonly boolean[] {
  const first = firstDayOf(year);
  const off = new Set(holidays.map(dayOf));
  const on = new Set(makeUps.map(dayOf));
  return Array.from(
    { length: firstDayOf(year + 1) - first },
    (_, i) =>
      !off.has(first + i) &&
      (!weekend.includes(weekdayOf(first + i)) || on.has(first + i)),
  );
}

/**
 * Whether a day, counted from 1970-01-01, is worked. In a year for which the calendar was not adopted every day is: the office must not
 * have more time because a paper of its own is missing.
 */
export function isWorkingDay(
  where: Calendars,
  calendar: string,
  day: number,
): boolean {
  return workingDaysIn(where, calendar, day, day) === 1;
}

/** How many of the days from one to another, both counted from 1970-01-01 and both with them, are worked. */
export function workingDaysIn(
  where: Calendars,
  calendar: string,
  from: number,
  to: number,
): number {
  let count = 0;
  for (let day = from; day <= to;) {
    const { year } = civilFromDays(day);
    const end = Math.min(to, firstDayOf(year + 1) - 1);
    const found = where.calendars.get(yearName(calendar, year))?.act;
    count +=
      found === undefined
        ? end - day + 1
        : workedBefore(found, end + 1) - workedBefore(found, day);
    day = end + 1;
  }
  return count;
}

/** Of each state of a calendar, made once: a list of terms asks for thousands of days. */
const sums = new WeakMap<Calendar, Uint16Array>();

/** How many days of a calendar's year before that day are worked. */
function workedBefore(calendar: Calendar, day: number): number {
  let known = sums.get(calendar);
  if (known === undefined) {
    const worked = workedDays(calendar);
    known = new Uint16Array(worked.length + 1);
    for (const [at, is] of worked.entries())
      known[at + 1] = (known[at] ?? 0) + Number(is);
    sums.set(calendar, known);
  }
  return known[day - firstDayOf(calendar.year)] ?? 0;
}
