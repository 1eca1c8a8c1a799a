import { randomBytes } from "node:crypto";

/** What office and gateway need from the world. A history that is being laid gives its own clock; nothing else differs. */
export type Surroundings = {
  /** Milliseconds UTC. */
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
};

export const realSurroundings: Surroundings = {
  now: () => Date.now(),
  random: (bytes) => randomBytes(bytes),
};
