import type { ActOf } from "../acts/act.ts";
import type { Finding } from "../acts/entry.ts";
import {
  type Application,
  isWaiting,
  type ReadRegister,
} from "../register/register.ts";
import { dayOf } from "../register/calendar.ts";
import { endOfTerm, localDay, type Term, workingDaysLeft } from "./clocks.ts";
import { flagsOfRefusal } from "./exclusivity.ts";
import { breach, missing, when, type Verdict } from "./findings.ts";
import { taken, unknown } from "./registration.ts";
import { applicationLaw } from "./terms.ts";

const DAY = 86_400_000;
/** So long an administrative review may be asked for. */
const REVIEW_DAYS = 60;

/** Whoever may be refused is received: a purpose that is not on the list, or a product that is not offered, is decided and not turned away. */
export function decideReceived(
  register: ReadRegister,
  act: ActOf<"applicationReceived">,
  at: number,
): Verdict {
  const { term } = applicationLaw(register.rulebook?.act);
  const { on } = act;
  const today = localDay(register, at);
  const came = on === undefined ? today : dayOf(on);
  const begins =
    on === undefined
      ? at
      : Math.min(at, came * DAY - register.offsetMinutes * 60_000);
  // What was held back until its term was over is decided within a day.
  const latest = Math.max(
    endOfTerm(register, term, begins),
    begins < at ? at + DAY : at,
  );
  return {
    findings: [
      ...when(came > today, () =>
        breach("V-ORDER", ["fact", "on"], ["after", "entry"]),
      ),
      ...taken(register.applications, "application", act.application),
      ...unknown(register.organisations, "organisation", act.organisation),
      ...inTime(register, act.due, at, latest),
    ],
    flags: when(today - came > DAYS_TO_ENTER, () =>
      breach(
        "V-RECEIVED",
        ["application", act.application],
        ["on", on ?? "today"],
      ),
    ),
  };
}

/** So many days behind its coming an application is entered without being asked why. */
const DAYS_TO_ENTER = 3;

/**
 * What is missing is asked for once, all of it, before the term is over. How much of the term is left is said here, by the calendar of this
 * day: no calendar of a later one makes it more.
 */
export function decideCompletionAsked(
  register: ReadRegister,
  { application, left, by }: ActOf<"completionAsked">,
  at: number,
): Verdict {
  const { rule, completionDays } = applicationLaw(register.rulebook?.act);
  // A law that lets no clock stand has the applicant asked while it goes on, and nothing entered.
  if (completionDays === undefined)
    return { findings: [breach(rule, ["step", "completionAsked"])] };
  return ofOpen(register, application, ({ asked, due }) => [
    ...when(asked !== undefined, () =>
      breach("V-ONCE", ["application", application], ["step", "asked"]),
    ),
    ...when(due <= at, () => breach(rule, ["due", due], ["entered", at])),
    ...when(left > leftOf(register, due, at), () =>
      breach(rule, ["left", left], ["most", leftOf(register, due, at)]),
    ),
    ...when(by <= at, () => breach("V-ORDER", ["from", at], ["to", by])),
    ...when((by - at) / DAY > completionDays, () =>
      breach(rule, ["until", by], ["latest", at + completionDays * DAY]),
    ),
  ]);
}

/** The clock stood while the applicant was asked, and goes on with what was left. */
export function decideCompletionReceived(
  register: ReadRegister,
  { application, due }: ActOf<"completionReceived">,
  at: number,
): Verdict {
  return ofOpen(register, application, (found) =>
    isWaiting(found)
      ? inTime(
          ...([register, due] as const),
          at,
          endOfTerm(register, inClock(register, found.asked.left), at),
        )
      : [breach("V-ONCE", ["application", application], ["step", "completed"])],
  );
}

/** Once, before the term is over and while its clock goes, by ten days or working days at most. */
export function decideExtended(
  register: ReadRegister,
  { application, due }: ActOf<"applicationExtended">,
  at: number,
): Verdict {
  const { rule, extension } = applicationLaw(register.rulebook?.act);
  return ofOpen(register, application, (found) => {
    const step =
      found.extended !== undefined
        ? "extended"
        : isWaiting(found)
          ? "waiting"
          : undefined;
    if (step !== undefined)
      return [breach("V-ONCE", ["application", application], ["step", step])];
    // A term is over with its last day: its instant is already the next.
    const latest = endOfTerm(register, extension, found.due - 1);
    return [
      ...when(found.due <= at, () =>
        breach(rule, ["due", found.due], ["entered", at]),
      ),
      ...inTime(register, due, Math.max(at, found.due), latest),
    ];
  });
}

export function decideApplicationRefused(
  register: ReadRegister,
  act: ActOf<"applicationRefused">,
  at: number,
): Verdict {
  const verdict = ofOpen(register, act.application, () =>
    decideRedress(act, at),
  );
  return { ...verdict, flags: flagsOfRefusal(register, act, at) };
}

/** A refusal says where to go against it, each place once, and there is time to go. */
export function decideRedress(
  {
    redress,
    redressUntil,
  }: Pick<ActOf<"applicationRefused">, "redress" | "redressUntil">,
  at: number,
): readonly Finding[] {
  const redressFrom = at + REVIEW_DAYS * DAY;
  return [
    ...when(redressUntil <= at, () =>
      breach("V-ORDER", ["from", at], ["to", redressUntil]),
    ),
    ...when(new Set(redress).size < redress.length, () =>
      breach("V-NEW", ["redress", redress.length]),
    ),
    ...when(
      redress.includes("administrativeReview") &&
        redressUntil > at &&
        redressUntil < redressFrom,
      () =>
        breach("CN-REV-01", ["until", redressUntil], ["earliest", redressFrom]),
    ),
  ];
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

function inTime(
  register: ReadRegister,
  due: number,
  at: number,
  latest: number,
): readonly Finding[] {
  const { rule } = applicationLaw(register.rulebook?.act);
  return [
    ...when(due <= at, () => breach("V-ORDER", ["from", at], ["to", due])),
    ...when(due > latest, () => breach(rule, ["due", due], ["latest", latest])),
  ];
}

/** So many days, working days where the term is in these. */
function inClock(register: ReadRegister, number: number): Term {
  const { term } = applicationLaw(register.rulebook?.act);
  return term.clock === "workingDays"
    ? { ...term, number }
    : { clock: "days", number };
}

/** How many days, or working days, of a term are left behind this one; one at least, since nobody could go on otherwise. */
function leftOf(register: ReadRegister, due: number, at: number): number {
  const { term } = applicationLaw(register.rulebook?.act);
  return Math.max(
    1,
    term.clock === "workingDays"
      ? workingDaysLeft(register, term.calendar, at, due)
      : Math.ceil((due - at) / DAY),
  );
}
