import { createCipheriv, createDecipheriv } from "node:crypto";
import { fdatasync, openSync, promises as fs, write, close } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { bytesToHex } from "../acts/bytes.ts";
import { keepOpenings, type SealedOpening, type Sql } from "./database.ts";
import { isMissing, LogHalted, syncFolder } from "./durable.ts";
import { random } from "./random.ts";
import { forgetOpenings, keepSubjects, type TokensIn } from "./subjects.ts";

const writeAsync = promisify(write);
const syncAsync = promisify(fdatasync);
const closeAsync = promisify(close);

/** Seals with AES-256-GCM under a key that lies outside the database: 12 bytes of nonce, ciphertext, 16 bytes of tag. */
export function seal(key: Uint8Array, content: Uint8Array): Buffer {
  const nonce = random(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  return Buffer.concat([
    nonce,
    cipher.update(content),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
}

export function unseal(key: Uint8Array, sealed: Uint8Array): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(sealed.length - 16));
  return Buffer.concat([
    decipher.update(sealed.subarray(12, sealed.length - 16)),
    decipher.final(),
  ]);
}

/** One opening in the openings file: length (4) · leaf hash (32) · slot (8) · log (length 2) · sealed. */
export function openingRecord({
  leaf,
  log,
  slot,
  sealed,
}: SealedOpening): Buffer {
  const name = Buffer.from(log);
  const head = Buffer.alloc(46);
  head.writeUInt32BE(42 + name.length + sealed.length, 0);
  head.set(leaf, 4);
  head.writeBigUInt64BE(BigInt(slot), 36);
  head.writeUInt16BE(name.length, 44);
  return Buffer.concat([head, name, sealed]);
}

/** An opening that is to be kept, and the tokens by which it names persons. */
export type NewOpening = SealedOpening & { readonly named: readonly string[] };
/** One that was read from a file again: whom it names is found when it is opened. */
type WaitingOpening = SealedOpening & Partial<NewOpening>;

/**
 * Where an opening is durable before its entry is. Short-lived: what it holds is copied to PostgreSQL in batches, off the
 * way of a request, and then forgotten. A crash can leave an opening without an entry, never an entry without its opening.
 */
export class OpeningsFile {
  readonly #path: string;
  readonly #sql: Sql;
  readonly #tokensIn: TokensIn | undefined;
  #file: number;
  #copying = false;
  #waiting: WaitingOpening[] = [];
  #bytes = 0;
  #closed = false;
  /** What the process before this one left, by leaf hash in hex: its log, until its entry is seen there. */
  readonly #left: Map<string, string>;
  /** What lies in the file was erased, and must not come back from it. */
  #isStale = false;
  #turn: Promise<void> = Promise.resolve();

  private constructor(
    path: string,
    sql: Sql,
    file: number,
    tokensIn: TokensIn | undefined,
    left: readonly SealedOpening[],
  ) {
    this.#left = new Map(left.map(({ leaf, log }) => [bytesToHex(leaf), log]));
    this.#path = path;
    this.#sql = sql;
    this.#file = file;
    this.#tokensIn = tokensIn;
  }

  /** Opens the file; what a crash left in it is copied first. Whom openings name is written beside them with `tokensIn`. */
  static async open(
    path: string,
    sql: Sql,
    tokensIn?: TokensIn,
  ): Promise<OpeningsFile> {
    const left = await readOpenings(path);
    await keepOpenings(sql, left, indexIn(sql, tokensIn));
    for (const name of [`${path}.copied`, path])
      await fs.rm(name, { force: true });
    const file = openSync(path, "a", 0o600);
    // Without its folder's entry a synced file may be gone after a power cut.
    await syncFolder(dirname(path));
    return new OpeningsFile(path, sql, file, tokensIn, left);
  }

  /** A log that is read at the start holds this entry. */
  seen(leaf: Uint8Array): void {
    if (this.#left.size > 0) this.#left.delete(bytesToHex(leaf));
  }

  /**
   * These logs were read whole. What a crash left without its entry was no use: nobody was answered, and nobody is to find
   * himself in it.
   */
  async forgetUnentered(logs: readonly string[]): Promise<void> {
    const never = [...this.#left].flatMap(([leaf, log]) =>
      logs.includes(log) ? [leaf] : [],
    );
    this.#left.clear();
    if (never.length > 0) await forgetOpenings(this.#sql, never);
  }

  /**
   * Durable when it resolves. The journals of several logs come here at once, and are let in one after the other: behind a
   * write that failed nobody may write, because what stands behind a torn record is not read again.
   */
  add(openings: readonly NewOpening[]): Promise<void> {
    const added = this.#turn.then(() => this.#add(openings));
    this.#turn = added;
    // Whoever waits for this one or the next hears of it.
    added.catch(() => undefined);
    return added;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Copies what waits to PostgreSQL. When that fails everything stays in the file and waits for the next time. */
  async copy(): Promise<void> {
    if (this.#copying || this.#waiting.length === 0) return;
    this.#copying = true;
    const batch = this.#waiting;
    this.#waiting = [];
    try {
      const index = indexIn(this.#sql, this.#tokensIn);
      await keepOpenings(this.#sql, batch, index);
    } catch (error) {
      this.#waiting = [...batch, ...this.#waiting];
      throw error;
    } finally {
      this.#copying = false;
    }
  }

  /** Everything that was durable when this was called stands in PostgreSQL when it resolves. */
  async copied(): Promise<void> {
    while (this.#copying) await sleep(1);
    await this.copy();
  }

  /** Copies what waits, and begins the file anew as soon as nothing waits: what was copied does not lie here either. */
  async settle(): Promise<void> {
    await this.copied();
    this.#isStale = true;
    const settled = this.#turn.then(() => this.#restartIfDue());
    this.#turn = settled;
    await settled;
  }

  /** Whoever calls it has closed the logs before: nothing is added any more. What could not be copied stays in the file. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await closeAsync(this.#file);
    // With the database away everything stays in the file, and the next start copies it.
    await this.copy().catch(() => undefined);
  }

  async #add(openings: readonly NewOpening[]): Promise<void> {
    if (this.#closed)
      throw new Error(`Cannot write openings ${this.#path}: it is closed`);
    await this.#restartIfDue();
    const bytes = Buffer.concat(openings.map(openingRecord));
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await writeAsync(
        this.#file,
        bytes,
        done,
        bytes.length - done,
        null,
      );
      done += bytesWritten;
    }
    await syncAsync(this.#file);
    this.#bytes += bytes.length;
    this.#waiting.push(...openings);
  }

  async #restartIfDue(): Promise<void> {
    const isDue = this.#isStale || this.#bytes > FILE_BYTES_MAX;
    if (this.#closed || !isDue || this.#copying || this.#waiting.length > 0)
      return;
    await this.#restart();
  }

  async #restart(): Promise<void> {
    const old = this.#file;
    const aside = `${this.#path}.copied`;
    await fs.rename(this.#path, aside);
    this.#file = openSync(this.#path, "a", 0o600);
    await syncFolder(dirname(this.#path));
    this.#bytes = 0;
    this.#isStale = false;
    await closeAsync(old);
    await fs.rm(aside, { force: true });
  }
}

function indexIn(sql: Sql, tokensIn: TokensIn | undefined) {
  return tokensIn === undefined
    ? undefined
    : (openings: readonly WaitingOpening[]) =>
        keepSubjects(sql, openings, tokensIn);
}

const FILE_BYTES_MAX = 4 * 1024 * 1024;

async function readOpenings(path: string): Promise<SealedOpening[]> {
  const found: SealedOpening[] = [];
  for (const name of [`${path}.copied`, path]) {
    try {
      found.push(...parseOpenings(await fs.readFile(name)));
    } catch (error) {
      if (!isMissing(error))
        throw new LogHalted(`Cannot read openings ${name}`, { cause: error });
    }
  }
  return found;
}

/** Reads whole records; a torn last one had no entry yet and is left out. */
function parseOpenings(bytes: Buffer): SealedOpening[] {
  const found: SealedOpening[] = [];
  for (let at = 0; at + 4 <= bytes.length;) {
    const end = at + 4 + bytes.readUInt32BE(at);
    if (end > bytes.length || end < at + 46) break;
    const name = bytes.readUInt16BE(at + 44);
    found.push({
      leaf: bytes.subarray(at + 4, at + 36),
      slot: Number(bytes.readBigUInt64BE(at + 36)),
      log: bytes.toString("utf8", at + 46, at + 46 + name),
      sealed: bytes.subarray(at + 46 + name, end),
    });
    at = end;
  }
  return found;
}
