import { toBase64url } from "../acts/bytes.ts";
import {
  type Entry,
  entryBytes,
  type Ruling,
  signedRecordBytes,
} from "../acts/entry.ts";
import type { LogRecord } from "../acts/record.ts";
import { keyIdOf, type Statement, type Submission } from "../acts/statement.ts";
import { formatCheckpoint } from "../log/checkpoint.ts";
import { leafHash } from "../log/hash.ts";
import { addLeaf, type Nodes, rootWhen } from "../log/nodes.ts";
import { formatNote, signNote } from "../log/note.ts";
import type { Policy } from "../log/policy.ts";
import { ED25519, verifierKey } from "../log/verifier-key.ts";
import { apply, machineKeyId } from "../register/apply.ts";
import type { ReadRegister, Register } from "../register/register.ts";
import { decide } from "../rules/decide.ts";
import { isTurnedAway, turnAway, type TurnedAway } from "../rules/turn-away.ts";
import { primitives, type SigningKey } from "../store/crypto.ts";
import type { Sql } from "../store/database.ts";
import { LogHalted } from "../store/durable.ts";
import { CLOCK_MS_MAX, Log, placeOf } from "../store/log.ts";
import { saveSnapshot } from "../store/snapshot.ts";
import { type MakeReceipt, receiptsOf } from "../uses/make-receipt.ts";
import type { Receipt } from "../uses/receipt.ts";
import { fold, lastPublished, type Published } from "./restore.ts";
import type { Surroundings } from "../store/surroundings.ts";
import {
  collectCosignatures,
  QuorumMissing,
  type WitnessPolicies,
  type WitnessSizes,
} from "./witnesses.ts";

export type OfficeOptions = {
  readonly folder: string;
  readonly sql: Sql;
  readonly origin: string;
  readonly logKey: SigningKey;
  readonly surroundings: Surroundings;
  /** The policy file's bytes behind a paper, for the witnesses named in it. */
  readonly policies: WitnessPolicies;
};
/** What came of an act that was entered. */
export type Entered = {
  readonly index: number;
  readonly ruling: Ruling;
  readonly receipt: Receipt;
  readonly leaf: string;
};

const PUBLISH_ACT_MS = 60_000;
const SNAPSHOT_EVERY = 10_000;
const COSIGN_AGAIN_MS = 600_000;

/** The way of an act: read, decide, append, publish. Owns the register log and is its only writer. */
export class Office {
  readonly #options: OfficeOptions;
  readonly #log: Log;
  readonly #register: Register;
  readonly #nodes: Nodes;
  readonly #receipts: MakeReceipt;
  /** Entries from the end of the public files on, and how many of all entries are durable. */
  readonly #tail: Uint8Array[];
  #durable: number;
  #published: Published;
  #publishing: Promise<void> | undefined;
  #listeners: ((published: Published) => void)[] = [];
  #halted: Error | undefined;
  #snapshotAt: number;
  /** The policy whose quorum cosigned what is public. */
  #policy: string | undefined;
  #cosignedAt = 0;
  readonly #witnessSizes: WitnessSizes = new Map();

  private constructor(
    options: OfficeOptions,
    log: Log,
    register: Register,
    nodes: Nodes,
    tail: Uint8Array[],
    published: Published,
    snapshotAt: number,
  ) {
    this.#options = options;
    this.#log = log;
    this.#register = register;
    this.#nodes = nodes;
    this.#tail = tail;
    this.#durable = nodes.range.size;
    this.#published = published;
    this.#receipts = receiptsOf(
      primitives,
      options.origin,
      options.logKey.publicKey,
      options.logKey.sign,
    );
    this.#snapshotAt = snapshotAt;
  }

  static async open(options: OfficeOptions): Promise<Office> {
    const { folder, sql, origin, surroundings } = options;
    const { log, tail } = await Log.open(
      sql,
      placeOf(folder, origin, "register"),
      surroundings.now(),
    );
    const { register, nodes, waiting, snapshotAt } = await fold(
      log,
      tail,
      folder,
    );
    const published = await lastPublished(log, nodes);
    const office = new Office(
      options,
      log,
      register,
      nodes,
      [...waiting],
      published,
      snapshotAt,
    );
    office.#policy = register.witnessPolicy?.act.paper;
    if (nodes.range.size > 0) await office.#publishIfQuorum();
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

  get origin(): string {
    return this.#options.origin;
  }

  /** Decides an act without entering it; trying is free. */
  explain(statement: Statement): Ruling {
    return decide(
      primitives,
      this.#register,
      { statement, keys: [] },
      this.#now(),
    );
  }

  /** Enters an act, granted or refused, or says why it is turned away. Resolves when a public checkpoint covers it. */
  async enter(submission: Submission): Promise<Entered | TurnedAway> {
    this.#mustRun();
    const at = this.#now();
    const { seen } = submission.statement;
    const root =
      seen.size > this.#published.size
        ? undefined
        : rootWhen(primitives, this.#nodes, seen.size);
    const signed = turnAway(
      primitives,
      this.#register,
      submission,
      at,
      root === undefined ? undefined : toBase64url(root),
    );
    if (isTurnedAway(signed)) return signed;
    const { act } = submission.statement;
    if (
      act.kind === "genesis" &&
      (act.origin !== this.origin ||
        act.logKey !== toBase64url(this.#options.logKey.publicKey))
    ) {
      return {
        code: "misdirected",
        turnedAway: `Cannot enter act genesis: want origin ${this.origin} and this log's key ${toBase64url(this.#options.logKey.publicKey)}`,
      };
    }
    const ruling = decide(primitives, this.#register, signed, at);
    if (act.kind === "genesis" && ruling.outcome === "refused") {
      return {
        code: "misdirected",
        turnedAway: `Cannot enter act genesis: ${ruling.findings.map((f) => f.rule).join(", ")}`,
      };
    }
    const { statement, signatures, batch } = submission;
    const edition =
      act.kind === "genesis" ? act.edition.number : this.#register.edition;
    const entry: Entry = {
      v: 1,
      type: "act",
      at,
      edition,
      statement,
      signatures,
      ruling,
      ...(batch === undefined ? {} : { batch }),
    };
    const bytes = entryBytes(entry);
    const synced = await this.#append(entry, bytes);
    await this.#untilPublished(synced.index + 1);
    const receipt = this.#receipts(synced, bytes, { withIndex: true });
    return {
      index: synced.index,
      ruling,
      receipt,
      leaf: toBase64url(leafHash(primitives, bytes)),
    };
  }

  /** Enters a machine's record. The machine signs it for the time at which it is entered. Durable when it resolves. */
  async record(record: LogRecord, key: SigningKey): Promise<number> {
    this.#mustRun();
    const at = this.#now();
    const id = keyIdOf(primitives, key.publicKey);
    const enrolled = this.#register.machineKeys.get(
      machineKeyId(primitives, toBase64url(key.publicKey)),
    );
    if (
      enrolled === undefined ||
      enrolled.ended !== undefined ||
      enrolled.until <= at ||
      !enrolled.records.includes(record.kind)
    ) {
      throw new Error(
        `Cannot enter record ${record.kind}: no act in force enrolled key ${id} for it`,
      );
    }
    const signature = toBase64url(
      key.sign(signedRecordBytes(this.#options.origin, at, record)),
    );
    const entry: Entry = {
      v: 1,
      type: "record",
      at,
      key: id,
      record,
      signature,
    };
    const { index } = await this.#append(entry, entryBytes(entry));
    return index;
  }

  /** Everything durable goes into the public files; the head moves; the checkpoint is signed, cosigned and public. */
  async publish(): Promise<void> {
    this.#mustRun();
    while (this.#publishing !== undefined) await this.#publishing;
    this.#publishing = this.#publishOnce().finally(
      () => (this.#publishing = undefined),
    );
    await this.#publishing;
  }

  /** Entries [from, to) of what is public. */
  async entries(from: number, to: number): Promise<Uint8Array[]> {
    return this.#log.files.entries(from, Math.min(to, this.#published.size));
  }

  /** I15: what is public is cosigned again every ten minutes though nothing grew, and what could not be published is tried again. */
  async tick(): Promise<void> {
    const again =
      this.#policy !== undefined &&
      this.#options.surroundings.now() - this.#cosignedAt > COSIGN_AGAIN_MS;
    if (again || this.#published.size < this.#durable) await this.publish();
  }

  onPublished(listener: (published: Published) => void): void {
    this.#listeners.push(listener);
  }

  /** The witness policy in force, from its paper. */
  async policy(): Promise<Policy | undefined> {
    const paper = this.#register.witnessPolicy?.act.paper;
    return paper === undefined ? undefined : this.#options.policies(paper);
  }

  get nodes(): Nodes {
    return this.#nodes;
  }

  async close(): Promise<void> {
    if (this.#halted === undefined) {
      await this.publish();
      await this.#snapshot();
    }
    await this.#log.close();
  }

  #mustRun(): void {
    if (this.#halted !== undefined) throw this.#halted;
  }

  /** I15: time never falls. A clock that lies far behind what was written is in doubt, and the writer stops (I10). */
  #now(): number {
    const now = this.#options.surroundings.now();
    if (now < this.#register.at - CLOCK_MS_MAX)
      throw this.#halt(
        new LogHalted(
          `Cannot enter at ${now}: the last entry is of ${this.#register.at}; set the clock right`,
        ),
      );
    return Math.max(now, this.#register.at);
  }

  #halt(error: unknown): Error {
    this.#halted ??=
      error instanceof Error
        ? error
        : new LogHalted("Cannot go on", { cause: error });
    return this.#halted;
  }

  async #append(entry: Entry, bytes: Uint8Array) {
    // Nothing may wait between the decision and this line: the register that decided is the register that takes it in.
    const promise = this.#log.journal.append(bytes, entry.at + PUBLISH_ACT_MS);
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

  async #untilPublished(size: number): Promise<void> {
    while (this.#published.size < size) await this.publish();
  }

  async #publishOnce(): Promise<void> {
    try {
      const count = this.#durable - this.#log.files.size;
      const entries = this.#tail.slice(0, count);
      await this.#log.advance(entries, this.#register.at);
      this.#tail.splice(0, entries.length);
      const { size } = this.#log.files;
      const root = this.#log.files.root();
      const note = await this.#sign(size, root);
      await this.#log.files.writeCheckpoint(note);
      this.#published = { size, root, note };
    } catch (error) {
      if (error instanceof LogHalted) throw this.#halt(error);
      throw error;
    }
    for (const listener of this.#listeners) listener(this.#published);
    if (this.#published.size - this.#snapshotAt >= SNAPSHOT_EVERY)
      await this.#snapshot();
  }

  async #sign(size: number, root: Uint8Array): Promise<string> {
    const { origin, logKey, policies } = this.#options;
    const text = formatCheckpoint({ origin, size, root, extensions: [] });
    const own = signNote(
      verifierKey(primitives, origin, ED25519, logKey.publicKey),
      text,
      logKey.sign,
    );
    // The checkpoint that first covers a change of policy needs the quorums of the old one and of the new one.
    const papers = new Set(
      [this.#policy, this.#register.witnessPolicy?.act.paper].filter(
        (paper) => paper !== undefined,
      ),
    );
    if (papers.size === 0) return formatNote(text, [own]);
    const wanted = await Promise.all([...papers].map(policies));
    const cosignatures = await collectCosignatures(
      { text, signatures: [own] },
      this.#nodes,
      wanted,
      this.#witnessSizes,
    );
    this.#policy = this.#register.witnessPolicy?.act.paper;
    this.#cosignedAt = this.#options.surroundings.now();
    return formatNote(text, [own, ...cosignatures]);
  }

  /** Only what is public and in the files may be in a snapshot. */
  async #snapshot(): Promise<void> {
    if (this.#register.size !== this.#published.size) return;
    this.#snapshotAt = this.#register.size;
    await saveSnapshot(
      this.#options.sql,
      this.#options.folder,
      this.#options.origin,
      this.#register.size,
      this.#register,
    );
  }
}
