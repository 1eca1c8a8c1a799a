import { expect, test } from "vitest";
import { aRulebook } from "../../test/story-acts.ts";
import {
  anApplication,
  aCompletion,
  anExtension,
  aQuery,
} from "../../test/story-applications.ts";
import {
  aEuropeanRefusal,
  inEurope,
  theEuropeanRulebook,
} from "../../test/story-europe.ts";
import { day, HOUR, type Rulebook } from "../../test/story-founding.ts";
import { check, given, play } from "../../test/story.ts";
import { addMonths } from "../acts/dates.ts";
import { dueOf } from "./due.ts";

/** The term of an application is data: which rule sets it, in months, and what a later rulebook may do to it. */

const after = (at: number, months: number) => addMonths(at, months, 480);
const adopted = (change: Partial<Rulebook>) =>
  aRulebook({ ...theEuropeanRulebook, ...change });
/** What the rulebook forbids by name rests on these. */
const forbidding = [{ rule: "EU-AI-01" }, { rule: "EU-EHDS-02" }];

check(
  "an application is decided in two months, thirty days more at most, and no clock stands meanwhile",
  ...inEurope(),
  [
    day(2),
    anApplication({ due: after(day(2), 2) + HOUR }),
    `EU-DGA-20 breach due ${after(day(2), 2) + HOUR}, latest ${after(day(2), 2)}`,
  ],
  [day(2), anApplication({ due: after(day(2), 2) }), "granted"],
  [day(3), aQuery({ left: 50 }), "EU-DGA-20 breach step completionAsked"],
  [
    day(50),
    anExtension({ due: after(day(2), 2) + 30 * 24 * HOUR + HOUR }),
    `EU-DGA-20 breach due ${after(day(2), 2) + 30 * 24 * HOUR + HOUR}, latest ${after(day(2), 2) + 30 * 24 * HOUR}`,
  ],
  [day(50), anExtension({ due: after(day(2), 2) + 30 * 24 * HOUR }), "granted"],
  [
    day(60),
    aEuropeanRefusal({ redress: ["court"], redressUntil: day(120) }),
    "EU-DGA-21 breach fact redress, items 0, wanted 1, lacks impartialBody",
  ],
  [day(60), aEuropeanRefusal({ redressUntil: day(120) }), "granted"],
);
check(
  "for health data it is three months, and four weeks to bring what is missing",
  ...inEurope({ rules: [...forbidding, { rule: "EU-EHDS-15" }] }),
  [
    day(2),
    anApplication({ due: after(day(2), 3) + HOUR }),
    `EU-EHDS-15 breach due ${after(day(2), 3) + HOUR}, latest ${after(day(2), 3)}`,
  ],
  [day(2), anApplication({ due: after(day(2), 3) }), "granted"],
  [
    day(3),
    aQuery({ left: 91, by: day(31) + HOUR }),
    `EU-EHDS-15 breach until ${day(31) + HOUR}, latest ${day(31)}`,
  ],
  [
    day(3),
    aQuery({ left: 92, by: day(31) }),
    "EU-EHDS-15 breach left 92, most 91",
  ],
  [day(3), aQuery({ left: 91, by: day(31) }), "granted"],
  [day(20), aCompletion({ due: day(111) }), "granted"],
);
check(
  "where two laws set the term the shorter one counts",
  ...inEurope({
    rules: [...forbidding, { rule: "EU-EHDS-15" }, { rule: "EU-DGA-20" }],
  }),
  [
    day(2),
    anApplication({ due: after(day(2), 3) }),
    `EU-DGA-20 breach due ${after(day(2), 3)}, latest ${after(day(2), 2)}`,
  ],
);
check(
  "a tighter number of the rulebook counts, and a looser one is not adopted",
  ...inEurope({ rules: [...forbidding, { rule: "EU-DGA-20", number: 1 }] }),
  [
    day(2),
    anApplication({ due: after(day(2), 1) + HOUR }),
    `EU-DGA-20 breach due ${after(day(2), 1) + HOUR}, latest ${after(day(2), 1)}`,
  ],
  [
    day(2),
    adopted({ rules: [...forbidding, { rule: "EU-DGA-20" }] }),
    "I13 breach limit application, number 2, clock months, parent 1, parent-clock months; I13 breach rule EU-DGA-20, number 2, parent 1",
  ],
);
check(
  "an office stays under its law, forbids no less, and moves from days to no months",
  ...inEurope({ rules: forbidding }),
  [
    day(2),
    adopted({ jurisdiction: "CN", rules: [], forbidden: [] }),
    [
      "I13 breach limit application, number 20, clock days, parent 2, parent-clock months",
      ...["I13 breach rule EU-AI-01", "I13 breach rule EU-EHDS-02"],
      "I13 breach forbidden reputation-ranking",
      "I13 breach forbidden dearer-insurance",
      "I13 breach jurisdiction CN, parent EU",
    ].join("; "),
  ],
  [
    day(2),
    adopted({ forbidden: [] }),
    "I13 breach forbidden reputation-ranking; I13 breach forbidden dearer-insurance",
  ],
  [
    day(2),
    adopted({
      forbidden: [
        ...(theEuropeanRulebook.forbidden ?? []),
        { purpose: "research", title: "Research", rule: "EU-GDPR-99" },
      ],
    }),
    "V-REF missing rule EU-GDPR-99; V-NEW breach purpose research",
  ],
  [
    day(2),
    adopted({
      limits: { ...theEuropeanRulebook.limits, applicationDays: 10 },
    }),
    "V-FORM breach limit applicationDays, months-by EU-DGA-20",
  ],
);
check("where days were promised nobody adopts months", [
  day(1),
  aRulebook({ rules: [{ rule: "EU-DGA-20" }] }),
  "V-FORM breach rule EU-DGA-20, jurisdiction CN; I13 breach limit application, number 2, clock months, parent 20, parent-clock days",
]);
test("what is due is told by the rule that sets its term", () => {
  const { register } = play([
    ...inEurope(),
    ...given(day(2), anApplication({ due: after(day(2), 2) })),
  ]);
  expect(dueOf(register, day(3))).toMatchObject([
    { what: "application", rule: "EU-DGA-20", by: after(day(2), 2) },
  ]);
});
