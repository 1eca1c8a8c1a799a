import type { Child, FC } from "hono/jsx";
import { type Report, reportKinds } from "../reports/report.ts";
import type { Cell, Section } from "../reports/shape.ts";
import { lawOf } from "../rules/law.ts";
import { Frame } from "./frame.tsx";
import { say, sayWith } from "./lang/say.ts";
import { REPORT_TYPES, showCell } from "./report-files.ts";
import { Table } from "./table.tsx";
import { English, When } from "./when.tsx";
import {
  type ReportTitles,
  sayReportText as textIn,
} from "./lang/report-text.ts";
import { sayWord } from "./lang/words.ts";
import { citesIn } from "./lang/law-in.ts";
import { thisOffice } from "./this-office.ts";
import { machineTime, sayList, sayMoney, sayNumber } from "./lang/figures.ts";

/** What the law makes the office send, and where it is. */
export const ReportsPage: FC<{
  office: string;
  lastYear: number;
  /** The rules that want a report and that this office's rulebook has adopted. */
  adopted: ReadonlySet<string>;
}> = ({ office, lastYear, adopted }) => (
  <Frame
    title={say("Reports")}
    json="/reports.json"
    lead={
      <>
        <h1>{say("What the law makes the office send")}</h1>
        <p>
          {sayWith(
            "Filled from the register of {office}, at the moment of asking. What the register does not hold is listed as a gap, with the act that would bring it. What was sent stands in the register, and what is still to be sent is {due}.",
            {
              office: thisOffice(office),
              due: <a href="/due">{say("due")}</a>,
            },
          )}
        </p>
      </>
    }
  >
    <ReportRows
      label={say("Reports")}
      caption={say("Each as a page to print, and as XLSX, CSV and JSON.")}
      none={say("No law that this office adopted wants a report.")}
      rows={reportKinds.filter(({ rule }) => adopted.has(rule))}
      lastYear={lastYear}
    />
    {reportKinds.some(({ rule }) => !adopted.has(rule)) && (
      <section>
        <h2>{say("What no adopted rule wants here")}</h2>
        <ReportRows
          label={say("What no adopted rule wants here")}
          caption={say(
            "The rulebook of this office has not adopted these rules. The reports are made all the same.",
          )}
          none=""
          rows={reportKinds.filter(({ rule }) => !adopted.has(rule))}
          lastYear={lastYear}
        />
      </section>
    )}
    <p class="quiet">
      {say(
        "Read: T, T-x and X were read in a binding text, S and M were not, so that more may be wanted than stands here.",
      )}
    </p>
  </Frame>
);

const ReportRows: FC<{
  label: string;
  caption: string;
  none: string;
  rows: typeof reportKinds;
  lastYear: number;
}> = ({ label, caption, none, rows, lastYear }) => (
  <Table
    {...{ label, caption, none }}
    head={[
      [say("Report"), false],
      [say("Wanted by"), false],
      [say("Read"), false],
      [say("Due"), false],
    ]}
    rows={rows.map(({ kind, title, rule, due, isYearly }) => [
      <a href={addressOf(kind, isYearly ? lastYear : undefined)}>
        {titleOfYear(title, isYearly ? lastYear : undefined)}
      </a>,
      sayWith("{rule}, {cites}", {
        rule: <a href={`/law/${rule}`}>{rule}</a>,
        cites: citesIn(lawOf(rule).cites),
      }),
      sayWord(lawOf(rule).mark),
      isYearly
        ? say("every year by {day}", { day: sayWord(due ?? "") })
        : sayWord(due ?? "kept at all times"),
    ])}
  />
);

function titleOfYear(title: string, year: number | undefined): string {
  return year === undefined
    ? sayWord(title)
    : say("{title} {year}", { title: sayWord(title), year });
}

function addressOf(kind: string, year: number | undefined, form = ""): string {
  const ending = form === "" ? "" : `.${form}`;
  return `/reports/${kind}${ending}${year === undefined ? "" : `?year=${year}`}`;
}

/** One report, to be read and printed: its gaps stand first. */
export const ReportPage: FC<{
  report: Report;
  titles: ReportTitles;
}> = ({ report, titles }) => {
  const { kind, title, year, gaps, sections } = report;
  return (
    <Frame
      title={titleOfYear(title, year)}
      json={addressOf(kind, year, "json")}
      lead={
        <>
          <h1>{titleOfYear(title, year)}</h1>
          <p>
            {sayWith(
              "{office}. Wanted by {rule}: {cites}. Made {at} from {entries} entries of the register.",
              {
                ...{ office: textIn(report.office, titles), rule: report.rule },
                cites: citesIn(report.cites),
                at: <When at={report.at} />,
                entries: report.entries,
              },
            )}
          </p>
          {report.notices.map((notice) => (
            <p class="notice">
              {say("{sentence}.", { sentence: textIn(notice, titles) })}
            </p>
          ))}
          <p class="unprinted">
            {sayWith("Also as {forms}.", {
              forms: Object.keys(REPORT_TYPES).map((form, index) => (
                <>
                  {index === 0 ? "" : say(", ")}
                  <a href={addressOf(kind, year, form)}>{form.toUpperCase()}</a>
                </>
              )),
            })}
          </p>
        </>
      }
      foot={
        <p>
          <a href="/reports">{say("All reports")}</a>{" "}
          {say("This is not legal advice.")}
        </p>
      }
    >
      <section id="gaps">
        <h2>{say("Gaps")}</h2>
        <Table
          label={say("Gaps")}
          caption={say("What the rule wants and the register does not hold.")}
          none={say("The register holds all that this report looks for.")}
          head={[
            [say("Gap"), true],
            [say("Section"), false],
            [say("What is missing"), false],
            [say("What fills it"), false],
            [say("Where"), false],
          ]}
          rows={gaps.map(({ gap, section, missing, fill, where }) => [
            <span id={`gap-${gap}`}>{gap}</span>,
            ...[section, missing, fill].map((text) => wordOf(text, titles)),
            where.length === 0
              ? say("the whole section")
              : placesIn(where, titles),
          ])}
        />
      </section>
      {sections.map((section) => (
        <SectionTable
          {...{ section, titles }}
          whole={addressOf(kind, year, "xlsx")}
        />
      ))}
    </Frame>
  );
};

/** A table with more columns is printed across the page. */
const WIDE = 8;

/** A page of tens of thousands of rows is read by nobody: the files have them all. */
const ROWS_SHOWN = 500;
const PLACES_SHOWN = 20;

function placesIn(where: readonly string[], titles: ReportTitles): string {
  const shown = where.slice(0, PLACES_SHOWN).map((one) => textIn(one, titles));
  const more = where.length - shown.length;
  return more === 0
    ? sayList(shown)
    : say("{places} and {n} more", {
        places: sayList(shown),
        n: sayNumber(more),
      });
}

const SectionTable: FC<{
  section: Section;
  titles: ReportTitles;
  whole: string;
}> = ({ section: { id, title, columns, rows, none }, titles, whole }) => (
  <section id={id} class={columns.length > WIDE ? "wide" : ""}>
    <h2>{sayWord(title)}</h2>
    <Table
      label={sayWord(title)}
      caption={say(
        "Entries are those of the register log that a row rests on: each leads to its proof.",
      )}
      none={sayWord(none)}
      head={[
        ...columns.map(
          (name, column) =>
            [
              sayWord(name),
              rows.some(({ cells }) => isNumber(cells[column])),
            ] as const,
        ),
        [say("Entries"), false],
      ]}
      rows={rows.slice(0, ROWS_SHOWN).map(({ cells, entries }) => [
        ...cells.map((cell) => cellOf(cell, titles)),
        entries.map((entry, index) => (
          <>
            {index === 0 ? "" : say(", ")}
            <a href={`/proof/register/${entry}`}>{entry}</a>
          </>
        )),
      ])}
    />
    {rows.length > ROWS_SHOWN && (
      <p class="notice">
        {sayWith(
          "These are the first {shown} of {n} rows; {file} has all of them.",
          {
            shown: sayNumber(ROWS_SHOWN),
            n: sayNumber(rows.length),
            file: <a href={whole}>{say("the file")}</a>,
          },
        )}
      </p>
    )}
  </section>
);

/** A day, a word that is known, or a sentence that `src/reports` has put together. */
const wordOf = (text: string, titles: ReportTitles): Child =>
  machineTime(text) === undefined ? (
    <English text={textIn(text, titles)} />
  ) : (
    <When at={text} />
  );

const isNumber = (cell: Cell | undefined): boolean =>
  typeof cell === "number" || (typeof cell === "object" && "minor" in cell);

function cellOf(cell: Cell, titles: ReportTitles): Child {
  if (typeof cell === "string") return wordOf(cell, titles);
  if (typeof cell === "number") return showCell(cell);
  return "gap" in cell ? (
    <a href={`#gap-${cell.gap}`}>{say("gap {n}", { n: cell.gap })}</a>
  ) : (
    sayMoney(cell.minor, cell.currency)
  );
}
