import type { ActOf } from "../acts/act.ts";
import type { ReadRegister } from "../register/register.ts";
import { endOfTerm } from "./clocks.ts";
import { breach, when, type Verdict } from "./findings.ts";
import { taken, unknown } from "./registration.ts";
import { questionTerm } from "./terms.ts";

/** A question is answered within the term of the rulebook, counted to the end of the hour. */
export function decideQuestion(
  register: ReadRegister,
  act: ActOf<"questionReceived">,
  at: number,
): Verdict {
  const latest = endOfTerm(register, questionTerm(register.rulebook?.act), at);
  return {
    findings: [
      ...taken(register.questions, "question", act.question),
      ...when(act.due <= at, () =>
        breach("V-ORDER", ["from", at], ["to", act.due]),
      ),
      ...when(act.due > latest, () =>
        breach("V-QUESTION", ["due", act.due], ["latest", latest]),
      ),
    ],
  };
}

export function decideQuestionAnswered(
  register: ReadRegister,
  act: ActOf<"questionAnswered">,
): Verdict {
  const asked = register.questions.get(act.question);
  return {
    findings: [
      ...unknown(register.questions, "question", act.question),
      ...when(asked?.answered !== undefined, () =>
        breach("V-ENDED", ["question", act.question]),
      ),
    ],
  };
}
