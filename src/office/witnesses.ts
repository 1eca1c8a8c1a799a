import { parseCheckpoint } from "../log/checkpoint.ts";
import { verifyCosignature } from "../log/cosignature.ts";
import { type Nodes, nodeReader } from "../log/nodes.ts";
import {
  type NoteSignature,
  parseSignatures,
  type SignedNote,
} from "../log/note.ts";
import { type Policy, type PolicyWitness, quorumMet } from "../log/policy.ts";
import { consistencyProof } from "../log/proof.ts";
import { formatAddCheckpoint, parseConflict } from "../log/witness.ts";
import { primitives } from "../store/crypto.ts";
import { LogHalted } from "../store/durable.ts";

/** The policy behind a public paper. */
export type WitnessPolicies = (paper: string) => Promise<Policy>;

/** A checkpoint stays unpublished until its quorum has cosigned; nothing that was entered is lost. */
export class QuorumMissing extends Error {
  override readonly name = "QuorumMissing";
}

const TIMEOUT_MS = 3_000;
const TRIES_MAX = 3;

/** What each witness was last seen to hold, so that most submissions need one request. */
export type WitnessSizes = Map<string, number>;

/** Cosignatures of the policies' witnesses over one checkpoint; throws `QuorumMissing` when one of the quorums is not met. */
export async function collectCosignatures(
  note: SignedNote,
  nodes: Nodes,
  policies: readonly Policy[],
  sizes: WitnessSizes,
): Promise<NoteSignature[]> {
  const witnesses = new Map<string, PolicyWitness>();
  for (const policy of policies)
    for (const witness of policy.witnesses)
      witnesses.set(keyOf(witness), witness);
  const answers = await Promise.all(
    [...witnesses].map(async ([key, witness]) => ({
      key,
      ...(await cosignedBy(witness, note, nodes, sizes)),
    })),
  );
  const got = new Set(
    answers.filter((a) => a.signature !== undefined).map((a) => a.key),
  );
  for (const policy of policies) {
    const names = policy.witnesses
      .filter((w) => got.has(keyOf(w)))
      .map((w) => w.name);
    if (!quorumMet(policy, new Set(names))) {
      const why = answers
        .flatMap((a) => (a.why === undefined ? [] : [a.why]))
        .join("; ");
      throw new QuorumMissing(
        `Cannot publish the checkpoint: its witnesses' quorum is not met (${why}); it is tried again`,
      );
    }
  }
  return answers.flatMap((a) =>
    a.signature === undefined ? [] : [a.signature],
  );
}

function keyOf(witness: PolicyWitness): string {
  return `${witness.key.name}+${witness.key.id}`;
}

type Cosigned = { readonly signature?: NoteSignature; readonly why?: string };

async function cosignedBy(
  witness: PolicyWitness,
  note: SignedNote,
  nodes: Nodes,
  sizes: WitnessSizes,
): Promise<Cosigned> {
  if (witness.url === undefined)
    return { why: `witness ${witness.name} has no address` };
  const { size } = parseCheckpoint(note.text);
  for (let attempt = 0; attempt < TRIES_MAX; attempt++) {
    const old = Math.min(sizes.get(keyOf(witness)) ?? 0, size);
    const body = formatAddCheckpoint(
      old,
      consistencyProof(primitives, old, size, nodeReader(nodes)),
      note,
    );
    let response: Response;
    try {
      response = await fetch(
        `${witness.url.replace(/\/$/, "")}/add-checkpoint`,
        { method: "POST", body, signal: AbortSignal.timeout(TIMEOUT_MS) },
      );
    } catch (error) {
      return {
        why: `witness ${witness.name} does not answer (${error instanceof Error ? error.message : "unknown error"})`,
      };
    }
    const text = await response.text();
    if (response.status === 409) {
      const holds = parseConflict(text);
      if (holds > size)
        throw new LogHalted(
          `Cannot publish size ${size}: witness ${witness.name} holds size ${holds}; this log was set back, restore it from a mirror`,
        );
      sizes.set(keyOf(witness), holds);
      continue;
    }
    if (response.status === 422)
      throw new LogHalted(
        `Cannot publish size ${size}: witness ${witness.name} holds another history (${text.trim()})`,
      );
    if (response.status !== 200)
      return {
        why: `witness ${witness.name} answered ${response.status} ${text.trim().slice(0, 100)}`,
      };
    const signature = parseSignatures(text).find(
      (one) =>
        one.keyId === witness.key.id &&
        one.name === witness.key.name &&
        verifyCosignature(primitives, witness.key, note.text, one.signature) !==
          undefined,
    );
    if (signature === undefined)
      return {
        why: `witness ${witness.name} answered with a cosignature that does not verify`,
      };
    sizes.set(keyOf(witness), size);
    return { signature };
  }
  return { why: `witness ${witness.name} kept changing its size` };
}
