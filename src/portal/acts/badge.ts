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
  switch (act.kind) {
    case "applicationRefused":
      return { says: say("application refused"), tone: "refused" };
    case "renewalRefused":
      return { says: say("renewal refused"), tone: "refused" };
    case "registrationRefused":
      return { says: say("registration refused"), tone: "refused" };
    case "applicationReceived":
      return receivedOf(register.applications.get(act.application)?.decided);
    case "completionReceived":
    case "renewalAsked":
    case "registrationApplied":
    case "registrationCompleted":
    case "objectionReceived":
    case "questionReceived":
    case "appealLodged":
    case "orderReceived":
      return receivedOf(undefined);
    default:
      return { says: sayOutcome(outcome), tone: "granted" };
  }
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
