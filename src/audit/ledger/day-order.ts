import { dayPartsOf } from "./day-parts.ts";
import { type DayOrder, readingsOf } from "./day.ts";

export type FoundOrder =
  /** Undefined where no sample needs one. */
  | { readonly order: DayOrder | undefined }
  /** A sample that can be read in two ways, and no other sample says which. */
  | { readonly ambiguous: string }
  /** Two samples that no one order reads. */
  | { readonly contradiction: readonly [string, string] };

const ORDERS: readonly DayOrder[] = ["dayFirst", "monthFirst", "yearFirst"];
const SAMPLE_CHARACTERS_MAX = 100;

/** The order of a column's dates, by what its samples rule out: 31/1/2023 has its day first. Never by what is usual. */
export function dayOrderOf(samples: Iterable<string>): FoundOrder {
  let left = ORDERS;
  /** By the orders that can read it, the first sample. */
  const first = new Map<string, Sample>();
  /** By two orders that read it differently, the first sample. */
  const doubtful = new Map<string, string>();
  for (const text of samples) {
    if (!MAY_NEED.test(text) || text.length > SAMPLE_CHARACTERS_MAX) continue;
    const parts = dayPartsOf(text);
    if (parts.kind !== "numbers") continue;
    const readings = readingsOf(parts.numbers);
    if (readings.size === 0) continue;
    left = left.filter((order) => readings.has(order));
    const key = [...readings.keys()].join();
    if (!first.has(key)) first.set(key, { text, readings });
    for (const [one, other] of PAIRS) {
      const [a, b] = [readings.get(one), readings.get(other)];
      const pair = `${one} ${other}`;
      if (a !== undefined && b !== undefined && a !== b && !doubtful.has(pair))
        doubtful.set(pair, text);
    }
  }
  if (first.size === 0) return { order: undefined };
  if (left.length === 0) return { contradiction: contradiction(first) };
  const [ambiguous] = PAIRS.filter((pair) =>
    pair.every((order) => left.includes(order)),
  ).flatMap(([one, other]) => doubtful.get(`${one} ${other}`) ?? []);
  return ambiguous === undefined ? { order: left[0] } : { ambiguous };
}

type Sample = {
  readonly text: string;
  readonly readings: ReadonlyMap<DayOrder, number>;
};

const PAIRS: readonly (readonly [DayOrder, DayOrder])[] = [
  ["dayFirst", "monthFirst"],
  ["dayFirst", "yearFirst"],
  ["monthFirst", "yearFirst"],
];

/** Its first number has one or two digits, in any width: a year in full at the beginning leaves one reading. */
const MAY_NEED = /^[^\d\uff10-\uff19]*[\d\uff10-\uff19]{1,2}[^\d\uff10-\uff19]/;

/** What rules out one order each; where three are possible at first, two samples still suffice to rule out all. */
function contradiction(first: ReadonlyMap<string, Sample>): [string, string] {
  const samples = [...first.values()];
  for (const one of samples)
    for (const other of samples)
      if (![...one.readings.keys()].some((order) => other.readings.has(order)))
        return [one.text, other.text];
  return [samples[0]?.text ?? "", samples.at(-1)?.text ?? ""];
}
