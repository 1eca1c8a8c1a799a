import type { Finding } from "../acts/entry.ts";

/** What a checker can find. Vectors under `vectors/invalid/` are named after faults and give one of these. */
export type FaultCode =
  | "checkpoint-signature"
  | "tree-root"
  | "tile"
  | "two-histories"
  | "quorum"
  | "bytes"
  | "at-falls"
  | "at-after-cosignature"
  | "at-before-cosignature"
  | "at-ahead"
  | "genesis"
  | "after-end"
  | "predecessor"
  | "misdirected"
  | "unseen"
  | "expired"
  | "repeated"
  | "unsigned"
  | "unknown-key"
  | "edition"
  | "ruling"
  | "record-key"
  | "record-signature"
  | "head-smaller"
  | "head-root"
  | "head-anchored"
  | "head-late"
  | "block-uncut"
  | "totals"
  | "dropped"
  | "erased"
  | "paper-digest"
  | "usage-bytes"
  | "anchor-missing"
  | "anchor-falls"
  | "anchor-root"
  | "slot"
  | "block-order"
  | "use"
  | "charge"
  | "counted"
  | "open-uncounted"
  | "settle"
  | "repeat"
  | "withheld"
  | "receipt"
  | "receipt-missing";

/** A contradiction: which fault, in which log at which entry, and what is wrong in one line. */
export type Fault = {
  readonly code: FaultCode;
  readonly log: string;
  readonly index?: number;
  readonly says: string;
  readonly findings?: readonly Finding[];
};

/** The faults in order of their finding; a flood of one code is counted and not kept. */
export type Faults = {
  readonly kept: Fault[];
  readonly counts: Map<FaultCode, number>;
};
const KEPT_PER_CODE_MAX = 200;

export function noFaults(): Faults {
  return { kept: [], counts: new Map() };
}

export function add(faults: Faults, fault: Fault): void {
  const count = (faults.counts.get(fault.code) ?? 0) + 1;
  faults.counts.set(fault.code, count);
  if (count <= KEPT_PER_CODE_MAX) faults.kept.push(fault);
}

export function total(faults: Faults): number {
  let sum = 0;
  for (const count of faults.counts.values()) sum += count;
  return sum;
}
