import { say } from "./lang/say.ts";
import { sayWord } from "./lang/words.ts";

/** Steps of a registration, where that they are of one need not be said. */
const STEPS_OF_REGISTRATION: Readonly<Record<string, string>> = {
  registrationApplied: "application for registration",
  registrationAsked: "completion asked",
  registrationCompleted: "completion received",
  registrationAccepted: "acceptance",
  registrationRefused: "refusal",
  registrationReviewed: "review",
  registrationNoticed: "public notice",
  registrationObjected: "objection",
  objectionDecided: "decision of an objection",
  registrationCoded: "code",
  registrationRenewed: "renewal",
  registrationChanged: "change",
  registrationCorrected: "correction",
  cancellationAccepted: "cancellation accepted",
  registrationCancelled: "cancellation",
  registrationRevoked: "revocation",
};

/** A kind of act without what it is about. */
export function kindInWords(kind: string): string {
  return sayWord(STEPS_OF_REGISTRATION[kind] ?? kind);
}

/** What a registration is of, from its name in the register: `dataset vehicles`. */
export function sayResource(name: string): string {
  const [kind = "", ...id] = name.split(" ");
  return say("{what} {of}", { what: sayWord(kind), of: id.join(" ") });
}
