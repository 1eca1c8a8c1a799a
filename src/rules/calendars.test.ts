import { aRulebook } from "../../test/story-acts.ts";
import { aCalendar } from "../../test/story-calendars.ts";
import { aQuestion } from "../../test/story-contributions.ts";
import {
  day,
  theGenesis,
  theRulebook,
  without,
} from "../../test/story-founding.ts";
import { approved, check, given, type Step } from "../../test/story.ts";

const { limits } = theRulebook;
const inWorkingDays = (number: number, calendar = "lanan") =>
  aRulebook({
    calendar,
    limits: { ...without(limits, "questionDays"), questionWorkingDays: number },
  });
const inDays = (questionDays: number) =>
  aRulebook({ limits: { ...limits, questionDays } });

check(
  "a calendar is adopted by who adopts the rulebook, for a year that is not over",
  [day(1), aCalendar(), "granted"],
  [
    day(1),
    aCalendar(),
    approved("registrar"),
    "I4 breach post registrar, lacks-power adopt",
  ],
  [day(1), aCalendar({ year: 2027, holidays: [], makeUps: [] }), "granted"],
  [
    day(1),
    aCalendar({ year: 2025, holidays: [], makeUps: [] }),
    "I14 breach year 2025",
  ],
);
check(
  "a calendar's days are of its year, each once, and only a weekend is worked to make up",
  [
    day(1),
    aCalendar({ holidays: ["2027-01-01"], makeUps: [] }),
    "V-CALENDAR breach year 2026, day 2027-01-01",
  ],
  [
    day(1),
    aCalendar({ holidays: ["2026-05-01", "2026-05-01"], makeUps: [] }),
    "V-CALENDAR breach twice 2026-05-01",
  ],
  [
    day(1),
    aCalendar({ holidays: ["2026-05-09"] }),
    "V-CALENDAR breach twice 2026-05-09; V-CALENDAR breach make-ups 1, freed 0",
  ],
  [
    day(1),
    aCalendar({ makeUps: ["2026-05-08"] }),
    "V-CALENDAR breach no-weekend 2026-05-08",
  ],
);
// Friday, Monday and Tuesday of the holiday in May would have been worked.
check(
  "no more days of weekends are worked than days were freed for a holiday",
  [
    day(1),
    aCalendar({
      makeUps: ["2026-04-25", "2026-05-09", "2026-05-10", "2026-05-16"],
    }),
    "V-CALENDAR breach make-ups 4, freed 3",
  ],
  [
    day(1),
    aCalendar({ holidays: [], makeUps: ["2026-05-09"] }),
    "V-CALENDAR breach make-ups 1, freed 0",
  ],
  [
    day(1),
    aCalendar({ makeUps: ["2026-04-25", "2026-05-09", "2026-05-10"] }),
    "granted",
  ],
);
check(
  "a calendar of holidays alone is none, and no holiday goes on for weeks",
  [
    day(1),
    aCalendar({ weekend: [1, 2, 3, 4, 5, 6], holidays: [], makeUps: [] }),
    "V-CALENDAR breach worked 52, wanted 200",
  ],
  [
    day(1),
    aCalendar({
      holidays: Array.from(
        { length: 17 },
        (_, i) => `2026-08-${String(i + 3).padStart(2, "0")}`,
      ),
      makeUps: [],
    }),
    "V-CALENDAR breach free 19, most 16",
  ],
  // From the 18th of December on, and then the first days of January as well.
  [
    day(1),
    aCalendar({
      holidays: Array.from({ length: 13 }, (_, i) => `2026-12-${i + 19}`),
      makeUps: [],
    }),
    "granted",
  ],
  [
    day(1),
    aCalendar({
      ...{ year: 2027, makeUps: [] },
      holidays: ["2027-01-01", "2027-01-04"],
    }),
    "V-CALENDAR breach free 17, most 16",
  ],
  [
    day(1),
    aCalendar({ year: 2027, makeUps: [], holidays: ["2027-01-01"] }),
    "granted",
  ],
);
// The founding is on Monday, 2 March 2026, the 61st day of its year.
check(
  "a calendar that is in force may say otherwise of days to come, and of no other",
  ...given(day(1), aCalendar()),
  [
    day(70),
    aCalendar({ holidays: [...aCalendar().holidays, "2026-10-01"] }),
    "I13 breach day-of-year 274",
  ],
  // A Saturday before it is worked for it: no term ends later.
  [
    day(70),
    aCalendar({
      holidays: [...aCalendar().holidays, "2026-10-01"],
      makeUps: ["2026-05-09", "2026-09-26"],
    }),
    "granted",
  ],
  [
    day(70),
    aCalendar({
      holidays: [...aCalendar().holidays, "2026-09-25"],
      makeUps: ["2026-05-09", "2026-09-26"],
    }),
    "I13 breach day-of-year 268",
  ],
  [
    day(70),
    aCalendar({ holidays: ["2026-10-01"], makeUps: [] }),
    "I14 breach day-of-year 121",
  ],
  [
    day(70),
    aCalendar({
      holidays: [...aCalendar().holidays, "2026-03-06"],
    }),
    "I14 breach day-of-year 65",
  ],
);
/** An office that counted in working days from its founding on. */
const founded: Step = [
  day(0),
  theGenesis({ rulebook: inWorkingDays(5).rulebook }),
  "granted",
];
check(
  "a term is in days or in working days, and these are counted by a calendar that the rulebook names",
  [
    day(0),
    theGenesis({
      rulebook: {
        ...theRulebook,
        limits: { ...limits, questionWorkingDays: 5 },
      },
    }),
    "V-CALENDAR missing calendar none",
  ],
  [
    day(0),
    theGenesis({
      rulebook: {
        ...theRulebook,
        calendar: "lanan",
        limits: { ...limits, questionDays: 15, questionWorkingDays: 5 },
      },
    }),
    "V-CALENDAR breach limit questionDays",
  ],
  founded,
);
check(
  "a term never goes from days on end to as many working days, which are longer, and keeps its calendar",
  [
    day(1),
    inWorkingDays(15),
    "I13 breach limit question, number 15, clock workingDays, parent 15, parent-clock days",
  ],
  [
    day(1),
    inDays(16),
    "I13 breach limit question, number 16, clock days, parent 15, parent-clock days",
  ],
  [day(1), inDays(14), "granted"],
);
check(
  "working days may become fewer, or days on end, and never more or another's",
  founded,
  [
    day(1),
    inWorkingDays(6),
    "I13 breach limit question, number 6, clock workingDays, parent 5, parent-clock workingDays",
  ],
  [
    day(1),
    inWorkingDays(4, "other"),
    "I13 breach calendar other, parent lanan",
  ],
  [day(1), inWorkingDays(4), "granted"],
  [
    day(2),
    inDays(5),
    "I13 breach limit question, number 5, clock days, parent 4, parent-clock workingDays",
  ],
  [day(2), inDays(4), "granted"],
);
// Five working days from Monday, 27 April: Tuesday to Thursday, then the holiday, then Wednesday and Thursday.
check(
  "a question is answered within working days: a holiday is none of them, and the Saturday that is worked for it is one",
  founded,
  ...given(day(1), aCalendar()),
  [
    day(56, 10),
    aQuestion({ due: day(67, 1) }),
    `V-QUESTION breach due ${day(67, 1)}, latest ${day(67)}`,
  ],
  [day(56, 10), aQuestion({ due: day(67) }), "granted"],
  // From Wednesday, 6 May: Thursday, Friday, the Saturday that is worked, Monday, Tuesday.
  [
    day(65, 10),
    aQuestion({ question: "question-2", due: day(71, 1) }),
    "granted",
  ],
  [
    day(65, 10),
    aQuestion({ question: "question-3", due: day(72, 1) }),
    `V-QUESTION breach due ${day(72, 1)}, latest ${day(72)}`,
  ],
);
check(
  "without the year's calendar every day is a working day",
  founded,
  [day(1, 10), aQuestion({ due: day(7) }), "granted"],
  [
    day(1, 10),
    aQuestion({ question: "question-2", due: day(7, 1) }),
    `V-QUESTION breach due ${day(7, 1)}, latest ${day(7)}`,
  ],
);
