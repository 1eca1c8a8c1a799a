import type { ActOf } from "../acts/act.ts";
import { civilAt, daysFromCivil } from "../acts/dates.ts";
import { dayOf, isWorked, weekdayOf, yearName } from "../register/calendar.ts";
import type { ReadRegister } from "../register/register.ts";
import { localDay } from "./clocks.ts";
import { breach, when, type Verdict } from "./findings.ts";

/**
 * A calendar's days are of its year, each once, and only a weekend has days that are worked to make up for others. What is over is not
 * changed: neither a year that has ended, nor the days of a running one of which the calendar said already what they were.
 */
export function decideCalendar(
  register: ReadRegister,
  act: ActOf<"calendarAdopted">,
  at: number,
): Verdict {
  const { calendar, year, weekend, holidays, makeUps } = act;
  const all = [...holidays, ...makeUps];
  const first = daysFromCivil({ year, month: 1, day: 1 });
  const today = localDay(register, at);
  const before = register.calendars.get(yearName(calendar, year))?.act;
  const changed =
    before === undefined
      ? undefined
      : daysOf(first, Math.min(today, lastOf(year))).find(
          (day) => isWorked(before, day) !== isWorked(act, day),
        );
  return {
    findings: [
      ...when(civilAt(at, register.offsetMinutes).year > year, () =>
        breach("I14", ["year", year]),
      ),
      ...all
        .filter((date) => !date.startsWith(`${year}-`))
        .map((date) => breach("V-CALENDAR", ["year", year], ["day", date])),
      ...all
        .filter((date, place) => all.indexOf(date) !== place)
        .map((date) => breach("V-CALENDAR", ["twice", date])),
      ...makeUps
        .filter((date) => !weekend.includes(weekdayOf(dayOf(date))))
        .map((date) => breach("V-CALENDAR", ["no-weekend", date])),
      ...(changed === undefined
        ? []
        : [breach("I14", ["day-of-year", changed - first + 1])]),
    ],
  };
}

function lastOf(year: number): number {
  return daysFromCivil({ year: year + 1, month: 1, day: 1 }) - 1;
}

function daysOf(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}
