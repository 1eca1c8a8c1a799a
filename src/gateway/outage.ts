import { Unavailable } from "./unavailable.ts";

const OUTAGE_MS_MAX = 10_000;

/**
 * Whether what is due in public becomes so. A receipt promises that its entry will be there ten minutes after its slot: while
 * that cannot be done, no further promise is given. Only what really failed or hangs counts: the clock alone makes nothing late.
 */
export class Outage {
  #since: number | undefined;
  #begunAt: number | undefined;

  /** Runs the work that makes things public, begun at that time; it fails as that work does. */
  async watch(now: number, work: () => Promise<void>): Promise<void> {
    this.#begunAt = now;
    try {
      await work();
    } catch (error) {
      this.#since ??= now;
      throw error;
    } finally {
      this.#begunAt = undefined;
    }
    this.#since = undefined;
  }

  mustNotLast(now: number): void {
    const since = this.#since ?? this.#begunAt;
    if (since === undefined || now - since < OUTAGE_MS_MAX) return;
    throw new Unavailable(
      "Cannot answer: what was answered before could not be published for ten seconds; a receipt would promise too much",
    );
  }
}
