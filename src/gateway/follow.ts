import { narrows } from "../acts/act.ts";
import { fromBase64url } from "../acts/bytes.ts";
import { parseEntry } from "../acts/entry.ts";
import { NO_POLICY } from "../log/policy.ts";
import { leafHash } from "../log/hash.ts";
import { parseNote } from "../log/note.ts";
import { openCheckpoint } from "../log/open-checkpoint.ts";
import {
  appendLeaf,
  type CompactRange,
  emptyRange,
  rootOf,
} from "../log/tree.ts";
import { ED25519, verifierKey } from "../log/verifier-key.ts";
import { apply } from "../register/apply.ts";
import {
  emptyRegister,
  type ReadRegister,
  type Register,
} from "../register/register.ts";
import { primitives } from "../store/crypto.ts";
import { LogHalted } from "../store/durable.ts";

/** Where a gateway reads the register log: published checkpoints and their entries, nothing else. */
export type RegisterFeed = {
  readonly checkpoint: () => Promise<string>;
  readonly entries: (
    from: number,
    to: number,
  ) => Promise<readonly Uint8Array[]>;
};

export type Followed = { readonly size: number; readonly root: Uint8Array };

/** A gateway's own register, folded from published checkpoints that it verified itself. */
export class Follower {
  readonly #feed: RegisterFeed;
  readonly #origin: string;
  readonly #register: Register = emptyRegister();
  readonly #range: CompactRange = emptyRange();
  #logKey: string | undefined;
  /** When the newest checkpoint was last fetched and verified. */
  verifiedAt = 0;

  constructor(feed: RegisterFeed, origin: string) {
    this.#feed = feed;
    this.#origin = origin;
  }

  get register(): ReadRegister {
    return this.#register;
  }

  get followed(): Followed {
    return { size: this.#range.size, root: rootOf(primitives, this.#range) };
  }

  /**
   * Follows the newest checkpoint. `narrowed` is called when a granted act on the way ended or narrowed something: in the
   * same step in which the register takes it in, so that nothing is admitted between the two.
   */
  async follow(now: number, narrowed: () => void): Promise<void> {
    const note = parseNote(await this.#feed.checkpoint());
    const size = Number(note.text.split("\n")[1]);
    const entries =
      size > this.#range.size
        ? await this.#feed.entries(this.#range.size, size)
        : [];
    const parsed = entries.map((raw) => ({ raw, entry: parseEntry(raw) }));
    const founding = parsed[0]?.entry;
    if (
      this.#logKey === undefined &&
      founding?.type === "act" &&
      founding.statement.act.kind === "genesis"
    )
      this.#logKey = founding.statement.act.logKey;
    if (this.#logKey === undefined)
      throw new LogHalted(
        "Cannot follow the register log: its first entry is not the founding act",
      );
    const key = verifierKey(
      primitives,
      this.#origin,
      ED25519,
      fromBase64url(this.#logKey),
    );
    const opening = openCheckpoint(primitives, note, [key], NO_POLICY);
    if (opening.outcome === "rejected")
      throw new LogHalted(
        "Cannot follow the register log: its checkpoint is not signed by its key",
      );
    const { checkpoint } = opening;
    if (checkpoint.size < this.#range.size)
      throw new LogHalted(
        `Cannot follow the register log: its checkpoint fell from ${this.#range.size} to ${checkpoint.size}`,
      );
    // The whole batch is verified before any of it is applied, and applied without a pause.
    const range = { size: this.#range.size, hashes: [...this.#range.hashes] };
    for (const { raw } of parsed)
      appendLeaf(primitives, range, leafHash(primitives, raw));
    if (
      range.size !== checkpoint.size ||
      Buffer.compare(rootOf(primitives, range), checkpoint.root) !== 0
    ) {
      throw new LogHalted(
        `Cannot follow the register log: its entries do not give the root of size ${checkpoint.size}`,
      );
    }
    this.#range.size = range.size;
    this.#range.hashes = range.hashes;
    let isNarrowed = false;
    for (const { entry } of parsed) {
      apply(primitives, this.#register, entry);
      if (
        entry.type === "act" &&
        entry.ruling.outcome === "granted" &&
        narrows(entry.statement.act.kind)
      )
        isNarrowed = true;
    }
    this.verifiedAt = now;
    if (isNarrowed) narrowed();
  }
}
