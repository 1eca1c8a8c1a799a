import { isNear, tokensOf } from "./tokens.ts";

/** Of a document its words, by how much each counts. */
export type Weighed = readonly (readonly [text: string, weight: number])[];

/**
 * Full text in memory: of each word a chain of the documents that have it, in lists of numbers. A document that changed is added anew and
 * its old number dies. A general library was measured first (docs/decisions/0030).
 */
export type TextIndex = {
  readonly terms: Map<string, number>;
  /** Words of titles, which a misspelt word may have meant. */
  readonly titleWords: Set<string>;
  readonly names: string[];
  /** Words in their order, for those that are only begun; and those that came since. */
  sorted: string[];
  fresh: string[];
  readonly byHan: Map<string, number[]>;
  last: Int32Array;
  count: Int32Array;
  doc: Int32Array;
  weight: Uint8Array;
  older: Int32Array;
  links: number;
  /** By document: whether it counts, and how long it is. */
  alive: Uint8Array;
  length: Uint16Array;
  docs: number;
};

export function emptyTextIndex(): TextIndex {
  return {
    terms: new Map(),
    titleWords: new Set(),
    names: [],
    sorted: [],
    fresh: [],
    byHan: new Map(),
    last: new Int32Array(4096),
    count: new Int32Array(4096),
    doc: new Int32Array(65_536),
    weight: new Uint8Array(65_536),
    older: new Int32Array(65_536),
    links: 0,
    alive: new Uint8Array(4096),
    length: new Uint16Array(4096),
    docs: 0,
  };
}

const WEIGHT_MAX = 255;
/** What counts so much is a title. */
export const TITLE_WEIGHT = 12;

export function addDocument(index: TextIndex, parts: Weighed): number {
  const doc = index.docs++;
  if (doc >= index.alive.length) {
    index.alive = widerBytes(index.alive);
    index.length = widerShorts(index.length);
  }
  const weights = new Map<string, number>();
  let length = 0;
  for (const [text, weight] of parts)
    for (const { text: word, isHan } of tokensOf(text)) {
      weights.set(word, (weights.get(word) ?? 0) + weight);
      length++;
      if (weight >= TITLE_WEIGHT && !isHan && /^[a-z]{4,}$/.test(word))
        index.titleWords.add(word);
    }
  for (const [word, weight] of weights)
    link(index, word, doc, Math.min(weight, WEIGHT_MAX));
  index.alive[doc] = 1;
  index.length[doc] = Math.min(length, 65_535);
  return doc;
}

export function removeDocument(index: TextIndex, doc: number): void {
  index.alive[doc] = 0;
}

function link(
  index: TextIndex,
  word: string,
  doc: number,
  weight: number,
): void {
  const term = index.terms.get(word) ?? newTerm(index, word);
  if (index.links >= index.doc.length) {
    index.doc = wider(index.doc);
    index.older = wider(index.older);
    index.weight = widerBytes(index.weight);
  }
  const place = index.links++;
  const count = index.count[term] ?? 0;
  index.doc[place] = doc;
  index.weight[place] = weight;
  index.older[place] = count === 0 ? -1 : (index.last[term] ?? -1);
  index.last[term] = place;
  index.count[term] = count + 1;
}

function newTerm(index: TextIndex, word: string): number {
  const term = index.terms.size;
  index.terms.set(word, term);
  index.names.push(word);
  index.fresh.push(word);
  if (term >= index.last.length) {
    index.last = wider(index.last);
    index.count = wider(index.count);
  }
  if (/^\p{Script=Han}/u.test(word))
    for (const sign of new Set(word)) {
      const known = index.byHan.get(sign);
      if (known === undefined) index.byHan.set(sign, [term]);
      else known.push(term);
    }
  return term;
}

/** The words that a word of a query stands for. */
export type Wanted = readonly number[];

const BEGUN_MAX = 64;
/** Words that may stand unsorted: whoever asks looks through them, and putting them in their places walks through all there are. */
export const FRESH_MAX = 4_096;

/** Each word of a query with the words of the index that it stands for: itself, and what it begins. */
export function wantedBy(
  index: TextIndex,
  words: readonly { readonly text: string; readonly isHan: boolean }[],
): readonly Wanted[] {
  return words.map(({ text, isHan }) => {
    const own = index.terms.get(text);
    const others =
      isHan && Array.from(text).length === 1
        ? (index.byHan.get(text) ?? [])
        : isHan || text.length < 2
          ? []
          : begunBy(index, text);
    return [
      ...(own === undefined ? [] : [own]),
      ...others.filter((one) => one !== own),
    ];
  });
}

function begunBy(index: TextIndex, start: string): readonly number[] {
  if (index.fresh.length > FRESH_MAX) sortWords(index);
  const found: number[] = [];
  const take = (word: string): void => {
    const term = index.terms.get(word);
    if (term !== undefined && found.length < BEGUN_MAX) found.push(term);
  };
  const { sorted } = index;
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? "") < start) low = middle + 1;
    else high = middle;
  }
  for (let at = low; at < sorted.length && found.length < BEGUN_MAX; at++) {
    const word = sorted[at] ?? "";
    if (!word.startsWith(start)) break;
    take(word);
  }
  for (const word of index.fresh) if (word.startsWith(start)) take(word);
  return found;
}

/** Puts the words that came since in their places. */
export function sortWords(index: TextIndex): void {
  index.fresh.sort();
  const merged: string[] = [];
  let at = 0;
  for (const word of index.sorted) {
    for (; (index.fresh[at] ?? "\u{10ffff}") < word; at++)
      merged.push(index.fresh[at] ?? "");
    merged.push(word);
  }
  merged.push(...index.fresh.slice(at));
  index.sorted = merged;
  index.fresh = [];
}

/** Documents that have every wanted word, each with how well it fits. */
export type Matches = {
  readonly docs: Int32Array;
  readonly scores: Float32Array;
};

const K1 = 1.2;
const LENGTH_SHARE = 0.4;
const USUAL_LENGTH = 30;

/**
 * BM25 with weights for titles. How often a document was used, or by whom, plays no part: what is registered is ranked by its text alone.
 */
export function matchAll(index: TextIndex, wanted: readonly Wanted[]): Matches {
  const scores = new Float32Array(index.docs);
  const met = new Uint8Array(index.docs);
  // Every document of the rarest word is looked at, and of the others no more than these can count.
  const order = wanted.toSorted((a, b) => sizeOf(index, a) - sizeOf(index, b));
  const docs = new Int32Array(sizeOf(index, order[0] ?? []));
  let [size, oldest] = [0, 0];
  const { last, doc: docOf, older, weight: weights, alive, length } = index;
  for (const [turn, terms] of order.entries()) {
    for (const [place, term] of terms.entries()) {
      const total = index.count[term] ?? 0;
      const rarity = Math.log(1 + (index.docs - total + 0.5) / (total + 0.5));
      // A word that is only begun counts less than one that is written out.
      const share = place === 0 ? 1 : 0.6;
      for (
        let at = total === 0 ? -1 : (last[term] ?? -1);
        at >= 0;
        at = older[at] ?? -1
      ) {
        const doc = docOf[at] ?? 0;
        // A chain begins with the newest: behind the oldest that can still count there is nothing.
        if (doc < oldest) break;
        if (alive[doc] !== 1) continue;
        const seen = met[doc] ?? 0;
        if (seen < turn) continue;
        if (seen === turn) {
          met[doc] = turn + 1;
          if (turn === 0) docs[size++] = doc;
        }
        const weight = weights[at] ?? 0;
        const long = (length[doc] ?? 0) / USUAL_LENGTH;
        const norm = K1 * (1 - LENGTH_SHARE + LENGTH_SHARE * long);
        scores[doc] =
          (scores[doc] ?? 0) + (share * rarity * weight) / (weight + norm);
      }
    }
    if (turn > 0) {
      const before = size;
      size = 0;
      for (let at = 0; at < before; at++) {
        const doc = docs[at] ?? 0;
        if (met[doc] === turn + 1) docs[size++] = doc;
      }
    }
    if (size === 0) break;
    oldest = docs.subarray(0, size).reduce((a, b) => Math.min(a, b));
  }
  return { docs: docs.subarray(0, size), scores };
}

/** Every document that counts, for whoever looks without a word. */
export function allDocuments(index: TextIndex): Matches {
  const docs = new Int32Array(index.docs);
  let size = 0;
  for (let doc = 0; doc < index.docs; doc++)
    if (index.alive[doc] === 1) docs[size++] = doc;
  return {
    docs: docs.subarray(0, size),
    scores: new Float32Array(index.docs),
  };
}

function sizeOf(index: TextIndex, terms: Wanted): number {
  return terms.reduce((sum, term) => sum + (index.count[term] ?? 0), 0);
}

/** The word of a title that a word may have meant; the one that stands most often. */
export function meantBy(index: TextIndex, word: string): string | undefined {
  if (!/^[a-z]{4,24}$/.test(word)) return undefined;
  let best: string | undefined;
  let most = 0;
  for (const known of index.titleWords) {
    if (known[0] !== word[0] && known[1] !== word[1]) continue;
    if (!isNear(word, known)) continue;
    const count = index.count[index.terms.get(known) ?? -1] ?? 0;
    if (count > most) [best, most] = [known, count];
  }
  return best;
}

function wider(of: Int32Array): Int32Array {
  const more = new Int32Array(of.length * 2);
  more.set(of);
  return more;
}

function widerBytes(of: Uint8Array): Uint8Array {
  const more = new Uint8Array(of.length * 2);
  more.set(of);
  return more;
}

function widerShorts(of: Uint16Array): Uint16Array {
  const more = new Uint16Array(of.length * 2);
  more.set(of);
  return more;
}
