import type { ActOf } from "../acts/act.ts";
import type { ReadRegister, Rulebook } from "../register/register.ts";
import { endOfTerm, type Term } from "./clocks.ts";
import { breach, when, type Verdict } from "./findings.ts";
import { taken, unknown } from "./registration.ts";

/** Where the rulebook states none. */
const QUESTION_DAYS = 15;

/** In how many days, or working days by the rulebook's calendar, a question is answered. */
export function questionTerm(rulebook: Rulebook | undefined): Term {
  const { questionDays, questionWorkingDays } = rulebook?.limits ?? {};
  const calendar = rulebook?.calendar;
  return questionWorkingDays === undefined || calendar === undefined
    ? { clock: "days", number: questionDays ?? QUESTION_DAYS }
    : { clock: "workingDays", number: questionWorkingDays, calendar };
}

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
