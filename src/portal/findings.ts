import type { Act } from "../acts/act.ts";
import { outcomeWord } from "./acts/badge.ts";
import { showInstant } from "../acts/dates.ts";
import type { Finding, Ruling } from "../acts/entry.ts";
import { showCount } from "../audit/says.ts";
import { lawOf } from "../rules/law.ts";
import { isAdoptable } from "../rules/rows.ts";
import { around, speaking } from "./around.ts";
import { sayInstant, sayMoney } from "./lang/figures.ts";
import type { Lang } from "./lang/lang.ts";
import { citesIn, toldIn } from "./lang/law-in.ts";
import { say } from "./lang/say.ts";
import { sayPlace, sayTerm, sayWord } from "./lang/words.ts";
import { describeAct, of } from "./words.ts";

export type FindingLine = {
  readonly rule: string;
  readonly says: string;
  readonly cites: string;
  readonly facts: string;
  readonly next: string;
};

/** A finding with its sentence and article, as people read it. */
export function describeFinding(
  { rule, result, facts }: Finding,
  offsetMinutes: number,
  /** Of the page; absent for programs and terminals, which have the facts by their names in the entry. */
  lang?: Lang,
  currency?: string,
): FindingLine {
  const called = lang === undefined ? sayWord : sayFactName;
  return speaking(lang ?? "en", () => {
    const law = lawOf(rule);
    const [what, ending] = facts;
    const hasEnded =
      ending?.[0] === "until" || ending?.[0] === "ended-by-entry";
    const isComing =
      ending?.[0] === "in-force-from" && (rule === "I1" || rule === "I2");
    return {
      rule,
      says: lang === "zh" ? law.zh : law.says,
      cites: citesIn(law.cites),
      next: isComing
        ? say("wait until then: it takes effect by itself")
        : hasEnded
          ? say("a new {what} in place of the one that ended", {
              what: sayWord(what?.[0] ?? ""),
            })
          : toldIn("next", law.next),
      facts: facts
        .map(([name, value], place) =>
          name === "fact" && result === "missing"
            ? say("missing: {what}", { what: sayPlace(String(value)) })
            : name === "may-attest"
              ? say("the post {post} may attest it", { post: value })
              : typeof value === "number" && isMoney(facts, place)
                ? of(called(name), sayMoney(value, currency))
                : of(called(name), sayFact(name, value, offsetMinutes)),
        )
        .join(say(", ")),
    };
  });
}

/** `payee-kind` is a name for programs: people read `payee kind:`, so that it does not run into its value. */
function sayFactName(name: string): string {
  return around().lang === "en" && name.includes("-")
    ? `${name.replaceAll("-", " ")}:`
    : sayWord(name);
}

const instants = new Set([
  "from",
  "to",
  "until",
  "entered",
  "latest",
  "original",
  "signs-from",
  "rulebook-until",
  "ends",
  "earliest",
  "silent-to",
  "renewed-since",
  "suspended-until",
  "in-force-from",
  "review",
  "left-post",
  "begins",
]);

const money = new Set([
  ...["amount", "ceiling", "ceilings", "revenue", "total", "deduction"],
  ...["excess", "owed", "charged", "in-log", "tax"],
]);
/** What bounds the amount before it. */
const bounds = new Set(["most", "wanted"]);

function isMoney(facts: Finding["facts"], place: number): boolean {
  const name = facts[place]?.[0] ?? "";
  return (
    money.has(name) ||
    (bounds.has(name) && money.has(facts[place - 1]?.[0] ?? ""))
  );
}

/** The currency in which an act speaks of money. */
export function currencyOf(act: Act): string | undefined {
  return "currency" in act ? act.currency : undefined;
}

/** Years are not counted. */
const years = new Set([
  ...["year", "bond-year", "survey-year", "income-of", "earliest-year"],
]);

/** Facts whose values are words of a closed list, or places in an act. What others have is somebody's own: an id, a field, a day. */
const worded = new Set([
  ...["binding", "class", "clock", "conclusion", "exclusive", "form", "forum"],
  ...["how", "keyed", "kind", "lacks", "level", "mode", "next-step"],
  ...["open-and", "outcome", "parent-clock", "payee-kind", "pays-more"],
  ...["reason", "redress", "role", "separated", "stage", "state", "theme"],
  ...["told", "type", "unit", "value", "wanted", "lacks-power", "power"],
]);
const places = new Set(["fact", "same-as", "after", "before", "not-before"]);

/** What a finding says stands there where nothing does, whatever the fact. */
const ABSENT = "none";

function sayFact(
  name: string,
  value: string | number,
  offsetMinutes: number,
): string {
  if (typeof value === "string" && places.has(name)) return sayPlace(value);
  return typeof value === "string" && (worded.has(name) || value === ABSENT)
    ? sayTerm(value)
    : showFact(name, value, offsetMinutes);
}

function showFact(
  name: string,
  value: string | number,
  offsetMinutes: number,
): string {
  if (typeof value === "number" && instants.has(name))
    return around().lang === "zh"
      ? sayInstant(value, offsetMinutes)
      : showInstant(value, offsetMinutes);
  return typeof value === "number" && !years.has(name)
    ? showCount(value)
    : String(value);
}

/** What a procedure lacks is made good in its order; of other faults the last is the one that nothing else mends. */
export function decisive<F extends { readonly rule: string }>(
  findings: readonly F[],
): F | undefined {
  return findings.find(({ rule }) => isAdoptable(rule)) ?? findings.at(-1);
}

/** Lines for a terminal: outcome, act, then one line a finding with its article, then the next lawful step. */
export function rulingLines(
  act: Act,
  ruling: Ruling,
  index: number | undefined,
  offsetMinutes: number,
  lang: Lang = "en",
): readonly string[] {
  const where =
    index === undefined ? "not entered" : `entry ${showCount(index)}`;
  const told = lang === "en" ? undefined : lang;
  const findings = (
    ruling.outcome === "granted" ? ruling.flags : ruling.findings
  ).map((f) => describeFinding(f, offsetMinutes, told, currencyOf(act)));
  const width = Math.max(0, ...findings.map((f) => f.says.length));
  const lines = [
    `${outcomeWord(act, ruling.outcome)}  ${describeAct(act)}`.padEnd(78) +
      `  ${where}`,
  ];
  for (const f of findings) {
    lines.push(`  ${f.rule.padEnd(11)} ${f.says.padEnd(width)}  ${f.cites}`);
    if (f.facts !== "") lines.push(`  ${"".padEnd(11)} ${f.facts}`);
  }
  const step = decisive(findings);
  if (ruling.outcome === "refused" && step !== undefined)
    lines.push(`next lawful step  ${step.next}`);
  return lines;
}
