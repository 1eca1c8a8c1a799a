import { randomBytes } from "node:crypto";
import { closeSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { compareBytes, toBase64url } from "../acts/bytes.ts";
import type { Journal } from "../store/journal.ts";

const HASH_BYTES = 32;
/** What is another in every entry, and how it begins in one: whose settle or repeat it is, and its commitment, in this order. */
const MARKS = ['"of":"', '"private":"'] as const;
const HASH_CHARS = 43;
/** A row: leaf hash, what the marks say, and which text is around them. */
const ROW_BYTES = (1 + MARKS.length) * HASH_BYTES + 4;
const TEXT_AT = ROW_BYTES - 4;
const FIRST_ROWS = 64;
/** So many rows wait in memory for the file. */
const PAGE_ROWS = 4_096;
/** Rows that can be told apart in what is sorted: 32 bits of leaf and 21 of number are a whole number below 2 to the 53rd. */
const ROWS_MAX = 2 ** 21;
/**
 * The entries of a block that is open: up to a million an hour wait for their slot's end. What tells one from another is its
 * commitment, and of which use it is, kept as 32 bytes each; the text around them is that of many others, kept once. What is more than a page lies in a file
 * without a name, so that an hour of uses takes no more memory than a minute. The journal has it all too: nothing is lost with it.
 */
export class HeldEntries {
  readonly #folder: string;
  readonly #journal: Pick<Journal, "halt">;
  #page = Buffer.alloc(FIRST_ROWS * ROW_BYTES);
  #file: number | undefined;
  /** How many rows lie in the file. */
  #filed = 0;
  readonly #known: string[] = [];
  readonly #numbers = new Map<string, number>();
  #size = 0;
  #isClosed = false;

  /** The journal halts with it: what could not be held must not be entered, and nothing goes on behind it. */
  constructor(folder: string, journal: Pick<Journal, "halt">) {
    this.#folder = folder;
    this.#journal = journal;
  }

  get size(): number {
    return this.#size;
  }

  /** Throws `LogHalted` where the disk takes no more. */
  add(raw: Uint8Array, leaf: Uint8Array): void {
    if (leaf.length !== HASH_BYTES || this.#size === ROWS_MAX)
      throw new Error(
        `Cannot hold entry ${this.#size}: its leaf has ${leaf.length} bytes, and at most ${ROWS_MAX} are held`,
      );
    this.#mustBeOpen();
    const row = this.#room();
    // Byte for byte a character: whatever it is, the same bytes come out again.
    const text = Buffer.from(raw.buffer, raw.byteOffset, raw.length).toString(
      "latin1",
    );
    row.set(leaf);
    let around = "";
    let from = 0;
    let found = 0;
    for (const [place, mark] of MARKS.entries()) {
      const begin = text.indexOf(mark, from) + mark.length;
      const said = text.slice(begin, begin + HASH_CHARS);
      const hash = Buffer.from(said, "base64url");
      const isThere =
        begin >= from + mark.length &&
        hash.length === HASH_BYTES &&
        toBase64url(hash) === said;
      if (!isThere) continue;
      row.set(hash, (1 + place) * HASH_BYTES);
      around += text.slice(from, begin);
      from = begin + HASH_CHARS;
      found |= 1 << place;
    }
    around += text.slice(from);
    // The lowest bits say which of them are there.
    row.writeUInt32LE(this.#numberOf(around) * 4 + found, TEXT_AT);
    this.#size++;
  }

  /** Sorted by leaf hash, so that the public order tells nothing about time; `each` gets the leaves in that order. */
  order(each: (leaf: Uint8Array) => void): Uint32Array {
    this.#mustBeOpen();
    const leaves = Buffer.alloc(this.#size * HASH_BYTES);
    const page = Buffer.alloc(PAGE_ROWS * ROW_BYTES);
    for (let first = 0; first < this.#size; first += PAGE_ROWS) {
      const count = Math.min(PAGE_ROWS, this.#size - first);
      this.#read(first, count, page);
      for (let i = 0; i < count; i++)
        page.copy(
          ...([leaves, (first + i) * HASH_BYTES] as const),
          ...([i * ROW_BYTES, i * ROW_BYTES + HASH_BYTES] as const),
        );
    }
    const leaf = (index: number): Buffer =>
      leaves.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES);
    const begins = Float64Array.from({ length: this.#size }, (_, i) => {
      return leaves.readUInt32BE(i * HASH_BYTES) * ROWS_MAX + i;
    }).sort();
    const order = Uint32Array.from(begins, (one) => one % ROWS_MAX);
    sortAlike(begins, order, leaf);
    // A copy: whoever keeps one of them must not keep them all.
    for (const index of order) each(new Uint8Array(leaf(index)));
    return order;
  }

  /** The entry, byte for byte as it was added. */
  raw(index: number): Uint8Array {
    this.#mustBeOpen();
    if (index >= this.#size)
      throw new Error(`Cannot give entry ${index}: ${this.#size} are held`);
    const row = Buffer.alloc(ROW_BYTES);
    this.#read(index, 1, row);
    const number = row.readUInt32LE(TEXT_AT);
    const around = this.#known[number >>> 2] ?? "";
    let text = "";
    let from = 0;
    for (const [place, mark] of MARKS.entries()) {
      if ((number & (1 << place)) === 0) continue;
      const begin = around.indexOf(mark, from) + mark.length;
      const at = (1 + place) * HASH_BYTES;
      const hash = toBase64url(row.subarray(at, at + HASH_BYTES));
      text += around.slice(from, begin) + hash;
      from = begin;
    }
    return Buffer.from(text + around.slice(from), "latin1");
  }

  /** Nothing is asked of it any more. */
  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
    this.#isClosed = true;
  }

  #mustBeOpen(): void {
    if (this.#isClosed)
      throw new Error(
        `Cannot ask for entries held in ${this.#folder}: they are closed`,
      );
  }

  /** The place of the next row. */
  #room(): Buffer {
    if ((this.#size - this.#filed) * ROW_BYTES === this.#page.length) {
      if (this.#page.length < PAGE_ROWS * ROW_BYTES)
        this.#page = Buffer.concat([
          this.#page,
          Buffer.alloc(this.#page.length),
        ]);
      else this.#write();
    }
    const at = (this.#size - this.#filed) * ROW_BYTES;
    return this.#page.subarray(at, at + ROW_BYTES);
  }

  #write(): void {
    try {
      this.#file ??= namelessFile(this.#folder);
      const at = this.#filed * ROW_BYTES;
      const written = writeSync(
        ...([this.#file, this.#page, 0, this.#page.length, at] as const),
      );
      if (written < this.#page.length) throw new Error("the disk is full");
    } catch (cause) {
      throw this.#journal.halt(cause);
    }
    this.#filed = this.#size;
  }

  #read(first: number, count: number, into: Buffer): void {
    const inFile = Math.max(0, Math.min(count, this.#filed - first));
    const wanted = inFile * ROW_BYTES;
    if (this.#file !== undefined && wanted > 0) {
      const at = first * ROW_BYTES;
      const read = readSync(this.#file, into, 0, wanted, at);
      if (read < wanted)
        throw this.#journal.halt(
          new Error(
            `of the entries held in ${this.#folder} ${read} of ${wanted} bytes at ${at} were read`,
          ),
        );
    }
    if (inFile === count) return;
    const from = (first + inFile - this.#filed) * ROW_BYTES;
    this.#page.copy(into, wanted, from, from + (count - inFile) * ROW_BYTES);
  }

  #numberOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#known.length;
    this.#known.push(text);
    this.#numbers.set(text, number);
    return number;
  }
}

/** A closed block in the order in which it becomes public: its anchor, then the others. */
export class SortedBlock {
  readonly slot: number;
  readonly #anchor: Uint8Array;
  readonly #held: HeldEntries;
  readonly #order: Uint32Array;

  constructor(
    slot: number,
    anchor: Uint8Array,
    held: HeldEntries,
    order: Uint32Array,
  ) {
    this.slot = slot;
    this.#anchor = anchor;
    this.#held = held;
    this.#order = order;
  }

  *entries(): Generator<Uint8Array> {
    const anchor = this.#anchor;
    yield anchor;
    for (const index of this.#order) yield this.#held.raw(index);
  }

  /** It is in the public files. */
  close(): void {
    this.#held.close();
  }
}

/** Leaves whose first bytes are the same, sorted by the others. */
function sortAlike(
  begins: Float64Array,
  order: Uint32Array,
  leaf: (index: number) => Uint8Array,
): void {
  const first = (at: number) => Math.floor((begins[at] ?? -1) / ROWS_MAX);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && first(to) === first(from)) to++;
    if (to - from > 1)
      order.subarray(from, to).sort((a, b) => compareBytes(leaf(a), leaf(b)));
    from = to;
  }
}

/** Gone when it is closed, also by a kill. */
function namelessFile(folder: string): number {
  const path = join(folder, `held-${randomBytes(6).toString("hex")}.tmp`);
  const file = openSync(path, "wx+", 0o600);
  try {
    rmSync(path);
  } catch (error) {
    closeSync(file);
    throw error;
  }
  return file;
}
