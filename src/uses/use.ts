import * as z from "zod/mini";
import { utf8ToBytes } from "../acts/bytes.ts";
import { decode, encode, Malformed } from "../acts/canonical.ts";
import { explain } from "../acts/explain.ts";
import {
  bitSet,
  count,
  form,
  hash,
  instant,
  money,
  positive,
  ruleId,
  slug,
  version,
} from "../acts/shapes.ts";

/** How a usage log counts: calls, steps of rows as the product says, steps of 65,536 bytes. */
export const units = z.strictObject({
  calls: count,
  steps: count,
  bytes: count,
});
/** The product's form, and what later editions add; `lookup` is one row of records by its key. */
const operation = z.union(
  [form, z.enum(["lookup", "table", "statistic"])],
  "an operation",
);

/** Begins a block: the published checkpoint of the register log on which every use of the block was decided. */
export const anchor = z.strictObject({
  v: version,
  kind: z.literal("anchor"),
  size: count,
  root: hash,
  slot: instant,
});

export const use = z.strictObject({
  v: version,
  kind: z.literal("use"),
  permit: slug,
  operation,
  /** Which fields of the product were returned or compared, and which stood in conditions: bits, no values. */
  fields: bitSet,
  where: bitSet,
  slot: instant,
  units,
  /** Size class of the subjects: 0, 1, 10, 100, …: the smallest power of ten that is not below their number. */
  subjects: count,
  fee: z.exactOptional(slug),
  charge: money,
  /** zCDP rho that a statistic spent, as a fraction of two integers; not used by edition 1. */
  spent: z.exactOptional(
    z.strictObject({ numerator: count, denominator: positive }),
  ),
  /** Open: a streamed answer, entered with its upper limits before its first byte; a settle says what it came to. */
  state: z.enum(["whole", "open"], "one of whole, open"),
  /** Asked with an Idempotency-Key: it may be answered anew, and each time is a repeat. */
  keyed: z.exactOptional(z.literal(true)),
  private: hash,
});

/** What an open use came to. What broke is not charged; what its asker or an act cut short is charged as far as it went. */
export const settle = z.strictObject({
  v: version,
  kind: z.literal("settle"),
  of: hash,
  result: z.enum(["complete", "cancelled", "broken"]),
  units,
  subjects: count,
  charge: money,
  private: hash,
});

/** A keyed use was answered anew, free of charge: at most three times, within 24 hours. */
export const repeat = z.strictObject({
  v: version,
  kind: z.literal("repeat"),
  of: hash,
  slot: instant,
  private: hash,
});

/** Open data is counted, not traced: one entry when a slot's first answer leaves, one with the count when the slot ends. */
export const open = z.strictObject({
  v: version,
  kind: z.literal("open"),
  dataset: slug,
  operation,
  slot: instant,
});
export const counted = z.strictObject({
  v: version,
  kind: z.literal("counted"),
  dataset: slug,
  operation,
  slot: instant,
  of: hash,
  uses: positive,
  bytes: count,
});

export const refused = z.strictObject({
  v: version,
  kind: z.literal("refused"),
  slot: instant,
  organisation: z.exactOptional(slug),
  dataset: slug,
  rule: ruleId,
  count: positive,
});

/** Somebody looked at the list of uses of one person (the person, who stands in for them, a portal that shows it to them), or an auditor opened an entry. */
export const look = z.strictObject({
  v: version,
  kind: z.literal("look"),
  slot: instant,
  by: z.enum(
    ["auditor", "subject", "representative", "portal"],
    "one of auditor, subject, representative, portal",
  ),
  private: hash,
});

export const usageEntry = z.discriminatedUnion("kind", [
  anchor,
  use,
  settle,
  repeat,
  open,
  counted,
  refused,
  look,
]);

export type Units = z.infer<typeof units>;
export type Anchor = z.infer<typeof anchor>;
export type Use = z.infer<typeof use>;
export type Settle = z.infer<typeof settle>;
export type Repeat = z.infer<typeof repeat>;
export type Look = z.infer<typeof look>;
export type UsageEntry = z.infer<typeof usageEntry>;
export type Operation = Use["operation"];

/** Slots: uses of personal data are public under the hour, all others under the minute. */
export const SLOT = { hour: 3_600_000, minute: 60_000 } as const;
export type SlotName = keyof typeof SLOT;
export const BYTES_PER_STEP = 65_536;
/** How often, and how long after its slot began, a keyed use is answered anew. */
export const REPEATS_MAX = 3;
export const REPEAT_MS_MAX = 86_400_000;

export function slotOf(at: number, length: number): number {
  return at - (at % length);
}

/** 0, 1, 10, 100, …: the smallest power of ten that is not below the number. */
export function sizeClass(subjects: number): number {
  if (subjects === 0) return 0;
  let size = 1;
  while (size < subjects) size *= 10;
  return size;
}

export function isSizeClass(value: number): boolean {
  return value === 0 || sizeClass(value) === value;
}

/** Steps that so many rows are: at least one, so that a look-up costs the same whether it finds nobody or somebody. */
export function stepsOf(rows: number, rowsPerStep: number): number {
  return Math.max(1, Math.ceil(rows / rowsPerStep));
}

export function usageEntryBytes(entry: UsageEntry): Uint8Array {
  return utf8ToBytes(encode(entry));
}

/** The general reader of an entry of a usage log; `readUse` in codec.ts is the fast one for uses. */
export function parseUsageEntry(raw: Uint8Array): UsageEntry {
  const value = decode(raw, "usage entry");
  const read = usageEntry.safeParse(value);
  if (!read.success)
    throw new Malformed(
      `Cannot read usage entry: ${explain(read.error, value)}`,
    );
  return read.data;
}
