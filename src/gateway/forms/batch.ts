import type { FieldType } from "../../acts/shapes.ts";
import type { Batch } from "../../engine/source.ts";
import type { Cell } from "../../engine/values.ts";

/** A column as it leaves. With `token` its values are replaced before anything is written, and its type is text. */
export type Column = {
  readonly name: string;
  readonly type: FieldType;
  readonly token?: (value: string) => string;
};

export type Bytes = AsyncIterable<Uint8Array>;

/** The type under which a column leaves. */
export const typeOf = ({ type, token }: Column): FieldType =>
  token === undefined ? type : "text";

/** The cell of a row as it leaves. */
export function cellOf(column: Column, cells: readonly Cell[], row: number) {
  const cell = cells[row] ?? null;
  return column.token === undefined || cell === null
    ? cell
    : column.token(String(cell));
}

/** The columns of a batch beside their names; a batch that does not fit its columns is a fault of its source. */
export function columnsOf(
  columns: readonly Column[],
  batch: Batch,
): readonly (readonly [Column, readonly Cell[]])[] {
  if (batch.columns.length !== columns.length)
    throw new TypeError(
      `Cannot write rows: a batch has ${batch.columns.length} columns, want ${columns.length}`,
    );
  return columns.map((column, i) => {
    const cells = batch.columns[i] ?? [];
    if (cells.length !== batch.rows)
      throw new TypeError(
        `Cannot write rows: column ${column.name} of a batch has ${cells.length} cells, want ${batch.rows}`,
      );
    return [column, cells];
  });
}

const LONE_SURROGATE = /[\ud800-\udfff]/u;

/** Half a character has no UTF-8: written as it is, it would silently become another one. */
export function mustBeText(text: string, where: string): void {
  if (LONE_SURROGATE.test(text))
    throw new TypeError(
      `Cannot write ${where}: a text holds half a surrogate pair, want Unicode text`,
    );
}
