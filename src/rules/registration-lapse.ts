import { earliest } from "../acts/dates.ts";
import type { Rulebook } from "../register/register.ts";
import { breach, type Verdict } from "./findings.ts";

/** The first day on which the measures are no longer in force: five years from 1 March 2025. */
const LAPSES = "2030-03-01";

/**
 * CN-REG-18: a rulebook that adopts it ends with the measures. Once they have lapsed nobody can end before them, and this edition does not know
 * what follows: a rulebook is then flagged, since an adopted rule is never dropped and an office must be able to go on.
 */
export function decideLapse(
  { rules = [], until }: Rulebook,
  offsetMinutes: number,
  at: number,
): Verdict {
  const lapses = earliest(LAPSES, offsetMinutes);
  if (until <= lapses || !rules.some(({ rule }) => rule === "CN-REG-18"))
    return { findings: [] };
  const found = [breach("CN-REG-18", ["until", until], ["latest", lapses])];
  return at < lapses ? { findings: found } : { findings: [], flags: found };
}
