import type { ActOf } from "../acts/act.ts";
import type { Finding } from "../acts/entry.ts";
import type { Application, ReadRegister } from "../register/register.ts";
import { endOfTerm, type Term, workingDaysLeft } from "./clocks.ts";
import { breach, missing, when, type Verdict } from "./findings.ts";
import { taken, unknown } from "./registration.ts";
import { applicationTerm } from "./terms.ts";

/** By so much a term is extended at most, once, in its own clock. */
const EXTENSION = 10;

/** Whoever may be refused is received: a purpose that is not on the list, or a product that is not offered, is decided and not turned away. */
export function decideReceived(
  register: ReadRegister,
  act: ActOf<"applicationReceived">,
  at: number,
): Verdict {
  const latest = endOfTerm(
    register,
    applicationTerm(register.rulebook?.act),
    at,
  );
  return {
    findings: [
      ...taken(register.applications, "application", act.application),
      ...unknown(register.organisations, "organisation", act.organisation),
      ...inTime(act.due, at, latest),
    ],
  };
}

/** What is missing is asked for once, all of it. */
export function decideCompletionAsked(
  register: ReadRegister,
  { application }: ActOf<"completionAsked">,
): Verdict {
  return ofOpen(register, application, ({ asked }) =>
    when(asked !== undefined, () =>
      breach("V-ONCE", ["application", application], ["step", "asked"]),
    ),
  );
}

/** The clock stood while the applicant was asked; what was left of the term is what is left now. */
export function decideCompletionReceived(
  register: ReadRegister,
  { application, due }: ActOf<"completionReceived">,
  at: number,
): Verdict {
  return ofOpen(register, application, (found) => {
    const { asked, completed } = found;
    if (asked === undefined || completed !== undefined)
      return [
        breach("V-ONCE", ["application", application], ["step", "completed"]),
      ];
    return inTime(due, at, resumed(register, found, asked.at, at));
  });
}

/** Once, before the term is over, by ten days or working days at most. */
export function decideExtended(
  register: ReadRegister,
  { application, due }: ActOf<"applicationExtended">,
  at: number,
): Verdict {
  return ofOpen(register, application, (found) => [
    ...when(found.extended !== undefined, () =>
      breach("V-ONCE", ["application", application], ["step", "extended"]),
    ),
    ...when(found.due <= at, () =>
      breach("CN-LIC-01", ["due", found.due], ["entered", at]),
    ),
    ...inTime(
      due,
      at,
      endOfTerm(
        register,
        { ...termHere(register), number: EXTENSION },
        found.due - 1,
      ),
    ),
  ]);
}

export function decideApplicationRefused(
  register: ReadRegister,
  act: ActOf<"applicationRefused">,
  at: number,
): Verdict {
  return ofOpen(register, act.application, () =>
    when(act.redressUntil <= at, () =>
      breach("V-ORDER", ["from", at], ["to", act.redressUntil]),
    ),
  );
}

export function decideWithdrawn(
  register: ReadRegister,
  { application }: ActOf<"applicationWithdrawn">,
): Verdict {
  return ofOpen(register, application, () => []);
}

/** A permit that decides an application is the one that was applied for, and no more. */
export function decidesApplication(
  register: ReadRegister,
  act: ActOf<"permit">,
): readonly Finding[] {
  const { decides } = act;
  if (decides === undefined) return [];
  const { findings } = ofOpen(register, decides, (found) =>
    (["organisation", "product", "purpose"] as const)
      .filter((name) => found.act[name] !== act[name])
      .map((name) =>
        breach("V-SCOPE", ["application", decides], [name, act[name]]),
      ),
  );
  return findings;
}

function ofOpen(
  register: ReadRegister,
  id: string,
  decide: (found: Application) => readonly Finding[],
): Verdict {
  const found = register.applications.get(id);
  if (found === undefined)
    return { findings: [missing("V-REF", ["application", id])] };
  return {
    findings: [
      ...when(found.decided !== undefined, () =>
        breach("V-ENDED", ["application", id]),
      ),
      ...decide(found),
    ],
  };
}

function inTime(due: number, at: number, latest: number): readonly Finding[] {
  return [
    ...when(due <= at, () => breach("V-ORDER", ["from", at], ["to", due])),
    ...when(due > latest, () =>
      breach("CN-LIC-01", ["due", due], ["latest", latest]),
    ),
  ];
}

function termHere(register: ReadRegister): Term {
  return applicationTerm(register.rulebook?.act);
}

/** When a term is over that stood still from one instant to another; a day that had begun is there again. */
function resumed(
  register: ReadRegister,
  { due }: Application,
  from: number,
  to: number,
): number {
  const term = termHere(register);
  // Whoever was late when he asked has a day at least: he could not go on otherwise.
  const oneMore = endOfTerm(register, { ...term, number: 1 }, to);
  if (term.clock === "days") {
    const moved = { clock: "days", number: 0 } as const;
    return Math.max(oneMore, endOfTerm(register, moved, due + to - from));
  }
  const number = workingDaysLeft(register, term.calendar, from, due);
  return number < 1 ? oneMore : endOfTerm(register, { ...term, number }, to);
}
