import { toBase64url } from "../acts/bytes.ts";
import {
  type Entry,
  entryBytes,
  type RecordEntry,
  type Ruling,
} from "../acts/entry.ts";
import type { LogRecord } from "../acts/record.ts";
import type { Statement, Submission } from "../acts/statement.ts";
import { leafHash } from "../log/hash.ts";
import { addLeaf, type Nodes, rootWhen } from "../log/nodes.ts";
import { apply } from "../register/apply.ts";
import type { ReadRegister, Register } from "../register/register.ts";
import { explainRuling } from "../rules/explain-ruling.ts";
import type { TurnedAway } from "../rules/turn-away.ts";
import { primitives, type SigningKey } from "../store/crypto.ts";
import { LogHalted } from "../store/durable.ts";
import type { Synced } from "../store/journal.ts";
import { CLOCK_MS_MAX, type Log } from "../store/log.ts";
import { saveSnapshot } from "../store/snapshot.ts";
import type { Receipt } from "../uses/receipt.ts";
import { ActReceipts } from "./act-receipts.ts";
import type { Checkpoints, CheckpointTimes } from "./checkpoints.ts";
import { examine, isGranted, mustFitEntry } from "./examine.ts";
import { type Leaver, Leavers } from "./leavers.ts";
import type { LogKeyRing } from "./log-keys.ts";
import { makeRecord } from "./make-record.ts";
import { type EnteredAct, untilPublic } from "./not-public-yet.ts";
import {
  type Published,
  restore,
  type Restored,
  type RestoreOptions,
} from "./restore.ts";
import { type NotTaken, takeRecord } from "./take-record.ts";
import { isOwed, type Waiting } from "./waiting.ts";
import type { OfficeWatch } from "./watch.ts";
import { QuorumMissing } from "./witnesses.ts";

export type OfficeOptions = RestoreOptions & {
  /** The key of the gateway that runs beside this office, where one does. */
  readonly gatewayKey?: string;
  readonly watch?: OfficeWatch;
};

/** What came of an act that was entered. */
export type Entered = EnteredAct & { readonly receipt: Receipt };

const PUBLISH_ACT_MS = 60_000;
const SNAPSHOT_EVERY = 10_000;

/** The way of an act: read, decide, append, publish. Owns the register log and is its only writer. */
export class Office {
  readonly #options: OfficeOptions;
  readonly #log: Log;
  readonly #register: Register;
  readonly #nodes: Nodes;
  readonly #keys: LogKeyRing;
  readonly #receipts: ActReceipts;
  readonly #checkpoints: Checkpoints;
  /** Entries from the end of the public files on, and how many of all entries are durable. */
  readonly #tail: Uint8Array[];
  #durable: number;
  #published: Published;
  /** The publication that is under way, and the one behind it. */
  #publishing: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  #listeners: ((published: Published) => void)[] = [];
  readonly #waiting: Waiting;
  readonly #leavers: Leavers;
  /** Acts that close a gateway come one after the other. */
  #closing: Promise<unknown> = Promise.resolve();
  /** Why nothing is entered any more: halted for ever, or closed. */
  #ended: Error | undefined;
  #snapshotAt: number;

  private constructor(options: OfficeOptions, restored: Restored) {
    this.#options = options;
    this.#leavers = new Leavers(options.gatewayKey);
    this.#log = restored.log;
    this.#register = restored.register;
    this.#nodes = restored.nodes;
    this.#tail = [...restored.tail];
    this.#durable = restored.nodes.range.size;
    this.#published = restored.published;
    this.#checkpoints = restored.checkpoints;
    this.#waiting = restored.waiting;
    this.#keys = restored.keys;
    this.#receipts = new ActReceipts(options.origin, restored.keys);
    this.#snapshotAt = restored.snapshotAt;
  }

  static async open(options: OfficeOptions): Promise<Office> {
    const office = new Office(options, await restore(options));
    if (office.#durable > 0) await office.#publishIfQuorum();
    return office;
  }

  /** Without its quorum a checkpoint stays back and is tried again; the office goes on with what is public. */
  async #publishIfQuorum(): Promise<void> {
    try {
      await this.publish();
    } catch (error) {
      if (!(error instanceof QuorumMissing)) throw error;
    }
  }

  get register(): ReadRegister {
    return this.#register;
  }

  get published(): Published {
    return this.#published;
  }

  /** Why the last publication failed; undefined when it did not. */
  get failure(): string | undefined {
    return this.#waiting.failure;
  }

  /** Nothing is entered any more, until somebody starts it again. */
  get isEnded(): boolean {
    return this.#ended !== undefined;
  }

  get times(): CheckpointTimes {
    return this.#checkpoints.times;
  }

  get origin(): string {
    return this.#options.origin;
  }

  /** Decides an act without entering it, and says which rules looked at it; trying is free. */
  explain(statement: Statement): ReturnType<typeof explainRuling> {
    const at = this.#now();
    const signed = { statement, keys: [] };
    const told = explainRuling(primitives, this.#register, signed, at);
    mustFitEntry(statement, told.ruling, at, this.#register.edition);
    return told;
  }

  /** Enters an act, granted or refused, or says why it is turned away. Resolves when a public checkpoint covers it. */
  async enter(submission: Submission): Promise<Entered | TurnedAway> {
    this.#mustRun();
    this.#waiting.mustNotBeLate(this.#now());
    const { act } = submission.statement;
    if (act.kind === "logKeyChanged") await this.#keys.readAgain();
    if (act.kind !== "gatewayClosed" && act.kind !== "logEnded")
      return this.#enter(submission);
    // With the log all of its gateways are closed.
    const gateways =
      act.kind === "logEnded"
        ? this.#leavers.open(this.#register)
        : [act.gateway];
    const entered = this.#closing
      .catch(() => undefined)
      .then(() => this.#enterClosing(submission, gateways));
    this.#closing = entered;
    return entered;
  }

  /** The gateways' keys enter nothing behind this act: what they owe stands directly before it. */
  async #enterClosing(
    submission: Submission,
    gateways: readonly string[],
  ): Promise<Entered | TurnedAway> {
    this.#mustRun();
    const before = this.#examine(submission, this.#now());
    if (!isGranted(before)) return this.#enter(submission);
    const { act } = submission.statement;
    const left = await this.#leavers.leave(this.#register, gateways, act);
    const records = left.records.map(
      ({ record, key }) =>
        (at: number) =>
          this.#record(record, key, at),
    );
    const entered = this.#enter(submission, records);
    // Entered or not, that was decided before anything could be waited for.
    left.stayIfOpen(this.#register);
    return entered;
  }

  async #enter(
    submission: Submission,
    before: readonly ((at: number) => Promise<Synced>)[] = [],
  ): Promise<Entered | TurnedAway> {
    const at = this.#now();
    const ruling = this.#examine(submission, at);
    const { act } = submission.statement;
    const { watch } = this.#options;
    if ("turnedAway" in ruling) {
      watch?.turnedAway(act.kind, ruling.code);
      return ruling;
    }
    const edition =
      act.kind === "genesis" ? act.edition.number : this.#register.edition;
    const made = { v: 1, type: "act", at, edition } as const;
    const entry: Entry = { ...made, ...submission, ruling };
    const bytes = entryBytes(entry);
    const records = isGranted(ruling) ? before.map((enter) => enter(at)) : [];
    const [synced] = await Promise.all([
      this.#append(entry, bytes),
      ...records,
    ]);
    watch?.entered(act.kind, ruling.outcome, synced.index);
    const leaf = toBase64url(leafHash(primitives, bytes));
    const entered = { index: synced.index, at, ruling, leaf };
    await untilPublic(
      ...([entered, () => this.#published.size] as const),
      ...([() => this.publish(), () => this.#mustRun()] as const),
    );
    return { ...entered, receipt: this.#receipts.of(synced, at, bytes) };
  }

  /** Enters a machine's record. The machine signs it for the time at which it is entered. Durable when it resolves. */
  async record(record: LogRecord, key: SigningKey): Promise<number> {
    this.#mustRun();
    const now = this.#now();
    if (!isOwed(record)) this.#waiting.mustNotBeLate(now);
    const { index } = await this.#record(record, key, now);
    return index;
  }

  /** Enters a record that a gateway elsewhere has signed, or says why not. Durable when it resolves. */
  async take(signed: RecordEntry): Promise<number | NotTaken> {
    this.#mustRun();
    const against = takeRecord(this.#register, signed, this.#now());
    if (against !== undefined) return against;
    return (await this.#append(signed, entryBytes(signed))).index;
  }

  async #record(
    record: LogRecord,
    key: SigningKey,
    at: number,
  ): Promise<Synced> {
    const entry = makeRecord(this.#register, record, key, at);
    return this.#append(entry, entryBytes(entry));
  }

  /**
   * Everything durable goes into the public files; the head moves; the checkpoint is signed, cosigned and public. Whoever
   * comes while that is under way shares the next time with all others who do.
   */
  async publish(): Promise<void> {
    this.#mustRun();
    this.#next ??= this.#publishing.then(async () => {
      this.#next = undefined;
      const once = this.#publishOnce();
      this.#publishing = once.catch(() => undefined);
      await once;
    });
    await this.#next;
  }

  /** The newest checkpoint, for those who decide on it; throws `QuorumMissing` when there should be a newer one. */
  newestCheckpoint(): string {
    this.#waiting.mustBeNewest(this.#now());
    return this.#published.note;
  }

  /** Entries [from, to) of what is public. */
  async entries(from: number, to: number): Promise<Uint8Array[]> {
    return this.#log.files.entries(from, Math.min(to, this.#published.size));
  }

  /** Entries [from, to) of all that are durable, those that are not public yet among them: for the office itself. */
  async entered(from: number, to: number): Promise<Uint8Array[]> {
    const filed = this.#register.size - this.#tail.length;
    const end = Math.min(to, this.#durable) - filed;
    const tail = this.#tail.slice(Math.max(0, from - filed), Math.max(0, end));
    const entries = await this.#log.files.entries(from, Math.min(to, filed));
    return [...entries, ...tail];
  }

  /** What is due to be cosigned again is, and what could not be published is tried again. */
  async tick(): Promise<void> {
    if (this.#checkpoints.isDueAgain || this.#published.size < this.#durable)
      await this.publish();
  }

  onPublished(listener: (published: Published) => void): void {
    this.#listeners.push(listener);
  }

  /** Asked before an act that closes this gateway is entered. */
  beforeClosing(gateway: string, leaver: Leaver): void {
    this.#leavers.add(gateway, leaver);
  }

  /** The tree of all entries, those that are not public yet among them. */
  get nodes(): Nodes {
    return this.#nodes;
  }

  /** What cannot be published now stays in the journal, and the next start goes on from there. */
  async close(): Promise<void> {
    try {
      if (this.#ended === undefined) {
        await this.publish();
        await this.#snapshot();
      }
    } catch (error) {
      if (error instanceof LogHalted) throw error;
    } finally {
      this.#ended ??= new Error("Cannot enter anything: the office is closed");
      await this.#log.close();
      await this.#checkpoints.history.settled();
    }
  }

  #examine(submission: Submission, at: number): Ruling | TurnedAway {
    const { size } = submission.statement.seen;
    const isPublic = size <= this.#published.size;
    const root = isPublic ? rootWhen(primitives, this.#nodes, size) : undefined;
    const own = { origin: this.#options.origin, held: this.#keys.held };
    return examine(this.#register, submission, at, root, own);
  }

  #mustRun(): void {
    if (this.#ended !== undefined) throw this.#ended;
  }

  /** I15: time never falls. A clock that lies far behind what was written is in doubt, and the writer stops (I10). */
  #now(): number {
    const now = this.#options.surroundings.now();
    const { at } = this.#register;
    if (now >= at - CLOCK_MS_MAX) return Math.max(now, at);
    throw this.#halt(
      new LogHalted(
        `Cannot enter at ${new Date(now).toISOString()}: the last entry is of ${new Date(at).toISOString()}; set the clock right`,
      ),
    );
  }

  #halt(error: unknown): Error {
    this.#ended ??=
      error instanceof Error
        ? error
        : new LogHalted("Cannot go on", { cause: error });
    return this.#ended;
  }

  async #append(entry: Entry, bytes: Uint8Array): Promise<Synced> {
    // Nothing may wait between the decision and this line: the register that decided is the register that takes it in.
    const promise = this.#log.journal.append(bytes, entry.at + PUBLISH_ACT_MS);
    this.#checkpoints.see(entry, this.#register.size, this.#published.size);
    this.#waiting.add(entry, this.#register.size);
    apply(primitives, this.#register, entry);
    addLeaf(primitives, this.#nodes, leafHash(primitives, bytes));
    this.#tail.push(bytes);
    try {
      const synced = await promise;
      this.#durable = Math.max(this.#durable, synced.index + 1);
      return synced;
    } catch (error) {
      throw this.#halt(error);
    }
  }

  async #publishOnce(): Promise<void> {
    // Before the founding act no key is the log's.
    if (this.#durable === 0) return;
    this.#waiting.begun(this.#options.surroundings.now());
    try {
      const { files } = this.#log;
      const entries = this.#tail.slice(0, this.#durable - files.size);
      await this.#log.extend(entries);
      this.#tail.splice(0, entries.length);
      const { at } = this.#register;
      await this.#log.advance(at);
      const { size } = files;
      const root = files.root();
      const note = await this.#checkpoints.sign(size, root, at, this.#nodes);
      await files.writeCheckpoint(note);
      this.#checkpoints.published(size, note);
      this.#waiting.published(size);
      this.#published = { size, root, note };
    } catch (error) {
      const why = error instanceof Error ? error.message : "unknown error";
      this.#waiting.failed(`nothing can be published: ${why}`);
      if (error instanceof LogHalted) throw this.#halt(error);
      throw error;
    }
    for (const listener of this.#listeners) listener(this.#published);
    if (this.#published.size - this.#snapshotAt >= SNAPSHOT_EVERY)
      await this.#snapshot();
  }

  /** Only what is public and in the files may be in a snapshot. */
  async #snapshot(): Promise<void> {
    const { size } = this.#register;
    if (size === 0 || size !== this.#published.size) return;
    this.#snapshotAt = size;
    const { sql, folder, origin } = this.#options;
    await saveSnapshot(sql, folder, origin, size, this.#register);
  }
}
