import fc from "fast-check";
import { expect, test } from "vitest";
import { formatCheckpoint } from "./checkpoint.ts";
import { cosign } from "./cosignature.ts";
import { withGrease } from "./grease.ts";
import { emptyRoot } from "./hash.ts";
import { formatNote, parseNote, signNote } from "./note.ts";
import { openCheckpoint } from "./open-checkpoint.ts";
import { parsePolicy } from "./policy.ts";
import { p, signer } from "./signing.test.ts";
import { COSIGNATURE, ED25519, formatVerifierKey } from "./verifier-key.ts";

const log = signer("log.example", ED25519, 1);
const court = signer("court.example", COSIGNATURE, 2);
const policy = parsePolicy(
  p,
  `witness court ${formatVerifierKey(court.key)}\nquorum court\n`,
);
const text = formatCheckpoint({
  origin: "log.example",
  size: 0,
  root: emptyRoot(p),
  extensions: [],
});
const lines = [
  signNote(log.key, text, log.sign),
  cosign(court.key, text, 7, court.sign),
];

test("a checkpoint with grease is opened as one without, whatever the grease is and wherever it stands", () => {
  const orders = new Set<string>();
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 600, maxLength: 600 }), (noise) => {
      let at = 0;
      const random = (count: number): Uint8Array =>
        noise.slice(at, (at += count));
      const greased = withGrease(lines, random);
      orders.add(greased.map((line) => lines.includes(line)).join());
      expect(greased.length).toBeGreaterThan(lines.length);
      const note = parseNote(formatNote(text, greased));
      expect(openCheckpoint(p, note, [log.key], policy)).toMatchObject({
        outcome: "opened",
        log: log.key,
        isQuorumMet: true,
      });
    }),
    { numRuns: 200 },
  );
  expect(orders.size).toBeGreaterThan(5);
});
