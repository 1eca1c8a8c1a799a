import type { Context, Hono } from "hono";
import { Malformed } from "../acts/canonical.ts";
import { civilAt } from "../acts/dates.ts";
import { quote } from "../log/format-error.ts";
import { foundedAt } from "../register/founding.ts";
import type { ReadRegister } from "../register/register.ts";
import {
  isReportKind,
  type Report,
  type ReportKind,
  reportKinds,
  reportOf,
} from "../reports/report.ts";
import { lastYear, type NoReport } from "../reports/year.ts";
import { lawOf } from "../rules/law.ts";
import { perMinute } from "./per-minute.ts";
import { idIn, mustBePlain } from "./canonical-id.ts";
import { showError } from "./error-page.tsx";
import { errorBody } from "./errors.ts";
import { workbookBytes } from "./ledger/write-workbook.ts";
import {
  REPORT_TYPES,
  type ReportForm,
  reportCsv,
  reportJson,
  reportSheets,
} from "./report-files.ts";
import { ReportPage, ReportsPage } from "./report-page.tsx";
import { showPage } from "./show-page.ts";
import { officeTitle } from "./lang/title-in.ts";
import { reportTitles } from "./lang/report-text.ts";

type ReportOptions = {
  readonly office: { readonly register: ReadRegister };
  readonly now: () => number;
};

/** The rules that want a report, as far as the office's rulebook has them. */
function adoptedFor({ rulebook }: ReadRegister): ReadonlySet<string> {
  return new Set(rulebook?.act.rules?.map(({ rule }) => rule));
}

/**
 * `GET /reports` and `GET /reports/<kind>?year=<year>`, with twins that end in `.json`, `.csv` and `.xlsx`: what the law makes the office send.
 * Public. 404 where no such report is known, or nothing of that year; 400 where the year is none.
 */
export function reportRoutes(app: Hono, { office, now }: ReportOptions): void {
  app.get("/reports", (c) => {
    const title = officeTitle(office.register);
    const last = firstTold(office.register, now());
    const adopted = adoptedFor(office.register);
    const page = (
      <ReportsPage office={title} lastYear={last} {...{ adopted }} />
    );
    return showPage(c, page);
  });
  app.get("/reports.json", (c) =>
    c.json({
      reports: reportKinds.map((one) => ({
        ...one,
        cites: lawOf(one.rule).cites,
        mark: lawOf(one.rule).mark,
        isAdopted: adoptedFor(office.register).has(one.rule),
      })),
    }),
  );
  app.get("/reports/:kind{[a-z]+\\.(?:json|csv|xlsx)}", async (c) => {
    mustBePlain(c);
    const [kind = "", form = ""] = (c.req.param("kind") ?? "").split(".");
    const report = await asked(c, kind, office.register, now());
    if (report instanceof Response) return report;
    if (!isForm(form)) throw new Malformed(`Cannot read form ${quote(form)}`);
    const { year } = report;
    const name = `${kind}${year === undefined ? "" : `-${year}`}.${form}`;
    return c.body(await bytesOf(report, form), 200, {
      "Content-Type": REPORT_TYPES[form],
      ...(form === "json"
        ? {}
        : { "Content-Disposition": `attachment; filename="${name}"` }),
    });
  });
  app.get("/reports/:kind", async (c) => {
    const report = await asked(c, idIn(c, "kind"), office.register, now());
    return report instanceof Response
      ? report
      : showPage(
          c,
          <ReportPage {...{ report, titles: reportTitles(office.register) }} />,
        );
  });
}

/** The year before this one; in an office's first year that one, since of none before there is anything to report. */
function firstTold(register: ReadRegister, now: number): number {
  const last = lastYear(register, now);
  return register.size === 0
    ? last
    : Math.max(last, civilAt(foundedAt(register), register.offsetMinutes).year);
}

/** The bytes of a report in one of its forms. */
export async function bytesOf(
  report: Report,
  form: ReportForm,
): Promise<Uint8Array<ArrayBuffer>> {
  switch (form) {
    case "json":
      return new TextEncoder().encode(reportJson(report));
    case "csv":
      return new TextEncoder().encode(reportCsv(report));
    case "xlsx":
      return Uint8Array.from(await workbookBytes(reportSheets(report)));
  }
}

const isForm = (form: string): form is ReportForm =>
  Object.hasOwn(REPORT_TYPES, form);

/** A report goes through the whole register: whoever asks for one again within its minute is given the same. */
const made = perMinute(() => new Map<string, Report>());

function reportNow(
  register: ReadRegister,
  now: number,
  kind: ReportKind,
  year: string | undefined,
): Report | NoReport {
  const known = made(register, now);
  const key = `${kind} ${year ?? ""}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const report = reportOf(register, kind, {
    now,
    ...(year === undefined ? {} : { year: Number(year) }),
  });
  if (!("says" in report)) known.set(key, report);
  return report;
}

async function asked(
  c: Context,
  kind: string,
  register: ReadRegister,
  now: number,
): Promise<Report | Response> {
  const missing = (says: string) =>
    showError(c, errorBody("notFound", says), 404, {}, [
      ["/reports", "What the law makes the office send"],
    ]);
  if (!isReportKind(kind))
    return missing(
      `No report ${kind} is known: want one of ${reportKinds.map((one) => one.kind).join(", ")}`,
    );
  const text = c.req.query("year");
  if (text !== undefined && !/^[0-9]{4}$/.test(text))
    throw new Malformed(
      `Cannot read year ${quote(text)}: want four digits, as in 2025`,
    );
  const report = reportNow(register, now, kind, text);
  return "says" in report
    ? missing(
        `Cannot report ${kind}${text === undefined ? "" : ` of ${text}`}: ${report.says}`,
      )
    : report;
}
