import { EngineFailed } from "./failed.ts";

/** Things that take turns: a work waits until one of them is free, in the order of asking. */
export class Turns<R extends number | object> {
  readonly #free: R[];
  readonly #waiting: ((thing: R) => void)[] = [];

  constructor(things: readonly R[]) {
    this.#free = [...things];
  }

  /** Fails as busy when none becomes free in time, where a time is said. */
  async use<T>(work: (thing: R) => Promise<T>, withinMs?: number): Promise<T> {
    const thing =
      this.#free.pop() ??
      (withinMs === undefined
        ? await new Promise<R>((turn) => this.#waiting.push(turn))
        : await this.take(withinMs));
    if (thing === undefined) throw new EngineFailed("busy");
    try {
      return await work(thing);
    } finally {
      this.give(thing);
    }
  }

  /** Takes a thing, to be given back by hand; undefined when none becomes free in time. */
  take(withinMs: number): Promise<R | undefined> {
    const thing = this.#free.pop();
    if (thing !== undefined) return Promise.resolve(thing);
    return new Promise((resolve) => {
      const turn = (given: R): void => {
        clearTimeout(timer);
        resolve(given);
      };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(turn), 1);
        resolve(undefined);
      }, withinMs);
      this.#waiting.push(turn);
    });
  }

  give(thing: R): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(thing);
    else next(thing);
  }
}
