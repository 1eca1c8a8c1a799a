import type { Alias } from "./aliases.ts";
import type { Currency } from "./currencies.ts";
import type { FeeStandard, Proposal } from "./ledger.ts";
import { resemblance } from "./names-alike.ts";
import { nameKey } from "./names.ts";
import { type Problem, quoted } from "./problem.ts";

/** What of a receipt decides which approved fees it can be held against, as the ledger spells it. */
export type Combination = {
  readonly unit: string;
  readonly service: string;
  readonly payerClass: string;
  readonly currency: Currency;
};

/** A version of a fee that covers a combination on the days on which it is in force. */
export type Covering = {
  /** Its place in the list. */
  readonly fee: number;
  /** From 0; a fee that names the unit is closer than one that names the class only. */
  readonly closeness: number;
};

export type Match = {
  readonly covering: readonly Covering[];
  /** Why no fee is taken, where `covering` is empty. */
  readonly why: "nobodyApproved" | "unmatched";
  /** Names that a person has to decide about before it can be matched. */
  readonly open: readonly OpenName[];
};

export type OpenName = Omit<Proposal, "receipts">;

export type Matcher = (combination: Combination) => Match;

type Role = Proposal["role"];

/** The approved fees by what they name, as keys. */
type Keyed = {
  readonly fee: number;
  readonly unit: string;
  readonly payerClass: string;
};

/** One name of the ledger: its key or that of the approved name it stands for, and what else it may be. */
type Named = { readonly key: string; readonly candidates: readonly string[] };

/**
 * Makes the matcher of a list of approved fees. A name is an approved one if their keys are the same or a person said
 * so. Where it only looks like one, and a fee would cover the receipts if it were, they stay unmatched until a person
 * decides; so do receipts without a service, and those that lack the unit or class which every fee of theirs names.
 */
export function matcherOf(
  standards: readonly FeeStandard[],
  aliases: readonly Alias[],
): Matcher | Problem {
  const books = {
    unit: bookOf(standards.map(({ unit }) => unit)),
    service: bookOf(standards.map(({ service }) => service)),
    payerClass: bookOf(standards.map(({ payerClass }) => payerClass)),
  };
  const decided = decisions(aliases, books);
  if ("problem" in decided) return decided;
  const byService = keyedByService(standards);
  const named = (role: Role, text: string): Named =>
    books[role].named(text, decided.means.get(`${role} ${nameKey(text)}`));

  return (combination) => {
    const names = {
      unit: named("unit", combination.unit),
      service: named("service", combination.service),
      payerClass: named("payerClass", combination.payerClass),
    };
    if (names.service.key === "")
      return { covering: [], why: "unmatched", open: [] };
    const feesOf = (service: string): readonly Keyed[] =>
      byService.get(`${combination.currency} ${service}`) ?? [];
    const own = feesOf(names.service.key);
    const covering = own
      .filter(
        (fee) =>
          isNamed(fee.unit, names.unit.key) &&
          isNamed(fee.payerClass, names.payerClass.key),
      )
      .map((fee) => ({ fee: fee.fee, closeness: closenessOf(fee) }));
    const open = openNames(combination, names, own, feesOf, (role, key) =>
      books[role].spelling(key),
    );
    if (open.length > 0) return { covering: [], why: "unmatched", open };
    const isShort = covering.length === 0 && own.some(fitsBlank(names));
    return {
      covering,
      why: isShort ? "unmatched" : "nobodyApproved",
      open: [],
    };
  };
}

type Names = Readonly<Record<Role, Named>>;

/** Those names on which it depends whether a fee covers the combination. */
function openNames(
  combination: Combination,
  names: Names,
  own: readonly Keyed[],
  feesOf: (service: string) => readonly Keyed[],
  spelling: (role: Role, key: string) => string,
): readonly OpenName[] {
  const { unit, payerClass } = names;
  const fits = (fee: Keyed): boolean =>
    mayBe(fee.unit, unit) && mayBe(fee.payerClass, payerClass);
  const others = names.service.candidates.flatMap(feesOf).filter(fits);
  const possible = [...own.filter(fits), ...others];
  const isOpen: Readonly<Record<Role, boolean>> = {
    service: others.length > 0,
    unit: possible.some((fee) => unit.candidates.includes(fee.unit)),
    payerClass: possible.some((fee) =>
      payerClass.candidates.includes(fee.payerClass),
    ),
  };
  return (["unit", "service", "payerClass"] as const)
    .filter((role) => isOpen[role])
    .map((role) => ({
      role,
      name: combination[role],
      candidates: names[role].candidates.map((key) => spelling(role, key)),
    }));
}

function isNamed(approved: string, key: string): boolean {
  return approved === "" || approved === key;
}

/** Also where the ledger does not say, or where a person might say that it is. */
function mayBe(approved: string, { key, candidates }: Named): boolean {
  return key === "" || isNamed(approved, key) || candidates.includes(approved);
}

function fitsBlank({ unit, payerClass }: Names): (fee: Keyed) => boolean {
  return (fee) =>
    (unit.key === "" || isNamed(fee.unit, unit.key)) &&
    (payerClass.key === "" || isNamed(fee.payerClass, payerClass.key));
}

function closenessOf({ unit, payerClass }: Keyed): number {
  return (unit === "" ? 0 : 2) + (payerClass === "" ? 0 : 1);
}

function keyedByService(
  standards: readonly FeeStandard[],
): ReadonlyMap<string, readonly Keyed[]> {
  const byService = new Map<string, Keyed[]>();
  for (const [fee, standard] of standards.entries()) {
    const place = `${standard.currency} ${nameKey(standard.service)}`;
    const keyed = {
      fee,
      unit: nameKey(standard.unit),
      payerClass: nameKey(standard.payerClass),
    };
    const there = byService.get(place);
    if (there === undefined) byService.set(place, [keyed]);
    else there.push(keyed);
  }
  return byService;
}

type Book = {
  readonly spelling: (key: string) => string;
  readonly has: (key: string) => boolean;
  readonly named: (text: string, means: string | undefined) => Named;
};

/** The approved names of one role. */
function bookOf(names: readonly string[]): Book {
  const spellings = new Map<string, string>();
  for (const name of names) {
    const key = nameKey(name);
    if (key !== "" && !spellings.has(key)) spellings.set(key, name);
  }
  const alike = resemblance([...spellings.keys()]);
  const found = new Map<string, Named>();
  return {
    spelling: (key) => spellings.get(key) ?? key,
    has: (key) => spellings.has(key),
    named: (text, means) => {
      const known = found.get(text);
      if (known !== undefined) return known;
      const key = nameKey(text);
      const isSettled = key === "" || means !== undefined || spellings.has(key);
      const named =
        means === undefined || means === ""
          ? // What is none of the approved names keeps a key that no fee has, even where it is spelt like one.
            {
              key: means === "" ? `- ${key}` : key,
              candidates: isSettled ? [] : alike(key),
            }
          : { key: means, candidates: [] };
      found.set(text, named);
      return named;
    },
  };
}

/** By role and key of the ledger's name: the key that it means, or nothing. */
function decisions(
  aliases: readonly Alias[],
  books: Readonly<Record<Role, Book>>,
): { readonly means: ReadonlyMap<string, string> } | Problem {
  const means = new Map<string, string>();
  for (const alias of aliases) {
    const place = `${alias.role} ${nameKey(alias.name)}`;
    const key = nameKey(alias.means);
    if (key !== "" && !books[alias.role].has(key))
      return {
        problem: `line ${alias.line} of the aliases: ${quoted(alias.means)} is no ${ROLES[alias.role]} of the approved fees, want one or nothing`,
      };
    const before = means.get(place);
    if (before !== undefined && before !== key)
      return {
        problem: `line ${alias.line} of the aliases: ${quoted(alias.name)} means something else on a line before, want one meaning`,
      };
    means.set(place, key);
  }
  return { means };
}

const ROLES: Readonly<Record<Role, string>> = {
  unit: "unit",
  service: "service",
  payerClass: "payer class",
};
