import { type Currency, minorDigits } from "../../audit/ledger/currencies.ts";
import { sayClaim } from "../../audit/ledger/claim-says.ts";
import { showDay } from "../../audit/ledger/day.ts";
import type { LedgerReport } from "../../audit/ledger/ledger.ts";
import type { Language } from "../../audit/ledger/show-amount.ts";
import { answersOf } from "./answer.ts";
import {
  COLUMN_WORDS,
  DIMENSION_WORDS,
  DIMENSIONS,
  OUTCOME_WORDS,
  SIGNAL,
  UNCHECKED_WORDS,
} from "./ledger-words.ts";
import { outcomesOf, payersByName, type Total, totalsBy } from "./totals.ts";

/** A sheet before it is written: texts stay texts, numbers are numbers with the format that shows them. */
export type Sheet = {
  readonly name: string;
  readonly rows: readonly (readonly SheetCell[])[];
};

export type SheetCell =
  | { readonly text: string; readonly isHead?: boolean }
  | { readonly number: number; readonly format: string };

const text = (value: string): SheetCell => ({ text: value });
const count = (number: number): SheetCell => ({ number, format: "#,##0" });
const heads = (names: readonly string[]): readonly SheetCell[] =>
  names.map((name) => ({ text: name, isHead: true }));

/** In units of the currency: a spreadsheet keeps 15 digits, which is to the fen up to ten trillion. */
function money(minor: number, currency: Currency): SheetCell {
  const digits = minorDigits(currency);
  return {
    number: minor / 10 ** digits,
    format: digits === 0 ? "#,##0" : `#,##0.${"0".repeat(digits)}`,
  };
}

/** The sheets: the answer, one for every dimension, fees, rejects, sources. */
export function workbookOf(
  report: LedgerReport,
  language: Language,
  withPayers: boolean,
): readonly Sheet[] {
  const named = (en: string, zh: string) => (language === "en" ? en : zh);
  return [
    { name: named("Answer", "结论"), rows: answerRows(report, language) },
    ...DIMENSIONS.flatMap((dimension): readonly Sheet[] => {
      const name = `${named("By ", "按")}${DIMENSION_WORDS[dimension][language]}`;
      if (dimension !== "payer")
        return [
          {
            name,
            rows: totalRows(
              totalsBy(report.cells, dimension),
              DIMENSION_WORDS[dimension][language],
              language,
            ),
          },
        ];
      return withPayers ? [{ name, rows: payerRows(report, language) }] : [];
    }),
    {
      name: named("Approved fees", "收费标准"),
      rows: feeRows(report, language),
    },
    {
      name: named("Not read", "未读取的行"),
      rows: rejectRows(report, language, withPayers),
    },
    { name: named("Files", "文件"), rows: sourceRows(report, language) },
  ];
}

function answerRows(
  report: LedgerReport,
  language: Language,
): readonly (readonly SheetCell[])[] {
  const answers = answersOf(report, language).flatMap(
    ({ headline, sentences }) => [headline, ...sentences],
  );
  const { claim, unchecked } = report;
  const said = [
    ...answers,
    ...(claim === undefined ? [] : [sayClaim(claim, language)]),
    ...unchecked.map((each) => UNCHECKED_WORDS[each][language]),
    SIGNAL[language],
    `${report.madeBy}, ${report.madeOn}`,
  ];
  return said.map((line) => [text(line)]);
}

function totalRows(
  totals: readonly Total[],
  title: string,
  language: Language,
): readonly (readonly SheetCell[])[] {
  const outcomes = outcomesOf(totals);
  const head = heads([
    title,
    language === "en" ? "currency" : "币种",
    ...sumHeads(language),
    COLUMN_WORDS.difference[language],
    ...outcomes.map((outcome) => OUTCOME_WORDS[outcome].name[language]),
  ]);
  const rows = totals.map((total) => {
    const { currency } = total;
    return [
      text(total.name),
      text(currency),
      count(total.receipts),
      money(total.minor, currency),
      money(total.approvedMinor, currency),
      money(total.differenceMinor, currency),
      ...outcomes.map((outcome) =>
        money(total.outcomes.get(outcome)?.minor ?? 0, currency),
      ),
    ];
  });
  return [head, ...rows];
}

function sumHeads(language: Language): readonly string[] {
  return [
    COLUMN_WORDS.receipts,
    COLUMN_WORDS.charged,
    COLUMN_WORDS.approved,
  ].map((word) => word[language]);
}

function payerRows(
  report: LedgerReport,
  language: Language,
): readonly (readonly SheetCell[])[] {
  const head = heads([
    DIMENSION_WORDS.payer[language],
    DIMENSION_WORDS.payerClass[language],
    language === "en" ? "currency" : "币种",
    ...sumHeads(language),
  ]);
  const rows = payersByName(report).map((one) => [
    text(one.payer),
    text(one.payerClass),
    text(one.currency),
    count(one.receipts),
    money(one.minor, one.currency),
    money(one.approvedMinor, one.currency),
  ]);
  return [head, ...rows];
}

function feeRows(
  { fees }: LedgerReport,
  language: Language,
): readonly (readonly SheetCell[])[] {
  const head = heads(
    language === "en"
      ? [
          "line",
          "service",
          "unit",
          "payee",
          "payer class",
          "currency",
          "price",
          "per",
          "ceiling",
          "from",
          "to",
          "approved by",
          "paper",
          "ground",
        ]
      : [
          "行",
          "服务",
          "单位",
          "收款人",
          "缴费人类别",
          "币种",
          "单价",
          "计费单位",
          "最高限价",
          "自",
          "至",
          "批准机关",
          "文号",
          "依据",
        ],
  );
  const rows = fees.map((fee) => [
    count(fee.line),
    ...[fee.service, fee.unit, fee.payee, fee.payerClass].map(text),
    text(fee.currency),
    money(fee.priceMinor, fee.currency),
    count(fee.step),
    fee.ceilingMinor === undefined
      ? text("")
      : money(fee.ceilingMinor, fee.currency),
    text(showDay(fee.from)),
    text(fee.until === undefined ? "" : showDay(fee.until - 1)),
    ...[fee.approvedBy, fee.paper, fee.ground].map(text),
  ]);
  return [head, ...rows];
}

function rejectRows(
  { rejects, sources }: LedgerReport,
  language: Language,
  withPayers: boolean,
): readonly (readonly SheetCell[])[] {
  const head = heads([
    ...(language === "en"
      ? ["file", "line", "column", "reason"]
      : ["文件", "行", "栏", "原因"]),
    ...(withPayers ? [language === "en" ? "text" : "原文"] : []),
  ]);
  const rows = rejects.first.map(({ file, line, column, reason, ...one }) => [
    text(sources[file]?.name ?? ""),
    count(line),
    text(column),
    text(reason),
    ...(withPayers ? [text(one.text)] : []),
  ]);
  return [head, ...rows];
}

function sourceRows(
  { sources, feesSource }: LedgerReport,
  language: Language,
): readonly (readonly SheetCell[])[] {
  const head = heads(
    language === "en"
      ? ["file", "read as", "receipts", "not read", "bytes", "SHA-256"]
      : ["文件", "读取方式", "票据数", "未读取的行", "字节", "SHA-256 摘要"],
  );
  const rows = sources.map((source) => [
    text(source.name),
    text(source.how),
    count(source.receipts),
    count(source.rejects),
    count(source.bytes),
    text(source.sha256),
  ]);
  const fees = [
    text(feesSource.name),
    text(language === "en" ? "the list of approved fees" : "收费标准清单"),
    text(""),
    text(""),
    count(feesSource.bytes),
    text(feesSource.sha256),
  ];
  return [head, ...rows, fees];
}
