/** Work that may take minutes and is done beside everything else: one at a time, and nothing waits for it. */
export class Beside {
  readonly #what: string;
  readonly #work: () => Promise<void>;
  #working: Promise<void> | undefined;
  #failed: Error | undefined;

  constructor(what: string, work: () => Promise<void>) {
    this.#what = what;
    this.#work = work;
  }

  /** Begins, unless it is under way; throws what failed the last time. */
  look(): void {
    const failed = this.#failed;
    this.#failed = undefined;
    if (failed !== undefined) throw failed;
    this.#working ??= this.#work()
      .catch((cause: unknown) => {
        this.#failed =
          cause instanceof Error ? cause : new Error(this.#what, { cause });
      })
      .finally(() => {
        this.#working = undefined;
      });
  }

  /** Resolves when what is under way has been done. */
  async done(): Promise<void> {
    await this.#working;
  }
}
