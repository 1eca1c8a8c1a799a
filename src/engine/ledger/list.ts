import type { DuckDBConnection, JS } from "@duckdb/node-api";
import type {
  FeeStandard,
  ListedReceipt,
  Outcome,
} from "../../audit/ledger/ledger.ts";
import { quoteName, quoteText } from "../sql.ts";
import { CannotCount } from "./count-error.ts";
import { changed, textIn, wholeIn } from "./count-row.ts";
import { type Slot, valueOf } from "./count-slots.ts";
import type { Counted } from "./count.ts";
import { csvTextSql, minorSql } from "./list-csv.ts";
import {
  againSql,
  codeOf,
  JOIN_AS_WRITTEN,
  judgedSql,
  outcomeAt,
  receiptsSql,
  REPEATS_COUNT,
} from "./passes.ts";

const RECEIPT = [
  "file",
  "line",
  "day",
  "minor",
  "currency",
  "department",
  "unit",
  "system",
  "service",
  "payer",
  "payer_class",
  "reference",
  "quantity",
  "status",
] as const;

export type ListOptions = {
  /** Only these; all where none are named. */
  readonly outcomes?: readonly Outcome[];
  readonly limit?: number;
};

/**
 * Receipts with what came of each, in batches, in the order of files and lines. `selects` as those that were counted,
 * with true lines; the connection is the one on which `countLedger` counted them last.
 */
export async function* listReceipts(
  connection: DuckDBConnection,
  selects: readonly string[],
  counted: Pick<Counted, "salt" | "slots" | "cells">,
  options: ListOptions = {},
): AsyncGenerator<readonly ListedReceipt[]> {
  const source = await judgedSource(connection, selects, counted);
  const { outcomes, limit } = options;
  const where =
    outcomes === undefined
      ? ""
      : ` where outcome in (${["-1", ...outcomes.map(codeOf)].join(", ")})`;
  const found = await connection.stream(
    `select ${LISTED} from ${source} as judged${where}
     order by judged.file, judged.line${limit === undefined ? "" : ` limit ${limit}`}`,
  );
  const { slots } = counted;
  let listed = 0;
  for await (const rows of found.yieldRowsJs()) {
    listed += rows.length;
    yield rows.map((row) => listedOf(row, slots));
  }
  if (limit === undefined) checkListed(listed, counted, outcomes);
}

/** What is listed must be what was counted. */
function checkListed(
  listed: number,
  { cells }: Pick<Counted, "cells">,
  outcomes?: readonly Outcome[],
): void {
  let receipts = 0;
  for (const cell of cells)
    if (outcomes?.includes(cell.outcome) ?? true) receipts += cell.receipts;
  if (listed !== receipts)
    throw new CannotCount(
      `${listed} are listed and ${receipts} were counted; did a file change meanwhile?`,
    );
}

/**
 * What is read of each receipt. Texts take longest to come out of the engine: those that it has in common with others
 * come by its slot. Numbers of 64 bits would come out as BigInts; these are safe integers.
 */
const LISTED = `file, line::double, (day - date '1970-01-01')::integer, minor::double, payer, reference,
  quantity::double, (case status when 'waived' then 1 when 'refunded' then 2 else 0 end)::utinyint,
  slot, outcome, approved::double`;

/** What a person reads instead of these headings and of the outcomes' codes. */
export type ReceiptWords = {
  readonly headings: Readonly<Record<string, string>>;
  readonly outcomes: Readonly<Record<Outcome, string>>;
};

/**
 * Writes all receipts with what came of each as CSV, in the order of files and lines, with the mark by which
 * spreadsheets know UTF-8; no cell is a formula. `names` are those of the files.
 */
export async function writeReceipts(
  connection: DuckDBConnection,
  selects: readonly string[],
  counted: Pick<Counted, "salt" | "currencies" | "cells">,
  to: string,
  names: readonly string[],
  standards: readonly FeeStandard[],
  words?: ReceiptWords,
): Promise<void> {
  const source = await judgedSource(connection, selects, counted);
  const { currencies } = counted;
  const outcome = Array.from({ length: 16 }, (_, code) => {
    const known = outcomeAt(code);
    return known === undefined ? "" : (words?.outcomes[known] ?? known);
  });
  const columns = [
    ["file", csvTextSql(at(names, "file"))],
    ["line", "line"],
    ["date", "strftime(day, '%Y-%m-%d')"],
    ...TEXTS.map((column) => [column.replace("_", " "), csvTextSql(column)]),
    ["quantity", "quantity"],
    ["charged", minorSql("minor", currencies)],
    ["currency", "currency"],
    ["outcome", at(outcome, "outcome")],
    [
      "line of the approved fee",
      at(
        standards.map(({ line }) => String(line)),
        "fee",
      ),
    ],
    ["approved", minorSql("approved", currencies)],
  ].map(([name = "", sql = ""], index) => {
    const mark = index === 0 ? "\ufeff" : "";
    return `${sql} as ${quoteName(mark + (words?.headings[name] ?? name))}`;
  });
  const copied = await connection.run(
    `copy (select ${columns.join(", ")} from ${source} as judged order by judged.file, judged.line)
     to ${quoteText(to)} (format csv, header true)`,
  );
  checkListed(copied.rowsChanged, counted);
}

const TEXTS = [
  "department",
  "unit",
  "system",
  "service",
  "payer",
  "payer_class",
  "reference",
] as const;

/** One of some texts by a column that counts from 0. */
function at(texts: readonly string[], column: string): string {
  return `([${texts.map(quoteText).join(", ")}]::varchar[])[${column} + 1]`;
}

async function judgedSource(
  connection: DuckDBConnection,
  selects: readonly string[],
  { salt }: Pick<Counted, "salt">,
): Promise<string> {
  const receipts = receiptsSql(selects);
  await connection.run(JOIN_AS_WRITTEN);
  const hasRepeats = wholeIn(await valueOf(connection, REPEATS_COUNT)) > 0;
  return judgedSql(
    againSql(receipts, hasRepeats),
    salt,
    [...RECEIPT, "again"],
    "again",
  );
}

const STATUSES = ["paid", "waived", "refunded"] as const;

function listedOf(row: readonly JS[], slots: readonly Slot[]): ListedReceipt {
  const [file, line, day, minor, payer, reference, quantity, ...judged] = row;
  const [status, place, code, approved] = judged.map(wholeIn);
  const slot = slots[place ?? -1];
  const outcome = outcomeAt(code ?? -1);
  if (slot === undefined) throw changed();
  if (outcome === undefined)
    throw new CannotCount(
      `the approved price for the quantity on line ${wholeIn(line)} is too large`,
    );
  const { department, unit, system, service, payerClass, currency, fee } = slot;
  return {
    receipt: {
      file: wholeIn(file),
      line: wholeIn(line),
      day: wholeIn(day),
      minor: wholeIn(minor),
      currency,
      department,
      unit,
      system,
      service,
      payer: textIn(payer),
      payerClass,
      quantity: quantity === null ? undefined : wholeIn(quantity),
      reference: textIn(reference),
      status: STATUSES[status ?? 0] ?? "paid",
    },
    outcome,
    fee,
    approvedMinor: approved ?? 0,
  };
}
