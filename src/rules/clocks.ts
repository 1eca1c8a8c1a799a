import { addMonths } from "../acts/dates.ts";
import { HOUR } from "../acts/shapes.ts";
import { isWorkingDay, workingDaysIn } from "../register/calendar.ts";
import type { ReadRegister } from "../register/register.ts";

const DAY = 24 * HOUR;

/** How long somebody has: days on end, months, or working days by a calendar. */
export type Term =
  | { readonly clock: "days" | "months"; readonly number: number }
  | {
      readonly clock: "workingDays";
      readonly number: number;
      readonly calendar: string;
    };

/** 15 days, or 10 working days. */
export function showTerm({ clock, number }: Term): string {
  const unit = { days: "day", months: "month", workingDays: "working day" }[
    clock
  ];
  return `${number} ${unit}${number === 1 ? "" : "s"}`;
}

type Where = Pick<ReadRegister, "calendars" | "offsetMinutes">;

/**
 * The instant at which a term is over that begins at `at`, milliseconds of a whole hour. Days on end and months are counted from that instant;
 * working days from the day after it, until the last of them is over in the office's own time.
 */
export function endOfTerm(where: Where, term: Term, at: number): number {
  if (term.clock !== "workingDays") {
    const end =
      term.clock === "months"
        ? addMonths(at, term.number, where.offsetMinutes)
        : at + term.number * DAY;
    return Math.ceil(end / HOUR) * HOUR;
  }
  let day = localDay(where, at);
  for (let left = term.number; left > 0;) {
    day += 1;
    if (isWorkingDay(where, term.calendar, day)) left -= 1;
  }
  const over = (day + 1) * DAY - where.offsetMinutes * 60_000;
  // Where the day does not end on a whole hour the term is over with the last one inside it.
  return Math.floor(over / HOUR) * HOUR;
}

/** How many working days lie behind the day of `from`, up to the last that is over by `to`; less than 0 where `to` is past. */
export function workingDaysLeft(
  where: Where,
  calendar: string,
  from: number,
  to: number,
): number {
  // A term ends with its last day: its instant is already the next.
  const last = localDay(where, to - 1);
  const today = localDay(where, from);
  return last < today
    ? -workingDaysIn(where, calendar, last + 1, today)
    : workingDaysIn(where, calendar, today + 1, last);
}

/** Days since 1970-01-01 in the office's own time. */
export function localDay(
  { offsetMinutes }: Pick<Where, "offsetMinutes">,
  at: number,
): number {
  return Math.floor((at + offsetMinutes * 60_000) / DAY);
}
