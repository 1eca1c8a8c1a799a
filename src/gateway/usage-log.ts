import { compareBytes, sameBytes, toBase64url } from "../acts/bytes.ts";
import { quarterSpan } from "../acts/dates.ts";
import type { Head } from "../acts/record.ts";
import { addTotals } from "../audit/usage-state.ts";
import { formatCheckpoint } from "../log/checkpoint.ts";
import { leafHash } from "../log/hash.ts";
import { formatNote, signNote } from "../log/note.ts";
import { appendLeaf, type CompactRange, rootOf } from "../log/tree.ts";
import { ED25519, verifierKey } from "../log/verifier-key.ts";
import type { ReadRegister, TotalsRow } from "../register/register.ts";
import { primitives, type SigningKey } from "../store/crypto.ts";
import { SlotCounts } from "./slot-counts.ts";
import type { Sql } from "../store/database.ts";
import type { Synced } from "../store/journal.ts";
import type { JournalGroup } from "../store/journal-format.ts";
import { Log, placeOf } from "../store/log.ts";
import type { OpeningsFile } from "../store/openings.ts";
import {
  type Anchor,
  type Operation,
  parseUsageEntry,
  SLOT,
  type SlotName,
  type UsageEntry,
  usageEntryBytes,
} from "../uses/use.ts";

type Item = { readonly raw: Uint8Array; readonly leaf: Uint8Array };
type Block = {
  readonly anchor: Anchor;
  readonly first: Item;
  readonly items: Item[];
};
export const PUBLISH_MS = 600_000;
const BLOCK_ENTRIES_MAX = 1_000_000;

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
  readonly #log: Log;
  readonly #key: SigningKey;
  readonly #counts: SlotCounts;
  /** The tree up to and with the open block's anchor. */
  readonly #range: CompactRange;
  #closed: {
    readonly entries: readonly Uint8Array[];
    readonly slot: number;
  }[] = [];
  #block: Block | undefined;
  #anchored = 0;
  readonly totals = new Map<string, TotalsRow>();
  /** The head that was entered last covers this many entries. */
  headed = 0;

  private constructor(
    place: UsageLogPlace,
    log: Log,
    key: SigningKey,
    counts: SlotCounts,
  ) {
    this.origin = log.origin;
    this.slotName = place.slotName;
    this.quarter = place.quarter;
    this.span = quarterSpan(place.quarter);
    this.#log = log;
    this.#key = key;
    this.#counts = counts;
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
    const { log, tail } = await Log.open(sql, where, now, (parts) =>
      openings.add(parts),
    );
    const usage = new UsageLog(
      place,
      log,
      key,
      new SlotCounts(where.journalFolder),
    );
    for (let from = 0; from < log.files.size; from += 4096) {
      for (const raw of await log.files.entries(
        from,
        Math.min(from + 4096, log.files.size),
      ))
        usage.#recall(parseUsageEntry(raw), register);
    }
    usage.#recover(tail, register);
    await usage.#counts.recall(usage.slot);
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
      block.items.length >= BLOCK_ENTRIES_MAX
    )
      return undefined;
    return block.anchor.size;
  }

  /** Begins a block; a block that is open is closed first. */
  begin(
    slot: number,
    published: { readonly size: number; readonly root: Uint8Array },
  ): void {
    if (this.#block !== undefined && this.#block.anchor.slot !== slot)
      this.endSlot();
    this.#close();
    const anchor: Anchor = {
      v: 1,
      kind: "anchor",
      size: published.size,
      root: toBase64url(published.root),
      slot,
    };
    const raw = usageEntryBytes(anchor);
    void this.#log.journal.append(raw, 0).catch(ignore);
    this.#beginWith(anchor, raw);
  }

  /** Appends to the open block. Durable, with its opening, when it resolves. */
  add(
    entry: UsageEntry,
    raw: Uint8Array,
    register: ReadRegister,
    opening?: Uint8Array,
  ): Promise<Synced> {
    const block = this.#block;
    if (block === undefined)
      throw new Error(
        `Cannot append ${entry.kind} to ${this.origin}: no block is open`,
      );
    const publishBy = block.anchor.slot + this.slotLength + PUBLISH_MS;
    block.items.push({ raw, leaf: leafHash(primitives, raw) });
    this.#tally(entry, register);
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
    let opened = this.#counts.opened(dataset, operation);
    if (opened === undefined) {
      const entry: UsageEntry = {
        v: 1,
        kind: "open",
        dataset,
        operation,
        slot,
      };
      const raw = usageEntryBytes(entry);
      const leaf = toBase64url(leafHash(primitives, raw));
      const synced = this.add(entry, raw, register);
      opened = { synced, raw, leaf, dataset, operation, uses: 0, bytes: 0 };
      this.#counts.open(opened);
    }
    this.#counts.count(opened, bytes, slot);
    return { synced: await opened.synced, raw: opened.raw, leaf: opened.leaf };
  }

  /** Counts a refused request for the slot's end. */
  refuse(
    organisation: string | undefined,
    dataset: string,
    rule: string,
    slot: number,
  ): void {
    this.#counts.refuse(organisation, dataset, rule, slot);
  }

  /** The slot is over: what was opened is counted, what was refused is entered, the block is closed. */
  endSlot(): void {
    const block = this.#block;
    if (block === undefined) return;
    for (const entry of this.#counts.end(block.anchor.slot)) {
      const raw = usageEntryBytes(entry);
      block.items.push({ raw, leaf: leafHash(primitives, raw) });
      void this.#log.journal.append(raw, 0).catch(ignore);
    }
    this.#close();
  }

  /** The slot of the open block, if one is open. */
  get slot(): number | undefined {
    return this.#block?.anchor.slot;
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

  /** Blocks whose slot has ended go into the public files, and the log's checkpoint with them. */
  async publish(now: number): Promise<void> {
    const due: Uint8Array[] = [];
    await this.#log.journal.drained();
    this.#counts.durable();
    while (
      this.#closed[0] !== undefined &&
      this.#closed[0].slot + this.slotLength <= now
    )
      due.push(...(this.#closed.shift()?.entries ?? []));
    if (due.length === 0) return;
    await this.#log.advance(due, now);
    const { size } = this.#log.files;
    const text = formatCheckpoint({
      origin: this.origin,
      size,
      root: this.#log.files.root(),
      extensions: [],
    });
    const signature = signNote(
      verifierKey(primitives, this.origin, ED25519, this.#key.publicKey),
      text,
      this.#key.sign,
    );
    await this.#log.files.writeCheckpoint(formatNote(text, [signature]));
  }

  async drained(): Promise<void> {
    await this.#log.journal.drained();
  }

  async close(): Promise<void> {
    await this.#log.close();
  }

  #beginWith(anchor: Anchor, raw: Uint8Array): void {
    const first = { raw, leaf: leafHash(primitives, raw) };
    this.#block = { anchor, first, items: [] };
    this.#anchored = anchor.size;
    appendLeaf(primitives, this.#range, first.leaf);
  }

  /** Sorted by leaf hash, so that the public order tells nothing about time. */
  #close(mark = true): void {
    const block = this.#block;
    if (block === undefined) return;
    const items = block.items.sort((a, b) => compareBytes(a.leaf, b.leaf));
    for (const { leaf } of items) appendLeaf(primitives, this.#range, leaf);
    this.#closed.push({
      entries: [block.first.raw, ...items.map((item) => item.raw)],
      slot: block.anchor.slot,
    });
    this.#block = undefined;
    if (mark) void this.#log.journal.closeBlock().catch(ignore);
  }

  #tally(entry: UsageEntry, register: ReadRegister): void {
    if (entry.kind !== "use") return;
    addTotals(
      this.totals,
      entry,
      entry.fee === undefined
        ? undefined
        : register.fees.get(entry.fee)?.act.currency,
      register.offsetMinutes,
    );
  }

  #recall(entry: UsageEntry, register: ReadRegister): void {
    if (entry.kind === "anchor") this.#anchored = entry.size;
    this.#tally(entry, register);
  }

  #recover(tail: readonly JournalGroup[], register: ReadRegister): void {
    for (const group of tail) {
      for (const raw of group.entries) {
        const entry = parseUsageEntry(raw);
        this.#recall(entry, register);
        if (entry.kind === "anchor") {
          this.#close(false);
          this.#beginWith(entry, raw);
        } else {
          this.#block?.items.push({ raw, leaf: leafHash(primitives, raw) });
          if (entry.kind === "open") this.#reopen(entry, raw, group);
          if (entry.kind === "counted")
            this.#counts.forget(entry.dataset, entry.operation);
        }
      }
      if (group.closes) this.#close(false);
    }
  }

  #reopen(
    entry: UsageEntry & { kind: "open" },
    raw: Uint8Array,
    group: JournalGroup,
  ): void {
    const position = group.entries.findIndex((one) => sameBytes(one, raw));
    const publishBy = entry.slot + this.slotLength + PUBLISH_MS;
    const synced = Promise.resolve({
      index: group.first + position,
      position,
      group: { first: group.first, entries: group.entries, publishBy },
    });
    const leaf = toBase64url(leafHash(primitives, raw));
    const { dataset, operation } = entry;
    this.#counts.open({
      synced,
      raw,
      leaf,
      dataset,
      operation,
      uses: 0,
      bytes: 0,
    });
  }
}

/** The journal halts by itself after a failed write, and the next thing that waits for it hears of it. */
function ignore(): void {
  return;
}
