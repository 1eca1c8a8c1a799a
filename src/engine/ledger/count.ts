import type { DuckDBConnection } from "@duckdb/node-api";
import type { Alias } from "../../audit/ledger/aliases.ts";
import type { Currency } from "../../audit/ledger/currencies.ts";
import type {
  Cell,
  FeeStandard,
  PayerTotal,
  Proposal,
} from "../../audit/ledger/ledger.ts";
import { matcherOf } from "../../audit/ledger/match.ts";
import { quoteText } from "../sql.ts";
import { CannotCount } from "./count-error.ts";
import { changed, currencyIn, textIn } from "./count-row.ts";
import { laySlots, type Slot, valueOf } from "./count-slots.ts";
import { csvTextSql, minorSql } from "./list-csv.ts";
import {
  codeOf,
  correctionsSql,
  JOIN_AS_WRITTEN,
  keyedSql,
  NO_CORRECTIONS,
  outcomeAt,
  PAYERS,
  receiptsSql,
  REPEATS_COUNT,
  seenSql,
  SUM_MINOR_MAX,
  sumsSql,
  twiceSql,
} from "./passes.ts";

export type CountOptions = {
  /** Whether a column gives receipts a number; without one none can be seen to be there twice. */
  readonly hasReferences?: boolean;
  /** Where all payers are written as CSV, those who paid most first. */
  readonly payersFile?: string;
  readonly onProgress?: (text: string) => void;
};

/** The sums of a ledger, and what listings of the same connection need to know. */
export type Counted = {
  readonly cells: readonly Cell[];
  readonly payers: readonly PayerTotal[];
  readonly payerCount: number;
  readonly proposals: readonly Proposal[];
  readonly receipts: number;
  readonly currencies: readonly Currency[];
  /** What a receipt has in common with others, by the number that listings give it. */
  readonly slots: readonly Slot[];
  /** By which the connection's tables tell combinations apart. */
  readonly salt: number;
};

const PAYERS_LISTED = 1_000;

/**
 * Holds receipts against approved fees and sums them up. `selects` are SELECTs whose union is all receipts. Nothing of
 * a receipt is kept: the files are read once for the names and the references, once for the sums, and once more if a
 * reference is there twice. Throws `CannotCount`. Of repeated receipts the first is the one that comes first by
 * department, system, payer class, quantity, file and line.
 */
export async function countLedger(
  connection: DuckDBConnection,
  selects: readonly string[],
  standards: readonly FeeStandard[],
  aliases: readonly Alias[],
  options: CountOptions = {},
): Promise<Counted> {
  const match = matcherOf(standards, aliases);
  if ("problem" in match) throw new CannotCount(match.problem);
  if (selects.length === 0) throw new CannotCount("there are none");
  const receipts = receiptsSql(selects);
  await connection.run(JOIN_AS_WRITTEN);
  options.onProgress?.("reading the names");
  await connection.run(seenSql(receipts, options.hasReferences ?? true));
  const { slots, proposals, salt } = await laySlots(
    connection,
    standards,
    match,
  );
  options.onProgress?.("adding up");
  await connection.run(sumsSql(receipts, salt));
  const hasRepeats = Number(await valueOf(connection, REPEATS_COUNT)) > 0;
  if (hasRepeats) {
    options.onProgress?.("looking at what is there twice");
    await connection.run(twiceSql(receipts));
  }
  await connection.run(hasRepeats ? correctionsSql(salt) : NO_CORRECTIONS);
  const cells = await cellsOf(connection, slots);
  const currencies = [...new Set(slots.map(({ currency }) => currency))];
  if (options.payersFile !== undefined)
    await connection.run(payersCopy(options.payersFile, currencies));
  return {
    cells,
    payers: await payersOf(connection),
    payerCount: Number(
      await valueOf(
        connection,
        "select count(*) from ledger_sum where key is null",
      ),
    ),
    proposals,
    receipts: cells.reduce((sum, cell) => sum + cell.receipts, 0),
    currencies,
    slots,
    salt,
  };
}

type Keyed = {
  readonly slot: number;
  readonly month: number;
  readonly code: number;
  receipts: number;
  minor: number;
  approved: number;
};

async function cellsOf(
  connection: DuckDBConnection,
  slots: readonly Slot[],
): Promise<readonly Cell[]> {
  const keyed = new Map<number, Keyed>();
  for await (const one of keyedRows(connection, "ledger_sum"))
    keyed.set(keyOf(one.slot, one.month, one.code), one);
  for await (const one of keyedRows(connection, "ledger_correction"))
    correct(keyed, one);
  const total = new Map<Currency, { minor: number; approved: number }>();
  const cells: Cell[] = [];
  for (const one of keyed.values()) {
    if (one.receipts === 0) continue;
    const cell = cellOf(one, slots);
    addTo(total, cell);
    cells.push(cell);
  }
  return cells;
}

async function* keyedRows(
  connection: DuckDBConnection,
  table: "ledger_sum" | "ledger_correction",
): AsyncGenerator<Keyed> {
  const found = await connection.stream(keyedSql(table));
  for await (const rows of found.yieldRowsJs())
    for (const row of rows) {
      const [
        slot = 0,
        month = 0,
        code = 0,
        receipts = 0,
        minor = 0,
        approved = 0,
      ] = row.map(Number);
      yield { slot, month, code, receipts, minor, approved };
    }
}

function keyOf(slot: number, month: number, code: number): number {
  return (slot * 131_072 + month) * 16 + code;
}

/** Moves receipts that are there again from where the first pass counted them. */
function correct(keyed: Map<number, Keyed>, again: Keyed): void {
  const from = keyed.get(keyOf(again.slot, again.month, again.code));
  if (from === undefined) throw changed();
  from.receipts -= again.receipts;
  from.minor -= again.minor;
  from.approved -= again.approved;
  const code = codeOf("paidTwice");
  const key = keyOf(again.slot, again.month, code);
  const into = keyed.get(key) ?? {
    ...again,
    code,
    receipts: 0,
    minor: 0,
    approved: 0,
  };
  into.receipts += again.receipts;
  into.minor += again.minor;
  keyed.set(key, into);
}

function cellOf(one: Keyed, slots: readonly Slot[]): Cell {
  const slot = slots[one.slot];
  const outcome = outcomeAt(one.code);
  if (slot === undefined) throw changed();
  if (outcome === undefined)
    throw new CannotCount(
      `the approved price of "${slot.service}" (unit "${slot.unit}") for one receipt's quantity is beyond ${SUM_MINOR_MAX} minor units: is the column of quantities one?`,
    );
  return {
    department: slot.department,
    unit: slot.unit,
    system: slot.system,
    service: slot.service,
    payerClass: slot.payerClass,
    currency: slot.currency,
    month: monthOf(one.month),
    outcome,
    fee: slot.fee,
    receipts: one.receipts,
    minor: one.minor,
    approvedMinor: one.approved,
  };
}

function monthOf(months: number): string {
  const year = String(Math.floor(months / 12) + 1).padStart(4, "0");
  return `${year}-${String((months % 12) + 1).padStart(2, "0")}`;
}

/** All sums of a report are sums of cells: none is larger than all cells together. */
function addTo(
  total: Map<Currency, { minor: number; approved: number }>,
  { currency, minor, approvedMinor }: Cell,
): void {
  const sum = total.get(currency) ?? { minor: 0, approved: 0 };
  sum.minor += Math.abs(minor);
  sum.approved += Math.abs(approvedMinor);
  total.set(currency, sum);
  checkSum(sum.minor, currency);
  checkSum(sum.approved, currency);
}

function checkSum(minor: number, currency: string): void {
  if (!(Math.abs(minor) <= SUM_MINOR_MAX))
    throw new CannotCount(
      `their sum is beyond ${SUM_MINOR_MAX} minor units of ${currency}, as far as sums are exact`,
    );
}

async function payersOf(
  connection: DuckDBConnection,
): Promise<readonly PayerTotal[]> {
  const found = await connection.runAndReadAll(
    `select payer, payer_class, currency, receipts, minor, approved from ${PAYERS}
     order by minor desc, payer, payer_class, currency limit ${PAYERS_LISTED}`,
  );
  return found
    .getRowsJS()
    .map(([payer, payerClass, code, receipts, minor, approved]) => {
      const currency = currencyIn(code);
      checkSum(Number(minor), currency);
      checkSum(Number(approved), currency);
      return {
        payer: textIn(payer),
        payerClass: textIn(payerClass),
        currency,
        receipts: Number(receipts),
        minor: Number(minor),
        approvedMinor: Number(approved),
      };
    });
}

function payersCopy(file: string, currencies: readonly Currency[]): string {
  return `copy (select ${csvTextSql("payer")} as "\ufeffpayer", ${csvTextSql("payer_class")} as "payer class", currency,
      receipts::bigint as receipts, ${minorSql("minor", currencies)} as charged, ${minorSql("approved", currencies)} as approved
    from ${PAYERS} order by minor desc, payer, payer_class, currency)
    to ${quoteText(file)} (format csv, header true)`;
}
