import { promises as fs } from "node:fs";
import { join } from "node:path";
import { toBase64url } from "../../acts/bytes.ts";
import type { LogRecord } from "../../acts/record.ts";
import { paperPath } from "../../acts/statement.ts";
import { showCount } from "../../audit/says.ts";
import { showInstant } from "../../acts/dates.ts";
import type { Gateway } from "../../gateway/gateway.ts";
import { logPath, wrongClosedLog } from "../../gateway/closed-log.ts";
import type { Office } from "../../office/office.ts";
import {
  type OpeningsPolicy,
  openingsPolicy,
  policyPaper,
  type UsesPolicy,
  usesPolicy,
  wrongRetention,
} from "../../rules/retention.ts";
import { primitives, type SigningKey } from "../../store/crypto.ts";
import type { Sql } from "../../store/database.ts";
import {
  isMissing,
  LogHalted,
  readIfThere,
  writeWhole,
} from "../../store/durable.ts";
import { inTurn } from "../../store/in-turn.ts";
import {
  eraseOpenings,
  isLogThere,
  keepFreed,
  measureLog,
  openingsBefore,
  removeLog,
} from "../../store/retention.ts";
import { Beside } from "../beside.ts";
import { CouldNot } from "../exit.ts";
import { readAs, type RetentionNote, retentionNote } from "../read-as.ts";

/** A checker that began before the record was public still finds the log for so long. */
export const DROPPED_SHOWN_MS = 3_600_000;

export type DeskOptions = {
  readonly folder: string;
  readonly office: Office;
  readonly gateway: () => Gateway | undefined;
  readonly key: SigningKey;
  readonly sql: Sql;
  readonly now: () => number;
};

/** What came of a note: which entry, and what is to be said about it. */
export type Noted = { readonly entry: number; readonly says: string };

/** The freed openings of an erasure, under this name. */
export function openingsName(before: number): string {
  return `openings before ${before}`;
}

/**
 * Drops closed usage logs and erases openings: first the record stands in public, then things go. What goes follows from the
 * register alone, so a start after a crash goes on where the process ended.
 */
export class RetentionDesk {
  readonly #options: DeskOptions;
  /** Logs that are known to be gone, and how far openings are. */
  readonly #gone = new Set<string>();
  /** Since when the record of each is known to be public. */
  readonly #publicSince = new Map<string, number>();
  #erased = 0;
  readonly #beside = new Beside("Cannot do what retention wants", () =>
    inTurn(
      () => this.#takeNotes(),
      () => this.#removeLogs(),
      () => this.#removeOpenings(),
    ),
  );

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  /**
   * Begins with what is to be done, unless it is under way; throws what failed the last time. A long log is read for minutes:
   * that is done beside everything else, and nothing waits for it.
   */
  look(): void {
    this.#beside.look();
  }

  /** Resolves when what is under way has been done. */
  async done(): Promise<void> {
    await this.#beside.done();
  }

  async drop(log: string): Promise<Noted> {
    const { office, folder } = this.#options;
    const { register } = office;
    const policy = usesPolicy(register, log);
    const fail = (why: string): CouldNot =>
      new CouldNot(`Cannot drop ${log}: ${why}`);
    if ("why" in policy) throw fail(policy.why);
    const { bytes, paper } = policyPaper(primitives, policy);
    const record = { kind: "dropped", log, policy: paper } as const;
    this.#mustHold(record, fail);
    const head = register.heads.get(log)?.head;
    const wrong =
      head === undefined
        ? "it has no head"
        : await wrongClosedLog(folder, register, head);
    if (wrong !== undefined) throw fail(wrong);
    const entry = await this.#enter(record, bytes);
    const { files, bytes: size } = await measureLog(
      folder,
      logPath(register, log),
    );
    const since = await this.#seenPublic(log);
    const from =
      since === undefined
        ? "an hour after that is public"
        : `at ${this.#show(since + DROPPED_SHOWN_MS)}`;
    return {
      entry,
      says: `${sayPolicy(policy)}; its ${showCount(files)} files with ${showCount(size)} bytes go ${from}`,
    };
  }

  async erase(before: number): Promise<Noted> {
    const { office, sql, gateway, now } = this.#options;
    const policy = openingsPolicy(office.register, before);
    const { bytes, paper } = policyPaper(primitives, policy);
    const fail = (why: string): CouldNot =>
      new CouldNot(`Cannot erase openings: ${why}`);
    const record = (count: number) =>
      ({
        kind: "erased",
        what: "opening",
        before,
        count,
        policy: paper,
      }) as const;
    this.#mustHold(record(1), fail);
    // Slots never fall: when the file's openings are in the database, no older one can come to what is counted here.
    await gateway()?.openings.settle();
    const found = await openingsBefore(sql, before);
    if (found.count === 0)
      throw fail(`there are none before ${this.#show(before)}`);
    const what = openingsName(before);
    await keepFreed(sql, { what, files: 0, bytes: found.bytes, at: now() });
    const entry = await this.#enter(record(found.count), bytes);
    await this.#removeOpenings();
    return {
      entry,
      says: `${showCount(found.count)} openings with ${showCount(found.bytes)} bytes; ${sayPolicy(policy)}`,
    };
  }

  #show(at: number): string {
    return showInstant(at, this.#options.office.register.offsetMinutes);
  }

  #mustHold(record: LogRecord, fail: (why: string) => CouldNot): void {
    const { office, now } = this.#options;
    const { register } = office;
    const at = Math.max(now(), register.at);
    const wrong = wrongRetention(primitives, register, record, at);
    if (wrong !== undefined) throw fail(wrong);
    const publicKey = toBase64url(this.#options.key.publicKey);
    const enrolled = [...register.machineKeys.values()].some(
      (one) =>
        one.publicKey === publicKey &&
        one.ended === undefined &&
        one.until > at &&
        one.records.includes(record.kind),
    );
    if (!enrolled)
      throw fail(
        `no act in force enrolled key ${publicKey} for records ${record.kind}; submit an act machineKeyEnrolled with it (docs/retention.md)`,
      );
  }

  async #enter(record: LogRecord, policy: Uint8Array): Promise<number> {
    const { office, folder, key } = this.#options;
    if (record.kind !== "dropped" && record.kind !== "erased")
      throw new Error(`Cannot enter ${record.kind} here`);
    // The paper is there before anybody can read of it.
    const path = join(folder, "public", paperPath(record.policy.paper));
    await writeWhole(path, policy, { immutable: true });
    const entry = await office.record(record, key);
    // While a witness is away it is entered; what it names goes when it is public.
    await office.publish().catch(() => undefined);
    return entry;
  }

  async #removeLogs(): Promise<void> {
    const { office, folder, sql, now } = this.#options;
    const { register } = office;
    for (const log of register.dropped.keys()) {
      if (this.#gone.has(log)) continue;
      const since = await this.#seenPublic(log);
      if (since === undefined || now() < since + DROPPED_SHOWN_MS) continue;
      const path = logPath(register, log);
      if (await isLogThere(folder, path)) {
        const size = await measureLog(folder, path);
        await keepFreed(sql, { what: log, ...size, at: now() });
      }
      await removeLog(folder, path);
      this.#gone.add(log);
    }
  }

  /**
   * Since when a log's record is public; undefined while it is not. A record may wait for witnesses for days, and its own time
   * says nothing of that: the first sight of it in public is written down, for the next start.
   */
  async #seenPublic(log: string): Promise<number | undefined> {
    const { office, folder, now } = this.#options;
    const known = this.#publicSince.get(log);
    const record = office.register.dropped.get(log);
    if (known !== undefined || record === undefined) return known;
    const { entry, at } = record;
    if (entry >= office.published.size) return undefined;
    const file = join(folder, "retention", `${entry}-${at}.public`);
    const noted = await readIfThere(file);
    const since = noted === undefined ? now() : Number(noted.toString("utf8"));
    if (!Number.isSafeInteger(since))
      throw new Error(`Cannot read ${file}: it is no time; remove it`);
    if (noted === undefined) await writeWhole(file, String(since));
    this.#publicSince.set(log, since);
    return since;
  }

  /** Also what a backup brought back: the newest record says which may be there no more. */
  async #removeOpenings(): Promise<void> {
    const { office, sql } = this.#options;
    const last = office.register.erased.at(-1);
    if (last === undefined || last.entry >= office.published.size) return;
    if (this.#erased === last.record.before) return;
    await eraseOpenings(sql, last.record.before);
    this.#erased = last.record.before;
  }

  /** `vitrine retention` and `vitrine openings` leave notes; whoever may write there is the operator. */
  async #takeNotes(): Promise<void> {
    const inbox = join(this.#options.folder, "retention");
    for (const name of await notesIn(inbox)) {
      const path = join(inbox, name);
      const result = await this.#take(path).catch((error: unknown) => {
        if (error instanceof LogHalted) throw error;
        return {
          error: error instanceof Error ? error.message : "unknown error",
        };
      });
      await writeWhole(`${path}.done`, JSON.stringify(result));
      await fs.rm(path);
    }
  }

  async #take(path: string): Promise<Noted> {
    const text = await fs.readFile(path, "utf8");
    const note: RetentionNote = readAs(
      retentionNote,
      JSON.parse(text),
      `note ${path}`,
    );
    return note.do === "drop" ? this.drop(note.log) : this.erase(note.before);
  }
}

async function notesIn(inbox: string): Promise<readonly string[]> {
  try {
    const names = await fs.readdir(inbox);
    return names.filter((name) => name.endsWith(".json")).toSorted();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function sayPolicy(policy: UsesPolicy | OpeningsPolicy): string {
  const { paper } = policyPaper(primitives, policy);
  return `policy ${paperPath(paper.paper)}`;
}
