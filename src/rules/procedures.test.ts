import { anApplication, aRefusal } from "../../test/story-applications.ts";
import {
  anAuthorisation,
  anOrganisation,
  aPermit,
  aProduct,
  registered,
} from "../../test/story-acts.ts";
import {
  day,
  paperOf,
  secretOf,
  theGenesis,
  theRulebook,
  without,
} from "../../test/story-founding.ts";
import {
  anAttestation,
  anAward,
  anObjection,
  anObjectionAnswer,
  anOpening,
  aProcedureEnd,
  aStep,
} from "../../test/story-procedure-steps.ts";
import {
  approved,
  check,
  given,
  prepared,
  type Step,
} from "../../test/story.ts";
import { rows } from "./rows.ts";

/** An operator is chosen step by step, and each step is an entry; whoever is passed over can say so before it is too late. */

type Rules = NonNullable<typeof theRulebook.rules>;
const all: Rules = [
  ...rows
    .filter(({ kind }) => kind === "authorisation")
    .map(({ rule }) => ({ rule })),
  ...["CN-CMP-01", "CN-TND-05", "CN-TND-05-BEFORE", "CN-TND-06"].map(
    (rule) => ({ rule }),
  ),
];
const founded = (rules: Rules = all): readonly Step[] => [
  [day(0), theGenesis({ rulebook: { ...theRulebook, rules } }), "granted"],
  ...given(day(1), ...registered),
];
const procedure = "procedure vehicles-2026";
const next = (step: string, wanted: string) =>
  `V-PROCEDURE breach ${procedure}, step ${step}, next-step ${wanted}`;

/** Day 2 is 4 March. */
const planned = given(
  day(1, 9),
  anOpening(),
  aStep("review"),
  aStep("planDecided"),
  aStep("planFiled"),
);
const issued = [...planned, ...given(day(2), aStep("documentsIssued"))];
const closed = [...issued, ...given(day(22), aStep("bidsClosed"))];
const evaluated = [...closed, ...given(day(24), aStep("evaluated"))];
const noticed = [...evaluated, ...given(day(25), aStep("noticed"))];
const awarded = [...noticed, ...given(day(29), anAward())];
const signed = [
  ...awarded,
  ...given(day(31), aStep("agreementDecided")),
  ...given(day(32), aStep("signed")),
];
const filed = [...signed, ...given(day(34), aStep("agreementFiled"))];
const authorisation = without(
  anAuthorisation({ procedureOf: "vehicles-2026" }),
  "procedure",
);

const noTender = [
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

check(
  "an operator is authorised at the end of a procedure whose every step stands in public",
  ...founded(),
  ...filed,
  [day(35), authorisation, "granted"],
  [
    day(36),
    { ...authorisation, authorisation: "again" },
    `V-ENDED breach ${procedure}`,
  ],
  [day(36), aProcedureEnd(), `V-ENDED breach ${procedure}`],
);
check(
  "a step out of order is refused, and told which is next",
  ...founded(),
  ...given(day(1, 9), anOpening()),
  [
    day(1, 9),
    aStep("documentsIssued", { on: "2026-03-03" }),
    [
      next("documentsIssued", "review"),
      "CN-OPS-07 missing fact procedure.planDecision",
      "CN-OPS-07 missing fact procedure.planFiling",
    ].join("; "),
  ],
  [
    day(1, 9),
    aStep("planDecided"),
    `${next("planDecided", "review")}; CN-CMP-02 missing fact procedure.review`,
  ],
  ...given(day(1, 9), aStep("review")),
  [day(1, 9), aStep("review"), next("review", "planDecided")],
  ...given(day(1, 9), aStep("planDecided"), aStep("planFiled")),
  [
    day(2),
    anAward({ on: "2026-03-04" }),
    [
      next("awarded", "documentsIssued"),
      "V-SCOPE breach bidder sanhe, noticed nobody",
      "CN-TND-04 missing fact procedure.tender.objections",
    ].join("; "),
  ],
  [
    day(2),
    authorisation,
    [
      `V-PROCEDURE breach ${procedure}, next-step documentsIssued`,
      "CN-OPS-09 missing fact procedure.agreementDecision",
      "CN-OPS-09 missing fact procedure.agreementFiling",
      "CN-OPS-11 missing fact procedure.agreement.items",
      ...noTender,
    ].join("; "),
  ],
);
check(
  "the numbers of the law hold for each step: of bids, of the notice, of the contract",
  ...founded(),
  ...planned,
  [
    day(2),
    aStep("documentsIssued", { until: "2026-03-08", bidsDue: "2026-03-23" }),
    [
      "CN-TND-01 breach fact procedure.tender.bidsDue, days 19, wanted 20",
      "CN-TND-02 breach fact procedure.tender.documentsUntil, days 4, wanted 5",
    ].join("; "),
  ],
  ...given(day(2), aStep("documentsIssued")),
  [
    day(21),
    aStep("bidsClosed", { on: "2026-03-23" }),
    "V-PROCEDURE breach fact bidsClosed.on, before documentsIssued",
  ],
  [
    day(22),
    aStep("bidsClosed", {
      committee: [0, 1, 2, 3].map((one) => ({
        ...{ outside: one > 2, interest: one === 3 },
        declaration: secretOf(`declaration ${one}`),
      })),
    }),
    [
      "CN-TND-08 breach fact procedure.tender.committee.members, number 4, wanted 5",
      "CN-TND-08 breach fact procedure.tender.committee.members, even 4",
      "CN-TND-08 breach fact procedure.tender.committee.outside, number 1, whole 4",
      "CN-TND-08 breach fact procedure.tender.committee.interested, number 1, wanted 0",
    ].join("; "),
  ],
  [
    day(22),
    aStep("bidsClosed", { bidders: ["sanhe", "sanhe", "nobody"] }),
    "V-REF missing organisation nobody; V-NEW breach bidder sanhe",
  ],
  ...given(day(22), aStep("bidsClosed")),
  [
    day(24),
    aStep("evaluated", { scores: [{ bidder: "friend", score: 1 }] }),
    [
      "V-SCOPE breach bidder friend",
      "V-PROCEDURE missing score-of sanhe",
      "V-PROCEDURE missing score-of huaxing",
    ].join("; "),
  ],
  ...given(day(24), aStep("evaluated")),
  [
    day(25),
    aStep("noticed", { until: "2026-03-29" }),
    "CN-TND-03 breach fact procedure.tender.noticeUntil, days 2, wanted 3",
  ],
  [
    day(25),
    aStep("noticed", { on: "2026-04-01", until: "2026-04-04" }),
    "CN-TND-03-BEGIN breach fact procedure.tender.noticeFrom, days 6, wanted 3",
  ],
  ...given(day(25), aStep("noticed")),
  [
    day(27),
    anAward({ on: "2026-03-29" }),
    [
      "V-PROCEDURE breach fact awarded.on, before noticed",
      "CN-TND-04 breach fact procedure.tender.noticeUntil, after procedure.tender.awarded",
    ].join("; "),
  ],
  [
    day(28),
    anAward({ on: "2026-03-31" }),
    "V-PROCEDURE breach fact awarded.on, after entry",
  ],
  [
    day(29),
    anAward({ bidder: "huaxing" }),
    "V-SCOPE breach bidder huaxing, noticed sanhe",
  ],
  ...given(day(29), anAward()),
  ...given(day(31), aStep("agreementDecided")),
  [
    day(60),
    aStep("signed", {
      on: "2026-05-01",
      agreement: { paper: paperOf("agreement"), items: 12 },
    }),
    [
      "CN-OPS-11 breach fact procedure.agreement.items, number 12, wanted 13",
      "CN-TND-07 breach fact procedure.tender.signed, days 31, wanted 30",
    ].join("; "),
  ],
);
check(
  "a plan that is silent about its exit opens nothing",
  ...founded(),
  [
    day(1, 9),
    anOpening({ plan: { paper: paperOf("plan"), items: ["exit"] } }),
    "CN-OPS-06 breach fact procedure.plan.items, items 1, wanted 12, lacks needAndFeasibility",
  ],
  [
    day(1, 9),
    anOpening({ body: "nobody", datasets: ["dreams"] }),
    "V-REF missing body nobody; I1 missing dataset dreams",
  ],
  ...given(
    day(1, 9),
    without(anOpening(), "plan"),
    aStep("review", {
      on: "2026-03-03",
    }),
  ),
  [
    day(1, 9),
    aStep("planDecided"),
    "CN-OPS-06 missing fact procedure.plan.items",
  ],
  [day(1, 9), anOpening(), "V-NEW breach procedure vehicles-2026"],
);
check(
  "an objection stops the award while nobody has answered it, and the authorisation past it",
  ...founded(),
  ...noticed,
  [day(26), anObjection(), "granted"],
  [day(26), anObjection(), "V-NEW breach objection objection-1"],
  [
    day(29),
    anAward(),
    [
      `V-PROCEDURE breach ${procedure}, objection objection-1, step awarded, next-step objectionAnswered`,
      "CN-TND-04 missing fact procedure.tender.objections.1.answered",
    ].join("; "),
  ],
  [
    day(29),
    anAuthorisation({ authorisation: "quietly", datasets: ["owners"] }),
    [
      `V-PROCEDURE breach ${procedure}, next-step objectionAnswered`,
      "CN-CMP-02 missing fact procedure.review",
      "CN-OPS-06 missing fact procedure.plan.items",
      "CN-OPS-07 missing fact procedure.planDecision",
      "CN-OPS-07 missing fact procedure.planFiling",
      "CN-OPS-09 missing fact procedure.agreementDecision",
      "CN-OPS-09 missing fact procedure.agreementFiling",
      "CN-OPS-11 missing fact procedure.agreement.items",
      ...noTender,
    ].join("; "),
  ],
  [
    day(29),
    anObjectionAnswer({ objection: "other" }),
    "V-REF missing objection other",
  ],
  [day(29), anObjectionAnswer(), "granted"],
  [day(29), anObjectionAnswer(), "V-ENDED breach objection objection-1"],
  [day(29), anAward(), "granted"],
  [
    day(29),
    anObjection({ objection: "late", on: "2026-03-31" }),
    `V-PROCEDURE breach ${procedure}, stage result, next-step complaint`,
  ],
);
check(
  "an answer behind its three days lets nobody win: it is evaluated again, and told again",
  ...founded(),
  ...noticed,
  ...given(day(26), anObjection()),
  [day(30), anObjectionAnswer(), "granted, CN-TND-04 breach days 4, wanted 3"],
  [
    day(30),
    anAward({ on: "2026-04-01" }),
    "CN-TND-04 breach fact procedure.tender.objections.1, days 4, wanted 3",
  ],
  [day(31), aStep("evaluated", { on: "2026-04-02" }), "granted"],
  [
    day(31),
    aStep("noticed", { on: "2026-04-02", until: "2026-04-05" }),
    "granted",
  ],
  [day(35), anAward({ on: "2026-04-06" }), "granted"],
);
check(
  "an objection that is right takes the procedure back: the documents, or the evaluation",
  ...founded(),
  ...issued,
  [
    day(3),
    anObjection({
      stage: "documents",
      on: "2026-03-05",
      objection: "ours-only",
    }),
    "granted",
  ],
  [
    day(3),
    aStep("bidsClosed", { on: "2026-03-05" }),
    [
      `V-PROCEDURE breach ${procedure}, objection ours-only, step bidsClosed, next-step objectionAnswered`,
      "V-PROCEDURE breach fact bidsClosed.on, before documentsIssued",
    ].join("; "),
  ],
  [
    day(4),
    anObjectionAnswer({ objection: "ours-only", outcome: "upheld" }),
    "granted",
  ],
  [
    day(4),
    aStep("bidsClosed", { on: "2026-03-06" }),
    [
      next("bidsClosed", "documentsIssued"),
      "V-PROCEDURE breach fact bidsClosed.on, before documentsIssued",
    ].join("; "),
  ],
  [
    day(5),
    aStep("documentsIssued", {
      ...{ on: "2026-03-07", until: "2026-03-12", bidsDue: "2026-03-27" },
    }),
    "granted",
  ],
  [
    day(16),
    anObjection({ stage: "documents", on: "2026-03-18" }),
    "granted, CN-TND-05-BEFORE breach days 9, wanted 10",
  ],
  [day(20), anObjectionAnswer(), "granted, CN-TND-05 breach days 4, wanted 3"],
  [day(25), aStep("bidsClosed", { on: "2026-03-27" }), "granted"],
  [day(25), aStep("evaluated", { on: "2026-03-27" }), "granted"],
  [
    day(25),
    aStep("noticed", { bidder: "huaxing" }),
    "granted, V-POINTS breach bidder huaxing, points 8125, other sanhe, other-points 8750",
  ],
  [day(26), anObjection({ objection: "points" }), "granted"],
  [
    day(27),
    anObjectionAnswer({ objection: "points", outcome: "upheld" }),
    "granted",
  ],
  [day(29), anAward({ bidder: "huaxing" }), next("awarded", "evaluated")],
  [day(29), aStep("evaluated", { on: "2026-03-31" }), "granted"],
);
check(
  "a complaint is before the supervisor and stops nothing, but is seen on the award until it is decided",
  ...founded(),
  ...noticed,
  [
    day(27),
    anObjection({ stage: "complaint", on: "2026-03-29" }),
    "V-PROCEDURE missing stage complaint, fact knew",
  ],
  [
    day(27),
    anObjection({
      ...{ stage: "complaint", on: "2026-03-29", knew: "2026-03-18" },
    }),
    "granted, CN-TND-06 breach days 11, wanted 10",
  ],
  [day(29), anAward(), "granted, CN-TND-06 breach complaint objection-1"],
  [
    day(30),
    anObjectionAnswer({ outcome: "upheld" }),
    "V-PROCEDURE missing objection objection-1, fact admitted",
  ],
  [
    day(30),
    anObjectionAnswer({ outcome: "upheld", admitted: "2026-03-30" }),
    "granted",
  ],
  [day(31), aStep("agreementDecided"), next("agreementDecided", "evaluated")],
);
check(
  "a withdrawal has a reason, and what is given past it is seen",
  ...founded([]),
  ...given(day(2), anOpening()),
  [
    day(3),
    anAuthorisation(),
    `V-PROCEDURE breach ${procedure}, next-step documentsIssued`,
  ],
  [day(3), aProcedureEnd(), "granted"],
  [day(3), aProcedureEnd(), `V-ENDED breach ${procedure}`],
  [day(3), anOpening(), "V-NEW breach procedure vehicles-2026"],
  [
    day(4),
    anAuthorisation(),
    `granted, V-WITHDRAWN breach ${procedure}, reason disputed`,
  ],
);
check(
  "who is authorised is who was awarded, over what was tendered, and no more exclusively",
  ...founded([]),
  ...given(
    day(2),
    anOpening(),
    aStep("documentsIssued", { until: "2026-03-04", bidsDue: "2026-03-04" }),
    aStep("bidsClosed", { on: "2026-03-04" }),
    aStep("evaluated", { on: "2026-03-04" }),
    aStep("noticed", { on: "2026-03-04", until: "2026-03-04" }),
    anAward({ on: "2026-03-04" }),
    aStep("signed", { on: "2026-03-04" }),
  ),
  [
    day(2),
    {
      ...authorisation,
      ...{ operator: "huaxing", datasets: ["vehicles", "stations"] },
      exclusive: true,
    },
    [
      `V-SCOPE breach ${procedure}, dataset stations`,
      `V-SCOPE missing ${procedure}, dataset owners`,
      `V-SCOPE breach ${procedure}, operator huaxing, awarded sanhe`,
      `V-SCOPE breach ${procedure}, exclusive yes`,
    ].join("; "),
  ],
  [
    day(2),
    anAuthorisation({ procedureOf: "vehicles-2026" }),
    `V-PROCEDURE breach ${procedure}, told twice`,
  ],
  [day(2), authorisation, "granted"],
);
check(
  "what was told elsewhere before it was entered is entered all the same, and seen",
  ...founded([]),
  ...given(day(2), anOpening()),
  [
    day(4),
    aStep("documentsIssued"),
    "granted, V-TOLD breach fact documentsIssued.on, on 2026-03-04",
  ],
);

const attesting: Rules = [{ rule: "V-ATTESTED" }];
const may = (fact: string) =>
  `V-ATTESTED missing fact ${fact}, may-attest price-officer`;
check(
  "a plan, a declaration and an agreement count only as another post found them",
  ...founded(attesting),
  ...given(day(1), anOpening()),
  [day(2), aStep("documentsIssued"), may("procedure.plan.items")],
  [
    day(2),
    anAttestation({ found: { what: "plan", items: ["exit"] } }),
    "granted",
  ],
  [day(2), aStep("documentsIssued"), may("procedure.plan.items")],
  [
    day(2),
    anAttestation({ attestation: "whole-plan" }),
    approved("registrar"),
    "I4 breach post registrar, lacks-power attest",
  ],
  [day(2), anAttestation({ attestation: "whole-plan" }), "granted"],
  [
    day(2),
    anAttestation({ attestation: "whole-plan" }),
    "V-NEW breach attestation whole-plan",
  ],
  [day(2), aStep("documentsIssued"), "granted"],
  ...given(day(22), aStep("bidsClosed")),
  [
    day(24),
    aStep("evaluated"),
    [1, 2, 3, 4, 5].map((one) => may(`bidsClosed.committee.${one}`)).join("; "),
  ],
  [
    day(24),
    anAttestation({
      attestation: "committee",
      papers: [1, 2, 3, 4, 5].map((one) => secretOf(`declaration ${one}`)),
      found: { what: "noTie" },
    }),
    "granted",
  ],
  ...given(day(24), aStep("evaluated")),
  ...given(day(25), aStep("noticed")),
  ...given(day(29), anAward()),
  ...given(day(32), aStep("signed")),
  [day(35), authorisation, may("procedure.agreement.items")],
  [
    day(35),
    anAttestation({
      attestation: "agreement",
      papers: [paperOf("agreement")],
      found: { what: "agreement", items: 13 },
    }),
    "granted",
  ],
  [day(35), authorisation, "granted"],
);
check(
  "nobody attests what he prepared, by another of his posts either",
  [
    day(0),
    theGenesis({
      rulebook: { ...theRulebook, rules: attesting },
      tenures: [
        ...theGenesis().tenures,
        { person: 2, post: "price-officer", mode: "acting" },
      ],
    }),
    "granted",
  ],
  ...given(day(1), ...registered),
  [day(1), anOpening(), "granted"],
  [
    day(1),
    anAttestation(),
    approved("price-officer", { person: 2 }),
    "granted",
  ],
  [
    day(2),
    aStep("documentsIssued"),
    "V-ATTESTED breach fact procedure.plan.items, same-person prepared-and-attested",
  ],
);
check(
  "a procedure that is told afterwards rests on attested papers too",
  ...founded(attesting),
  [
    day(2),
    anAuthorisation({
      procedure: {
        ...{ method: "negotiation", record: paperOf("talks") },
        plan: { paper: paperOf("plan"), items: ["exit"] },
      },
    }),
    prepared("registrar"),
    approved("head"),
    may("procedure.plan.items"),
  ],
);

const exclusive = anAuthorisation({ exclusive: true });
check(
  "a sole partner stands with the ground, the end and the day of its review, or does not stand",
  ...founded([{ rule: "CN-CMP-01" }]),
  [day(2), exclusive, "CN-CMP-01 missing fact exclusivity.rule"],
  [
    day(2),
    { ...exclusive, exclusivity: { rule: "CN-CMP-02", review: day(701) } },
    `CN-CMP-01 breach review ${day(701)}, latest ${day(700)}`,
  ],
  [
    day(2),
    { ...exclusive, exclusivity: { rule: "CN-CMP-02", review: day(2) } },
    `V-ORDER breach from ${day(2)}, to ${day(2)}`,
  ],
  [
    day(2),
    anAuthorisation({
      exclusivity: { rule: "CN-CMP-02", review: day(300) },
    }),
    "V-FORM breach exclusivity none",
  ],
  [
    day(2),
    {
      ...exclusive,
      exclusivity: { rule: "CN-CMP-02", review: day(300) },
      procedure: {
        ...{ method: "openTender", record: paperOf("tender") },
        review: {
          ...{ conclusion: "noRestriction", on: "2026-03-03" },
          paper: paperOf("review"),
        },
      },
    },
    "CN-CMP-01 breach conclusion noRestriction",
  ],
  [
    day(2),
    { ...exclusive, exclusivity: { rule: "CN-CMP-02", review: day(300) } },
    "granted",
  ],
);
const rival = anOrganisation({ organisation: "rival", title: "Rival" });
check(
  "whoever is refused what one has alone, or what one like it may use, sees that in the refusal",
  ...founded([]),
  [day(2), anAuthorisation(), "granted"],
  ...given(day(2), aProduct(), rival, anApplication({ organisation: "rival" })),
  ...given(
    day(2),
    anApplication({ application: "second", organisation: "sanhe" }),
  ),
  [day(3), aPermit(), "granted"],
  [
    day(4),
    aRefusal(),
    [
      "granted, V-EFFECT breach dataset vehicles, permit huaxing-vehicles, holder huaxing",
      "V-ALIKE breach permit huaxing-vehicles, organisation huaxing, class enterprise",
    ].join("; "),
  ],
  [
    day(4),
    aPermit({
      permit: "for-rival",
      organisation: "rival",
      purpose: "insurance",
    }),
    "granted",
  ],
  [
    day(4),
    aRefusal({ application: "second" }),
    "granted, V-ALIKE breach permit huaxing-vehicles, organisation huaxing, class enterprise",
  ],
);
check(
  "whoever is refused what is operated exclusively sees by whom",
  ...founded([]),
  [day(2), exclusive, "granted"],
  ...given(day(2), aProduct(), anApplication()),
  [
    day(4),
    aRefusal(),
    "granted, V-EFFECT breach dataset vehicles, authorisation sanhe-vehicles, holder sanhe",
  ],
);
