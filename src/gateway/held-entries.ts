import { compareBytes, toBase64url } from "../acts/bytes.ts";

const HASH_BYTES = 32;
const ROOM = 256;
/** What comes before the commitment in an entry, and how long that is as text. */
const BEFORE = '"private":"';
const COMMITMENT_CHARS = 43;

/**
 * The entries of a block that is open: up to a million an hour wait for their slot's end. What tells one from another is its
 * commitment, kept as 32 bytes; the text around it is that of many others, kept once.
 */
export class HeldEntries {
  #leaves = new Uint8Array(ROOM * HASH_BYTES);
  #commitments = new Uint8Array(ROOM * HASH_BYTES);
  #texts = new Uint32Array(ROOM);
  readonly #known: string[] = [];
  readonly #numbers = new Map<string, number>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(raw: Uint8Array, leaf: Uint8Array): void {
    if (leaf.length !== HASH_BYTES)
      throw new Error(
        `Cannot hold an entry: its leaf has ${leaf.length} bytes`,
      );
    const at = this.#size;
    if (at === this.#texts.length) this.#grow();
    this.#leaves.set(leaf, at * HASH_BYTES);
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
    if (isThere) this.#commitments.set(commitment, at * HASH_BYTES);
    const around = isThere ? text.slice(0, begin) + text.slice(end) : text;
    // The lowest bit says whether there is a commitment.
    this.#texts[at] = this.#numberOf(around) * 2 + (isThere ? 1 : 0);
    this.#size++;
  }

  /** Sorted by leaf hash, so that the public order tells nothing about time. */
  order(): Uint32Array {
    const leaves = Buffer.from(this.#leaves.buffer);
    const order = Uint32Array.from({ length: this.#size }, (_, i) => i);
    return order.sort(
      (a, b) =>
        leaves.readUInt32BE(a * HASH_BYTES) -
          leaves.readUInt32BE(b * HASH_BYTES) ||
        compareBytes(this.leaf(a), this.leaf(b)),
    );
  }

  leaf(index: number): Uint8Array {
    return this.#leaves.slice(index * HASH_BYTES, (index + 1) * HASH_BYTES);
  }

  /** The entry, byte for byte as it was added. */
  raw(index: number): Uint8Array {
    const number = this.#texts[index] ?? 0;
    const around = this.#known[number >>> 1];
    if (around === undefined || index >= this.#size)
      throw new Error(`Cannot give entry ${index}: ${this.#size} are held`);
    if (number % 2 === 0) return Buffer.from(around, "latin1");
    const begin = around.indexOf(BEFORE) + BEFORE.length;
    const commitment = toBase64url(
      this.#commitments.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES),
    );
    return Buffer.from(
      around.slice(0, begin) + commitment + around.slice(begin),
      "latin1",
    );
  }

  #numberOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#known.length;
    this.#known.push(text);
    this.#numbers.set(text, number);
    return number;
  }

  #grow(): void {
    const leaves = new Uint8Array(this.#leaves.length * 2);
    leaves.set(this.#leaves);
    this.#leaves = leaves;
    const commitments = new Uint8Array(this.#commitments.length * 2);
    commitments.set(this.#commitments);
    this.#commitments = commitments;
    const texts = new Uint32Array(this.#texts.length * 2);
    texts.set(this.#texts);
    this.#texts = texts;
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
}
