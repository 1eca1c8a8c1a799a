import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { LedgerReport, ListedReceipt } from "../../audit/ledger/ledger.ts";
import type { Language } from "../../audit/ledger/show-amount.ts";
import type { Said } from "../../portal/ledger/ledger-words.ts";
import { packReceipts } from "../../portal/ledger/pack.ts";
import { renderHtml } from "../../portal/ledger/page.ts";
import { readPageScript } from "../../portal/ledger/page-script.ts";
import { reportJson } from "../../portal/ledger/report-json.ts";
import { totalsCsv } from "../../portal/ledger/totals-csv.ts";
import { workbookOf } from "../../portal/ledger/workbook.ts";
import { workbookBytes } from "../../portal/ledger/write-workbook.ts";

export type WriteOptions = {
  readonly language: Language;
  /** False leaves payers, and lines that could name them, out of every file. */
  readonly withPayers: boolean;
  /** Names of the files beside these that hold every receipt and every line that could not be read. */
  readonly receiptsFile?: string;
  readonly rejectsFile?: string;
  /** What else the page must say of these receipts. */
  readonly note?: Said;
  /** How many receipts the page may hold; by default 600,000. */
  readonly receiptsMax?: number;
};

/** What `writeReport` puts into its folder. */
export const REPORT_FILES = {
  page: "report.html",
  json: "report.json",
  totals: "totals.csv",
  workbook: "report.xlsx",
} as const;

/** Writes the report's four files into a folder, which is made if it is not there; returns their paths. */
export async function writeReport(
  folder: string,
  report: LedgerReport,
  listed: AsyncIterable<readonly ListedReceipt[]>,
  options: WriteOptions,
): Promise<readonly string[]> {
  const { language, withPayers } = options;
  await mkdir(folder, { recursive: true });
  const page = await renderPage(report, listed, options);
  const workbook = await workbookBytes(
    workbookOf(report, language, withPayers),
  );
  return [
    await write(folder, REPORT_FILES.page, page),
    await write(folder, REPORT_FILES.json, reportJson(report, withPayers)),
    await write(
      folder,
      REPORT_FILES.totals,
      totalsCsv(report, language, withPayers),
    ),
    await write(folder, REPORT_FILES.workbook, workbook),
  ];
}

async function renderPage(
  report: LedgerReport,
  listed: AsyncIterable<readonly ListedReceipt[]>,
  options: WriteOptions,
): Promise<string> {
  const { receiptsMax, withPayers } = options;
  const packed = await packReceipts(listed, {
    receiptsInAll: report.cells.reduce(
      (sum, { receipts }) => sum + receipts,
      0,
    ),
    withPayers,
    ...(receiptsMax === undefined ? {} : { receiptsMax }),
  });
  // zlib compresses in threads of its own: several columns at a time.
  const columns = await Promise.all(
    [...packed.columns].map(
      async ([name, bytes]) => [name, await embedded(bytes)] as const,
    ),
  );
  const receipts = { ...packed, columns: new Map(columns) };
  return renderHtml(report, receipts, { ...options, script: readPageScript() });
}

const compress = promisify(gzip);

async function embedded(bytes: Uint8Array): Promise<string> {
  return (await compress(bytes)).toString("base64");
}

/** A report that is half written has no name. */
async function write(
  folder: string,
  name: string,
  content: string | Uint8Array,
): Promise<string> {
  const path = join(folder, name);
  await writeFile(`${path}.new`, content);
  await rename(`${path}.new`, path);
  return path;
}
