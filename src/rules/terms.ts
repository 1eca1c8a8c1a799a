import type { Finding } from "../acts/entry.ts";
import type { Rulebook } from "../register/register.ts";
import type { Term } from "./clocks.ts";
import { breach, missing, when } from "./findings.ts";
import { limitOf } from "./rows.ts";

/** The terms of a rulebook: the limits that state each in days or in working days, and its days where neither does. */
const TERMS = {
  question: ["questionDays", "questionWorkingDays", 15],
  application: ["applicationDays", "applicationWorkingDays", 20],
} as const;
/** Of the law, whatever a rulebook says. */
const APPLICATION_MAX = 20;
type TermName = keyof typeof TERMS;
const names = Object.keys(TERMS) as readonly TermName[];

function termOf(rulebook: Rulebook | undefined, name: TermName): Term {
  const [days, workingDays, otherwise] = TERMS[name];
  const number = rulebook?.limits[workingDays];
  const calendar = rulebook?.calendar;
  return number === undefined || calendar === undefined
    ? { clock: "days", number: rulebook?.limits[days] ?? otherwise }
    : { clock: "workingDays", number, calendar };
}

/** In how many days, or working days by the rulebook's calendar, a question is answered. */
export function questionTerm(rulebook: Rulebook | undefined): Term {
  return termOf(rulebook, "question");
}

/** In which an application is decided. */
export function applicationTerm(rulebook: Rulebook | undefined): Term {
  return termOf(rulebook, "application");
}

/** By which calendar any of the terms, or a number of an adopted rule, is counted. */
export function calendarOf(rulebook: Rulebook | undefined): string | undefined {
  for (const name of names) {
    const term = termOf(rulebook, name);
    if (term.clock === "workingDays") return term.calendar;
  }
  return rulebook?.rules?.some(
    ({ rule }) => limitOf(rule)?.clock === "workingDays",
  ) === true
    ? rulebook.calendar
    : undefined;
}

/**
 * Days on end are over no later than as many working days: a term goes from these to those, never back. The calendar of working days
 * stays the one that it is.
 */
export function looserTerms(now: Rulebook, next: Rulebook): readonly Finding[] {
  const [before, after] = [calendarOf(now), calendarOf(next)];
  return [
    ...names.flatMap((name) => {
      const [term, parent] = [termOf(next, name), termOf(now, name)];
      return when(
        term.number > parent.number ||
          (parent.clock === "days" && term.clock === "workingDays"),
        () =>
          breach(
            "I13",
            ["limit", name],
            ["number", term.number],
            ["clock", term.clock],
            ["parent", parent.number],
            ["parent-clock", parent.clock],
          ),
      );
    }),
    ...when(
      before !== undefined && after !== undefined && before !== after,
      () => breach("I13", ["calendar", after ?? ""], ["parent", before ?? ""]),
    ),
  ];
}

/** A term is in days or in working days, and these are counted by a calendar. */
export function decideTerms({
  limits,
  calendar,
}: Rulebook): readonly Finding[] {
  return names.flatMap((name) => {
    const [days, workingDays] = TERMS[name];
    const number = limits[workingDays] ?? limits[days] ?? 0;
    if (name === "application" && number > APPLICATION_MAX)
      return [
        breach("CN-LIC-01", ["number", number], ["wanted", APPLICATION_MAX]),
      ];
    if (limits[workingDays] === undefined) return [];
    return [
      ...when(limits[days] !== undefined, () =>
        breach("V-CALENDAR", ["limit", days]),
      ),
      ...when(calendar === undefined, () =>
        missing("V-CALENDAR", ["calendar", "none"]),
      ),
    ];
  });
}
