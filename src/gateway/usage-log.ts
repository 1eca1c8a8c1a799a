import { toBase64url } from "../acts/bytes.ts";
import { quarterSpan } from "../acts/dates.ts";
import type { Head } from "../acts/record.ts";
import { formatCheckpoint } from "../log/checkpoint.ts";
import { leafHash } from "../log/hash.ts";
import { formatNote, signNote } from "../log/note.ts";
import { appendLeaf, type CompactRange, rootOf } from "../log/tree.ts";
import { ED25519, verifierKey } from "../log/verifier-key.ts";
import type { ReadRegister } from "../register/register.ts";
import { base64urlOf, primitives, type SigningKey } from "../store/crypto.ts";
import type { Sql } from "../store/database.ts";
import { LogHalted } from "../store/durable.ts";
import { publicCheckpoint, ShownRoot } from "../store/files-end.ts";
import type { Synced } from "../store/journal.ts";
import type { JournalGroup } from "../store/journal-format.ts";
import { Log, placeOf } from "../store/log.ts";
import type { NewOpening, OpeningsFile } from "../store/openings.ts";
import { type MakeReceipt, receiptsOf } from "../uses/make-receipt.ts";
import {
  type Anchor,
  type Operation,
  SLOT,
  type SlotName,
  type UsageEntry,
  usageEntryBytes,
} from "../uses/use.ts";
import type { Followed } from "./follow.ts";
import { HeldEntries, SortedBlock } from "./held-entries.ts";
import { type OpenEntry, SlotCounts } from "./slot-counts.ts";
import { entryOf, UsageSums } from "./usage-sums.ts";

type Block = {
  readonly anchor: Anchor;
  readonly raw: Uint8Array;
  readonly held: HeldEntries;
};

export const PUBLISH_MS = 600_000;
const BLOCK_ENTRIES_MAX = 1_000_000;
/** As many become public at once; others are answered in between. */
const EXTEND_ENTRIES = 4_096;

export type UsageLogPlace = {
  readonly folder: string;
  readonly office: string;
  readonly gateway: string;
  readonly slotName: SlotName;
  readonly quarter: string;
};

/**
 * One usage log: open block, closed blocks that wait for their slot's end, and what is public. Everything that appends is
 * synchronous up to the journal's queue, so that nothing slips between an admission and its place in a block.
 */
export class UsageLog {
  readonly origin: string;
  readonly slotName: SlotName;
  readonly quarter: string;
  readonly span: { readonly from: number; readonly to: number };
  readonly sums: UsageSums;
  readonly receipt: MakeReceipt;
  readonly #log: Log;
  readonly #key: SigningKey;
  /** The tree up to and with the open block's anchor. */
  readonly #range: CompactRange;
  readonly #counts: SlotCounts;
  readonly #journalFolder: string;
  readonly #register: ReadRegister;
  #closed: SortedBlock[] = [];
  #block: Block | undefined;
  #anchored = 0;
  /** The slot of the newest anchor: slots never fall. */
  #lastSlot = 0;
  /** Slots that are over; their counts go away when they are durable in the log. */
  readonly #over: number[] = [];
  /** The size that the public checkpoint names. */
  #signed = 0;
  #publishing: Promise<void> = Promise.resolve();
  /** The head that was entered last covers this many entries. */
  headed = 0;

  private constructor(
    place: UsageLogPlace,
    log: Log,
    key: SigningKey,
    journalFolder: string,
    register: ReadRegister,
  ) {
    this.#register = register;
    this.origin = log.origin;
    this.slotName = place.slotName;
    this.sums = new UsageSums(place.slotName);
    this.quarter = place.quarter;
    this.span = quarterSpan(place.quarter);
    this.receipt = receiptsOf(
      ...([primitives, log.origin, key.publicKey, key.sign] as const),
      base64urlOf,
    );
    this.#log = log;
    this.#key = key;
    this.#counts = new SlotCounts(journalFolder);
    this.#journalFolder = journalFolder;
    this.#range = log.files.range();
  }

  static async open(
    sql: Sql,
    place: UsageLogPlace,
    key: SigningKey,
    openings: OpeningsFile,
    now: number,
    register: ReadRegister,
  ): Promise<UsageLog> {
    const path = `${place.gateway}/${place.slotName}/${place.quarter}`;
    const where = placeOf(place.folder, `${place.office}/${path}`, path);
    const { log, tail } = await Log.open(sql, where, now, (added) =>
      openings.add(added),
    );
    const usage = new UsageLog(
      ...([place, log, key, where.journalFolder, register] as const),
    );
    const shown = new ShownRoot(await publicCheckpoint(log.files.folder));
    await log.files.readThrough(0, {
      leaf: (hash) => openings.seen(hash),
      entry: (raw) => {
        usage.#recall(entryOf(raw), raw, register);
        usage.sums.show(raw, register);
      },
      size: (size, root) => shown.see(size, root),
    });
    usage.#recover(tail, register, openings);
    await usage.#counts.recallFile();
    shown.mustFit(
      log,
      usage.#closed.flatMap((block) => [...block.entries()]),
    );
    usage.#signed = shown.size;
    if (usage.#lastSlot > now)
      throw new LogHalted(
        `Cannot open log ${log.origin}: the clock says ${new Date(now).toISOString()}, its last slot began at ${new Date(usage.#lastSlot).toISOString()}; set the clock right`,
      );
    return usage;
  }

  get slotLength(): number {
    return SLOT[this.slotName];
  }

  /** The register size on which the open block rests; undefined when no block is open for this slot. */
  anchorFor(slot: number): number | undefined {
    const block = this.#block;
    if (
      block === undefined ||
      block.anchor.slot !== slot ||
      block.held.size >= BLOCK_ENTRIES_MAX
    )
      return undefined;
    return block.anchor.size;
  }

  /** Begins a block; a block that is open is closed first, and with it a slot that is over. */
  begin(slot: number, published: Followed): void {
    if (slot !== this.#counts.slot) this.endSlot(published);
    this.#close();
    const anchor: Anchor = {
      v: 1,
      kind: "anchor",
      size: published.size,
      root: toBase64url(published.root),
      slot,
    };
    const raw = usageEntryBytes(anchor);
    this.#log.journal.append(raw, 0).catch(ignore);
    this.#beginWith(anchor, raw);
  }

  /** Appends to the open block. Durable, with its opening, when it resolves. */
  add(
    entry: UsageEntry,
    raw: Uint8Array,
    register: ReadRegister,
    opening?: NewOpening,
    leaf: Uint8Array = leafHash(primitives, raw),
  ): Promise<Synced> {
    const block = this.#block;
    if (block === undefined)
      throw new Error(
        `Cannot append ${entry.kind} to ${this.origin}: no block is open`,
      );
    block.held.add(raw, leaf);
    this.sums.add(entry, raw, register);
    const publishBy = this.#publicBy(block.anchor.slot);
    return this.#log.journal.append(raw, publishBy, opening);
  }

  /** Open data: one entry a slot, dataset and operation, whose receipt all answers of the slot carry; counted when the slot ends. */
  async open(
    dataset: string,
    operation: Operation,
    slot: number,
    bytes: number,
    register: ReadRegister,
  ): Promise<{ synced: Synced; raw: Uint8Array; leaf: string }> {
    const opened =
      this.#counts.opened(dataset, operation) ??
      this.#opening({ v: 1, kind: "open", dataset, operation, slot }, register);
    this.#counts.countAnswer(opened, bytes);
    const { raw, leaf } = opened;
    return { synced: await opened.synced, raw, leaf };
  }

  /** Counts the bytes of a streamed answer; one that outlasts its slot is counted with what had left until then. */
  countBytes(leaf: string, bytes: number): void {
    this.#counts.countBytes(leaf, bytes);
  }

  /** Counts a refused request for the slot's end. */
  refuse(
    organisation: string | undefined,
    dataset: string,
    rule: string,
  ): void {
    this.#counts.countRefusal(organisation, dataset, rule);
  }

  /** The slot is over: what was opened is counted, what was refused is entered, the block is closed. */
  endSlot(published: Followed): void {
    const { slot, isPending } = this.#counts;
    // A crash came between a block that was cut and the one that would have counted what it opened.
    if (this.#block === undefined && isPending) this.begin(slot, published);
    const block = this.#block;
    if (block === undefined) return;
    for (const entry of this.#counts.take()) {
      const raw = usageEntryBytes(entry);
      block.held.add(raw, leafHash(primitives, raw));
      this.#log.journal.append(raw, 0).catch(ignore);
    }
    this.#close();
    this.#over.push(slot);
  }

  /** The slot of the open block, or the one that a crash left uncounted. */
  get slot(): number | undefined {
    const { slot, isPending } = this.#counts;
    return this.#block?.anchor.slot ?? (isPending ? slot : undefined);
  }

  /** Size and root up to and with the last anchor; what a head of this log says. */
  head(closed = false): Head {
    return {
      kind: "head",
      log: this.origin,
      size: this.#range.size,
      root: toBase64url(rootOf(primitives, this.#range)),
      anchored: this.#anchored,
      ...(closed ? { closed } : {}),
    };
  }

  get size(): number {
    return this.#range.size;
  }

  get unpublished(): number {
    return this.#range.size - this.#signed;
  }

  /** Blocks whose slot has ended go into the public files, and the log's checkpoint with them. */
  async publish(now: number): Promise<void> {
    const published = this.#publishing
      .catch(ignore)
      .then(() => this.#publishOnce(now));
    this.#publishing = published;
    await published;
  }

  async #publishOnce(now: number): Promise<void> {
    // Only what was asked for before is durable behind the next line.
    const over = this.#over.splice(0);
    const due = this.#takeDue(now);
    await this.#log.journal.drained();
    for (const slot of over) this.#counts.forget(slot);
    let part: Uint8Array[] = [];
    const extend = async (): Promise<void> => {
      await this.#log.extend(part);
      this.sums.willShow(part);
      part = [];
    };
    for (const block of due)
      for (const entry of block.entries())
        if (part.push(entry) === EXTEND_ENTRIES) await extend();
    await extend();
    for (const block of due) block.close();
    // What follows may fail while the database is away; it is then done with the next block, or when it is called again.
    await this.#log.advance(now);
    const { size } = this.#log.files;
    if (size === this.#signed) return;
    const { origin } = this;
    const root = this.#log.files.root();
    const text = formatCheckpoint({ origin, size, root, extensions: [] });
    const key = verifierKey(primitives, origin, ED25519, this.#key.publicKey);
    const signature = signNote(key, text, this.#key.sign);
    await this.#log.files.writeCheckpoint(formatNote(text, [signature]));
    this.#signed = size;
    this.sums.showAll(this.#register);
  }

  async drained(): Promise<void> {
    await this.#log.journal.drained();
  }

  async close(): Promise<void> {
    await this.#publishing.catch(ignore);
    this.#block?.held.close();
    this.#block = undefined;
    for (const block of this.#closed.splice(0)) block.close();
    this.#counts.close();
    await this.#log.close();
  }

  #takeDue(now: number): readonly SortedBlock[] {
    const waits = this.#closed.findIndex(
      ({ slot }) => slot + this.slotLength > now,
    );
    return this.#closed.splice(0, waits < 0 ? this.#closed.length : waits);
  }

  #publicBy(slot: number): number {
    return slot + this.slotLength + PUBLISH_MS;
  }

  #opening(entry: OpenEntry, register: ReadRegister) {
    const raw = usageEntryBytes(entry);
    const leaf = toBase64url(leafHash(primitives, raw));
    const synced = this.add(entry, raw, register);
    const opened = { entry, raw, leaf, synced, uses: 0, bytes: 0 };
    this.#counts.open(opened);
    return opened;
  }

  #beginWith(anchor: Anchor, raw: Uint8Array): void {
    const held = new HeldEntries(this.#journalFolder, this.#log.journal);
    this.#block = { anchor, raw, held };
    this.#anchored = anchor.size;
    this.#lastSlot = anchor.slot;
    this.#counts.turnTo(anchor.slot);
    appendLeaf(primitives, this.#range, leafHash(primitives, raw));
  }

  #close(mark = true): void {
    const block = this.#block;
    if (block === undefined) return;
    const { anchor, raw, held } = block;
    const order = held.order((leaf) =>
      appendLeaf(primitives, this.#range, leaf),
    );
    this.#closed.push(new SortedBlock(anchor.slot, raw, held, order));
    this.#block = undefined;
    if (mark) this.#log.journal.closeBlock().catch(ignore);
  }

  #recall(entry: UsageEntry, raw: Uint8Array, register: ReadRegister): void {
    if (entry.kind === "anchor") {
      this.#anchored = entry.size;
      this.#lastSlot = entry.slot;
    }
    this.sums.add(entry, raw, register);
  }

  #recover(
    tail: readonly JournalGroup[],
    register: ReadRegister,
    openings: OpeningsFile,
  ): void {
    for (const group of tail) {
      for (const raw of group.entries) {
        const entry = entryOf(raw);
        this.#recall(entry, raw, register);
        if (entry.kind === "anchor") {
          this.#close(false);
          this.#beginWith(entry, raw);
        } else {
          const leaf = leafHash(primitives, raw);
          openings.seen(leaf);
          this.#block?.held.add(raw, leaf);
          const publishBy = this.#publicBy(this.#lastSlot);
          this.#counts.recall(entry, raw, toBase64url(leaf), group, publishBy);
        }
      }
      if (group.closes) this.#close(false);
    }
  }
}

/** The journal halts by itself after a failed write, and the next thing that waits for it hears of it. */
function ignore(): void {
  return;
}
