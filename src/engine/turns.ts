/** Things that take turns: a work waits until one of them is free, in the order of asking. */
export class Turns<R extends number | object> {
  readonly #free: R[];
  readonly #waiting: ((thing: R) => void)[] = [];

  constructor(things: readonly R[]) {
    this.#free = [...things];
  }

  async use<T>(work: (thing: R) => Promise<T>): Promise<T> {
    const thing =
      this.#free.pop() ??
      (await new Promise<R>((turn) => this.#waiting.push(turn)));
    try {
      return await work(thing);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free.push(thing);
      else next(thing);
    }
  }
}
