import { expect, test } from "vitest";
import {
  aBody,
  aDataset,
  aField,
  anOrganisation,
  aSystem,
  aRulebook,
  registered,
  stations,
} from "../../test/story-acts.ts";
import { anApplication } from "../../test/story-applications.ts";
import {
  aCostFee,
  aEuropeanPermit,
  aEuropeanRefusal,
  anExclusiveRight,
  aPatientPermit,
  inEurope,
  patientRecords,
  patients,
  theAssessment,
  theCosts,
  theExclusivity,
} from "../../test/story-europe.ts";
import {
  day,
  HOUR,
  must,
  without,
  secretOf,
  theGenesis,
  theRulebook,
} from "../../test/story-founding.ts";
import { check, given, play } from "../../test/story.ts";
import { priceOf } from "../uses/price.ts";
import { addMonths } from "../acts/dates.ts";

/** The same program under the law of the European Union: each story leaves one thing out, and says who loses by it. */

const OFFSET = 480;
const after = (at: number, months: number) => addMonths(at, months, OFFSET);
const said = (rule: string, fact: string, until: number, latest: number) =>
  `${rule} breach fact ${fact}, until ${until}, latest ${latest}`;
check(
  "an exclusive right lasts twelve months to the hour: what is closed for longer, everybody else loses",
  ...inEurope(),
  [
    day(2),
    anExclusiveRight({ to: after(day(2), 12) + HOUR }),
    said("EU-DGA-05", "to", after(day(2), 12) + HOUR, after(day(2), 12)),
  ],
  [
    day(2),
    anExclusiveRight({ to: after(day(2), 24) }),
    said("EU-DGA-05", "to", after(day(2), 24), after(day(2), 12)),
  ],
  [day(2), anExclusiveRight({ to: after(day(2), 12) }), "granted"],
);
check(
  "nobody is shut out without a ground, its reasons in public, and a fair procedure; for a ground that is none neither",
  ...inEurope(),
  [
    day(2),
    without(without(anExclusiveRight(), "exclusivity"), "procedure"),
    [
      "EU-DGA-03 missing fact exclusivity.ground",
      "EU-DGA-04 missing fact procedure",
      "EU-DGA-04 missing fact exclusivity.ground",
      "EU-DGA-06 missing fact exclusivity.reasons",
    ].join("; "),
  ],
  [
    day(2),
    anExclusiveRight({
      exclusivity: { ...theExclusivity, ground: "culturalDigitisation" },
    }),
    "EU-DGA-04 breach fact exclusivity.ground, value culturalDigitisation",
  ],
  [
    day(2),
    anExclusiveRight({ exclusive: false }),
    "V-FORM breach exclusivity generalInterest",
  ],
);
check(
  "rivals hear of an exclusive right two months before it begins, and it is looked at again in three years",
  ...inEurope(),
  [
    day(2),
    anExclusiveRight({
      exclusivity: { ...theExclusivity, published: "2026-01-05" },
    }),
    `EU-ODD-06 breach fact exclusivity.published, from ${day(2)}, earliest ${day(3)}`,
  ],
  [
    day(2),
    anExclusiveRight({ exclusivity: without(theExclusivity, "review") }),
    "EU-ODD-06 missing fact exclusivity.review",
  ],
);
check(
  "what was read in secondary sources only is told with the act and stops nothing",
  ...inEurope(),
  [
    day(2),
    anExclusiveRight({
      ...{ authorisation: "restricted", exclusive: false },
      exclusivity: {
        ...{ ground: "restrictive", published: "2026-03-01" },
        reasons: theExclusivity.reasons,
      },
    }),
    `granted, EU-ODD-08 breach fact exclusivity.published, from ${day(2)}, earliest ${day(60)}`,
  ],
);
check(
  "the single operator that Chinese opinions speak against is flagged as well, not refused",
  [
    day(1),
    aRulebook({ rules: [{ rule: "CN-OPN-02" }, { rule: "CN-D20-01" }] }),
    "granted",
  ],
  ...given(day(1), ...registered),
  [
    day(2),
    without(anExclusiveRight(), "exclusivity"),
    "granted, CN-OPN-02 breach fact exclusive, value true",
  ],
);
check(
  "a fee covers costs by the six heads and earns nothing: payers lose what lies above",
  ...inEurope(),
  [day(2), without(aCostFee(), "costs"), missesCosts()],
  [
    day(2),
    aCostFee({ amount: 81 }),
    "EU-DGA-17 breach amount 81, covers-costs 80; EU-ODD-02 breach amount 81, covers-costs 80",
  ],
  [
    day(2),
    aCostFee({
      costs: { ...theCosts, heads: [{ head: "profit", amount: 800_000 }] },
    }),
    "EU-DGA-17 breach head profit; EU-ODD-02 breach head profit",
  ],
  [
    day(2),
    aCostFee({
      costs: {
        ...theCosts,
        heads: [...theCosts.heads, ...theCosts.heads],
      },
    }),
    "EU-DGA-17 breach heads 4, different 2; EU-ODD-02 breach heads 4, different 2",
  ],
  [day(2), aCostFee(), "granted"],
);
check(
  "research and small enterprises pay no more than others, whichever price came first",
  ...inEurope(),
  [day(2), aCostFee({ amount: 50 }), "granted"],
  [
    day(3),
    aCostFee({ fee: "small", classes: ["smallEnterprise"], amount: 51 }),
    "EU-DGA-16 breach fee small, pays-more smallEnterprise",
  ],
  [
    day(3),
    aCostFee({ fee: "small", classes: ["smallEnterprise"], amount: 50 }),
    "granted",
  ],
  [
    day(4),
    aCostFee({ fee: "cheaper", amount: 49 }),
    "EU-DGA-16 breach fee cheaper, pays-more smallEnterprise",
  ],
  [
    day(4),
    aCostFee({
      ...{ fee: "all", amount: 40 },
      classes: ["enterprise", "smallEnterprise"],
    }),
    "granted",
  ],
);
check(
  "a high-value dataset is open, and costs nothing",
  ...inEurope(),
  [
    day(2),
    aDataset({
      ...{ dataset: "roads", highValue: "mobility" },
      protection: ["businessSecret"],
    }),
    "EU-ODD-09 breach dataset roads, theme mobility",
  ],
  [day(2), { ...stations, highValue: "mobility" }, "granted"],
);
check(
  "what is not open says why",
  ...inEurope(),
  [day(2), aDataset({ dataset: "roads" }), "EU-DGA-01 missing fact protection"],
  [
    day(2),
    aDataset({
      ...{ dataset: "towns", protection: ["businessSecret"] },
      fields: [aField("town", { classification: "open" })],
    }),
    "V-FORM breach dataset towns, open-and protection",
  ],
  [
    day(2),
    aDataset({ dataset: "roads", protection: ["intellectualProperty"] }),
    "granted",
  ],
);
check(
  "a purpose that is forbidden by name is refused by its article, whoever asks",
  ...inEurope(),
  ...given(day(2), anApplication({ purpose: "reputation-ranking" })),
  [
    day(3),
    aEuropeanPermit({ purpose: "reputation-ranking" }),
    "EU-AI-01 breach purpose reputation-ranking",
  ],
  [
    day(3),
    aEuropeanPermit({
      ...{ purpose: "dearer-insurance", organisation: "road-office" },
    }),
    "EU-EHDS-02 breach purpose dearer-insurance",
  ],
  [
    day(3),
    aEuropeanPermit({ purpose: "novel-writing" }),
    "V-PUR breach purpose novel-writing",
  ],
  [day(3), aEuropeanRefusal({ rule: "EU-AI-01" }), "granted"],
);
check(
  "patients lose their privacy where nobody looked at what a use does to them, or on what it rests",
  ...inEurope(),
  [
    day(2),
    without(aPatientPermit(), "assessment"),
    "EU-GDPR-07 missing fact assessment",
  ],
  [
    day(2),
    aPatientPermit({ purpose: "insurance" }),
    "EU-DGA-02 missing purpose insurance, fact ground; EU-GDPR-02 missing purpose insurance, fact ground",
  ],
  [
    day(2),
    aPatientPermit({ purpose: "mapping" }),
    "EU-DGA-02 breach purpose mapping, ground EU-DGA-02",
  ],
  [
    day(2),
    aPatientPermit({ purpose: "traffic-safety" }),
    "EU-EHDS-01 breach purpose traffic-safety, class research",
  ],
  [day(2), aPatientPermit(), "granted"],
);

const transfer = {
  ...{ to: "norland", ground: "holderPermission" as const },
  paper: secretOf("permission"),
};
check(
  "a firm's secrets go to a third country only where the applicant said so",
  ...inEurope(),
  ...given(day(2), anApplication({ transfer: "norland" })),
  [
    day(3),
    aEuropeanPermit({ transfer }),
    "EU-DGA-13 missing fact application.transfer",
  ],
  [
    day(3),
    aEuropeanPermit({
      ...{
        decides: "application-1",
        transfer: { ...transfer, to: "westland" },
      },
    }),
    "EU-DGA-13 breach transfer westland, declared norland",
  ],
  [day(3), aEuropeanPermit({ decides: "application-1", transfer }), "granted"],
);
check(
  "what the law of China wants before sensitive data are given is the same fact, under its own article",
  [
    day(0),
    theGenesis({
      rulebook: { ...theRulebook, rules: [{ rule: "CN-PI-03" }] },
    }),
    "granted",
  ],
  ...given(day(1), ...[aBody(), aSystem(), patients, anOrganisation()], {
    ...patientRecords,
    purposes: ["research"],
  }),
  [
    day(2),
    without(aPatientPermit({ organisation: "huaxing" }), "assessment"),
    "CN-PI-03 missing fact assessment",
  ],
  [
    day(2),
    aPatientPermit({
      ...{ organisation: "huaxing" },
      assessment: { ...theAssessment, on: "2026-03-05", parts: [] },
    }),
    "CN-PI-03 breach fact assessment.on, after entry",
  ],
  [
    day(2),
    without(
      aPatientPermit({ organisation: "huaxing", fields: ["town"] }),
      "assessment",
    ),
    "granted",
  ],
);

test("whoever is in one class pays one price for the same use, research less, under the fee and no ceiling", () => {
  const { register } = play([
    ...inEurope(),
    ...given(
      day(1),
      anOrganisation({ organisation: "rival", title: "A rival" }),
      aCostFee(),
    ),
    ...given(
      day(2),
      aCostFee({
        ...{ fee: "research-fee", classes: ["research"], amount: 30 },
      }),
    ),
    ...given(
      day(3),
      ...["huaxing", "rival", "university"].map((organisation) =>
        aEuropeanPermit({ permit: `of-${organisation}`, organisation }),
      ),
    ),
  ]);
  const paid = ["huaxing", "rival", "university"].map((name) => {
    const { act } = must(register.permits.get(`of-${name}`));
    const { fee, because } = priceOf(register, act, day(4), HOUR);
    return [because, fee?.act.amount];
  });
  expect(paid).toEqual([
    ["fee", 80],
    ["fee", 80],
    ["fee", 30],
  ]);
});

function missesCosts(): string {
  return [
    "EU-DGA-17 missing fact costs",
    "EU-ODD-02 missing fact costs",
    "EU-DGA-18 missing fact costs.heads",
    "EU-DGA-18 missing fact costs.method",
    "EU-ODD-04 missing fact costs.method",
  ].join("; ");
}
