import { base64 } from "@scure/base";
import type { Primitives } from "../acts/primitives.ts";
import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts";
import {
  decodeBase64,
  decodeDecimal,
  decodeHash,
  decodeText,
} from "./encoding.ts";
import { FormatError, quote } from "./format-error.ts";
import { HASH_BYTES } from "./hash.ts";
import { parseNote, type SignedNote } from "./note.ts";
import { verifyInclusion } from "./proof.ts";

const WHAT = "tlog-proof";
const FIRST_LINE = "c2sp.org/tlog-proof@v1";
const EXTRA = "extra ";
const INDEX = "index ";

/** A tree of 2^53 leaves has paths of 53 hashes, and no size beyond it can be read. */
export const PROOF_HASHES_MAX = 53;
/** An entry of 65,535 bytes in base64, a path, and a note with a hundred signatures are less. */
export const PROOF_BYTES_MAX = 256 * 1024;
export const PROOF_SUFFIX = ".tlog-proof";

/** A proof that an entry stands in a log, whole in one file (C2SP tlog-proof). */
export type TlogProof = {
  /** Not authenticated. Vitrine's own proofs carry the entry's bytes here: hashed, they are the leaf that the path proves. */
  readonly extra: Uint8Array | undefined;
  readonly index: number;
  /** The leaf's sibling first. */
  readonly path: readonly Uint8Array[];
  /** The signed checkpoint to the letter. */
  readonly note: string;
};

export type ReadProof = TlogProof & {
  readonly signed: SignedNote;
  readonly checkpoint: Checkpoint;
};

/** C2SP tlog-proof "Format"; nothing is verified. Throws `FormatError`; `formatTlogProof` gives back the same bytes. */
export function parseTlogProof(input: Uint8Array | string): ReadProof {
  if (input.length > PROOF_BYTES_MAX)
    throw new FormatError(
      WHAT,
      `it has ${input.length} bytes, want at most ${PROOF_BYTES_MAX}`,
    );
  const text = decodeText(input, WHAT);
  const end = text.indexOf("\n\n");
  if (end < 0) throw new FormatError(WHAT, "no empty line ends its path");
  const [first, ...rest] = text.slice(0, end).split("\n");
  if (first !== FIRST_LINE)
    throw new FormatError(
      WHAT,
      `its first line is ${quote(first ?? "")}, want ${FIRST_LINE}`,
    );
  const hasExtra = rest[0]?.startsWith(EXTRA) === true;
  const extra = hasExtra ? readExtra(rest[0] ?? "") : undefined;
  const [indexLine = "", ...hashes] = hasExtra ? rest.slice(1) : rest;
  const index = readIndex(indexLine);
  const path = readPath(hashes);
  const note = text.slice(end + 2);
  const signed = parseNote(note);
  const checkpoint = parseCheckpoint(signed.text);
  if (index >= checkpoint.size)
    throw new FormatError(
      WHAT,
      `its index ${index} is not below the checkpoint's size ${checkpoint.size}`,
    );
  return { extra, index, path, note, signed, checkpoint };
}

/** What is formatted is our own: a proof that could not be read again is a bug and throws `FormatError`. */
export function formatTlogProof(proof: TlogProof): string {
  const { extra, index, path, note } = proof;
  const lines = [
    FIRST_LINE,
    ...(extra === undefined ? [] : [EXTRA + base64.encode(extra)]),
    INDEX + String(index),
    ...path.map((hash) => base64.encode(hash)),
  ];
  const text = `${lines.join("\n")}\n\n${note}`;
  parseTlogProof(text);
  return text;
}

/** Whether the leaf stands at the proof's index in the tree of its checkpoint. Who signed that is for `openCheckpoint` to say. */
export function provesLeaf(
  p: Primitives,
  { index, path, checkpoint }: ReadProof,
  leaf: Uint8Array,
): boolean {
  const { size, root } = checkpoint;
  return verifyInclusion(p, leaf, index, size, path, root);
}

function readExtra(line: string): Uint8Array {
  const bytes = decodeBase64(line.slice(EXTRA.length));
  // Where there are no extra data, the line is left out.
  if (bytes === undefined || bytes.length === 0)
    throw new FormatError(WHAT, `its line ${quote(line)} is not base64`);
  return bytes;
}

function readIndex(line: string): number {
  const index = line.startsWith(INDEX)
    ? decodeDecimal(line.slice(INDEX.length))
    : undefined;
  if (index === undefined)
    throw new FormatError(
      WHAT,
      `its line ${quote(line)} is not 'index <decimal>'`,
    );
  return index;
}

function readPath(lines: readonly string[]): Uint8Array[] {
  if (lines.length > PROOF_HASHES_MAX)
    throw new FormatError(
      WHAT,
      `its path has ${lines.length} hashes, want at most ${PROOF_HASHES_MAX}`,
    );
  return lines.map((line) => {
    const hash = decodeHash(line);
    if (hash === undefined)
      throw new FormatError(
        WHAT,
        `its line ${quote(line)} is not a hash of ${HASH_BYTES} bytes in base64`,
      );
    return hash;
  });
}
