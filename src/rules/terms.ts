import type { Finding } from "../acts/entry.ts";
import { NEVER, type Rulebook } from "../register/register.ts";
import type { Term } from "./clocks.ts";
import { breach, missing, when } from "./findings.ts";
import { limitOf } from "./rows.ts";
import { alwaysIn } from "./jurisdictions.ts";

/** The terms of a rulebook: the limits that state each in days or in working days, and its days where neither does. */
const TERMS = {
  question: ["questionDays", "questionWorkingDays", 15],
  application: ["applicationDays", "applicationWorkingDays", 20],
} as const;
/** Of the law, whatever a rulebook says. */
const APPLICATION_MAX = 20;
/** By so much a term is extended at most, once, in its own clock. */
const EXTENSION = 10;
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

/** How an application is decided by the law that counts: in which term, longer by how much, and whether its clock stands for the applicant. */
export type ApplicationLaw = {
  readonly rule: string;
  readonly term: Term;
  readonly extension: Term;
  /** Days in which the applicant brings what is missing; absent where nothing stops the clock. */
  readonly completionDays?: number;
};

/** Of the rules that count in months, the one with the shortest term that the rulebook has adopted; else what its jurisdiction says. */
export function applicationLaw(rulebook: Rulebook | undefined): ApplicationLaw {
  const inMonths = adoptedInMonths(rulebook);
  if (inMonths !== undefined) return inMonths;
  const term = termOf(rulebook, "application");
  return {
    ...{ rule: "CN-LIC-01", term, extension: { ...term, number: EXTENSION } },
    completionDays: NEVER,
  };
}

function adoptedInMonths(
  rulebook: Rulebook | undefined,
): ApplicationLaw | undefined {
  const adopted = MONTHS.flatMap((one) => {
    const own = rulebook?.rules?.find(({ rule }) => rule === one.rule);
    return own === undefined ? [] : [inMonths(one, own.number)];
  }).toSorted((a, b) => a.term.number - b.term.number);
  const { applicationTerm: always } = alwaysIn(rulebook);
  const [otherwise] = MONTHS.filter(({ rule }) => rule === always);
  return adopted[0] ?? (otherwise && inMonths(otherwise));
}

/** By the law's number, or a tighter one. */
function inMonths(
  law: (typeof MONTHS)[number],
  number = limitOf(law.rule)?.number ?? 0,
): ApplicationLaw {
  return { ...law, term: { clock: "months", number } };
}

/** Regulation (EU) 2022/868, Art 9(1), and (EU) 2025/327, Art 68(4). */
const MONTHS: readonly Omit<ApplicationLaw, "term">[] = [
  { rule: "EU-DGA-20", extension: { clock: "days", number: 30 } },
  {
    ...{ rule: "EU-EHDS-15", extension: { clock: "months", number: 3 } },
    completionDays: 28,
  },
];

/** In which an application is decided. */
export function applicationTerm(rulebook: Rulebook | undefined): Term {
  return applicationLaw(rulebook).term;
}

const termsOf = {
  question: questionTerm,
  application: applicationTerm,
} as const satisfies Record<TermName, (rulebook: Rulebook | undefined) => Term>;

/** By which calendar any of the terms, or a number of an adopted rule, is counted. */
export function calendarOf(rulebook: Rulebook | undefined): string | undefined {
  for (const name of names) {
    const term = termsOf[name](rulebook);
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
      const [term, parent] = [termsOf[name](next), termsOf[name](now)];
      return when(
        term.number > parent.number ||
          (term.clock !== parent.clock &&
            !(parent.clock === "workingDays" && term.clock === "days")),
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
export function decideTerms(rulebook: Rulebook): readonly Finding[] {
  const { limits, calendar } = rulebook;
  return names.flatMap((name) => {
    const [days, workingDays] = TERMS[name];
    const number = limits[workingDays] ?? limits[days] ?? 0;
    const monthsBy =
      name === "application" ? adoptedInMonths(rulebook)?.rule : undefined;
    if (monthsBy !== undefined && number > 0)
      return [breach("V-FORM", ["limit", days], ["months-by", monthsBy])];
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
