import type { Entry } from "../acts/entry.ts";
import { paperPath } from "../acts/statement.ts";
import { formatCheckpoint } from "../log/checkpoint.ts";
import { FormatError } from "../log/format-error.ts";
import type { Nodes } from "../log/nodes.ts";
import { formatNote, signNote } from "../log/note.ts";
import type { Policy } from "../log/policy.ts";
import { ED25519, verifierKey } from "../log/verifier-key.ts";
import { primitives, type SigningKey } from "../store/crypto.ts";
import { isMissing } from "../store/durable.ts";
import type { Surroundings } from "../store/surroundings.ts";
import {
  collectCosignatures,
  QuorumMissing,
  type WitnessPolicies,
  type WitnessSizes,
} from "./witnesses.ts";

/** A change of the witness policy, by the entry that adopted it. */
type Adopted = { readonly entry: number; readonly paper: string };

export type CheckpointsOptions = {
  readonly origin: string;
  readonly logKey: SigningKey;
  readonly surroundings: Surroundings;
  readonly policies: WitnessPolicies;
};

const COSIGN_AGAIN_MS = 600_000;

/** Signs checkpoints and has them cosigned: what comes from here may be public. Knows which policy governs which size. */
export class Checkpoints {
  readonly #options: CheckpointsOptions;
  readonly #sizes: WitnessSizes = new Map();
  /** The policy under which the last public checkpoint was cosigned, and those that were adopted since. */
  #policy: string | undefined;
  #adopted: Adopted[] = [];
  #cosignedAt = 0;

  constructor(options: CheckpointsOptions) {
    this.#options = options;
  }

  /** Takes every entry in, in the order of the log; `published` is the size that is public already. */
  see(entry: Entry, index: number, published: number): void {
    const paper = policyIn(entry);
    if (paper === undefined) return;
    if (index < published) this.#policy = paper;
    else this.#adopted.push({ entry: index, paper });
  }

  /** Begins with what a snapshot knows, before the entries behind it are seen. */
  begin(adopted: Adopted | undefined, published: number): void {
    if (adopted === undefined) return;
    if (adopted.entry < published) this.#policy = adopted.paper;
    else this.#adopted.push(adopted);
  }

  /** I15: what is public is cosigned again every ten minutes though nothing grew. */
  get isDueAgain(): boolean {
    const { now } = this.#options.surroundings;
    return (
      this.#policy !== undefined && now() - this.#cosignedAt > COSIGN_AGAIN_MS
    );
  }

  /** The note of a checkpoint whose last entry is of `at`; throws `QuorumMissing` where its witnesses do not cosign it. */
  async sign(
    size: number,
    root: Uint8Array,
    at: number,
    nodes: Nodes,
  ): Promise<string> {
    const { origin, logKey } = this.#options;
    const text = formatCheckpoint({ origin, size, root, extensions: [] });
    const key = verifierKey(primitives, origin, ED25519, logKey.publicKey);
    const own = signNote(key, text, logKey.sign);
    const newest = this.#adopted.findLast((one) => one.entry < size)?.paper;
    // The checkpoint that first covers a change of policy needs the quorums of the old one and of the new one.
    const papers = [this.#policy, newest].filter(
      (paper, index, all) =>
        paper !== undefined && all.indexOf(paper) === index,
    );
    if (papers.length === 0) return formatNote(text, [own]);
    const wanted = await Promise.all(
      papers.map((paper) => this.#policyOf(paper ?? "")),
    );
    const note = { text, signatures: [own] };
    const cosignatures = await collectCosignatures(
      note,
      nodes,
      wanted,
      this.#sizes,
      at,
    );
    return formatNote(text, [own, ...cosignatures]);
  }

  /** The checkpoint of that size is public: a policy that it covers now stands alone. Before, the old quorum is still wanted. */
  published(size: number): void {
    this.#policy =
      this.#adopted.findLast((one) => one.entry < size)?.paper ?? this.#policy;
    this.#adopted = this.#adopted.filter((one) => one.entry >= size);
    this.#cosignedAt = this.#options.surroundings.now();
  }

  /** Until a policy can be read nothing is public under it: its paper may be handed in, or another policy be adopted. */
  async #policyOf(paper: string): Promise<Policy> {
    try {
      return await this.#options.policies(paper);
    } catch (cause) {
      if (!isMissing(cause) && !(cause instanceof FormatError)) throw cause;
      const why = isMissing(cause) ? "is not here" : "cannot be read";
      throw new QuorumMissing(
        `Cannot publish the checkpoint: its witness policy ${paperPath(paper)} ${why}; hand it in, or adopt another`,
        { cause },
      );
    }
  }
}

function policyIn(entry: Entry): string | undefined {
  if (entry.type !== "act" || entry.ruling.outcome !== "granted")
    return undefined;
  const { act } = entry.statement;
  if (act.kind === "witnessPolicyAdopted") return act.policy.paper;
  return act.kind === "genesis" ? act.witnessPolicy?.paper : undefined;
}
