import { byContent, lexiconOf, type Rank, rolesOf } from "./heading-lexicon.ts";
import type { HeadingUnit } from "./heading-unit.ts";
import type { HeadingWords } from "./heading-words.ts";

/** How a column was told: by the role's own name, a word that is known to mean it, the end of a longer heading, its cells. */
export type How = "exact" | "synonym" | "part" | "content";

export type Guess = {
  /** Undefined where none is meant or several are equally good; a person decides. */
  readonly column: number | undefined;
  readonly how: How | undefined;
  /** Which columns could be meant as well, the best first. */
  readonly others: readonly number[];
  /** What the heading says of the unit of its money. */
  readonly unit: HeadingUnit | undefined;
};

/** As many as a sheet of a spreadsheet has. */
const COLUMNS_MAX = 16_384;

/**
 * Which column is meant by which role, from headings in English and Chinese and, where these say nothing, from some rows.
 * A guess to be shown, never one to be silently relied on: of two that are equally good neither is taken.
 */
export function guessColumns<Role extends string>(
  words: HeadingWords<Role>,
  headings: readonly string[],
  sampleRows: readonly (readonly string[])[],
): ReadonlyMap<Role, Guess> {
  const lexicon = lexiconOf(words);
  const columns = headings.slice(0, COLUMNS_MAX).map((heading, column) => {
    const named = rolesOf(lexicon, heading);
    return named ?? byContent(words, sampleRows, column);
  });
  const open = new Map<Role, readonly Candidate[]>();
  for (const [column, { roles, unit }] of columns.entries())
    for (const [role, rank] of roles)
      open.set(role, [...(open.get(role) ?? []), { column, rank, unit }]);
  const taken = assign(open);
  return new Map(
    lexicon.roles.map((role) => {
      const candidates = (open.get(role) ?? []).toSorted(
        (a, b) => b.rank - a.rank,
      );
      const column = taken.get(role);
      const chosen = candidates.find((one) => one.column === column);
      const best = chosen ?? candidates[0];
      return [
        role,
        {
          column,
          how: best === undefined ? undefined : HOW[best.rank],
          others: candidates
            .map((one) => one.column)
            .filter((one) => one !== column),
          unit: words.money.includes(role) ? chosen?.unit : undefined,
        },
      ];
    }),
  );
}

/** Counts how many cells of a row are headings of these roles, said in words that are known. */
export function headingCounter<Role extends string>(
  words: HeadingWords<Role>,
): (row: readonly string[]) => number {
  const lexicon = lexiconOf(words);
  return (row) =>
    row.slice(0, COLUMNS_MAX).filter((cell) => {
      const found = rolesOf(lexicon, cell);
      return found !== undefined && found.roles.size > 0;
    }).length;
}

type Candidate = {
  readonly column: number;
  readonly rank: Rank;
  readonly unit: HeadingUnit | undefined;
};

const HOW: Readonly<Record<Rank, How>> = {
  5: "exact",
  4: "synonym",
  3: "synonym",
  2: "part",
  1: "content",
};

/** From the best rank down: a column goes to a role if it is the only one for it and is meant by no other as much. */
function assign<Role>(
  open: ReadonlyMap<Role, readonly Candidate[]>,
): ReadonlyMap<Role, number> {
  const taken = new Map<Role, number>();
  const used = new Set<number>();
  const closed = new Set<Role>();
  for (const rank of [5, 4, 3, 2, 1] as const) {
    const wanted = new Map<Role, number>();
    for (const [role, candidates] of open) {
      if (closed.has(role)) continue;
      const [first, ...more] = candidates.filter(
        (one) => one.rank === rank && !used.has(one.column),
      );
      if (first === undefined) continue;
      // Two that are equally good: a weaker one is not better than either.
      closed.add(role);
      if (more.length === 0) wanted.set(role, first.column);
    }
    for (const [role, column] of wanted) {
      const isShared = [...wanted].some(
        ([other, same]) => other !== role && same === column,
      );
      if (isShared) continue;
      taken.set(role, column);
      used.add(column);
    }
  }
  return taken;
}
