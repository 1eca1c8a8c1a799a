import { showInstant } from "../acts/dates.ts";
import type { ReadRegister } from "../register/register.ts";
import { workingDaysLeft } from "../rules/clocks.ts";
import { deadlines } from "./deadlines.ts";
import type { Due, Missed } from "../rules/due-shape.ts";
import { lawOf } from "../rules/law.ts";
import { calendarOf } from "../rules/terms.ts";
import { type Message, say } from "./lang/say.ts";
import { thingHref, thingsOf } from "./acts/thing.ts";
import { type ThingKind, thingKey } from "../rules/about.ts";
import { officeTitle, titleOf } from "./lang/title-in.ts";

export type DueLine = {
  readonly what: string;
  readonly id: string;
  /** Where that stands: its page, or the acts about it. */
  readonly href: string;
  readonly by: string;
  /** Milliseconds since 1970, UTC. */
  readonly byTime: number;
  readonly posts: readonly string[];
  readonly postTitles: readonly string[];
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
    what: sayDue(one.what),
    ...{ id: one.id, href: dueHref(register, one) },
    by: showInstant(one.by, offsetMinutes),
    byTime: one.by,
    posts: one.posts,
    postTitles: one.posts.map((id) => titleOf(register.posts.get(id), id)),
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

export function sayDue(what: Due["what"]): string {
  return say(WHAT[what]);
}

/** What that id can be the id of; nothing where it is of no one thing. */
const ABOUT: Readonly<Record<Due["what"], readonly ThingKind[]>> = {
  applicant: ["application", "registration"],
  application: ["application"],
  question: ["question"],
  calendar: ["calendar"],
  rulebook: ["rulebook"],
  localRulebook: ["rulebook"],
  pilot: ["rulebook"],
  machineKey: [],
  withholding: ["withholding"],
  objection: ["objection"],
  registration: ["registration"],
  firstRegistration: ["dataset", "product"],
  notice: ["registration"],
  renewal: ["registration"],
  appeal: ["appeal"],
  duty: ["duty"],
  override: ["override"],
  promise: ["promise"],
  permitRenewal: ["permit"],
  priceReport: ["authorisation"],
  disclosure: [],
  ceiling: ["authorisation"],
  trialPrice: ["fee"],
  exclusivity: ["authorisation"],
};

export function dueHref(
  register: ReadRegister,
  { what, id: given }: Pick<Missed, "what" | "id">,
): string {
  // Behind the id of what is due each year stands the year, and behind a duty what it is about.
  const [id = given] = given.split(/[ /]/);
  const kinds = ABOUT[what];
  const kind =
    kinds.find((one) => thingsOf(register, one)?.has(id)) ?? kinds[0];
  if (kind === undefined)
    return what === "machineKey" ? "/keys" : `/reports/${what}?year=${id}`;
  return thingHref(register, thingKey(kind, id));
}
