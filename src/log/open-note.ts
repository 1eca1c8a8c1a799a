import { utf8ToBytes } from "../acts/bytes.ts";
import type { Primitives } from "../acts/primitives.ts";
import { verifyCosignature } from "./cosignature.ts";
import type { NoteSignature, SignedNote } from "./note.ts";
import { COSIGNATURE, ED25519, type VerifierKey } from "./verifier-key.ts";

/** A signature of a note that verified, by one of the keys that were asked for. */
export type VerifiedSignature =
  | {
      readonly kind: "signature";
      readonly key: VerifierKey;
      readonly line: NoteSignature;
    }
  | {
      readonly kind: "cosignature";
      readonly key: VerifierKey;
      readonly line: NoteSignature;
      readonly timeSeconds: number;
    };

export type NoteRejected = {
  readonly outcome: "rejected";
  readonly reason:
    | { readonly kind: "noKnownKey" }
    | { readonly kind: "badSignature"; readonly key: VerifierKey };
};

export type NoteOpening =
  | {
      readonly outcome: "opened";
      readonly text: string;
      readonly verified: readonly VerifiedSignature[];
    }
  | NoteRejected;

/**
 * C2SP signed-note "Signatures": signatures by unknown keys are passed over, a failing one by a known key rejects the
 * note, and at least one must verify. A second signature by the same key is passed over too.
 */
export function openNote(
  p: Primitives,
  note: SignedNote,
  keys: readonly VerifierKey[],
): NoteOpening {
  const verified = new Map<VerifierKey, VerifiedSignature>();
  for (const line of note.signatures) {
    const key = keys.find((k) => k.name === line.name && k.id === line.keyId);
    if (key === undefined || verified.has(key)) continue;
    const signature = verifyLine(p, key, note.text, line);
    if (signature === undefined) {
      return { outcome: "rejected", reason: { kind: "badSignature", key } };
    }
    verified.set(key, signature);
  }
  if (verified.size === 0) {
    return { outcome: "rejected", reason: { kind: "noKnownKey" } };
  }
  return {
    outcome: "opened",
    text: note.text,
    verified: [...verified.values()],
  };
}

/**
 * The note with those of its lines alone that one of the keys made. Anybody can add a line that fails under a key's name: it
 * must not hide what that key did sign from who asks its holder.
 */
export function verifyingLines(
  p: Primitives,
  { text, signatures }: SignedNote,
  keys: readonly VerifierKey[],
): SignedNote {
  const verifies = (line: NoteSignature): boolean =>
    keys.some(
      (key) =>
        key.name === line.name &&
        key.id === line.keyId &&
        verifyLine(p, key, text, line) !== undefined,
    );
  return { text, signatures: signatures.filter(verifies) };
}

function verifyLine(
  p: Primitives,
  key: VerifierKey,
  text: string,
  line: NoteSignature,
): VerifiedSignature | undefined {
  switch (key.type) {
    case ED25519:
      return p.verifyEd25519(key.publicKey, utf8ToBytes(text), line.signature)
        ? { kind: "signature", key, line }
        : undefined;
    case COSIGNATURE: {
      const timeSeconds = verifyCosignature(p, key, text, line.signature);
      return timeSeconds === undefined
        ? undefined
        : { kind: "cosignature", key, line, timeSeconds };
    }
  }
}
