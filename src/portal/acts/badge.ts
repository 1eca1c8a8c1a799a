import type { Act } from "../../acts/act.ts";
import type { Ruling } from "../../acts/entry.ts";
import type { Application, ReadRegister } from "../../register/register.ts";
import { type Message, say } from "../lang/say.ts";
import { sayOutcome } from "./say-entry.ts";

/**
 * What a list says that an entry came to. A ruling says whether an act could be done; whoever looks for what became of an application reads
 * "granted" as its answer, so where an act answers somebody, or is where somebody asked, the answer is said.
 */
export type Badge = {
  readonly says: string;
  readonly tone: "granted" | "refused" | "recorded";
};

/** As the register stands now: what was received may be answered since. */
export function badgeOf(
  register: ReadRegister,
  act: Act,
  outcome: Ruling["outcome"],
): Badge {
  if (outcome === "refused")
    return { says: sayOutcome(outcome), tone: "refused" };
  const came = comesTo(act);
  switch (came) {
    case "granted":
      return { says: sayOutcome(outcome), tone: "granted" };
    case "received":
      return receivedOf(
        act.kind === "applicationReceived"
          ? register.applications.get(act.application)?.decided
          : undefined,
      );
    case "applicationRefused":
      return { says: say("application refused"), tone: "refused" };
    case "renewalRefused":
      return { says: say("renewal refused"), tone: "refused" };
    case "registrationRefused":
      return { says: say("registration refused"), tone: "refused" };
  }
}

/** The outcome in a word, for a terminal: what was only received is not granted. */
export function outcomeWord(
  act: Act,
  outcome: Ruling["outcome"],
): "granted" | "received" | "refused" {
  return outcome === "granted" && comesTo(act) === "received"
    ? "received"
    : outcome;
}

type Came =
  | "granted"
  | "received"
  | "applicationRefused"
  | "renewalRefused"
  | "registrationRefused";

/** What an act comes to that no rule refuses. */
function comesTo(act: Act): Came {
  switch (act.kind) {
    case "applicationRefused":
    case "renewalRefused":
    case "registrationRefused":
      return act.kind;
    case "applicationReceived":
    case "completionReceived":
    case "renewalAsked":
    case "registrationApplied":
    case "registrationCompleted":
    case "objectionReceived":
    case "questionReceived":
    case "appealLodged":
    case "orderReceived":
      return "received";
    default:
      return "granted";
  }
}

const SENTENCES = {
  granted: ["It would be granted.", "Granted.", "granted"],
  received: [
    "It would be received. Nothing is granted by it.",
    "Received. Nothing is granted by it.",
    "recorded",
  ],
  applicationRefused: [
    "The application would be refused.",
    "The application is refused.",
    "refused",
  ],
  renewalRefused: [
    "The renewal would be refused.",
    "The renewal is refused.",
    "refused",
  ],
  registrationRefused: [
    "The registration would be refused.",
    "The registration is refused.",
    "refused",
  ],
} as const satisfies Readonly<
  Record<Came, readonly [Message, Message, Badge["tone"]]>
>;

/** The same as a sentence, to whoever signs it: an application that is entered is not granted yet. */
export function sentenceOf(
  act: Act,
  outcome: Ruling["outcome"],
  when: "before" | "after",
): Badge {
  const isBefore = when === "before";
  if (outcome === "refused")
    return {
      says: isBefore ? say("It would be refused.") : say("Refused."),
      tone: "refused",
    };
  const [would, did, tone] = SENTENCES[comesTo(act)];
  return { says: say(isBefore ? would : did), tone };
}

type Decided = NonNullable<Application["decided"]>;

const ANSWERS = {
  granted: ["received; granted since", "granted"],
  refused: ["received; refused since", "refused"],
  withdrawn: ["received; withdrawn since", "recorded"],
} as const satisfies Readonly<
  Record<Decided["outcome"], readonly [Message, Badge["tone"]]>
>;

function receivedOf(decided: Decided | undefined): Badge {
  if (decided === undefined) return { says: say("received"), tone: "recorded" };
  const [says, tone] = ANSWERS[decided.outcome];
  return { says: say(says), tone };
}
