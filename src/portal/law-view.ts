import { civilAt, daysFromCivil, showInstant, startOf } from "../acts/dates.ts";
import { Malformed } from "../acts/canonical.ts";
import { date } from "../acts/shapes.ts";
import { dayOf } from "../register/calendar.ts";
import type { ReadRegister } from "../register/register.ts";
import { evidenceOf } from "../rules/evidence.ts";
import { jurisdictionOf } from "../rules/jurisdictions.ts";
import { law, lawOf } from "../rules/law.ts";
import type { Law } from "../rules/law-shape.ts";
import { isAdoptable, limitOf, rows } from "../rules/rows.ts";
import { wanted } from "../rules/signing.ts";
import { changesOf, isDuring, type Span, spansOf } from "./law-spans.ts";
import { officeTitle, titleIn, titleOf } from "./lang/title-in.ts";
import { say } from "./lang/say.ts";
import { citesIn, saidLaw } from "./lang/law-in.ts";
import { speaking } from "./around.ts";
import { type Article, articlesOf, withNames } from "./lang/articles-zh.ts";

const DAY = 86_400_000;

/** The day for which a page of the law is asked; without one it is this very instant. */
export type AtDay = {
  readonly shown: string;
  readonly begin: number;
  readonly end: number;
};

export function atDay(
  { offsetMinutes }: Pick<ReadRegister, "offsetMinutes">,
  asked: string | undefined,
  now: number,
): AtDay {
  if (asked === undefined)
    return { shown: showInstant(now, offsetMinutes), begin: now, end: now };
  const read = date.safeParse(asked);
  const days = read.success ? dayOf(read.data) : undefined;
  if (days === undefined)
    throw new Malformed(
      `Cannot show the law at ${JSON.stringify(asked)}: want a date such as 2026-05-03`,
    );
  const today = daysFromCivil(civilAt(now, offsetMinutes));
  const begin =
    startOf(civilAt(now, offsetMinutes), offsetMinutes) + (days - today) * DAY;
  return { shown: asked, begin, end: begin + DAY - 1 };
}

/** One text of a rule: by which rulebook it counted, where, from when to when. */
export type Text = {
  readonly rulebook: string;
  readonly entry: number;
  /** The body over whose data it holds, by its id and its title; the whole office where there is none. */
  readonly body?: string;
  readonly where: string;
  readonly pilot: boolean;
  readonly parent?: string;
  readonly number?: number;
  readonly from: string;
  readonly until: string;
  /** It was in force on the day that was asked for. */
  readonly inForce: boolean;
};
export type RuleLine = Pick<Law, "jurisdiction" | "cites" | "mark" | "says"> & {
  readonly rule: string;
  readonly zh?: string;
  /** Whether a rulebook must adopt it, and whether one has. */
  readonly state: State;
  readonly texts: readonly Text[];
};
export type ConflictLine = {
  readonly rules: readonly {
    readonly rule: string;
    readonly says: string;
    readonly cites: string;
  }[];
  readonly applies: string;
  readonly entry: number;
};
export type LawView = {
  readonly office: string;
  readonly at: string;
  readonly rulebooks: readonly RulebookLine[];
  readonly rules: readonly RuleLine[];
  readonly conflicts: readonly ConflictLine[];
};
export type RulebookLine = Omit<Text, "number"> & {
  readonly title: string;
  /** What this state of the office's own says otherwise than the one before. */
  readonly changes?: readonly string[];
};

/** Every rule that this office knows, whether it counts here, by which rulebooks and with which number. */
export function lawView(register: ReadRegister, at: AtDay): LawView {
  const spans = spansOf(register);
  return {
    ...{ office: officeTitle(register), at: at.shown },
    rulebooks: rulebookLines(register, spans, at),
    rules: Object.keys(law).map((rule) => {
      const texts = textsOf(register, spans, rule, at).filter(
        ({ inForce }) => inForce,
      );
      const { jurisdiction, cites, mark, says, zh } = lawOf(rule);
      return {
        ...{ rule, jurisdiction, cites, mark, says, texts },
        ...(zh === undefined ? {} : { zh }),
        state: stateOf(register, rule, texts.length > 0),
      };
    }),
    conflicts: conflictLines(register, at),
  };
}

type State =
  | "adopted"
  | "not adopted"
  | "counts without adoption"
  | "of another law"
  | "cited, decides nothing by itself";

/** Whether a rule counts here: some want to be adopted, some count in every office of their law, and some are cited and decide nothing. */
function stateOf(
  register: ReadRegister,
  rule: string,
  isAdopted: boolean,
): State {
  if (isAdopted && isAdoptable(rule)) return "adopted";
  if (isAdoptable(rule)) return "not adopted";
  if (evidenceOf(rule) === undefined) return "cited, decides nothing by itself";
  const { jurisdiction } = lawOf(rule);
  return jurisdiction === "house" ||
    jurisdiction === jurisdictionOf(register.rulebook?.act)
    ? "counts without adoption"
    : "of another law";
}

export type RuleView = Law & {
  readonly office: string;
  readonly rule: string;
  readonly at: string;
  readonly limit?: {
    readonly number: number;
    readonly unit: string;
    readonly direction: "max" | "min";
    readonly bound: number;
  };
  /** What it looks at: the members of an act that state a fact, the act, and the power whose holder states it. */
  readonly facts: readonly {
    readonly fact: string;
    readonly act: string;
    readonly power: string;
  }[];
  readonly texts: readonly Text[];
  readonly state: State;
  /** Its article by its Chinese name and number, where it is of Chinese law. */
  readonly citesZh?: string;
  /** The article in its own words, as far as it was read so. */
  readonly articles: readonly Article[];
  /** What each state of the office's own rulebook changed about it. */
  readonly changes: readonly {
    readonly entry: number;
    readonly on: string;
    readonly says: string;
  }[];
  readonly conflicts: readonly ConflictLine[];
};

/** One rule, and every text of it that ever counted here. */
export function ruleView(
  register: ReadRegister,
  rule: string,
  at: AtDay,
): RuleView | undefined {
  if (!Object.hasOwn(law, rule)) return undefined;
  const { offsetMinutes, rulebooks } = register;
  const limit = limitOf(rule);
  const texts = textsOf(register, spansOf(register), rule, at);
  return {
    ...lawOf(rule),
    ...(lawOf(rule).jurisdiction === "CN"
      ? {
          citesZh: speaking("zh", () => withNames(citesIn(lawOf(rule).cites))),
        }
      : {}),
    articles: articlesOf(rule),
    ...{ office: officeTitle(register), rule, at: at.shown },
    ...(limit === undefined
      ? {}
      : {
          limit: {
            ...{ number: limit.number, direction: limit.direction },
            ...{ bound: limit.bound, unit: unitOf(rule) },
          },
        }),
    facts: factsOf(rule),
    texts,
    state: stateOf(
      register,
      rule,
      texts.some(({ inForce }) => inForce),
    ),
    changes: rulebooks.flatMap(({ act, entry, at: on }, index) => {
      const before = rulebooks[index - 1]?.act;
      return (before === undefined ? [] : changesOf(before, act))
        .filter((one) => one.rule === rule)
        .map(({ says }) => ({
          ...{ entry, says },
          on: showInstant(on, offsetMinutes),
        }));
    }),
    conflicts: conflictLines(register, at).filter(({ rules }) =>
      rules.some((one) => one.rule === rule),
    ),
  };
}

function textsOf(
  register: ReadRegister,
  spans: readonly Span[],
  rule: string,
  at: AtDay,
): readonly Text[] {
  return spans.flatMap((span) => {
    const adopted = span.content.rules?.find((one) => one.rule === rule);
    const limit = limitIn(span, rule);
    if (adopted === undefined && limit === undefined) return [];
    const number = limit ?? adopted?.number ?? limitOf(rule)?.number;
    return [
      {
        ...placed(register, span, at),
        ...(number === undefined ? {} : { number }),
      },
    ];
  });
}

/** Rules that need no adoption and whose number is a limit of the rulebook: months of a right, days of an application as they are counted. */
function limitIn(
  { content: { limits } }: Span,
  rule: string,
): number | undefined {
  if (rule === "CN-OPS-10") return limits?.authorisationMonthsMax;
  if (rule === "CN-LIC-01") return limits?.applicationTerm;
  return undefined;
}

export function placed(
  { offsetMinutes, bodies }: ReadRegister,
  span: Span,
  at: AtDay,
): Omit<Text, "number"> {
  const { rulebook, entry, body, pilot, parent } = span;
  return {
    ...{ rulebook, entry, pilot },
    ...(body === undefined ? {} : { body }),
    ...(parent === undefined ? {} : { parent }),
    where:
      body === undefined
        ? say("the whole office")
        : say("{body} and its units", {
            body: titleOf(bodies.get(body), body),
          }),
    from: showInstant(span.from, offsetMinutes),
    until: showInstant(span.until, offsetMinutes),
    inForce: isDuring(span, at.begin, at.end),
  };
}

function rulebookLines(
  register: ReadRegister,
  spans: readonly Span[],
  at: AtDay,
): readonly RulebookLine[] {
  const { rulebooks } = register;
  return spans.map((span, index) => {
    const [before, now] = [rulebooks[index - 1]?.act, rulebooks[index]?.act];
    return {
      ...placed(register, span, at),
      title: titleIn(span),
      ...(before === undefined || now === undefined
        ? {}
        : {
            changes: changesOf(before, now).map(({ rule, says }) =>
              rule === undefined ? says : `${rule} ${says}`,
            ),
          }),
    };
  });
}

/** Which of two rules applies, by the rulebook of that day: both are kept, and the answer is in the log. */
function conflictLines(
  { rulebooks }: ReadRegister,
  at: AtDay,
): readonly ConflictLine[] {
  const standing = rulebooks.findLast((one) => one.at <= at.end);
  return (standing?.act.conflicts ?? []).map(({ rule, against, applies }) => ({
    ...{ applies, entry: standing?.entry ?? 0 },
    rules: [rule, against].map((id) => ({
      ...{ rule: id, ...saidLaw(id) },
    })),
  }));
}

function unitOf(rule: string): string {
  const form = rows
    .find((row) => row.rule === rule)
    ?.looks.find((look) => "number" in look)?.form;
  if (form === "span" || form === "answered") return "days";
  if (form === "term") return "months";
  const limit = limitOf(rule);
  return limit !== undefined && "clock" in limit ? (limit.clock ?? "") : "";
}

function factsOf(rule: string): RuleView["facts"] {
  return rows
    .filter((row) => row.rule === rule)
    .flatMap(({ kind, only, looks }) => {
      const by: { readonly approve: string; readonly prepare?: string } =
        wanted[kind];
      const power = by.prepare ?? by.approve;
      const facts = looks.flatMap((look) => [
        ...(look.of === "entry" || look.of === "begins" ? [] : [look.of]),
        ...("next" in look && look.next !== "entry" && look.next !== "begins"
          ? [look.next]
          : []),
        ...("whole" in look ? [look.whole] : []),
        ...("by" in look ? [look.by] : []),
        ...("from" in look ? [look.from] : []),
        ...("before" in look ? [look.before] : []),
        ...("facts" in look ? look.facts : []),
      ]);
      return [
        ...new Set([...(only === undefined ? [] : [only.of]), ...facts]),
      ].map((fact) => ({ fact, act: kind, power }));
    });
}
