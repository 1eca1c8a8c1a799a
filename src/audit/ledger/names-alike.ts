import { isChinese } from "./width.ts";

/** Words that say what kind of a thing it is and not which. */
const KINDS = new Set(
  "the of for and a an in on at to by department ministry bureau office agency authority administration centre center institute company corporation co ltd limited inc llc plc service services fee fees charge charges".split(
    " ",
  ),
);
const KIND_ENDINGS =
  /(?:有限责任公司|股份有限公司|有限公司|公司|集团|中心|管理局|局|厅|处|所|站|院|办公室|服务费|收费|费用|费|服务)$/;

const CANDIDATES_MAX = 3;
/** How many names are compared in full, of those that share most pairs of letters. */
const COMPARED_MAX = 12;
const WORDS_ALIKE = 0.7;
const PAIRS_ALIKE = 0.65;
const LETTERS_ALIKE = 0.85;
/** In Chinese one character of four is a word: 气象观测 is not 气象预测. */
const CHARACTERS_ALIKE = 0.8;
/** The share of characters that stand in both in the same order: 机动车信息查询 may be 车辆信息查询. */
const IN_ORDER_ALIKE = 0.76;
/** A short form keeps at least so much of a name, in order: 车登 of 车辆登记. */
const SHORT_FORM_SHARE = 0.5;
const SHORT_FORM_CHARACTERS = 3;

type Shape = {
  readonly key: string;
  /** Without the words and endings of its kind. */
  readonly core: string;
  /** The core without what stands in brackets. */
  readonly bare: string;
  readonly words: readonly string[];
  readonly pairs: ReadonlySet<string>;
  readonly digits: string;
  readonly chinese: boolean;
};

/**
 * Finds, for a key, the keys of `known` that look like it, the most alike first: spelt otherwise, with words or
 * characters missing, or another word for its kind. Names that differ in a number are two things and not alike.
 */
export function resemblance(
  known: readonly string[],
): (key: string) => readonly string[] {
  const shapes = known.map(shapeOf);
  const places = placesOf(shapes);
  return (key) => {
    const shape = shapeOf(key);
    return nearest(shape, shapes, places)
      .map((other) => ({ key: other.key, score: likeness(shape, other) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1))
      .slice(0, CANDIDATES_MAX)
      .map((found) => found.key);
  };
}

function shapeOf(key: string): Shape {
  const chinese = isChinese(key);
  const words = wordsOf(key);
  const core = coreOf(key, words, chinese);
  const open = key.replace(/\([^()]*\)/g, "");
  return {
    key,
    core,
    bare: open === key ? core : coreOf(key, wordsOf(open), chinese),
    words,
    pairs: pairsOf(core),
    digits: (key.match(/\d+/g) ?? []).join(" "),
    chinese,
  };
}

function wordsOf(key: string): readonly string[] {
  return key
    .split(/[^a-z0-9\u00df-\u04ff\u3400-\u9fff]+/)
    .filter((word) => word !== "" && !KINDS.has(word))
    .map(singular);
}

function coreOf(
  key: string,
  words: readonly string[],
  chinese: boolean,
): string {
  const core = chinese ? withoutEnding(words.join("")) : words.join(" ");
  return core === "" ? key : core;
}

/** Near enough: both names go through it. */
function singular(word: string): string {
  return word.length < 4
    ? word
    : word.replace(/ies$/, "y").replace(/([^su])s$/, "$1");
}

function withoutEnding(text: string): string {
  const left = text.replace(KIND_ENDINGS, "");
  return left.length < 2 || left === text ? text : withoutEnding(left);
}

function pairsOf(text: string): ReadonlySet<string> {
  const pairs = new Set<string>();
  for (let at = 0; at < text.length - 1; at++)
    pairs.add(text.slice(at, at + 2));
  return pairs.size === 0 ? new Set([text]) : pairs;
}

/** In which names a pair of letters stands. */
type Places = ReadonlyMap<string, readonly number[]>;

function placesOf(shapes: readonly Shape[]): Places {
  const places = new Map<string, number[]>();
  for (const [index, { pairs }] of shapes.entries())
    for (const pair of pairs) {
      const at = places.get(pair);
      if (at === undefined) places.set(pair, [index]);
      else at.push(index);
    }
  return places;
}

function nearest(
  shape: Shape,
  shapes: readonly Shape[],
  places: Places,
): readonly Shape[] {
  const shared = new Map<number, number>();
  for (const pair of shape.pairs)
    for (const index of places.get(pair) ?? [])
      shared.set(index, (shared.get(index) ?? 0) + 1);
  const found: { other: Shape; score: number }[] = [];
  for (const [index, count] of shared) {
    const other = shapes[index];
    if (other === undefined || other.digits !== shape.digits) continue;
    const score = (2 * count) / (shape.pairs.size + other.pairs.size);
    // Below this no measure finds two names alike.
    if (score >= 0.3) found.push({ other, score });
  }
  return found
    .sort((a, b) => b.score - a.score || (a.other.key < b.other.key ? -1 : 1))
    .slice(0, COMPARED_MAX)
    .map(({ other }) => other);
}

/** From 0, not alike, to 1. */
function likeness(a: Shape, b: Shape): number {
  if (a.core === b.core) return 1;
  const pairs = overlap(a.pairs, b.pairs);
  const letters = nearness(a.core, b.core);
  if (a.chinese || b.chinese) {
    const order = inOrder(a, b);
    return pairs >= PAIRS_ALIKE || letters >= CHARACTERS_ALIKE || order > 0
      ? Math.max(pairs, letters, order)
      : 0;
  }
  const words = overlap(new Set(a.words), new Set(b.words));
  return words >= WORDS_ALIKE || letters >= LETTERS_ALIKE
    ? Math.max(words, letters)
    : 0;
}

/** How much of two Chinese names stands in both in the same order; 0 where it is too little to be one name. */
function inOrder(a: Shape, b: Shape): number {
  // One of the two says more in brackets; what both say in brackets is told apart.
  const isQualified = (a.bare === a.core) !== (b.bare === b.core);
  if (isQualified && a.bare === b.bare) return 1;
  const [short, long] =
    a.core.length <= b.core.length ? [a.core, b.core] : [b.core, a.core];
  const both = commonInOrder(short, long);
  const share = (2 * both) / (short.length + long.length);
  const isShortForm =
    both === short.length &&
    short.length >= SHORT_FORM_CHARACTERS &&
    short.length >= long.length * SHORT_FORM_SHARE &&
    (short[0] === long[0] || long.includes(short));
  return share >= IN_ORDER_ALIKE || isShortForm ? share : 0;
}

/** The length of the longest text that both hold in order, with gaps. */
function commonInOrder(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, () => 0);
  for (const character of a) {
    const next = [0];
    for (let at = 1; at <= b.length; at++)
      next.push(
        character === b[at - 1]
          ? (row[at - 1] ?? 0) + 1
          : Math.max(row[at] ?? 0, next[at - 1] ?? 0),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The share of what two sets have in common. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0;
  for (const one of a) if (b.has(one)) both++;
  return a.size + b.size === 0 ? 0 : (2 * both) / (a.size + b.size);
}

/** The share of letters that need no change to make one text the other. */
function nearness(a: string, b: string): number {
  const longest = Math.max(a.length, b.length);
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1;
      next.push(
        Math.min(
          (row[j - 1] ?? 0) + same,
          (row[j] ?? 0) + 1,
          (next[j - 1] ?? 0) + 1,
        ),
      );
    }
    row = next;
  }
  return longest === 0 ? 0 : 1 - (row[b.length] ?? 0) / longest;
}
