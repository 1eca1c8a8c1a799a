import { anAgreementChange } from "./story-agreements.ts";
import type { Act, ActKind } from "../src/acts/act.ts";
import {
  aCeiling,
  aConfirmation,
  aFee,
  aFeeEnded,
  aKey,
  aKeyEnd,
  anAuthorisation,
  anAuthorisationEnd,
  anOrganisation,
  aPermit,
  aProduct,
  aReport,
  aRevocation,
  aTenure,
  aTenureEnd,
  aWithdrawal,
  oneOfEach,
} from "./story-acts.ts";
import { anApplication, aRefusal } from "./story-applications.ts";
import {
  anAppeal,
  anOrder,
  anOverride,
  aTie,
  aTieEnd,
} from "./story-beyond.ts";
import { aContribution, aNotice } from "./story-contributions.ts";
import { day, paperOf, without } from "./story-founding.ts";
import {
  anAttestation,
  anOpening,
  aStep,
  inProcedure,
  leadingToAward,
} from "./story-procedure-steps.ts";
import { aRegistration } from "./story-registrations.ts";
import { given, type Step } from "./story.ts";

/**
 * An act of every kind with the organisations and the persons that it touches, as a clerk would list them: sanhe operates what is offered,
 * has a permit for it, and bid in a procedure; huaxing asks for things.
 */
type Listed = readonly [Act, ...(string | number)[]];
const registration = aRegistration({
  resource: { product: "vehicle-records" },
  registrant: { organisation: "sanhe" },
});
const renewing = { permit: "huaxing-vehicles" };
const application = { application: "application-1" };
const procedure = { procedure: "awarded-at-once" };
const obliging = anOrder({
  effects: [
    {
      ...{ does: "obliges", duty: "duty-1", what: "product" },
      ...{ id: "vehicle-records", by: day(30) },
    },
  ],
});
const touching: Readonly<
  Record<Exclude<ActKind, "genesis">, readonly Listed[]>
> = {
  ...nobodyIn([
    ...(["rulebookAdopted", "localRulebookAdopted", "pilotPromoted"] as const),
    ...(["localRulebookEnded", "calendarAdopted"] as const),
    ...(["witnessPolicyAdopted", "logKeyChanged", "logEnded"] as const),
    ...(["machineKeyEnrolled", "gatewayOpened", "gatewayClosed"] as const),
    ...(["body", "bodySucceeded", "system", "person", "post"] as const),
    ...(["reportedTenure", "dataset", "reportedDecision"] as const),
    ...(["questionReceived", "questionAnswered", "withheld"] as const),
    ...(["withheldEnded", "procedureOpened", "objectionReceived"] as const),
    ...(["tieDeclared", "recused", "promised", "promiseKept"] as const),
    ...(["promiseEnded", "registrationObjected", "disowned"] as const),
  ]),
  tenure: [[aTenure(), 7]],
  tenureEnded: [[aTenureEnd({ person: 2 }), 2]],
  keyEnrolled: [[aKey(7), 7]],
  keyRevoked: [[aKeyEnd("person-7"), 7]],
  organisation: [[anOrganisation(), "huaxing"]],
  product: [[aProduct({ product: "second" }), "sanhe"]],
  productWithdrawn: [[aWithdrawal(), "sanhe"]],
  feeCeiling: [[aCeiling({ ceiling: "second" }), "sanhe"]],
  feeStandard: [[aFee({ fee: "cheaper" }), "sanhe"]],
  feeEnded: [[aFeeEnded(), "sanhe"]],
  authorisation: [
    [
      anAuthorisation({ authorisation: "more", operator: "huaxing" }),
      "huaxing",
    ],
    [
      anAuthorisation({
        ...{ authorisation: "won", operator: "sanhe" },
        procedureOf: "awarded-at-once",
      }),
      ...["huaxing", "sanhe"],
    ],
  ],
  authorisationEnded: [[anAuthorisationEnd(), "sanhe"]],
  agreementChanged: [[anAgreementChange(), "sanhe"]],
  permit: [
    [aPermit({ permit: "second" }), "huaxing"],
    [aPermit({ permit: "third", organisation: "sanhe" }), "sanhe"],
  ],
  permitRevoked: [[aRevocation(), "huaxing"]],
  reportedAuthorisation: [[aReport({ reported: "other" }), "sanhe"]],
  confirmed: [[aConfirmation(), "sanhe"]],
  contribution: [[aContribution({ contribution: "c2" }), "sanhe"]],
  contributionNotice: [[aNotice(), "sanhe"]],
  applicationReceived: [
    [anApplication({ application: "application-2" }), "huaxing"],
  ],
  completionAsked: [[oneOf("completionAsked", application), "huaxing"]],
  completionReceived: [[oneOf("completionReceived", application), "huaxing"]],
  applicationExtended: [[oneOf("applicationExtended", application), "huaxing"]],
  applicationRefused: [[aRefusal(), "huaxing"]],
  applicationWithdrawn: [
    [oneOf("applicationWithdrawn", application), "huaxing"],
  ],
  procedureStep: [
    [
      inProcedure("bids", aStep("bidsClosed", { bidders: ["huaxing"] })),
      "huaxing",
    ],
    [inProcedure("awarded-at-once", aStep("signed")), "huaxing", "sanhe"],
  ],
  procedureAwarded: [
    [oneOf("procedureAwarded", procedure), "huaxing", "sanhe"],
  ],
  procedureWithdrawn: [
    [oneOf("procedureWithdrawn", procedure), "huaxing", "sanhe"],
  ],
  objectionAnswered: [
    [oneOf("objectionAnswered", procedure), "huaxing", "sanhe"],
  ],
  attested: [
    [anAttestation(), "huaxing", "sanhe"],
    [anAttestation({ papers: [paperOf("another")] })],
  ],
  appealLodged: [
    [anAppeal({ organisation: "huaxing", appeal: "appeal-2" }), "huaxing"],
    [without(anAppeal({ appeal: "appeal-3" }), "organisation")],
  ],
  appealExtended: [
    [oneOf("appealExtended", { appeal: "appeal-1" }), "huaxing"],
  ],
  appealDecided: [
    [
      oneOf("appealDecided", { appeal: "appeal-1", effects: obliging.effects }),
      ...["huaxing", "sanhe"],
    ],
  ],
  orderReceived: [
    [
      anOrder({
        order: "order-2",
        effects: [{ does: "ends", what: "permit", id: "huaxing-vehicles" }],
      }),
      "huaxing",
    ],
    [
      anOrder({
        order: "order-3",
        effects: [{ does: "ends", what: "fee", id: "vehicles-fee" }],
      }),
      "sanhe",
    ],
  ],
  dutyDone: [[oneOf("dutyDone", { duty: "duty-1" }), "sanhe"]],
  override: [
    [
      anOverride(
        anAuthorisation({
          ...{ authorisation: "long", operator: "huaxing" },
          ...{ datasets: ["vehicles"], to: day(6 * 365) },
        }),
      ),
      "huaxing",
    ],
  ],
  overrideReviewed: [
    [oneOf("overrideReviewed", { override: "override-1" }), "sanhe"],
  ],
  tieEnded: [
    [aTieEnd({ tie: "standing" }), "huaxing", 4],
    [aTieEnd({ tie: "between" }), 4, 3],
  ],
  renewalAsked: [[oneOf("renewalAsked", renewing), "huaxing"]],
  renewalGranted: [[oneOf("renewalGranted", renewing), "huaxing"]],
  renewalRefused: [[oneOf("renewalRefused", renewing), "huaxing"]],
  permittedRevenue: [[oneOf("permittedRevenue", {}), "sanhe"]],
  incomeStated: [[oneOf("incomeStated", {}), "sanhe"]],
  reportSent: [[oneOf("reportSent", {}), "sanhe"]],
  refunded: [
    [oneOf("refunded", { organisation: "huaxing" }), "huaxing", "sanhe"],
  ],
  registrationApplied: [
    [aRegistration({ registrant: { organisation: "huaxing" } }), "huaxing"],
    [aRegistration({ resource: { product: "vehicle-records" } }), "sanhe"],
  ],
  ...registered([
    ...(["registrationAsked", "registrationCompleted"] as const),
    ...(["registrationAccepted", "registrationRefused"] as const),
    ...(["registrationReviewed", "registrationNoticed"] as const),
    ...(["objectionDecided", "registrationCoded"] as const),
    ...(["registrationRenewed", "registrationChanged"] as const),
    ...(["registrationCorrected", "cancellationAccepted"] as const),
    ...(["registrationCancelled", "registrationRevoked"] as const),
  ]),
};
export const listedActs = Object.values(touching).flat();

/** The act of its kind that every office could grant, about something else. */
function oneOf(kind: ActKind, change: object): Act {
  const changed: object = { ...oneOfEach[kind], ...change };
  return changed as Act;
}
function nobodyIn<K extends ActKind>(
  kinds: readonly K[],
): Record<K, readonly Listed[]> {
  return listing(kinds, (kind) => [oneOfEach[kind]]);
}
function registered<K extends ActKind>(
  kinds: readonly K[],
): Record<K, readonly Listed[]> {
  return listing(kinds, (kind) => [oneOfEach[kind], "sanhe"]);
}
function listing<K extends ActKind>(
  kinds: readonly K[],
  list: (kind: K) => Listed,
): Record<K, readonly Listed[]> {
  const all: Partial<Record<K, readonly Listed[]>> = {};
  for (const kind of kinds) all[kind] = [list(kind)];
  return all as Record<K, readonly Listed[]>;
}

/** What stands in the register when the acts above come. */
export const touchable: readonly Step[] = [
  [
    day(1),
    anOverride(
      anAuthorisation({
        ...{ authorisation: "past", datasets: ["stations"] },
        to: day(6 * 365),
      }),
    ),
    `granted, V-OVERRIDE breach override override-1, review ${day(300)}; CN-OPS-10 breach to ${day(6 * 365)}, latest ${Date.UTC(2031, 2, 2, 16)}`,
  ],
  ...given(day(1), aReport(), aContribution(), registration, obliging),
  ...given(day(1), anAppeal({ organisation: "huaxing" })),
  ...given(
    day(1),
    ...leadingToAward.slice(0, 2),
    ...[
      aStep("bidsClosed", { on: "2026-03-03" }),
      aStep("evaluated", { on: "2026-03-03" }),
      aStep("noticed", { on: "2026-03-03", until: "2026-03-03" }),
    ].map((one) => inProcedure("awarded-at-once", one)),
    anOpening({ procedure: "bids", datasets: ["stations"] }),
    aTie({ tie: "standing", person: 4 }),
    aTie({ tie: "between", person: 4, to: { person: 3 } }),
  ),
];
