import type { Titles } from "../acts/shapes.ts";
import type { Term } from "../rules/clocks.ts";
import type { ReadRegister, Rulebook } from "../register/register.ts";
import { monthLimits } from "../rules/law-in-force.ts";
import { contentOf, type Content } from "../rules/local-law.ts";
import { limitOf } from "../rules/rows.ts";
import { applicationTerm, questionTerm } from "../rules/terms.ts";
import { say, sayCount } from "./lang/say.ts";
import { sayWord } from "./lang/words.ts";

/** A rulebook as it was in force somewhere, from one instant to another. */
export type Span = {
  readonly rulebook: string;
  readonly title: string;
  readonly titles: Titles;
  /** The entry that brought it into force. */
  readonly entry: number;
  /** The body over whose data and units it holds; the whole office where there is none. */
  readonly body: string | undefined;
  readonly from: number;
  readonly until: number;
  readonly pilot: boolean;
  readonly parent: string | undefined;
  readonly content: Content & { readonly separated?: readonly string[] };
};

/** Which text was in force where, and when, as the entries of the register say: the office's own first, each in the order of its entries. */
export function spansOf(register: ReadRegister): readonly Span[] {
  const { rulebooks, localRulebooks } = register;
  const own = rulebooks.map(({ act, at, entry }, index): Span => {
    // An expired one stands on, and grants nothing new, until another is adopted.
    const until = Math.min(act.until, rulebooks[index + 1]?.at ?? act.until);
    return {
      ...{ rulebook: act.rulebook, entry, from: at, until },
      ...{ title: act.title, titles: act.titles ?? [] },
      ...{ body: undefined, pilot: false, parent: undefined },
      content: { ...contentOf(act), separated: act.separated },
    };
  });
  const locals = [...localRulebooks.values()].flatMap((one): Span[] => {
    const { act, place, to, ended, promoted } = one;
    const end = Math.min(to, ended?.at ?? to);
    const first: Span = {
      ...{ rulebook: act.rulebook, entry: one.entry },
      ...{ title: act.title, titles: act.titles ?? [] },
      ...{ body: act.body, from: one.at, until: promoted?.at ?? end },
      ...{ pilot: act.pilot === true, parent: act.parent, content: act },
    };
    if (promoted === undefined) return [first];
    const { entry, at } = promoted;
    return [
      first,
      { ...first, entry, body: place, from: at, until: end, pilot: false },
    ];
  });
  return [...own, ...locals];
}

/** In force in some part of a time; an instant is a time as well. */
export function isDuring(
  { from, until }: Pick<Span, "from" | "until">,
  begin: number,
  end: number,
): boolean {
  return from <= end && begin < until;
}

/** What one state of the office's rulebook says otherwise than the one before, and of which rule where it is of one. */
export type Change = { readonly rule?: string; readonly says: string };

export function changesOf(
  before: Rulebook,
  after: Rulebook,
): readonly Change[] {
  return [
    ...ruleChanges(before, after),
    ...limitChanges(before, after),
    ...listChanges(
      say("purpose"),
      before.purposes,
      after.purposes,
      (one) => one.purpose,
    ),
    ...listChanges(
      say("ground"),
      before.grounds,
      after.grounds,
      (one) => one.ground,
    ),
    ...listChanges(
      say("two persons for"),
      before.separated,
      after.separated,
      (one) => one,
    ),
    ...listChanges(
      say("of two rules"),
      before.conflicts ?? [],
      after.conflicts ?? [],
      ({ rule, against, applies }) =>
        say("{rule} and {against}, {applies} applies", {
          ...{ rule, against, applies },
        }),
    ),
  ];
}

function ruleChanges(before: Rulebook, after: Rulebook): readonly Change[] {
  const numberOf = (rule: string, number: number | undefined) =>
    number ?? limitOf(rule)?.number;
  return (after.rules ?? []).flatMap(({ rule, number }): Change[] => {
    const known = before.rules?.find((one) => one.rule === rule);
    const [was, is] = [numberOf(rule, known?.number), numberOf(rule, number)];
    if (known === undefined)
      return [
        {
          rule,
          says:
            is === undefined
              ? say("adopted")
              : say("adopted with the number {number}", { number: is }),
        },
      ];
    return was === is
      ? []
      : [
          {
            rule,
            says: say("{is}, before {was}", { is: is ?? "", was: was ?? "" }),
          },
        ];
  });
}

function limitChanges(before: Rulebook, after: Rulebook): readonly Change[] {
  const said = (name: string, was: string | number, is: string | number) =>
    was === is
      ? []
      : [{ says: say("{name} {is}, before {was}", { name, is, was }) }];
  return [
    ...[...monthLimits, "keyDelayHours" as const].flatMap((name) =>
      said(sayWord(name), before.limits[name], after.limits[name]),
    ),
    ...said(
      sayWord("effectDelayHours"),
      before.limits.effectDelayHours ?? 0,
      after.limits.effectDelayHours ?? 0,
    ),
    ...[
      [say("term of a question"), questionTerm] as const,
      [say("term of an application"), applicationTerm] as const,
    ].flatMap(([name, term]) =>
      said(name, sayTerm(term(before)), sayTerm(term(after))),
    ),
  ];
}

/** 15 days, or 10 working days. */
function sayTerm({ clock, number }: Term): string {
  const n = { n: number };
  switch (clock) {
    case "days":
      return sayCount(number, "{n} day", "{n} days", n);
    case "months":
      return sayCount(number, "{n} month", "{n} months", n);
    case "workingDays":
      return sayCount(number, "{n} working day", "{n} working days", n);
  }
}

function listChanges<T>(
  what: string,
  before: readonly T[],
  after: readonly T[],
  nameOf: (one: T) => string,
): readonly Change[] {
  const [was, is] = [before.map(nameOf), after.map(nameOf)];
  return [
    ...is
      .filter((one) => !was.includes(one))
      .map((one) => ({ says: say("{what} {one}: new", { what, one }) })),
    ...was
      .filter((one) => !is.includes(one))
      .map((one) => ({ says: say("{what} {one}: gone", { what, one }) })),
  ];
}
