import type { ActOf } from "../acts/act.ts";
import { civilAt } from "../acts/dates.ts";
import type { Finding } from "../acts/entry.ts";
import {
  dayOf,
  firstDayOf,
  weekdayOf,
  workedDays,
  yearName,
} from "../register/calendar.ts";
import type { ReadRegister } from "../register/register.ts";
import { localDay } from "./clocks.ts";
import { breach, when, type Verdict } from "./findings.ts";

/** A calendar of fewer working days in a year, or of longer holidays, would be another name for more time. */
const WORKED_MIN = 200;
const FREE_ON_END_MAX = 16;

/**
 * A calendar's days are of its year, each once, and only a weekend has days that are worked to make up for others. What is over is not
 * changed: neither a year that has ended, nor the days of a running one of which the calendar said already what they were. What is to
 * come may change where no term ends later by it.
 */
export function decideCalendar(
  register: ReadRegister,
  act: ActOf<"calendarAdopted">,
  at: number,
): Verdict {
  const { calendar, year, weekend, holidays, makeUps } = act;
  const all = [...holidays, ...makeUps];
  const before = register.calendars.get(yearName(calendar, year))?.act;
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
      ...tooWorked(act),
      ...tooFree(workedDays(act), [
        ...(workedIn(register, calendar, year - 1) ?? [true]),
        ...workedDays(act),
        ...(workedIn(register, calendar, year + 1) ?? [true]),
      ]),
      ...(before === undefined
        ? []
        : changedDays(
            workedDays(before),
            workedDays(act),
            localDay(register, at) - firstDayOf(year),
          )),
    ],
  };
}

/** Made up for is only what was free: without a bound weekends would be worked, and what is shown in public for so many working days shown for fewer. */
function tooWorked({
  weekend,
  holidays,
  makeUps,
}: ActOf<"calendarAdopted">): readonly Finding[] {
  const freed = new Set(
    holidays.filter((date) => !weekend.includes(weekdayOf(dayOf(date)))),
  ).size;
  return when(makeUps.length > freed, () =>
    breach("V-CALENDAR", ["make-ups", makeUps.length], ["freed", freed]),
  );
}

function workedIn(
  { calendars }: ReadRegister,
  calendar: string,
  year: number,
): readonly boolean[] | undefined {
  const found = calendars.get(yearName(calendar, year))?.act;
  return found === undefined ? undefined : workedDays(found);
}

/** Free days on end are counted over the ends of the year, as far as the years beside it are adopted. */
function tooFree(
  worked: readonly boolean[],
  around: readonly boolean[],
): readonly Finding[] {
  const days = worked.filter((is) => is).length;
  let free = 0;
  let longest = 0;
  for (const is of around) {
    free = is ? 0 : free + 1;
    longest = Math.max(longest, free);
  }
  return [
    ...when(days < WORKED_MIN, () =>
      breach("V-CALENDAR", ["worked", days], ["wanted", WORKED_MIN]),
    ),
    ...when(longest > FREE_ON_END_MAX, () =>
      breach("V-CALENDAR", ["free", longest], ["most", FREE_ON_END_MAX]),
    ),
  ];
}

/** `today` counts from 0 for 1 January; up to it nothing changes, and behind it no day has fewer working days before it. */
function changedDays(
  before: readonly boolean[],
  after: readonly boolean[],
  today: number,
): readonly Finding[] {
  const past = before.findIndex((is, day) => day <= today && is !== after[day]);
  if (past >= 0) return [breach("I14", ["day-of-year", past + 1])];
  let ahead = 0;
  for (let day = Math.max(0, today + 1); day < before.length; day++) {
    ahead += Number(after[day]) - Number(before[day]);
    if (ahead < 0) return [breach("I13", ["day-of-year", day + 1])];
  }
  return [];
}
