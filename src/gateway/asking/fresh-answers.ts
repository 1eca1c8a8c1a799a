import { inTime } from "../../store/in-time.ts";
import { Unavailable } from "../unavailable.ts";

/** What ends must have ended everywhere two seconds later, so nothing is believed for longer. */
const FRESH_MS_MAX = 2_000;
/** So old is an answer that is still wanted when it is asked for anew, and so old are those that go along. */
const RENEW_MS = FRESH_MS_MAX / 2;
const ALONG_MS = FRESH_MS_MAX / 4;
const AWAY_MS_MAX = 10_000;
const TOGETHER_MAX = 1_000;
/** Each of what is there and of what is not. */
const KEPT_MAX = 50_000;

type Kept<T> = {
  readonly value: T | undefined;
  readonly asked: number;
  /** Somebody asked for it since. */
  isWanted: boolean;
};
type Waiting<T> = {
  readonly key: string;
  readonly since: number;
  readonly resolve: (value: T | undefined) => void;
  readonly reject: (error: Error) => void;
};

export type FreshAnswersOptions<T> = {
  /** What there is of many keys; what is not there is left out. */
  readonly look: (keys: readonly string[]) => Promise<ReadonlyMap<string, T>>;
  /** Milliseconds that only ever grow: not the time of day, which can be set back. */
  readonly ticks: () => number;
  /** For the message: "tokens". */
  readonly of: string;
};

/**
 * Answers of the database, believed for two seconds from when they were asked for. One query runs at a time; whatever is
 * asked for meanwhile goes together as the next. An answer that took longer than two seconds is not believed but asked for
 * again, and once the database has given none for ten seconds whoever asks is told so.
 */
export class FreshAnswers<T> {
  readonly #options: FreshAnswersOptions<T>;
  readonly #there = new Map<string, Kept<T>>();
  /** Apart, so that keys made up by the thousand push out nothing that is there. */
  readonly #absent = new Map<string, Kept<T>>();
  #waiting: Waiting<T>[] = [];
  #isAsking = false;
  #isAway = false;
  /** Something that is kept is to be asked for before its time is over; and when something was asked for last. */
  #isDue = false;
  #asked = -Infinity;

  constructor(options: FreshAnswersOptions<T>) {
    this.#options = options;
  }

  /** How many answers are kept. */
  get size(): number {
    return this.#there.size + this.#absent.size;
  }

  /** A kept answer, without waiting: `undefined` when there is none that is still believed. */
  kept(key: string): { readonly value: T | undefined } | undefined {
    const kept = this.#there.get(key) ?? this.#absent.get(key);
    if (kept === undefined) return undefined;
    const now = this.#options.ticks();
    if (now - kept.asked >= FRESH_MS_MAX) return undefined;
    kept.isWanted = true;
    const isOld = now - kept.asked >= RENEW_MS;
    if (isOld && kept.value !== undefined && now - this.#asked >= ALONG_MS)
      this.#renew();
    return kept;
  }

  /** Nobody waits for it: who asks a hundred times a second waits for the database no more than who asks once a minute. */
  #renew(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    if (!this.#isAsking) queueMicrotask(() => void this.#ask());
  }

  async of(key: string): Promise<T | undefined> {
    const kept = this.kept(key);
    if (kept !== undefined) return kept.value;
    // One look-up after another tries whether the database is back; nobody else waits for it.
    if (this.#isAway && this.#isAsking) throw this.#away();
    return new Promise((resolve, reject) => {
      const since = this.#options.ticks();
      this.#waiting.push({ key, since, resolve, reject });
      // Together with whatever else is asked for in this turn.
      if (!this.#isAsking) queueMicrotask(() => void this.#ask());
    });
  }

  async #ask(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    while (this.#waiting.length > 0 || this.#isDue) {
      const together = this.#waiting.splice(0, TOGETHER_MAX);
      const asked = this.#options.ticks();
      this.#isDue = false;
      this.#asked = asked;
      try {
        const keys = new Set(together.map(({ key }) => key));
        this.#addWanted(keys, asked);
        if (keys.size === 0) continue;
        const waited =
          asked - Math.min(asked, ...together.map(({ since }) => since));
        const found = await inTime(
          this.#options.look([...keys]),
          AWAY_MS_MAX - waited,
          () => new Error(`no answer for ${AWAY_MS_MAX / 1000} seconds`),
        );
        this.#take(together, keys, found, asked);
      } catch (cause) {
        this.#isAway = true;
        this.#fail([...together, ...this.#waiting.splice(0)], cause);
      }
    }
    this.#isAsking = false;
  }

  #take(
    together: readonly Waiting<T>[],
    keys: ReadonlySet<string>,
    found: ReadonlyMap<string, T>,
    asked: number,
  ): void {
    const now = this.#options.ticks();
    if (!this.#isFresh(asked)) {
      const isLate = (one: Waiting<T>): boolean =>
        now - one.since >= AWAY_MS_MAX;
      this.#fail(together.filter(isLate), "too slow");
      this.#waiting.push(...together.filter((one) => !isLate(one)));
      return;
    }
    this.#isAway = false;
    for (const key of keys)
      this.#keep(key, { value: found.get(key), asked, isWanted: false });
    for (const { key, resolve } of together) resolve(found.get(key));
  }

  /** Whoever is asked for again and again goes along before its time is over: a thousand askers are one query a second, not a thousand. */
  #addWanted(keys: Set<string>, asked: number): void {
    for (const [key, kept] of this.#there) {
      const isYoung = asked - kept.asked < ALONG_MS;
      if (isYoung || keys.size >= TOGETHER_MAX) return;
      if (kept.isWanted) keys.add(key);
    }
  }

  #keep(key: string, kept: Kept<T>): void {
    this.#there.delete(key);
    this.#absent.delete(key);
    const among = kept.value === undefined ? this.#absent : this.#there;
    among.set(key, kept);
    // The oldest stand first: those that nobody believes any more go, and the oldest of too many.
    for (const [name, { asked }] of among) {
      if (among.size <= KEPT_MAX && this.#isFresh(asked)) return;
      among.delete(name);
    }
  }

  #fail(waiting: readonly Waiting<T>[], cause: unknown): void {
    for (const { reject } of waiting) reject(this.#away(cause));
  }

  #isFresh(asked: number): boolean {
    return this.#options.ticks() - asked < FRESH_MS_MAX;
  }

  #away(cause?: unknown): Unavailable {
    return new Unavailable(
      `Cannot answer: ${this.#options.of} cannot be looked up while the database is away`,
      { cause },
    );
  }
}
