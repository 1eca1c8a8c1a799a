import { type ReadRegister, type TotalsRow } from "../register/register.ts";
import { officeOf } from "../register/founding.ts";
import { readLogName } from "../uses/log-name.ts";
import type { LogHeads, Windows } from "./heads.ts";
import { add } from "./report.ts";
import type { UsageAudit } from "./usage-state.ts";

/** A gateway that is at work closes the logs of a quarter that is over within a day. */
const CLOSE_MS_MAX = 86_400_000;

/** The totals that a closed log must come to; undefined where it was not closed, and has none. */
export function totalsDue(
  { log, tally: { totals } }: UsageAudit,
  register: ReadRegister,
  windows: Windows,
): readonly TotalsRow[] | undefined {
  const entered = register.closedTotals.get(log);
  if (entered !== undefined) return entered;
  return closingHead(windows, log) !== undefined && totals.size > 0
    ? []
    : undefined;
}

/** A log ends with its closing head, and has one when its gateway was closed or its quarter is over. */
export function auditEnd(
  usage: UsageAudit,
  size: number,
  register: ReadRegister,
  windows: Windows,
): void {
  const { faults, log } = usage;
  const closing = closingHead(windows, log);
  const isLeft = register.gateways.get(usage.gateway)?.ended !== undefined;
  const covered = headsOf(windows, log).reduce(
    (most, { head }) => Math.max(most, head.size),
    0,
  );
  if ((closing !== undefined || isLeft) && size > covered)
    add(faults, {
      code: "head-late",
      log,
      says: `${isLeft ? "the gateway" : "the log"} was closed, and the log goes on beyond its last head of size ${covered}`,
    });
  if (usage.tally.totals.size === 0) return;
  if (isLeft && closing === undefined)
    add(faults, {
      code: "totals",
      log,
      says: "the gateway was closed by an act, and its log was not closed before",
    });
  else if (workedOn(usage, register, windows))
    add(faults, {
      code: "totals",
      log,
      says: "the quarter was over, and the gateway worked on for more than a day without closing the log",
    });
}

/**
 * Whether the gateway entered heads for more than a day since the quarter was over, and the log was not closed. One that is
 * away enters nothing: it may be away as long as it is.
 */
function workedOn(
  { log, gateway, span }: UsageAudit,
  { origin }: ReadRegister,
  windows: Windows,
): boolean {
  const end = closingHead(windows, log)?.index ?? Infinity;
  let first = Infinity;
  let last = 0;
  for (const other of windows.logs.values()) {
    if (readLogName(officeOf(origin), other.log)?.gateway !== gateway) continue;
    for (const { at, index } of other.heads) {
      if (at < span.to || index > end) continue;
      first = Math.min(first, at);
      last = Math.max(last, at);
    }
  }
  return last - first > CLOSE_MS_MAX;
}

function closingHead(windows: Windows, log: string) {
  return headsOf(windows, log).find(({ head }) => head.closed === true);
}

function headsOf(windows: Windows, log: string): LogHeads["heads"] {
  return windows.logs.get(log)?.heads ?? [];
}
