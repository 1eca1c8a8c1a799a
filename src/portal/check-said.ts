import { around } from "./around.ts";
import { type Message, say, sayAgain } from "./lang/say.ts";

/** What the lines of a check say behind their labels (`src/cli/verify/print.ts`), and how it concludes. */
const LINES: readonly Message[] = [
  "{n} of {known} known systems do not pass this gate; what was not entered is not here: look at receipts, ledgers and source systems",
  "values, rows and subjects of {n} uses (their payers can, with receipts; the auditor, with openings)",
  "that what {n} openings say was answered is what arrived: whoever got the answers holds them against their digests",
  "that persons held their keys and saw what they signed; that no data left by another way",
  "the newest cosignature is {n} hour old: what the office did since is its word",
  "the newest cosignature is {n} hours old: what the office did since is its word",
  "{n} entries that heads name and whose slot has not ended",
  "usage logs that are not in public yet: {names}",
  "the uses of {n} dropped usage log (policy {policy}): their heads and totals stand, and say {uses} uses, {money}",
  "the uses of {n} dropped usage logs (policy {policy}): their heads and totals stand, and say {uses} uses, {money}",
  "{n} kept checkpoints of dropped logs, which lie between their heads",
  "kept checkpoints of logs that no head names, or of which nothing is here: {names}",
  "cosignatures of a time to come, by {names}: they bound nothing",
  "hash tiles of {n} logs: none is here, so nobody can make a proof from this place",
  "{n} public papers that are not here: {names}",
  "{n} public papers that are larger than an office takes: {names}",
  "rulings under edition {names}, whose digest this program does not know",
  "no --receipt given: whether promises were kept",
  "no --policy given: whom you trust to watch is your choice, not the office's",
  "no --genesis given: consistent with itself; that this is the office was not checked",
  "whether {n} witness holds the same history: what they hold is newer than this copy",
  "whether {n} witnesses hold the same history: what they hold is newer than this copy",
  "{n} kept checkpoints that are newer than this copy, such as {names}",
  "{n} cosigned checkpoints that no witness of the policy at hand cosigned: they give no time",
  "what stands behind the last whole note of cosigned checkpoints: {names}",
  "whether witness {names} holds another history: it gave no answer",
  "whether witness {names} holds another history: its answer is not signed by this log and by it",
  "whether witness {names} holds another history: what it shows is not signed by every key of this log that signs by now",
  "{n} override, {seals} seals",
  "{n} overrides, {seals} seals",
  "every time is the office's word: no cosignature is at hand",
  "every time before {at} is the office's word: no older cosignature is at hand ({n} of its cosigned checkpoints read; whose witnesses: your policy's)",
  "every time before {at} is the office's word: no older cosignature is at hand ({n} of its cosigned checkpoints read; whose witnesses: those that the office named)",
  "every time before {at} is the office's word: no older cosignature is at hand",
  "after it the widest span between two cosignatures that entries lie in is {time}, entries {from} to {to}",
  "the last {n} entries no cosignature covers",
  "no contradiction found",
  "no contradiction found, confirmed by {n} of {all} witnesses",
  "could not check",
  "{n} contradiction",
  "{n} contradictions",
];

const LABELS = {
  "not checked": "not checked",
  "in force": "in force",
  times: "times",
} as const satisfies Readonly<Record<string, Message>>;

/**
 * A line of the stranger's check in the language of the page: it comes from a program of its own, which prints English. Undefined where no
 * message is known that made it.
 */
export function sayChecked(line: string): string | undefined {
  if (around().lang === "en") return line;
  const [, label = "", text = line] =
    /^(not checked|in force|times) +(.*)$/s.exec(line) ?? [];
  const said =
    sayAgain(text, LINES) ??
    whole(text.split(TIMES).map((part) => sayAgain(part, LINES)));
  if (said === undefined || label === "") return said;
  return say("{label}: {text}", { label: say(labelIn(label)), text: said });
}

/** What is said of times stands in up to three parts. */
const TIMES = /; (?=after it |the last )/;

function whole(parts: readonly (string | undefined)[]): string | undefined {
  return parts.every((one) => one !== undefined)
    ? parts.join(say("; "))
    : undefined;
}

function labelIn(label: string): Message {
  const found = Object.entries(LABELS).find(([one]) => one === label)?.[1];
  if (found === undefined) throw new Error(`Cannot say label ${label}`);
  return found;
}
