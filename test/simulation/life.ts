import { AsyncLocalStorage } from "node:async_hooks";
import fs from "node:fs";
import type { Socket } from "node:net";
import { dirname } from "node:path";

/**
 * How a life ends at the n-th thing that it does to a disk or a database. `kill`: the process is gone in the middle of
 * it, and what it wrote is there. `power`: the machine is gone, and of what was not synced anything may be missing.
 * `error`: this one operation fails, and the process lives on.
 */
export type Ending = "kill" | "power" | "error";
export type Fate = "go on" | "fail" | "ends" | "over";

/** Which life the running code belongs to; code that belongs to none is left alone. */
export const current = new AsyncLocalStorage<Life>();

/** One process: everything that is started inside `run` belongs to it, however long it takes. */
export class Life {
  readonly ending: Ending;
  readonly dice: () => number;
  readonly disk = new Disk();
  /** What it did, in order; where its end was near, the last one is where. */
  readonly done: string[] = [];
  readonly #endsAt: number;
  readonly #sockets = new Set<Socket>();
  readonly #over: Promise<void>;
  #hear: () => void = () => undefined;
  #isOver = false;

  /** `endsAt` counts from one; a life that ends at 0 is not disturbed. */
  constructor(ending: Ending, endsAt: number, dice: () => number) {
    this.ending = ending;
    this.#endsAt = endsAt;
    this.dice = dice;
    this.#over = new Promise((hear) => (this.#hear = hear));
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Undefined when the life ended on the way: a dead process reports nothing. */
  async run<T>(work: () => Promise<T>): Promise<{ value: T } | undefined> {
    const working = current.run(this, work).then((value) => ({ value }));
    working.catch(() => undefined);
    return Promise.race([working, this.#over.then(() => undefined)]);
  }

  /** Counts an operation and says what becomes of it. */
  meet(what: string): Fate {
    if (this.#isOver) return "over";
    this.done.push(what);
    if (this.done.length !== this.#endsAt) return "go on";
    return this.ending === "error" ? "fail" : "ends";
  }

  owns(socket: Socket): void {
    this.#sockets.add(socket);
  }

  end(): void {
    this.#isOver = true;
    for (const socket of this.#sockets) {
      // The server sees the connection go; nobody on this side hears of it.
      socket.removeAllListeners();
      socket.on("error", () => undefined);
      socket.destroy();
    }
    // What the power cut does is not done by the process.
    if (this.ending === "power")
      current.exit(() => this.disk.losePower(this.dice));
    this.#hear();
  }
}

type Written = { readonly size: number; readonly synced: number };

/** What a power cut may take back: bytes of files, and entries of folders, that were not synced. */
export class Disk {
  readonly #files = new Map<string, Written>();
  readonly #folders = new Map<string, (() => void)[]>();

  wrote(path: string, size: number, before: number): void {
    const synced = this.#files.get(path)?.synced ?? before;
    this.#files.set(path, { size, synced });
  }

  synced(path: string): void {
    const known = this.#files.get(path);
    if (known !== undefined)
      this.#files.set(path, { ...known, synced: known.size });
    // The sync of a folder makes its entries durable.
    this.#folders.delete(path);
  }

  /** An entry of a folder was made, moved or taken away. */
  changed(path: string, undo: () => void): void {
    const folder = dirname(path);
    this.#folders.set(folder, [...(this.#folders.get(folder) ?? []), undo]);
  }

  moved(from: string, to: string): void {
    const known = this.#files.get(from);
    this.#files.delete(from);
    this.#files.delete(to);
    if (known !== undefined) this.#files.set(to, known);
  }

  losePower(dice: () => number): void {
    for (const [path, { size, synced }] of this.#files) {
      if (size <= synced || !fs.existsSync(path)) continue;
      const left = Math.floor(dice() * (size - synced + 1));
      fs.truncateSync(path, synced + left);
    }
    // A folder keeps the order of its changes: some of the first are there, the rest are not.
    for (const undos of this.#folders.values()) {
      const kept = Math.floor(dice() * (undos.length + 1));
      for (const undo of undos.slice(kept).toReversed()) undo();
    }
  }
}

/** The same numbers for the same seed (mulberry32). */
export function diceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
