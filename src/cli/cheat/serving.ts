import { randomBytes } from "node:crypto";
import { toBase64url } from "../../acts/bytes.ts";
import {
  type ReadRegister,
  type StandingPermit,
} from "../../register/register.ts";
import { officeOf } from "../../register/founding.ts";
import { admitAgain } from "../../uses/admit-again.ts";
import { readLogName } from "../../uses/log-name.ts";
import { charge, priceOf } from "../../uses/price.ts";
import { SLOT, slotOf, type Use } from "../../uses/use.ts";
import { CouldNot } from "../exit.ts";
import {
  atOf,
  type Block,
  type History,
  type Line,
  openLogs,
  registerAt,
  withBlocks,
} from "./history.ts";
import { newestLog } from "./unwatched.ts";

/** A use that was served, and where it stands. */
export type Served = {
  readonly log: string;
  readonly block: number;
  readonly use: Use;
};

/** The uses of one log, the newest first. */
export function usesOf({ logs }: History, log: string): readonly Served[] {
  return (logs.get(log) ?? [])
    .flatMap(({ entries }, block) =>
      entries.flatMap((use) =>
        use.kind === "use" ? [{ log, block, use }] : [],
      ),
    )
    .toReversed();
}

/** The usage log of the hour, where answers about persons are entered and most money is charged. */
export function hourLog(history: History): string {
  const log = newestLog(history, "hour");
  if (log === undefined) throw new Error("Cannot find a usage log of the hour");
  return log;
}

/** The newest use of any hourly log that fits; a pattern for the next one. */
export function newestUse(
  history: History,
  fits: (use: Use) => boolean,
  what: string,
): Use {
  const logs = [...history.logs.keys()].filter((log) => log.includes("/hour/"));
  for (const log of logs.toSorted().toReversed()) {
    const found = usesOf(history, log).find(({ use }) => fits(use));
    if (found !== undefined) return found.use;
  }
  throw new CouldNot(`Cannot cheat: this office has entered no ${what} yet`);
}

/** The slot in which the office stands at the end of its history; the last of the log's quarter, once that is over. */
export function lastSlot(history: History, log: string): number {
  const at = Math.max(0, ...history.lines.slice(-1).map(atOf));
  const newest = history.logs.get(log)?.at(-1)?.anchor.slot ?? 0;
  const name = readLogName(officeOf(history.origin), log);
  if (name === undefined) throw new Error(`Cannot read log name ${log}`);
  const length = SLOT[name.slotName];
  return Math.max(newest, Math.min(slotOf(at, length), name.span.to - length));
}

/** What a gateway owes after an act that ended or narrowed something: every log cut, and its head. */
export function followed(history: History): History {
  const size = history.lines.length;
  return openLogs(history).reduce((before, log) => {
    const slot = lastSlot(before, log);
    const anchor = { v: 1, kind: "anchor", size, root: "", slot } as const;
    return withHead(addBlock(before, log, { anchor, entries: [] }), log);
  }, history);
}

/** A commitment that nobody can tell from a real one. */
export function someCommitment(): string {
  return toBase64url(randomBytes(32));
}

/** The office goes on: one more block with these uses, and the head of the log. */
export function goOn(history: History, uses: readonly Use[]): History {
  const log = hourLog(history);
  const slot = lastSlot(history, log);
  const size = history.lines.length;
  const block: Block = {
    anchor: { v: 1, kind: "anchor", size, root: "", slot },
    entries: uses.map((use) => ({ ...use, slot })),
  };
  return withHead(addBlock(history, log, block), log);
}

export function addBlock(history: History, log: string, block: Block): History {
  return withBlocks(history, log, [...(history.logs.get(log) ?? []), block]);
}

/** The head of a log, entered as soon as the office's time allows. */
export function withHead(history: History, log: string): History {
  const blocks = history.logs.get(log)?.length ?? 0;
  const at = Math.max(
    lastSlot(history, log),
    ...history.lines.slice(-1).map(atOf),
  );
  const upTo = { blocks, anchor: false };
  const head: Line = { kind: "head", at, log, upTo, closed: false };
  return { ...history, lines: [...history.lines, head] };
}

/** A lawful use under that permit, or the reasons why there can be none. */
export function lawfulUse(
  register: ReadRegister,
  like: Use,
  slot: number,
): Use {
  const permit = permitOf(register, like.permit);
  const { fee } = priceOf(register, permit.act, slot, SLOT.hour);
  const { fee: _, ...rest } = like;
  const use: Use = {
    ...rest,
    slot,
    private: someCommitment(),
    charge: charge(like.units, fee?.act),
    ...(fee === undefined ? {} : { fee: fee.act.fee }),
  };
  const against = admitAgain(register, use, "hour", { calls: 0, steps: 0 });
  if (against.length === 0) return use;
  throw new CouldNot(
    `Cannot cheat: permit ${like.permit} allows no use any more (${against.map((f) => f.rule).join(", ")})`,
  );
}

export function permitOf(register: ReadRegister, id: string): StandingPermit {
  const permit = register.permits.get(id);
  if (permit === undefined)
    throw new CouldNot(`Cannot cheat: this office has no permit ${id}`);
  return permit;
}

/** A use for which somebody pays, as the office would enter it next. */
export function nextPaidUse(history: History): Use {
  const log = hourLog(history);
  const paid = newestUse(history, (use) => use.charge > 0, "paid use");
  const register = registerAt(history, history.lines.length);
  return lawfulUse(register, paid, lastSlot(history, log));
}
