import { anAuthorisation } from "../../test/story-acts.ts";
import { day } from "../../test/story-founding.ts";
import {
  anAward,
  anObjection,
  anObjectionAnswer,
  anOpening,
  aProcedureEnd,
  aStep,
} from "../../test/story-procedure-steps.ts";
import {
  founded,
  procedure,
  next,
  issued,
  noticed,
  noTender,
} from "../../test/story-proceeding.ts";
import { check, given } from "../../test/story.ts";

/** Whoever is passed over can say so before it is too late. */

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
  "whoever withdraws a procedure while somebody objects gives its data to nobody without a new one, until the answer is there",
  ...founded([]),
  ...given(day(1, 9), anOpening(), aStep("documentsIssued")),
  ...given(day(3), anObjection({ stage: "documents", on: "2026-03-05" })),
  [day(3), aProcedureEnd(), "granted"],
  [
    day(3),
    anAuthorisation({ authorisation: "told" }),
    `V-PROCEDURE breach ${procedure}, objection objection-1, next-step procedureOpened`,
  ],
  [day(4), anOpening({ procedure: "anew" }), "granted"],
  [day(4), aProcedureEnd({ procedure: "anew" }), "granted"],
  [
    day(5),
    anAuthorisation({ authorisation: "told" }),
    `V-PROCEDURE breach ${procedure}, objection objection-1, next-step procedureOpened`,
  ],
  [day(5), anObjectionAnswer(), "granted"],
  [
    day(5),
    anAuthorisation({ authorisation: "told" }),
    `granted, V-WITHDRAWN breach ${procedure}, reason disputed; V-WITHDRAWN breach procedure anew, reason disputed`,
  ],
);
check(
  "an objection that lay in a drawer until the award is heard, seen and answered before anybody signs",
  ...founded(),
  ...noticed,
  ...given(day(29), anAward()),
  [
    day(29),
    anObjection({ on: "2026-03-28" }),
    "granted, V-RECEIVED breach objection objection-1, on 2026-03-28",
  ],
  [
    day(31),
    aStep("agreementDecided"),
    `V-PROCEDURE breach ${procedure}, objection objection-1, step agreementDecided, next-step objectionAnswered`,
  ],
  [
    day(31),
    anObjectionAnswer({ outcome: "upheld" }),
    "granted, CN-TND-04 breach days 5, wanted 3",
  ],
  [day(31), aStep("agreementDecided"), next("agreementDecided", "evaluated")],
);
check(
  "what was withdrawn before an objection was entered is stopped by it all the same",
  ...founded([]),
  ...given(day(1, 9), anOpening(), aStep("documentsIssued"), aProcedureEnd()),
  [
    day(4),
    anObjection({ stage: "documents", on: "2026-03-05" }),
    "granted, V-RECEIVED breach objection objection-1, on 2026-03-05",
  ],
  [
    day(4),
    anAuthorisation({ authorisation: "told" }),
    `V-PROCEDURE breach ${procedure}, objection objection-1, next-step procedureOpened`,
  ],
);
