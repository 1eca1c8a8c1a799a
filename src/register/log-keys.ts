import type { Entry } from "../acts/entry.ts";
import type { Entered } from "./register.ts";

/** So long after a change of the log's key its checkpoints bear the signatures of both. */
export const BOTH_SIGN_MS = 30 * 86_400_000;

export type LogKeyTerm = Entered & {
  readonly publicKey: string;
  /** It signs nothing whose time is this or later: 30 days after the entry that named the next one. */
  readonly until: number;
};

/** The keys of a log one after the other, each with the time at which it is over. */
export function logKeyTerms(
  keys: ReadonlyMap<string, Entered>,
): readonly LogKeyTerm[] {
  const list = [...keys];
  return list.map(([publicKey, where], index) => {
    const next = list[index + 1]?.[1];
    const until = next === undefined ? Infinity : next.at + BOTH_SIGN_MS;
    return { publicKey, ...where, until };
  });
}

/**
 * The keys that must all sign what has this entry as its last: named in it or before, and not over at its time. Where in the
 * log an entry stands decides who is named, its time who is over; what a clock says later changes neither.
 */
export function logKeysAt(
  keys: ReadonlyMap<string, Entered>,
  last: Entered,
): readonly string[] {
  return logKeyTerms(keys)
    .filter(({ entry, until }) => entry <= last.entry && last.at < until)
    .map(({ publicKey }) => publicKey);
}

/**
 * The keys that must all have signed what somebody shows of a size, for it to speak against this log, whose last entry is
 * `last`. Of a larger size nobody here knows the time of its end: it is no earlier than our own, and no later than the
 * cosignature. A key that is over by then signs no evidence, whoever has it; before any other was named it is the one there was.
 */
export function logKeysAgainst(
  keys: ReadonlyMap<string, Entered>,
  last: Entered,
  size: number,
  cosignedSeconds: number,
): readonly string[] {
  const isLarger = size > last.entry + 1;
  const at = isLarger ? Math.max(last.at, cosignedSeconds * 1000) : last.at;
  const entry = isLarger ? last.entry : Math.max(0, size - 1);
  const needed = logKeysAt(keys, { entry, at });
  if (needed.length > 0) return needed;
  return [...keys]
    .flatMap(([key, named]) => (named.entry <= entry ? [key] : []))
    .slice(-1);
}

/** Takes down the key that an entry names for its log, if it does. */
export function noteLogKey(
  keys: Map<string, Entered>,
  entry: Entry,
  index: number,
): void {
  if (entry.type !== "act") return;
  const { act } = entry.statement;
  const isFounding = act.kind === "genesis" && index === 0;
  const isChange =
    act.kind === "logKeyChanged" && entry.ruling.outcome === "granted";
  if (isFounding || isChange)
    keys.set(act.logKey, { entry: index, at: entry.at });
}
