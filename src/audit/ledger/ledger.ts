import type { Currency } from "./currencies.ts";

/** What came of holding one receipt against the approved fees, in the order in which a report shows them. */
export const OUTCOMES = [
  "equal",
  "over",
  "under",
  "aboveCeiling",
  "notInForce",
  "withoutGround",
  "nobodyApproved",
  "waived",
  "refunded",
  "paidTwice",
  "unmatched",
] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** What a receipt says of itself, beside its amount. */
export type Status = "paid" | "waived" | "refunded";

/** A receipt as it was read. A text that is not there is empty. */
export type Receipt = {
  /** Which file, from 0 in the order given, and the line on which it begins: of a sheet its row. */
  readonly file: number;
  readonly line: number;
  /** The day of the chargeable event, in days since 1970-01-01. */
  readonly day: number;
  /** In the minor units of its currency; below zero where it takes something back. */
  readonly minor: number;
  readonly currency: Currency;
  readonly department: string;
  readonly unit: string;
  readonly system: string;
  readonly service: string;
  readonly payer: string;
  readonly payerClass: string;
  /** How many were charged for; undefined where the ledger does not say, and then one is meant. */
  readonly quantity: number | undefined;
  readonly reference: string;
  readonly status: Status;
};

/** What could not be read. Receipts and rejects together are all lines of all files. */
export type Reject = {
  readonly file: number;
  readonly line: number;
  /** The heading of the column at fault; empty where the whole line is. */
  readonly column: string;
  readonly reason: string;
  /** The line as it stands in the file, or its cells parted by tabs. */
  readonly text: string;
};

/** One version of one approved fee, as a line of the list of approved fees states it. */
export type FeeStandard = {
  /** Its line in the list, or its row in the sheet. */
  readonly line: number;
  readonly service: string;
  /** Empty where the fee holds for whichever unit gives the service. */
  readonly unit: string;
  readonly payee: string;
  /** Empty where the fee holds for every class. */
  readonly payerClass: string;
  readonly currency: Currency;
  /** In minor units, for each begun `step` of the quantity. */
  readonly priceMinor: number;
  readonly step: number;
  readonly ceilingMinor: number | undefined;
  /** The first day on which it is in force, and the first on which it is not any more; days since 1970-01-01. */
  readonly from: number;
  readonly until: number | undefined;
  /** Empty where nobody is named: then nobody approved it. */
  readonly approvedBy: string;
  readonly paper: string;
  readonly ground: string;
};

/** One file that was read, as it can be found and checked again. */
export type Source = {
  /** The name as it was given, without the folders before it. */
  readonly name: string;
  readonly bytes: number;
  /** SHA-256, in lower-case hexadecimal digits. */
  readonly sha256: string;
  readonly format: "csv" | "xlsx" | "json" | "ndjson";
  /** What a person would want to know of how it was read: "GB18030, tab", "sheet 收费明细". */
  readonly how: string;
  readonly receipts: number;
  readonly rejects: number;
};

/** One cell of the cube of which all totals are sums. */
export type Cell = {
  readonly department: string;
  readonly unit: string;
  readonly system: string;
  readonly service: string;
  readonly payerClass: string;
  readonly currency: Currency;
  /** 2023-05 */
  readonly month: string;
  readonly outcome: Outcome;
  /** The approved fee that it was held against: its place in the report's `fees`. */
  readonly fee: number | undefined;
  readonly receipts: number;
  /** What was charged. */
  readonly minor: number;
  /** What the approved fee would have been for the same receipts; 0 where none applies. */
  readonly approvedMinor: number;
};

export type PayerTotal = {
  readonly payer: string;
  readonly payerClass: string;
  readonly currency: Currency;
  readonly receipts: number;
  readonly minor: number;
  readonly approvedMinor: number;
};

/** A name of the ledger that looks like one of the approved fees and is not the same: a person decides. */
export type Proposal = {
  readonly role: "unit" | "service" | "payerClass";
  readonly name: string;
  /** As it stands in the list of approved fees, the most alike first. */
  readonly candidates: readonly string[];
  readonly receipts: number;
};

/** What somebody said that the sum is, held against the sum. */
export type ClaimCheck = {
  /** As it was given: "2.48 billion CNY". */
  readonly text: string;
  readonly currency: Currency;
  readonly claimedMinor: number;
  /** What was charged without an approval that covers it, or charged at all: the nearer of the two. */
  readonly of: "charged" | "notCovered";
  readonly foundMinor: number;
  /** How many digits the claim states. */
  readonly digits: number;
  /** Whether the sum, rounded to the claim's digits, is the claim. */
  readonly agrees: boolean;
  /** Ten to the power by which the claim is too large, where that alone makes it agree; below zero: too small. */
  readonly slip: number | undefined;
};

export type LedgerReport = {
  /** The program's version and the day on which it ran (2026-11-28). */
  readonly madeBy: string;
  readonly madeOn: string;
  readonly sources: readonly Source[];
  readonly feesSource: Pick<Source, "name" | "bytes" | "sha256">;
  readonly fees: readonly FeeStandard[];
  readonly cells: readonly Cell[];
  /** Those who paid most, the first first, and how many payers there are in all. */
  readonly payers: readonly PayerTotal[];
  readonly payerCount: number;
  readonly rejects: {
    readonly count: number;
    readonly first: readonly Reject[];
  };
  readonly proposals: readonly Proposal[];
  readonly claim: ClaimCheck | undefined;
  /** What could not be looked at. */
  readonly unchecked: readonly Unchecked[];
};

export type Unchecked =
  /** No column gives receipts a number, so that none can be seen to be there twice. */
  | "paidTwice"
  /** No column gives a quantity: one was taken to be charged for. */
  | "quantity"
  | "payerClass"
  /** Lines that could not be read have no outcome, and their money is in no sum. */
  | "rejects";

/** One receipt with its outcome, as a report lists it. */
export type ListedReceipt = {
  readonly receipt: Receipt;
  readonly outcome: Outcome;
  readonly fee: number | undefined;
  readonly approvedMinor: number;
};
