import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8ToBytes } from "../acts/bytes.ts";
import { encode, Malformed } from "../acts/canonical.ts";
import { aUse, counted, anOpen } from "../../test/story-uses.ts";
import { readUse, writeUse } from "./codec.ts";
import {
  type Operation,
  parseUsageEntry,
  type Use,
  usageEntryBytes,
} from "./use.ts";

/** The fast codec against the schema, in both directions: readUse accepts a text exactly when the general reader accepts it and it is a use. */
const slug = fc.stringMatching(/^[a-z0-9]{1,8}(?:[.-][a-z0-9]{1,6}){0,3}$/);
const hash = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString("base64url"));
const bits = fc.oneof(
  fc.constant("0"),
  fc.bigInt({ min: 1n, max: (1n << 256n) - 1n }).map((n) => n.toString(16)),
);
const count = fc.oneof(
  fc.nat(),
  fc.maxSafeNat(),
  fc.constantFrom(0, 1, Number.MAX_SAFE_INTEGER),
);
const operation = fc.constantFrom<Operation>(
  "answer",
  "records",
  "aggregate",
  "file",
  "lookup",
  "table",
  "statistic",
);
const use: fc.Arbitrary<Use> = fc.record(
  {
    v: fc.constant(1 as const),
    kind: fc.constant("use" as const),
    permit: slug,
    operation,
    fields: bits,
    where: bits,
    slot: fc.oneof(fc.nat(), fc.constantFrom(0, 8_640_000_000_000_000)),
    units: fc.record(
      { calls: count, steps: count, bytes: count },
      { noNullPrototype: true },
    ),
    subjects: count,
    fee: slug,
    charge: count,
    spent: fc.record(
      { numerator: count, denominator: fc.integer({ min: 1 }) },
      { noNullPrototype: true },
    ),
    state: fc.constantFrom("whole" as const, "open" as const),
    private: hash,
  },
  {
    requiredKeys: [
      "v",
      "kind",
      "permit",
      "operation",
      "fields",
      "where",
      "slot",
      "units",
      "subjects",
      "charge",
      "state",
      "private",
    ],
    noNullPrototype: true,
  },
);

/** The general reader: a use, or nothing. */
function parsed(raw: Uint8Array): Use | undefined {
  try {
    const entry = parseUsageEntry(raw);
    return entry.kind === "use" ? entry : undefined;
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

test("what the fast writer writes is the one byte form, and both readers read it as it was", () => {
  fc.assert(
    fc.property(use, (one) => {
      expect(writeUse(one)).toBe(encode(one));
      expect(readUse(usageEntryBytes(one))).toEqual(one);
      expect(parsed(usageEntryBytes(one))).toEqual(one);
    }),
    { numRuns: 1000 },
  );
});

const puts = [
  "",
  "0",
  "1",
  "9",
  "00",
  "-",
  "-1",
  ".5",
  "1e3",
  "9007199254740991",
  "9007199254740992",
  "9007199254740993",
  "8640000000000001",
  "99999999999999999",
  "a",
  "A",
  "f",
  "g",
  "-a",
  ".a",
  "..",
  "_",
  " ",
  "\n",
  '"',
  ",",
  "}",
  "{",
  "\\",
  "é",
  "\u0000",
  "\ufeff",
  "null",
  '"fee":"a",',
  '"spent":{"denominator":1,"numerator":0},',
  '"spent":{"denominator":0,"numerator":0},',
  '"x":1,',
  "a".repeat(64),
  "a".repeat(65),
  "f".repeat(64),
  "whole",
  "open",
  "anchor",
  "records",
];
const changed = fc
  .tuple(
    use,
    fc.nat(),
    fc.integer({ min: 0, max: 20 }),
    fc.constantFrom(...puts),
  )
  .map(([one, at, gone, put]) => {
    const text = writeUse(one);
    const cut = at % (text.length + 1);
    return text.slice(0, cut) + put + text.slice(cut + gone);
  });

test("of changed texts the fast reader takes those that the schema takes, as the same use, and no others", () => {
  let taken = 0;
  fc.assert(
    fc.property(changed, (text) => {
      const raw = utf8ToBytes(text);
      const wanted = parsed(raw);
      taken += wanted === undefined ? 0 : 1;
      expect(readUse(raw), text).toEqual(wanted);
    }),
    { numRuns: 4000 },
  );
  expect(taken).toBeGreaterThan(100);
});

test("values at the edge of what the schema takes are taken and refused alike", () => {
  const base = writeUse(aUse({ slot: 0 }));
  const members: readonly [string, string, readonly string[]][] = [
    [
      "charge",
      '"charge":80',
      [
        "0",
        "9007199254740991",
        "9007199254740992",
        "9999999999999999",
        "10000000000000000",
        "-1",
        "1.0",
        "01",
        '"1"',
        "null",
        "true",
      ],
    ],
    [
      "slot",
      '"slot":0',
      ["8640000000000000", "8640000000000001", "9007199254740991"],
    ],
    ["calls", '"calls":1', ["0", "9007199254740991", "9007199254740992"]],
    ["subjects", '"subjects":0', ["3", "9007199254740992"]],
    [
      "fields",
      '"fields":"7"',
      [
        '"0"',
        '"00"',
        '"07"',
        '"F"',
        '""',
        `"${"f".repeat(64)}"`,
        `"1${"0".repeat(64)}"`,
      ],
    ],
    [
      "permit",
      '"permit":"huaxing-vehicles"',
      [
        '""',
        '"a"',
        `"${"a".repeat(64)}"`,
        `"${"a".repeat(65)}"`,
        '"a.b-c"',
        '"a..b"',
        '"-a"',
        '"a-"',
        '"A"',
        '"a b"',
        '"a\\u0062"',
      ],
    ],
    [
      "operation",
      '"operation":"records"',
      ['"answer"', '"table"', '"sql"', '""'],
    ],
    ["state", '"state":"whole"', ['"open"', '"closed"']],
    ["v", '"v":1', ["2", "0", '"1"']],
    ["kind", '"kind":"use"', ['"Use"', '"anchor"']],
  ];
  for (const [name, member, values] of members) {
    expect(base).toContain(member);
    for (const value of values) {
      const raw = utf8ToBytes(base.replace(member, `"${name}":${value}`));
      expect(readUse(raw), `${name} ${value}`).toEqual(parsed(raw));
    }
  }
});

test("an entry of another kind is no use", () => {
  const open = anOpen({ slot: 0 });
  for (const entry of [open, counted(open)])
    expect(readUse(usageEntryBytes(entry))).toBeUndefined();
  expect(readUse(new Uint8Array(0))).toBeUndefined();
  expect(readUse(utf8ToBytes('{"c'))).toBeUndefined();
});

describe("bytes that are not UTF-8", () => {
  const raw = usageEntryBytes(aUse({ slot: 0 })).slice();
  raw[20] = 0xff;

  test("are nothing to the general reader", () => {
    expect(parsed(raw)).toBeUndefined();
  });

  test("are nothing to the fast reader", () => {
    expect(readUse(raw)).toBeUndefined();
  });
});
