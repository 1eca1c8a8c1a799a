import { concatBytes, utf8ToBytes } from "../acts/bytes.ts";
import type { Primitives } from "../acts/primitives.ts";
import type { NoteSignature, Sign } from "./note.ts";
import {
  COSIGNATURE,
  SIGNATURE_BYTES,
  type VerifierKey,
} from "./verifier-key.ts";

const TIME_BYTES = 8;

/** C2SP tlog-cosignature "Ed25519 signed message"; `text` is the checkpoint's note text with its last line feed. */
export function cosignatureMessage(
  text: string,
  timeSeconds: number,
): Uint8Array {
  return utf8ToBytes(`cosignature/v1\ntime ${timeSeconds}\n${text}`);
}

/** Cosigns a checkpoint's note text at a POSIX time; `sign` is the cosigner's Ed25519 key. */
export function cosign(
  key: VerifierKey,
  text: string,
  timeSeconds: number,
  sign: Sign,
): NoteSignature {
  if (key.type !== COSIGNATURE || !isTime(timeSeconds)) {
    throw new Error(
      `Cannot cosign at ${timeSeconds} with a key of type ${key.type}`,
    );
  }
  const time = new Uint8Array(TIME_BYTES);
  new DataView(time.buffer).setBigUint64(0, BigInt(timeSeconds));
  return {
    name: key.name,
    keyId: key.id,
    signature: concatBytes(time, sign(cosignatureMessage(text, timeSeconds))),
  };
}

/** The POSIX time at which `key` cosigned the text, in seconds; undefined if the signature does not verify. */
export function verifyCosignature(
  p: Primitives,
  key: VerifierKey,
  text: string,
  signature: Uint8Array,
): number | undefined {
  if (key.type !== COSIGNATURE) return undefined;
  if (signature.length !== TIME_BYTES + SIGNATURE_BYTES) return undefined;
  const view = new DataView(signature.buffer, signature.byteOffset);
  const timeSeconds = Number(view.getBigUint64(0));
  // Beyond 2^53 the number would no longer be the one that was signed; the specification's limit is 2^63 - 1.
  if (!isTime(timeSeconds)) return undefined;
  const isValid = p.verifyEd25519(
    key.publicKey,
    cosignatureMessage(text, timeSeconds),
    signature.subarray(TIME_BYTES),
  );
  return isValid ? timeSeconds : undefined;
}

function isTime(seconds: number): boolean {
  return Number.isSafeInteger(seconds) && seconds >= 0;
}
