import type { Places } from "../../../audit/ledger/mapping.ts";
import {
  type Field,
  readReceipt,
  type RowProblem,
} from "../../../audit/ledger/receipt-row.ts";
import type { Head } from "./head.ts";
import type { Kept } from "./kept.ts";
import { type Book, isBlank, type Row, textOfRow } from "./row.ts";

/** One file of a ledger as it is being read. */
export type Reading = {
  readonly index: number;
  readonly book: Book;
  readonly head: Head;
  readonly places: Places;
  readonly kept: Kept;
};

export type Counts = { readonly receipts: number; readonly rejects: number };

const TOLD_EVERY_LINES = 500_000;

/** Reads every row of a file into the kept receipts and rejects. */
export async function convert(
  reading: Reading,
  tell: (lines: number) => void,
): Promise<Counts> {
  const { book, head, kept } = reading;
  const before = { receipts: kept.receiptCount, rejects: kept.rejectCount };
  let told = 0;
  let lines = 0;
  for await (const batch of book.rows()) {
    for (const row of batch) if (row.line > head.line) keepRow(row, reading);
    await kept.writeIfFull();
    lines += batch.length;
    if (lines - told < TOLD_EVERY_LINES) continue;
    told = lines;
    tell(lines);
  }
  return {
    receipts: kept.receiptCount - before.receipts,
    rejects: kept.rejectCount - before.rejects,
  };
}

/** A row is a receipt, a reject, or blank and no line at all. */
export function keepRow(row: Row, reading: Reading): void {
  const { index, head, places, kept, book } = reading;
  if (isBlank(row)) return;
  const broken = row.broken ?? surplus(row.fields, head, book);
  const read = broken ?? readReceipt(row.fields, places, index, row.line);
  if ("minor" in read) kept.receipt(read);
  else
    kept.reject({ file: index, line: row.line, ...read, text: textOfRow(row) });
}

/** More values than columns: a comma that is no delimiter has moved all that stand behind it. */
function surplus(
  fields: readonly Field[],
  { headings }: Head,
  { format }: Book,
): RowProblem | undefined {
  if (format !== "csv" || fields.length <= headings.length) return undefined;
  const more = fields.slice(headings.length);
  if (more.every((field) => field === "")) return undefined;
  return {
    column: "",
    reason: `${fields.length} values, want ${headings.length}`,
  };
}
