import type { Follows } from "../../accounts/follows.ts";
import type { ActLog } from "../../portal/acts/act-log.ts";
import { newsLetter } from "../../portal/follow/follow-letters.ts";
import type { Chore } from "../chores.ts";

const TELL_MS = 5_000;
const SWEEP_MS = 60_000;

/**
 * Writes to those who follow, where letters can be sent, and forgets those whose time is over in any case: an office that has no mail
 * server any more keeps no address of whoever never confirmed.
 */
export function followChores(
  log: ActLog,
  follows: Follows,
  /** Where letters lead; undefined where none can be sent. */
  lead: () => string | undefined,
): readonly Chore[] {
  const tell = async (): Promise<void> => {
    const address = lead();
    if (address === undefined || !(await log.ready())) return;
    // What becomes public meanwhile is told the next time.
    const { size } = log.index;
    await follows.tell(size, log.register.offsetMinutes, (letter) =>
      newsLetter(log, address, letter, size),
    );
  };
  return [
    { everyMs: TELL_MS, work: tell },
    { everyMs: SWEEP_MS, work: () => follows.sweep() },
  ];
}
