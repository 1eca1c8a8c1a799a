import { minorDigits } from "../../audit/ledger/currencies.ts";
import { type LedgerReport, OUTCOMES } from "../../audit/ledger/ledger.ts";
import type { Language } from "../../audit/ledger/show-amount.ts";
import { COLUMN_WORDS, OUTCOME_WORDS, type Said } from "./ledger-words.ts";
import { asItIs, type Markup } from "./markup.ts";
import type { ColumnName, PackedReceipts } from "./pack.ts";
import { LIST_WORDS } from "./page-dialog.ts";

export type PageOptions = {
  /** The language of the page where the browser's is neither, or there are no scripts. */
  readonly language: Language;
  readonly withPayers: boolean;
  /** The script as page-script.ts joins it. */
  readonly script: string;
  /** The files beside the page that hold every receipt and every line that could not be read. */
  readonly receiptsFile?: string;
  readonly rejectsFile?: string;
  /** What else must be said of these receipts. */
  readonly note?: Said;
};

/** Packed receipts whose columns were compressed with gzip and written in base64. */
export type EmbeddedReceipts = Omit<PackedReceipts, "columns"> & {
  readonly columns: ReadonlyMap<ColumnName, string>;
};

/** What the script reads: names once, and the receipts by column. */
export function dataOf(
  report: LedgerReport,
  { columns, ...receipts }: EmbeddedReceipts,
  { withPayers }: PageOptions,
  title: Said,
): Markup {
  const currencies = new Set(report.cells.map(({ currency }) => currency));
  const names = {
    ...receipts,
    withPayers,
    digits: Object.fromEntries(
      [...currencies].map((currency) => [currency, minorDigits(currency)]),
    ),
    files: report.sources.map(({ name }) => name),
    fees: report.fees.map(({ line }) => `${report.feesSource.name}:${line}`),
    outcomes: OUTCOMES.map((key) => ({ key, name: OUTCOME_WORDS[key].name })),
    title,
    words: { ...LIST_WORDS, none: COLUMN_WORDS.none },
  };
  const blocks = [...columns].map(
    ([name, text]) =>
      `<script type="text/plain" data-column="${name}">${text}</script>`,
  );
  // Nothing in a text can end the element.
  const json = JSON.stringify(names).replaceAll("<", "\\u003c");
  return asItIs(
    `<script type="application/json" id="ledger-data">${json}</script>${blocks.join("\n")}`,
  );
}
