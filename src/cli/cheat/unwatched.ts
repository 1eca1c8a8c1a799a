import { CouldNot } from "../exit.ts";
import { readLogName } from "../../uses/log-name.ts";
import { officeOf } from "../../register/register.ts";
import type { SlotName } from "../../uses/use.ts";
import { cutAt, type History, openLogs, settledAt } from "./history.ts";

/**
 * The office before the act that names a witness in its own log, with a usage log of the hour that still goes on: a cheat
 * begins where nobody outside remembers anything.
 */
export function unwatched(whole: History): History {
  const named = whole.lines.findIndex(
    (line) =>
      line.kind === "entry" &&
      line.entry.type === "act" &&
      line.entry.statement.act.kind === "witnessPolicyAdopted",
  );
  const most = named < 0 ? whole.lines.length : named;
  let history = cutAt(whole, settledAt(whole, most));
  // At the turn of a quarter its logs are closed, and for a while there is no other.
  while (newestLog(history, "hour") === undefined) {
    const closing = history.lines.findLastIndex(
      (line) => line.kind === "totals" || (line.kind === "head" && line.closed),
    );
    if (closing < 0)
      throw new CouldNot(
        "Cannot cheat: this office has no usage log of the hour to cheat with",
      );
    history = cutAt(history, settledAt(history, closing));
  }
  return history;
}

/** The usage log of that kind that was opened last and is not closed. */
export function newestLog(
  history: History,
  slotName: SlotName,
): string | undefined {
  const office = officeOf(history.origin);
  return openLogs(history)
    .filter((log) => readLogName(office, log)?.slotName === slotName)
    .toSorted()
    .at(-1);
}
