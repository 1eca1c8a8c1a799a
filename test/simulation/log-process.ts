import { AsyncLocalStorage } from "node:async_hooks";
import type { Heads } from "../../src/store/database.ts";
import { type Disk, DiskError, type Inode } from "./log-disk.ts";

/**
 * What happens at one operation: it fails, the process is killed, or the machine loses its power, before the operation took effect
 * or after it; or from there on the disk is full.
 */
export type Trouble = {
  readonly at: number;
  readonly how: "fail" | "kill" | "power" | "full";
  readonly when: "before" | "after";
};

export type OpenFile = { readonly inode: Inode; readonly appends: boolean };

export const current = new AsyncLocalStorage<Process>();

export const never = <T>(): Promise<T> => new Promise(() => undefined);

/** One process on a simulated disk: what is started inside `run` belongs to it, and does nothing any more when it is over. */
export class Process {
  readonly disk: Disk;
  readonly dice: () => number;
  readonly open = new Map<number, OpenFile>();
  readonly done: string[] = [];
  readonly #trouble: Trouble | undefined;
  readonly #over: Promise<void>;
  #end: () => void = () => undefined;
  #next = 1_000_000;
  isOver = false;
  isFull = false;

  constructor(disk: Disk, dice: () => number, trouble?: Trouble) {
    this.disk = disk;
    this.dice = dice;
    this.#trouble = trouble;
    this.#over = new Promise((resolve) => (this.#end = resolve));
  }

  /** Says how it ended: by itself, by what it threw, or killed. */
  async run(work: () => Promise<void>): Promise<"done" | "over" | Error> {
    const working = current.run(this, work).then(
      () => "done" as const,
      (error: unknown) =>
        error instanceof Error ? error : new Error("no error was thrown"),
    );
    const ended = await Promise.race([
      working,
      this.#over.then(() => "over" as const),
    ]);
    this.isOver = true;
    return ended;
  }

  number(file: OpenFile): number {
    this.open.set(++this.#next, file);
    return this.#next;
  }

  /** `half` is what a write leaves that did not come to its end. */
  sync<T>(what: string, effect: () => T, half?: () => void): T {
    if (this.isOver) throw new DiskError("EIO", "a process that is over");
    if (this.isFull && /^(?:write|create|mkdir|rename)/.test(what))
      throw new DiskError("ENOSPC", what);
    this.done.push(what);
    const trouble =
      this.done.length === this.#trouble?.at ? this.#trouble : undefined;
    if (trouble === undefined) return effect();
    if (trouble.how === "full") {
      this.isFull = true;
      half?.();
      throw new DiskError("ENOSPC", what);
    }
    if (trouble.when === "after") effect();
    else half?.();
    if (trouble.how !== "fail") {
      this.isOver = true;
      if (trouble.how === "power") this.disk.losePower();
      this.#end();
    }
    throw new DiskError("EIO", what);
  }

  /** The same, a moment later; of a process that is over nothing is heard. */
  async later<T>(what: string, effect: () => T, half?: () => void): Promise<T> {
    for (let turns = Math.floor(this.dice() * 3); turns > 0; turns--)
      await Promise.resolve();
    if (this.isOver) return never();
    try {
      return this.sync(what, effect, half);
    } catch (error) {
      if (this.isOver) return never();
      throw error;
    }
  }

  /** A database whose answers, and whose questions, may be lost with the process or without it. */
  heads(database: Heads): Heads {
    return {
      read: (log) => this.#ask("read", () => database.read(log)),
      create: (log, root) =>
        this.#ask("create head", () => database.create(log, root)),
      takeWriter: (log) => this.#ask("take", () => database.takeWriter(log)),
      swap: (...given) => this.#ask("swap", () => database.swap(...given)),
    };
  }

  async #ask<T>(what: string, question: () => Promise<T>): Promise<T> {
    if (this.isOver) return never();
    this.done.push(`query ${what}`);
    const trouble =
      this.done.length === this.#trouble?.at ? this.#trouble : undefined;
    if (trouble?.when !== "before") {
      const answer = await question();
      if (trouble === undefined) return this.isOver ? never() : answer;
    }
    if (trouble.how === "kill" || trouble.how === "power") {
      this.isOver = true;
      if (trouble.how === "power") this.disk.losePower();
      this.#end();
      return never();
    }
    throw new DiskError("ECONNRESET", what);
  }
}
