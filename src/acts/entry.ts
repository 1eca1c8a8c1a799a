import * as z from "zod/mini";
import { utf8ToBytes } from "./bytes.ts";
import { decode, encode, Malformed } from "./canonical.ts";
import { explain } from "./explain.ts";
import { record } from "./record.ts";
import {
  count,
  factName,
  factText,
  instant,
  keyId,
  listOf,
  positive,
  ruleId,
  signature64,
  version,
} from "./shapes.ts";
import { batch, signature, statement } from "./statement.ts";

/** A fact that a rule rested on: a name and an id, a number or a date; sentences are looked up, never entered. */
export const fact = z.tuple([factName, z.union([count, factText])]);

export const finding = z.strictObject({
  rule: ruleId,
  result: z.enum(["breach", "missing"], "one of breach, missing"),
  facts: listOf(fact, 0, 16),
});

export const ruling = z.discriminatedUnion("outcome", [
  z.strictObject({
    outcome: z.literal("granted"),
    flags: listOf(finding, 0, 64),
  }),
  z.strictObject({
    outcome: z.literal("refused"),
    findings: listOf(finding, 1, 64),
  }),
]);

/** An act as it stands in the register log for ever. */
export const actEntry = z.strictObject({
  v: version,
  type: z.literal("act"),
  at: instant,
  edition: positive,
  statement,
  signatures: listOf(signature, 1, 8),
  ruling,
  batch: z.exactOptional(batch),
});

/** A machine's record as it stands in the register log for ever. */
export const recordEntry = z.strictObject({
  v: version,
  type: z.literal("record"),
  at: instant,
  key: keyId,
  record,
  signature: signature64,
});

export const entry = z.discriminatedUnion("type", [actEntry, recordEntry]);

export type Finding = z.infer<typeof finding>;
export type Ruling = z.infer<typeof ruling>;
export type ActEntry = z.infer<typeof actEntry>;
export type RecordEntry = z.infer<typeof recordEntry>;
export type Entry = z.infer<typeof entry>;

/** A tlog-tiles entry is at most this long (C2SP tlog-tiles: uint16 lengths). */
export const ENTRY_BYTES_MAX = 65_535;

export function parseEntry(raw: Uint8Array): Entry {
  const value = decode(raw, "entry");
  const read = entry.safeParse(value);
  if (!read.success)
    throw new Malformed(`Cannot read entry: ${explain(read.error, value)}`);
  return read.data;
}

export function entryBytes(of: Entry): Uint8Array {
  const raw = utf8ToBytes(encode(of));
  if (raw.length > ENTRY_BYTES_MAX) {
    throw new Malformed(
      `Cannot make an entry of ${raw.length} bytes: a log takes at most ${ENTRY_BYTES_MAX}; put long lists into papers`,
    );
  }
  // What cannot be read back would end the log for ever: it is never entered.
  parseEntry(raw);
  return raw;
}

/** The bytes under a record's signature. */
export function signedRecordBytes(
  origin: string,
  at: number,
  of: RecordEntry["record"],
): Uint8Array {
  return utf8ToBytes(
    `vitrine-record-v1\n${origin}\n${encode({ at, record: of })}`,
  );
}
