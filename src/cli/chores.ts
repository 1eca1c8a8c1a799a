import { inTurn } from "../store/in-turn.ts";

export type Chore = {
  readonly everyMs: number;
  readonly work: () => unknown;
};

/** What is done again and again beside the answering: each when it is due, and again at the next look when it failed. */
export class Chores {
  readonly #chores: readonly Chore[];
  readonly #done = new Map<Chore, number>();

  constructor(chores: readonly Chore[]) {
    this.#chores = chores;
  }

  /** `ticks` are milliseconds that only ever grow. */
  async look(ticks: number): Promise<void> {
    const due = this.#chores.filter((chore) => {
      const done = this.#done.get(chore);
      return done === undefined || ticks - done >= chore.everyMs;
    });
    await inTurn(
      ...due.map((chore) => async () => {
        await chore.work();
        this.#done.set(chore, ticks);
      }),
    );
  }
}
