import {
  aBody,
  aDataset,
  aSuccession,
  aSystem,
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
import {
  aCancellation,
  aCancelling,
  aChange,
  aCode,
  aCompleting,
  aCorrection,
  aDenial,
  anAcceptance,
  anAsking,
  anObjection,
  anObjectionDecision,
  aPublicNotice,
  aRegistration,
  aRegistrationRevoked,
  aRenewal,
  aReview,
  registrationRules,
  registryFounded,
} from "../../test/story-registrations.ts";
import { approved, check, given } from "../../test/story.ts";

/** A public data resource is registered: applied for, accepted, reviewed, in public notice, coded, each in its time. */

const known = [...registryFounded(), ...given(day(1), ...registered)];
const order = (rule: string, state: string, next: string) =>
  `${rule} breach registration vehicles-r1, state ${state}, next-step ${next}`;
const noticed = [
  ...given(day(1), aRegistration()),
  ...given(day(2), anAcceptance()),
  ...given(day(3), aReview()),
  // Friday, 6 March: ten working days are over with the 20th.
  ...given(day(4), aPublicNotice({ until: day(19) })),
];
const coded = [...noticed, ...given(day(19), aCode({ to: day(300) }))];

check(
  "a registration goes from application to code, and leaves no step out",
  ...known,
  [day(1), anAcceptance(), "V-REF missing registration vehicles-r1"],
  [day(1), aRegistration(), "granted"],
  [day(1), aReview(), order("CN-REG-05", "applied", "registrationAccepted")],
  [day(1), aCode(), order("CN-REG-05", "applied", "registrationAccepted")],
  [day(2), anAcceptance(), "granted"],
  [
    day(2),
    aPublicNotice(),
    order("CN-REG-05", "accepted", "registrationReviewed"),
  ],
  [day(3), aReview(), "granted"],
  [day(3), aCode(), order("CN-REG-05", "reviewed", "registrationNoticed")],
  [
    day(4),
    aPublicNotice({ until: day(19) - HOUR }),
    `CN-REG-10 breach until ${day(19) - HOUR}, earliest ${day(19)}`,
  ],
  [day(4), aPublicNotice({ until: day(19) }), "granted"],
  [
    day(19) - 1,
    aCode(),
    `CN-REG-12 breach until ${day(19)}, entered ${day(19) - 1}, next-step registrationCoded`,
  ],
  [day(19), aCode(), "granted"],
  [
    day(20),
    aRegistration({ registration: "again" }),
    "V-REGISTERED breach registration vehicles-r1, state inForce, next-step registrationRenewed; V-REGISTERED breach type first, coded-before vehicles-r1",
  ],
);
check(
  "nobody applies for what is not theirs, without evidence of before, or to a registry of the wrong level",
  ...known,
  ...given(
    day(1),
    aBody({ body: "ministry", level: "national" }),
    aBody({ body: "county-registry", level: "county" }),
    aBody({ body: "vehicle-centre", parent: "transport" }),
    aSystem({ system: "centre-register", body: "vehicle-centre" }),
    aDataset({ dataset: "centre", system: "centre-register" }),
    // A unit's data are registered by the unit or by what it is a unit of.
    aRegistration({ registration: "centre", resource: { dataset: "centre" } }),
  ),
  [
    day(1),
    aRegistration({ registrant: { body: "price-authority" } }),
    "V-SCOPE breach dataset vehicles, body price-authority",
  ],
  [
    day(1),
    aRegistration({ registrant: { organisation: "sanhe" } }),
    "V-SCOPE breach dataset vehicles, organisation sanhe",
  ],
  [
    day(1),
    aRegistration({ resource: { dataset: "nothing" } }),
    "I1 missing dataset nothing",
  ],
  [
    day(1),
    without(aRegistration(), "evidence"),
    "CN-REG-04 missing fact evidence",
  ],
  [
    day(1),
    aRegistration({
      evidence: { on: "2026-03-03", digest: paperOf("evidence").paper },
    }),
    "CN-REG-04 breach fact evidence.on, not-before entry",
  ],
  [
    day(1),
    aRegistration({ registry: "ministry" }),
    "CN-REG-03 breach registry ministry, level national, registrant-level province",
  ],
  [
    day(1),
    aRegistration({ registry: "county-registry" }),
    "CN-REG-03 breach registry county-registry, level county, registrant-level province",
  ],
  [day(1), aRegistration({ registry: "price-authority" }), "granted"],
  // The post that signs is of the data office.
  [
    day(2),
    anAcceptance(),
    "CN-REG-03 breach registry price-authority, body data-office",
  ],
  ...given(
    day(2),
    aSuccession({ body: "price-authority", successors: ["data-office"] }),
  ),
  [day(2), anAcceptance(), "granted"],
  [
    day(3),
    aReview(),
    approved("head"),
    "I4 breach post head, lacks-power registerResources",
  ],
);
check(
  "what is missing is asked for once, and a refusal has reasons; then it is applied for again as the first",
  ...known,
  ...given(day(1), aRegistration()),
  [
    day(2),
    anAsking({ by: day(2) }),
    `V-ORDER breach from ${day(2)}, to ${day(2)}`,
  ],
  [day(2), anAsking(), "granted"],
  [
    day(3),
    anAcceptance(),
    order("CN-REG-05", "asked", "registrationCompleted"),
  ],
  [day(3), aCompleting(), "granted"],
  [
    day(4),
    anAsking(),
    "CN-REG-08 breach registration vehicles-r1, step registrationAsked, next-step registrationAccepted",
  ],
  [day(4), without(aDenial(), "reasons"), "CN-REG-08 missing fact reasons"],
  [day(4), aDenial(), "granted"],
  [
    day(5),
    anAcceptance(),
    order("CN-REG-05", "refused", "registrationApplied"),
  ],
  [
    day(5),
    aRegistration({ registration: "second", type: "further" }),
    "V-REGISTERED breach type further, coded-before none",
  ],
  [day(5), aRegistration({ registration: "second" }), "granted"],
);
check(
  "what a registry does behind its term is done and seen, and a late review says why",
  ...known,
  ...given(day(1), aRegistration()),
  // Tuesday, 3 March: three working days are over with Friday.
  [
    day(5),
    anAcceptance(),
    `granted, CN-REG-08 breach due ${day(5)}, entered ${day(5)}`,
  ],
  // Saturday, 7 March: twenty working days are over with Friday, 3 April.
  [
    day(33),
    aReview(),
    `CN-REG-09 missing fact lateReasons, due ${day(33)}, entered ${day(33)}`,
  ],
  [
    day(33),
    aReview({ lateReasons: paperless("why") }),
    `granted, CN-REG-09 breach due ${day(33)}, entered ${day(33)}`,
  ],
);
check(
  "an objection has a name and evidence, and no code is issued while one is open",
  ...known,
  ...noticed,
  [day(5), without(anObjection(), "by"), "CN-REG-11 missing fact by"],
  [
    day(5),
    without(anObjection(), "evidence"),
    "CN-REG-11 missing fact evidence",
  ],
  [day(5), anObjection(), "granted"],
  [day(6), anObjection(), "V-NEW breach objection objection-1"],
  [day(6), anObjection({ objection: "second" }), "granted"],
  [
    day(7),
    anObjectionDecision({ objection: "third" }),
    "V-REF missing objection third",
  ],
  [day(7), anObjectionDecision(), "granted"],
  [day(7), anObjectionDecision(), "V-ENDED breach objection objection-1"],
  [day(19), aCode(), order("CN-REG-11", "objected", "objectionDecided")],
  [
    day(19),
    anObjection({ objection: "late" }),
    `CN-REG-11 breach until ${day(19)}, entered ${day(19)}`,
  ],
  [
    day(19),
    anObjectionDecision({ objection: "second", outcome: "upheld" }),
    "granted",
  ],
  [day(19), aCode(), order("CN-REG-05", "stopped", "registrationApplied")],
);
check(
  "a code is for three years at most, is used once, and is renewed in the last sixty days",
  ...known,
  ...noticed,
  [
    day(19),
    aCode({ to: day(19 + 1096) + HOUR }),
    `CN-REG-13 breach to ${day(19 + 1096) + HOUR}, latest ${day(19 + 1096)}`,
  ],
  [day(19), aCode({ to: day(300) }), "granted"],
  [
    day(240) - 1,
    aRenewal({ to: day(600) }),
    `CN-REG-14 breach earliest ${day(240)}, entered ${day(240) - 1}`,
  ],
  [
    day(240),
    aRenewal({ to: day(300 + 1096) + HOUR }),
    `CN-REG-14 breach to ${day(300 + 1096) + HOUR}, latest ${day(300 + 1096)}`,
  ],
  [
    day(240),
    aRenewal({ to: day(300) }),
    `V-ORDER breach from ${day(300)}, to ${day(300)}`,
  ],
  [day(240), aRenewal({ to: day(600) }), "granted"],
  [
    day(600),
    aRenewal({ to: day(700) }),
    order("CN-REG-14", "lapsed", "registrationApplied"),
  ],
  [
    day(601),
    aRegistration({ registration: "second" }),
    "V-REGISTERED breach type first, coded-before vehicles-r1",
  ],
  [
    day(601),
    aRegistration({ registration: "second", type: "further" }),
    "granted",
  ],
  ...given(day(602), anAcceptance({ registration: "second" })),
  ...given(day(603), aReview({ registration: "second" })),
  ...given(
    day(604),
    aPublicNotice({ registration: "second", until: day(630) }),
  ),
  [
    day(630),
    aCode({ registration: "second", to: day(900) }),
    "V-NEW breach code dj-2026-0001",
  ],
);
check(
  "what changed is registered, an error is corrected on consent or proof, a cancellation takes ten working days",
  ...known,
  ...coded,
  [
    day(20),
    aChange({ on: "2026-03-24" }),
    "V-ORDER breach fact on, after entry",
  ],
  [day(20), aChange({ on: "2026-03-20" }), "granted"],
  [day(21), without(aCorrection(), "proof"), "CN-REG-15 missing fact consent"],
  [day(21), aCorrection(), "granted"],
  [
    day(21),
    aCancellation(),
    order("V-PROCEDURE", "inForce", "registrationRenewed"),
  ],
  [day(22), aCancelling(), "granted"],
  // Tuesday, 24 March: ten working days are over with 7 April.
  [
    day(37),
    aCancellation(),
    `granted, CN-REG-16 breach due ${day(37)}, entered ${day(37)}`,
  ],
  [
    day(38),
    aRegistrationRevoked(),
    order("V-PROCEDURE", "cancelled", "registrationApplied"),
  ],
);
check(
  "a registration is revoked for fraud, also while it is being cancelled",
  ...known,
  ...coded,
  ...given(day(22), aCancelling()),
  [day(23), aRegistrationRevoked(), "granted"],
  [
    day(24),
    aCancellation(),
    order("V-PROCEDURE", "revoked", "registrationApplied"),
  ],
);
check(
  "nobody's time to object is counted by a calendar that is not there",
  [
    day(0),
    theGenesis({
      rulebook: {
        ...{ ...theRulebook, calendar: "lanan" },
        rules: registrationRules.map((rule) => ({ rule })),
      },
    }),
    "granted",
  ],
  ...given(day(1), ...registered),
  ...given(day(1), aRegistration()),
  ...given(day(2), anAcceptance()),
  ...given(day(3), aReview()),
  [
    day(4),
    aPublicNotice({ until: day(60) }),
    "CN-REG-10 missing calendar lanan/2026",
  ],
);
check(
  "an objection that came while the notice stood is heard when it is entered late, as long as there is no code",
  ...known,
  ...noticed,
  [
    day(20),
    anObjection({ on: "2026-03-21" }),
    `CN-REG-11 breach until ${day(19)}, entered ${day(20)}`,
  ],
  [
    day(20),
    anObjection({ on: "2026-04-30" }),
    `CN-REG-11 breach until ${day(19)}, entered ${day(20)}; V-ORDER breach fact on, after entry`,
  ],
  [
    day(20),
    anObjection({ on: "2026-03-20" }),
    "granted, V-RECEIVED breach registration vehicles-r1",
  ],
  [day(20), aCode(), order("CN-REG-11", "objected", "objectionDecided")],
);
check(
  "where the rulebook adopted nothing, the order of the steps is the office's own convention",
  ...given(day(1), ...registered),
  ...given(day(1), without(aRegistration(), "evidence")),
  [day(1), aReview(), order("V-PROCEDURE", "applied", "registrationAccepted")],
  ...given(day(300), anAcceptance(), aReview()),
  ...given(day(300), aPublicNotice({ until: day(300) + HOUR })),
  ...given(day(300), without(anObjection(), "by")),
  [day(301), aCode(), order("V-PROCEDURE", "objected", "objectionDecided")],
);
function paperless(name: string) {
  const { paper, kind } = paperOf(name);
  return { commitment: paper, kind };
}
