import { narrows } from "../acts/act.ts";
import { fromBase64url } from "../acts/bytes.ts";
import { type Entry, parseEntry } from "../acts/entry.ts";
import { NO_POLICY } from "../log/policy.ts";
import { leafHash } from "../log/hash.ts";
import { parseNote, type SignedNote } from "../log/note.ts";
import { openCheckpoint } from "../log/open-checkpoint.ts";
import {
  appendLeaf,
  type CompactRange,
  emptyRange,
  rootOf,
} from "../log/tree.ts";
import { ED25519, verifierKey } from "../log/verifier-key.ts";
import { apply } from "../register/apply.ts";
import { logKeysAt, noteLogKey } from "../register/log-keys.ts";
import {
  type Entered,
  emptyRegister,
  type ReadRegister,
  type Register,
} from "../register/register.ts";
import { primitives } from "../store/crypto.ts";
import { LogHalted } from "../store/durable.ts";

/** Where a gateway reads the register log: published checkpoints and their entries, nothing else. */
export type RegisterFeed = {
  readonly checkpoint: () => Promise<string>;
  /** When that checkpoint was asked for, where it was not just now. */
  readonly askedAt?: () => number;
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
    const askedAt = Math.min(now, this.#feed.askedAt?.() ?? now);
    const size = Number(note.text.split("\n")[1]);
    const entries =
      size > this.#range.size
        ? await this.#feed.entries(this.#range.size, size)
        : [];
    const parsed = entries.map((raw) => ({ raw, entry: parseEntry(raw) }));
    const opening = this.#opened(
      note,
      parsed.map(({ entry }) => entry),
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
    this.verifiedAt = Math.max(this.verifiedAt, askedAt);
    if (isNarrowed) narrowed();
  }

  /** The checkpoint, if every key that the log had named signed it: the entries behind what is followed say which these are. */
  #opened(note: SignedNote, entries: readonly Entry[]) {
    const { size, logKeys, at } = this.#register;
    const named = new Map<string, Entered>(logKeys);
    for (const [index, entry] of entries.entries())
      noteLogKey(named, entry, size + index);
    const last = {
      entry: size + entries.length - 1,
      at: entries.at(-1)?.at ?? at,
    };
    const keys = logKeysAt(named, last).map((key) =>
      verifierKey(primitives, this.#origin, ED25519, fromBase64url(key)),
    );
    if (keys.length === 0)
      throw new LogHalted(
        "Cannot follow the register log: its first entry is not the founding act",
      );
    const opening = openCheckpoint(primitives, note, keys, NO_POLICY);
    if (opening.outcome === "rejected" || opening.signedBy.length < keys.length)
      throw new LogHalted(
        "Cannot follow the register log: its checkpoint is not signed by its key",
      );
    return opening;
  }
}
