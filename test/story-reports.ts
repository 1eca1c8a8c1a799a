import { showCell } from "../src/portal/report-files.ts";
import type { ReadRegister } from "../src/register/register.ts";
import {
  type Report,
  type ReportKind,
  reportOf,
} from "../src/reports/report.ts";
import { day, must } from "./story-founding.ts";
import type { House } from "./story.ts";

/** Reports as the stories look at them: every row in a line, every gap in a line. */

export function made(
  { register }: Pick<House, "register"> | { register: ReadRegister },
  kind: ReportKind,
  now: number,
  year?: number,
): Report {
  const report = reportOf(register, kind, {
    now,
    ...(year === undefined ? {} : { year }),
  });
  if ("says" in report) throw new Error(report.says);
  return report;
}

/** The rows of a section, each in one line. */
export function rowsOf(report: Report, id: string): readonly string[] {
  return must(report.sections.find((one) => one.id === id)).rows.map(
    ({ cells, entries }) =>
      `${cells.map(showCell).join(" | ")} [${entries.join(" ")}]`,
  );
}

export const gapsOf = ({ gaps }: Report): readonly string[] =>
  gaps.map(
    ({ section, missing, where }) =>
      `${section}: ${missing}${where.length === 0 ? "" : ` (${where.join(", ")})`}`,
  );

/** 1 February 2027. */
export const NEXT_YEAR = day(336);
