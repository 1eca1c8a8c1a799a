import { base64 } from "@scure/base";
import { bytesToHex, sameBytes, utf8ToBytes } from "../acts/bytes.ts";
import type { Primitives } from "../acts/primitives.ts";
import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts";
import { decodeDecimal, decodeHash, decodeText } from "./encoding.ts";
import { FormatError, quote } from "./format-error.ts";
import { emptyRoot } from "./hash.ts";
import {
  formatNote,
  type NoteSignature,
  parseNote,
  type SignedNote,
} from "./note.ts";
import { openNote } from "./open-note.ts";
import { verifyConsistency } from "./proof.ts";
import type { VerifierKey } from "./verifier-key.ts";

const WHAT = "add-checkpoint request";
const OLD = "old ";

/** C2SP tlog-witness "add-checkpoint". */
export const PROOF_LINES_MAX = 63;
export const CONFLICT_CONTENT_TYPE = "text/x.tlog.size";

export type AddCheckpoint = {
  readonly oldSize: number;
  readonly proof: readonly Uint8Array[];
  readonly note: SignedNote;
  readonly checkpoint: Checkpoint;
};

/** The latest checkpoint that a witness cosigned for an origin. */
export type WitnessState = { readonly size: number; readonly root: Uint8Array };

/**
 * A witness's answer by HTTP status. On 200 the caller cosigns and persists `state`, in one step with having read the
 * state that was judged, before it answers; `signatures` are the log's own that verified, and the only ones of the request
 * that it may keep or show: whatever else stood there could hide its cosignature. On 409 the body is `formatConflict(size)`.
 */
export type AddCheckpointAnswer =
  | {
      readonly status: 200;
      readonly state: WitnessState;
      readonly signatures: readonly NoteSignature[];
    }
  | { readonly status: 409; readonly size: number }
  | { readonly status: 400 | 403 | 404 | 422; readonly reason: string };

/** Throws `FormatError`, which a witness answers with 400. */
export function parseAddCheckpoint(input: Uint8Array | string): AddCheckpoint {
  const body = decodeText(input, WHAT);
  // The first empty line ends the head; the note's text has its own.
  const end = body.indexOf("\n\n");
  if (end < 0) throw new FormatError(WHAT, "no empty line ends its proof");
  const [oldLine = "", ...proofLines] = body.slice(0, end).split("\n");
  const oldSize = oldLine.startsWith(OLD)
    ? decodeDecimal(oldLine.slice(OLD.length))
    : undefined;
  if (oldSize === undefined) {
    throw new FormatError(WHAT, `line 1 ${quote(oldLine)} is not 'old <size>'`);
  }
  if (proofLines.length > PROOF_LINES_MAX) {
    throw new FormatError(
      WHAT,
      `it has ${proofLines.length} proof lines, want at most ${PROOF_LINES_MAX}`,
    );
  }
  const proof = proofLines.map((line, index) => {
    const hash = decodeHash(line);
    if (hash !== undefined) return hash;
    throw new FormatError(
      WHAT,
      `line ${index + 2} ${quote(line)} is not a hash of 32 bytes in base64`,
    );
  });
  const note = parseNote(body.slice(end + 2));
  return { oldSize, proof, note, checkpoint: parseCheckpoint(note.text) };
}

/** The body a log sends to a witness. */
export function formatAddCheckpoint(
  oldSize: number,
  proof: readonly Uint8Array[],
  note: SignedNote,
): string {
  const lines = [`${OLD}${oldSize}`, ...proof.map((h) => base64.encode(h)), ""];
  const head = lines.map((line) => `${line}\n`).join("");
  return head + formatNote(note.text, note.signatures);
}

/**
 * Decides a request by C2SP tlog-witness "add-checkpoint". `logKeys` are the keys trusted for the checkpoint's origin:
 * none, if the origin is unknown. `state` is undefined if nothing was cosigned for it yet.
 */
export function judgeAddCheckpoint(
  p: Primitives,
  state: WitnessState | undefined,
  request: AddCheckpoint,
  logKeys: readonly VerifierKey[],
): AddCheckpointAnswer {
  const { oldSize, proof, note, checkpoint } = request;
  const { size, root } = checkpoint;
  if (logKeys.length === 0) {
    return refuse(404, `the origin ${quote(checkpoint.origin)} is not known`);
  }
  const opening = openNote(p, note, logKeys);
  if (opening.outcome === "rejected") {
    return refuse(403, "no key of that log signed it, or a signature is wrong");
  }
  if (oldSize > size) {
    return refuse(400, `the old size ${oldSize} is larger than ${size}`);
  }
  const latestSize = state?.size ?? 0;
  if (oldSize !== latestSize) return { status: 409, size: latestSize };
  if (size === 0 && !sameBytes(root, emptyRoot(p))) {
    return refuse(422, "the root is not that of the empty tree");
  }
  const signatures = opening.verified.map(({ line }) => line);
  const accepted = { status: 200, state: { size, root }, signatures } as const;
  if (state === undefined || oldSize === 0) {
    // The empty tree is consistent with every other, so there is nothing to prove.
    return proof.length === 0
      ? accepted
      : refuse(422, "a proof from the old size 0 must be empty");
  }
  return verifyConsistency(p, oldSize, state.root, size, root, proof)
    ? accepted
    : refuse(422, `it does not extend the tree of size ${oldSize}`);
}

/** The body of a 409, of type `text/x.tlog.size`. */
export function formatConflict(size: number): string {
  return `${size}\n`;
}

/** The size in the body of a 409; throws `FormatError`, as for the empty body that some witnesses send. */
export function parseConflict(input: Uint8Array | string): number {
  const body = decodeText(input, "conflict");
  const size = body.endsWith("\n")
    ? decodeDecimal(body.slice(0, -1))
    : undefined;
  if (size !== undefined) return size;
  throw new FormatError("conflict", `${quote(body)} is not '<size>'`);
}

/** C2SP tlog-witness "Monitor Retrieval Mechanism": where, under its monitoring prefix, a witness shows a log's checkpoint. */
export function monitoringPath(p: Primitives, origin: string): string {
  return `${bytesToHex(p.sha256(utf8ToBytes(origin)))}/checkpoint`;
}

function refuse(
  status: 400 | 403 | 404 | 422,
  reason: string,
): AddCheckpointAnswer {
  return { status, reason };
}
