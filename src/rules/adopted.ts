import type { Act } from "../acts/act.ts";
import { addMonths } from "../acts/dates.ts";
import type { Finding } from "../acts/entry.ts";
import type { ReadRegister, Rulebook } from "../register/register.ts";
import { localDay } from "./clocks.ts";
import { dayIn, factIn, listIn } from "./fact-in.ts";
import { isForeign, jurisdictionOf } from "./jurisdictions.ts";
import { breach, missing, when } from "./findings.ts";
import { seenInProcedure } from "./procedure-facts.ts";
import {
  isAdoptable,
  limitedLook,
  limitOf,
  type Look,
  type Row,
  rows,
} from "./rows.ts";
import { termBetween } from "./term-between.ts";

type Adopted = NonNullable<Rulebook["rules"]>;

type Moment = {
  readonly at: number;
  readonly register: ReadRegister;
  /** Days since 1970-01-01 in the office's own time. */
  readonly today: number;
};
type Result = "kept" | Finding["result"];

/** A rule that looked at an act, and what it found; nothing where it is kept. */
type Looked = {
  readonly rule: string;
  readonly findings: readonly Finding[];
};

/** Every adopted rule that has something to say of this kind of act. */
function looksAt(
  register: ReadRegister,
  act: Act,
  at: number,
): readonly Looked[] {
  const seen = seenInProcedure(register, act);
  const about = rowsAbout.get(seen === undefined ? act.kind : "authorisation");
  // Most acts are of kinds that no row is about, and a ruling takes microseconds.
  if (about === undefined) return [];
  const adopted = register.rulebook?.act.rules;
  if (adopted === undefined) return [];
  const moment = { at, register, today: localDay(register, at) };
  const facts = seen?.facts ?? act;
  return about
    .filter(
      (row) => (seen?.rules?.includes(row.rule) ?? true) && applies(row, facts),
    )
    .flatMap((row) => {
      const own = byRule(adopted).get(row.rule);
      return own === undefined
        ? []
        : [
            {
              rule: row.rule,
              findings: findingsOf(row, own.number, facts, moment),
            },
          ];
    });
}

type AdoptedRule = Adopted[number];
/** Of each list of adopted rules, which is one object for as long as it counts, its rules by their ids. */
const known = new WeakMap<Adopted, ReadonlyMap<string, AdoptedRule>>();

function byRule(adopted: Adopted): ReadonlyMap<string, AdoptedRule> {
  const found = known.get(adopted);
  if (found !== undefined) return found;
  const made = new Map(adopted.map((one) => [one.rule, one]));
  known.set(adopted, made);
  return made;
}

const rowsAbout: ReadonlyMap<string, readonly Row[]> = new Map(
  rows.map(({ kind }) => [kind, rows.filter((row) => row.kind === kind)]),
);

/**
 * Whether a rule that has a function of its own counts, and by which number: the law's, or a tighter one. Undefined where it does not
 * count. Of an act that is ruled on, the register has the law where it holds (`underLaw`).
 */
export function adoptedRule(
  register: ReadRegister,
  rule: string,
): { readonly number: number } | undefined {
  const adopted = register.rulebook?.act.rules;
  const own = adopted === undefined ? undefined : byRule(adopted).get(rule);
  if (own === undefined) return undefined;
  register.asked?.add(rule);
  return { number: own.number ?? limitOf(rule)?.number ?? 0 };
}

/** How a rule came out that looked at an act, for whoever wants to know before signing. */
export type LookedAt = { readonly rule: string; readonly result: Result };

/** The adopted rules that are rows, each with what it found. */
export function rowsLookedAt(
  register: ReadRegister,
  act: Act,
  at: number,
): readonly LookedAt[] {
  return looksAt(register, act, at).map(({ rule, findings }) => ({
    rule,
    result: findings[0]?.result ?? "kept",
  }));
}

/** What the adopted rules find in an act. */
export function decideAdopted(
  register: ReadRegister,
  act: Act,
  at: number,
): readonly Finding[] {
  return looksAt(register, act, at).flatMap(({ findings }) => findings);
}

function applies({ only, or }: Row, act: unknown): boolean {
  if (only === undefined) return true;
  if (or !== undefined && factIn(act, or) !== undefined) return true;
  const value = factIn(act, only.of);
  return isOneOf(only.in, value);
}

function isOneOf(
  these: readonly (string | boolean)[],
  value: unknown,
): boolean {
  return these.some((one) => one === value);
}

function findingsOf(
  { rule, looks }: Row,
  tightened: number | undefined,
  act: unknown,
  moment: Moment,
): readonly Finding[] {
  const limited = limitedLook(rule);
  const found = looks.flatMap((look) =>
    lookWith(
      rule,
      look === limited && tightened !== undefined
        ? { ...limited, number: tightened }
        : look,
      act,
      moment,
    ),
  );
  // Several looks miss the same fact: it is named once.
  const said = new Set<string>();
  return found.filter((one) => {
    const text = JSON.stringify(one);
    const isNew = !said.has(text);
    said.add(text);
    return isNew;
  });
}

function lookWith(
  rule: string,
  look: Look,
  act: unknown,
  moment: Moment,
): readonly Finding[] {
  const lacks = (fact: string) => [missing(rule, ["fact", fact])];
  if (look.form === "term")
    return termBetween(rule, look, act, moment.register, moment.at);
  const value = factIn(act, look.of);
  // What two facts are to each other says nothing of whether both must be there.
  if (value === undefined)
    return ["order", "with", "differ"].includes(look.form)
      ? []
      : lacks(look.of);
  switch (look.form) {
    case "presence":
      return [];
    case "with":
      return typeof value === "string" && look.in.includes(value)
        ? look.facts
            .filter((fact) => factIn(act, fact) === undefined)
            .flatMap(lacks)
        : [];
    case "differ":
      return when(value === factIn(act, look.from), () =>
        breach(rule, ["fact", look.of], ["same-as", look.from]),
      );
    case "items": {
      const absent = look.all.filter((item) => !listIn(value).includes(item));
      return when(absent.length > 0, () =>
        breach(
          rule,
          ["fact", look.of],
          ["items", look.all.length - absent.length],
          ["wanted", look.all.length],
          ["lacks", absent[0] ?? ""],
        ),
      );
    }
    case "order": {
      const end =
        look.next === "entry" ? moment.today : dayIn(factIn(act, look.next));
      const day = dayIn(value);
      return when(day !== undefined && end !== undefined && day > end, () =>
        breach(rule, ["fact", look.of], ["after", look.next]),
      );
    }
    case "span": {
      const [from, to] = [dayIn(value), dayIn(factIn(act, look.next))];
      if (from === undefined || to === undefined) return lacks(look.next);
      // What comes before its beginning is out of order, whichever way the limit goes.
      if (to < from)
        return [breach(rule, ["fact", look.next], ["before", look.of])];
      return when(beyondLimit(look, to - from), () =>
        breach(
          rule,
          ["fact", look.next],
          ["days", to - from],
          ["wanted", look.number],
        ),
      );
    }
    case "number":
      return when(beyondLimit(look, Number(value)), () =>
        breach(
          rule,
          ["fact", look.of],
          ["number", Number(value)],
          ["wanted", look.number],
        ),
      );
    case "odd":
      return when(Number(value) % 2 === 0, () =>
        breach(rule, ["fact", look.of], ["even", Number(value)]),
      );
    case "set":
      return when(!isOneOf(look.in, value), () =>
        breach(
          rule,
          ["fact", look.of],
          ["value", typeof value === "string" ? value : `${value === true}`],
        ),
      );
    case "untilBy": {
      const months = look.months[String(factIn(act, look.by))];
      // Without the other fact nobody knows how long; that it is there is for another look.
      if (months === undefined) return [];
      const latest = addMonths(
        moment.at,
        months,
        moment.register.offsetMinutes,
      );
      return when(Number(value) > latest, () =>
        breach(
          rule,
          ["fact", look.of],
          ["until", Number(value)],
          ["latest", latest],
        ),
      );
    }
    case "share": {
      const whole = Number(factIn(act, look.whole));
      const [parts, of] = look.least;
      return when(
        Number(value) * of < whole * parts || Number(value) > whole,
        () =>
          breach(
            rule,
            ["fact", look.of],
            ["number", Number(value)],
            ["whole", whole],
          ),
      );
    }
    case "answered":
      return listIn(value).flatMap((one, place) => {
        const [asked, answer] = [
          dayIn(factIn(one, "on")),
          dayIn(factIn(one, "answered")),
        ];
        const fact = `${look.of}.${place + 1}`;
        if (asked === undefined || answer === undefined)
          return [missing(rule, ["fact", `${fact}.answered`])];
        if (answer < asked)
          return [breach(rule, ["fact", `${fact}.answered`], ["before", "on"])];
        const awarded = dayIn(factIn(act, look.before));
        return [
          ...when(beyondLimit(look, answer - asked), () =>
            breach(
              rule,
              ["fact", fact],
              ["days", answer - asked],
              ["wanted", look.number],
            ),
          ),
          ...when(awarded !== undefined && awarded < answer, () =>
            breach(rule, ["fact", `${fact}.answered`], ["after", look.before]),
          ),
        ];
      });
  }
}

function beyondLimit(
  { direction, number }: { direction: "max" | "min"; number: number },
  found: number,
): boolean {
  return direction === "max" ? found > number : found < number;
}

/** Rules that a rulebook adopts are known, of its jurisdiction, each once, and their numbers are no looser than the law's. */
export function decideRules(
  rulebook: Pick<Rulebook, "rules" | "calendar" | "jurisdiction">,
): readonly Finding[] {
  const { rules = [], calendar } = rulebook;
  const jurisdiction = jurisdictionOf(rulebook);
  const ids = rules.map(({ rule }) => rule);
  return [
    ...when(
      calendar === undefined &&
        ids.some((id) => limitOf(id)?.clock === "workingDays"),
      () => missing("V-CALENDAR", ["calendar", "none"]),
    ),
    ...ids
      .filter((id) => !isAdoptable(id))
      .map((id) => missing("V-REF", ["rule", id])),
    ...ids
      .filter((id) => isForeign(id, jurisdiction))
      .map((id) =>
        breach("V-FORM", ["rule", id], ["jurisdiction", jurisdiction]),
      ),
    ...ids
      .filter((id, place) => ids.indexOf(id) !== place)
      .map((id) => breach("V-NEW", ["rule", id])),
    ...rules.flatMap(({ rule, number }) => {
      if (number === undefined || !isAdoptable(rule)) return [];
      const limit = limitOf(rule);
      if (limit === undefined) return [breach("V-FORM", ["rule", rule])];
      const { direction, bound } = limit;
      const opposite = direction === "max" ? "min" : "max";
      return [
        ...when(beyondLimit(limit, number), () =>
          breach(
            "I13",
            ["rule", rule],
            ["number", number],
            ["parent", limit.number],
          ),
        ),
        ...when(
          beyondLimit({ direction: opposite, number: bound }, number),
          () =>
            breach(
              "V-FORM",
              ["rule", rule],
              ["number", number],
              ["bound", bound],
            ),
        ),
      ];
    }),
  ];
}

/** No adopted rule goes, and none of their numbers gets looser. */
export function looserRules(now: Rulebook, next: Rulebook): readonly Finding[] {
  const numberIn = (rules: Adopted, id: string) =>
    rules.find(({ rule }) => rule === id)?.number ?? limitOf(id)?.number;
  const rules = next.rules ?? [];
  return (now.rules ?? []).flatMap(({ rule }) => {
    if (!rules.some((one) => one.rule === rule))
      return [breach("I13", ["rule", rule])];
    const limit = limitOf(rule);
    const parent = numberIn(now.rules ?? [], rule);
    const number = numberIn(rules, rule);
    if (limit === undefined || parent === undefined || number === undefined)
      return [];
    return when(beyondLimit({ ...limit, number: parent }, number), () =>
      breach("I13", ["rule", rule], ["number", number], ["parent", parent]),
    );
  });
}
