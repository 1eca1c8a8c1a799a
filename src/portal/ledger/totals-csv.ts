import { deadCell } from "../../audit/ledger/csv-cell.ts";
import { type LedgerReport, OUTCOMES } from "../../audit/ledger/ledger.ts";
import type { Language } from "../../audit/ledger/show-amount.ts";
import {
  COLUMN_WORDS,
  DIMENSION_WORDS,
  DIMENSIONS,
  OUTCOME_WORDS,
} from "./ledger-words.ts";
import { plainAmount } from "./plain-amount.ts";
import { grandTotals, payersByName, type Total, totalsBy } from "./totals.ts";

/**
 * All totals as one tidy table in CSV (RFC 4180) with a mark of UTF-8, by which spreadsheets know it: dimension, name,
 * payer class (of payers), currency, receipts, charged, approved, difference, and what was charged with each outcome.
 * Payers have no outcomes.
 */
export function totalsCsv(
  report: LedgerReport,
  language: Language,
  withPayers: boolean,
): string {
  const { cells } = report;
  const columns = COLUMN_WORDS;
  const head = [
    language === "en" ? "dimension" : "维度",
    language === "en" ? "name" : "名称",
    DIMENSION_WORDS.payerClass[language],
    language === "en" ? "currency" : "币种",
    ...[
      columns.receipts,
      columns.charged,
      columns.approved,
      columns.difference,
    ].map((word) => word[language]),
    ...OUTCOMES.map((outcome) => OUTCOME_WORDS[outcome].name[language]),
  ];
  const rows = DIMENSIONS.flatMap((dimension) => {
    const title = DIMENSION_WORDS[dimension][language];
    if (dimension === "payer")
      return withPayers ? payerRows(report, title) : [];
    return totalsBy(cells, dimension).map((total) => totalRow(title, total));
  });
  const totals = grandTotals(cells).map((total) =>
    totalRow(columns.total[language], total),
  );
  const lines = [head, ...totals, ...rows].map(
    (cellsOfRow) => `${cellsOfRow.map(csvCell).join(",")}\r\n`,
  );
  return `\ufeff${lines.join("")}`;
}

/** Minus amounts are numbers and stay so. */
const NUMBER = /^-?\d+(?:\.\d+)?$/;

/** A cell that no spreadsheet runs: a text that looks like a formula gets an apostrophe before it. */
export function csvCell(text: string): string {
  return NUMBER.test(text) ? text : deadCell(text);
}

function totalRow(dimension: string, total: Total): readonly string[] {
  const { name, currency, receipts, minor, approvedMinor } = total;
  return [
    dimension,
    name,
    "",
    currency,
    String(receipts),
    plainAmount(minor, currency),
    plainAmount(approvedMinor, currency),
    plainAmount(total.differenceMinor, currency),
    ...OUTCOMES.map((outcome) =>
      plainAmount(total.outcomes.get(outcome)?.minor ?? 0, currency),
    ),
  ];
}

function payerRows(
  report: LedgerReport,
  dimension: string,
): readonly (readonly string[])[] {
  return payersByName(report).map((one) => [
    dimension,
    one.payer,
    one.payerClass,
    one.currency,
    String(one.receipts),
    plainAmount(one.minor, one.currency),
    plainAmount(one.approvedMinor, one.currency),
    plainAmount(one.minor - one.approvedMinor, one.currency),
    ...OUTCOMES.map(() => ""),
  ]);
}
