import type { Currency } from "../../audit/ledger/currencies.ts";
import {
  type Cell,
  type LedgerReport,
  type Outcome,
  OUTCOMES,
} from "../../audit/ledger/ledger.ts";
import type { Dimension } from "./ledger-words.ts";

/** How many receipts and how much: amounts in minor units of the currency of what they stand in. */
export type Sum = {
  readonly receipts: number;
  readonly minor: number;
  readonly approvedMinor: number;
};

/** The sums of one name in one currency. An outcome that did not occur is not there. */
export type Total = Sum & {
  readonly name: string;
  readonly currency: Currency;
  /** Charged less approved. */
  readonly differenceMinor: number;
  readonly outcomes: ReadonlyMap<Outcome, Sum>;
};

const NAMED: Readonly<
  Record<Exclude<Dimension, "payer">, (cell: Cell) => string>
> = {
  department: (cell) => cell.department,
  unit: (cell) => cell.unit,
  system: (cell) => cell.system,
  service: (cell) => cell.service,
  payerClass: (cell) => cell.payerClass,
  year: (cell) => cell.month.slice(0, 4),
  month: (cell) => cell.month,
};

/**
 * The sums by one dimension, each currency apart: months and years in order of time, all others the largest charge
 * first. Payers are not of the cube: see `payersByName`.
 */
export function totalsBy(
  cells: readonly Cell[],
  dimension: Exclude<Dimension, "payer">,
): readonly Total[] {
  const named = NAMED[dimension];
  const isTime = dimension === "year" || dimension === "month";
  return summed(cells, named).toSorted(
    (a, b) => (isTime ? 0 : b.minor - a.minor) || byCodeUnit(a.name, b.name),
  );
}

/** Everything of one currency in one total; the currency with the most receipts first. */
export function grandTotals(cells: readonly Cell[]): readonly Total[] {
  return summed(cells, () => "").toSorted((a, b) => b.receipts - a.receipts);
}

/** The listed payers by name, never by what they paid. */
export function payersByName(report: LedgerReport): LedgerReport["payers"] {
  return report.payers.toSorted(
    (a, b) =>
      byCodeUnit(a.payer, b.payer) || byCodeUnit(a.currency, b.currency),
  );
}

/** How many different names the cells hold, a blank not counted: what the table of that dimension has lines. */
export function countNames(
  cells: readonly Cell[],
  dimension: "department" | "unit" | "system",
): number {
  const names = new Set(cells.map((cell) => cell[dimension]));
  names.delete("");
  return names.size;
}

export function cellsOf(
  cells: readonly Cell[],
  currency: Currency,
): readonly Cell[] {
  return cells.filter((cell) => cell.currency === currency);
}

/** The outcomes that occur, in the order of a report. */
export function outcomesOf(totals: readonly Total[]): readonly Outcome[] {
  return OUTCOMES.filter((outcome) =>
    totals.some(({ outcomes }) => outcomes.has(outcome)),
  );
}

type Growing = { receipts: number; minor: number; approvedMinor: number };
type Group = Growing & {
  readonly name: string;
  readonly currency: Currency;
  readonly outcomes: Map<Outcome, Growing>;
};

function summed(
  cells: readonly Cell[],
  named: (cell: Cell) => string,
): readonly Total[] {
  const groups = new Map<string, Group>();
  for (const cell of cells) {
    const name = named(cell);
    const key = `${cell.currency} ${name}`;
    const group = groups.get(key) ?? {
      name,
      currency: cell.currency,
      outcomes: new Map<Outcome, Growing>(),
      ...nothing(),
    };
    groups.set(key, group);
    const outcome = group.outcomes.get(cell.outcome) ?? nothing();
    group.outcomes.set(cell.outcome, outcome);
    grow(group, cell);
    grow(outcome, cell);
  }
  return [...groups.values()].map((group) => ({
    ...group,
    differenceMinor: group.minor - group.approvedMinor,
  }));
}

const nothing = (): Growing => ({ receipts: 0, minor: 0, approvedMinor: 0 });

function grow(sum: Growing, cell: Cell): void {
  sum.receipts += cell.receipts;
  sum.minor += cell.minor;
  sum.approvedMinor += cell.approvedMinor;
}

function byCodeUnit(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
