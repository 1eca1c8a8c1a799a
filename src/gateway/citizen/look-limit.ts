const HOUR = 3_600_000;
export const LOOKS_MAX = 60;

/** At most 60 looks an hour of one person at one list. What is older than an hour is forgotten. */
export class LookLimit {
  readonly #times = new Map<string, number[]>();

  /** Takes one look; gives the seconds until there is room again, 0 where there is. */
  take(name: string, now: number): number {
    this.#forget(now);
    const times = this.#times.get(name) ?? [];
    const [oldest] = times;
    if (oldest !== undefined && times.length >= LOOKS_MAX)
      return Math.max(1, Math.ceil((oldest + HOUR - now) / 1000));
    this.#times.delete(name);
    this.#times.set(name, [...times, now]);
    return 0;
  }

  /** Whoever looked last stands last. */
  #forget(now: number): void {
    for (const [name, times] of this.#times) {
      const fresh = times.filter((at) => at > now - HOUR);
      if (fresh.length === times.length && fresh.length > 0) return;
      if (fresh.length === 0) this.#times.delete(name);
      else this.#times.set(name, fresh);
    }
  }
}
