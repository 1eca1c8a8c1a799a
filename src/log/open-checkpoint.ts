import type { Primitives } from "../acts/primitives.ts";
import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts";
import type { SignedNote } from "./note.ts";
import { type NoteRejected, openNote } from "./open-note.ts";
import { type Policy, quorumMet } from "./policy.ts";
import type { VerifierKey } from "./verifier-key.ts";

export type CheckpointOpening =
  | {
      readonly outcome: "opened";
      readonly checkpoint: Checkpoint;
      readonly log: VerifierKey;
      /** All of the log's keys that signed it. */
      readonly signedBy: readonly VerifierKey[];
      /** POSIX seconds at which each witness cosigned, by its name in the policy. */
      readonly cosignedSeconds: ReadonlyMap<string, number>;
      readonly isQuorumMet: boolean;
    }
  | NoteRejected
  | {
      readonly outcome: "rejected";
      readonly reason: { readonly kind: "otherLog" };
    };

/**
 * Verifies a checkpoint for a reader: signed by a log key whose name is the checkpoint's origin, and by which of the
 * policy's witnesses (C2SP tlog-policy). `logKeys` are the policy's own, or one known from elsewhere. Throws
 * `FormatError` if the note's text is no checkpoint.
 */
export function openCheckpoint(
  p: Primitives,
  note: SignedNote,
  logKeys: readonly VerifierKey[],
  policy: Policy,
): CheckpointOpening {
  const checkpoint = parseCheckpoint(note.text);
  const keys = [...logKeys, ...policy.witnesses.map((witness) => witness.key)];
  const opening = openNote(p, note, keys);
  if (opening.outcome === "rejected") return opening;
  const signedBy = opening.verified
    .map(({ key }) => key)
    .filter((key) => logKeys.includes(key) && key.name === checkpoint.origin);
  const [log] = signedBy;
  if (log === undefined) {
    return { outcome: "rejected", reason: { kind: "otherLog" } };
  }
  const cosignedSeconds = new Map<string, number>();
  for (const signature of opening.verified) {
    if (signature.kind !== "cosignature") continue;
    const witness = policy.witnesses.find(({ key }) => key === signature.key);
    if (witness === undefined) continue;
    cosignedSeconds.set(witness.name, signature.timeSeconds);
  }
  return {
    outcome: "opened",
    checkpoint,
    log,
    signedBy,
    cosignedSeconds,
    isQuorumMet: quorumMet(policy, new Set(cosignedSeconds.keys())),
  };
}
