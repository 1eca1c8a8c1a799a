import { showDay } from "../../../audit/ledger/day.ts";
import type { Field, RowProblem } from "../../../audit/ledger/receipt-row.ts";
import type { Source } from "../../../audit/ledger/ledger.ts";

/** A row as it stands in a file, titles and headings too. `line` is where it begins, or the row of a sheet. */
export type Row = {
  readonly line: number;
  readonly fields: readonly Field[];
  /** As it stands in the file; of a sheet or an object undefined. */
  readonly text?: string;
  /** Why its fields cannot be told. */
  readonly broken?: RowProblem;
};

/** A file whose rows can be read, any number of times, in batches. */
export type Book = {
  readonly format: Source["format"];
  readonly how: string;
  /** The members' names where rows have no headings above them: of JSON. */
  readonly names: readonly string[] | undefined;
  /** What a mapping has to say to read it in the same way again. */
  readonly delimiter?: string;
  readonly sheet?: string;
  rows(): AsyncGenerator<readonly Row[]>;
};

export const LINE_CHARACTERS_MAX = 1_000_000;

/** A blank row is no line of a ledger. */
export function isBlank({ fields, broken }: Row): boolean {
  return (
    broken === undefined &&
    fields.every((field) => typeof field === "string" && field.trim() === "")
  );
}

/** The row as a reject shows it. */
export function textOfRow({ text, fields }: Row): string {
  return text ?? fields.map(textOfField).join("\t");
}

export function textOfField(field: Field): string {
  if (typeof field === "string") return field;
  if (typeof field === "number") return String(field);
  return "day" in field ? showDay(field.day) : field.fault;
}
