import { bytesToHex } from "../acts/bytes.ts";
import type { NoteSignature } from "./note.ts";

const LINES = 3;
const SIGNATURE_BYTES_MAX = 80;

/**
 * Signature lines that mean nothing, around those that do: readers must pass over lines of keys that they do not know (C2SP
 * signed-note "Signatures"), and one that does not breaks here first. One is by the log's own name, under another key.
 */
export function withGrease(
  signatures: readonly NoteSignature[],
  random: (bytes: number) => Uint8Array,
): readonly NoteSignature[] {
  const known = new Set(signatures.map(({ keyId }) => keyId));
  const [own] = signatures;
  const lines = [...signatures];
  for (let i = 0; i < LINES; i++) {
    const [length = 0, place = 0, ...id] = random(6);
    const [a = 0, b = 0, c = 0, d = 0] = id;
    const keyId = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
    if (known.has(keyId)) continue;
    const name =
      i === 0 && own !== undefined
        ? own.name
        : `grease.invalid/${bytesToHex(random(4))}`;
    const signature = random(1 + (length % SIGNATURE_BYTES_MAX));
    const line: NoteSignature = { name, keyId, signature };
    lines.splice(place % (lines.length + 1), 0, line);
  }
  return lines;
}
