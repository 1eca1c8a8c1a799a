import type { Cell, LedgerReport, Outcome } from "../../audit/ledger/ledger.ts";
import { sayClaim } from "../../audit/ledger/claim-says.ts";
import { type Language, showAmount } from "../../audit/ledger/show-amount.ts";
import { showCount, showLine } from "../../audit/says.ts";
import {
  COLUMN_WORDS,
  DIMENSION_WORDS,
  OUTCOME_WORDS,
  type Said,
  UNCHECKED_WORDS,
} from "./ledger-words.ts";
import { cutTo, padEndTo, padStartTo, screenWidth } from "./screen-width.ts";
import {
  cellsOf,
  countNames,
  grandTotals,
  outcomesOf,
  type Total,
  totalsBy,
} from "./totals.ts";

export type ScreenOptions = {
  /** The file of the lines that could not be read, as it should be named to a person. */
  readonly rejectsFile?: string;
  /** What else must be said of these receipts: "sums as reported, receipts invented". */
  readonly note?: Said;
};

const ROWS_MAX = 40;
const OUTCOME_COLUMNS_MAX = 4;
const NAME_WIDTH_MAX = 40;
const GAP = "  ";

/** The report as lines for a terminal: one table a currency, then the claim, what could not be read and not be checked. */
export function renderScreen(
  report: LedgerReport,
  language: Language,
  options: ScreenOptions = {},
): string {
  const tables = grandTotals(report.cells).map((grand) =>
    renderTable(cellsOf(report.cells, grand.currency), grand, language),
  );
  const claim =
    report.claim === undefined
      ? []
      : [showLine(sayClaim(report.claim, language))];
  return [
    tables.length === 0 ? NO_RECEIPTS[language] : tables.join("\n\n"),
    ...claim,
    ...remarks(report, language, options),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

const NO_RECEIPTS = { en: "no receipts", zh: "没有票据" };

type Column = {
  readonly head: string;
  readonly widthMin: number;
  readonly cells: readonly string[];
  readonly isText?: boolean;
};

function renderTable(
  cells: readonly Cell[],
  grand: Total,
  language: Language,
): string {
  const { currency } = grand;
  const all = totalsBy(cells, "department");
  const shown = all.length > ROWS_MAX ? all.slice(0, ROWS_MAX - 1) : all;
  const rest = all.slice(shown.length);
  const rows = [
    ...shown.map((total) =>
      rowOf(
        total,
        nameOf(total, language),
        cells.filter(({ department }) => department === total.name),
      ),
    ),
    ...(rest.length === 0 ? [] : [restRow(rest, cells, language)]),
    rowOf(grand, COLUMN_WORDS.total[language], cells),
  ];
  return aligned([
    {
      head: DIMENSION_WORDS.department[language],
      widthMin: 18,
      cells: rows.map(({ name }) => name),
      isText: true,
    },
    {
      head: COLUMN_WORDS.units[language],
      widthMin: 5,
      cells: rows.map((row) => showCount(countNames(row.cells, "unit"))),
    },
    {
      head: COLUMN_WORDS.systems[language],
      widthMin: 7,
      cells: rows.map((row) => showCount(countNames(row.cells, "system"))),
    },
    {
      head: `${COLUMN_WORDS.charged[language]} ${currency}`,
      widthMin: 18,
      cells: rows.map((row) => showAmount(row.charged, currency)),
    },
    {
      head: COLUMN_WORDS.approved[language],
      widthMin: 10,
      cells: rows.map((row) => showAmount(row.approved, currency)),
    },
    ...outcomeColumns(rows, grand, language),
  ]);
}

type Row = {
  readonly name: string;
  readonly cells: readonly Cell[];
  readonly charged: number;
  readonly approved: number;
  readonly outcome: (outcome: Outcome) => number;
};

function rowOf(total: Total, name: string, cells: readonly Cell[]): Row {
  return {
    name,
    cells,
    charged: total.minor,
    approved: total.approvedMinor,
    outcome: (outcome) => total.outcomes.get(outcome)?.minor ?? 0,
  };
}

function restRow(
  rest: readonly Total[],
  cells: readonly Cell[],
  language: Language,
): Row {
  const names = new Set(rest.map(({ name }) => name));
  const sum = (of: (total: Total) => number) =>
    rest.reduce((all, total) => all + of(total), 0);
  return {
    name:
      language === "en"
        ? `${showCount(rest.length)} others`
        : `其余 ${showCount(rest.length)} 个`,
    cells: cells.filter(({ department }) => names.has(department)),
    charged: sum(({ minor }) => minor),
    approved: sum(({ approvedMinor }) => approvedMinor),
    outcome: (outcome) => sum((t) => t.outcomes.get(outcome)?.minor ?? 0),
  };
}

function nameOf({ name }: Total, language: Language): string {
  return name === ""
    ? COLUMN_WORDS.none[language]
    : cutTo(showLine(name), NAME_WIDTH_MAX);
}

/** The outcomes with the most receipts have a column of their own, in the order of a report; the others share one. */
function outcomeColumns(
  rows: readonly Row[],
  grand: Total,
  language: Language,
): readonly Column[] {
  const occurring = outcomesOf([grand]);
  const receipts = (outcome: Outcome) =>
    grand.outcomes.get(outcome)?.receipts ?? 0;
  const most = occurring
    .toSorted((a, b) => receipts(b) - receipts(a))
    .slice(0, OUTCOME_COLUMNS_MAX);
  const others = occurring.filter((outcome) => !most.includes(outcome));
  const column = (head: string, of: (row: Row) => number): Column => ({
    head,
    widthMin: 18,
    cells: rows.map((row) => showAmount(of(row), grand.currency)),
  });
  const own = occurring
    .filter((outcome) => most.includes(outcome))
    .map((outcome) =>
      column(OUTCOME_WORDS[outcome].name[language], (row) =>
        row.outcome(outcome),
      ),
    );
  if (others.length === 0) return own;
  const shared = column(COLUMN_WORDS.other[language], (row) =>
    others.reduce((sum, outcome) => sum + row.outcome(outcome), 0),
  );
  return [...own, shared];
}

function aligned(columns: readonly Column[]): string {
  const widths = columns.map(({ head, widthMin, cells }) =>
    Math.max(widthMin, screenWidth(head), ...cells.map(screenWidth)),
  );
  const line = (textOf: (column: Column) => string) =>
    columns
      .map((column, index) => {
        const pad = column.isText === true ? padEndTo : padStartTo;
        return pad(textOf(column), widths[index] ?? 0);
      })
      .join(GAP)
      .trimEnd();
  const rows = columns[0]?.cells ?? [];
  return [
    line(({ head }) => head),
    ...rows.map((_, row) => line(({ cells }) => cells[row] ?? "")),
  ].join("\n");
}

function remarks(
  { rejects, unchecked, proposals }: LedgerReport,
  language: Language,
  { note, rejectsFile }: ScreenOptions,
): readonly string[] {
  const isEnglish = language === "en";
  const count = showCount(rejects.count);
  const lines = rejects.count === 1 ? "1 line" : `${count} lines`;
  const where = rejectsFile === undefined ? "" : `: ${showLine(rejectsFile)}`;
  const unread =
    rejects.count === 0
      ? undefined
      : isEnglish
        ? `${lines} could not be read${where}`
        : `${count} 行无法读取${where}`;
  const said = [note?.[language], unread].filter((part) => part !== undefined);
  const proposed =
    proposals.length === 0
      ? []
      : [
          isEnglish
            ? `${showCount(proposals.length)} names only resemble approved ones: a person must say whether they are the same`
            : `${showCount(proposals.length)} 个名称仅与收费标准中的名称相似：是否相同须由人确认`,
        ];
  const notChecked = isEnglish ? "not checked  " : "未核查  ";
  return [
    ...(said.length === 0 ? [] : [said.join(isEnglish ? "; " : "；")]),
    ...proposed,
    ...unchecked
      .filter((one) => one !== "rejects")
      .map((one) => notChecked + UNCHECKED_WORDS[one][language]),
  ];
}
