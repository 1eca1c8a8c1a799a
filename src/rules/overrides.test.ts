import { expect, test } from "vitest";
import {
  aFee,
  anAuthorisation,
  aPermit,
  aPerson,
  aProduct,
  aPost,
  aRulebook,
  aTenure,
  aKey,
  priced,
  registered,
} from "../../test/story-acts.ts";
import { anOverride, aReview } from "../../test/story-beyond.ts";
import { day, HOUR, must } from "../../test/story-founding.ts";
import { awarded, council, founded, ofLanan } from "../../test/story-places.ts";
import {
  approved,
  auditOf,
  check,
  given,
  type House,
  play,
  prepared,
  sign,
  statementOf,
  type Step,
} from "../../test/story.ts";
import { deadlinesOf, dueOf } from "./due.ts";
import { parseSubmission } from "../acts/statement.ts";
import { encodeBytes } from "../acts/canonical.ts";
import { overridesInForce } from "../register/overrides.ts";

/** An operator is to run the vehicle data for six years, and the rule says five in principle. */
const LONG = day(6 * 365);
const latest = day(1826 + 1);
const sixYears = anAuthorisation({ datasets: ["vehicles"], to: LONG });
const known = given(day(1), ...registered);
const broken = `CN-OPS-10 breach to ${LONG}, latest ${latest}`;
const flags = (review = day(300)) =>
  `granted, V-OVERRIDE breach override override-1, review ${review}; ${broken}`;

check(
  "what binds in principle is refused, and can be decided against by two posts, in public, with a day of review",
  ...known,
  [day(1), sixYears, broken],
  [day(1), anOverride(sixYears), flags()],
  [day(1), sixYears, `V-NEW breach authorisation sanhe-vehicles; ${broken}`],
);
check(
  "an absolute rule has no override, named or not",
  ...known,
  [
    day(1),
    anOverride(anAuthorisation({ operator: "nobody", to: LONG }), {
      against: ["CN-OPS-10", "V-REF"],
    }),
    "V-OVERRIDE breach absolute V-REF; V-REF missing organisation nobody",
  ],
  [
    day(1),
    anOverride(anAuthorisation({ datasets: ["nothing"], to: LONG })),
    "I1 missing dataset nothing",
  ],
);
check(
  "without an end there is nothing to override: an end is brought",
  ...known,
  [
    day(1),
    anOverride(
      (() => {
        const { to: _, ...endless } = sixYears;
        return endless;
      })(),
    ),
    "V-OVERRIDE breach not-broken CN-OPS-10; CN-OPS-10 missing end none",
  ],
);
check(
  "it names what it breaks, no less and no more",
  ...known,
  [
    day(1),
    anOverride(sixYears, { against: ["CN-PRC-09"] }),
    `V-OVERRIDE breach absolute CN-PRC-09; ${broken}`,
  ],
  [
    day(1),
    anOverride(sixYears, { against: ["CN-OPS-10", "CN-PRC-09"] }),
    "V-OVERRIDE breach absolute CN-PRC-09",
  ],
  [
    day(1),
    anOverride(anAuthorisation({ datasets: ["vehicles"] })),
    "V-OVERRIDE breach not-broken CN-OPS-10",
  ],
);
check(
  "nobody decides against a rule alone: not one post, not one person in two posts, not the second alone",
  ...known,
  [
    day(1),
    anOverride(sixYears),
    prepared("registrar"),
    approved("head"),
    "V-OVERRIDE missing role approved, power override",
  ],
  [
    day(1),
    anOverride(sixYears),
    prepared("registrar"),
    approved("price-officer"),
    "I4 missing role approved, power authorise",
  ],
  [
    day(1),
    anOverride(sixYears),
    approved("head"),
    approved("price-officer"),
    "I4 missing role prepared, power prepareAuthorisations",
  ],
  ...given(
    day(1),
    aPerson(7),
    aKey(7),
    aPost({ post: "deputy", powers: ["authorise"] }),
  ),
  [
    day(2),
    aTenure({ post: "deputy", person: 5, mode: "acting", to: day(20) }),
    "granted",
  ],
  [
    day(3),
    anOverride(sixYears),
    prepared("registrar"),
    approved("deputy", { person: 5 }),
    approved("price-officer"),
    "V-OVERRIDE breach same-person 5",
  ],
);
check(
  "the day of review lies ahead, and within a year",
  ...known,
  [
    day(1),
    anOverride(sixYears, { review: day(1) }),
    `V-ORDER breach from ${day(1)}, to ${day(1)}`,
  ],
  [
    day(1),
    anOverride(sixYears, { review: day(367) }),
    `V-OVERRIDE breach review ${day(367)}, latest ${day(366)}`,
  ],
  [day(1), anOverride(sixYears, { review: day(366) }), flags(day(366))],
);
const decided: readonly Step[] = [
  ...known,
  [day(1), anOverride(sixYears), flags()],
];
const stand = (count: number) => (house: House) => {
  const { register } = house;
  expect(overridesInForce(register, register.at).length).toBe(count);
};
check(
  "whoever signed it does not look at it again; what is ended by review is not used any more",
  ...decided,
  [
    day(200),
    aReview(),
    approved("price-officer"),
    "V-OVERRIDE breach same-person 5",
  ],
  [
    day(200),
    aReview({ override: "another" }),
    "V-REF missing override another",
  ],
  stand(1),
  [day(201), aReview({ outcome: "ended" }), "granted"],
  stand(0),
  [day(202), aReview(), "V-ENDED breach override override-1"],
  [day(202), aProduct(), "V-ENDED breach authorisation sanhe-vehicles"],
);
check(
  "what is confirmed by review stands as long as it was decided",
  ...decided,
  [day(201), aReview(), "granted"],
  stand(1),
);
const TEN = day(3653 + 1);
check(
  "in principle means the law's own number, and no more than twice as much",
  ...known,
  [
    day(1),
    anOverride(anAuthorisation({ datasets: ["vehicles"], to: TEN + HOUR })),
    `V-OVERRIDE breach to ${TEN + HOUR}, latest ${TEN}`,
  ],
  [
    day(1),
    anOverride(anAuthorisation({ datasets: ["vehicles"], to: TEN })),
    `granted, V-OVERRIDE breach override override-1, review ${day(300)}; CN-OPS-10 breach to ${TEN}, latest ${latest}`,
  ],
);
const FOUR = day(1461 + 1);
check(
  "a number that the office itself tightened is no principle of the law: there is no way past it",
  ...known,
  [
    day(1),
    aRulebook({
      limits: { ...aRulebook().rulebook.limits, authorisationMonthsMax: 36 },
    }),
    "granted",
  ],
  [
    day(1),
    anOverride(anAuthorisation({ datasets: ["vehicles"], to: FOUR })),
    "V-OVERRIDE breach rule CN-OPS-10, number 36, law 60",
  ],
);
check(
  "nor is there one past a local number",
  ...founded,
  [
    day(2),
    ofLanan({ limits: { authorisationMonthsMax: 24 } }),
    council("lanan"),
    "granted",
  ],
  [
    day(3),
    anOverride({ ...awarded("local", "lanan", 5), to: FOUR }),
    "V-OVERRIDE breach rule CN-OPS-10, number 24, law 60",
  ],
  [
    day(3),
    anOverride({ ...awarded("above", "data-office", 5), to: LONG }),
    `granted, V-OVERRIDE breach override override-1, review ${day(300)}; CN-OPS-10 breach to ${LONG}, latest ${day(1826 + 3)}`,
  ],
);
check(
  "an act inside is decided as it would be alone: a price above its ceiling stays refused",
  ...given(day(1), ...priced),
  [
    day(2),
    anOverride(aFee({ fee: "dearer", amount: 101 }), {
      against: ["CN-PRC-03"],
    }),
    "V-OVERRIDE breach absolute CN-PRC-03; CN-PRC-03 breach amount 101, ceiling 100",
  ],
);

test("without a day of review, a reason or an opinion it is not read at all, and no permit is one", () => {
  const house = play(known);
  const whole = sign(statementOf(house, day(1), anOverride(sixYears)), [
    approved("head"),
  ]);
  const { statement } = whole;
  const read = (act: object) => () =>
    parseSubmission(
      encodeBytes({ ...whole, statement: { ...statement, act } }),
    );
  const { act } = statement;
  expect(read(act)).not.toThrow();
  for (const member of ["review", "reason", "opinion"]) {
    const rest = Object.fromEntries(
      Object.entries(act).filter(([name]) => name !== member),
    );
    expect(read(rest), member).toThrow(member);
  }
  expect(read({ ...act, act: aPermit() })).toThrow("act");
});

test("it is counted apart, stands until it is reviewed, and is missed when nobody looks", async () => {
  const house = play(decided);
  const { counts } = await auditOf(house);
  expect([counts.overrides, counts.alike]).toEqual([1, counts.acts]);
  const { register } = house;
  expect(overridesInForce(register, day(2)).length).toBe(1);
  expect(overridesInForce(register, LONG).length).toBe(0);
  const names = (at: number) => dueOf(register, at).map(({ id }) => id);
  expect(names(day(299))).toContain("override-1");
  expect(
    deadlinesOf(register, day(301)).missed.map(
      ({ id, rule }) => `${rule} ${id}`,
    ),
  ).toEqual(["V-OVERRIDE override-1"]);
  expect(must(register.authorisations.get("sanhe-vehicles")).to).toBe(LONG);
});
