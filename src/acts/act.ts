import * as z from "zod/mini";
import {
  applicationExtended,
  applicationReceived,
  applicationRefused,
  applicationWithdrawn,
  completionAsked,
  completionReceived,
} from "./applications.ts";
import { body, bodySucceeded, system } from "./bodies.ts";
import { calendarAdopted } from "./calendars.ts";
import { contribution, contributionNotice } from "./contributions.ts";
import { dataset, product, productWithdrawn } from "./data.ts";
import { feeCeiling, feeEnded, feeStandard } from "./money.ts";
import {
  gatewayClosed,
  gatewayOpened,
  genesis,
  logEnded,
  logKeyChanged,
  machineKeyEnrolled,
  rulebookAdopted,
  witnessPolicyAdopted,
} from "./office.ts";
import {
  keyEnrolled,
  keyRevoked,
  person,
  post,
  reportedTenure,
  tenure,
  tenureEnded,
} from "./people.ts";
import { questionAnswered, questionReceived } from "./questions.ts";
import {
  incomeStated,
  permittedRevenue,
  refunded,
  reportSent,
} from "./revenue.ts";
import {
  authorisation,
  authorisationEnded,
  confirmed,
  organisation,
  permit,
  permitRevoked,
  reportedAuthorisation,
  reportedDecision,
} from "./rights.ts";
import { withheld, withheldEnded } from "./withholding.ts";

/** The vocabulary: every kind of act that edition 1 knows. Later editions add kinds and never reshape one. */
export const actSchemas = {
  genesis,
  rulebookAdopted,
  calendarAdopted,
  witnessPolicyAdopted,
  logKeyChanged,
  logEnded,
  machineKeyEnrolled,
  gatewayOpened,
  gatewayClosed,
  body,
  bodySucceeded,
  system,
  person,
  post,
  tenure,
  tenureEnded,
  reportedTenure,
  keyEnrolled,
  keyRevoked,
  dataset,
  product,
  productWithdrawn,
  feeCeiling,
  feeStandard,
  feeEnded,
  organisation,
  authorisation,
  authorisationEnded,
  permit,
  permitRevoked,
  reportedAuthorisation,
  reportedDecision,
  confirmed,
  contribution,
  contributionNotice,
  questionReceived,
  questionAnswered,
  withheld,
  withheldEnded,
  applicationReceived,
  completionAsked,
  completionReceived,
  applicationExtended,
  applicationRefused,
  applicationWithdrawn,
  permittedRevenue,
  incomeStated,
  reportSent,
  refunded,
} as const;

export const act = z.discriminatedUnion("kind", [
  genesis,
  rulebookAdopted,
  calendarAdopted,
  witnessPolicyAdopted,
  logKeyChanged,
  logEnded,
  machineKeyEnrolled,
  gatewayOpened,
  gatewayClosed,
  body,
  bodySucceeded,
  system,
  person,
  post,
  tenure,
  tenureEnded,
  reportedTenure,
  keyEnrolled,
  keyRevoked,
  dataset,
  product,
  productWithdrawn,
  feeCeiling,
  feeStandard,
  feeEnded,
  organisation,
  authorisation,
  authorisationEnded,
  permit,
  permitRevoked,
  reportedAuthorisation,
  reportedDecision,
  confirmed,
  contribution,
  contributionNotice,
  questionReceived,
  questionAnswered,
  withheld,
  withheldEnded,
  applicationReceived,
  completionAsked,
  completionReceived,
  applicationExtended,
  applicationRefused,
  applicationWithdrawn,
  permittedRevenue,
  incomeStated,
  reportSent,
  refunded,
]);

export type Act = z.infer<typeof act>;
export type ActKind = Act["kind"];
export type ActOf<K extends ActKind> = Extract<Act, { kind: K }>;
export const actKinds = Object.keys(actSchemas) as readonly ActKind[];

/**
 * Granted acts of these kinds end or narrow a right, a price, a post or a key: a gateway that has followed one
 * cuts its block at once and enters the head of its logs within 60 seconds.
 */
const narrowing: ReadonlySet<ActKind> = new Set<ActKind>([
  "rulebookAdopted",
  "gatewayClosed",
  "tenureEnded",
  "keyRevoked",
  "productWithdrawn",
  "feeCeiling",
  "feeStandard",
  "feeEnded",
  "authorisationEnded",
  "permitRevoked",
  "contributionNotice",
]);

export function narrows(kind: ActKind): boolean {
  return narrowing.has(kind);
}
