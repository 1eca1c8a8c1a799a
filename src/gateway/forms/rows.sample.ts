import fc from "fast-check";
import type { Batch } from "../../engine/source.ts";
import type { Cell } from "../../engine/values.ts";
import type { Column } from "./batch.ts";

/** One column of each type, and what tests fill them with. */
export const COLUMNS: readonly Column[] = [
  { name: "plate", type: "text" },
  { name: "calls", type: "integer" },
  { name: "price", type: "decimal" },
  { name: "open", type: "boolean" },
  { name: "day", type: "date" },
  { name: "at", type: "instant" },
];

export type Rows = readonly (readonly Cell[])[];

const AWKWARD = [
  "",
  " ",
  "=1+1",
  "-3",
  'a "quoted" word',
  "two\r\nlines",
  "a\rb",
  "comma, semicolon; tab\t",
  "🦊 é ß 漢字 \u2028",
  "null",
  "\ufffd",
  "\\N",
];
const INTEGERS = [
  9_007_199_254_740_991,
  "9007199254740993",
  "9223372036854775807",
  "-9223372036854775808",
  0,
];

const text = fc.oneof(
  fc.constantFrom(...AWKWARD),
  fc
    .string({ unit: "binary", maxLength: 12 })
    .map((one) => one.replaceAll("\0", "")),
);
const pad = (n: number, digits: number): string =>
  String(n).padStart(digits, "0");
const day = fc
  .tuple(fc.integer({ min: 1, max: 9_999 }), fc.nat(11), fc.nat(27))
  .map(([y, m, d]) => `${pad(y, 4)}-${pad(m + 1, 2)}-${pad(d + 1, 2)}`);
const instant = fc
  .tuple(
    day,
    fc.nat(23),
    fc.nat(59),
    fc.constantFrom("", ".120", ".000001", ".999999"),
  )
  .map(([d, h, m, part]) => `${d}T${pad(h, 2)}:${pad(m, 2)}:59${part}Z`);

const maybe = (one: fc.Arbitrary<Cell>): fc.Arbitrary<Cell> =>
  fc.oneof({ arbitrary: one, weight: 4 }, fc.constant(null));

export const rows: fc.Arbitrary<Rows> = fc.array(
  fc.tuple(
    maybe(text),
    maybe(fc.oneof(fc.constantFrom(...INTEGERS), fc.maxSafeInteger())),
    maybe(
      fc
        .double({ noNaN: true, min: -1e15, max: 1e15 })
        .map((one) => (one === 0 ? 0 : one)),
    ),
    maybe(fc.boolean()),
    maybe(day),
    maybe(instant),
  ),
  { maxLength: 40 },
);

/** Rows in batches of one size. */
export async function* batchesOf(
  given: Rows,
  size: number,
  columns: readonly Column[] = COLUMNS,
): AsyncGenerator<Batch> {
  for (let at = 0; at < given.length; at += size) {
    const some = given.slice(at, at + size);
    yield {
      columns: columns.map((_, i) => some.map((row) => row[i] ?? null)),
      rows: some.length,
      subjects: [],
    };
  }
}

export async function bytesOf(
  pieces: AsyncIterable<Uint8Array>,
): Promise<Buffer<ArrayBuffer>> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}
