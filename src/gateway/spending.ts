import type { Spent } from "../uses/admit.ts";

const NOTHING: Spent = { calls: 0, steps: 0 };

/** What every permit has used, over all logs: its quota is held against it. */
export class Spending {
  readonly #spent = new Map<string, Spent>();

  get all(): ReadonlyMap<string, Spent> {
    return this.#spent;
  }

  of(permit: string): Spent {
    return this.#spent.get(permit) ?? NOTHING;
  }

  add(permit: string, { calls, steps }: Spent): void {
    const spent = this.of(permit);
    const more = { calls: spent.calls + calls, steps: spent.steps + steps };
    this.#spent.set(permit, more);
  }
}
