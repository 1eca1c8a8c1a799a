import fc from "fast-check";
import type { Act, ActKind } from "../src/acts/act.ts";
import type { Ruling } from "../src/acts/entry.ts";
import { apply } from "../src/register/apply.ts";
import type { Register } from "../src/register/register.ts";
import { decide } from "../src/rules/decide.ts";
import type { Power } from "../src/acts/shapes.ts";
import {
  aKey,
  aPermit,
  aPerson,
  aPost,
  aReport,
  ownerCheck,
  priced,
} from "./story-acts.ts";
import { mayBeyond } from "./story-beyond.ts";
import {
  day,
  founders,
  HOUR,
  must,
  p,
  publicKeyOf,
  theGenesis,
} from "./story-founding.ts";
import { acts, type Dated, of, person, post } from "./story-random.ts";
import { plainly } from "./story-model-beyond.ts";
import type { Granted } from "./story-model.ts";
import {
  emptyHouse,
  type House,
  holder,
  type Signing,
  statementOf,
  usual,
} from "./story.ts";

/** Who may approve what and who may prepare it: written down a second time, by hand. */
export const may: Readonly<
  Record<
    // That one is approved by whoever signed the entry, with whatever powers.
    Exclude<ActKind, "disowned">,
    readonly [approve: Power, prepare?: Power]
  >
> = {
  genesis: ["adopt"],
  rulebookAdopted: ["adopt"],
  localRulebookAdopted: ["adoptLocal"],
  pilotPromoted: ["adoptLocal"],
  localRulebookEnded: ["adoptLocal"],
  calendarAdopted: ["adopt"],
  witnessPolicyAdopted: ["administer"],
  logKeyChanged: ["administer"],
  logEnded: ["administer"],
  machineKeyEnrolled: ["administer"],
  gatewayOpened: ["administer"],
  gatewayClosed: ["administer"],
  body: ["register"],
  bodySucceeded: ["register"],
  system: ["register"],
  person: ["register"],
  post: ["appoint", "register"],
  tenure: ["appoint", "register"],
  tenureEnded: ["appoint"],
  reportedTenure: ["report"],
  keyEnrolled: ["enrol"],
  keyRevoked: ["enrol"],
  dataset: ["register"],
  product: ["approveProducts", "prepareProducts"],
  productWithdrawn: ["approveProducts"],
  feeCeiling: ["setCeilings"],
  feeStandard: ["approveFees", "prepareFees"],
  feeEnded: ["approveFees"],
  organisation: ["register"],
  authorisation: ["authorise", "prepareAuthorisations"],
  authorisationEnded: ["authorise"],
  agreementChanged: ["authorise", "prepareAuthorisations"],
  permit: ["permit", "preparePermits"],
  permitRevoked: ["permit"],
  reportedAuthorisation: ["report"],
  reportedDecision: ["report"],
  confirmed: ["confirm", "prepareAuthorisations"],
  contribution: ["contribute"],
  contributionNotice: ["contribute"],
  applicationReceived: ["preparePermits"],
  completionAsked: ["preparePermits"],
  completionReceived: ["preparePermits"],
  applicationExtended: ["permit"],
  applicationRefused: ["permit", "preparePermits"],
  applicationWithdrawn: ["preparePermits"],
  procedureOpened: ["prepareAuthorisations"],
  procedureStep: ["prepareAuthorisations"],
  procedureAwarded: ["authorise", "prepareAuthorisations"],
  procedureWithdrawn: ["authorise"],
  objectionReceived: ["receiveQuestions"],
  objectionAnswered: ["authorise", "prepareAuthorisations"],
  attested: ["attest"],
  registrationApplied: ["applyRegistrations"],
  registrationAsked: ["registerResources"],
  registrationCompleted: ["registerResources"],
  registrationAccepted: ["registerResources"],
  registrationRefused: ["registerResources"],
  registrationReviewed: ["registerResources"],
  registrationNoticed: ["registerResources"],
  registrationObjected: ["registerResources"],
  objectionDecided: ["registerResources"],
  registrationCoded: ["registerResources"],
  registrationRenewed: ["registerResources"],
  registrationChanged: ["registerResources"],
  registrationCorrected: ["registerResources"],
  cancellationAccepted: ["registerResources"],
  registrationCancelled: ["registerResources"],
  registrationRevoked: ["registerResources"],
  ...mayBeyond,
  permittedRevenue: ["setRevenue"],
  incomeStated: ["authorise", "prepareAuthorisations"],
  reportSent: ["report"],
  refunded: ["approveFees", "prepareFees"],
  withheld: ["withhold", "register"],
  withheldEnded: ["withhold"],
  questionReceived: ["receiveQuestions"],
  questionAnswered: ["receiveQuestions"],
};

/** A history that does something has more grants than endings. */
const often: Partial<Record<ActKind, number>> = {
  feeStandard: 6,
  feeCeiling: 3,
  permit: 6,
  authorisation: 4,
  tenure: 5,
  product: 4,
  post: 2,
  keyEnrolled: 3,
  confirmed: 2,
  ...{ override: 6, orderReceived: 3, renewalAsked: 2 },
  genesis: 0,
  // Nothing could follow it.
  logEnded: 0,
  keyRevoked: 1,
};

export type Move = {
  readonly after: number;
  readonly act: Dated;
  readonly by: readonly Signing[] | undefined;
};

const role = of("approved", "approved", "prepared", "published", "holder");
const random = fc
  .tuple(role, post, person, fc.boolean())
  .map(([as, at, who, own]): Signing => {
    const held = new Map<string, number>(Object.entries(founders)).get(at) ?? 7;
    const signer = own ? held : who;
    return as === "holder"
      ? holder(signer)
      : { role: as, post: at, person: signer, key: `person-${signer}` };
  });

/** A random act by the usual signers, or by anybody. */
export const move: fc.Arbitrary<Move> = fc.record({
  after: fc.oneof(of(0, 0, 1, HOUR), fc.nat({ max: 5 * 24 * HOUR })),
  act: fc.oneof(
    ...Object.entries(acts).map(([kind, arbitrary]) => ({
      arbitrary,
      weight: often[kind as ActKind] ?? 1,
    })),
  ),
  by: fc.option(fc.array(random, { minLength: 1, maxLength: 3 }), {
    nil: undefined,
    freq: 3,
  }),
});

/** Histories by the usual signers, of acts that come as often as their weights say. */
export function movesBy(
  weights: Readonly<Partial<Record<ActKind, number>>>,
): fc.Arbitrary<Move[]> {
  return fc.array(
    fc.record({
      after: fc.oneof(of(0, 1, HOUR), fc.nat({ max: 24 * HOUR })),
      act: fc.oneof(
        ...Object.entries(weights).map(([kind, weight]) => ({
          arbitrary: must(acts[kind]),
          weight,
        })),
      ),
      by: fc.constant(undefined),
    }),
    { minLength: 3, maxLength: 25, size: "max" },
  );
}

/** The signers of a move: those of the act's kind, with the person whose key it is. */
export function signersFor(
  act: Act,
  by: readonly Signing[] | undefined,
): readonly Signing[] {
  if (by !== undefined) return by;
  if (act.kind !== "keyEnrolled") return usual[act.kind];
  const name = ["person-7", "person-8", "spare-1", "spare-2"].find(
    (one) => publicKeyOf(one) === act.key.publicKey,
  );
  return [holder(act.person, name), ...usual.keyEnrolled.slice(1)];
}

/** What most random histories begin with: people and things that an office works with. */
export const beginning: readonly Act[] = [
  ...priced,
  ownerCheck(),
  aPermit(),
  aReport(),
  aPerson(7),
  aPerson(8),
  aPost({ post: "clerk", powers: ["register", "permit"] }),
  aKey(7),
];

/** The way of an act without its signatures, where none are asked about: decided, and applied. */
export function actUnsigned(
  house: House,
  at: number,
  what: Act,
  by: readonly Signing[],
): Ruling {
  const statement = statementOf(house, at, what, [
    ...by,
    { slip: { seen: { size: 0, root: "" } } },
  ]);
  const ruling = decide(p, house.register, { statement, keys: [] }, at);
  apply(p, house.register, {
    v: 1,
    type: "act",
    at,
    edition: 1,
    statement,
    signatures: [],
    ruling,
  });
  return ruling;
}

/** A register grown without signatures, with the list of what was granted. */
export function growUnsigned(moves: readonly Move[]): {
  readonly register: Register;
  readonly granted: readonly Granted[];
} {
  const house = emptyHouse();
  const granted: Granted[] = [];
  const take = (at: number, act: Act, by: readonly Signing[]): void => {
    if (actUnsigned(house, at, act, by).outcome === "granted")
      granted.push({ at, act });
  };
  take(day(0), theGenesis(), usual.genesis);
  for (const act of beginning) take(day(1), act, signersFor(act, undefined));
  let at = day(2);
  for (const next of moves) {
    at += next.after;
    const act = next.act(at - (at % HOUR));
    take(at, act, signersFor(act, next.by));
  }
  return { register: house.register, granted: plainly(granted) };
}
