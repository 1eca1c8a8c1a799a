import { join } from "node:path";
import { sameBytes, toBase64url } from "../../acts/bytes.ts";
import { entriesOf, type LogSource } from "../../audit/source.ts";
import { showCount } from "../../audit/says.ts";
import { emptyRoot, leafHash } from "../../log/hash.ts";
import { appendLeaf, type CompactRange, rootOf } from "../../log/tree.ts";
import { primitives } from "../../store/crypto.ts";
import type { HeadRow } from "../../store/database.ts";
import { readIfThere } from "../../store/durable.ts";
import { LogFiles } from "../../store/log-files.ts";
import { Contradicted, CouldNot } from "../exit.ts";
import { sourceOf } from "../verify/logs.ts";
import { entriesFrom, type JournalHere } from "./journal-here.ts";

export type Point = { readonly size: number; readonly root: Uint8Array };

/** A log of the mirror, and behind it what files and journal here have of it. */
export class Growing {
  readonly origin: string;
  readonly #mirror: LogSource;
  readonly #copy: string;
  readonly #path: string;
  readonly #leaves = new Set<string>();
  #files: LogFiles | undefined;

  constructor(mirror: LogSource, copy: string, path: string) {
    this.origin = mirror.origin;
    this.#mirror = mirror;
    this.#copy = copy;
    this.#path = path;
  }

  get size(): number {
    return this.#open.size;
  }

  root(): Uint8Array {
    return this.#open.root();
  }

  range(): CompactRange {
    return this.#open.range();
  }

  /** An entry of the journal that should stand in the files and does not is of another history. */
  mustHave({ groups }: JournalHere): void {
    for (const group of groups)
      for (const [rank, raw] of group.entries.entries())
        if (group.first + rank < this.size && !this.#leaves.has(keyOf(raw)))
          throw this.#other(
            `entry ${showCount(group.first + rank)} of the journal here`,
          );
  }

  async readMirror(points: readonly (Point | undefined)[]): Promise<void> {
    const { size, root } = this.#mirror;
    const folder = join(this.#copy, "log", this.#path);
    const all: Uint8Array[] = [];
    for await (const bundle of entriesOf(this.#mirror)) all.push(...bundle);
    for (const raw of all) this.#leaves.add(keyOf(raw));
    const none = await LogFiles.open(folder, 0, emptyRoot(primitives));
    this.#hold(none.range(), all, points);
    this.#files = await LogFiles.open(folder, size, root);
  }

  /** Where the head here is ahead of the mirror, journal or files must have what lies between: its root proves it. */
  async goOnTo(
    head: HeadRow | undefined,
    shown: Point | undefined,
    base: string,
    journal: JournalHere,
  ): Promise<void> {
    const from = this.#mirror.size;
    if (head === undefined || head.size <= from) return;
    const read = (name: string) => readIfThere(join(base, name));
    const { size, root } = head;
    const own = sourceOf({ read }, this.#path, this.origin, size, root);
    const inFiles: Uint8Array[] = [];
    const first = Math.floor(from / 256);
    for await (const bundle of entriesOf(own, first)) inFiles.push(...bundle);
    const candidates = [
      entriesFrom(journal, this.#path, from)?.slice(0, head.size - from),
      inFiles.slice(from - first * 256),
    ];
    for (const entries of candidates) {
      if (entries?.length !== head.size - from) continue;
      const range = this.range();
      for (const raw of entries)
        appendLeaf(primitives, range, leafHash(primitives, raw));
      if (!sameBytes(rootOf(primitives, range), head.root)) continue;
      this.see(entries, [shown]);
      for (const raw of entries) this.#leaves.add(keyOf(raw));
      await this.#open.extend(entries);
      return;
    }
    throw new CouldNot(
      `Cannot recover ${this.origin}: its head in the database is at ${head.size}, the mirror ends at ${from}, and neither its files nor its journal here hold what lies between. Nothing was changed; a newer mirror, or the journal, can still bring it back`,
    );
  }

  /** What stands behind the files must come to these points. */
  see(
    behind: readonly Uint8Array[],
    points: readonly (Point | undefined)[],
  ): void {
    this.#hold(this.range(), behind, points);
  }

  #hold(
    range: CompactRange,
    entries: readonly Uint8Array[],
    points: readonly (Point | undefined)[],
  ): void {
    const wanted = points.flatMap((point) =>
      point === undefined || point.size === 0 ? [] : [point],
    );
    const see = (): void => {
      for (const { size, root } of wanted)
        if (size === range.size && !sameBytes(rootOf(primitives, range), root))
          throw this.#other(
            `the head in the database, or the public checkpoint here, of size ${showCount(size)}`,
          );
    };
    see();
    for (const raw of entries) {
      appendLeaf(primitives, range, leafHash(primitives, raw));
      see();
    }
  }

  #other(what: string): Contradicted {
    return new Contradicted({
      code: "two-histories",
      log: this.origin,
      says: `${what} is not of the mirror's history: nothing was changed`,
    });
  }

  get #open(): LogFiles {
    if (this.#files === undefined) throw new Error("The mirror was not read");
    return this.#files;
  }
}

function keyOf(raw: Uint8Array): string {
  return toBase64url(leafHash(primitives, raw));
}
