import { anAuthorisation, registered } from "../../test/story-acts.ts";
import {
  day,
  paperOf,
  posts,
  secretOf,
  theGenesis,
  theRulebook,
} from "../../test/story-founding.ts";
import {
  anAttestation,
  anAward,
  anOpening,
  aStep,
} from "../../test/story-procedure-steps.ts";
import {
  type Rules,
  founded,
  authorisation,
} from "../../test/story-proceeding.ts";
import { approved, check, given, prepared } from "../../test/story.ts";

/** What a paper says counts as another post found it. */

const attesting: Rules = [{ rule: "V-ATTESTED" }];
const may = (fact: string) =>
  `V-ATTESTED missing fact ${fact}, may-attest price-officer`;
check(
  "whoever finds less in a paper is not outvoted by another who finds all, before or behind: they look again",
  [
    day(0),
    theGenesis({
      rulebook: { ...theRulebook, rules: attesting },
      posts: posts("registrar", "attest"),
    }),
    "granted",
  ],
  ...given(day(1), ...registered, anOpening()),
  ...given(day(2), anAttestation()),
  [
    day(2),
    anAttestation({
      attestation: "second-look",
      found: { what: "plan", items: ["exit"] },
    }),
    approved("registrar"),
    "granted",
  ],
  [day(2), anAttestation({ attestation: "third-look" }), "granted"],
  [
    day(2),
    aStep("documentsIssued"),
    "V-ATTESTED breach fact procedure.plan.items, found-less-in-entry 10",
  ],
  [
    day(2),
    anAttestation({ attestation: "looked-again" }),
    approved("registrar"),
    "granted",
  ],
  [day(2), aStep("documentsIssued"), "granted"],
);
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
