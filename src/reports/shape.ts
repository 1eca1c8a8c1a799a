/** Money in minor units. */
export type Money = { readonly minor: number; readonly currency: string };
/** Something that the law wants and the register does not hold, and what would bring it there. */
export type Lack = { readonly missing: string; readonly fill: string };

type Value = string | number | Money;
/** A cell while a report is made. */
export type DraftCell = Value | Lack;
/** A row and the entries that it rests on. */
export type DraftRow = {
  readonly cells: readonly DraftCell[];
  readonly entries: readonly number[];
};
export type Draft = {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly DraftRow[];
  /** Said where there are no rows. */
  readonly none: string;
  /** What is missing of the section as a whole. */
  readonly lacks?: readonly Lack[];
};

/** A cell of a report: what the register holds, or the number of a gap. */
export type Cell = Value | { readonly gap: number };
export type Section = Omit<Draft, "rows" | "lacks"> & {
  readonly rows: readonly {
    readonly cells: readonly Cell[];
    readonly entries: readonly number[];
  }[];
};
/** What is missing, once, and where: a section, and the first cells of the rows that lack it (none: of the section as a whole). */
export type Gap = Lack & {
  readonly gap: number;
  readonly section: string;
  readonly where: readonly string[];
};

/** Gives every gap its number: the same thing that is missing in several rows of a section is one gap. */
export function numbered(drafts: readonly Draft[]): {
  readonly sections: readonly Section[];
  readonly gaps: readonly Gap[];
} {
  const gaps: (Gap & { readonly where: string[] })[] = [];
  const gapOf = (lack: Lack, section: string, where?: string): number => {
    const known = gaps.find(
      (one) => one.section === section && one.missing === lack.missing,
    );
    const { missing, fill } = lack;
    const found = known ?? {
      ...{ gap: gaps.length + 1, section, missing, fill },
      where: [],
    };
    if (known === undefined) gaps.push(found);
    if (where !== undefined && !found.where.includes(where))
      found.where.push(where);
    return found.gap;
  };
  const sections = drafts.map(({ rows, lacks = [], ...draft }): Section => {
    // Of nothing nothing is missing.
    if (rows.length > 0) for (const lack of lacks) gapOf(lack, draft.title);
    return {
      ...draft,
      rows: rows.map(({ cells, entries }) => ({
        entries: [...new Set(entries)].toSorted((a, b) => a - b),
        cells: cells.map((cell): Cell =>
          isLack(cell)
            ? { gap: gapOf(cell, draft.title, nameOf(cells)) }
            : cell,
        ),
      })),
    };
  });
  return { sections, gaps };
}

const isLack = (cell: DraftCell): cell is Lack =>
  typeof cell === "object" && "missing" in cell;

function nameOf([first]: readonly DraftCell[]): string {
  return typeof first === "string" ? first : "";
}
