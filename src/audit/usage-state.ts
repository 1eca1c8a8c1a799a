import { monthOf } from "../acts/dates.ts";
import type { Primitives } from "../acts/primitives.ts";
import type { Head } from "../acts/record.ts";
import { type CompactRange } from "../log/tree.ts";
import type { ReadRegister, TotalsRow } from "../register/register.ts";
import type { SealedUses } from "../rules/seals.ts";
import type { Spent } from "../uses/admit.ts";
import type { Anchor, Settle, SlotName, UsageEntry, Use } from "../uses/use.ts";
import type { Overdrawn } from "./quotas.ts";
import type { Faults } from "./report.ts";
import type { Wanted } from "./source.ts";

export type Charged = Map<string, number>;

/** What uses add up to, over all usage logs. */
export type Sums = {
  readonly spent: Map<string, Spent>;
  /** By permit, while what was used is more than its quota. */
  readonly overdrawn: Map<string, Overdrawn>;
  readonly charged: Charged;
  uses: number;
  open: number;
  refused: number;
  looks: number;
  repeats: number;
  /** Streams that broke on the way, and were free: as many as a friend might have been given. */
  broken: number;
  /** Uses of personal data for purposes that the rulebook had a seal for. */
  readonly sealed: SealedUses;
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
  readonly tally: Tally;
  /** Keyed uses of the last 24 hours, and how often each was answered anew; repeats whose use has not come yet. */
  readonly keyed: Map<string, { readonly use: Use; repeats: number }>;
  readonly repeats: {
    readonly index: number;
    readonly of: string;
    readonly slot: number;
  }[];
  /** Settles whose use has not come yet, by the use's leaf hash: where they stand. */
  readonly settles: Map<string, number>;
  /** What this slot's `counted` entries count, with their place. */
  readonly counts: Map<
    string,
    { readonly index: number; readonly what: string }
  >;
};

/**
 * What the uses of one log add up to, by permit, month and fee. An open use counts with its upper limits until it is settled.
 * Entries of a block stand in the order of their leaf hashes, so a settle may stand before its use.
 */
export type Tally = {
  readonly totals: Map<string, TotalsRow>;
  /** Open uses that were not settled yet, and settles whose use has not come yet, by the use's leaf hash. */
  readonly open: Map<string, Use>;
  readonly early: Map<string, Settle>;
};

export function newTally(): Tally {
  return { totals: new Map(), open: new Map(), early: new Map() };
}

/** An open use and what it came to. */
export type Settled = { readonly use: Use; readonly settle: Settle };

/** Adds an entry; gives the use and its settle once both have come. `leaf`: the entry's own leaf hash. */
export function tally(
  of: Tally,
  entry: UsageEntry,
  leaf: () => string,
  { fees, offsetMinutes }: Pick<ReadRegister, "fees" | "offsetMinutes">,
): Settled | undefined {
  if (entry.kind === "use") {
    addUse(
      of.totals,
      entry,
      fees.get(entry.fee ?? "")?.act.currency,
      offsetMinutes,
    );
    if (entry.state === "whole") return undefined;
    const settle = of.early.get(leaf());
    of.early.delete(leaf());
    if (settle === undefined) of.open.set(leaf(), entry);
    return settle === undefined
      ? undefined
      : addSettled(of.totals, { use: entry, settle }, offsetMinutes);
  }
  if (entry.kind !== "settle") return undefined;
  const use = of.open.get(entry.of);
  of.open.delete(entry.of);
  if (use === undefined) of.early.set(entry.of, entry);
  return use === undefined
    ? undefined
    : addSettled(of.totals, { use, settle: entry }, offsetMinutes);
}

function keyOf(use: Use, offsetMinutes: number): [string, string] {
  const month = monthOf(use.slot, offsetMinutes);
  return [`${use.permit} ${month} ${use.fee ?? ""}`, month];
}

function addUse(
  totals: Map<string, TotalsRow>,
  use: Use,
  currency: string | undefined,
  offsetMinutes: number,
): void {
  const [key, month] = keyOf(use, offsetMinutes);
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

function addSettled(
  totals: Map<string, TotalsRow>,
  settled: Settled,
  offsetMinutes: number,
): Settled {
  const { use, settle } = settled;
  const row = totals.get(keyOf(use, offsetMinutes)[0]);
  if (row !== undefined) {
    row.steps += settle.units.steps - use.units.steps;
    row.charged += settle.charge - use.charge;
  }
  return settled;
}

/** What a closed log adds up to, in the order in which it is entered. */
export function totalsRows(
  totals: ReadonlyMap<string, TotalsRow>,
): readonly TotalsRow[] {
  return [...totals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}
