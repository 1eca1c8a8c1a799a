import { deadCell } from "../audit/ledger/csv-cell.ts";
import { showCount, showMoney } from "../audit/says.ts";
import type { Report } from "../reports/report.ts";
import type { Cell } from "../reports/shape.ts";
import type { Sheet, SheetCell } from "./ledger/workbook.ts";

/** The forms of a report that are files, each with its type. */
export const REPORT_TYPES = {
  json: "application/json",
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;
export type ReportForm = keyof typeof REPORT_TYPES;

/** What stands above every copy: what it is, of when, and how far its rule was read. */
export function headOf(report: Report): readonly (readonly [string, string])[] {
  const { year, gaps } = report;
  return [
    ["report", report.title],
    ["office", report.office],
    ["wanted by", `${report.rule}, ${report.cites}`],
    ["read", report.mark],
    ...report.notices.map((notice): [string, string] => ["notice", notice]),
    ...(year === undefined ? [] : [["year", String(year)] as const]),
    ["made", `${report.at}, from ${showCount(report.entries)} entries`],
    ["gaps", showCount(gaps.length)],
  ];
}

/** A cell as people read it. */
export function showCell(cell: Cell): string {
  if (typeof cell === "string") return cell;
  if (typeof cell === "number") return showCount(cell);
  return "gap" in cell
    ? `gap ${cell.gap}`
    : showMoney(cell.minor, cell.currency);
}

/** 42, 108 */
export const showEntries = (entries: readonly number[]): string =>
  entries.join(", ");

export function reportJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** One line for every cell, so that every section has the same columns; money in units of its currency. */
export function reportCsv(report: Report): string {
  const { sections, gaps } = report;
  const lines = [
    [
      "section",
      "row",
      "column",
      "value",
      "unit",
      "gap",
      "filled by",
      "entries",
    ],
    ...headOf(report).map(([name, value]) => [
      ...["about", "", name, value],
      ...["", "", "", ""],
    ]),
    ...sections.flatMap(({ title, columns, rows }) =>
      rows.flatMap(({ cells, entries }, row) =>
        cells.map((cell, column) => [
          ...[title, String(row + 1), columns[column] ?? ""],
          ...valueOf(cell, gaps),
          showEntries(entries),
        ]),
      ),
    ),
    // What is missing of a section as a whole stands in no row of it.
    ...gaps
      .filter(({ where }) => where.length === 0)
      .map(({ section, missing, fill }) => [
        ...[section, "", "", "", ""],
        ...[missing, fill, ""],
      ]),
  ];
  return lines
    .map((line) => `${line.map((cell) => deadCell(cell)).join(",")}\r\n`)
    .join("");
}

function valueOf(cell: Cell, gaps: Report["gaps"]): readonly string[] {
  if (typeof cell === "string") return [cell, "", "", ""];
  if (typeof cell === "number") return [String(cell), "", "", ""];
  if ("gap" in cell) {
    const gap = gaps[cell.gap - 1];
    return ["", "", gap?.missing ?? "", gap?.fill ?? ""];
  }
  const { minor, currency } = cell;
  const units = `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, "0")}`;
  return [units, currency, "", ""];
}

const text = (value: string): SheetCell => ({ text: value });
const heads = (names: readonly string[]): readonly SheetCell[] =>
  names.map((name) => ({ text: name, isHead: true }));

/** A sheet about the report, one for every section, and one for the gaps. */
export function reportSheets(report: Report): readonly Sheet[] {
  const { sections, gaps, notices } = report;
  return [
    {
      name: "Report",
      rows: headOf(report).map(([name, value]) => [
        { text: name, isHead: true },
        text(value),
      ]),
    },
    ...sections.map(({ title, columns, rows, none }) => ({
      name: sheetName(title),
      rows: [
        heads([...columns, "Entries"]),
        ...(rows.length === 0 ? [[text(none)]] : []),
        ...rows.map(({ cells, entries }) => [
          ...cells.map(sheetCell),
          text(showEntries(entries)),
        ]),
        // Whoever is sent one sheet alone is told as well.
        ...notices.map((notice) => [text(notice)]),
      ],
    })),
    {
      name: "Gaps",
      rows: [
        heads(["Gap", "Section", "What is missing", "What fills it", "Where"]),
        ...gaps.map(({ gap, section, missing, fill, where }) => [
          { number: gap, format: "0" },
          ...[section, missing, fill].map(text),
          text(where.length === 0 ? "the whole section" : where.join(", ")),
        ]),
      ],
    },
  ];
}

/** A spreadsheet takes 31 characters, and none of these. */
function sheetName(title: string): string {
  return title.replaceAll(/[[\]:*?/\\]/g, "").slice(0, 31);
}

function sheetCell(cell: Cell): SheetCell {
  if (typeof cell === "number") return { number: cell, format: "#,##0" };
  if (typeof cell === "string" || "gap" in cell) return text(showCell(cell));
  return {
    number: cell.minor / 100,
    format: `#,##0.00 "${cell.currency}"`,
  };
}
