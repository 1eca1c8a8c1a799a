import {
  aConfirmation,
  anAuthorisation,
  anAuthorisationEnd,
  anOrganisation,
  aPermit,
  aProduct,
  aReport,
  aReportedDecision,
  aRevocation,
  aRulebook,
  aSystem,
  aDataset,
  aWithdrawal,
  offered,
  registered,
  sanhe,
} from "../../test/story-acts.ts";
import {
  day,
  HOUR,
  posts,
  theGenesis,
  theRulebook,
  without,
} from "../../test/story-founding.ts";
import { approved, check, given, prepared } from "../../test/story.ts";

const known = given(day(1), ...registered);
const scene = given(day(1), ...offered);

check(
  "an authorisation from a public procedure, limited in time, is granted",
  ...known,
  [day(2), anAuthorisation(), "granted"],
);

check("an organisation has one class of payer, for ever", ...known, [
  day(2),
  anOrganisation({ class: "research" }),
  "V-NEW breach organisation huaxing",
]);

/** Five years after 4 March 2026. */
const fiveYears = Date.UTC(2031, 2, 3, 16);

check(
  "nobody operates the people's data for ever: an authorisation ends, at most five years away, to the hour",
  ...known,
  [day(2), without(anAuthorisation(), "to"), "CN-OPS-10 missing end none"],
  [
    day(2),
    anAuthorisation({ to: fiveYears + HOUR }),
    `CN-OPS-10 breach to ${fiveYears + HOUR}, latest ${fiveYears}`,
  ],
  [day(2), anAuthorisation({ to: fiveYears }), "granted"],
  [
    day(2),
    anAuthorisation({
      authorisation: "later",
      from: day(3),
      to: fiveYears + 24 * HOUR,
    }),
    "granted",
  ],
  [
    day(2),
    anAuthorisation({
      authorisation: "latest",
      from: day(3),
      to: fiveYears + 25 * HOUR,
    }),
    `CN-OPS-10 breach to ${fiveYears + 25 * HOUR}, latest ${fiveYears + 24 * HOUR}`,
  ],
);

check(
  "a province's five years may be three: the rulebook's number counts",
  ...known,
  [
    day(2),
    aRulebook({
      limits: { ...theRulebook.limits, authorisationMonthsMax: 36 },
    }),
    "granted",
  ],
  [
    day(2),
    anAuthorisation({ to: fiveYears }),
    `CN-OPS-10 breach to ${fiveYears}, latest ${Date.UTC(2029, 2, 3, 16)}`,
  ],
);

check(
  "an authorisation does not begin before its entry, nor end before it begins",
  ...known,
  [
    day(2) + 1,
    anAuthorisation({ from: day(2) }),
    `I14 breach from ${day(2)}, entered ${day(2) + 1}`,
  ],
  [day(2), anAuthorisation({ authorisation: "early" }), "granted"],
);

check(
  "an end lies after its beginning, on the very hour too",
  ...known,
  [
    day(2),
    anAuthorisation({ from: day(5), to: day(5) }),
    `V-ORDER breach from ${day(5)}, to ${day(5)}`,
  ],
  [
    day(2),
    anAuthorisation({ to: day(2) }),
    `V-ORDER breach from ${day(2)}, to ${day(2)}`,
  ],
  [day(2), anAuthorisation({ from: day(5), to: day(5, 1) }), "granted"],
);

check(
  "an operator is a registered organisation and operates registered datasets",
  [day(1), sanhe, "granted"],
  [
    day(2),
    anAuthorisation(),
    "I1 missing dataset vehicles; I1 missing dataset owners",
  ],
  [
    day(2),
    anAuthorisation({ operator: "friend-of-the-head", datasets: ["vehicles"] }),
    "V-REF missing organisation friend-of-the-head; I1 missing dataset vehicles",
  ],
);

check(
  "an authorisation is ended once, and its id never comes back",
  ...known,
  [day(2), anAuthorisationEnd(), "V-REF missing authorisation sanhe-vehicles"],
  [day(2), anAuthorisation({ to: day(4) }), "granted"],
  [day(3), anAuthorisation(), "V-NEW breach authorisation sanhe-vehicles"],
  [day(3), anAuthorisationEnd(), "granted"],
  [day(3), anAuthorisationEnd(), "V-ENDED breach authorisation sanhe-vehicles"],
  [day(3), anAuthorisation({ authorisation: "second", to: day(5) }), "granted"],
  [
    day(5),
    anAuthorisationEnd({ authorisation: "second" }),
    "V-ENDED breach authorisation second",
  ],
);

check(
  "a permit for an offered product and a listed purpose is granted",
  ...scene,
  [day(2), aPermit(), "granted"],
);

check(
  "no permit for what is not offered, or not any more",
  ...known,
  [day(2), aPermit(), "I1 missing product vehicle-records"],
  ...given(day(3), anAuthorisation(), aProduct(), aWithdrawal()),
  [day(4), aPermit(), "I1 missing product vehicle-records"],
);

check(
  "no permit for a stranger, for a purpose outside the list, or for another purpose than the product's",
  ...scene,
  [
    day(2),
    aPermit({ organisation: "nobody" }),
    "V-REF missing organisation nobody",
  ],
  [day(2), aPermit({ purpose: "curiosity" }), "V-PUR breach purpose curiosity"],
  [
    day(2),
    aPermit({ purpose: "research" }),
    "V-SCOPE breach product vehicle-records, purpose research",
  ],
);

check(
  "a permit reaches no further than its product: no field and no row beyond it",
  ...scene,
  [
    day(2),
    aPermit({ fields: ["plate", "owner"] }),
    "V-SCOPE breach product vehicle-records, field owner",
  ],
  [
    day(2),
    aPermit({ where: ["owner"] }),
    "V-SCOPE breach product vehicle-records, field owner",
  ],
  [
    day(2),
    aPermit({ rowsMax: 1001 }),
    "V-SCOPE breach rows 1001, rows-max 1000",
  ],
  [day(2), aPermit({ rowsMax: 1000, where: [] }), "granted"],
);

/** Three years after 4 March 2026. */
const threeYears = Date.UTC(2029, 2, 3, 16);

check(
  "a permit ends, at most so many months after it begins, to the hour",
  ...scene,
  [day(2), without(aPermit(), "to"), "I5 missing end none"],
  [
    day(2),
    aPermit({ to: threeYears + HOUR }),
    `I5 breach to ${threeYears + HOUR}, latest ${threeYears}`,
  ],
  [day(2), aPermit({ to: threeYears }), "granted"],
);

check(
  "a permit does not begin before its entry, nor end before it begins",
  ...scene,
  [
    day(2) + 1,
    aPermit({ from: day(2) }),
    `I14 breach from ${day(2)}, entered ${day(2) + 1}`,
  ],
  [
    day(3),
    aPermit({ from: day(3), to: day(3) }),
    `V-ORDER breach from ${day(3)}, to ${day(3)}`,
  ],
  [day(3), aPermit({ from: day(3), to: day(3, 1) }), "granted"],
);

check(
  "a permit is revoked once, while it stands",
  ...scene,
  [day(2), aRevocation(), "V-REF missing permit huaxing-vehicles"],
  [day(2), aPermit({ to: day(4) }), "granted"],
  [day(2), aPermit(), "V-NEW breach permit huaxing-vehicles"],
  [day(4) - 1, aRevocation(), "granted"],
  [day(4) - 1, aRevocation(), "V-ENDED breach permit huaxing-vehicles"],
  [day(4), aPermit({ permit: "next", to: day(6) }), "granted"],
  [day(6), aRevocation({ permit: "next" }), "V-ENDED breach permit next"],
);

check(
  "under an expired rulebook what stands runs to its end, and no new right is granted",
  [
    day(0),
    theGenesis({ rulebook: { ...theRulebook, until: day(4) } }),
    "granted",
  ],
  ...scene,
  ...given(day(3), aReport()),
  [day(4) - 1, aPermit(), "granted"],
  [day(4), aPermit({ permit: "late" }), `I5 breach rulebook-until ${day(4)}`],
  [
    day(4),
    anAuthorisation({ authorisation: "late" }),
    `I5 breach rulebook-until ${day(4)}`,
  ],
  [day(4), aProduct({ product: "late" }), `I5 breach rulebook-until ${day(4)}`],
  [day(4), aConfirmation(), `I5 breach rulebook-until ${day(4)}`],
  [day(4), anOrganisation({ organisation: "late" }), "granted"],
  [day(4), aRevocation(), "granted"],
  [day(5), aRulebook({ until: day(1000) }), "granted"],
  [day(5), aPermit({ permit: "late" }), "granted"],
);

check(
  "only posts with that power prepare and grant a right, and not one person both",
  [
    day(0),
    theGenesis({ posts: posts("registrar", "authorise", "permit") }),
    "granted",
  ],
  ...scene,
  [
    day(2),
    aPermit(),
    approved("head"),
    "I4 missing role prepared, power preparePermits",
  ],
  [
    day(2),
    aPermit(),
    prepared("registrar"),
    "I4 missing role approved, power permit",
  ],
  [
    day(2),
    aPermit(),
    prepared("administrator"),
    approved("head"),
    "I4 breach post administrator, lacks-power preparePermits",
  ],
  [
    day(2),
    aPermit(),
    prepared("registrar"),
    approved("administrator"),
    "I4 breach post administrator, lacks-power permit",
  ],
  [
    day(2),
    aPermit(),
    prepared("registrar"),
    approved("registrar"),
    "I4 breach same-person prepared-and-approved",
  ],
  [
    day(2),
    anAuthorisation({ authorisation: "a" }),
    prepared("registrar"),
    approved("registrar"),
    "I4 breach same-person prepared-and-approved",
  ],
  [day(2), aPermit(), prepared("head"), approved("registrar"), "granted"],
);

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
  [day(3), aConfirmation(), "V-NEW breach authorisation sanhe-old"],
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
    "I4 breach post registrar, lacks-power confirm",
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
