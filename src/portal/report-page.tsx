import type { Child, FC } from "hono/jsx";
import { type Report, reportKinds } from "../reports/report.ts";
import type { Cell, Section } from "../reports/shape.ts";
import { lawOf } from "../rules/law.ts";
import { Frame } from "./frame.tsx";
import { REPORT_TYPES, showCell } from "./report-files.ts";
import { Table } from "./table.tsx";

/** What the law makes the office send, and where it is. */
export const ReportsPage: FC<{ office: string; lastYear: number }> = ({
  office,
  lastYear,
}) => (
  <Frame
    title="Reports"
    json="/reports.json"
    lead={
      <>
        <h1>What the law makes the office send</h1>
        <p>
          Filled from the register of {office === "" ? "this office" : office},
          at the moment of asking. What the register does not hold is listed as
          a gap, with the act that would bring it. What was sent stands in the
          register, and what is still to be sent is <a href="/due">due</a>.
        </p>
      </>
    }
    foot={
      <p>
        <a href="/">The office in one page</a>.
      </p>
    }
  >
    <Table
      label="Reports"
      caption="Each as a page to print, and as XLSX, CSV and JSON."
      none="No law wants a report."
      head={[
        ["Report", false],
        ["Wanted by", false],
        ["Read", false],
        ["Due", false],
      ]}
      rows={reportKinds.map(({ kind, title, rule, due, isYearly }) => [
        <a href={addressOf(kind, isYearly ? lastYear : undefined)}>
          {title}
          {isYearly ? ` ${lastYear}` : ""}
        </a>,
        `${rule}, ${lawOf(rule).cites}`,
        lawOf(rule).mark,
        isYearly ? `every year by ${due ?? ""}` : (due ?? "kept at all times"),
      ])}
    />
  </Frame>
);

function addressOf(kind: string, year: number | undefined, form = ""): string {
  const ending = form === "" ? "" : `.${form}`;
  return `/reports/${kind}${ending}${year === undefined ? "" : `?year=${year}`}`;
}

/** One report, to be read and printed: its gaps stand first. */
export const ReportPage: FC<{ report: Report }> = ({ report }) => {
  const { kind, title, year, gaps, sections } = report;
  return (
    <Frame
      title={`${title}${year === undefined ? "" : ` ${year}`}`}
      json={addressOf(kind, year, "json")}
      lead={
        <>
          <h1>
            {title}
            {year === undefined ? "" : ` ${year}`}
          </h1>
          <p>
            {report.office}. Wanted by {report.rule}: {report.cites}. Made{" "}
            {report.at} from {report.entries} entries of the register.
          </p>
          {report.notices.map((notice) => (
            <p class="notice">{notice}.</p>
          ))}
          <p class="unprinted">
            Also as{" "}
            {Object.keys(REPORT_TYPES).map((form, index) => (
              <>
                {index === 0 ? "" : ", "}
                <a href={addressOf(kind, year, form)}>{form.toUpperCase()}</a>
              </>
            ))}
            .
          </p>
        </>
      }
      foot={
        <p>
          <a href="/reports">All reports</a>. This is not legal advice.
        </p>
      }
    >
      <section id="gaps">
        <h2>Gaps</h2>
        <Table
          label="Gaps"
          caption="What the rule wants and the register does not hold."
          none="The register holds all that this report looks for."
          head={[
            ["Gap", true],
            ["Section", false],
            ["What is missing", false],
            ["What fills it", false],
            ["Where", false],
          ]}
          rows={gaps.map(({ gap, section, missing, fill, where }) => [
            <span id={`gap-${gap}`}>{gap}</span>,
            ...[section, missing, fill],
            where.length === 0 ? "the whole section" : where.join(", "),
          ])}
        />
      </section>
      {sections.map((section) => (
        <SectionTable section={section} />
      ))}
    </Frame>
  );
};

/** A table with more columns is printed across the page. */
const WIDE = 8;

const SectionTable: FC<{ section: Section }> = ({
  section: { id, title, columns, rows, none },
}) => (
  <section id={id} class={columns.length > WIDE ? "wide" : ""}>
    <h2>{title}</h2>
    <Table
      label={title}
      caption="Entries are those of the register log that a row rests on: each leads to its proof."
      none={none}
      head={[
        ...columns.map(
          (name, column) =>
            [name, rows.some(({ cells }) => isNumber(cells[column]))] as const,
        ),
        ["Entries", false],
      ]}
      rows={rows.map(({ cells, entries }) => [
        ...cells.map(cellOf),
        entries.map((entry, index) => (
          <>
            {index === 0 ? "" : ", "}
            <a href={`/proof/register/${entry}`}>{entry}</a>
          </>
        )),
      ])}
    />
  </section>
);

const isNumber = (cell: Cell | undefined): boolean =>
  typeof cell === "number" || (typeof cell === "object" && "minor" in cell);

function cellOf(cell: Cell): Child {
  return typeof cell === "object" && "gap" in cell ? (
    <a href={`#gap-${cell.gap}`}>gap {cell.gap}</a>
  ) : (
    showCell(cell)
  );
}
