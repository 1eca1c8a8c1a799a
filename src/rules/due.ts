import { civilAt, startOf } from "../acts/dates.ts";
import { HOUR } from "../acts/shapes.ts";
import { yearName } from "../register/calendar.ts";
import {
  inForce,
  isWaiting,
  NEVER,
  type ReadRegister,
} from "../register/register.ts";
import { foundedAt } from "../register/founding.ts";
import { localEnds } from "./due-local.ts";
import { exclusivitiesDue, objectionsDue } from "./due-procedures.ts";
import type { Due, Missed } from "./due-shape.ts";
import { postsWith } from "./posts.ts";
import { registrationsDue } from "./registration-due.ts";
import { dueBeyond } from "./due-beyond.ts";
import { applicationLaw, calendarOf } from "./terms.ts";
import { disclosuresDue } from "./due-disclosure.ts";
import { pricesDue } from "./due-prices.ts";

const DAY = 24 * HOUR;
/** What an end asks for is told as long before it. */
const AHEAD = 180 * DAY;

/** What is due when, by which post, the earliest first: derived from what stands in the register, and kept nowhere. */
export function dueOf(register: ReadRegister, now: number): readonly Due[] {
  return stillDue(register, now, tracked(register, now));
}

/** What is still to be done in its time, and what was not: of the latter, what is done since says when. */
export function deadlinesOf(
  register: ReadRegister,
  now: number,
): { readonly due: readonly Due[]; readonly missed: readonly Missed[] } {
  const all = tracked(register, now);
  const open = stillDue(register, now, all);
  // Nobody is late while the applicant is waited for, or because a public notice has ended.
  const isOver = ({ by, what }: Due, at: number) =>
    by <= at && what !== "applicant" && what !== "notice";
  const late = all.filter(
    (one) => one.done !== undefined && isOver(one, one.done),
  );
  return {
    due: open.filter((one) => !isOver(one, now)),
    missed: [...late, ...open.filter((one) => isOver(one, now))].toSorted(
      (a, b) => a.by - b.by,
    ),
  };
}

/** What has a day by which it is done, with when it was; questions and applications that were done in time are left out. */
function tracked(register: ReadRegister, now: number): readonly Missed[] {
  return [
    ...questions(register),
    ...applications(register),
    ...objectionsDue(register),
    ...registrationsDue(register, now),
    ...dueBeyond(register, now),
    ...disclosuresDue(register, now),
    ...pricesDue(register, now),
  ];
}

/** What of that is not done, and what comes to its end or its review by itself. */
function stillDue(
  register: ReadRegister,
  now: number,
  all: readonly Missed[],
): readonly Due[] {
  return [
    ...all.filter(({ done }) => done === undefined),
    ...exclusivitiesDue(register, now),
    ...calendars(register, now),
    ...rulebookEnd(register, now),
    ...localEnds(register, now, now + AHEAD),
    ...machineKeys(register, now),
    ...withholdings(register, now),
  ].toSorted((a, b) => a.by - b.by || (a.id < b.id ? -1 : 1));
}

function questions(register: ReadRegister): readonly Missed[] {
  const posts = postsWith(register, "receiveQuestions");
  const found: Missed[] = [];
  for (const { act, answered } of register.questions.values())
    if (answered === undefined || answered.at >= act.due)
      found.push({
        ...{ what: "question", id: act.question, by: act.due },
        ...{ rule: "V-QUESTION", posts },
        ...(answered === undefined ? {} : { done: answered.at }),
      });
  return found;
}

/**
 * While something is asked of the applicant the clock stands: what is due then is what the applicant was asked for, and behind that day the
 * decision. Nothing of it is missed: that the clock was stopped in time was looked at when it was.
 */
function applications(register: ReadRegister): readonly Missed[] {
  const posts = postsWith(register, "permit");
  const { rule } = applicationLaw(register.rulebook?.act);
  const all: Missed[] = [];
  for (const found of register.applications.values()) {
    const { act, due, decided } = found;
    // There may be hundreds of thousands that were decided in time.
    if (decided !== undefined && decided.at < due) continue;
    const waits = isWaiting(found);
    all.push({
      ...{ id: act.application, rule, posts },
      ...(waits
        ? ({ what: "applicant", by: found.asked.by } as const)
        : ({ what: "application", by: due } as const)),
      ...(decided === undefined ? {} : { done: decided.at }),
    });
  }
  return all;
}

/** Where terms are in working days: the calendar of this year, and of the next when it is near. */
function calendars(register: ReadRegister, now: number): readonly Due[] {
  const { rulebook, offsetMinutes } = register;
  const calendar = calendarOf(rulebook?.act);
  if (calendar === undefined) return [];
  const years = [now, now + AHEAD].map((at) => civilAt(at, offsetMinutes).year);
  return [...new Set(years)]
    .map((year) => ({ year, name: yearName(calendar, year) }))
    .filter(({ name }) => !register.calendars.has(name))
    .map(({ year, name }) => ({
      ...{ what: "calendar", id: name, rule: "V-CALENDAR" },
      by: Math.max(
        foundedAt(register),
        startOf({ year, month: 1, day: 1 }, offsetMinutes),
      ),
      posts: postsWith(register, "adopt"),
    }));
}

function rulebookEnd(register: ReadRegister, now: number): readonly Due[] {
  const act = register.rulebook?.act;
  if (act === undefined || act.until > now + AHEAD) return [];
  return [
    {
      ...{ what: "rulebook", id: act.rulebook, by: act.until, rule: "I5" },
      posts: postsWith(register, "adopt"),
    },
  ];
}

/** A machine whose key ends can enter nothing more. */
function machineKeys(register: ReadRegister, now: number): readonly Due[] {
  const posts = postsWith(register, "administer");
  return [...register.machineKeys]
    .filter(
      ([, { until, ended }]) =>
        ended === undefined &&
        until !== NEVER &&
        until > now &&
        until <= now + AHEAD,
    )
    .map(([id, { until }]) => ({
      ...{ what: "machineKey", id, by: until, rule: "I5", posts },
    }));
}

/** What is withheld is looked at again on its day: it is ended, or withheld anew. */
function withholdings(register: ReadRegister, now: number): readonly Due[] {
  const posts = postsWith(register, "withhold");
  return [...register.withholdings]
    .filter(([, standing]) => inForce(standing, now))
    .flatMap(
      ([
        id,
        {
          act: { review },
        },
      ]) =>
        review === undefined
          ? []
          : [
              {
                what: "withholding",
                id,
                by: review,
                rule: "I5",
                posts,
              } as const,
            ],
    );
}
