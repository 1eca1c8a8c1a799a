import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toBase64, utf8ToBytes } from "../acts/bytes.ts";
import { FormatError } from "./format-error.ts";
import {
  formatNote,
  type NoteSignature,
  parseNote,
  parseSignatures,
  signNote,
} from "./note.ts";
import { openNote } from "./open-note.ts";
import { p, signer } from "./signing.test.ts";
import {
  COSIGNATURE,
  ED25519,
  formatVerifierKey,
  isKeyName,
  parseVerifierKey,
  verifierKey,
} from "./verifier-key.ts";

const LINE = "\u2014 example.com/log M9e0lgABAgM=\n";

/** C2SP signed-note, the note at its head. */
const SALVATORE = `Ognuno sta solo sul cuor della terra
trafitto da un raggio di sole:

ed è subito sera.

— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=
`;

/** The example of the Go package golang.org/x/mod/sumdb/note. */
const NEUMANN = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`;
const NEUMANN_KEY =
  "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

const keyName = fc
  .string({ minLength: 1, maxLength: 30, unit: "grapheme" })
  .filter(isKeyName);
const line: fc.Arbitrary<NoteSignature> = fc.record({
  name: keyName,
  keyId: fc.nat(0xffffffff),
  signature: fc.uint8Array({ minLength: 1, maxLength: 80 }),
});
const text = fc
  .array(fc.string({ unit: "grapheme" }).filter((s) => !/\p{Cc}/u.test(s)))
  .map((lines) => `${lines.join("\n")}\n`);

describe("reading a note", () => {
  test("the text ends at the last empty line, not at the first", () => {
    const note = parseNote(SALVATORE);
    expect(note.text.endsWith("\n\ned è subito sera.\n")).toBe(true);
    expect(note.signatures.map((s) => s.name)).toEqual([
      "quasimodo.example/salvatore",
    ]);
    expect(note.signatures[0]?.keyId).toBe(0x367ba04b);
    expect(parseNote(utf8ToBytes(SALVATORE))).toEqual(note);
  });

  test("what is formatted is read back the same", () => {
    fc.assert(
      fc.property(
        text,
        fc.array(line, { minLength: 1, maxLength: 100 }),
        (body, signatures) => {
          expect(parseNote(formatNote(body, signatures))).toEqual({
            text: body,
            signatures,
          });
        },
      ),
    );
  });

  test("whatever is accepted formats to the same bytes, so no note has two spellings", () => {
    const mutated = fc.tuple(
      text,
      fc.array(line, { minLength: 1, maxLength: 3 }),
      fc.nat(),
      fc.string({ maxLength: 2, unit: "binary" }),
      fc.boolean(),
    );
    fc.assert(
      fc.property(mutated, ([body, signatures, at, piece, replaces]) => {
        const note = formatNote(body, signatures);
        const place = at % (note.length + 1);
        const changed =
          note.slice(0, place) + piece + note.slice(place + (replaces ? 1 : 0));
        const found = readOrNothing(changed);
        if (found !== undefined)
          expect(formatNote(found.text, found.signatures)).toBe(changed);
      }),
      { numRuns: 1000 },
    );
  });

  test("arbitrary bytes throw FormatError or nothing", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (noise) => void readOrNothing(noise)),
    );
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        (noise) => void readOrNothing(`a\n\n${noise}\n`),
      ),
    );
  });

  test("100 signatures are read, 101 are not", () => {
    expect(parseNote(`a\n\n${LINE.repeat(100)}`).signatures.length).toBe(100);
    expect(() => parseNote(`a\n\n${LINE.repeat(101)}`)).toThrow(
      "Cannot read note: it has 101 signatures, want at most 100",
    );
  });

  test.each([
    ["nothing", ""],
    ["no signature", "a\n\n"],
    ["no empty line", `a\n${LINE}`],
    ["an empty line as all its text", `\n${LINE}`],
    ["a signature without line feed", `a\n\n${LINE.trimEnd()}`],
    ["an empty line after the signatures", `a\n\n${LINE}\n`],
    ["a hyphen for the dash", `a\n\n${LINE.replace("\u2014", "-")}`],
    ["no space after the dash", `a\n\n${LINE.replace("\u2014 ", "\u2014")}`],
    ["two spaces", `a\n\n${LINE.replace("log M", "log  M")}`],
    ["a trailing space", `a\n\n${LINE.replace("=\n", "= \n")}`],
    ["a carriage return", `a\r\n\r\n${LINE}`],
    ["a tab in the text", `a\tb\n\n${LINE}`],
    ["a null in the text", `a\0\n\n${LINE}`],
    ["a plus in the name", `a\n\n${LINE.replace("log", "lo+g")}`],
    ["no name", `a\n\n\u2014  M9e0lgABAgM=\n`],
    [
      "a no-break space in the name",
      `a\n\n${LINE.replace("log", "lo\u00a0g")}`,
    ],
    ["only a key ID", "a\n\n\u2014 x M9e0lg==\n"],
    ["base64 without padding", "a\n\n\u2014 x M9e0lgABAgM\n"],
    ["base64url", "a\n\n\u2014 x M9e0lgABA_M=\n"],
    ["base64 with set spare bits", "a\n\n\u2014 x M9e0lgABAgN=\n"],
    ["half a surrogate pair", `a\ud800\n\n${LINE}`],
  ])("a note with %s is refused", (_, note) => {
    expect(() => parseNote(note)).toThrow(FormatError);
  });

  test("bytes that are not UTF-8 are refused", () => {
    expect(() =>
      parseNote(Uint8Array.of(0xff, ...utf8ToBytes(`\n\n${LINE}`))),
    ).toThrow("Cannot read note: it is not valid UTF-8");
  });

  test("a witness's answer is signature lines alone", () => {
    expect(parseSignatures(LINE + LINE).length).toBe(2);
    expect(() => parseSignatures("")).toThrow(FormatError);
    expect(() => parseSignatures(`${LINE}\n`)).toThrow(FormatError);
  });
});

describe("verifier keys", () => {
  test("the Go package's example is read and written the same", () => {
    const key = parseVerifierKey(p, NEUMANN_KEY);
    expect(key).toMatchObject({
      name: "PeterNeumann",
      id: 0xc74f20a3,
      type: ED25519,
    });
    expect(formatVerifierKey(key)).toBe(NEUMANN_KEY);
  });

  test("come back as they went in, plus signs in the base64 and leading zeroes in the ID or not", () => {
    const types = fc.constantFrom(ED25519, COSIGNATURE);
    const publicKey = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(keyName, types, publicKey, (name, type, bytes) => {
        const key = verifierKey(p, name, type, bytes);
        expect(parseVerifierKey(p, formatVerifierKey(key))).toEqual(key);
      }),
      { numRuns: 1000 },
    );
  });

  test("one changed character is refused: the ID is a checksum", () => {
    fc.assert(
      fc.property(
        fc.nat(NEUMANN_KEY.length - 1),
        fc.string({ minLength: 1, maxLength: 1 }),
        (at, character) => {
          const changed =
            NEUMANN_KEY.slice(0, at) + character + NEUMANN_KEY.slice(at + 1);
          // The ID's hex digits may be capitals.
          fc.pre(changed.toLowerCase() !== NEUMANN_KEY.toLowerCase());
          expect(() => parseVerifierKey(p, changed)).toThrow(FormatError);
        },
      ),
    );
  });

  test.each([
    ["", "'' is not <name>+<id>+<key>"],
    ["PeterNeumann+c74f20a3", "is not <name>+<id>+<key>"],
    ["+c74f20a3+ARpc", "'' is not a key name"],
    ["Peter Neumann+c74f20a3+ARpc", "'Peter Neumann' is not a key name"],
    ["PeterNeumann+c74f20a3+ARpc2", "is not base64"],
    ["PeterNeumann+c74f20a3+", "has signature type undefined"],
    ["PeterNeumann+c74f20a3+AQ==", "has 1 bytes, want 33"],
    [
      `PeterNeumann+c74f20a3+${toBase64(new Uint8Array(1313).fill(6))}`,
      "has signature type 6, want 1 or 4",
    ],
    [
      NEUMANN_KEY.replace("c74f20a3", "c74f20a4"),
      "has the ID c74f20a4, but its key has c74f20a3",
    ],
  ])("%j is refused", (vkey, problem) => {
    expect(() => parseVerifierKey(p, vkey)).toThrow(problem);
    expect(() => parseVerifierKey(p, vkey)).toThrow(FormatError);
  });

  test("a key name has no Unicode space and no plus", () => {
    const spaces =
      "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000";
    for (const space of Array.from(`${spaces}+\0`))
      expect(isKeyName(`a${space}b`)).toBe(false);
    expect(isKeyName("")).toBe(false);
    expect(isKeyName("büro.example/log\u200b\ufeff")).toBe(true);
  });
});

describe("opening a note", () => {
  const alice = signer("alice.example", ED25519, 1);
  const bob = signer("bob.example", ED25519, 2);
  const eve = signer("alice.example", ED25519, 3);
  const body = "hello\n";
  const aliceLine = signNote(alice.key, body, alice.sign);
  const bobLine = signNote(bob.key, body, bob.sign);
  const eveLine = signNote(eve.key, body, eve.sign);
  const wrongLine = signNote(alice.key, "other\n", alice.sign);
  const open = (...signatures: NoteSignature[]) =>
    openNote(p, parseNote(formatNote(body, signatures)), [alice.key, bob.key]);
  const badAlice = {
    outcome: "rejected",
    reason: { kind: "badSignature", key: alice.key },
  };
  const noKnownKey = { outcome: "rejected", reason: { kind: "noKnownKey" } };

  test("the Go package's example verifies", () => {
    const key = parseVerifierKey(p, NEUMANN_KEY);
    expect(openNote(p, parseNote(NEUMANN), [key])).toMatchObject({
      outcome: "opened",
      verified: [{ kind: "signature", key }],
    });
    expect(
      openNote(p, parseNote(NEUMANN.replace("problem", "Problem")), [key]),
    ).toMatchObject({ outcome: "rejected" });
  });

  test("one known key is enough, and unknown ones are passed over, also one under a known name", () => {
    expect(open(eveLine, aliceLine)).toMatchObject({
      outcome: "opened",
      verified: [{ key: alice.key }],
    });
    expect(open(bobLine, aliceLine)).toMatchObject({
      outcome: "opened",
      verified: [{ key: bob.key }, { key: alice.key }],
    });
  });

  test("without a known key it is rejected", () => {
    expect(open(eveLine)).toEqual(noKnownKey);
    expect(openNote(p, { text: body, signatures: [aliceLine] }, [])).toEqual(
      noKnownKey,
    );
  });

  test("a failing signature by a known key rejects it, whoever else signed", () => {
    expect(open(bobLine, wrongLine)).toEqual(badAlice);
    expect(open({ ...eveLine, keyId: alice.key.id }, bobLine)).toEqual(
      badAlice,
    );
    expect(
      open({ ...aliceLine, signature: aliceLine.signature.subarray(1) }),
    ).toEqual(badAlice);
  });

  test("a second signature by the same key is passed over", () => {
    expect(open(aliceLine, wrongLine)).toMatchObject({
      outcome: "opened",
      verified: [{ line: aliceLine }],
    });
  });

  test("no byte of text or of a known signature can change", () => {
    const note = utf8ToBytes(formatNote(body, [aliceLine]));
    fc.assert(
      fc.property(fc.nat(note.length - 1), fc.nat(7), (at, bit) => {
        const changed = Uint8Array.from(note);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        const found = readOrNothing(changed);
        if (found === undefined) return;
        expect(openNote(p, found, [alice.key]).outcome).toBe("rejected");
      }),
      { numRuns: 1000 },
    );
  });

  test("a cosigner's key does not sign notes", () => {
    const cosigner = signer("w.example", COSIGNATURE, 4);
    expect(() => signNote(cosigner.key, body, cosigner.sign)).toThrow(
      "Cannot sign note: 'w.example' is a cosigner's key",
    );
  });

  test("a text that does not end in a line feed is a bug", () => {
    expect(() => formatNote("hello", [aliceLine])).toThrow(
      "does not end in a line feed",
    );
  });
});

function readOrNothing(note: Uint8Array | string) {
  try {
    return parseNote(note);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
