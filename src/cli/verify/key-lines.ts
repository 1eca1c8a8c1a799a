import { showInstant } from "../../acts/dates.ts";
import { showCount, showLine } from "../../audit/says.ts";
import { doubtfulKeys } from "../../register/doubtful.ts";
import { logKeysAt } from "../../register/log-keys.ts";
import type { CheckResult } from "./check.ts";

const ENTRIES_SHOWN = 10;
const KEYS_SHOWN = 5;

/** What became of the log's key and of persons' keys: lines of fact, none of them a contradiction. */
export function keyLines(r: CheckResult): readonly string[] {
  return [
    ...logKeyLines(r),
    ...policyLines(r),
    ...endLines(r),
    ...doubtfulLines(r),
  ];
}

function logKeyLines({ register, size }: CheckResult): readonly string[] {
  const { logKeys, at, offsetMinutes } = register;
  if (logKeys.size < 2) return [];
  const changes = [...logKeys.values()]
    .slice(1)
    .map(
      (one) =>
        `entry ${showCount(one.entry)} on ${showInstant(one.at, offsetMinutes)}`,
    );
  const signed = logKeysAt(logKeys, { entry: size - 1, at }).length;
  return [
    `log key      changed by ${changes.join(", ")}; the checkpoint is signed by ${signed === 1 ? "the newest key alone" : `the ${signed} keys that must sign it`}`,
  ];
}

/** Of the checkpoint at hand alone: an earlier one may have been the first that covered the change. */
function policyLines({ watch: { changed } }: CheckResult): readonly string[] {
  if (changed === undefined) return [];
  const bears = changed.bearsBefore
    ? "bears the quorum of the policy before as well"
    : "does not bear the quorum of the policy before; only the first one that covered the change had to";
  return [
    `policy       changed by entry ${showCount(changed.entry)}: this checkpoint ${bears}`,
  ];
}

function endLines({ register, predecessor }: CheckResult): readonly string[] {
  const { ended, offsetMinutes } = register;
  const lines: string[] = [];
  if (register.predecessor !== undefined) {
    const { origin, size } = register.predecessor;
    const how = predecessor ?? "which was not checked here";
    lines.push(`follows      ${origin} at size ${showCount(size)}, ${how}`);
  }
  if (ended !== undefined) {
    const next =
      ended.successor === undefined
        ? "it names no successor"
        : `${ended.successor} follows it`;
    lines.push(
      `ended        by entry ${showCount(ended.entry)} on ${showInstant(ended.at, offsetMinutes)}, reason ${ended.reason}; ${next}`,
    );
  }
  return lines;
}

function doubtfulLines({ register }: CheckResult): readonly string[] {
  const { offsetMinutes } = register;
  const doubtful = doubtfulKeys(register);
  const lines = doubtful.slice(0, KEYS_SHOWN).map((one) => {
    const shown = one.entries.slice(0, ENTRIES_SHOWN).map(showCount).join(", ");
    const more = one.entries.length - ENTRIES_SHOWN;
    const which =
      one.entries.length === 0
        ? ""
        : `: entries ${shown}${more > 0 ? ` and ${showCount(more)} more` : ""}`;
    const acts = one.entries.length === 1 ? "act" : "acts";
    return `doubtful     ${showCount(one.entries.length)} ${acts} signed by key ${one.key} between ${showInstant(one.since, offsetMinutes)} and its revocation by entry ${showCount(one.revoked.entry)}${which}`;
  });
  const more = doubtful.length - KEYS_SHOWN;
  return (
    more > 0
      ? [...lines, `doubtful     and ${showCount(more)} more keys`]
      : lines
  ).map((line) => showLine(line));
}
