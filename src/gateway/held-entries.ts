import { randomBytes } from "node:crypto";
import { closeSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { compareBytes, toBase64url } from "../acts/bytes.ts";
import { LogHalted } from "../store/durable.ts";

const HASH_BYTES = 32;
/** A row: leaf hash, commitment, and which text is around it. */
const ROW_BYTES = 2 * HASH_BYTES + 4;
const FIRST_ROWS = 64;
/** So many rows wait in memory for the file. */
const PAGE_ROWS = 4_096;
/** Rows that can be told apart in what is sorted: 32 bits of leaf and 21 of number are a whole number below 2 to the 53rd. */
const ROWS_MAX = 2 ** 21;
/** What comes before the commitment in an entry, and how long that is as text. */
const BEFORE = '"private":"';
const COMMITMENT_CHARS = 43;

/**
 * The entries of a block that is open: up to a million an hour wait for their slot's end. What tells one from another is its
 * commitment, kept as 32 bytes; the text around it is that of many others, kept once. What is more than a page lies in a file
 * without a name, so that an hour of uses takes no more memory than a minute. The journal has it all too: nothing is lost with it.
 */
export class HeldEntries {
  readonly #folder: string;
  #page = Buffer.alloc(FIRST_ROWS * ROW_BYTES);
  #file: number | undefined;
  /** How many rows lie in the file. */
  #filed = 0;
  readonly #known: string[] = [];
  readonly #numbers = new Map<string, number>();
  #size = 0;

  constructor(folder: string) {
    this.#folder = folder;
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
    const row = this.#room();
    // Byte for byte a character: whatever it is, the same bytes come out again.
    const text = Buffer.from(raw.buffer, raw.byteOffset, raw.length).toString(
      "latin1",
    );
    const begin = text.indexOf(BEFORE) + BEFORE.length;
    const end = begin + COMMITMENT_CHARS;
    const said = text.slice(begin, end);
    const commitment = Buffer.from(said, "base64url");
    const isThere =
      begin >= BEFORE.length &&
      commitment.length === HASH_BYTES &&
      toBase64url(commitment) === said;
    const around = isThere ? text.slice(0, begin) + text.slice(end) : text;
    row.set(leaf);
    if (isThere) row.set(commitment, HASH_BYTES);
    // The lowest bit says whether there is a commitment.
    const number = this.#numberOf(around) * 2 + (isThere ? 1 : 0);
    row.writeUInt32LE(number, 2 * HASH_BYTES);
    this.#size++;
  }

  /** Sorted by leaf hash, so that the public order tells nothing about time; `each` gets the leaves in that order. */
  order(each: (leaf: Uint8Array) => void): Uint32Array {
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
    if (index >= this.#size)
      throw new Error(`Cannot give entry ${index}: ${this.#size} are held`);
    const row = Buffer.alloc(ROW_BYTES);
    this.#read(index, 1, row);
    const number = row.readUInt32LE(2 * HASH_BYTES);
    const around = this.#known[number >>> 1] ?? "";
    if (number % 2 === 0) return Buffer.from(around, "latin1");
    const begin = around.indexOf(BEFORE) + BEFORE.length;
    const commitment = toBase64url(row.subarray(HASH_BYTES, 2 * HASH_BYTES));
    return Buffer.from(
      around.slice(0, begin) + commitment + around.slice(begin),
      "latin1",
    );
  }

  /** Nothing is asked of it any more. */
  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
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
      throw new LogHalted(
        `Cannot hold entries in ${this.#folder}: ${cause instanceof Error ? cause.message : "unknown error"}; make room and start again`,
        { cause },
      );
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
        throw new LogHalted(
          `Cannot read the entries held in ${this.#folder}: ${read} of ${wanted} bytes at ${at}; start again`,
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
  rmSync(path);
  return file;
}
