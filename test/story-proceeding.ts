import { rows } from "../src/rules/rows.ts";
import { anAuthorisation, registered } from "./story-acts.ts";
import { day, theGenesis, theRulebook, without } from "./story-founding.ts";
import { anAward, anOpening, aStep } from "./story-procedure-steps.ts";
import { given, type Step } from "./story.ts";

/** A procedure as far as each of its steps, every one of them on its day. */
export type Rules = NonNullable<typeof theRulebook.rules>;
export const all: Rules = [
  ...rows
    .filter(
      ({ kind, rule }) => kind === "authorisation" && rule.startsWith("CN-"),
    )
    .map(({ rule }) => ({ rule })),
  ...["CN-CMP-01", "CN-TND-05", "CN-TND-05-BEFORE", "CN-TND-06"].map(
    (rule) => ({ rule }),
  ),
];
export const founded = (rules: Rules = all): readonly Step[] => [
  [day(0), theGenesis({ rulebook: { ...theRulebook, rules } }), "granted"],
  ...given(day(1), ...registered),
];
export const procedure = "procedure vehicles-2026";
export const next = (step: string, wanted: string) =>
  `V-PROCEDURE breach ${procedure}, step ${step}, next-step ${wanted}`;

/** Day 2 is 4 March. */
export const planned = given(
  day(1, 9),
  anOpening(),
  aStep("review"),
  aStep("planDecided"),
  aStep("planFiled"),
);
export const issued = [...planned, ...given(day(2), aStep("documentsIssued"))];
export const closed = [...issued, ...given(day(22), aStep("bidsClosed"))];
export const evaluated = [...closed, ...given(day(24), aStep("evaluated"))];
export const noticed = [...evaluated, ...given(day(25), aStep("noticed"))];
export const awarded = [...noticed, ...given(day(29), anAward())];
export const signed = [
  ...awarded,
  ...given(day(31), aStep("agreementDecided")),
  ...given(day(32), aStep("signed")),
];
export const filed = [...signed, ...given(day(34), aStep("agreementFiled"))];
export const authorisation = without(
  anAuthorisation({ procedureOf: "vehicles-2026" }),
  "procedure",
);

export const noTender = [
  "CN-TND-01 missing fact procedure.tender.documentsIssued",
  "CN-TND-02 missing fact procedure.tender.documentsIssued",
  "CN-TND-03 missing fact procedure.tender.noticeFrom",
  "CN-TND-03-BEGIN missing fact procedure.tender.evaluated",
  "CN-TND-04 missing fact procedure.tender.objections",
  "CN-TND-07 missing fact procedure.tender.awarded",
  ...["members", "outside", "interested"].map(
    (one) => `CN-TND-08 missing fact procedure.tender.committee.${one}`,
  ),
];
