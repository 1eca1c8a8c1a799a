import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Malformed } from "../acts/canonical.ts";
import { readJson } from "./read-json.ts";

const read = (text: string): unknown => readJson(Buffer.from(text), "request");

function said(text: string | Uint8Array): string {
  try {
    readJson(Buffer.from(text), "request");
    return "read";
  } catch (error) {
    return error instanceof Malformed
      ? error.message
      : `crashed: ${String(error)}`;
  }
}

describe("JSON that people write", () => {
  test("is read with white space, and with members in any order", () => {
    expect(read(' { "b" : [ 1.5 , null ] ,\n\t"a" : "x:y{" } ')).toEqual({
      b: [1.5, null],
      a: "x:y{",
    });
  });

  test("means what JSON means, whatever it is", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(3), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(read(text)).toEqual(JSON.parse(text));
      }),
    );
  });
});

test.each(["1e309", "-1e400", "1".repeat(400)])(
  "a number that nobody can hold is named as it was written: %s",
  (number) => {
    expect(said(`{"plan":{"limit":${number}}}`)).toBe(
      `Cannot read request: the number ${number.slice(0, 40)} is too large, want a smaller one`,
    );
    expect(said(`{"a":"${number}"}`)).toBe("read");
  },
);

describe("a member that stands twice", () => {
  test.each([
    ["side by side", '{"a":1,"a":2}', '"a"'],
    ["far apart", '{"a":1,"b":{"c":[{}]},"a":1}', '"a"'],
    ["inside", '{"x":[0,{"b":1,"c":{"b":2},"b":3}]}', '"b"'],
    ["written in two ways", '{"a":1,"\\u0061":2}', '"a"'],
    ["with a quote in its name", '{"\\"":1,"\\"" :2}', '"\\""'],
    ["with a name that objects have", '{"__proto__":1,"__proto__":2}', "proto"],
    ["with no name", '{"":1, "" : 1}', '""'],
  ])("is named: %s", (_, text, name) => {
    expect(said(text)).toContain("Cannot read request: member ");
    expect(said(text)).toContain(`${name}`);
    expect(said(text)).toContain("stands twice, want it once");
  });

  test("is found wherever it is put into an object", () => {
    const objects = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), {
      minKeys: 1,
      maxKeys: 6,
    });
    fc.assert(
      fc.property(objects, fc.nat(), fc.jsonValue(), (object, which, value) => {
        const members = Object.entries(object).map(
          ([name, of]) => `${JSON.stringify(name)}:${JSON.stringify(of)}`,
        );
        const names = Object.keys(object);
        const name = JSON.stringify(names[which % names.length]);
        const doubled = `[{${[...members, `${name} : ${JSON.stringify(value)}`].join(",")}}]`;
        expect(said(`[{${members.join(",")}}]`)).toBe("read");
        expect(said(doubled)).toContain("stands twice");
      }),
    );
  });

  test.each([
    ["two objects beside each other", '[{"a":1},{"a":2}]'],
    ["an object inside another", '{"a":{"a":{"a":1}}}'],
    ["a string that looks like a member", '{"a":"\\"a\\":1,\\"a\\":2"}'],
    ["a list of the same strings", '{"a":["a","a"],"b":"a"}'],
  ])("is none: %s", (_, text) => {
    expect(said(text)).toBe("read");
  });
});

test.each([
  ["nothing", ""],
  ["half an object", '{"a":'],
  ["two values", "{} {}"],
  ["a line of NUL bytes", "\0\0\0"],
  ["a mark before it", "\ufeff{}"],
])("what is no JSON is named so: %s", (_, text) => {
  expect(said(text)).toBe("Cannot read request: it is not JSON");
});

test("bytes that are no text are named so", () => {
  expect(said(Uint8Array.of(0x22, 0xff, 0x22))).toBe(
    "Cannot read request: it is not UTF-8",
  );
});

test.each([
  ["lists", "[", "]", 33],
  ["objects", '{"a":', "}", 33],
  ["lists", "[", "]", 100_000],
  ["objects", '{"a":', "}", 100_000],
])("nesting has an end that no machine decides: %s", (_, open, close, deep) => {
  const nested = (levels: number) =>
    `${open.repeat(levels)}1${close.repeat(levels)}`;
  expect(said(nested(32))).toBe("read");
  expect(said(nested(deep))).toBe(
    "Cannot read request: it is nested more than 32 deep, want less",
  );
});
