import type { ActKind } from "../acts/act.ts";
import type { Finding } from "../acts/entry.ts";
import type { Power } from "../acts/shapes.ts";
import type { Signer, Statement } from "../acts/statement.ts";
import { holders, type ReadRegister } from "../register/register.ts";
import { breach, missing } from "./findings.ts";

/** A statement and the ids of the keys that signed it, in the order of its signers; none while it is only explained. */
export type Signed = {
  readonly statement: Statement;
  readonly keys: readonly string[];
};

type Wanted = {
  /** `signer`: no power, but whoever signed the entry that the act is about, from any post of theirs. */
  readonly approve: Power | "signer";
  readonly prepare?: Power;
  readonly holder?: true;
};

/** Which power approves a kind of act, and which prepares it where the rulebook separates the two. */
export const wanted = {
  genesis: { approve: "adopt" },
  rulebookAdopted: { approve: "adopt" },
  localRulebookAdopted: { approve: "adoptLocal" },
  pilotPromoted: { approve: "adoptLocal" },
  localRulebookEnded: { approve: "adoptLocal" },
  calendarAdopted: { approve: "adopt" },
  witnessPolicyAdopted: { approve: "administer" },
  logKeyChanged: { approve: "administer" },
  logEnded: { approve: "administer" },
  machineKeyEnrolled: { approve: "administer" },
  gatewayOpened: { approve: "administer" },
  gatewayClosed: { approve: "administer" },
  body: { approve: "register" },
  bodySucceeded: { approve: "register" },
  system: { approve: "register" },
  person: { approve: "register" },
  post: { approve: "appoint", prepare: "register" },
  tenure: { approve: "appoint", prepare: "register" },
  tenureEnded: { approve: "appoint" },
  reportedTenure: { approve: "report" },
  keyEnrolled: { approve: "enrol", holder: true },
  keyRevoked: { approve: "enrol" },
  dataset: { approve: "register" },
  product: { approve: "approveProducts", prepare: "prepareProducts" },
  productWithdrawn: { approve: "approveProducts" },
  feeCeiling: { approve: "setCeilings" },
  feeStandard: { approve: "approveFees", prepare: "prepareFees" },
  feeEnded: { approve: "approveFees" },
  organisation: { approve: "register" },
  authorisation: { approve: "authorise", prepare: "prepareAuthorisations" },
  authorisationEnded: { approve: "authorise" },
  agreementChanged: { approve: "authorise", prepare: "prepareAuthorisations" },
  permit: { approve: "permit", prepare: "preparePermits" },
  permitRevoked: { approve: "permit" },
  reportedAuthorisation: { approve: "report" },
  reportedDecision: { approve: "report" },
  confirmed: { approve: "confirm", prepare: "prepareAuthorisations" },
  contribution: { approve: "contribute" },
  contributionNotice: { approve: "contribute" },
  applicationReceived: { approve: "preparePermits" },
  completionAsked: { approve: "preparePermits" },
  completionReceived: { approve: "preparePermits" },
  applicationExtended: { approve: "permit" },
  applicationRefused: { approve: "permit", prepare: "preparePermits" },
  applicationWithdrawn: { approve: "preparePermits" },
  procedureOpened: { approve: "prepareAuthorisations" },
  procedureStep: { approve: "prepareAuthorisations" },
  procedureAwarded: { approve: "authorise", prepare: "prepareAuthorisations" },
  procedureWithdrawn: { approve: "authorise" },
  objectionReceived: { approve: "receiveQuestions" },
  objectionAnswered: { approve: "authorise", prepare: "prepareAuthorisations" },
  attested: { approve: "attest" },
  registrationApplied: { approve: "applyRegistrations" },
  registrationAsked: { approve: "registerResources" },
  registrationCompleted: { approve: "registerResources" },
  registrationAccepted: { approve: "registerResources" },
  registrationRefused: { approve: "registerResources" },
  registrationReviewed: { approve: "registerResources" },
  registrationNoticed: { approve: "registerResources" },
  registrationObjected: { approve: "registerResources" },
  objectionDecided: { approve: "registerResources" },
  registrationCoded: { approve: "registerResources" },
  registrationRenewed: { approve: "registerResources" },
  registrationChanged: { approve: "registerResources" },
  registrationCorrected: { approve: "registerResources" },
  cancellationAccepted: { approve: "registerResources" },
  registrationCancelled: { approve: "registerResources" },
  registrationRevoked: { approve: "registerResources" },
  withheld: { approve: "withhold", prepare: "register" },
  withheldEnded: { approve: "withhold" },
  appealLodged: { approve: "receiveOrders" },
  appealExtended: { approve: "receiveOrders" },
  appealDecided: { approve: "receiveOrders" },
  orderReceived: { approve: "receiveOrders" },
  dutyDone: { approve: "receiveOrders" },
  // By whoever may do what it enters, and beside them by another post with this power.
  override: { approve: "override" },
  overrideReviewed: { approve: "override" },
  disowned: { approve: "signer" },
  tieDeclared: { approve: "appoint" },
  tieEnded: { approve: "appoint" },
  recused: { approve: "appoint" },
  promised: { approve: "promise" },
  promiseKept: { approve: "promise" },
  promiseEnded: { approve: "promise" },
  renewalAsked: { approve: "preparePermits" },
  renewalGranted: { approve: "permit", prepare: "preparePermits" },
  renewalRefused: { approve: "permit", prepare: "preparePermits" },
  permittedRevenue: { approve: "setRevenue" },
  incomeStated: { approve: "authorise", prepare: "prepareAuthorisations" },
  reportSent: { approve: "report" },
  refunded: { approve: "approveFees", prepare: "prepareFees" },
  questionReceived: { approve: "receiveQuestions" },
  questionAnswered: { approve: "receiveQuestions" },
} as const satisfies Record<ActKind, Wanted>;

/** A post with one of these powers grants rights, prices, posts or keys: its keys are enrolled by two persons. */
const granting: ReadonlySet<Power> = new Set<Power>([
  "appoint",
  "enrol",
  "adopt",
  "adoptLocal",
  "administer",
  "confirm",
  "approveProducts",
  "setCeilings",
  "approveFees",
  "priceOperators",
  "priceBodies",
  "authorise",
  "permit",
  "contribute",
  "withhold",
  "attest",
  "registerResources",
  "override",
  "receiveOrders",
  "setRevenue",
]);

export function isGranting(register: ReadRegister, post: string): boolean {
  return (
    register.posts.get(post)?.act.powers.some((power) => granting.has(power)) ??
    false
  );
}

export function hasPower(
  register: ReadRegister,
  post: string | undefined,
  power: Power,
): boolean {
  return (
    post !== undefined &&
    (register.posts.get(post)?.act.powers.includes(power) ?? false)
  );
}

/** One of these powers is wanted of whoever signs a kind of act. */
export function powersFor(kind: ActKind, isPreparer: boolean): Power[] {
  const { approve, prepare }: Wanted = wanted[kind];
  if (approve === "signer") return [];
  return isPreparer && prepare !== undefined ? [prepare, approve] : [approve];
}

/** I4: the right posts signed, held by the signers on that day, with keys old enough, preparer and approver apart. */
export function decideSigning(
  register: ReadRegister,
  { statement, keys }: Signed,
  at: number,
): readonly Finding[] {
  const { act, signers } = statement;
  const rule: Wanted = wanted[act.kind];
  return [
    ...signers.flatMap((signer) => decideHolder(register, signer, at, rule)),
    ...keys.flatMap((key) => decideKeyAge(register, key, at)),
    ...decideApproval(register, statement, rule),
    ...decideSeparation(register, statement, rule),
  ];
}

export function decideHolder(
  register: ReadRegister,
  signer: Signer,
  at: number,
  rule: { readonly holder?: true } = {},
): readonly Finding[] {
  if (signer.role === "holder") {
    return rule.holder === true ? [] : [breach("I4", ["role", "holder"])];
  }
  if (signer.role === "published") return [breach("I4", ["role", "published"])];
  if (signer.post === undefined)
    return [missing("I4", ["post-of-role", signer.role])];
  const held = holders(register, signer.post, at).some(
    (tenure) => tenure.act.person === signer.person,
  );
  return held ? [] : [breach("I4", ["not-held-by-signer", signer.post])];
}

function decideKeyAge(
  register: ReadRegister,
  key: string,
  at: number,
): readonly Finding[] {
  const enrolled = register.keys.get(key);
  if (enrolled === undefined || enrolled.activeFrom <= at) return [];
  return [breach("I4", ["key", key], ["signs-from", enrolled.activeFrom])];
}

function decideApproval(
  register: ReadRegister,
  statement: Statement,
  rule: Wanted,
): readonly Finding[] {
  const approvers = statement.signers.filter((s) => s.role === "approved");
  const preparers = statement.signers.filter((s) => s.role === "prepared");
  const { approve } = rule;
  if (approve === "signer")
    return approvers.length === 0 ? [missing("I4", ["role", "approved"])] : [];
  const lacking = [
    ...approvers
      .filter((s) => !hasPower(register, s.post, approve))
      .map((s) => ({ post: s.post, power: approve })),
    ...preparers
      .filter(
        (s) =>
          !hasPower(register, s.post, approve) &&
          (rule.prepare === undefined ||
            !hasPower(register, s.post, rule.prepare)),
      )
      .map((s) => ({ post: s.post, power: rule.prepare ?? approve })),
  ];
  return [
    ...(approvers.length === 0
      ? [missing("I4", ["role", "approved"], ["power", approve])]
      : []),
    ...lacking.map(({ post, power }) =>
      breach("I4", ["post", post ?? "none"], ["lacks-power", power]),
    ),
  ];
}

/** What is signed as something else is: a right that is confirmed as a right, another term of a permit as a permit. */
const separatedAs: Readonly<Partial<Record<ActKind, ActKind>>> = {
  confirmed: "authorisation",
  agreementChanged: "authorisation",
  renewalGranted: "permit",
};

function decideSeparation(
  register: ReadRegister,
  { act, signers }: Statement,
  rule: Wanted,
): readonly Finding[] {
  const separated = register.rulebook?.act.separated ?? [];
  const like = separatedAs[act.kind];
  if (
    !separated.includes(act.kind) &&
    (like === undefined || !separated.includes(like))
  )
    return [];
  const preparers = signers.filter((s) => s.role === "prepared");
  if (rule.approve === "signer") return [];
  // A kind that no power prepares is prepared by another holder of the power that approves.
  const power = rule.prepare ?? rule.approve;
  if (preparers.length === 0)
    return [missing("I4", ["role", "prepared"], ["power", power])];
  const approvers = new Set(
    signers.filter((s) => s.role === "approved").map((s) => s.person),
  );
  return preparers.some((s) => approvers.has(s.person))
    ? [breach("I4", ["same-person", "prepared-and-approved"])]
    : [];
}
