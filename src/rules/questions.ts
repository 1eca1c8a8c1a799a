import type { ActOf } from "../acts/act.ts";
import { HOUR } from "../acts/shapes.ts";
import type { ReadRegister, Rulebook } from "../register/register.ts";
import { breach, when, type Verdict } from "./findings.ts";
import { taken, unknown } from "./registration.ts";

const DAY = 24 * HOUR;
/** Where the rulebook states none. */
const QUESTION_DAYS = 15;

export function questionDays(rulebook: Rulebook | undefined): number {
  return rulebook?.limits.questionDays ?? QUESTION_DAYS;
}

/** A question is answered within the days of the rulebook, counted to the end of the hour. */
export function decideQuestion(
  register: ReadRegister,
  act: ActOf<"questionReceived">,
  at: number,
): Verdict {
  const latest = at + questionDays(register.rulebook?.act) * DAY + HOUR;
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
