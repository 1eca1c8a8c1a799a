import type { Spent } from "../uses/admit.ts";

const NOTHING: Spent = { calls: 0, steps: 0 };

/** What every permit has used, over all logs: its quota is held against it. */
export class Spending {
  readonly #all = new Map<string, Spent>();
  readonly #own = new Map<string, Spent>();
  /** What the other gateways are known to have used; they may have used more. */
  readonly #others = new Map<string, Spent>();

  get all(): ReadonlyMap<string, Spent> {
    return this.#all;
  }

  of(permit: string): Spent {
    return this.#all.get(permit) ?? NOTHING;
  }

  ownOf(permit: string): Spent {
    return this.#own.get(permit) ?? NOTHING;
  }

  /** What this gateway used of every permit. */
  get own(): ReadonlyMap<string, Spent> {
    return this.#own;
  }

  add(permit: string, more: Spent): void {
    this.#own.set(permit, sum(this.ownOf(permit), more));
    this.#all.set(permit, sum(this.of(permit), more));
  }

  seeOthers(permit: string, spent: Spent): void {
    this.#others.set(permit, spent);
    this.#all.set(permit, sum(this.ownOf(permit), spent));
  }

  othersOf(permit: string): Spent {
    return this.#others.get(permit) ?? NOTHING;
  }
}

export function sum(a: Spent, b: Spent): Spent {
  return { calls: a.calls + b.calls, steps: a.steps + b.steps };
}
