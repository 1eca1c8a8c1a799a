import { anAuthorisation } from "../../test/story-acts.ts";
import { day, paperOf, secretOf, without } from "../../test/story-founding.ts";
import {
  anAward,
  anOpening,
  aProcedureEnd,
  aStep,
} from "../../test/story-procedure-steps.ts";
import {
  founded,
  procedure,
  next,
  planned,
  filed,
  authorisation,
  noTender,
} from "../../test/story-proceeding.ts";
import { check, given } from "../../test/story.ts";

/** An operator is chosen step by step, and each step is an entry. */

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
