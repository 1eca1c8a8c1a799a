import { showTerm } from "../rules/clocks.ts";
import type { ReadRegister, Rulebook } from "../register/register.ts";
import { monthLimits } from "../rules/law-in-force.ts";
import { contentOf, type Content } from "../rules/local-law.ts";
import { limitOf } from "../rules/rows.ts";
import { applicationTerm, questionTerm } from "../rules/terms.ts";

/** A rulebook as it was in force somewhere, from one instant to another. */
export type Span = {
  readonly rulebook: string;
  readonly title: string;
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
      ...{ rulebook: act.rulebook, title: act.title, entry, from: at, until },
      ...{ body: undefined, pilot: false, parent: undefined },
      content: { ...contentOf(act), separated: act.separated },
    };
  });
  const locals = [...localRulebooks.values()].flatMap((one): Span[] => {
    const { act, place, to, ended, promoted } = one;
    const end = Math.min(to, ended?.at ?? to);
    const first: Span = {
      ...{ rulebook: act.rulebook, title: act.title, entry: one.entry },
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
      "purpose",
      before.purposes,
      after.purposes,
      (one) => one.purpose,
    ),
    ...listChanges(
      "ground",
      before.grounds,
      after.grounds,
      (one) => one.ground,
    ),
    ...listChanges(
      "two persons for",
      before.separated,
      after.separated,
      (one) => one,
    ),
    ...listChanges(
      "of two rules",
      before.conflicts ?? [],
      after.conflicts ?? [],
      ({ rule, against, applies }) =>
        `${rule} and ${against}, ${applies} applies`,
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
          says: `adopted${is === undefined ? "" : ` with the number ${is}`}`,
        },
      ];
    return was === is ? [] : [{ rule, says: `${is}, before ${was}` }];
  });
}

function limitChanges(before: Rulebook, after: Rulebook): readonly Change[] {
  const said = (name: string, was: string | number, is: string | number) =>
    was === is ? [] : [{ says: `${name} ${is}, before ${was}` }];
  return [
    ...[...monthLimits, "keyDelayHours" as const].flatMap((name) =>
      said(name, before.limits[name], after.limits[name]),
    ),
    ...[
      ["term of a question", questionTerm] as const,
      ["term of an application", applicationTerm] as const,
    ].flatMap(([name, term]) =>
      said(name, showTerm(term(before)), showTerm(term(after))),
    ),
  ];
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
      .map((one) => ({ says: `${what} ${one}: new` })),
    ...was
      .filter((one) => !is.includes(one))
      .map((one) => ({ says: `${what} ${one}: gone` })),
  ];
}
