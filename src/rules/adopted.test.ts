import { expect, test } from "vitest";
import { planItems } from "../acts/procedures.ts";
import {
  anAuthorisation,
  aRulebook,
  registered,
} from "../../test/story-acts.ts";
import {
  day,
  must,
  theGenesis,
  theRulebook,
  without,
} from "../../test/story-founding.ts";
import {
  factAt,
  inTender,
  type Procedure,
  type Tender,
  whole,
} from "../../test/story-procedures.ts";
import { check, given, play, type Step } from "../../test/story.ts";
import { rowsLookedAt } from "./adopted.ts";
import { limitOf, rows } from "./rows.ts";

/** An operator is chosen in a tender, as the law wants it; each story leaves one thing out, and says who loses by it. */

type Rules = NonNullable<typeof theRulebook.rules>;
const ofChoosing = rows.filter(
  ({ kind, rule, flags }) =>
    kind === "authorisation" && rule.startsWith("CN-") && flags !== true,
);
const all: Rules = ofChoosing.map(({ rule }) => ({ rule }));
const adopting = (rules: Rules) => aRulebook({ rules });
const founded = (rules: Rules = all): readonly Step[] => [
  [day(0), theGenesis({ rulebook: { ...theRulebook, rules } }), "granted"],
  ...given(day(1), ...registered),
];
const by = (procedure: Procedure | undefined) =>
  procedure === undefined
    ? without(anAuthorisation(), "procedure")
    : anAuthorisation({ procedure });
const tendered = (change: Partial<Tender>) =>
  by({ ...whole, tender: { ...inTender, ...change } });

check(
  "an operator that was chosen as every rule wants it is authorised",
  ...founded(),
  [day(2), by(whole), "granted"],
);
check(
  "where the rules were not adopted nothing of this is asked for",
  ...given(day(1), ...registered),
  [day(2), by(undefined), "granted"],
);
check(
  "a city that gives all its data to one firm without a word is told all that is missing",
  ...founded(),
  [
    day(2),
    by(undefined),
    [
      "CN-CMP-02 missing fact procedure.review",
      "CN-OPS-06 missing fact procedure.plan.items",
      "CN-OPS-07 missing fact procedure.planDecision",
      "CN-OPS-07 missing fact procedure.planFiling",
      "CN-OPS-08 missing fact procedure",
      "CN-OPS-09 missing fact procedure.agreementDecision",
      "CN-OPS-09 missing fact procedure.agreementFiling",
      "CN-OPS-11 missing fact procedure.agreement.items",
    ].join("; "),
  ],
);
check(
  "competitors lose where nobody asked whether they are shut out, or asked after it was decided",
  ...founded(),
  [
    day(2),
    by(without(whole, "review")),
    "CN-CMP-02 missing fact procedure.review",
  ],
  [
    day(2),
    by({
      ...whole,
      review: { ...must(whole.review), on: "2025-10-02" },
    }),
    "CN-CMP-02 breach fact procedure.review.on, after procedure.planDecision.on",
  ],
);
check(
  "the public loses where a plan is silent about one thing, or where one head decides alone",
  ...founded(),
  [
    day(2),
    by({
      ...whole,
      plan: {
        ...must(whole.plan),
        items: planItems.filter((item) => item !== "exit"),
      },
    }),
    "CN-OPS-06 breach fact procedure.plan.items, items 11, wanted 12, lacks exit",
  ],
  [
    day(2),
    by(without(whole, "planDecision")),
    "CN-OPS-07 missing fact procedure.planDecision",
  ],
  [
    day(2),
    by({
      ...whole,
      planDecision: { ...must(whole.planDecision), on: "2026-03-05" },
    }),
    [
      "CN-OPS-07 breach fact procedure.planDecision.on, after procedure.tender.documentsIssued",
      "CN-OPS-07 breach fact procedure.planDecision.on, after entry",
      "CN-OPS-07 breach fact procedure.planDecision.on, after procedure.planFiling.on",
      "CN-OPS-09 breach fact procedure.planDecision.on, after procedure.agreementDecision.on",
    ].join("; "),
  ],
  [
    day(2),
    by({ ...whole, agreement: { ...must(whole.agreement), items: 12 } }),
    "CN-OPS-11 breach fact procedure.agreement.items, number 12, wanted 13",
  ],
);
check(
  "a bidder who had no time, or never heard of it, loses: days to the day",
  ...founded(),
  [
    day(2),
    tendered({ bidsDue: "2025-11-20" }),
    "CN-TND-01 breach fact procedure.tender.bidsDue, days 19, wanted 20",
  ],
  [
    day(2),
    tendered({ documentsUntil: "2025-11-05" }),
    "CN-TND-02 breach fact procedure.tender.documentsUntil, days 4, wanted 5",
  ],
  [
    day(2),
    tendered({ noticeUntil: "2025-11-29" }),
    "CN-TND-03 breach fact procedure.tender.noticeUntil, days 2, wanted 3",
  ],
  [
    day(2),
    tendered({ noticeFrom: "2025-11-28", noticeUntil: "2025-12-01" }),
    "CN-TND-03-BEGIN breach fact procedure.tender.noticeFrom, days 4, wanted 3",
  ],
  [
    day(2),
    tendered({ noticeFrom: "2025-11-23" }),
    "CN-TND-03-BEGIN breach fact procedure.tender.noticeFrom, before procedure.tender.evaluated",
  ],
);
check(
  "who objects is answered before anything is awarded",
  ...founded(),
  [
    day(2),
    tendered({ objections: [{ on: "2025-11-28", answered: "2025-12-01" }] }),
    "granted",
  ],
  [
    day(2),
    tendered({ objections: [{ on: "2025-11-28", answered: "2025-12-02" }] }),
    "V-NEW breach authorisation sanhe-vehicles; CN-TND-04 breach fact procedure.tender.objections.1, days 4, wanted 3; CN-TND-04 breach fact procedure.tender.objections.1.answered, after procedure.tender.awarded",
  ],
  [
    day(2),
    tendered({ objections: [{ on: "2025-11-28", answered: "2025-11-27" }] }),
    "V-NEW breach authorisation sanhe-vehicles; CN-TND-04 breach fact procedure.tender.objections.1.answered, before on",
  ],
  [
    day(2),
    tendered({ objections: [{ on: "2025-11-28" }] }),
    "V-NEW breach authorisation sanhe-vehicles; CN-TND-04 missing fact procedure.tender.objections.1.answered",
  ],
  [
    day(2),
    tendered({ awarded: "2025-11-29", signed: "2025-12-20" }),
    "V-NEW breach authorisation sanhe-vehicles; CN-TND-04 breach fact procedure.tender.noticeUntil, after procedure.tender.awarded",
  ],
);
check(
  "what was reviewed as an exception names its ground and its end, and a second decision is another one",
  ...founded(),
  [
    day(2),
    by({
      ...whole,
      review: { ...must(whole.review), conclusion: "exception" },
    }),
    "CN-CMP-02 missing fact procedure.review.ground; CN-CMP-02 missing fact procedure.review.until",
  ],
  [
    day(2),
    by({
      ...whole,
      agreementDecision: {
        ...must(whole.agreementDecision),
        minutes: must(whole.planDecision).minutes,
      },
    }),
    "CN-OPS-09 breach fact procedure.agreementDecision.minutes.commitment, same-as procedure.planDecision.minutes.commitment",
  ],
  [
    day(2),
    by({
      ...whole,
      planDecision: { ...must(whole.planDecision), body: "nobody-at-all" },
    }),
    "V-REF missing body nobody-at-all",
  ],
);
check(
  "a tender is held to its rules under whatever name",
  ...founded(),
  [
    day(2),
    by({
      ...whole,
      method: "otherCompetitive",
      tender: {
        ...inTender,
        committee: { members: 1, outside: 0, interested: 1 },
      },
    }),
    [
      "CN-TND-08 breach fact procedure.tender.committee.members, number 1, wanted 5",
      "CN-TND-08 breach fact procedure.tender.committee.outside, number 0, whole 1",
      "CN-TND-08 breach fact procedure.tender.committee.interested, number 1, wanted 0",
    ].join("; "),
  ],
  [
    day(2),
    tendered({ bidsDue: "2099-01-01" }),
    "CN-TND-01 breach fact procedure.tender.bidsDue, after procedure.tender.evaluated",
  ],
);
check(
  "a committee of friends decides for nobody",
  ...founded(),
  [
    day(2),
    tendered({ committee: { members: 4, outside: 3, interested: 0 } }),
    "CN-TND-08 breach fact procedure.tender.committee.members, number 4, wanted 5; CN-TND-08 breach fact procedure.tender.committee.members, even 4",
  ],
  [
    day(2),
    tendered({ committee: { members: 5, outside: 3, interested: 0 } }),
    "CN-TND-08 breach fact procedure.tender.committee.outside, number 3, whole 5",
  ],
  [
    day(2),
    tendered({ committee: { members: 9, outside: 6, interested: 1 } }),
    "CN-TND-08 breach fact procedure.tender.committee.interested, number 1, wanted 0",
  ],
);

check(
  "a contract that comes late, or is still to come, is none",
  ...founded(),
  [
    day(2),
    tendered({ signed: "2026-01-01" }),
    "CN-TND-07 breach fact procedure.tender.signed, days 31, wanted 30",
  ],
  [
    day(2),
    tendered({ awarded: "2026-03-01", signed: "2026-03-05" }),
    [
      "CN-OPS-09 breach fact procedure.tender.awarded, after procedure.agreementDecision.on",
      "CN-OPS-09 breach fact procedure.tender.signed, after procedure.agreementFiling.on",
      "CN-TND-07 breach fact procedure.tender.signed, after entry",
    ].join("; "),
  ],
);
check(
  "a negotiation is held to the rules of the plan, and not to those of tenders",
  ...founded(),
  [
    day(2),
    by({ ...without(whole, "tender"), method: "negotiation" }),
    "granted",
  ],
  [
    day(2),
    { ...by(without(whole, "tender")), authorisation: "second" },
    [
      "CN-TND-01 missing fact procedure.tender.documentsIssued",
      "CN-TND-02 missing fact procedure.tender.documentsIssued",
      "CN-TND-03 missing fact procedure.tender.noticeFrom",
      "CN-TND-03-BEGIN missing fact procedure.tender.evaluated",
      "CN-TND-04 missing fact procedure.tender.objections",
      "CN-TND-07 missing fact procedure.tender.awarded",
      "CN-TND-08 missing fact procedure.tender.committee.members",
      "CN-TND-08 missing fact procedure.tender.committee.outside",
      "CN-TND-08 missing fact procedure.tender.committee.interested",
    ].join("; "),
  ],
);
check(
  "a province may want more, to the day, and nobody less",
  ...founded([{ rule: "CN-TND-03", number: 5 }]),
  [
    day(2),
    tendered({ noticeUntil: "2025-12-01" }),
    "CN-TND-03 breach fact procedure.tender.noticeUntil, days 4, wanted 5",
  ],
  [day(2), tendered({ noticeUntil: "2025-12-02" }), "granted"],
  [
    day(3),
    adopting([{ rule: "CN-TND-03", number: 4 }]),
    "I13 breach rule CN-TND-03, number 4, parent 5",
  ],
  [
    day(3),
    adopting([{ rule: "CN-TND-03" }]),
    "I13 breach rule CN-TND-03, number 3, parent 5",
  ],
  [day(3), adopting([]), "I13 breach rule CN-TND-03"],
  [
    day(3),
    adopting([
      { rule: "CN-TND-03", number: 6 },
      { rule: "CN-TND-07", number: 20 },
    ]),
    "granted",
  ],
  [
    day(4),
    adopting([
      { rule: "CN-TND-03", number: 6 },
      { rule: "CN-TND-07", number: 21 },
    ]),
    "I13 breach rule CN-TND-07, number 21, parent 20",
  ],
);
check(
  "no rulebook adopts what no law knows, or a number that is looser than the law's",
  [day(1), adopting([{ rule: "CN-XYZ-01" }]), "V-REF missing rule CN-XYZ-01"],
  [
    day(1),
    adopting([{ rule: "CN-TND-01", number: 19 }]),
    "I13 breach rule CN-TND-01, number 19, parent 20",
  ],
  [
    day(1),
    adopting([{ rule: "CN-TND-07", number: 31 }]),
    "I13 breach rule CN-TND-07, number 31, parent 30",
  ],
  [
    day(1),
    adopting([{ rule: "CN-TND-01", number: 181 }]),
    "V-FORM breach rule CN-TND-01, number 181, bound 180",
  ],
  [
    day(1),
    adopting([{ rule: "CN-XYZ-01", number: 5 }]),
    "V-REF missing rule CN-XYZ-01",
  ],
  [
    day(1),
    adopting([{ rule: "CN-OPS-07", number: 1 }]),
    "V-FORM breach rule CN-OPS-07",
  ],
  [
    day(1),
    adopting([{ rule: "CN-OPS-07" }, { rule: "CN-OPS-07" }]),
    "V-NEW breach rule CN-OPS-07",
  ],
);

test("every row has its sentence and its article, each look finds its fact in a whole act, and every rule that looked says so", () => {
  const { register } = play(founded());
  const act = by(whole);
  expect(rowsLookedAt(register, act, day(2))).toEqual(
    all.map(({ rule }) => ({ rule, result: "kept" })),
  );
  for (const { rule, looks } of ofChoosing) {
    for (const look of looks) {
      const paths = [look.of, ...("next" in look ? [look.next] : [])];
      for (const path of paths.filter((one) => one !== "entry"))
        expect(factAt(act, path), `${rule}: ${path}`).toBeDefined();
    }
  }
  expect(
    rowsLookedAt(register, by(undefined), day(2)).map((one) => one.result),
  ).toEqual(Array.from({ length: 6 }, () => "missing"));
  expect(limitOf("CN-TND-08")).toMatchObject({ number: 5 });
});
