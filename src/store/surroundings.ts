import { CLOCK_MS_MAX } from "./log.ts";
import { random } from "./random.ts";

/** What office and gateway need from the world. A history that is being laid gives its own clock; nothing else differs. */
export type Surroundings = {
  /** Milliseconds UTC. */
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
};

/** Time never falls: a clock that is set back a little stands still. One that is set back far is shown, and the writers stop. */
export const realSurroundings: Surroundings = {
  now: neverFalling(() => Date.now()),
  random,
};

export function neverFalling(clock: () => number): () => number {
  let latest = 0;
  return () => {
    const now = clock();
    if (now < latest - CLOCK_MS_MAX) return now;
    latest = Math.max(latest, now);
    return latest;
  };
}
