import type { Sql } from "../../store/database.ts";
import {
  noteSignatures,
  pruneSignatures,
  type SeenSignature,
} from "../../store/request-keys.ts";
import { Unavailable } from "../unavailable.ts";

const TOGETHER_MAX = 500;
const PRUNE_EVERY_MS = 30_000;
/** Verified signatures of enrolled keys that wait for the database here; more are not taken in. */
const WAITING_MAX = 10_000;

type Waiting = SeenSignature & {
  readonly resolve: (isFirst: boolean) => void;
  readonly reject: (error: Error) => void;
};

/**
 * Lets a signature in once, at all gateways together: whoever notes it in the database first has it. One insert runs at a
 * time; what comes meanwhile goes together as the next.
 */
export class SeenSignatures {
  readonly #sql: Sql;
  readonly #now: () => number;
  #waiting: Waiting[] = [];
  #isNoting = false;
  #prunedAt = 0;

  constructor(sql: Sql, now: () => number) {
    this.#sql = sql;
    this.#now = now;
  }

  /** Whether it is seen for the first time; throws Unavailable when nobody can say, and it may be noted then. */
  isFirst({ digest, until }: SeenSignature): Promise<boolean> {
    if (this.#waiting.length >= WAITING_MAX)
      return Promise.reject(unavailable("too many wait"));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ digest, until, resolve, reject });
      if (!this.#isNoting) queueMicrotask(() => void this.#note());
    });
  }

  async #note(): Promise<void> {
    if (this.#isNoting) return;
    this.#isNoting = true;
    while (this.#waiting.length > 0) {
      const together = this.#waiting.splice(0, TOGETHER_MAX);
      const firsts = new Map<string, Waiting>();
      for (const one of together) {
        const name = nameOf(one.digest);
        // The same twice at once: the second is a repeat whatever the database says.
        if (firsts.has(name)) one.resolve(false);
        else firsts.set(name, one);
      }
      try {
        const noted = await noteSignatures(this.#sql, [...firsts.values()]);
        const names = new Set(noted.map(nameOf));
        for (const [name, { resolve }] of firsts) resolve(names.has(name));
      } catch (cause) {
        for (const { reject } of firsts.values()) reject(unavailable(cause));
      }
      this.#prune();
    }
    this.#isNoting = false;
  }

  /** Beside what is asked; what is left lying is taken by the next. */
  #prune(): void {
    const now = this.#now();
    if (now - this.#prunedAt < PRUNE_EVERY_MS) return;
    this.#prunedAt = now;
    pruneSignatures(this.#sql, now).catch(() => 0);
  }
}

function nameOf(digest: Uint8Array): string {
  return Buffer.from(digest).toString("base64");
}

function unavailable(cause: unknown): Unavailable {
  return new Unavailable(
    "Cannot answer: whether the request was sent before cannot be looked up while the database is away",
    { cause },
  );
}
