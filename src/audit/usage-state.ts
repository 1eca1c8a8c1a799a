import { monthOf } from "../acts/dates.ts";
import type { Primitives } from "../acts/primitives.ts";
import type { Head } from "../acts/record.ts";
import { type CompactRange } from "../log/tree.ts";
import type { TotalsRow } from "../register/register.ts";
import type { Spent } from "../uses/admit.ts";
import type { Anchor, SlotName, Use } from "../uses/use.ts";
import type { Faults } from "./report.ts";
import type { Wanted } from "./source.ts";

export type Charged = Map<string, number>;

/** What uses add up to, over all usage logs. */
export type Sums = {
  readonly spent: Map<string, Spent>;
  readonly charged: Charged;
  uses: number;
  open: number;
  refused: number;
};

export type HeadAt = {
  readonly head: Head;
  readonly index: number;
  readonly at: number;
};

/** The way through one usage log, entry by entry; blocks are handed out at their anchor so that logs can be merged. */
export type UsageAudit = {
  readonly p: Primitives;
  readonly faults: Faults;
  readonly log: string;
  readonly gateway: string;
  readonly slotName: SlotName;
  readonly span: { readonly from: number; readonly to: number };
  readonly range: CompactRange;
  /** Heads by the size they name. */
  readonly heads: ReadonlyMap<number, readonly HeadAt[]>;
  /** Roots by size that somebody outside kept. */
  readonly remembered: ReadonlyMap<number, readonly Uint8Array[]>;
  readonly wanted: Wanted;
  /** When the log's checkpoint had been read, or later. */
  readonly seenAt: number;
  anchor: Anchor | undefined;
  lastLeaf: Uint8Array | undefined;
  lastSlot: number;
  /** Leaf hashes of this slot's `open` entries that were not counted yet. */
  opens: Map<
    string,
    {
      readonly index: number;
      readonly dataset: string;
      readonly operation: string;
    }
  >;
  /** Time of the newest head that covers everything before this place: nothing behind it may be of an older slot. */
  headAt: number;
  /** The end of the oldest slot that no head covers yet, and how long such a slot had to wait at most. */
  uncovered: number | undefined;
  widestWait: number;
  readonly totals: Map<string, TotalsRow>;
  /** What this slot's `counted` entries count, with their place. */
  readonly counts: Map<
    string,
    { readonly index: number; readonly what: string }
  >;
};

/** Adds a use to the totals of its log: by permit, month and fee. */
export function addTotals(
  totals: Map<string, TotalsRow>,
  use: Use,
  currency: string | undefined,
  offsetMinutes: number,
): void {
  const month = monthOf(use.slot, offsetMinutes);
  const key = `${use.permit} ${month} ${use.fee ?? ""}`;
  const row = totals.get(key) ?? {
    permit: use.permit,
    month,
    uses: 0,
    calls: 0,
    steps: 0,
    charged: 0,
    ...(use.fee === undefined ? {} : { fee: use.fee }),
    ...(currency === undefined ? {} : { currency }),
  };
  row.uses += 1;
  row.calls += use.units.calls;
  row.steps += use.units.steps;
  row.charged += use.charge;
  totals.set(key, row);
}

/** What a closed log adds up to, in the order in which it is entered. */
export function totalsRows(
  totals: ReadonlyMap<string, TotalsRow>,
): readonly TotalsRow[] {
  return [...totals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}
