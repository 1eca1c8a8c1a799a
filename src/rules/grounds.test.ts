import {
  aCeiling,
  aFee,
  aFeeEnded,
  anAuthorisation,
  anAuthorisationEnd,
  aProduct,
  offered,
  registered,
} from "../../test/story-acts.ts";
import {
  day,
  posts,
  type Rulebook,
  theGenesis,
  theRulebook,
  without,
} from "../../test/story-founding.ts";
import { approved, check, given, prepared } from "../../test/story.ts";

/** I3: product, price inside its ceiling, power over the price, ground, publication before the first charge. */

const scene = given(day(1), ...offered);
const under = [...scene, ...given(day(2), aCeiling())];
/** Whoever prices public bodies, and a rulebook that lets them charge. */
const bodyGround: Rulebook["grounds"][number] = {
  ground: "search-fee",
  rule: "CN-DEP-04",
  payee: "body",
  purposes: ["industry"],
};

check(
  "an approval is not a ground: a fee without one is refused, whoever approved it",
  ...under,
  [day(3), without(aFee(), "ground"), "I3 missing ground none"],
  [
    day(3),
    aFee({ ground: "the-heads-letter" }),
    "I3 missing ground the-heads-letter",
  ],
);

check(
  "no law lets a department charge for data it holds anyway",
  ...under,
  [
    day(3),
    aFee({ payee: { body: "transport" } }),
    "CN-PRC-18 breach payee-kind body; CN-DEP-04 breach payee-kind body",
  ],
  [
    day(3),
    aFee({ payee: { body: "unheard-of" } }),
    "CN-PRC-18 breach payee-kind body; CN-DEP-04 breach payee-kind body; V-REF missing body unheard-of",
  ],
);

check(
  "where a provision lets a body charge, it takes an approver with power over that price",
  [
    day(0),
    theGenesis({
      rulebook: {
        ...theRulebook,
        grounds: [bodyGround, ...theRulebook.grounds],
      },
      posts: posts("head", "priceBodies"),
    }),
    "granted",
  ],
  ...given(day(1), ...offered, aCeiling()),
  [
    day(2),
    aFee({ payee: { body: "transport" }, ground: "search-fee" }),
    "granted",
  ],
  [
    day(2),
    aFee({ fee: "other", payee: { body: "transport" } }),
    "CN-DEP-04 breach payee-kind body",
  ],
  [
    day(2),
    aFee({ fee: "other", ground: "search-fee" }),
    "I3 missing ground search-fee",
  ],
);

check(
  "a ground for other purposes is none: industry alone pays an operator",
  [
    day(0),
    theGenesis({
      rulebook: {
        ...theRulebook,
        grounds: [
          {
            ground: "operation-service-fee",
            rule: "CN-PRC-02",
            payee: "operator",
            purposes: ["publicWelfare"],
          },
        ],
      },
    }),
    "granted",
  ],
  ...given(day(1), ...offered, aCeiling()),
  [day(2), aFee(), "I3 breach ground operation-service-fee, purposes none"],
);

check(
  "the payee operates the product, and nobody else is paid for it",
  ...under,
  [
    day(3),
    aFee({ payee: { organisation: "huaxing" } }),
    "I3 missing authorisation-of huaxing, product vehicle-records",
  ],
  [
    day(3),
    aFee({ payee: { organisation: "shell-company" } }),
    "V-REF missing organisation shell-company; I3 missing authorisation-of shell-company, product vehicle-records",
  ],
  [day(4), anAuthorisationEnd(), "granted"],
  [
    day(5),
    aFee(),
    "I3 missing authorisation-of sanhe, product vehicle-records",
  ],
);

check(
  "what the office offers itself pays no operator",
  ...given(
    day(1),
    ...registered,
    without(aProduct(), "authorisation"),
    aCeiling(),
  ),
  [
    day(3),
    aFee(),
    "I3 missing authorisation-of sanhe, product vehicle-records",
  ],
);

check(
  "public governance and public welfare pay nothing",
  ...given(
    day(1),
    ...registered,
    anAuthorisation(),
    aProduct({ purposes: ["traffic-safety", "research"] }),
    aCeiling(),
  ),
  [
    day(3),
    aFee(),
    "I3 breach ground operation-service-fee, purposes none; CN-PRC-01 breach product vehicle-records",
  ],
  [
    day(3),
    aFee({ amount: 0 }),
    "I3 breach ground operation-service-fee, purposes none",
  ],
);

check(
  "only who may approve fees and has power over operators' prices approves one",
  [day(0), theGenesis({ posts: posts("registrar", "approveFees") }), "granted"],
  ...given(day(1), ...offered, aCeiling()),
  [
    day(3),
    aFee(),
    prepared("registrar"),
    approved("price-officer"),
    "CN-PRC-18 breach payee-kind operator; I4 breach post price-officer, lacks-power approveFees",
  ],
  [
    day(3),
    aFee(),
    prepared("registrar", { person: 2 }),
    approved("registrar"),
    "CN-PRC-18 breach payee-kind operator; I4 breach same-person prepared-and-approved",
  ],
  [
    day(3),
    aFee(),
    prepared("head"),
    approved("registrar"),
    "CN-PRC-18 breach payee-kind operator",
  ],
  [day(3), aFee(), prepared("registrar"), approved("head"), "granted"],
);

check(
  "a price is ended once, by its id, and the id is never used again",
  ...under,
  [day(3), aFeeEnded(), "V-REF missing fee vehicles-fee"],
  [day(3), aFee({ to: day(10) }), "granted"],
  [day(4), aFee(), "V-NEW breach fee vehicles-fee"],
  [day(4), aCeiling(), "V-NEW breach ceiling vehicles-max"],
  [day(5), aFeeEnded(), "granted"],
  [day(6), aFeeEnded(), "V-ENDED breach fee vehicles-fee"],
  [day(7), aFee({ fee: "next", to: day(10) }), "granted"],
  [day(10) - 1, aFeeEnded({ fee: "next" }), "granted"],
  [day(7 + 4), aFee({ fee: "last", to: day(12) }), "granted"],
  [day(12), aFeeEnded({ fee: "last" }), "V-ENDED breach fee last"],
);

check(
  "under an expired rulebook nothing new is priced, to the very hour",
  [
    day(0),
    theGenesis({ rulebook: { ...theRulebook, until: day(4) } }),
    "granted",
  ],
  ...given(day(1), ...offered, aCeiling()),
  [day(4) - 1, aFee(), "granted"],
  [day(4), aFee({ fee: "late" }), `I5 breach rulebook-until ${day(4)}`],
  [day(4), aCeiling({ ceiling: "late" }), `I5 breach rulebook-until ${day(4)}`],
  [day(5), aFeeEnded(), "granted"],
);
