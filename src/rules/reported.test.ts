import {
  aConfirmation,
  anAuthorisationEnd,
  aProduct,
  aReport,
  aReportedDecision,
  aSystem,
  aDataset,
  registered,
} from "../../test/story-acts.ts";
import {
  day,
  HOUR,
  paperOf,
  theGenesis,
  theRulebook,
  without,
} from "../../test/story-founding.ts";
import { anOpening, aProcedureEnd } from "../../test/story-procedure-steps.ts";
import { approved, check, given, prepared } from "../../test/story.ts";

/** Five years after 4 March 2026. */
const fiveYears = Date.UTC(2031, 2, 3, 16);

const known = given(day(1), ...registered);

check(
  "what was decided before the office is told with its source, and changes nothing in force",
  ...known,
  [
    day(2),
    aReport({ reported: "a", operator: "unheard-of" }),
    "V-REF missing organisation unheard-of",
  ],
  [
    day(2),
    aReport({ reported: "b", datasets: ["vehicles", "secrets"] }),
    "V-REF missing dataset secrets",
  ],
  [day(2), aReport(), "granted"],
  [day(2), aReport(), "V-NEW breach reported franchise-2019"],
  [
    day(2),
    aReportedDecision({ reported: "franchise-2019" }),
    "V-NEW breach reported franchise-2019",
  ],
  [day(2), aReportedDecision(), "granted"],
  [
    day(3),
    aProduct({ authorisation: "franchise-2019" }),
    "V-REF missing authorisation franchise-2019",
  ],
);

/** 1 June 2027, 00:00 in the office's time: the earliest that 2027-06 can mean. */
const juneFirst = Date.UTC(2027, 4, 31, 16);

check(
  "a reported right is confirmed from its entry on, flagged, and never longer than the original",
  ...known,
  ...given(day(2), aReport()),
  [
    day(3),
    aConfirmation({ to: juneFirst + HOUR }),
    `V-SCOPE breach to ${juneFirst + HOUR}, original ${juneFirst}`,
  ],
  [
    day(3),
    aConfirmation({ to: juneFirst }),
    "granted, V-CONFIRMED breach reported franchise-2019",
  ],
  [day(3), aProduct({ authorisation: "sanhe-old" }), "granted"],
  [
    day(3),
    aConfirmation(),
    "V-NEW breach authorisation sanhe-old; V-NEW breach confirmed franchise-2019",
  ],
  [
    juneFirst - 1,
    aProduct({ product: "last", authorisation: "sanhe-old" }),
    "granted",
  ],
  [
    juneFirst,
    aProduct({ product: "late", authorisation: "sanhe-old" }),
    "V-ENDED breach authorisation sanhe-old",
  ],
);

check(
  "a confirmed right without an end of its own ends with the original",
  ...known,
  ...given(day(2), aReport()),
  [
    day(3),
    aConfirmation(),
    "granted, V-CONFIRMED breach reported franchise-2019",
  ],
  [
    juneFirst,
    aProduct({ authorisation: "sanhe-old" }),
    "V-ENDED breach authorisation sanhe-old",
  ],
);

check(
  "a city's franchise without an end is confirmed with one, at most five years away",
  ...known,
  ...given(day(2), without(aReport(), "to")),
  [day(2), aConfirmation(), "CN-OPS-10 missing end none"],
  [
    day(2),
    aConfirmation({ to: fiveYears + HOUR }),
    `CN-OPS-10 breach to ${fiveYears + HOUR}, latest ${fiveYears}`,
  ],
  [
    day(2),
    aConfirmation({ to: fiveYears }),
    "granted, V-CONFIRMED breach reported franchise-2019",
  ],
);

check(
  "what is over cannot be confirmed, nor what was never reported, nor a decision of another kind",
  ...known,
  ...given(day(2), aReport({ to: "2026-03" }), aReportedDecision()),
  [
    day(2),
    aConfirmation(),
    `V-ORDER breach from ${day(2)}, to ${Date.UTC(2026, 1, 28, 16)}`,
  ],
  [
    day(2),
    aConfirmation({ reported: "never" }),
    "V-REF missing reported-authorisation never",
  ],
  [
    day(2),
    aConfirmation({ reported: "fee-letter-2020" }),
    "V-REF missing reported-authorisation fee-letter-2020",
  ],
  [
    day(2),
    aConfirmation({ to: day(9) }),
    `V-SCOPE breach to ${day(9)}, original ${Date.UTC(2026, 1, 28, 16)}`,
  ],
);

check(
  "only a post with the power to confirm confirms",
  ...known,
  ...given(day(2), aReport()),
  [
    day(3),
    aConfirmation(),
    approved("registrar"),
    "I4 breach post registrar, lacks-power confirm; I4 missing role prepared, power prepareAuthorisations",
  ],
);

check(
  "what the office registered later does not widen what was reported",
  ...known,
  ...given(
    day(2),
    aReport(),
    aSystem({ system: "tax" }),
    aDataset({ dataset: "tax", system: "tax" }),
  ),
  [
    day(3),
    aConfirmation(),
    "granted, V-CONFIRMED breach reported franchise-2019",
  ],
  [
    day(3),
    aProduct({
      authorisation: "sanhe-old",
      content: [{ dataset: "tax", fields: ["plate"] }],
    }),
    "V-SCOPE breach authorisation sanhe-old, dataset tax",
  ],
);

check(
  "a right that begins under the office is granted by the office, by its rules, and never confirmed",
  ...known,
  ...given(day(2), aReport({ from: "2027-01", to: "2027-06" })),
  [
    day(3),
    aConfirmation(),
    `I14 breach original ${Date.UTC(2027, 0, 30, 16)}, founded ${day(0)}`,
  ],
);

check(
  "a reported right is confirmed once: what ended here does not begin again",
  ...known,
  ...given(day(2), aReport()),
  [
    day(2),
    aConfirmation(),
    "granted, V-CONFIRMED breach reported franchise-2019",
  ],
  [
    day(3),
    aConfirmation({ authorisation: "beside" }),
    "V-NEW breach confirmed franchise-2019",
  ],
  [day(3), anAuthorisationEnd({ authorisation: "sanhe-old" }), "granted"],
  [
    day(3),
    aConfirmation({ authorisation: "again" }),
    "V-NEW breach confirmed franchise-2019",
  ],
);

check(
  "nothing is confirmed past a procedure about the same data, and what was withdrawn is seen",
  ...known,
  ...given(day(2), aReport({ datasets: ["stations", "owners"] }), anOpening()),
  [
    day(3),
    aConfirmation(),
    "V-PROCEDURE breach procedure vehicles-2026, next-step documentsIssued",
  ],
  [day(3), aProcedureEnd(), "granted"],
  [
    day(3),
    aConfirmation(),
    "granted, V-CONFIRMED breach reported franchise-2019; V-WITHDRAWN breach procedure vehicles-2026, reason disputed",
  ],
);

check(
  "where two persons authorise, two confirm",
  ...known,
  ...given(day(2), aReport()),
  [
    day(3),
    aConfirmation(),
    approved("head"),
    "I4 missing role prepared, power prepareAuthorisations",
  ],
  [
    day(3),
    aConfirmation(),
    prepared("head"),
    approved("head"),
    "I4 breach same-person prepared-and-approved",
  ],
  [
    day(3),
    aConfirmation(),
    prepared("registrar"),
    approved("head"),
    "granted, V-CONFIRMED breach reported franchise-2019",
  ],
);

check(
  "what was exclusive before the office stays so only with its ground and the day on which it is looked at again",
  [
    day(0),
    theGenesis({
      rulebook: { ...theRulebook, rules: [{ rule: "CN-CMP-01" }] },
    }),
    "granted",
  ],
  ...known,
  ...given(day(2), aReport({ exclusive: true })),
  [day(3), aConfirmation(), "CN-CMP-01 missing fact exclusivity.rule"],
  [
    day(3),
    aConfirmation({
      exclusivity: { rule: "CN-CMP-01", reasons: paperOf("alone") },
    }),
    "CN-CMP-01 missing fact exclusivity.review",
  ],
  [
    day(3),
    aConfirmation({
      exclusivity: { rule: "CN-CMP-01", review: juneFirst + HOUR },
    }),
    `CN-CMP-01 breach review ${juneFirst + HOUR}, latest ${juneFirst}`,
  ],
  [
    day(3),
    aConfirmation({ exclusivity: { rule: "CN-CMP-01", review: day(200) } }),
    "granted, V-CONFIRMED breach reported franchise-2019",
  ],
);
