import { type ListedReceipt, OUTCOMES } from "../../audit/ledger/ledger.ts";
import { byteColumn, textColumn } from "./columns.ts";

/**
 * Receipts by column, as they stand in the page: numbers and texts as columns.ts writes them.
 */
export type PackedReceipts = {
  readonly count: number;
  /** Whether only receipts whose outcome is not `equal` are there, and not even all of these. */
  readonly isPart: boolean;
  /** Department, unit, system, service, payer class, currency: what `combination` counts. */
  readonly combinations: readonly Combination[];
  readonly columns: ReadonlyMap<ColumnName, Uint8Array>;
};

export type Combination = readonly [
  department: string,
  unit: string,
  system: string,
  service: string,
  payerClass: string,
  currency: string,
];

export type ColumnName =
  /** In `combinations`. */
  | "combination"
  /** In `payers`, from 1; 0 where payers are left out. */
  | "payer"
  /** The distinct payers. */
  | "payers"
  /** Less the day before it, with a sign. */
  | "day"
  /** Minor units, with a sign. */
  | "minor"
  /** Minor units, with a sign; where the outcome is `equal`, what was charged less them. */
  | "approved"
  /** 0 where the ledger does not say. */
  | "quantity"
  /** In `OUTCOMES`. */
  | "outcome"
  /** In the report's fees, from 1; 0 for none. */
  | "fee"
  | "file"
  /** Less the line before it, with a sign. */
  | "line"
  /** How many signs are as in the reference before it, as a sign from U+0020, then the others. */
  | "reference";

export type PackOptions = {
  /** How many receipts the report counts in all. */
  readonly receiptsInAll: number;
  readonly receiptsMax?: number;
  readonly withPayers?: boolean;
};

export const RECEIPTS_MAX = 600_000;

/** Takes every receipt if the page may hold as many, else those whose outcome is not `equal`, up to the limit. */
export async function packReceipts(
  batches: AsyncIterable<readonly ListedReceipt[]>,
  { receiptsInAll, receiptsMax = RECEIPTS_MAX, withPayers = true }: PackOptions,
): Promise<PackedReceipts> {
  const isPart = receiptsInAll > receiptsMax;
  const packing = startPacking(withPayers);
  for await (const batch of batches) {
    for (const one of batch) {
      if (packing.count() >= receiptsMax) break;
      if (!isPart || one.outcome !== "equal") packing.add(one);
    }
    if (packing.count() >= receiptsMax) break;
  }
  return { ...packing.packed(), isPart };
}

const NUMBER_COLUMNS = [
  "combination",
  "payer",
  "day",
  "minor",
  "approved",
  "quantity",
  "outcome",
  "fee",
  "file",
  "line",
] as const satisfies readonly ColumnName[];

const OUTCOME_NUMBERS = new Map(OUTCOMES.map((name, index) => [name, index]));

function startPacking(withPayers: boolean) {
  const numbers = {
    combination: byteColumn(),
    payer: byteColumn(),
    day: byteColumn(),
    minor: byteColumn(),
    approved: byteColumn(),
    quantity: byteColumn(),
    outcome: byteColumn(),
    fee: byteColumn(),
    file: byteColumn(),
    line: byteColumn(),
  };
  const payers = new Map<string, number>();
  const references = textColumn();
  const combinations = distinctCombinations();
  let count = 0;
  let day = 0;
  let line = 0;
  let reference = "";

  function add({ receipt, outcome, fee, approvedMinor }: ListedReceipt): void {
    numbers.combination.add(combinations.indexOf(receipt));
    numbers.payer.add(withPayers ? payerOf(receipt.payer) : 0);
    numbers.day.addSigned(receipt.day - day);
    numbers.minor.addSigned(receipt.minor);
    numbers.approved.addSigned(
      outcome === "equal" ? receipt.minor - approvedMinor : approvedMinor,
    );
    numbers.quantity.add(receipt.quantity ?? 0);
    numbers.outcome.add(OUTCOME_NUMBERS.get(outcome) ?? 0);
    numbers.fee.add(fee === undefined ? 0 : fee + 1);
    numbers.file.add(receipt.file);
    numbers.line.addSigned(receipt.line - line);
    const same = sharedLength(reference, receipt.reference);
    references.add(
      String.fromCharCode(32 + same) + receipt.reference.slice(same),
    );
    ({ day, line, reference } = receipt);
    count += 1;
  }

  function payerOf(name: string): number {
    const known = payers.get(name);
    if (known !== undefined) return known;
    payers.set(name, payers.size + 1);
    return payers.size;
  }

  function packed(): Omit<PackedReceipts, "isPart"> {
    const names = textColumn();
    for (const name of payers.keys()) names.add(name);
    return {
      count,
      combinations: combinations.all(),
      columns: new Map<ColumnName, Uint8Array>([
        ...NUMBER_COLUMNS.map((name) => [name, numbers[name].bytes()] as const),
        ["payers", names.bytes()],
        ["reference", references.bytes()],
      ]),
    };
  }

  return { add, packed, count: () => count };
}

/** The places of combinations in the order in which they first occur. */
function distinctCombinations() {
  const known = new Map<string, number>();
  const all: Combination[] = [];
  function indexOf(receipt: ListedReceipt["receipt"]): number {
    const { department, unit, system, service, payerClass, currency } = receipt;
    // With the lengths before them no two combinations run together to one text.
    const key = `${department.length} ${unit.length} ${system.length} ${service.length} ${payerClass.length} ${department}${unit}${system}${service}${payerClass}${currency}`;
    const index = known.get(key);
    if (index !== undefined) return index;
    known.set(key, all.length);
    all.push([department, unit, system, service, payerClass, currency]);
    return all.length - 1;
  }
  return { indexOf, all: () => all };
}

const SHARED_MAX = 90;

function sharedLength(before: string, text: string): number {
  const most = Math.min(before.length, text.length, SHARED_MAX);
  let shared = 0;
  while (shared < most && before.charCodeAt(shared) === text.charCodeAt(shared))
    shared += 1;
  return shared;
}
