import { base64 } from "@scure/base";
import { concatBytes, utf8ToBytes } from "../acts/bytes.ts";
import { decodeBase64, decodeText } from "./encoding.ts";
import { FormatError, quote } from "./format-error.ts";
import { ED25519, isKeyName, type VerifierKey } from "./verifier-key.ts";

const WHAT = "note";

/** One signature line of a note: who says to have signed, and the bytes after the key ID. */
export type NoteSignature = {
  readonly name: string;
  readonly keyId: number;
  readonly signature: Uint8Array;
};

/** A note as it came, nothing verified; `text` ends in a line feed. */
export type SignedNote = {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
};

/** Makes a signature over a message with a private key that this folder never sees. */
export type Sign = (message: Uint8Array) => Uint8Array;

export const NOTE_SIGNATURES_MAX = 100;
const KEY_ID_BYTES = 4;
const DASH = "\u2014 ";

/** C2SP signed-note "Format"; throws `FormatError`. `formatNote` gives back the same bytes. */
export function parseNote(input: Uint8Array | string): SignedNote {
  const note = decodeText(input, WHAT);
  checkControls(note);
  // The text may contain empty lines itself: the last one ends it.
  const end = note.lastIndexOf("\n\n");
  if (end < 0) {
    throw new FormatError(WHAT, "no empty line ends its text");
  }
  return {
    text: note.slice(0, end + 1),
    signatures: parseSignatures(note.slice(end + 2)),
  };
}

export function formatNote(
  text: string,
  signatures: readonly NoteSignature[],
): string {
  if (!text.endsWith("\n")) {
    throw new Error("Cannot format note: its text does not end in a line feed");
  }
  return `${text}\n${formatSignatures(signatures)}`;
}

/** Signature lines alone, as a witness answers them; throws `FormatError`. */
export function parseSignatures(input: Uint8Array | string): NoteSignature[] {
  const text = decodeText(input, WHAT);
  const lines = text.split("\n");
  if (lines.pop() !== "" || lines.length === 0) {
    throw new FormatError(WHAT, "it does not end in a signature line");
  }
  if (lines.length > NOTE_SIGNATURES_MAX) {
    throw new FormatError(
      WHAT,
      `it has ${lines.length} signatures, want at most ${NOTE_SIGNATURES_MAX}`,
    );
  }
  return lines.map(parseSignature);
}

export function formatSignatures(signatures: readonly NoteSignature[]): string {
  return signatures.map(formatSignature).join("");
}

/** Signs with an Ed25519 key (type 0x01); a cosigner's key signs with `cosign`. */
export function signNote(
  key: VerifierKey,
  text: string,
  sign: Sign,
): NoteSignature {
  if (key.type !== ED25519) {
    throw new Error(`Cannot sign note: ${quote(key.name)} is a cosigner's key`);
  }
  return {
    name: key.name,
    keyId: key.id,
    signature: sign(utf8ToBytes(text)),
  };
}

function parseSignature(line: string): NoteSignature {
  const [name = "", encoded = "", ...more] = line.slice(DASH.length).split(" ");
  const bytes = decodeBase64(encoded);
  if (
    !line.startsWith(DASH) ||
    !isKeyName(name) ||
    bytes === undefined ||
    bytes.length <= KEY_ID_BYTES ||
    more.length > 0
  ) {
    throw new FormatError(WHAT, `${quote(line)} is not a signature line`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return {
    name,
    keyId: view.getUint32(0),
    signature: bytes.slice(KEY_ID_BYTES),
  };
}

function formatSignature(line: NoteSignature): string {
  const id = new Uint8Array(KEY_ID_BYTES);
  new DataView(id.buffer).setUint32(0, line.keyId);
  return `${DASH}${line.name} ${base64.encode(concatBytes(id, line.signature))}\n`;
}

function checkControls(note: string): void {
  const match = /[\u0000-\u0009\u000b-\u001f]/.exec(note);
  if (match === null) return;
  throw new FormatError(
    WHAT,
    `it has the control character ${quote(match[0])} at ${match.index}`,
  );
}
