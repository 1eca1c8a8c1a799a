import fc from "fast-check";
import type { Act, ActOf } from "../src/acts/act.ts";
import { day, theGenesis, theRulebook, without } from "./story-founding.ts";
import type { Step } from "./story.ts";

/** The calendar of an invented country for the year of the story: a holiday of five days, and a Saturday worked for it. */
export const aCalendar = (
  change: Partial<ActOf<"calendarAdopted">> = {},
): ActOf<"calendarAdopted"> => ({
  ...{ kind: "calendarAdopted", calendar: "lanan", year: 2026 },
  weekend: [6, 7],
  holidays: [
    ...["2026-05-01", "2026-05-02", "2026-05-03"],
    ...["2026-05-04", "2026-05-05"],
  ],
  makeUps: ["2026-05-09"],
  ...change,
});

const year = fc.constantFrom(2025, 2026, 2027);
const dates = fc.array(
  fc
    .tuple(
      year,
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 28 }),
    )
    .map(
      ([y, month, day]) =>
        `${y}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`,
    ),
  { maxLength: 4 },
);

/** Calendars as they come: of any of three years, with days that may be of another. */
export const calendars: fc.Arbitrary<(hour: number) => Act> = fc
  .tuple(
    fc.constantFrom("lanan", "other"),
    year,
    fc.subarray([5, 6, 7]),
    ...([dates, dates] as const),
  )
  .map(
    ([calendar, of, weekend, holidays, makeUps]) =>
      () =>
        aCalendar({ calendar, year: of, weekend, holidays, makeUps }),
  );

/** An office that answers questions within five working days, from its founding on. */
export const foundedInWorkingDays: Step = [
  day(0),
  theGenesis({
    rulebook: {
      ...theRulebook,
      calendar: "lanan",
      limits: {
        ...without(theRulebook.limits, "questionDays"),
        questionWorkingDays: 5,
      },
    },
  }),
  "granted",
];
