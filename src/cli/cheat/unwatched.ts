import { officeOf } from "../../register/founding.ts";
import { readLogName } from "../../uses/log-name.ts";
import type { SlotName } from "../../uses/use.ts";
import { CouldNot } from "../exit.ts";
import { atOf, cutAt, type History, openLogs, settledAt } from "./history.ts";

/**
 * The office before the act that names a witness in its own log, with a usage log of the hour that still goes on: a cheat
 * begins where nobody outside remembers anything.
 */
export function unwatched(whole: History): History {
  const history = cutBefore(whole, namedAt(whole));
  const log = newestOf(history, [...history.logs.keys()], "hour");
  const span = readLogName(officeOf(history.origin), log ?? "")?.span;
  if (span === undefined)
    throw new CouldNot(
      "Cannot cheat: this office has entered no use under the hour yet",
    );
  // At the turn of a quarter its logs are closed, and for a while there are no others.
  return cutBefore(
    history,
    history.lines.findIndex((line) => atOf(line) >= span.to),
  );
}

/** Where the office first names a witness in its own log; -1 if it does not. */
export function namedAt({ lines }: History): number {
  return lines.findIndex(
    (line) =>
      line.kind === "entry" &&
      line.entry.type === "act" &&
      line.entry.statement.act.kind === "witnessPolicyAdopted",
  );
}

/** The history up to that entry, or all of it if there is none, without anything half done. */
function cutBefore(history: History, index: number): History {
  const most = index < 0 ? history.lines.length : index;
  return cutAt(history, settledAt(history, most));
}

/** The usage log of that kind that was opened last and is not closed. */
export function newestLog(
  history: History,
  slotName: SlotName,
): string | undefined {
  return newestOf(history, openLogs(history), slotName);
}

function newestOf(
  { origin }: History,
  logs: readonly string[],
  slotName: SlotName,
): string | undefined {
  const office = officeOf(origin);
  return logs
    .filter((log) => readLogName(office, log)?.slotName === slotName)
    .toSorted()
    .at(-1);
}
