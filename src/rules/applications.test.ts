import { expect, test } from "vitest";
import { aPermit, aRulebook, offered } from "../../test/story-acts.ts";
import {
  anApplication,
  aCompletion,
  anExtension,
  aQuery,
  aRefusal,
  aRetreat,
} from "../../test/story-applications.ts";
import { aCalendar } from "../../test/story-calendars.ts";
import {
  day,
  HOUR,
  theGenesis,
  theRulebook,
} from "../../test/story-founding.ts";
import { approved, check, given, play, type Step } from "../../test/story.ts";
import { deadlinesOf, dueOf } from "./due.ts";

/** Somebody applies for a permit: it is received, completed, decided, each once, each in its time. */

const known = given(day(1), ...offered);
const lic = (due: number, latest: number) =>
  `CN-LIC-01 breach due ${due}, latest ${latest}`;

check(
  "an application that lay in a drawer has its term from the day on which it came, and is seen",
  ...known,
  [
    day(6),
    anApplication({ on: "2026-03-09", due: day(9) }),
    "V-ORDER breach fact on, after entry",
  ],
  // Day 6 is 8 March; it came at the beginning of the second.
  [
    day(6),
    anApplication({ on: "2026-03-04", due: day(23) }),
    lic(day(23), day(22)),
  ],
  [
    day(6),
    anApplication({ on: "2026-03-04", due: day(22) }),
    "granted, V-RECEIVED breach application application-1, on 2026-03-04",
  ],
  [
    day(6),
    anApplication({ application: "soon", on: "2026-03-05", due: day(23) }),
    "granted",
  ],
  [
    day(60),
    anApplication({ application: "lost", on: "2026-03-05", due: day(62) }),
    lic(day(62), day(61)),
  ],
);
check(
  "an application is received with the day by which it is decided, inside the term, and for whatever is asked",
  ...known,
  [
    day(2),
    anApplication({ due: day(22) + HOUR }),
    lic(day(22) + HOUR, day(22)),
  ],
  [
    day(2),
    anApplication({ due: day(2) }),
    `V-ORDER breach from ${day(2)}, to ${day(2)}`,
  ],
  [day(2), anApplication({ due: day(22) }), "granted"],
  [day(2), anApplication(), "V-NEW breach application application-1"],
  [
    day(2),
    anApplication({
      ...{ application: "application-2", purpose: "reputation-ranking" },
      product: "health-of-everybody",
    }),
    "granted",
  ],
  [
    day(2),
    anApplication({ application: "application-3", organisation: "nobody" }),
    "V-REF missing organisation nobody",
  ],
);
check(
  "a permit decides the application that it names, and nothing else than was asked for",
  ...known,
  ...given(day(2), anApplication()),
  [
    day(3),
    aPermit({ decides: "application-1", purpose: "insurance" }),
    "V-SCOPE breach application application-1, purpose insurance",
  ],
  [
    day(3),
    aPermit({ decides: "application-1", organisation: "sanhe" }),
    "V-SCOPE breach application application-1, organisation sanhe",
  ],
  [
    day(3),
    anApplication({ application: "other", product: "others", due: day(20) }),
    "granted",
  ],
  [
    day(3),
    aPermit({ decides: "other" }),
    "V-SCOPE breach application other, product vehicle-records",
  ],
  [
    day(3),
    aPermit({ decides: "application-9" }),
    "V-REF missing application application-9",
  ],
  [day(3), aPermit({ decides: "application-1" }), "granted"],
  [
    day(4),
    aPermit({ permit: "second", decides: "application-1" }),
    "V-ENDED breach application application-1",
  ],
  [day(4), aRefusal(), "V-ENDED breach application application-1"],
  [day(4), aRetreat(), "V-ENDED breach application application-1"],
);
check(
  "a refusal says where to go against it, and there is time to go",
  ...known,
  ...given(day(2), anApplication()),
  [
    day(3),
    aRefusal(),
    approved("registrar"),
    "I4 breach post registrar, lacks-power permit",
  ],
  [
    day(3),
    aRefusal({ redressUntil: day(3) }),
    `V-ORDER breach from ${day(3)}, to ${day(3)}`,
  ],
  [
    day(3),
    aRefusal({ redressUntil: day(63) - HOUR }),
    `CN-REV-01 breach until ${day(63) - HOUR}, earliest ${day(63)}`,
  ],
  [day(3), aRefusal({ redress: ["court", "court"] }), "V-NEW breach redress 2"],
  [day(3), aRefusal({ redressUntil: day(63) }), "granted"],
  [day(4), aQuery(), "V-ENDED breach application application-1"],
);
check(
  "the clock stands while the applicant is asked, once, and goes on with what was left",
  ...known,
  ...given(day(2), anApplication({ due: day(22) })),
  [
    day(3),
    aCompletion(),
    "V-ONCE breach application application-1, step completed",
  ],
  // Ten of twenty days are over, and he takes thirty.
  [day(12), aQuery({ left: 11 }), "CN-LIC-01 breach left 11, most 10"],
  [day(12), aQuery({ left: 10 }), "granted"],
  [
    day(13),
    aQuery({ left: 9 }),
    "V-ONCE breach application application-1, step asked",
  ],
  [
    day(13),
    anExtension(),
    "V-ONCE breach application application-1, step waiting",
  ],
  [day(42), aCompletion({ due: day(52) + HOUR }), lic(day(52) + HOUR, day(52))],
  [day(42), aCompletion({ due: day(52) }), "granted"],
  [
    day(43),
    aCompletion({ due: day(52) }),
    "V-ONCE breach application application-1, step completed",
  ],
);
check(
  "a term is extended once, by ten days, before it is over",
  ...known,
  ...given(day(2), anApplication({ due: day(22) })),
  [day(21), anExtension({ due: day(32) + HOUR }), lic(day(32) + HOUR, day(32))],
  [day(21), anExtension({ due: day(32) }), "granted"],
  [
    day(22),
    anExtension({ due: day(33) }),
    "V-ONCE breach application application-1, step extended",
  ],
  ...given(day(22), anApplication({ application: "late", due: day(23) })),
  [
    day(24),
    anExtension({ application: "late", due: day(25) }),
    `CN-LIC-01 breach due ${day(23)}, entered ${day(24)}`,
  ],
  [
    day(24),
    aQuery({ application: "late" }),
    `CN-LIC-01 breach due ${day(23)}, entered ${day(24)}`,
  ],
  ...given(day(24), anApplication({ application: "nearer", due: day(40) })),
  [
    day(25),
    anExtension({ application: "nearer", due: day(39) }),
    `V-ORDER breach from ${day(40)}, to ${day(39)}`,
  ],
);
check(
  "an office takes no more than the law's days, whatever its rulebook says",
  [
    day(1),
    aRulebook({ limits: { ...theRulebook.limits, applicationDays: 21 } }),
    "CN-LIC-01 breach number 21, wanted 20; I13 breach limit application, number 21, clock days, parent 20, parent-clock days",
  ],
);

const working: Step = [
  day(0),
  theGenesis({
    rulebook: {
      ...theRulebook,
      calendar: "lanan",
      limits: { ...theRulebook.limits, applicationWorkingDays: 10 },
    },
  }),
  "granted",
];
check(
  "an extension in working days is counted in them, from the day behind the term",
  working,
  ...given(day(0), aCalendar()),
  ...known,
  ...given(day(1, 10), anApplication({ due: day(16) })),
  // Ten working days behind Tuesday, 17 March: until Tuesday, 31 March.
  [day(2), anExtension({ due: day(30) + HOUR }), lic(day(30) + HOUR, day(30))],
  [day(2), anExtension({ due: day(30) }), "granted"],
);
check(
  "who asks on the last day has one more when the answer has come",
  working,
  ...given(day(0), aCalendar()),
  ...known,
  ...given(day(1, 10), anApplication({ due: day(16) })),
  [day(15, 10), aQuery({ left: 2 }), "CN-LIC-01 breach left 2, most 1"],
  [day(15, 10), aQuery({ left: 1 }), "granted"],
  [
    day(20, 10),
    aCompletion({ due: day(22) + HOUR }),
    lic(day(22) + HOUR, day(22)),
  ],
  [day(20, 10), aCompletion({ due: day(22) }), "granted"],
);
check(
  "no calendar that is adopted meanwhile makes what was left any more",
  working,
  ...given(day(0), aCalendar({ holidays: [], makeUps: [] })),
  ...known,
  ...given(day(1), anApplication({ due: day(15) })),
  ...given(day(1, 1), aQuery({ left: 9 })),
  ...given(
    day(2),
    aCalendar({
      holidays: ["2026-03-23", "2026-03-24"],
      makeUps: ["2026-03-07", "2026-03-08"],
    }),
  ),
  // From Thursday, 19 March: the 20th, 25th to 27th, 30th to 3 April.
  [day(17), aCompletion({ due: day(33) + HOUR }), lic(day(33) + HOUR, day(33))],
);
check(
  "in working days what is left is counted in working days too",
  working,
  ...given(day(0), aCalendar()),
  ...known,
  // On Tuesday, 3 March: ten working days are over on the 17th.
  [
    day(1, 10),
    anApplication({ due: day(16) + HOUR }),
    lic(day(16) + HOUR, day(16)),
  ],
  [day(1, 10), anApplication({ due: day(16) }), "granted"],
  // On the Friday seven are left: from the Monday of 16 March until the 25th.
  [day(4, 10), aQuery({ left: 8 }), "CN-LIC-01 breach left 8, most 7"],
  [day(4, 10), aQuery({ left: 7 }), "granted"],
  [
    day(14, 10),
    aCompletion({ due: day(24) + HOUR }),
    lic(day(24) + HOUR, day(24)),
  ],
  [day(14, 10), aCompletion({ due: day(24) }), "granted"],
  [
    day(15),
    aRulebook({
      calendar: "lanan",
      limits: { ...theRulebook.limits, applicationWorkingDays: 11 },
    }),
    "I13 breach limit application, number 11, clock workingDays, parent 10, parent-clock workingDays",
  ],
);

test("what waits for its applicant is not due, what was decided late is missed", () => {
  const begun = [...known, ...given(day(2), anApplication({ due: day(10) }))];
  const names = (steps: readonly Step[], at: number) => {
    const { register } = play(steps);
    return [dueOf(register, at), deadlinesOf(register, at).missed].map((list) =>
      list.map(({ id, by }) => `${id} ${(by - day(0)) / (24 * HOUR)}`),
    );
  };
  expect(names(begun, day(3))).toEqual([["application-1 10"], []]);
  expect(names(begun, day(11))).toEqual([
    ["application-1 10"],
    ["application-1 10"],
  ]);
  const asked = [...begun, ...given(day(5), aQuery({ left: 5 }))];
  expect(names(asked, day(11))).toEqual([["application-1 60"], []]);
  expect(names(asked, day(61))).toEqual([["application-1 60"], []]);
  const back = [...asked, ...given(day(20), aCompletion({ due: day(25) }))];
  expect(names(back, day(21))).toEqual([["application-1 25"], []]);
  // Decided while it waits, it was in time, whenever that is.
  const meanwhile = [...asked, ...given(day(40), aRetreat())];
  expect(names(meanwhile, day(300))).toEqual([[], []]);
  const late = [
    ...back,
    ...given(day(26), aRefusal({ redressUntil: day(90) })),
  ];
  expect(names(late, day(300))).toEqual([[], ["application-1 25"]]);
  const inTime = [...back, ...given(day(24), aRetreat())];
  expect(names(inTime, day(300))).toEqual([[], []]);
});
