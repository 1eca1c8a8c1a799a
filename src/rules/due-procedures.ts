import { HOUR } from "../acts/shapes.ts";
import { dayOf } from "../register/calendar.ts";
import type { Objection } from "../register/procedures.ts";
import { inForce, type ReadRegister } from "../register/register.ts";
import { adoptedRule } from "./adopted.ts";
import { endOfTerm } from "./clocks.ts";
import type { Due, Missed } from "./due-shape.ts";
import { answerRule } from "./objections.ts";
import { postsWith } from "./posts.ts";

const DAY = 24 * HOUR;

/** Objections, of withdrawn procedures too, and when each was answered. */
export function objectionsDue(register: ReadRegister): readonly Missed[] {
  const posts = postsWith(register, "authorise");
  return [...register.procedures.values()]
    .flatMap(({ objections }) => objections)
    .flatMap((one) => {
      const by = answeredBy(register, one);
      return by === undefined
        ? []
        : [
            {
              ...({ what: "objection", id: one.objection, by, posts } as const),
              rule: answerRule(one.stage),
              ...(one.answered === undefined ? {} : { done: one.answered.at }),
            },
          ];
    });
}

/** When the last day of an answer is over; undefined where no adopted rule says. */
function answeredBy(
  register: ReadRegister,
  { stage, on }: Objection,
): number | undefined {
  const number = adoptedRule(register, answerRule(stage))?.number;
  if (number === undefined) return undefined;
  const begins = dayOf(on) * DAY - register.offsetMinutes * 60_000;
  const calendar = register.rulebook?.act.calendar;
  return stage === "complaint" && calendar !== undefined
    ? endOfTerm(register, { clock: "workingDays", number, calendar }, begins)
    : begins + (number + 1) * DAY;
}

/** An exclusive right is looked at again on its day. */
export function exclusivitiesDue(
  register: ReadRegister,
  now: number,
): readonly Due[] {
  const posts = postsWith(register, "authorise");
  return [...register.authorisations.values()]
    .filter((one) => inForce(one, now))
    .flatMap(({ act: { authorisation: id, exclusivity } }) =>
      exclusivity?.review === undefined
        ? []
        : [
            {
              ...({ what: "exclusivity", rule: "CN-CMP-01" } as const),
              ...{ id, by: exclusivity.review, posts },
            },
          ],
    );
}
