import fc from "fast-check";
import { expect, test } from "vitest";
import { aCalendar } from "../../test/story-calendars.ts";
import { DAY, day, HOUR, OFFSET } from "../../test/story-founding.ts";
import type { Calendar } from "../register/register.ts";
import { endOfTerm, type Term, workingDaysLeft } from "./clocks.ts";

const whereAt = (offsetMinutes: number, acts: readonly Calendar[]) => ({
  offsetMinutes,
  calendars: new Map(
    acts.map((act, entry) => [
      `${act.calendar}/${act.year}`,
      { act, entry, at: 0 },
    ]),
  ),
});
const where = (...acts: readonly Calendar[]) => whereAt(OFFSET, acts);
const working = (number: number): Term => ({
  ...{ clock: "workingDays", number, calendar: "lanan" },
});
/** A time as people say it, east of UTC by the story's eight hours. */
const at = (text: string): number => Date.parse(`${text}:00+08:00`);
const until = (begin: string, number: number, ...acts: Calendar[]): string =>
  new Date(endOfTerm(where(...acts), working(number), at(begin)) + 8 * HOUR)
    .toISOString()
    .slice(0, 16);

test("working days are counted from the day after, until the last of them is over", () => {
  // A Thursday before the holiday, and the Saturday that is worked for it.
  expect(until("2026-04-30T10:00", 1, aCalendar())).toBe("2026-05-07T00:00");
  expect(until("2026-04-30T23:59", 3, aCalendar())).toBe("2026-05-09T00:00");
  expect(until("2026-04-30T00:00", 4, aCalendar())).toBe("2026-05-10T00:00");
  expect(until("2026-04-30T10:00", 5, aCalendar())).toBe("2026-05-12T00:00");
});

test("in a year whose calendar was not adopted every day counts, so the office has no more time for lack of its own paper", () => {
  expect(until("2026-12-31T10:00", 3, aCalendar())).toBe("2027-01-04T00:00");
  const next = aCalendar({
    ...{ year: 2027, holidays: ["2027-01-01"], makeUps: [] },
  });
  expect(until("2026-12-31T10:00", 3, aCalendar(), next)).toBe(
    "2027-01-07T00:00",
  );
  expect(until("2026-12-31T10:00", 3)).toBe("2027-01-04T00:00");
});

test("days on end are counted from the instant, to the end of its hour", () => {
  const term: Term = { clock: "days", number: 15 };
  expect(endOfTerm(where(), term, day(0))).toBe(day(15));
  expect(endOfTerm(where(), term, day(0) + 1)).toBe(day(15) + HOUR);
});

const instant = fc.integer({ min: day(0), max: day(700) });
const calendar = fc
  .tuple(
    fc.subarray([1, 5, 6, 7]),
    fc.uniqueArray(fc.integer({ min: 0, max: 364 }), { maxLength: 60 }),
    fc.constantFrom(2026, 2027),
  )
  .map(([weekend, days, year]) => {
    const dates = days.map((n) =>
      new Date(Date.UTC(year, 0, 1 + n)).toISOString().slice(0, 10),
    );
    const isWeekend = (date: string) =>
      weekend.includes(new Date(`${date}T00:00Z`).getUTCDay() || 7);
    return aCalendar({
      ...{ year, weekend, makeUps: dates.filter(isWeekend) },
      holidays: dates.filter((date) => !isWeekend(date)),
    });
  });

/** By dates as text, day by day. */
function isWorked(date: string, acts: readonly Calendar[]): boolean {
  const act = acts.findLast(({ year }) => date.startsWith(`${year}-`));
  if (act === undefined) return true;
  if (act.holidays.includes(date)) return false;
  const weekday = new Date(`${date}T00:00Z`).getUTCDay() || 7;
  return !act.weekend.includes(weekday) || act.makeUps.includes(date);
}

test("a term ends with its last working day wherever the office is, and as many are left as it has", () => {
  fc.assert(
    fc.property(
      ...([instant, fc.integer({ min: 1, max: 60 })] as const),
      fc.array(calendar, { maxLength: 2 }),
      fc.constantFrom(480, 0, 330, 345, -210, -840, 840),
      (begin, number, acts, offset) => {
        const here = whereAt(offset, acts);
        const end = endOfTerm(here, working(number), begin);
        const dateOf = (time: number) =>
          new Date(time + offset * 60_000).toISOString().slice(0, 10);
        const worked: string[] = [];
        for (
          let time = begin + DAY;
          dateOf(time) <= dateOf(end - 1);
          time += DAY
        )
          if (isWorked(dateOf(time), acts)) worked.push(dateOf(time));
        expect(worked.length).toBe(number);
        // The last day of the term is one of them, and over within the hour.
        expect(worked.at(-1)).toBe(dateOf(end - 1));
        expect(dateOf(end + HOUR)).not.toBe(worked.at(-1));
        const left = (now: number) => workingDaysLeft(here, "lanan", now, end);
        expect(left(begin)).toBe(number);
        expect(left(end - 1)).toBe(0);
        expect(left(end + 20 * DAY)).toBeLessThanOrEqual(0);
        // As many days on end are over on no later day.
        const plain: Term = { clock: "days", number };
        expect(
          dateOf(endOfTerm(here, plain, begin) - HOUR) <= dateOf(end - 1),
        ).toBe(true);
      },
    ),
  );
});

test("what is overdue has less than no working days left", () => {
  const end = at("2026-05-07T00:00");
  const left = (now: string) =>
    workingDaysLeft(where(aCalendar()), "lanan", at(now), end);
  expect(left("2026-05-06T12:00")).toBe(0);
  expect(left("2026-05-07T12:00")).toBe(-1);
  expect(left("2026-05-10T12:00")).toBe(-3);
});
