import { type Entry, parseEntry } from "../../acts/entry.ts";
import type { Office } from "../../office/office.ts";
import {
  type ActIndex,
  emptyActIndex,
  indexEntry,
} from "../../reports/act-index.ts";
import type { About } from "../../rules/about.ts";
import type { ReadRegister } from "../../register/register.ts";
import { keepAtMost } from "../keep-at-most.ts";

const BUNDLE = 256;
/** Bundles of entries that are kept as they were read: some 25 MB where entries are long. */
const BUNDLES_MAX = 64;
/** A request waits until so many entries are taken in; of more it is told how far the index is. */
const WAITED_FOR = 4_096;

export type ReadOffice = Pick<
  Office,
  "register" | "published" | "entries" | "onPublished"
>;
/** Beside the index something else that is kept up with the log. */
export type Beside = {
  /** Hears every public entry once, in its order. */
  readonly take: (entry: Entry, number: number, about: About) => void;
  /** Everything public was taken in. */
  readonly settle: () => void;
};

/** The public entries of the register log, indexed and read for the pages. Owns the index: it is kept up while the office runs. */
export class ActLog {
  readonly index: ActIndex = emptyActIndex();
  readonly #office: ReadOffice;
  readonly #beside: Beside[] = [];
  readonly #bundles = new Map<number, Promise<readonly Uint8Array[]>>();
  #growing: Promise<void> | undefined;

  constructor(office: ReadOffice) {
    this.#office = office;
    // Nobody waits here: what went wrong is met again by whoever asks next.
    office.onPublished(() => void this.grow().catch(() => undefined));
  }

  get register(): ReadRegister {
    return this.#office.register;
  }

  /** How many entries are public. */
  get size(): number {
    return this.#office.published.size;
  }

  /** Beside this index another may be kept up, from the first entry on. */
  keepUp(beside: Beside): void {
    this.#beside.push(beside);
  }

  /** Whether everything public is taken in; waits where that is near. */
  async ready(): Promise<boolean> {
    if (this.index.size >= this.size) return true;
    if (this.size - this.index.size <= WAITED_FOR) await this.grow();
    else void this.grow().catch(() => undefined);
    return this.index.size >= this.size;
  }

  /** Takes in what is public and was not yet; one who comes meanwhile waits for the same. */
  async grow(): Promise<void> {
    if (this.index.size >= this.size) return;
    this.#growing ??= this.#grow().finally(() => (this.#growing = undefined));
    await this.#growing;
  }

  async #grow(): Promise<void> {
    while (this.index.size < this.size) {
      const from = this.index.size;
      const to = Math.min(this.size, from - (from % BUNDLE) + BUNDLE);
      for (const raw of await this.#office.entries(from, to)) {
        const entry = parseEntry(raw);
        const number = this.index.size;
        const about = indexEntry(this.index, this.register, entry);
        for (const { take } of this.#beside) take(entry, number, about);
      }
      // Whoever asks meanwhile is answered between two bundles.
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (const { settle } of this.#beside) settle();
  }

  async raw(index: number): Promise<Uint8Array | undefined> {
    if (index >= this.size) return undefined;
    const bundle = await this.#bundle(Math.floor(index / BUNDLE));
    return bundle[index % BUNDLE];
  }

  async entry(index: number): Promise<Entry | undefined> {
    const raw = await this.raw(index);
    return raw === undefined ? undefined : parseEntry(raw);
  }

  /** Entries by their numbers, in the order in which they are asked for. */
  async entriesAt(
    numbers: readonly number[],
  ): Promise<readonly (readonly [number: number, entry: Entry])[]> {
    const found = await Promise.all(
      numbers.map(
        async (number) => [number, await this.entry(number)] as const,
      ),
    );
    return found.flatMap(([number, entry]) =>
      entry === undefined ? [] : [[number, entry] as const],
    );
  }

  /** A full bundle never changes (I7); the last one grows and is read each time, from memory. */
  async #bundle(at: number): Promise<readonly Uint8Array[]> {
    const from = at * BUNDLE;
    if (from + BUNDLE > this.size) return this.#office.entries(from, this.size);
    const bundle =
      this.#bundles.get(at) ?? this.#office.entries(from, from + BUNDLE);
    keepAtMost(this.#bundles, at, bundle, BUNDLES_MAX);
    try {
      return await bundle;
    } catch (error) {
      this.#bundles.delete(at);
      throw error;
    }
  }
}
