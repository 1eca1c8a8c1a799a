import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Checkpoint,
  formatCheckpoint,
  parseCheckpoint,
} from "./checkpoint.ts";
import { FormatError } from "./format-error.ts";

const ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
const BODY = `example.com/behind-the-sofa\n20852163\n${ROOT}\n`;

const row = fc
  .string({ minLength: 1, unit: "grapheme" })
  .filter((s) => !s.includes("\n"));
const checkpoint: fc.Arbitrary<Checkpoint> = fc.record({
  origin: row,
  size: fc.maxSafeNat(),
  root: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  extensions: fc.array(row, { maxLength: 3 }),
});

describe("a checkpoint's text", () => {
  test("is origin, size and root", () => {
    const found = parseCheckpoint(BODY);
    expect(found).toMatchObject({
      origin: "example.com/behind-the-sofa",
      size: 20_852_163,
      extensions: [],
    });
    expect(formatCheckpoint(found)).toBe(BODY);
  });

  test("keeps extension lines", () => {
    expect(parseCheckpoint(`${BODY}one\ntwo words\n`).extensions).toEqual([
      "one",
      "two words",
    ]);
  });

  test("comes back as it went in", () => {
    fc.assert(
      fc.property(checkpoint, (value) => {
        expect(parseCheckpoint(formatCheckpoint(value))).toEqual(value);
      }),
    );
  });

  test("that is accepted formats to the same text, also after a change", () => {
    fc.assert(
      fc.property(
        checkpoint,
        fc.nat(),
        fc.string({ maxLength: 2, unit: "binary" }),
        (value, at, piece) => {
          const text = formatCheckpoint(value);
          const place = at % (text.length + 1);
          const changed = text.slice(0, place) + piece + text.slice(place + 1);
          const found = readOrNothing(changed);
          if (found !== undefined)
            expect(formatCheckpoint(found)).toBe(changed);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test.each([
    ["", "it has 0 lines, want 3"],
    ["a\n1\n", "it has 2 lines, want 3"],
    [`a\n1\n${ROOT}`, "its last line does not end in a line feed"],
    [`\n1\n${ROOT}\n`, "line 1 is empty"],
    [`a\n1\n${ROOT}\n\n`, "line 4 is empty"],
    [
      `a\n012\n${ROOT}\n`,
      "line 2 '012' is not a decimal size without leading zeroes",
    ],
    [`a\n-1\n${ROOT}\n`, "line 2 '-1' is not"],
    [`a\n+1\n${ROOT}\n`, "line 2 '+1' is not"],
    [`a\n1e3\n${ROOT}\n`, "line 2 '1e3' is not"],
    [`a\n 1\n${ROOT}\n`, "line 2 ' 1' is not"],
    [`a\n١\n${ROOT}\n`, "line 2 '١' is not"],
    [`a\n9007199254740992\n${ROOT}\n`, "line 2 '9007199254740992' is not"],
    [
      `a\n18446744073709551616\n${ROOT}\n`,
      "line 2 '18446744073709551616' is not",
    ],
    [`a\n1\n${ROOT.slice(0, -1)}\n`, "is not a hash of 32 bytes in base64"],
    [
      `a\n1\n${ROOT.replace("2I=", "2J=")}\n`,
      "is not a hash of 32 bytes in base64",
    ],
    [`a\n1\nAAAA\n`, "line 3 'AAAA' is not a hash of 32 bytes in base64"],
    [`a\r\n1\r\n${ROOT}\r\n`, "line 2 '1\\r' is not"],
  ])("%j is refused", (text, problem) => {
    expect(() => parseCheckpoint(text)).toThrow(problem);
    expect(() => parseCheckpoint(text)).toThrow(FormatError);
  });

  test("a size of 2^53 - 1 is the largest", () => {
    expect(parseCheckpoint(`a\n9007199254740991\n${ROOT}\n`).size).toBe(
      Number.MAX_SAFE_INTEGER,
    );
  });

  test("an error message quotes only the beginning of what came", () => {
    expect(() => parseCheckpoint(`a\n${"9".repeat(500)}\n${ROOT}\n`)).toThrow(
      `'${"9".repeat(60)}…' is not`,
    );
  });

  test("that we could not read ourselves is not written", () => {
    const good = parseCheckpoint(BODY);
    const bad: Partial<Checkpoint>[] = [
      { origin: "" },
      { origin: "a\n5" },
      { size: -1 },
      { size: 1.5 },
      { root: new Uint8Array(31) },
      { extensions: [""] },
      { extensions: ["a\nb"] },
    ];
    for (const change of bad) {
      expect(() => formatCheckpoint({ ...good, ...change })).toThrow(
        "Cannot format checkpoint",
      );
    }
  });
});

function readOrNothing(text: string) {
  try {
    return parseCheckpoint(text);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
