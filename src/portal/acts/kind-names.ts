import type { ActKind } from "../../acts/act.ts";
import type { LogRecord } from "../../acts/record.ts";
import { type Message, say } from "../lang/say.ts";
import { actKinds } from "../lang/zh/act-kinds.ts";

export type EntryKind = ActKind | LogRecord["kind"];

/** What was asked or recorded, as a heading of its kind. */
const NAMES = {
  genesis: "Founding act",
  rulebookAdopted: "Rulebook adopted",
  localRulebookAdopted: "Local rulebook adopted",
  pilotPromoted: "Pilot promoted",
  localRulebookEnded: "Local rulebook ended",
  calendarAdopted: "Calendar adopted",
  witnessPolicyAdopted: "Witness policy adopted",
  logKeyChanged: "Log key changed",
  logEnded: "Log ended",
  machineKeyEnrolled: "Machine key enrolled",
  gatewayOpened: "Gateway opened",
  gatewayClosed: "Gateway closed",
  body: "Public body registered",
  bodySucceeded: "Public body succeeded",
  system: "Information system registered",
  person: "Person numbered",
  post: "Post registered",
  tenure: "Tenure",
  tenureEnded: "Tenure ended",
  reportedTenure: "Earlier tenure reported",
  keyEnrolled: "Personal key enrolled",
  keyRevoked: "Personal key revoked",
  dataset: "Dataset registered",
  product: "Product",
  productWithdrawn: "Product withdrawn",
  feeCeiling: "Price ceiling",
  feeStandard: "Fee standard",
  feeEnded: "Fee standard ended",
  organisation: "Organisation registered",
  authorisation: "Authorisation of an operator",
  authorisationEnded: "Authorisation ended",
  agreementChanged: "Agreement changed",
  permit: "Permit",
  permitRevoked: "Permit revoked",
  reportedAuthorisation: "Earlier authorisation reported",
  reportedDecision: "Earlier decision reported",
  confirmed: "Reported right confirmed",
  contribution: "Data lent by a holder",
  contributionNotice: "Notice to end a loan of data",
  questionReceived: "Question received",
  questionAnswered: "Question answered",
  withheld: "Data withheld",
  withheldEnded: "Withholding ended",
  applicationReceived: "Application received",
  completionAsked: "Completion of an application asked for",
  completionReceived: "Completion of an application received",
  applicationExtended: "Term of an application extended",
  applicationRefused: "Application refused",
  applicationWithdrawn: "Application withdrawn",
  procedureOpened: "Procedure opened",
  procedureStep: "Step of a procedure",
  procedureAwarded: "Procedure awarded",
  procedureWithdrawn: "Procedure withdrawn",
  objectionReceived: "Objection to a procedure received",
  objectionAnswered: "Objection to a procedure answered",
  attested: "Papers attested",
  registrationApplied: "Registration applied for",
  registrationAsked: "Completion of a registration asked for",
  registrationCompleted: "Completion of a registration received",
  registrationAccepted: "Registration accepted",
  registrationRefused: "Registration refused",
  registrationReviewed: "Registration reviewed",
  registrationNoticed: "Registration put to public notice",
  registrationObjected: "Objection to a registration",
  objectionDecided: "Objection to a registration decided",
  registrationCoded: "Registration code issued",
  registrationRenewed: "Registration renewed",
  registrationChanged: "Registration changed",
  registrationCorrected: "Registration corrected",
  cancellationAccepted: "Cancellation of a registration accepted",
  registrationCancelled: "Registration cancelled",
  registrationRevoked: "Registration revoked",
  appealLodged: "Appeal lodged",
  appealExtended: "Term of an appeal extended",
  appealDecided: "Appeal decided",
  orderReceived: "Order received",
  dutyDone: "Duty done",
  override: "Decision against a rule",
  overrideReviewed: "Decision against a rule reviewed",
  disowned: "Act disowned",
  tieDeclared: "Tie declared",
  tieEnded: "Tie ended",
  recused: "Recusal",
  promised: "Promise made",
  promiseKept: "Promise kept",
  promiseEnded: "Promise given up",
  renewalAsked: "Renewal of a permit asked for",
  renewalGranted: "Renewal of a permit",
  renewalRefused: "Renewal of a permit refused",
  permittedRevenue: "Permitted revenue",
  incomeStated: "Income stated",
  reportSent: "Report sent",
  refunded: "Refund",
  head: "Head of a usage log",
  totals: "Totals of a closed usage log",
  vintage: "State of a dataset loaded",
  suspended: "Gateway found silent",
  dropped: "Usage log dropped",
  erased: "Openings erased",
} as const satisfies Readonly<Record<EntryKind, Message>>;

export const entryKinds = Object.keys(NAMES).filter(isEntryKind);

export function isEntryKind(kind: string): kind is EntryKind {
  return Object.hasOwn(NAMES, kind);
}

export function sayKind(kind: EntryKind): string {
  return say(NAMES[kind]);
}

/** In English, for files that programs read. */
export function englishKind(kind: EntryKind): string {
  return NAMES[kind];
}

/** In Chinese whatever the page speaks: what is looked for is found in both. */
export function actKindInChinese(kind: EntryKind): string {
  return actKinds[NAMES[kind]];
}
