import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bentBytes } from "../../test/bent.ts";
import { sameBytes, utf8ToBytes } from "../acts/bytes.ts";
import { cosign } from "./cosignature.ts";
import { FormatError } from "./format-error.ts";
import { formatNote, parseNote, signNote } from "./note.ts";
import { openCheckpoint } from "./open-checkpoint.ts";
import { parsePolicy } from "./policy.ts";
import { p, signer } from "./signing.test.ts";
import { decodeBundle, encodeBundle } from "./tiles.ts";
import { COSIGNATURE, ED25519, formatVerifierKey } from "./verifier-key.ts";
import {
  formatAddCheckpoint,
  judgeAddCheckpoint,
  parseAddCheckpoint,
} from "./witness.ts";

const bytes = utf8ToBytes;

describe("what was signed and then bent", () => {
  const text = "log.example\n3\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
  const [own, court] = [
    signer("log.example", ED25519, 1),
    signer("witness.example", COSIGNATURE, 2),
  ];
  const lines = [
    signNote(own.key, text, own.sign),
    cosign(court.key, text, 1_700_000_000, court.sign),
  ];
  const note = bytes(formatNote(text, lines));
  const watched = parsePolicy(
    p,
    `witness a ${formatVerifierKey(court.key)}\nquorum a\n`,
  );

  test("is no checkpoint of that log any more, or is the one that was signed; no bent line is a cosignature", () => {
    const opened = (raw: Uint8Array) =>
      openCheckpoint(p, parseNote(raw), [own.key], watched);
    expect(opened(note)).toMatchObject({ isQuorumMet: true });
    let rejected = 0;
    fc.assert(
      fc.property(bentBytes([note]), (raw) => {
        if (sameBytes(raw, note)) return;
        const found = orUndefined(() => opened(raw));
        if (found?.outcome !== "opened") return void rejected++;
        // Only what nobody signed may have changed: lines of unknown keys, their order, or one that went.
        expect(parseNote(raw).text).toBe(text);
        expect(found.checkpoint.size).toBe(3);
        for (const time of found.cosignedSeconds.values())
          expect(time).toBe(1_700_000_000);
      }),
      { numRuns: 1_000 },
    );
    expect(rejected).toBeGreaterThan(300);
  });

  test("is written back as it came, where it can be read at all", () => {
    fc.assert(
      fc.property(bentBytes([note]), (raw) => {
        const found = orUndefined(() => parseNote(raw));
        if (found === undefined) return;
        const written = bytes(formatNote(found.text, found.signatures));
        expect(sameBytes(written, raw)).toBe(true);
      }),
    );
  });

  test("is cosigned by no witness", () => {
    const good = bytes(formatAddCheckpoint(0, [], parseNote(note)));
    const status = (raw: Uint8Array) =>
      judgeAddCheckpoint(p, undefined, parseAddCheckpoint(raw), [own.key]);
    expect(status(good).status).toBe(200);
    fc.assert(
      fc.property(bentBytes([good]), (raw) => {
        const found = orUndefined(() => status(raw));
        if (found?.status !== 200) return;
        expect(found.state).toEqual({ size: 3, root: new Uint8Array(32) });
        expect(parseAddCheckpoint(raw).note.text).toBe(text);
      }),
      { numRuns: 1_000 },
    );
  });

  test("a bundle of one log's entries is never read as one of others", () => {
    const good = encodeBundle([bytes("one"), bytes(""), bytes("three")]);
    fc.assert(
      fc.property(bentBytes([good]), (raw) => {
        const found = orUndefined(() => decodeBundle(raw));
        if (found !== undefined)
          expect(sameBytes(encodeBundle(found), raw)).toBe(true);
      }),
    );
  });
});

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
