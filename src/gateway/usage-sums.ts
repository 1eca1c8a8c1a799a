import { toBase64url } from "../acts/bytes.ts";
import { newTally, tally } from "../audit/usage-state.ts";
import { leafHash } from "../log/hash.ts";
import type { ReadRegister } from "../register/register.ts";
import { noteSealed, type SealedUses } from "../rules/seals.ts";
import { primitives } from "../store/crypto.ts";
import { readUse } from "../uses/codec.ts";
import {
  parseUsageEntry,
  REPEAT_MS_MAX,
  type SlotName,
  type UsageEntry,
  type Use,
} from "../uses/use.ts";

/** What one usage log adds up to, and which of its uses may still be spoken of. */
export class UsageSums {
  /** Everything that was entered, and the open uses that were not settled yet. */
  readonly tally = newTally();
  /** What is public: pages that said more than this would tell when somebody was asked about. */
  readonly shown = newTally();
  /** Keyed uses of the last 24 hours by their leaf hash: they may be answered anew. */
  readonly keyed = new Map<string, Use>();
  /** Uses whose subjects do not see them yet. */
  readonly sealed: SealedUses = new Map();
  readonly #slotName: SlotName;
  /** Entries that stand in the files and under no public checkpoint yet. */
  #unshown: (readonly Uint8Array[])[] = [];

  constructor(slotName: SlotName) {
    this.#slotName = slotName;
  }

  add(entry: UsageEntry, raw: Uint8Array, register: ReadRegister): void {
    const leaf = leafOf(raw);
    tally(this.tally, entry, leaf, register);
    if (entry.kind !== "use") return;
    if (this.#slotName === "hour") noteSealed(this.sealed, entry, register);
    if (entry.keyed === true) this.#keep(leaf(), entry);
  }

  /** These will be public with the next checkpoint. */
  willShow(entries: readonly Uint8Array[]): void {
    this.#unshown.push(entries);
  }

  /** A checkpoint over everything that was to be shown is public. */
  showAll(register: ReadRegister): void {
    for (const entries of this.#unshown.splice(0))
      for (const raw of entries) this.show(raw, register);
  }

  show(raw: Uint8Array, register: ReadRegister): void {
    tally(this.shown, entryOf(raw), leafOf(raw), register);
  }

  #keep(leaf: string, use: Use): void {
    this.keyed.set(leaf, use);
    for (const [old, { slot }] of this.keyed) {
      if (use.slot - slot <= REPEAT_MS_MAX) return;
      this.keyed.delete(old);
    }
  }
}

export function entryOf(raw: Uint8Array): UsageEntry {
  return readUse(raw) ?? parseUsageEntry(raw);
}

function leafOf(raw: Uint8Array): () => string {
  return () => toBase64url(leafHash(primitives, raw));
}
