import type { Counted } from "../store/leases.ts";

const WORDS = 4;
const ROOM = 1_024;
/** Above this share of its places a table grows: until then a place is found after few steps. */
const FULL = 0.75;

/**
 * How often each name came in a day, by its digest of 16 bytes in hex. There are as many names as records that were asked for, up to
 * millions: 20 bytes a place, so that a day of them takes tens of megabytes and nothing that a collector of garbage walks through.
 */
export class DayCounts {
  #keys = new Uint32Array(ROOM * WORDS);
  #counts = new Uint32Array(ROOM);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(name: string): number {
    return this.#counts[this.#placeOf(wordsOf(name))] ?? 0;
  }

  add(name: string): void {
    const words = wordsOf(name);
    const place = this.#placeOf(words);
    const before = this.#counts[place] ?? 0;
    this.#counts[place] = before + 1;
    if (before > 0) return;
    this.#keys.set(words, place * WORDS);
    this.#size++;
    if (this.#size > this.#counts.length * FULL) this.#grow();
  }

  clear(): void {
    this.#keys = new Uint32Array(ROOM * WORDS);
    this.#counts = new Uint32Array(ROOM);
    this.#size = 0;
  }

  *all(): Generator<Counted> {
    for (const [place, count] of this.#counts.entries())
      if (count > 0) yield { name: nameOf(wordsAt(this.#keys, place)), count };
  }

  /** Where these words stand, or the first free place from where they would. */
  #placeOf(words: Words): number {
    const mask = this.#counts.length - 1;
    let place = words[0] & mask;
    while (this.#counts[place] !== 0 && !this.#isAt(place, words))
      place = (place + 1) & mask;
    return place;
  }

  #isAt(place: number, words: Words): boolean {
    const at = place * WORDS;
    return (
      this.#keys[at] === words[0] &&
      this.#keys[at + 1] === words[1] &&
      this.#keys[at + 2] === words[2] &&
      this.#keys[at + 3] === words[3]
    );
  }

  #grow(): void {
    const [keys, counts] = [this.#keys, this.#counts];
    this.#keys = new Uint32Array(keys.length * 2);
    this.#counts = new Uint32Array(counts.length * 2);
    for (let from = 0; from < counts.length; from++) {
      const count = counts[from] ?? 0;
      if (count === 0) continue;
      const words = wordsAt(keys, from);
      const place = this.#placeOf(words);
      this.#keys.set(words, place * WORDS);
      this.#counts[place] = count;
    }
  }
}

type Words = readonly [number, number, number, number];

/** A digest needs no further hash: its first bits choose the place. */
function wordsOf(name: string): Words {
  if (!/^[0-9a-f]{32}$/.test(name))
    throw new Error(
      `Cannot count ${name}: want a digest of 16 bytes, in hex of small letters`,
    );
  const word = (at: number) => Number.parseInt(name.slice(at, at + 8), 16);
  return [word(0), word(8), word(16), word(24)];
}

function wordsAt(keys: Uint32Array, place: number): Words {
  const word = (at: number) => keys[place * WORDS + at] ?? 0;
  return [word(0), word(1), word(2), word(3)];
}

function nameOf(words: Words): string {
  return [...words].map((word) => word.toString(16).padStart(8, "0")).join("");
}
