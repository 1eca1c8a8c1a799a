import { tokensOf } from "./amount-tokens.ts";
import { readAmount } from "./amount.ts";
import { readingsOf, readDay } from "./day.ts";
import { dayPartsOf } from "./day-parts.ts";
import { halvesOf, headingKey } from "./heading-key.ts";
import { type HeadingUnit, partsOfHeading } from "./heading-unit.ts";
import type { HeadingWords, RoleWords } from "./heading-words.ts";
import { isChinese, plainText } from "./width.ts";

/** How good a candidate is: 5 for a role's own name, 4 and 3 for known words, 2 for an ending, 1 for its cells. */
export type Rank = 1 | 2 | 3 | 4 | 5;

export type Lexicon<Role> = {
  readonly roles: readonly Role[];
  /** By the key of a word; a word that is known to mean no role has no roles. */
  readonly meanings: ReadonlyMap<string, ReadonlyMap<Role, Rank>>;
};

/** What a column may be, by its heading or by its cells. */
export type Column<Role> = {
  readonly roles: ReadonlyMap<Role, Rank>;
  readonly unit: HeadingUnit | undefined;
};

const SAMPLES_MAX = 50;
const HEADING_CHARACTERS_MAX = 200;

/** All words of a table of headings by their key. */
export function lexiconOf<Role extends string>(
  words: HeadingWords<Role>,
): Lexicon<Role> {
  const roles = rolesIn(words);
  const meanings = new Map<string, Map<Role, Rank>>();
  const add = (list: string, role: Role, rank: Rank): void => {
    for (const word of list.split(",")) {
      const key = headingKey(word);
      if (key === "") continue;
      const meaning = meanings.get(key) ?? new Map<Role, Rank>();
      if ((meaning.get(role) ?? 0) < rank) meaning.set(role, rank);
      meanings.set(key, meaning);
    }
  };
  for (const role of roles) {
    const { exact, known, lesser = "" }: RoleWords = words.roles[role];
    add(exact, role, 5);
    add(known, role, 4);
    add(lesser, role, 3);
  }
  for (const word of words.none.split(",")) {
    const key = headingKey(word);
    if (!meanings.has(key)) meanings.set(key, new Map());
  }
  return { roles, meanings };
}

function rolesIn<Role extends string>(
  words: HeadingWords<Role>,
): readonly Role[] {
  const roles: Role[] = [];
  for (const role in words.roles) roles.push(role);
  return roles;
}

/** What a heading says: whole, in either of its two languages, without its unit, or at its end; undefined: nothing. */
export function rolesOf<Role>(
  { meanings }: Lexicon<Role>,
  heading: string,
): Column<Role> | undefined {
  const parts = partsOfHeading(heading.slice(0, HEADING_CHARACTERS_MAX)).map(
    ({ name, unit }) => ({ key: headingKey(name), unit }),
  );
  for (const { key, unit } of parts) {
    const roles = meanings.get(key) ?? meaningOfHalves(meanings, key);
    if (roles !== undefined) return { roles, unit };
  }
  for (const { key, unit } of parts) {
    const roles = meaningOfEnd(meanings, key);
    if (roles !== undefined) return { roles, unit };
  }
  return undefined;
}

type Meanings<Role> = Lexicon<Role>["meanings"];

/** Both halves of a heading in two languages have to mean the same, or one of them nothing that is known. */
function meaningOfHalves<Role>(
  meanings: Meanings<Role>,
  key: string,
): ReadonlyMap<Role, Rank> | undefined {
  const [one, other] = halvesOf(key).flatMap(
    (half) => meanings.get(half) ?? [],
  );
  if (one === undefined || other === undefined) return one;
  const shared = [...one].filter(([role]) => other.has(role));
  return shared.length > 0 ? new Map(shared) : new Map([...one, ...other]);
}

/** The longest known word at its end: 2023年度收费金额, total fee charged. Of Chinese at least two characters. */
function meaningOfEnd<Role>(
  meanings: Meanings<Role>,
  key: string,
): ReadonlyMap<Role, Rank> | undefined {
  for (let at = 1; at < key.length; at++) {
    const isSeam = key[at - 1] === " " || isChinese(key.slice(at - 1, at + 1));
    const end = key.slice(at).trim();
    if (!isSeam || (isChinese(end) && end.length < 2)) continue;
    const found = meanings.get(end);
    if (found !== undefined)
      return new Map([...found].map(([role]) => [role, 2] as const));
  }
  return undefined;
}

/** What the cells below an unknown heading look like: all of them days, all of them money, all of them currencies. */
export function byContent<Role extends string>(
  { content }: HeadingWords<Role>,
  rows: readonly (readonly string[])[],
  column: number,
): Column<Role> {
  const cells = rows
    .flatMap((row) => row[column] ?? [])
    .filter((cell) => cell.trim() !== "")
    .slice(0, SAMPLES_MAX);
  const roles = rolesByCells(content, cells);
  return {
    roles: new Map(roles.map((role) => [role, 1] as const)),
    unit: undefined,
  };
}

function rolesByCells<Role extends string>(
  content: HeadingWords<Role>["content"],
  cells: readonly string[],
): readonly Role[] {
  if (cells.length === 0) return [];
  if (cells.every(isDay)) return content.date ?? [];
  if (cells.every(isCurrencyName)) return content.currency ?? [];
  // Whole numbers may count anything: only a decimal mark or a word of money tells an amount.
  const isMoney =
    cells.every(isAmount) && cells.some((cell) => !/^[-\d\s]*$/.test(cell));
  return isMoney ? (content.amount ?? []) : [];
}

/** Whether a cell is a date, in whichever order it is meant. */
export function isDay(cell: string): boolean {
  if (typeof readDay(cell) === "number") return true;
  if (cell.length > HEADING_CHARACTERS_MAX) return false;
  const parts = dayPartsOf(cell.trim());
  return parts.kind === "numbers" && readingsOf(parts.numbers).size > 0;
}

/** Whether a cell is an amount, with whichever decimal mark. */
export function isAmount(cell: string): boolean {
  return (
    !("problem" in readAmount(cell, "CNY", "point")) ||
    !("problem" in readAmount(cell, "CNY", "comma"))
  );
}

function isCurrencyName(cell: string): boolean {
  if (cell.length > HEADING_CHARACTERS_MAX) return false;
  const tokens = tokensOf(plainText(cell));
  if ("problem" in tokens) return false;
  return (
    tokens.length > 0 &&
    tokens.every(({ kind }) => kind === "currency" || kind === "part")
  );
}
