import { showInstant } from "../acts/dates.ts";
import type { ReadRegister } from "../register/register.ts";
import { workingDaysLeft } from "../rules/clocks.ts";
import { deadlines } from "./deadlines.ts";
import type { Due, Missed } from "../rules/due-shape.ts";
import { lawOf } from "../rules/law.ts";
import { calendarOf } from "../rules/terms.ts";
import { type Message, say } from "./lang/say.ts";
import { officeTitle } from "./lang/title-in.ts";

export type DueLine = {
  readonly what: string;
  readonly id: string;
  readonly by: string;
  /** Milliseconds since 1970, UTC. */
  readonly byTime: number;
  readonly posts: readonly string[];
  readonly rule: string;
  readonly cites: string;
  /** Where the office counts in working days: how many are left behind today. */
  readonly workingDaysLeft?: number;
  /** Of what was missed and is done since. */
  readonly done?: string;
};
export type DueView = {
  readonly title: string;
  readonly at: string;
  /** By which calendar the office counts working days. */
  readonly calendar?: string;
  readonly due: readonly DueLine[];
  /** The newest of them; how many there are says `missedInAll`. */
  readonly missed: readonly DueLine[];
  readonly missedInAll: number;
};

const MISSED_SHOWN = 200;

const WHAT: Readonly<Record<Due["what"], Message>> = {
  applicant: "Wait for the applicant until then, and decide",
  application: "Decide an application for a permit",
  question: "Answer a question about a use",
  calendar: "Adopt the calendar of a year",
  rulebook: "Adopt what follows the rulebook, which ends",
  localRulebook: "Adopt what follows a local rulebook, which ends",
  pilot: "Promote a pilot, or let it end",
  withholding: "Look again at what is withheld: end it, or withhold it anew",
  objection: "Answer an objection to a procedure",
  exclusivity: "Look again at an exclusive authorisation",
  registration: "Take the next step of a registration",
  firstRegistration: "Apply for the first registration of what is operated",
  notice: "Issue a code, or end it, when the public notice is over",
  renewal: "Renew a registration, or let it lapse",
  appeal: "See that an appeal is decided, and enter what was decided",
  duty: "Decide anew, as it was ordered",
  override: "Look again at a decision against a rule",
  promise: "Keep a promise, or end it",
  permitRenewal: "Decide whether a permit is renewed, which silence may do",
  priceReport: "Send the yearly report on prices, which rests on the income",
  disclosure: "Disclose what was operated in a year",
  ceiling: "Adjust the ceiling: income was further off than the law lets pass",
  trialPrice: "Put another price in place of a trial, a year being over",
  machineKey: "Enrol what follows a machine's key, which ends",
};

/** What is due when, by which post, and what was missed: a question is its number, and tells of nobody. */
export function dueView(register: ReadRegister, now: number): DueView {
  const { offsetMinutes } = register;
  const calendar = calendarOf(register.rulebook?.act);
  const line = (one: Missed): DueLine => ({
    what: say(WHAT[one.what]),
    id: one.id,
    by: showInstant(one.by, offsetMinutes),
    byTime: one.by,
    posts: one.posts,
    rule: one.rule,
    cites: lawOf(one.rule).cites,
    ...(calendar === undefined || one.done !== undefined
      ? {}
      : {
          workingDaysLeft: workingDaysLeft(register, calendar, now, one.by),
        }),
    ...(one.done === undefined
      ? {}
      : { done: showInstant(one.done, offsetMinutes) }),
  });
  const { due, missed } = deadlines(register, now);
  return {
    title: officeTitle(register),
    at: showInstant(now, offsetMinutes),
    ...(calendar === undefined ? {} : { calendar }),
    due: due.map(line),
    missed: missed.slice(-MISSED_SHOWN).map(line),
    missedInAll: missed.length,
  };
}
