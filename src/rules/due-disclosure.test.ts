import { expect, test } from "vitest";
import {
  anAuthorisation,
  anAuthorisationEnd,
  offered,
} from "../../test/story-acts.ts";
import { day, theGenesis, theRulebook } from "../../test/story-founding.ts";
import { begins } from "../../test/story-guided.ts";
import { aSending } from "../../test/story-revenue.ts";
import { check, given, play, type Step } from "../../test/story.ts";
import { deadlinesOf } from "./due.ts";

/** What was operated is disclosed every year, and that it was is an act. */

const founded = (...rules: readonly string[]): Step => [
  day(0),
  theGenesis({
    rulebook: { ...theRulebook, rules: rules.map((rule) => ({ rule })) },
  }),
  "granted",
];
const operated = [founded("CN-OPS-15"), ...given(day(1), ...offered)];
const disclosed = (year: number, about?: string) => {
  const { about: _, ...whole } = aSending({ report: "disclosure", year });
  return about === undefined ? whole : { ...whole, about };
};
const told = (steps: readonly Step[], at: number) => {
  const { due, missed } = deadlinesOf(play(steps).register, at);
  return [due, missed].map((list) =>
    list
      .filter(({ what }) => what === "disclosure")
      .map(({ id, by, posts }) => `${id} by ${by} ${posts.join()}`),
  );
};
const of2026 = `2026 by ${begins(2027, 4)} registrar`;

check(
  "a disclosure is sent of a year that is over; one that comes late is flagged, and stands",
  ...operated,
  [
    day(2),
    disclosed(2026),
    `V-ORDER breach year 2026, earliest ${begins(2027)}`,
  ],
  ...given(begins(2027, 4) - 1, disclosed(2026)),
  [
    begins(2027, 4),
    disclosed(2026),
    `granted, CN-OPS-15 breach by ${begins(2027, 4)}, entered ${begins(2027, 4)}`,
  ],
);
check(
  "nobody is late who did not adopt the rule",
  founded(),
  ...given(day(1), ...offered),
  [begins(2027, 5), disclosed(2026), "granted"],
);

test("the disclosure of a year is due when it is over, and missed with the end of March, until it is sent", () => {
  expect(told(operated, begins(2027) - 1)).toEqual([[], []]);
  expect(told(operated, begins(2027))).toEqual([[of2026], []]);
  expect(told(operated, begins(2027, 4))).toEqual([[], [of2026]]);
  const inTime = [...operated, ...given(begins(2027, 3), disclosed(2026))];
  expect(told(inTime, begins(2027, 4))).toEqual([[], []]);
  const late: readonly Step[] = [
    ...operated,
    [
      begins(2027, 5),
      disclosed(2026),
      `granted, CN-OPS-15 breach by ${begins(2027, 4)}, entered ${begins(2027, 5)}`,
    ],
  ];
  expect(told(late, begins(2027, 6))).toEqual([[], [of2026]]);
});

test("a year in which an authorisation stood for a part is one of them; one in which none stood is not, nor is anything due where the rule was not adopted", () => {
  const ended: readonly Step[] = [
    ...operated,
    [day(20), anAuthorisationEnd(), "granted"],
  ];
  expect(told(ended, begins(2029))).toEqual([[], [of2026]]);
  expect(told(operated, begins(2029, 2))).toEqual([
    [`2028 by ${begins(2029, 4)} registrar`],
    [of2026, `2027 by ${begins(2028, 4)} registrar`],
  ]);
  expect(told([founded(), ...given(day(1), ...offered)], begins(2029))).toEqual(
    [[], []],
  );
  expect(told([founded("CN-OPS-15")], begins(2029))).toEqual([[], []]);
});

test("of two authorisations each is disclosed, together or one by one", () => {
  const two = [
    ...operated,
    ...given(
      day(2),
      anAuthorisation({ authorisation: "second", datasets: ["stations"] }),
    ),
  ];
  const one = [
    ...two,
    ...given(begins(2027, 2), disclosed(2026, "sanhe-vehicles")),
  ];
  expect(told(one, begins(2027, 3))).toEqual([[of2026], []]);
  const both = [...one, ...given(begins(2027, 3), disclosed(2026, "second"))];
  expect(told(both, begins(2027, 4))).toEqual([[], []]);
});

test("an office that is older than the notice owes nothing for the years before 2025", () => {
  const genesis = theGenesis({
    rulebook: {
      ...{ ...theRulebook, until: begins(2027) },
      rules: [{ rule: "CN-OPS-15" }],
    },
  });
  const old: readonly Step[] = [
    [begins(2024), genesis, "granted"],
    ...given(begins(2024, 2), ...offered),
  ];
  expect(told(old, begins(2025, 5))).toEqual([[], []]);
  expect(told(old, begins(2026, 2))).toEqual([
    [`2025 by ${begins(2026, 4)} registrar`],
    [],
  ]);
});
