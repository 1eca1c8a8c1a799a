import { sameBytes, utf8ToBytes } from "./bytes.ts";

/** What a statement, an entry or an opening is made of: RFC 8785 made stricter (docs/spec/1-bytes.md). */
export type Canonical =
  | string
  | number
  | boolean
  | readonly Canonical[]
  | { readonly [name: string]: Canonical };

/** Bytes, text or values that break the rules of docs/spec/; the message names the value and what is wanted. */
export class Malformed extends Error {
  override readonly name = "Malformed";
}

/** No schema goes so deep. Without a limit of its own a reader gives up where the machine does, and every machine elsewhere. */
const DEPTH_MAX = 32;
/** Far beyond what is read in one piece; over much longer text some machines give up on a pattern. */
const BYTES_MAX = 4_000_000;

/**
 * The one byte form of a value: members sorted by UTF-16 code unit, no white space, integers only.
 * Members whose value is `undefined` do not exist. Throws `Malformed` for null, fractions and lone surrogates.
 */
export function encode(value: unknown): string {
  return encodeAt(value, 0);
}

function encodeAt(value: unknown, depth: number): string {
  switch (typeof value) {
    case "string":
      return encodeString(value);
    case "boolean":
      return value ? "true" : "false";
    case "number":
      return encodeNumber(value);
    case "object":
      return encodeObject(value, depth);
    default:
      throw new Malformed(
        `Cannot encode a ${typeof value}: want a string, an integer, true, false, a list or an object`,
      );
  }
}

export function encodeBytes(value: unknown): Uint8Array {
  return utf8ToBytes(encode(value));
}

/**
 * Reads bytes that must already be in the one byte form: `encode` of what was read gives the same bytes.
 * A doubled member, other order, white space, a fraction, an exponent or a trailing byte throws `Malformed`.
 */
export function decode(bytes: Uint8Array, what: string): Canonical {
  if (bytes.length > BYTES_MAX)
    throw new Malformed(
      `Cannot read ${what}: it has ${bytes.length} bytes, want at most ${BYTES_MAX}`,
    );
  const text = decodeUtf8(bytes, what);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Malformed(`Cannot read ${what}: it is not JSON`, { cause });
  }
  let again: string;
  try {
    again = encode(value);
  } catch (cause) {
    throw new Malformed(
      `Cannot read ${what}: ${cause instanceof Malformed ? cause.message : "it cannot be encoded"}`,
      { cause },
    );
  }
  if (again !== text)
    throw new Malformed(`Cannot read ${what}: ${whereDifferent(text, again)}`);
  return value as Canonical;
}

declare const TextDecoder: new (
  label: string,
  options: { fatal: boolean; ignoreBOM: boolean },
) => {
  decode(bytes: Uint8Array): string;
};
const utf8 = new TextDecoder("utf-8", { fatal: false, ignoreBOM: true });

/** UTF-8 to text; throws `Malformed` for bytes that are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array, what: string): string {
  const text = utf8.decode(bytes);
  // A replacement character is either in the text or the mark of a bad byte: encoding again tells which.
  if (text.includes("\ufffd") && !sameBytes(utf8ToBytes(text), bytes)) {
    throw new Malformed(`Cannot read ${what}: it is not UTF-8`);
  }
  return text;
}

const plain = /^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/;
const loneSurrogate =
  /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

function encodeString(text: string): string {
  if (plain.test(text)) return `"${text}"`;
  if (loneSurrogate.test(text))
    throw new Malformed("Cannot encode a string with a lone surrogate");
  return JSON.stringify(text);
}

function encodeNumber(value: number): string {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
    throw new Malformed(
      `Cannot encode the number ${Object.is(value, -0) ? "-0" : value}: want an integer within ±(2^53 − 1)`,
    );
  }
  return String(value);
}

function encodeObject(value: object | null, depth: number): string {
  if (value === null)
    throw new Malformed("Cannot encode null: leave the member out");
  if (depth >= DEPTH_MAX)
    throw new Malformed(
      `Cannot encode what is nested more than ${DEPTH_MAX} deep: want less`,
    );
  if (Array.isArray(value)) {
    let out = "[";
    for (let i = 0; i < value.length; i++)
      out += (i === 0 ? "" : ",") + encodeAt(value[i], depth + 1);
    return out + "]";
  }
  let out = "{";
  for (const [name, member] of Object.entries(value).sort(byName)) {
    if (member === undefined) continue;
    out +=
      (out === "{" ? "" : ",") +
      encodeString(name) +
      ":" +
      encodeAt(member, depth + 1);
  }
  return out + "}";
}

function byName(
  a: readonly [string, unknown],
  b: readonly [string, unknown],
): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}

function whereDifferent(text: string, again: string): string {
  let at = 0;
  while (at < text.length && text[at] === again[at]) at++;
  return `byte form differs at character ${at + 1}: "${text.slice(at, at + 12)}", want "${again.slice(at, at + 12)}"`;
}
