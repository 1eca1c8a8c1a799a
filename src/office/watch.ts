import type { Ruling } from "../acts/entry.ts";

/** Hears what came of acts, for those who watch the office run. */
export type OfficeWatch = {
  readonly entered: (
    kind: string,
    outcome: Ruling["outcome"],
    index: number,
  ) => void;
  readonly turnedAway: (kind: string, code: string) => void;
};
