import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatNote, type NoteSignature } from "./note.ts";
import { endOfNotes, notesIn } from "./note-run.ts";

const line = fc.stringMatching(/^[a-z0-9/.+ ]{0,12}$/);
const text = fc
  .array(line, { minLength: 1, maxLength: 5 })
  .map((lines) => lines.map((one) => `${one}\n`).join(""));
const signature: fc.Arbitrary<NoteSignature> = fc.record({
  name: fc.stringMatching(/^[a-z]{1,8}$/),
  keyId: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  signature: fc.uint8Array({ minLength: 1, maxLength: 70 }),
});
const note = fc
  .tuple(text, fc.array(signature, { minLength: 1, maxLength: 4 }))
  .map(([body, signatures]) => formatNote(body, signatures));

describe("a run of notes", () => {
  test("gives back the notes that were written one after the other", () => {
    fc.assert(
      fc.property(fc.array(note, { maxLength: 6 }), (notes) => {
        const run = notes.join("");
        expect([...notesIn(run)]).toEqual(notes);
        expect(endOfNotes(run)).toBe(run.length);
      }),
    );
  });

  test("that was torn off anywhere gives the whole notes before, and is cut back to a signature line", () => {
    fc.assert(
      fc.property(fc.array(note, { minLength: 1 }), fc.nat(), (notes, at) => {
        const run = notes.join("");
        const torn = run.slice(0, at % run.length);
        const kept = torn.slice(0, endOfNotes(torn));
        expect(kept === "" || /\n\u2014 [^\n]*\n$/.test(kept)).toBe(true);
        expect(torn.slice(kept.length)).not.toMatch(/\u2014 [^\n]*\n/);
        const whole = [...notesIn(kept)];
        expect(notes.slice(0, Math.max(0, whole.length - 1))).toEqual(
          whole.slice(0, -1),
        );
        expect([...notesIn(torn)].join("")).toBe(kept);
      }),
    );
  });

  test("of any text is walked through without an error", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (any) => {
        expect([...notesIn(any)].join("").length).toBeLessThanOrEqual(
          any.length,
        );
      }),
    );
  });
});
