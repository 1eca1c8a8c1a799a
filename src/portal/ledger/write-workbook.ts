import writeXlsxFile, { type Cell } from "write-excel-file/node";
import type { Sheet, SheetCell } from "./workbook.ts";

/** XLSX knows no cell longer than this. */
const CELL_CHARACTERS_MAX = 32_767;
const COLUMN_WIDTH_MAX = 60;
/** XML 1.0 has no sign for these: they are written as JSON would. */
const NOT_IN_XML = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu;

/** The bytes of a workbook. No cell is a formula: texts are written as texts, whatever they begin with. */
export async function workbookBytes(
  sheets: readonly Sheet[],
): Promise<Uint8Array> {
  return writeXlsxFile(
    sheets.map(({ name, rows }) => ({
      data: rows.map((row) => row.map(cellOf)),
      sheet: name,
      stickyRowsCount: 1,
      columns: widthsOf(rows),
    })),
  ).toBuffer();
}

function cellOf(cell: SheetCell): Cell {
  if ("number" in cell)
    return { value: cell.number, type: Number, format: cell.format };
  const value = cell.text
    .replace(
      NOT_IN_XML,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
    )
    .slice(0, CELL_CHARACTERS_MAX);
  if (value === "") return null;
  return {
    value,
    type: String,
    ...(cell.isHead === true ? { fontWeight: "bold" as const } : {}),
  };
}

function widthsOf(rows: Sheet["rows"]): { width: number }[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [index, cell] of row.entries())
      widths[index] = Math.max(widths[index] ?? 10, shownLength(cell) + 2);
  return widths.map((width) => ({ width: Math.min(width, COLUMN_WIDTH_MAX) }));
}

function shownLength(cell: SheetCell): number {
  return "number" in cell
    ? String(Math.trunc(cell.number)).length * 1.4 + 3
    : cell.text.length;
}
