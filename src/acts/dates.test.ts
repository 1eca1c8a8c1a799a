import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addMonths,
  civilAt,
  civilFromDays,
  daysFromCivil,
  earliest,
  monthOf,
  quarterOf,
  quarterSpan,
  showInstant,
  startOf,
} from "./dates.ts";
import { partialDate } from "./shapes.ts";

/** Our own arithmetic on integers, held against JavaScript's Date in UTC. */
const DAY = 86_400_000;
const FROM = Date.UTC(1970, 0, 1) / DAY;
const TO = Date.UTC(2401, 0, 1) / DAY;
const runs = { numRuns: 2000 };

const offset = fc.oneof(
  fc.constantFrom(0, 480, -840, 840, 345, -210),
  fc.integer({ min: -840, max: 840 }),
);
const instant = fc.integer({ min: Date.UTC(1970, 0, 3), max: TO * DAY - 1 });

test("every day from 1970 to 2400 has its civil date, and back", () => {
  const wrong: number[] = [];
  for (let day = FROM; day < TO; day++) {
    const date = new Date(day * DAY);
    const civil = civilFromDays(day);
    const same =
      civil.year === date.getUTCFullYear() &&
      civil.month === date.getUTCMonth() + 1 &&
      civil.day === date.getUTCDate();
    if (!same || daysFromCivil(civil) !== day) wrong.push(day);
  }
  expect(wrong).toEqual([]);
});

test("years before 1970 and far away count as well, for what is reported", () => {
  fc.assert(
    fc.property(
      fc.integer({
        min: Date.UTC(1600, 0, 1) / DAY,
        max: Date.UTC(9999, 11, 31) / DAY,
      }),
      (day) => {
        const { year, month, day: of } = civilFromDays(day);
        expect(new Date(day * DAY).toISOString().slice(0, 10)).toBe(
          [
            year,
            String(month).padStart(2, "0"),
            String(of).padStart(2, "0"),
          ].join("-"),
        );
        expect(daysFromCivil({ year, month, day: of })).toBe(day);
      },
    ),
    runs,
  );
});

test("an instant's date, and the instant at which a date begins, are those of the office's own clock", () => {
  fc.assert(
    fc.property(instant, offset, (at, minutes) => {
      const there = new Date(at + minutes * 60_000);
      expect(civilAt(at, minutes)).toEqual({
        year: there.getUTCFullYear(),
        month: there.getUTCMonth() + 1,
        day: there.getUTCDate(),
      });
      const begins = startOf(civilAt(at, minutes), minutes);
      expect(begins <= at && at < begins + DAY).toBe(true);
      expect(civilAt(begins, minutes)).toEqual(civilAt(at, minutes));
      expect(civilAt(begins - 1, minutes)).not.toEqual(civilAt(at, minutes));
      expect(showInstant(at, minutes)).toBe(
        there.toISOString().slice(0, 16).replace("T", " "),
      );
      expect(monthOf(at, minutes)).toBe(there.toISOString().slice(0, 7));
    }),
    runs,
  );
});

test("so many months later is the same day and time, or the last day of a shorter month", () => {
  fc.assert(
    fc.property(
      instant,
      fc.integer({ min: 0, max: 600 }),
      offset,
      (at, months, minutes) => {
        const there = new Date(at + minutes * 60_000);
        const year = there.getUTCFullYear();
        const month = there.getUTCMonth() + months;
        const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
        const time = (at + minutes * 60_000) % DAY;
        const wanted =
          Date.UTC(year, month, Math.min(there.getUTCDate(), last)) +
          time -
          minutes * 60_000;
        expect(addMonths(at, months, minutes)).toBe(wanted);
      },
    ),
    runs,
  );
});

test("a month after the 31st of January is the 28th or the 29th of February, in the office's own time", () => {
  const local = (text: string) => Date.parse(`${text}+08:00`);
  expect(addMonths(local("2027-01-31T09:00"), 1, 480)).toBe(
    local("2027-02-28T09:00"),
  );
  expect(addMonths(local("2028-01-31T09:00"), 1, 480)).toBe(
    local("2028-02-29T09:00"),
  );
  expect(addMonths(local("2028-02-29T00:00"), 12, 480)).toBe(
    local("2029-02-28T00:00"),
  );
  expect(addMonths(local("2026-03-01T00:00"), 60, 480)).toBe(
    local("2031-03-01T00:00"),
  );
  expect(addMonths(local("2026-12-31T23:59"), 2, 480)).toBe(
    local("2027-02-28T23:59"),
  );
  // The same instant is still the 28th of February seen from UTC, and its month is another.
  expect(addMonths(local("2027-03-01T07:59"), 1, 0)).toBe(
    Date.UTC(2027, 2, 28, 23, 59),
  );
});

test("a date known in part begins with its year, month or day: the reading that ends a right soonest", () => {
  expect(earliest("2027", 480)).toBe(Date.parse("2027-01-01T00:00+08:00"));
  expect(earliest("2027-06", 480)).toBe(Date.parse("2027-06-01T00:00+08:00"));
  expect(earliest("2027-06-15", 480)).toBe(
    Date.parse("2027-06-15T00:00+08:00"),
  );
  expect(earliest("2027-06-15", -300)).toBe(
    Date.parse("2027-06-15T00:00-05:00"),
  );
});

test("a partial date names a day that exists", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 9999 }),
      fc.integer({ min: 0, max: 13 }),
      fc.integer({ min: 0, max: 32 }),
      (year, month, day) => {
        const two = (n: number): string => String(n).padStart(2, "0");
        const text = `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
        const date = new Date(`${text}T00:00:00Z`);
        const exists =
          !Number.isNaN(date.getTime()) &&
          date.toISOString().slice(0, 10) === text;
        expect(partialDate.safeParse(text).success, text).toBe(exists);
      },
    ),
    runs,
  );
  for (const text of [
    "",
    "26",
    "2026-",
    "2026-5",
    "2026-13",
    "2026-05-",
    "2026-05-3",
    " 2026",
    "2026\n",
    "20260503",
    "-2026",
  ])
    expect(partialDate.safeParse(text).success, text).toBe(false);
  for (const text of ["2026", "2026-05", "2024-02-29"])
    expect(partialDate.safeParse(text).success, text).toBe(true);
});

test("a quarter is the one in UTC, and its span holds what is in it and nothing else", () => {
  fc.assert(
    fc.property(instant, (at) => {
      const date = new Date(at);
      const quarter = quarterOf(at);
      expect(quarter).toBe(
        `${date.getUTCFullYear()}q${Math.floor(date.getUTCMonth() / 3) + 1}`,
      );
      const { from, to } = quarterSpan(quarter);
      expect(from <= at && at < to).toBe(true);
      expect([quarterOf(from), quarterOf(to - 1)]).toEqual([quarter, quarter]);
      expect([quarterOf(from - 1), quarterOf(to)]).not.toContain(quarter);
    }),
    runs,
  );
});
