import { civilFromDays, daysFromCivil } from "../acts/dates.ts";
import type { Calendar, ReadRegister } from "./register.ts";

type Calendars = Pick<ReadRegister, "calendars">;

export function yearName(calendar: string, year: number): string {
  return `${calendar}/${year}`;
}

/** Days since 1970-01-01 of a date such as 2026-05-03. */
export function dayOf(date: string): number {
  const [year = 1970, month = 1, day = 1] = date.split("-").map(Number);
  return daysFromCivil({ year, month, day });
}

/** 1 for Monday to 7 for Sunday; 1970-01-01 was a Thursday. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/**
 * Whether a day, counted from 1970-01-01, is worked. In a year for which the calendar was not adopted every day is: the office must not
 * have more time because a paper of its own is missing.
 */
export function isWorkingDay(
  { calendars }: Calendars,
  calendar: string,
  day: number,
): boolean {
  const { year } = civilFromDays(day);
  const found = calendars.get(yearName(calendar, year))?.act;
  return found === undefined || isWorked(found, day);
}

/** What one state of a calendar says of a day of its year. */
export function isWorked(
  { weekend, holidays, makeUps }: Calendar,
  day: number,
): boolean {
  const names = (dates: readonly string[]) =>
    dates.some((date) => dayOf(date) === day);
  if (names(holidays)) return false;
  return !weekend.includes(weekdayOf(day)) || names(makeUps);
}
