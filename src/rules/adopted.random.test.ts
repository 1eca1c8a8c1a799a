import fc from "fast-check";
import { expect, test } from "vitest";
import { planItems } from "../acts/procedures.ts";
import { anAuthorisation, registered } from "../../test/story-acts.ts";
import {
  day,
  p,
  theGenesis,
  theRulebook,
  without,
} from "../../test/story-founding.ts";
import { type Procedure, whole } from "../../test/story-procedures.ts";
import { count, isSoak, noMutations, tell } from "../../test/mutations.ts";
import { given, play, statementOf } from "../../test/story.ts";
import { decide } from "./decide.ts";
import { rows } from "./rows.ts";

/**
 * Procedures that are wrong in random places, and which rules that breaks: written down a second time, by hand, from the articles. Every
 * rule is found that is broken, and none that is kept.
 */
const ENTRY = "2026-03-04";

const shifted = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00Z`) + days * 86_400_000)
    .toISOString()
    .slice(0, 10);
const days = (from: string, to: string): number =>
  (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** One change of a procedure: a member is left out, or says something else. */
const change: fc.Arbitrary<(found: Procedure) => Procedure> = fc.oneof(
  fc.tuple(fc.boolean(), fc.boolean()).map(
    ([ground, until]) =>
      (found: Procedure) =>
        found.review === undefined
          ? found
          : {
              ...found,
              review: {
                ...found.review,
                conclusion: "exception" as const,
                ...(ground ? { ground: "CN-CMP-02" } : {}),
                ...(until ? { until: "2027-01-01" } : {}),
              },
            },
  ),
  fc.constant((found: Procedure) =>
    found.planDecision === undefined || found.agreementDecision === undefined
      ? found
      : {
          ...found,
          agreementDecision: {
            ...found.agreementDecision,
            minutes: found.planDecision.minutes,
          },
        },
  ),

  fc
    .constantFrom(
      ...(["review", "plan", "planDecision", "tender"] as const),
      ...(["agreement", "agreementDecision"] as const),
      ...(["planFiling", "agreementFiling"] as const),
    )
    .map(
      (member) =>
        (found: Procedure): Procedure =>
          without(found, member),
    ),
  fc
    .constantFrom<Procedure["method"][]>(
      ...(["openTender", "invitedTender"] as const),
      ...(["negotiation", "otherCompetitive"] as const),
    )
    .map((method) => (found: Procedure) => ({ ...found, method })),
  fc
    .tuple(
      fc.constantFrom(
        ...(["documentsIssued", "documentsUntil", "bidsDue"] as const),
        ...(["evaluated", "noticeFrom", "noticeUntil"] as const),
        ...(["awarded", "signed"] as const),
      ),
      fc.integer({ min: -40, max: 40 }),
    )
    .map(
      ([name, by]) =>
        (found: Procedure) =>
          found.tender === undefined
            ? found
            : {
                ...found,
                tender: {
                  ...found.tender,
                  [name]: shifted(found.tender[name], by),
                },
              },
    ),
  fc
    .tuple(
      fc.integer({ min: 1, max: 11 }),
      fc.integer({ min: 0, max: 12 }),
      fc.integer({ min: 0, max: 2 }),
    )
    .map(
      ([members, outside, interested]) =>
        (found: Procedure) =>
          found.tender === undefined
            ? found
            : {
                ...found,
                tender: {
                  ...found.tender,
                  committee: { members, outside, interested },
                },
              },
    ),
  fc
    .array(
      fc.tuple(
        fc.integer({ min: 0, max: 5 }),
        fc.option(fc.integer({ min: -2, max: 6 })),
      ),
      { maxLength: 3 },
    )
    .map(
      (asked) => (found: Procedure) =>
        found.tender === undefined
          ? found
          : {
              ...found,
              tender: {
                ...found.tender,
                objections: asked.map(([after, answer]) => {
                  const on = shifted("2025-11-27", after);
                  return answer === null
                    ? { on }
                    : { on, answered: shifted(on, answer) };
                }),
              },
            },
    ),
  fc
    .tuple(
      fc.constantFrom(
        ...(["review", "planDecision", "agreementDecision"] as const),
        ...(["planFiling", "agreementFiling"] as const),
      ),
      fc.integer({ min: -60, max: 200 }),
    )
    .map(([name, by]) => (found: Procedure) => {
      const one = found[name];
      return one === undefined
        ? found
        : { ...found, [name]: { ...one, on: shifted(one.on, by) } };
    }),
  fc
    .subarray([...planItems])
    .map(
      (items) => (found: Procedure) =>
        found.plan === undefined
          ? found
          : { ...found, plan: { ...found.plan, items } },
    ),
  fc
    .integer({ min: 11, max: 14 })
    .map(
      (items) => (found: Procedure) =>
        found.agreement === undefined
          ? found
          : { ...found, agreement: { ...found.agreement, items } },
    ),
);

function broken(found: Procedure): readonly string[] {
  const { review, planDecision, agreementDecision, tender } = found;
  const { planFiling, agreementFiling } = found;
  const late = (date: string | undefined) => date !== undefined && date > ENTRY;
  /** Both are there, and the first lies behind the second. */
  const after = (first: string | undefined, second: string | undefined) =>
    first !== undefined && second !== undefined && first > second;
  const wrong: [string, boolean][] = [
    [
      "CN-CMP-02",
      review === undefined ||
        late(review.on) ||
        after(review.on, planDecision?.on) ||
        (review.conclusion === "exception" &&
          (review.ground === undefined || review.until === undefined)),
    ],
    ["CN-OPS-06", !planItems.every((item) => found.plan?.items.includes(item))],
    [
      "CN-OPS-07",
      planDecision === undefined ||
        planFiling === undefined ||
        late(planDecision.on) ||
        late(planFiling.on) ||
        after(planDecision.on, planFiling.on) ||
        after(planFiling.on, tender?.documentsIssued) ||
        after(planDecision.on, tender?.documentsIssued),
    ],
    [
      "CN-OPS-09",
      agreementDecision === undefined ||
        agreementFiling === undefined ||
        late(agreementDecision.on) ||
        late(agreementFiling.on) ||
        after(planDecision?.on, agreementDecision.on) ||
        after(agreementDecision.on, agreementFiling.on) ||
        after(agreementDecision.on, tender?.signed) ||
        after(tender?.awarded, agreementDecision.on) ||
        after(tender?.signed, agreementFiling.on) ||
        agreementDecision.minutes.commitment ===
          planDecision?.minutes.commitment,
    ],
    ["CN-OPS-11", (found.agreement?.items ?? 0) < 13],
  ];
  if (
    found.method === "openTender" ||
    found.method === "invitedTender" ||
    tender !== undefined
  ) {
    const within = (n: number, least: number, most = 1_000) =>
      n >= Math.max(0, least) && n <= most;
    const { members, outside, interested } = tender?.committee ?? {
      ...{ members: 0, outside: 0, interested: 0 },
    };
    wrong.push(
      [
        "CN-TND-01",
        tender === undefined ||
          !within(days(tender.documentsIssued, tender.bidsDue), 20) ||
          after(tender.bidsDue, tender.evaluated) ||
          late(tender.evaluated),
      ],
      [
        "CN-TND-02",
        tender === undefined ||
          !within(days(tender.documentsIssued, tender.documentsUntil), 5) ||
          after(tender.documentsUntil, tender.bidsDue),
      ],
      [
        "CN-TND-03",
        tender === undefined ||
          !within(days(tender.noticeFrom, tender.noticeUntil), 3),
      ],
      [
        "CN-TND-03-BEGIN",
        tender === undefined ||
          !within(days(tender.evaluated, tender.noticeFrom), 0, 3),
      ],
      [
        "CN-TND-04",
        tender === undefined ||
          tender.noticeUntil > tender.awarded ||
          tender.objections.some(
            ({ on, answered }) =>
              answered === undefined ||
              !within(days(on, answered), 0, 3) ||
              after(answered, tender.awarded),
          ),
      ],
      [
        "CN-TND-07",
        tender === undefined ||
          late(tender.signed) ||
          !within(days(tender.awarded, tender.signed), 0, 30),
      ],
      [
        "CN-TND-08",
        members < 5 ||
          members % 2 === 0 ||
          outside > members ||
          outside / members < 2 / 3 ||
          interested > 0,
      ],
    );
  }
  return wrong.filter(([, is]) => is).map(([rule]) => rule);
}

test("of procedures that are wrong in random places every broken rule is found, and no other", () => {
  const house = play([
    [
      day(0),
      theGenesis({
        rulebook: {
          ...theRulebook,
          rules: rows
            .filter(({ rule }) => rule.startsWith("CN-"))
            .map(({ rule }) => ({ rule })),
        },
      }),
      "granted",
    ],
    ...given(day(1), ...registered),
  ]);
  const report = noMutations();
  fc.assert(
    fc.property(fc.array(change, { maxLength: 4 }), (changes) => {
      const procedure = changes.reduce((found, make) => make(found), whole);
      const act = anAuthorisation({ procedure });
      const statement = statementOf(house, day(2), act);
      const ruling = decide(p, house.register, { statement, keys: [] }, day(2));
      const found = new Set(
        ruling.outcome === "granted"
          ? []
          : ruling.findings.map(({ rule }) => rule),
      );
      const wanted = broken(procedure);
      count(report, found, wanted);
      expect([...found].toSorted()).toEqual(wanted.toSorted());
    }),
    { numRuns: isSoak ? 20_000 : 1_000 },
  );
  expect(report.kept).toBeGreaterThan(20);
  tell("procedures of an authorisation", report);
});
