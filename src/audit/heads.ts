import type { Head } from "../acts/record.ts";
import { readLogName } from "../uses/log-name.ts";
import { SLOT, type SlotName } from "../uses/use.ts";
import { add, type Faults } from "./report.ts";

export const HEAD_MS_MAX = 60_000;
/** The clocks of an office and of a checker may differ by so much. */
export const AHEAD_MS_MAX = 60_000;

type Pending = {
  readonly index: number;
  readonly at: number;
  headSeen: boolean;
};

/** The heads that one usage log entered, and the narrowing acts that it has not yet shown to have followed. */
export type LogHeads = {
  readonly log: string;
  readonly heads: {
    readonly head: Head;
    readonly at: number;
    readonly index: number;
  }[];
  readonly pending: Pending[];
  closed: boolean;
};

type Narrowing = Pick<Pending, "index" | "at">;
export type Windows = {
  readonly logs: Map<string, LogHeads>;
  /** Every act so far that ended or narrowed something: a log that is opened later owes what it rests on. */
  readonly acts: Narrowing[];
  widest: number;
};

/** A closed gateway enters nothing any more: its logs owe no head, and end where their last head says. */
export function closeGateway(
  windows: Windows,
  faults: Faults,
  office: string,
  gateway: string,
  at: number,
): void {
  for (const log of windows.logs.values()) {
    if (readLogName(office, log.log)?.gateway !== gateway) continue;
    log.closed = true;
    for (const act of log.pending)
      if (at - act.at > HEAD_MS_MAX) late(log, faults, act, at);
    log.pending.length = 0;
  }
}

export function noWindows(): Windows {
  return { logs: new Map(), acts: [], widest: 0 };
}

/** A granted act that ends or narrows something: every log owes a head beyond it within 60 seconds. */
export function owe(windows: Windows, index: number, at: number): void {
  windows.acts.push({ index, at });
  for (const log of windows.logs.values())
    if (!log.closed) log.pending.push({ index, at, headSeen: false });
}

/** Takes a head in; the first one opens its log; sizes and anchors of one log never fall. */
export function takeHead(
  windows: Windows,
  faults: Faults,
  head: Head,
  index: number,
  at: number,
  register: string,
): void {
  const log = windows.logs.get(head.log) ?? opened(windows, head);
  windows.logs.set(head.log, log);
  const before = log.heads.at(-1)?.head;
  if (before !== undefined && (head.size < before.size || log.closed)) {
    add(faults, {
      code: "head-smaller",
      log: register,
      index,
      says: `head of ${head.log}: size ${head.size} after ${before.size}${log.closed ? ", which was closed" : ""}`,
    });
  }
  if (before !== undefined && head.anchored < before.anchored) {
    add(faults, {
      code: "head-anchored",
      log: register,
      index,
      says: `head of ${head.log}: anchored ${head.anchored} after ${before.anchored}`,
    });
  }
  if (before === undefined && head.anchored === 0) {
    add(faults, {
      code: "head-anchored",
      log: register,
      index,
      says: `first head of ${head.log}: no anchor stands in the log, want one on the register of its opening`,
    });
  }
  log.heads.push({ head, at, index });
  log.closed ||= head.closed === true;
  settle(windows, log, faults, head, at);
}

/**
 * A log begins to owe with its first head. What that one's anchor leaves behind is owed since the act, however old: otherwise
 * a log that is opened late could rest on a register from before a revocation.
 */
function opened(windows: Windows, { log, anchored }: Head): LogHeads {
  const behind = windows.acts.findLastIndex(({ index }) => index < anchored);
  const pending = windows.acts
    .slice(behind + 1)
    .map((act) => ({ ...act, headSeen: false }));
  return { log, heads: [], pending, closed: false };
}

function settle(
  windows: Windows,
  log: LogHeads,
  faults: Faults,
  head: Head,
  at: number,
): void {
  for (let i = 0; i < log.pending.length;) {
    const act = log.pending[i];
    if (act === undefined) break;
    if (act.index < head.anchored || log.closed) {
      windows.widest = Math.max(windows.widest, at - act.at);
      if (at - act.at > HEAD_MS_MAX) late(log, faults, act, at);
      log.pending.splice(i, 1);
    } else {
      if (at - act.at <= HEAD_MS_MAX) act.headSeen = true;
      i++;
    }
  }
}

/** At the end: what is still owed, seen from the time of the check. */
export function closeWindows(
  windows: Windows,
  faults: Faults,
  now: number,
): void {
  for (const log of windows.logs.values()) {
    for (const act of log.pending)
      if (now - act.at > HEAD_MS_MAX) late(log, faults, act, now);
  }
}

function late(log: LogHeads, faults: Faults, act: Pending, at: number): void {
  const seconds = Math.floor((at - act.at) / 1000);
  add(faults, {
    code: act.headSeen ? "block-uncut" : "head-late",
    log: log.log,
    says: act.headSeen
      ? `entry ${act.index} ended or narrowed something; the log's head after it still rests on an older register, ${seconds} s later`
      : `entry ${act.index} ended or narrowed something; the log's next head came after ${seconds} s, want 60`,
  });
}

/** When everything that a head names must be in public: its slot's end, and ten minutes. */
export function publicBy(slotName: SlotName, at: number): number {
  const length = SLOT[slotName];
  return at - (at % length) + length + PUBLISH_MS_MAX;
}

/** A use's receipt promises the entry in public so long after its slot has ended. */
export const PUBLISH_MS_MAX = 600_000;
