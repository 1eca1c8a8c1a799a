import type { Entry } from "../acts/entry.ts";
import { paperPath } from "../acts/statement.ts";
import { formatCheckpoint } from "../log/checkpoint.ts";
import { FormatError } from "../log/format-error.ts";
import { withGrease } from "../log/grease.ts";
import type { Nodes } from "../log/nodes.ts";
import { formatNote, type NoteSignature, signNote } from "../log/note.ts";
import type { Policy } from "../log/policy.ts";
import { ED25519, verifierKey } from "../log/verifier-key.ts";
import type { ReadRegister } from "../register/register.ts";
import { primitives } from "../store/crypto.ts";
import { isMissing } from "../store/durable.ts";
import { placeOf } from "../store/log.ts";
import type { Surroundings } from "../store/surroundings.ts";
import { CosignedHistory } from "./cosigned-history.ts";
import type { LogKeyRing, ReadLogKeys } from "./log-keys.ts";
import { QuorumMissing, type WitnessPolicies, Witnesses } from "./witnesses.ts";

/** A change of the witness policy, by the entry that adopted it. */
type Adopted = { readonly entry: number; readonly paper: string };

export type CheckpointsOptions = {
  readonly origin: string;
  readonly logKeys: ReadLogKeys;
  readonly surroundings: Surroundings;
  readonly policies: WitnessPolicies;
  /** Public checkpoints carry lines that mean nothing, so that a reader who does not pass over them breaks early. */
  readonly grease?: boolean;
  /** Hears of each witness that showed nothing when it was asked at the start. */
  readonly onSilentWitness?: (line: string) => void;
  /** The office's folder: what is cosigned is kept below its register log. */
  readonly folder: string;
  /** Hears of what went wrong and holds nobody up. */
  readonly tell: (line: string) => void;
};

export type CheckpointTimes = {
  /** 0 where this process has published none yet. */
  readonly publishedAt: number;
  readonly witnesses: readonly {
    readonly name: string;
    readonly cosignedAt: number | undefined;
  }[];
};

const COSIGN_AGAIN_MS = 600_000;

/** Signs checkpoints and has them cosigned: what comes from here may be public. Knows which policy governs which size. */
export class Checkpoints {
  readonly #options: CheckpointsOptions;
  readonly #keys: LogKeyRing;
  readonly #witnesses: Witnesses;
  /** The time of each entry that may be the last of a checkpoint. */
  readonly #times = new Map<number, number>();
  /** The policy under which the last public checkpoint was cosigned, and those that were adopted since. */
  #policy: string | undefined;
  #adopted: Adopted[] = [];
  #cosignedAt = 0;
  readonly history: CosignedHistory;

  constructor(options: CheckpointsOptions, keys: LogKeyRing) {
    this.#options = options;
    this.#keys = keys;
    const { folder, origin, tell } = options;
    this.#witnesses = new Witnesses(
      () => keys.against(origin),
      options.surroundings.now,
    );
    const { publicFolder } = placeOf(folder, origin, "register");
    this.history = new CosignedHistory(publicFolder, tell);
  }

  /** Takes every entry in, in the order of the log; `published` is the size that is public already. */
  see(entry: Entry, index: number, published: number): void {
    if (index < published) this.#times.clear();
    this.#times.set(index, entry.at);
    this.#keys.see(entry, index);
    const paper = policyIn(entry);
    if (paper === undefined) return;
    if (index < published) this.#policy = paper;
    else this.#adopted.push({ entry: index, paper });
  }

  /** Begins with what a snapshot knows, before the entries behind it are seen. */
  begin(
    { size, at, logKeys, witnessPolicy }: ReadRegister,
    published: number,
  ): void {
    if (size > 0) this.#times.set(size - 1, at);
    this.#keys.begin(logKeys, { entry: size - 1, at });
    const adopted = witnessPolicy && {
      entry: witnessPolicy.entry,
      paper: witnessPolicy.act.paper,
    };
    if (adopted === undefined) return;
    if (adopted.entry < published) this.#policy = adopted.paper;
    else this.#adopted.push(adopted);
  }

  /** When a checkpoint became public last, and when each witness cosigned one. */
  get times(): CheckpointTimes {
    const witnesses = this.#witnesses.asked.map(
      ({ witness: { key }, cosignedAt }) => ({ name: key.name, cosignedAt }),
    );
    return { publishedAt: this.#cosignedAt, witnesses };
  }

  /** I15: what is public is cosigned again every ten minutes though nothing grew. */
  get isDueAgain(): boolean {
    const { now } = this.#options.surroundings;
    const isOld = now() - this.#cosignedAt > COSIGN_AGAIN_MS;
    return this.#witnesses.haveProof || (this.#policy !== undefined && isOld);
  }

  /** The note of a checkpoint whose last entry is of `at`; throws `QuorumMissing` where its witnesses do not cosign it. */
  async sign(
    size: number,
    root: Uint8Array,
    at: number,
    nodes: Nodes,
  ): Promise<string> {
    const { origin } = this.#options;
    const text = formatCheckpoint({ origin, size, root, extensions: [] });
    const last = { entry: size - 1, at: this.#times.get(size - 1) ?? at };
    const own = this.#keys.signing(last).map((logKey) => {
      const key = verifierKey(primitives, origin, ED25519, logKey.publicKey);
      return signNote(key, text, logKey.sign);
    });
    const papers = this.#papersAt(size);
    if (papers.length === 0) return this.#noteOf(text, own);
    const wanted = await Promise.all(
      papers.map((paper) => this.#policyOf(paper)),
    );
    const note = { text, signatures: own };
    const cosignatures = await this.#witnesses.cosignatures(
      note,
      nodes,
      wanted,
      at,
    );
    return this.#noteOf(text, [...own, ...cosignatures]);
  }

  #noteOf(text: string, lines: readonly NoteSignature[]): string {
    const { grease, surroundings } = this.#options;
    return formatNote(
      text,
      grease === true ? withGrease(lines, surroundings.random) : lines,
    );
  }

  /**
   * Asks the witnesses, before anything is entered, for the newest checkpoint that they cosigned; throws `LogHalted` where one
   * proves that this log was set back.
   */
  async compare(nodes: Nodes): Promise<void> {
    const lines: string[] = [];
    const policies: Policy[] = [];
    for (const paper of this.#papersAt(nodes.range.size))
      try {
        policies.push(await this.#policyOf(paper));
      } catch (error) {
        if (!(error instanceof QuorumMissing)) throw error;
        lines.push(error.message);
      }
    lines.push(...(await this.#witnesses.compare(nodes, policies)));
    for (const line of lines) this.#options.onSilentWitness?.(line);
  }

  /** The checkpoint of that size is public as this note: a policy that it covers now stands alone. Before, the old quorum is still wanted. */
  published(size: number, note: string): void {
    this.#policy =
      this.#adopted.findLast((one) => one.entry < size)?.paper ?? this.#policy;
    this.#adopted = this.#adopted.filter((one) => one.entry >= size);
    for (const index of this.#times.keys())
      if (index < size - 1) this.#times.delete(index);
    this.#cosignedAt = this.#options.surroundings.now();
    // Without a policy nobody was asked.
    if (this.#policy !== undefined) this.history.keep(note, this.#cosignedAt);
  }

  /** The checkpoint that first covers a change of policy needs the quorums of the old one and of the new one. */
  #papersAt(size: number): readonly string[] {
    const newest = this.#adopted.findLast((one) => one.entry < size)?.paper;
    const papers = [this.#policy, newest].filter(
      (paper) => paper !== undefined,
    );
    return [...new Set(papers)];
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
