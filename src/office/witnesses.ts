import { parseCheckpoint } from "../log/checkpoint.ts";
import { verifyCosignature } from "../log/cosignature.ts";
import { FormatError } from "../log/format-error.ts";
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

/**
 * Cosignatures of the policies' witnesses over one checkpoint, whose last entry is of `at`; throws `QuorumMissing` when
 * one of the quorums is not met.
 */
export async function collectCosignatures(
  note: SignedNote,
  nodes: Nodes,
  policies: readonly Policy[],
  sizes: WitnessSizes,
  at = 0,
): Promise<NoteSignature[]> {
  const { size } = parseCheckpoint(note.text);
  const checkpoint = { note, size, at };
  const witnesses = new Map<string, PolicyWitness>();
  for (const policy of policies)
    for (const witness of policy.witnesses)
      witnesses.set(keyOf(witness), witness);
  const answers = await Promise.all(
    [...witnesses].map(async ([key, witness]) => ({
      key,
      ...(await cosignedBy(witness, checkpoint, nodes, sizes)),
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

type Cosigning = {
  readonly note: SignedNote;
  readonly size: number;
  readonly at: number;
};
type Cosigned = { readonly signature?: NoteSignature; readonly why?: string };

async function cosignedBy(
  witness: PolicyWitness,
  checkpoint: Cosigning,
  nodes: Nodes,
  sizes: WitnessSizes,
): Promise<Cosigned> {
  const { name, url } = witness;
  if (url === undefined) return { why: `witness ${name} has no address` };
  const { note, size } = checkpoint;
  for (let attempt = 0; attempt < TRIES_MAX; attempt++) {
    const old = Math.min(sizes.get(keyOf(witness)) ?? 0, size);
    const body = formatAddCheckpoint(
      old,
      consistencyProof(primitives, old, size, nodeReader(nodes)),
      note,
    );
    const answer = await post(`${url.replace(/\/$/, "")}/add-checkpoint`, body);
    if ("why" in answer)
      return { why: `witness ${name} does not answer (${answer.why})` };
    const { status, text } = answer;
    if (status === 409) {
      const holds = sizeIn(text);
      if (holds === undefined)
        return { why: `witness ${name} answered 409 without its size` };
      if (holds > size)
        throw new LogHalted(
          `Cannot publish size ${size}: witness ${name} holds size ${holds}; this log was set back, restore it from a mirror`,
        );
      sizes.set(keyOf(witness), holds);
      continue;
    }
    if (status === 422)
      throw new LogHalted(
        `Cannot publish size ${size}: witness ${name} holds another history (${text.trim()})`,
      );
    if (status !== 200)
      return {
        why: `witness ${name} answered ${status} ${text.trim().slice(0, 100)}`,
      };
    sizes.set(keyOf(witness), size);
    return readCosignature(witness, checkpoint, text);
  }
  return { why: `witness ${name} kept changing its size` };
}

type Answer =
  { readonly status: number; readonly text: string } | { readonly why: string };

async function post(address: string, body: string): Promise<Answer> {
  try {
    const response = await fetch(address, {
      method: "POST",
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    return { why: causeOf(error) };
  }
}

/** fetch says that it failed, and its cause says why. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown error";
  return error.cause instanceof Error ? error.cause.message : error.message;
}

/** I15: an entry may not be later than a cosignature that covers it, so a witness whose clock is behind is asked again. */
function readCosignature(
  { name, key }: PolicyWitness,
  { note, at }: Cosigning,
  text: string,
): Cosigned {
  for (const signature of signaturesIn(text)) {
    if (signature.keyId !== key.id || signature.name !== key.name) continue;
    const time = verifyCosignature(
      primitives,
      key,
      note.text,
      signature.signature,
    );
    if (time === undefined) continue;
    return at < (time + 1) * 1000
      ? { signature }
      : {
          why: `witness ${name} cosigned at second ${time}, the last entry is of ${at}: one of the two clocks is wrong`,
        };
  }
  return {
    why: `witness ${name} answered with a cosignature that does not verify`,
  };
}

/** A witness may answer anything: what is no signature is none. */
function signaturesIn(text: string): readonly NoteSignature[] {
  return orElse(() => parseSignatures(text), []);
}

function sizeIn(text: string): number | undefined {
  return orElse(() => parseConflict(text), undefined);
}

function orElse<T>(parse: () => T, otherwise: T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof FormatError) return otherwise;
    throw error;
  }
}
