import { setTimeout as sleep } from "node:timers/promises";
import type { Ruling } from "../acts/entry.ts";

/** An act stands in the log for ever and is not public yet: whoever sent it must not send it again. */
export class NotPublicYet extends Error {
  override readonly name = "NotPublicYet";
  readonly entered: EnteredAct;

  constructor(entered: EnteredAct, cause: unknown) {
    super(
      `The act was entered as entry ${entered.index} and is not public yet; do not send it again`,
      { cause },
    );
    this.entered = entered;
  }
}

/** Where an act stands, since when, and how it was ruled. */
export type EnteredAct = {
  readonly index: number;
  readonly at: number;
  readonly ruling: Ruling;
  readonly leaf: string;
};

const WAIT_MS_MAX = 60_000;
const TRY_AGAIN_MS = 250;

/** While a witness or the database is away the answer waits: the entry is there, and would be turned away if it came again. */
export async function untilPublic(
  entered: EnteredAct,
  size: () => number,
  publish: () => Promise<void>,
  mustRun: () => void,
): Promise<void> {
  const until = performance.now() + WAIT_MS_MAX;
  while (size() <= entered.index) {
    try {
      await publish();
    } catch (cause) {
      mustRun();
      if (performance.now() > until) throw new NotPublicYet(entered, cause);
      await sleep(TRY_AGAIN_MS);
    }
  }
}
