import { setTimeout as sleep } from "node:timers/promises";
import { verifyCosignature } from "../log/cosignature.ts";
import { FormatError } from "../log/format-error.ts";
import { type Nodes, nodeReader } from "../log/nodes.ts";
import {
  type NoteSignature,
  parseSignatures,
  type SignedNote,
} from "../log/note.ts";
import type { PolicyWitness } from "../log/policy.ts";
import { consistencyProof } from "../log/proof.ts";
import { formatAddCheckpoint, parseConflict } from "../log/witness.ts";
import { primitives } from "../store/crypto.ts";
import { LogHalted } from "../store/durable.ts";
import { Queue } from "../store/queue.ts";
import { contradiction, heldBy } from "./held.ts";
import { askOver } from "./http-answer.ts";
import type { LogKeysAgainst } from "./log-keys.ts";

const TIMEOUT_MS = 3_000;
export const EVIDENCE_TIMEOUT_MS = 1_000;
/** How long before each try of one request: three tries in all. */
const TRIES_AFTER_MS = [0, 10, 50] as const;
/** What is public for ever must not say of later entries that they were not there: a checker allows a minute. */
const AHEAD_MS_MAX = 30_000;
const REST_MS = 1_000;
const REST_MS_MAX = 60_000;

/** A checkpoint that is to be cosigned; its last entry is of `at`, and `nodes` are of everything that is durable. */
export type Cosigning = {
  readonly note: SignedNote;
  readonly size: number;
  readonly at: number;
  readonly nodes: Nodes;
};
export type Cosigned =
  { readonly signature: NoteSignature } | { readonly why: string };

/** A witness as an office knows it: what it was last seen to hold, and whether it answers. */
export class AskedWitness {
  readonly witness: PolicyWitness;
  readonly #logKeys: () => LogKeysAgainst;
  readonly #now: () => number;
  /** So that most submissions need one request. */
  #holds = 0;
  #failures = 0;
  #restsUntil = 0;
  #waiting = 0;
  /** It asked to be left alone until then, whoever may need it. */
  #pushedBackUntil = 0;
  /** When it cosigned last, by this office's clock. */
  cosignedAt: number | undefined;
  /** One submission after the other: the second would contradict what the first is about to make true. */
  readonly #submissions = new Queue();

  constructor(
    witness: PolicyWitness,
    logKeys: () => LogKeysAgainst,
    now: () => number,
  ) {
    this.witness = witness;
    this.#logKeys = logKeys;
    this.#now = now;
  }

  /** It failed, or has not answered yet, and is left alone for a while where the quorum can be met without it. */
  get rests(): boolean {
    return this.#waiting > 0 || performance.now() < this.#restsUntil;
  }

  /** Throws `LogHalted` where it proves that this log was set back or has two histories. */
  async cosign(checkpoint: Cosigning): Promise<Cosigned> {
    const asked = this.#submissions.add(() => this.#ask(checkpoint));
    this.#waiting++;
    const cosigned = await asked.finally(() => this.#waiting--);
    if ("signature" in cosigned) {
      this.#failures = 0;
      this.#restsUntil = 0;
      this.cosignedAt = this.#now();
    } else {
      const rest = REST_MS * 2 ** this.#failures++;
      this.#restsUntil = performance.now() + Math.min(rest, REST_MS_MAX);
    }
    return cosigned;
  }

  async #ask(checkpoint: Cosigning): Promise<Cosigned> {
    const { name, url } = this.witness;
    if (url === undefined) return { why: `witness ${name} has no address` };
    if (performance.now() < this.#pushedBackUntil)
      return { why: `witness ${name} asked to be asked later` };
    let last: Cosigned = { why: "" };
    for (const afterMs of TRIES_AFTER_MS) {
      await sleep(afterMs);
      const once = await this.#askOnce(checkpoint, url);
      if (!("again" in once)) return once;
      last = { why: once.again };
    }
    return last;
  }

  /** `again` is why another try may do better. */
  async #askOnce(
    checkpoint: Cosigning,
    url: string,
  ): Promise<Cosigned | { readonly again: string }> {
    const { name } = this.witness;
    const { note, size, nodes } = checkpoint;
    const old = Math.min(this.#holds, size);
    const proof = consistencyProof(primitives, old, size, nodeReader(nodes));
    const answer = await askOver(
      `${url.replace(/\/$/, "")}/add-checkpoint`,
      TIMEOUT_MS,
      formatAddCheckpoint(old, proof, note),
    );
    if ("why" in answer) {
      const why = `witness ${name} does not answer (${answer.why})`;
      return answer.isOver ? { why } : { again: why };
    }
    const { status, text } = answer;
    const said = text.trim().slice(0, 100);
    switch (status) {
      case 200:
        return this.#read(checkpoint, text);
      case 409: {
        const holds = sizeIn(text);
        if (holds !== undefined && holds <= size) {
          this.#holds = holds;
          return { again: `witness ${name} kept changing its size` };
        }
        const more = holds === undefined ? "without its size" : `with ${holds}`;
        return this.#evidence(nodes, `answered 409 ${more}`);
      }
      case 422:
        return this.#evidence(nodes, `answered 422 ${said}`);
      case 403:
      case 404:
        return {
          why: `witness ${name} does not know this log or its key (${status} ${said})`,
        };
      case 429:
        this.#pushedBackUntil = performance.now() + answer.laterMs;
        return { why: `witness ${name} asked to be asked later` };
      default:
        return { why: `witness ${name} answered ${status} ${said}` };
    }
  }

  /**
   * It says that it holds more, or otherwise. Its word alone halts no office: the checkpoint that it cosigned, with this
   * log's own signature, does.
   */
  async #evidence(nodes: Nodes, what: string): Promise<Cosigned> {
    const { name } = this.witness;
    // What it holds is to be asked for again.
    this.#holds = 0;
    const held = await this.held();
    if ("why" in held)
      return {
        why: `witness ${name} ${what}, and gives no evidence: ${held.why}`,
      };
    const against = contradiction(held, nodes);
    if (against !== undefined)
      throw new LogHalted(`Cannot publish: witness ${name} ${against}`);
    return {
      why: `witness ${name} ${what}, though the checkpoint of size ${held.size} that it shows is of this history`,
    };
  }

  async held(): ReturnType<typeof heldBy> {
    return heldBy(this.witness, this.#logKeys(), EVIDENCE_TIMEOUT_MS);
  }

  /** I15: an entry may not be later than a cosignature that covers it, so a witness whose clock is behind is asked again. */
  #read({ note, size, at }: Cosigning, text: string): Cosigned {
    const { name, key } = this.witness;
    for (const signature of signaturesIn(text)) {
      if (signature.keyId !== key.id || signature.name !== key.name) continue;
      const line = signature.signature;
      const time = verifyCosignature(primitives, key, note.text, line);
      if (time === undefined) continue;
      this.#holds = size;
      if (time * 1000 > this.#now() + AHEAD_MS_MAX)
        return {
          why: `witness ${name} cosigned at second ${time}, more than ${AHEAD_MS_MAX / 1000} seconds ahead of this clock: one of the two clocks is wrong`,
        };
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
