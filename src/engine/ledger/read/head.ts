import {
  type HeadingUnit,
  unitAbove,
} from "../../../audit/ledger/heading-unit.ts";
import type { HeadingWords } from "../../../audit/ledger/heading-words.ts";
import { isAmount, isDay } from "../../../audit/ledger/heading-lexicon.ts";
import { type Mapping, placesOf } from "../../../audit/ledger/mapping.ts";
import type { Problem } from "../../../audit/ledger/problem.ts";
import { counterOf, HEAD_ROWS_MAX } from "./book.ts";
import { type Book, type Row, textOfField } from "./row.ts";

/** The headings of a table and where they stand. */
export type Head = {
  readonly headings: readonly string[];
  /** 0 where there are none: then every row is of the table. */
  readonly line: number;
  /** The unit of money that stands above the table: 单位：万元. */
  readonly unit: HeadingUnit | undefined;
};

/** Finds the row of headings below titles: where the mapping says, where its headings stand, or where two are known. */
export function findHead<Role extends string>(
  book: Book,
  rows: readonly Row[],
  words: HeadingWords<Role>,
  mapping: Mapping | undefined,
): Head | Problem {
  if (book.names !== undefined)
    return { headings: book.names, line: 0, unit: undefined };
  const given = mapping?.headerRow;
  if (given === 0) return withoutHeadings(rows);
  const named = mapping === undefined ? undefined : rowOfMapping(rows, mapping);
  if (given !== undefined) {
    // One mapping serves files with more or fewer titles: its headings say better where they stand.
    const row = named ?? rows.find(({ line }) => line === given);
    return row === undefined
      ? {
          problem: `line ${given} holds no headings, want "headerRow" corrected`,
        }
      : headAt(row, rows);
  }
  const count = counterOf(words);
  const row =
    named ??
    rows.slice(0, HEAD_ROWS_MAX).find((one) => count(one) >= 2) ??
    rows.find((one) => filled(one).length >= 2);
  if (row === undefined) return withoutHeadings(rows);
  const isData =
    count(row) < 2 &&
    filled(row).some(
      (cell) => isDay(cell) || (/\d/.test(cell) && isAmount(cell)),
    );
  return isData ? withoutHeadings(rows) : headAt(row, rows);
}

function filled({ fields }: Row): readonly string[] {
  return fields.map(textOfField).filter((cell) => cell.trim() !== "");
}

function withoutHeadings(rows: readonly Row[]): Head {
  const width = Math.max(0, ...rows.map(({ fields }) => fields.length));
  return { headings: Array<string>(width).fill(""), line: 0, unit: undefined };
}

function headAt(row: Row, rows: readonly Row[]): Head {
  const above = rows.filter(({ line }) => line < row.line).flatMap(filled);
  return {
    headings: row.fields.map(textOfField),
    line: row.line,
    unit: above.map(unitAbove).find((unit) => unit !== undefined),
  };
}

/** The first row in which all headings of the mapping stand, if it names any. */
function rowOfMapping(rows: readonly Row[], mapping: Mapping): Row | undefined {
  const places = Object.values(mapping.columns);
  const hasHeading = places.some(
    (place) => place !== null && place !== undefined && "heading" in place,
  );
  if (!hasHeading) return undefined;
  return rows
    .slice(0, HEAD_ROWS_MAX)
    .find(
      ({ fields }) =>
        !("problem" in placesOf(mapping, fields.map(textOfField), "")),
    );
}
