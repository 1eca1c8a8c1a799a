import type { Due } from "../../rules/due-shape.ts";
import type { Message } from "../lang/say.ts";
import type { DeskKind } from "./kinds.ts";

/** What is to be done, in as few words as a table has room for. */
export const SAID_DUE: Readonly<Record<Due["what"], Message>> = {
  applicant: "Wait for the applicant",
  application: "Decide an application",
  question: "Answer a question about a use",
  calendar: "Adopt the calendar of a year",
  rulebook: "Adopt what follows the rulebook",
  localRulebook: "Adopt what follows a local rulebook",
  pilot: "Promote a pilot, or let it end",
  machineKey: "Enrol what follows a machine's key",
  withholding: "Look again at what is withheld",
  objection: "Answer an objection to a procedure",
  registration: "Take the next step of a registration",
  firstRegistration: "Apply for the first registration of",
  notice: "Issue a code, now that the public notice ends",
  renewal: "Renew a registration, or let it lapse",
  appeal: "See that an appeal is decided",
  duty: "Decide anew, as it was ordered",
  override: "Look again at a decision against a rule",
  promise: "Keep a promise, or give it up",
  permitRenewal: "Decide whether a permit is renewed",
  priceReport: "Send the yearly report on prices",
  disclosure: "Disclose what was operated in a year",
  ceiling: "Adjust a highest price",
  trialPrice: "Put another price in place of a trial",
  exclusivity: "Look again at an exclusive authorisation",
};

/** The act that does it, where there is one that fits always, and the field that its id goes into. */
export const NEXT: Readonly<
  Partial<
    Record<Due["what"], { readonly kind: DeskKind; readonly field: string }>
  >
> = {
  question: { kind: "questionAnswered", field: "question" },
  calendar: { kind: "calendarAdopted", field: "calendar" },
  withholding: { kind: "withheldEnded", field: "withholding" },
  objection: { kind: "objectionAnswered", field: "objection" },
  notice: { kind: "registrationCoded", field: "registration" },
  renewal: { kind: "registrationRenewed", field: "registration" },
  appeal: { kind: "appealDecided", field: "appeal" },
  duty: { kind: "dutyDone", field: "duty" },
  override: { kind: "overrideReviewed", field: "override" },
  promise: { kind: "promiseKept", field: "promise" },
  permitRenewal: { kind: "renewalGranted", field: "permit" },
  pilot: { kind: "pilotPromoted", field: "rulebook" },
  trialPrice: { kind: "feeStandard", field: "like" },
  ceiling: { kind: "feeCeiling", field: "product" },
};
