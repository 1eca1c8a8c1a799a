import { expect, test } from "vitest";
import { Malformed } from "../../acts/canonical.ts";
import { readIdempotencyKey } from "./idempotency-key.ts";

test.each([
  [
    "8e03978e-40d5-43dd-bc93-6894a57f9324",
    "8e03978e-40d5-43dd-bc93-6894a57f9324",
  ],
  ['"8e03978e"', "8e03978e"],
  ['"a\\"b\\\\c"', 'a"b\\c'],
  ["a".repeat(200), "a".repeat(200)],
  [undefined, undefined],
  [null, undefined],
])("the key %s is %s", (field, key) => {
  expect(readIdempotencyKey(field)).toBe(key);
});

test.each([
  ["nothing", ""],
  ["nothing in quotes", '""'],
  ["too much", "a".repeat(201)],
  ["too much in quotes", `"${"a".repeat(201)}"`],
  ["two fields", "a, b"],
  ["two fields in quotes", '"a", "b"'],
  ["a space", '"a b"'],
  ["an open quote", '"a'],
  ["a parameter", '"a";x=1'],
  ["letters beyond ASCII", "schlüssel"],
  ["a line feed", "a\nb"],
])("%s is no key", (_, field) => {
  expect(() => readIdempotencyKey(field)).toThrow(Malformed);
});
