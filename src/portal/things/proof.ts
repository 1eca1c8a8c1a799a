import { fromBase64url } from "../../acts/bytes.ts";
import type { Primitives } from "../../acts/primitives.ts";
import { paperPath } from "../../acts/statement.ts";
import { parseCheckpoint } from "../../log/checkpoint.ts";
import { parseNote } from "../../log/note.ts";
import { COSIGNED_FOLDER, DAYS_FILE, notesIn } from "../../log/note-run.ts";
import { openCheckpoint } from "../../log/open-checkpoint.ts";
import { NO_POLICY, type Policy } from "../../log/policy.ts";
import { ED25519, verifierKey } from "../../log/verifier-key.ts";
import { dayOf } from "../../office/cosigned-history.ts";
import type { Office } from "../../office/office.ts";
import type { Entered } from "../../register/register.ts";
import type { PublicFiles } from "../log-routes.ts";
import { policyIn } from "../watchers.ts";

/** One entry that a page rests on, and since when it can be checked. */
export type EntryProof = {
  readonly entry: number;
  readonly at: number;
  /** The first checkpoint over it that is kept: its size, who of the policy cosigned it, and when the last of them did. */
  readonly checkpoint?: {
    readonly size: number;
    readonly witnesses: number;
    readonly cosignedAt?: number;
  };
  readonly proof: string;
};
export type ProofStatus = {
  readonly entries: readonly EntryProof[];
  /** Of many entries those stand above that were entered last; so many there are. */
  readonly inAll?: number;
};

type Note = { readonly size: number; readonly note: string };
type Day = { readonly bytes: number; readonly notes: readonly string[] };
export type ProofOptions = {
  readonly office: Pick<Office, "register" | "published">;
  readonly primitives: Primitives;
  readonly files: Pick<PublicFiles, "read">;
};

const NEWEST = 20;
const DAYS_KEPT_MAX = 64;
const FOLDER = `log/register/${COSIGNED_FOLDER}`;

/** Says of entries since which checkpoint they are public, and who outside saw it: from the public files alone. */
export class Proofs {
  readonly #options: ProofOptions;
  readonly #days = new Map<string, Day>();
  #policy: { readonly paper: string; readonly policy: Policy } | undefined;

  constructor(options: ProofOptions) {
    this.#options = options;
  }

  async of(entries: readonly Entered[]): Promise<ProofStatus> {
    const seen = new Map<number, Entered>();
    for (const one of entries) seen.set(one.entry, one);
    const all = [...seen.values()].toSorted((a, b) => a.entry - b.entry);
    return { entries: await Promise.all(all.map((one) => this.#proofOf(one))) };
  }

  /** Of a list that rests on many: a checkpoint over one entry is over all that stand before it. */
  async newest(entries: readonly Entered[]): Promise<ProofStatus> {
    const numbers = [...new Set(entries.map(({ entry }) => entry))];
    if (numbers.length <= NEWEST) return this.of(entries);
    const shown = new Set(numbers.toSorted((a, b) => b - a).slice(0, NEWEST));
    return {
      ...(await this.of(entries.filter(({ entry }) => shown.has(entry)))),
      inAll: numbers.length,
    };
  }

  async #proofOf({ entry, at }: Entered): Promise<EntryProof> {
    const { published } = this.#options.office;
    const plain = { entry, at, proof: `/proof/register/${entry}` };
    if (entry >= published.size) return plain;
    const kept = (await this.#firstOver(entry, at)) ?? {
      size: published.size,
      note: published.note,
    };
    return { ...plain, checkpoint: await this.#witnessed(kept) };
  }

  async #witnessed({
    size,
    note,
  }: Note): Promise<NonNullable<EntryProof["checkpoint"]>> {
    const { register } = this.#options.office;
    const keys = [...register.logKeys.keys()].map((key) =>
      verifierKey(
        ...([this.#options.primitives, register.origin, ED25519] as const),
        fromBase64url(key),
      ),
    );
    const opening = openCheckpoint(
      this.#options.primitives,
      parseNote(note),
      keys,
      await this.#policyNow(),
    );
    if (opening.outcome === "rejected") return { size, witnesses: 0 };
    const seconds = [...opening.cosignedSeconds.values()];
    return {
      size,
      witnesses: seconds.length,
      ...(seconds.length === 0
        ? {}
        : { cosignedAt: Math.max(...seconds) * 1_000 }),
    };
  }

  async #policyNow(): Promise<Policy> {
    const { register } = this.#options.office;
    const paper = register.witnessPolicy?.act.paper;
    if (paper === undefined) return NO_POLICY;
    if (this.#policy?.paper === paper) return this.#policy.policy;
    const bytes = await this.#options.files.read(paperPath(paper));
    if (bytes === undefined) return NO_POLICY;
    const policy = policyIn(bytes, this.#options.primitives) ?? NO_POLICY;
    this.#policy = { paper, policy };
    return policy;
  }

  /** The first cosigned checkpoint over an entry: of its own day, or of the next day that has one. */
  async #firstOver(entry: number, at: number): Promise<Note | undefined> {
    const day = dayOf(at);
    const names = await this.#options.files.read(`${FOLDER}/${DAYS_FILE}`);
    if (names === undefined) return undefined;
    const days = Buffer.from(names)
      .toString("utf8")
      .split("\n")
      .filter((one) => one !== "" && one >= day)
      .toSorted();
    for (const one of days.slice(0, 2)) {
      const found = firstAbove(await this.#notesOf(one), entry);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The file of a day only grows. */
  async #notesOf(day: string): Promise<readonly string[]> {
    const isOver = day < dayOf(this.#options.office.register.at);
    const before = this.#days.get(day);
    if (before !== undefined && isOver) return before.notes;
    const bytes = await this.#options.files.read(`${FOLDER}/${day}`);
    if (bytes === undefined) return [];
    if (before?.bytes === bytes.length) return before.notes;
    const notes = [...notesIn(Buffer.from(bytes).toString("utf8"))];
    const [oldest] = this.#days.keys();
    if (this.#days.size >= DAYS_KEPT_MAX && oldest !== undefined)
      this.#days.delete(oldest);
    this.#days.set(day, { bytes: bytes.length, notes });
    return notes;
  }
}

/** Sizes never fall, and only a few of a day's notes are read for one entry. */
function firstAbove(notes: readonly string[], entry: number): Note | undefined {
  let found: Note | undefined;
  let [low, high] = [0, notes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const note = notes[middle] ?? "";
    const { size } = parseCheckpoint(parseNote(note).text);
    if (size > entry) {
      found = { size, note };
      high = middle;
    } else low = middle + 1;
  }
  return found;
}
