import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8ToBytes } from "../acts/bytes.ts";
import {
  cosign,
  cosignatureMessage,
  verifyCosignature,
} from "./cosignature.ts";
import { formatNote, parseNote } from "./note.ts";
import { openNote } from "./open-note.ts";
import { p, signer } from "./signing.test.ts";
import { COSIGNATURE, ED25519 } from "./verifier-key.ts";

const BODY =
  "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
const witness = signer("witness.example/w1", COSIGNATURE, 1);

describe("a cosignature", () => {
  test("covers the message that C2SP tlog-cosignature shows", () => {
    expect(cosignatureMessage(BODY, 1_679_315_147)).toEqual(
      utf8ToBytes(`cosignature/v1\ntime 1679315147\n${BODY}`),
    );
  });

  test("has 76 bytes with its key ID, and gives back its time", () => {
    const line = cosign(witness.key, BODY, 1_679_315_147, witness.sign);
    expect(line.signature.length).toBe(72);
    expect([...line.signature.subarray(0, 8)]).toEqual([
      0, 0, 0, 0, 0x64, 0x18, 0x50, 0xcb,
    ]);
    const note = parseNote(formatNote(BODY, [line]));
    expect(openNote(p, note, [witness.key])).toMatchObject({
      outcome: "opened",
      verified: [{ kind: "cosignature", timeSeconds: 1_679_315_147 }],
    });
  });

  test("verifies at any time, and with no bit of it or of the text changed", () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        fc.nat(71),
        fc.nat(7),
        (timeSeconds, at, bit) => {
          const { signature } = cosign(
            witness.key,
            BODY,
            timeSeconds,
            witness.sign,
          );
          expect(verifyCosignature(p, witness.key, BODY, signature)).toBe(
            timeSeconds,
          );
          expect(
            verifyCosignature(p, witness.key, `${BODY}x\n`, signature),
          ).toBeUndefined();
          const changed = Uint8Array.from(signature);
          changed[at] = (changed[at] ?? 0) ^ (1 << bit);
          expect(
            verifyCosignature(p, witness.key, BODY, changed),
          ).toBeUndefined();
        },
      ),
    );
  });

  test("of another length, or with a time beyond 2^53, does not verify", () => {
    const { signature } = cosign(witness.key, BODY, 5, witness.sign);
    for (const wrong of [
      signature.subarray(8),
      signature.subarray(0, 71),
      new Uint8Array(0),
    ]) {
      expect(verifyCosignature(p, witness.key, BODY, wrong)).toBeUndefined();
    }
    const rounded = 2 ** 60;
    const late = Uint8Array.from(signature);
    new DataView(late.buffer).setBigUint64(0, 2n ** 60n);
    late.set(witness.sign(cosignatureMessage(BODY, rounded)), 8);
    expect(verifyCosignature(p, witness.key, BODY, late)).toBeUndefined();
  });

  test("is not made by a log's key or at no time", () => {
    const log = signer("log.example", ED25519, 2);
    expect(() => cosign(log.key, BODY, 5, log.sign)).toThrow("Cannot cosign");
    const { signature } = cosign(witness.key, BODY, 5, log.sign);
    expect(verifyCosignature(p, log.key, BODY, signature)).toBeUndefined();
    for (const time of [-1, 0.5, 2 ** 53]) {
      expect(() => cosign(witness.key, BODY, time, witness.sign)).toThrow(
        `Cannot cosign at ${time}`,
      );
    }
  });
});
