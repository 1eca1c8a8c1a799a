import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8ToBytes } from "./bytes.ts";
import {
  type Canonical,
  decode,
  encode,
  encodeBytes,
  Malformed,
} from "./canonical.ts";

/** A second, slow reading of docs/spec/1-bytes.md: what is written is written sign by sign, what is read is read sign by sign. */
const SAFE = 9_007_199_254_740_991;

function write(value: Canonical): string {
  if (value === true) return "true";
  if (value === false) return "false";
  if (typeof value === "number") return writeInteger(BigInt(value));
  if (typeof value === "string") return writeText(value);
  if (isList(value)) return `[${value.map(write).join(",")}]`;
  const names = Object.keys(value).sort(byCodeUnits);
  return `{${names.map((name) => `${writeText(name)}:${write(member(value, name))}`).join(",")}}`;
}

const isList = (value: Canonical): value is readonly Canonical[] =>
  Array.isArray(value);
const member = (
  value: Exclude<Canonical, readonly Canonical[]>,
  name: string,
): Canonical => {
  const found: unknown = Object.getOwnPropertyDescriptor(value, name)?.value;
  return found as Canonical;
};

function writeInteger(value: bigint): string {
  if (value < 0n) return `-${writeInteger(-value)}`;
  return value < 10n
    ? "0123456789".charAt(Number(value))
    : writeInteger(value / 10n) + writeInteger(value % 10n);
}

const short: Readonly<Record<string, string>> = {
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\f": "\\f",
  "\r": "\\r",
  '"': '\\"',
  "\\": "\\\\",
};

function writeText(text: string): string {
  let out = '"';
  for (let i = 0; i < text.length; i++) {
    const sign = text.charAt(i);
    const code = text.charCodeAt(i);
    out +=
      short[sign] ??
      (code < 0x20
        ? `\\u00${"0123456789abcdef".charAt(code >> 4)}${"0123456789abcdef".charAt(code & 15)}`
        : sign);
  }
  return `${out}"`;
}

function byCodeUnits(a: string, b: string): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++)
    if (a.charCodeAt(i) !== b.charCodeAt(i))
      return a.charCodeAt(i) - b.charCodeAt(i);
  return a.length - b.length;
}

/** Whether a text is in the one byte form, read by recursive descent without any other JSON. */
function isCanonical(text: string): boolean {
  let at = 0;
  const eat = (word: string): boolean => {
    if (!text.startsWith(word, at)) return false;
    at += word.length;
    return true;
  };
  const string = (): string | undefined => {
    if (!eat('"')) return undefined;
    let out = "";
    while (!eat('"')) {
      const code = text.charCodeAt(at);
      if (Number.isNaN(code) || code < 0x20) return undefined;
      if (code === 0x5c) {
        const escaped = /^\\(?:[btnfr"\\]|u00[01][0-9a-f])/.exec(
          text.slice(at, at + 6),
        )?.[0];
        if (escaped === undefined) return undefined;
        const sign =
          Object.keys(short).find((one) => short[one] === escaped) ??
          String.fromCharCode(Number.parseInt(escaped.slice(2), 16));
        if (writeText(sign) !== `"${escaped}"`) return undefined;
        out += sign;
        at += escaped.length;
      } else {
        const sign = String.fromCodePoint(text.codePointAt(at) ?? 0);
        if (sign.length === 1 && code >= 0xd800 && code <= 0xdfff)
          return undefined;
        out += sign;
        at += sign.length;
      }
    }
    return out;
  };
  const value = (): boolean => {
    if (eat("true") || eat("false")) return true;
    if (text[at] === '"') return string() !== undefined;
    if (eat("[")) {
      if (eat("]")) return true;
      do if (!value()) return false;
      while (eat(","));
      return eat("]");
    }
    if (eat("{")) {
      if (eat("}")) return true;
      let last: string | undefined;
      do {
        const name = string();
        if (
          name === undefined ||
          (last !== undefined && byCodeUnits(last, name) >= 0) ||
          !eat(":") ||
          !value()
        )
          return false;
        last = name;
      } while (eat(","));
      return eat("}");
    }
    const integer = /^(?:0|-?[1-9][0-9]*)/.exec(text.slice(at, at + 40))?.[0];
    if (
      integer === undefined ||
      BigInt(integer) > BigInt(SAFE) ||
      BigInt(integer) < -BigInt(SAFE)
    )
      return false;
    at += integer.length;
    return true;
  };
  return value() && at === text.length;
}

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom(
      "a",
      "Z",
      "\u0000",
      "\u001f",
      "\u007f",
      '"',
      "\\",
      "/",
      "\n",
      "\u2028",
      "é",
      "王",
      "😀",
      "\ufffd",
      "\ud7ff",
      "\ue000",
    ),
  }),
);
const integer = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer(),
  fc.constantFrom(0, 1, -1, SAFE, -SAFE),
);
const { canonical } = fc.letrec<{
  canonical: Canonical;
  list: Canonical;
  object: Canonical;
}>((tie) => ({
  canonical: fc.oneof(
    { depthSize: "small" },
    text,
    integer,
    fc.boolean(),
    tie("list"),
    tie("object"),
  ),
  list: fc.array(tie("canonical"), { maxLength: 5 }),
  object: fc.dictionary(
    fc.oneof(
      text,
      fc.constantFrom(
        "1",
        "10",
        "9",
        "__proto__",
        "constructor",
        "😀",
        "\ufb33",
      ),
    ),
    tie("canonical"),
    { maxKeys: 6, noNullPrototype: true },
  ),
}));

test("what is written is what a slow second reading of the contract writes", () => {
  fc.assert(
    fc.property(canonical, (value) => {
      expect(encode(value)).toBe(write(value));
    }),
    { numRuns: 500 },
  );
});

test("what was written is read again, as it was", () => {
  fc.assert(
    fc.property(canonical, (value) => {
      const bytes = encodeBytes(value);
      const again = decode(bytes, "value");
      expect(again).toEqual(value);
      expect(encodeBytes(again)).toEqual(bytes);
    }),
    { numRuns: 500 },
  );
});

/** Reads, or says that it is malformed; any other error is a fault of the reader. */
function reads(bytes: Uint8Array): boolean {
  try {
    const value = decode(bytes, "value");
    expect(encodeBytes(value)).toEqual(Uint8Array.from(bytes));
    return true;
  } catch (error) {
    if (error instanceof Malformed) return false;
    throw error;
  }
}

/** Changes that forgers and other encoders make. */
const edits = [
  "",
  " ",
  "\n",
  "\t",
  ",",
  ":",
  '"',
  "\\",
  "/",
  "\\/",
  "\\u0041",
  "\\u000a",
  "\\n",
  "0",
  "00",
  "-",
  "-0",
  ".0",
  "1.0",
  "e3",
  "1e3",
  "9007199254740992",
  "null",
  "true",
  "{}",
  "[]",
  "\ufeff",
  "\u2028",
  "}",
  "]",
  "a",
  "é",
];
const edited = fc
  .tuple(canonical, fc.nat(), fc.nat({ max: 3 }), fc.constantFrom(...edits))
  .map(([value, at, gone, put]) => {
    const whole = encode(value);
    const cut = at % (whole.length + 1);
    return whole.slice(0, cut) + put + whole.slice(cut + gone);
  });

test("of changed texts those are read that are in the one byte form, and no others", () => {
  let good = 0;
  fc.assert(
    fc.property(edited, (changed) => {
      // A cut inside a pair leaves half of it, which has no bytes.
      if (/\p{Surrogate}/u.test(changed)) return;
      const wanted = isCanonical(changed);
      good += wanted ? 1 : 0;
      expect(reads(utf8ToBytes(changed)), changed).toBe(wanted);
    }),
    { numRuns: 3000 },
  );
  expect(good).toBeGreaterThan(100);
});

test("any change of the bytes is refused, or is the one form of something else", () => {
  fc.assert(
    fc.property(
      canonical,
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (value, at, mask) => {
        const bytes = encodeBytes(value).slice();
        bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ mask;
        const changed = Buffer.from(bytes).toString();
        const valid = Buffer.from(changed).equals(bytes);
        expect(reads(bytes)).toBe(valid && isCanonical(changed));
      },
    ),
    { numRuns: 3000 },
  );
});

test("no bytes whatever bring the reader down", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array(),
        fc.json().map((json) => Uint8Array.from(Buffer.from(json))),
      ),
      (bytes) => void reads(bytes),
    ),
    { numRuns: 1000 },
  );
  expect(reads(utf8ToBytes("[".repeat(60_000) + "]".repeat(60_000)))).toBe(
    false,
  );
  expect(reads(utf8ToBytes('{"a":'.repeat(20_000)))).toBe(false);
});

describe("refused", () => {
  test.each([
    ["a doubled member, which hides one of two values", '{"a":1,"a":2}'],
    ["members in another order", '{"b":1,"a":2}'],
    ["a fraction", "1.0"],
    ["an exponent", "1e3"],
    ["minus nothing", "-0"],
    ["a number that rounds", "9007199254740993"],
    ["a leading zero", "01"],
    ["a space", '{"a": 1}'],
    ["an escaped slash", '"\\/"'],
    ["an escaped letter", '"\\u0061"'],
    ["an escape in capitals", '"\\u001F"'],
    ["a line feed at the end", "1\n"],
    ["null", "null"],
    ["null in a list", "[null]"],
    ["half a pair", '"\\ud83d"'],
    ["nothing", ""],
    ["a mark at the beginning", "\ufeff1"],
    ["two values", "1 2"],
  ])("%s", (_, given) => {
    expect(reads(utf8ToBytes(given))).toBe(false);
    expect(isCanonical(given)).toBe(false);
  });

  test.each([
    [[0xff]],
    [[0x22, 0xc0, 0x80, 0x22]],
    [[0x22, 0xed, 0xa0, 0x80, 0x22]],
    [[0x22, 0xf5, 0x80, 0x80, 0x80, 0x22]],
    [[0x22, 0xe2, 0x82, 0x22]],
  ])("bytes %j, which are not UTF-8", (bytes) => {
    expect(() => decode(Uint8Array.from(bytes), "value")).toThrow(
      "it is not UTF-8",
    );
  });

  test.each<[string, unknown]>([
    ["null", null],
    ["a fraction", 0.5],
    ["not a number", NaN],
    ["without end", Infinity],
    ["minus nothing", -0],
    ["too large", 2 ** 53],
    ["half a pair", "\ud83d"],
    ["half a pair in a name", { "\udc00": 1 }],
    ["nothing in a list", [undefined]],
    ["a hole", Array.from({ length: 2, 0: 1 })],
    ["a function", () => 1],
    ["a big integer", 1n],
  ])("to write %s", (_, value) => {
    expect(() => encode(value)).toThrow(Malformed);
  });
});

test("a member that is undefined does not exist", () => {
  expect(encode({ b: undefined, a: 1 })).toBe('{"a":1}');
});

test("a replacement character that somebody wrote is text", () => {
  expect(decode(encodeBytes("\ufffd"), "value")).toBe("\ufffd");
});
