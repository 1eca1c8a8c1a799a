import type { ActKind, ActOf } from "../src/acts/act.ts";
import { assessmentParts, permitTerms } from "../src/acts/rights.ts";
import { ownRules } from "../src/rules/own-rules.ts";
import { european } from "../src/rules/rows-eu.ts";
import {
  aBody,
  aDataset,
  aFee,
  aField,
  anAuthorisation,
  anOrganisation,
  aPermit,
  aProduct,
  aSystem,
  owners,
  sanhe,
} from "./story-acts.ts";
import { aRefusal } from "./story-applications.ts";
import {
  day,
  paperOf,
  posts,
  type Rulebook,
  secretOf,
  theGenesis,
  theRulebook,
  without,
} from "./story-founding.ts";
import { given, type Step } from "./story.ts";

/** Of the European Union, an office in which all of its rules count that can be decided. */
export const europeanRules: readonly string[] = [
  ...european.map(({ rule }) => rule),
  ...Object.keys(ownRules).filter((rule) => rule.startsWith("EU-")),
];
export const theEuropeanRulebook: Rulebook = {
  ...theRulebook,
  ...{ rulebook: "vinderland-2026", jurisdiction: "EU" },
  title: "Rulebook of Vinderland (invented)",
  purposes: [
    {
      ...{ purpose: "traffic-safety", title: "Traffic safety" },
      ...{ class: "publicGovernance", ground: "EU-GDPR-6-1-E" },
    },
    {
      ...{ purpose: "research", title: "Research", class: "publicWelfare" },
      ground: "EU-GDPR-6-1-E",
    },
    {
      ...{ purpose: "vehicle-trade", title: "Trade", class: "industry" },
      ground: "EU-GDPR-6-1-F",
    },
    { purpose: "insurance", title: "Insurance", class: "industry" },
    {
      ...{ purpose: "mapping", title: "Mapping", class: "industry" },
      ground: "EU-DGA-02",
    },
  ],
  forbidden: [
    {
      ...{ purpose: "reputation-ranking", title: "Ranking of people" },
      rule: "EU-AI-01",
    },
    {
      ...{ purpose: "dearer-insurance", title: "Dearer insurance" },
      rule: "EU-EHDS-02",
    },
  ],
  grounds: [
    {
      ...{ ground: "cost-recovery", rule: "EU-DGA-17", payee: "body" },
      purposes: ["industry", "publicWelfare"],
    },
  ],
  // Longer than any of its rules lets a right be: what is too long is found by these.
  limits: {
    ...theRulebook.limits,
    ...{ authorisationMonthsMax: 180, permitMonthsMax: 180 },
  },
  rules: europeanRules.map((rule) => ({ rule })),
};

export const theEuropeanGenesis = (
  change: Partial<Rulebook> = {},
): ActOf<"genesis"> =>
  theGenesis({
    posts: posts("head", "priceBodies"),
    rulebook: { ...theEuropeanRulebook, ...change },
  });

type Change<K extends ActKind> = Partial<ActOf<K>>;
export const theExclusivity: NonNullable<
  ActOf<"authorisation">["exclusivity"]
> & { readonly reasons: ReturnType<typeof paperOf> } = {
  ...{ ground: "generalInterest", reasons: paperOf("reasons") },
  ...{ published: "2026-01-04", review: day(423) },
};
/** For twelve months to the day, published two months before. */
export const anExclusiveRight = (
  change: Change<"authorisation"> = {},
): ActOf<"authorisation"> =>
  anAuthorisation({
    ...{ exclusive: true, exclusivity: theExclusivity },
    datasets: ["vehicles"],
    ...{ from: day(2), to: day(367) },
    ...change,
  });
export const theCosts = {
  heads: [
    { head: "reproduction", amount: 300_000 },
    { head: "anonymisation", amount: 500_000 },
  ],
  units: 10_000,
  method: paperOf("how costs are found"),
};
/** By the office itself, for what it costs. */
export const aCostFee = (
  change: Change<"feeStandard"> = {},
): ActOf<"feeStandard"> =>
  aFee({
    ...{ payee: { body: "data-office" }, ground: "cost-recovery" },
    ...{ costs: theCosts, classes: ["enterprise"] },
    ...change,
  });
export const theTerms = {
  ...{ paper: secretOf("terms"), items: [...permitTerms] },
};
export const theAssessment = {
  ...{ on: "2026-03-02", paper: secretOf("assessment") },
  parts: [...assessmentParts],
};
export const aEuropeanPermit = (
  change: Change<"permit"> = {},
): ActOf<"permit"> => aPermit({ terms: theTerms, ...change });
export const aEuropeanRefusal = (
  change: Change<"applicationRefused"> = {},
): ActOf<"applicationRefused"> =>
  aRefusal({ redress: ["impartialBody", "court"], ...change });

const kept: ActOf<"dataset"> = aDataset({ protection: ["businessSecret"] });
/** About persons, with a field that the law calls sensitive. */
export const patients: ActOf<"dataset"> = {
  ...owners,
  ...{ dataset: "patients", title: "Patients", subject: "patient" },
  protection: ["personalData"],
  fields: [
    aField("patient", { classification: "personal", identifier: true }),
    aField("town", { classification: "personal" }),
    aField("diagnosis", { classification: "sensitive" }),
  ],
};
export const ownProduct: ActOf<"product"> = without(
  aProduct({ purposes: ["vehicle-trade", "insurance", "research"] }),
  "authorisation",
);
export const patientRecords: ActOf<"product"> = {
  ...ownProduct,
  ...{ product: "patient-records", title: "Patients" },
  content: [{ dataset: "patients", fields: ["town", "diagnosis"] }],
  purposes: [
    ...["traffic-safety", "research", "vehicle-trade", "insurance", "mapping"],
  ],
  rowsPerStep: 100,
};
export const aPatientPermit = (
  change: Change<"permit"> = {},
): ActOf<"permit"> =>
  aEuropeanPermit({
    ...{ permit: "patients", product: "patient-records" },
    ...{ purpose: "research", fields: ["town", "diagnosis"], where: [] },
    ...{ organisation: "university", assessment: theAssessment },
    ...change,
  });

/** An office in Vinderland that offers two products. */
export const inEurope = (change: Partial<Rulebook> = {}): readonly Step[] => [
  [day(0), theEuropeanGenesis(change), "granted"],
  ...given(
    day(1),
    ...[aBody(), aSystem(), kept, patients, sanhe, anOrganisation()],
    anOrganisation({
      ...{ organisation: "university", title: "University" },
      class: "research",
    }),
    anOrganisation({
      ...{ organisation: "road-office", title: "Road office" },
      class: "publicBody",
    }),
    ...[ownProduct, patientRecords],
  ),
];
