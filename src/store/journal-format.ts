import { primitives } from "./crypto.ts";
import { LogHalted } from "./durable.ts";

/**
 * A group is what was written and synced as one:
 * magic (4) · flags (1) · index of the first entry (8) · count (4) · length of the body (4) · SHA-256 of the group
 * before (32) · body (uint16 length and bytes of each entry) · SHA-256 of all this (32).
 */
const MAGIC = Buffer.from("VJ01");
const HEADER_BYTES = 53;
export const HASH_BYTES = 32;
const CLOSES_BLOCK = 1;
const GOES_ON = 2;

export type JournalGroup = {
  readonly first: number;
  readonly entries: readonly Uint8Array[];
  readonly closes: boolean;
  /** Nothing stands behind it in its file: the next file was there before it was written. */
  readonly goesOn?: boolean;
};

/** Where the next group must begin; `last` is not known at the beginning of a journal whose older files went away. */
export type Chain = {
  readonly last: Buffer | undefined;
  readonly next: number;
};

type Read = {
  readonly groups: readonly JournalGroup[];
  readonly chain: Chain;
  /** The byte from which on nothing was written whole. */
  readonly torn?: number;
};

export function encodeGroup(
  { first, entries, closes, goesOn = false }: JournalGroup,
  last: Buffer,
): Buffer {
  const length = entries.reduce((sum, entry) => sum + 2 + entry.length, 0);
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + length + HASH_BYTES);
  MAGIC.copy(bytes, 0);
  bytes.writeUInt8((closes ? CLOSES_BLOCK : 0) | (goesOn ? GOES_ON : 0), 4);
  bytes.writeBigUInt64BE(BigInt(first), 5);
  bytes.writeUInt32BE(entries.length, 13);
  bytes.writeUInt32BE(length, 17);
  last.copy(bytes, 21);
  let at = HEADER_BYTES;
  for (const entry of entries) {
    bytes.writeUInt16BE(entry.length, at);
    bytes.set(entry, at + 2);
    at += 2 + entry.length;
  }
  bytes.set(primitives.sha256(bytes.subarray(0, at)), at);
  return bytes;
}

/**
 * Reads a journal file. A torn write has nothing after it and is no group at all; anything else that does not fit means
 * that the file was damaged, exchanged, or written by two processes, and nobody knows what was lost.
 */
export function readGroups(bytes: Buffer, path: string, from: Chain): Read {
  const groups: JournalGroup[] = [];
  let chain = from;
  for (let at = 0; at < bytes.length;) {
    const read = readGroup(bytes, at);
    if (read === undefined) {
      if (!goodGroupAfter(bytes, at + 1)) return { groups, chain, torn: at };
      throw new LogHalted(
        `Cannot open journal ${path}: damaged at byte ${at} with good groups after it; bring back a whole copy, or restore the log from a mirror`,
      );
    }
    if (
      read.group.first !== chain.next ||
      (chain.last !== undefined && !read.previous.equals(chain.last))
    )
      throw new LogHalted(
        `Cannot open journal ${path}: the group at byte ${at} does not follow from the one before it; bring back the copy that does, or restore the log from a mirror`,
      );
    groups.push(read.group);
    chain = {
      last: read.hash,
      next: read.group.first + read.group.entries.length,
    };
    at = read.end;
  }
  return { groups, chain };
}

function readGroup(
  bytes: Buffer,
  at: number,
):
  | { group: JournalGroup; previous: Buffer; hash: Buffer; end: number }
  | undefined {
  if (
    at + HEADER_BYTES + HASH_BYTES > bytes.length ||
    !bytes.subarray(at, at + 4).equals(MAGIC)
  )
    return undefined;
  const count = bytes.readUInt32BE(at + 13);
  const length = bytes.readUInt32BE(at + 17);
  const end = at + HEADER_BYTES + length + HASH_BYTES;
  if (end > bytes.length) return undefined;
  const hash = bytes.subarray(end - HASH_BYTES, end);
  if (!hash.equals(primitives.sha256(bytes.subarray(at, end - HASH_BYTES))))
    return undefined;
  const entries: Uint8Array[] = [];
  for (let cursor = at + HEADER_BYTES; cursor < end - HASH_BYTES;) {
    const size = bytes.readUInt16BE(cursor);
    entries.push(bytes.subarray(cursor + 2, cursor + 2 + size));
    cursor += 2 + size;
  }
  if (entries.length !== count) return undefined;
  const flags = bytes.readUInt8(at + 4);
  const group = {
    first: Number(bytes.readBigUInt64BE(at + 5)),
    entries,
    closes: (flags & CLOSES_BLOCK) !== 0,
    goesOn: (flags & GOES_ON) !== 0,
  };
  return {
    group,
    previous: bytes.subarray(at + 21, at + HEADER_BYTES),
    hash,
    end,
  };
}

function goodGroupAfter(bytes: Buffer, from: number): boolean {
  for (
    let at = bytes.indexOf(MAGIC, from);
    at >= 0;
    at = bytes.indexOf(MAGIC, at + 1)
  ) {
    if (readGroup(bytes, at) !== undefined) return true;
  }
  return false;
}

/** A file of the journal is named by the index of its first entry. */
export function nameOf(first: number): string {
  return `${String(first).padStart(15, "0")}.journal`;
}
