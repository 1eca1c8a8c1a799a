import fc from "fast-check";
import { expect, test } from "vitest";
import { planItems } from "../acts/procedures.ts";
import {
  type Procedure as Standing,
  type Step,
  withStep,
} from "../register/procedures.ts";
import { anAuthorisation } from "../../test/story-acts.ts";
import {
  day,
  must,
  paperOf,
  secretOf,
  without,
} from "../../test/story-founding.ts";
import {
  inTender,
  type Procedure,
  type Tender,
  whole,
} from "../../test/story-procedures.ts";
import { founded } from "../../test/story-proceeding.ts";
import { play } from "../../test/story.ts";
import { decideAdopted } from "./adopted.ts";

/**
 * A procedure is judged the same whether its steps are acts or an authorisation tells it afterwards: whatever dates, people, items and
 * objections it has, the same rules find the same facts.
 */
const date = fc
  .integer({ min: 0, max: 200 })
  .map((n) =>
    new Date(Date.parse("2025-09-01") + n * 86_400_000)
      .toISOString()
      .slice(0, 10),
  );
/** Mostly what every rule wants, else anything. */
const mostly = <T>(right: T, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof(
    { arbitrary: fc.constant(right), weight: 4 },
    { arbitrary: other, weight: 1 },
  );
/** One date of a tender that keeps every rule is another, as often as not. */
const tender = fc
  .record({
    at: fc.constantFrom(
      ...(["documentsIssued", "documentsUntil", "bidsDue"] as const),
      ...(["evaluated", "noticeFrom", "noticeUntil"] as const),
      ...(["awarded", "signed"] as const),
    ),
    on: mostly(undefined, date),
    members: mostly(5, fc.integer({ min: 1, max: 9 })),
    outside: mostly(4, fc.integer({ min: 0, max: 9 })),
    interested: mostly(0, fc.constant(1)),
    objections: mostly(
      [],
      fc.array(
        fc.record({ on: date, answered: fc.option(date, { nil: undefined }) }),
        { maxLength: 2 },
      ),
    ),
  })
  .map(({ at, on, members, outside, interested, objections }): Tender => ({
    ...inTender,
    ...(on === undefined ? {} : { [at]: on }),
    committee: {
      members,
      ...{ outside: Math.min(outside, members), interested },
    },
    objections: objections.map(({ on: asked, answered }) => ({
      on: asked,
      ...(answered === undefined ? {} : { answered }),
    })),
    bidders: 2,
  }));
const told: fc.Arbitrary<Procedure> = fc
  .record({
    tender,
    isWithoutReview: mostly(false, fc.boolean()),
    isWithoutFiling: mostly(false, fc.boolean()),
    items: mostly(
      [...planItems],
      fc.subarray([...planItems], { minLength: 10 }),
    ),
    found: mostly(13, fc.integer({ min: 12, max: 14 })),
    decided: mostly(undefined, date),
  })
  .map((one) => {
    const full: Procedure = {
      ...whole,
      tender: one.tender,
      plan: { paper: paperOf("plan"), items: one.items },
      agreement: { paper: paperOf("agreement"), items: one.found },
      planDecision: {
        ...must(whole.planDecision),
        on: one.decided ?? must(whole.planDecision).on,
      },
    };
    const reviewed = one.isWithoutReview ? without(full, "review") : full;
    return one.isWithoutFiling ? without(reviewed, "planFiling") : reviewed;
  });

function stepsOf(found: Procedure): readonly Step[] {
  const { review, planDecision, planFiling, agreementDecision } = found;
  const { agreement, agreementFiling } = found;
  const of = must(found.tender);
  const { members, outside, interested } = of.committee;
  const paper = paperOf("step");
  return [
    ...(review === undefined ? [] : [{ name: "review", ...review } as const]),
    { name: "planDecided", ...must(planDecision) },
    ...(planFiling === undefined
      ? []
      : [{ name: "planFiled", ...planFiling } as const]),
    {
      ...{ name: "documentsIssued", on: of.documentsIssued, paper },
      ...{ until: of.documentsUntil, bidsDue: of.bidsDue },
    },
    {
      ...{ name: "bidsClosed", on: of.bidsDue, paper },
      bidders: ["sanhe", "huaxing"],
      committee: Array.from({ length: members }, (_, i) => ({
        ...{ outside: i < outside, interest: i < interested },
        declaration: secretOf(`declaration ${i}`),
      })),
    },
    { name: "evaluated", on: of.evaluated, paper, scores: [] },
    {
      ...{ name: "noticed", bidder: "sanhe", paper },
      ...{ on: of.noticeFrom, until: of.noticeUntil },
    },
    { name: "awarded", bidder: "sanhe", on: of.awarded, paper },
    { name: "agreementDecided", ...must(agreementDecision) },
    { name: "signed", on: of.signed, agreement: must(agreement) },
    { name: "agreementFiled", ...must(agreementFiling) },
  ];
}

test("step by step or told afterwards, the same rules find the same facts", () => {
  const { register } = play(founded());
  const outcomes = { kept: 0, broken: 0 };
  fc.assert(
    fc.property(told, (procedure) => {
      const where = { entry: 9, at: day(1) };
      const opened: Standing = {
        act: {
          ...{ procedure: "p", body: "data-office", datasets: ["vehicles"] },
          ...{ exclusive: false, method: "openTender" },
          ...{ record: procedure.record, plan: must(procedure.plan) },
        },
        ...{ made: {}, history: [], by: [] },
        objections: must(procedure.tender).objections.map(
          ({ on, answered }, i) => ({
            ...{ objection: `o-${i}`, stage: "result", on },
            ...{ paper: secretOf("objection"), ...where },
            ...(answered === undefined
              ? {}
              : { answered: { ...where, on: answered, outcome: "rejected" } }),
          }),
        ),
        ...where,
      };
      register.procedures.set("p", stepsOf(procedure).reduce(withStep, opened));
      const afterwards = decideAdopted(
        register,
        anAuthorisation({ procedure }),
        day(60),
      );
      const byStep = decideAdopted(
        register,
        without(anAuthorisation({ procedureOf: "p" }), "procedure"),
        day(60),
      );
      expect(byStep).toEqual(afterwards);
      outcomes[afterwards.length === 0 ? "kept" : "broken"]++;
    }),
    { numRuns: process.env["SOAK"] === "1" ? 20_000 : 1_000 },
  );
  expect(outcomes.broken).toBeGreaterThan(200);
  expect(outcomes.kept).toBeGreaterThan(20);
});
