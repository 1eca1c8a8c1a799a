import { compareBytes, toBase64url } from "../acts/bytes.ts";
import type { Finding } from "../acts/entry.ts";
import { encode, Malformed } from "../acts/canonical.ts";
import type { Primitives } from "../acts/primitives.ts";
import { leafHash } from "../log/hash.ts";
import { appendLeaf, emptyRange, rootOf } from "../log/tree.ts";
import {
  inForce,
  type ReadRegister,
  type TotalsRow,
} from "../register/register.ts";
import { noteSealed } from "../rules/seals.ts";
import { admitAgain } from "../uses/admit-again.ts";
import { readUse } from "../uses/codec.ts";
import type { LogName } from "../uses/log-name.ts";
import {
  type Anchor,
  parseUsageEntry,
  SLOT,
  type UsageEntry,
  type Use,
} from "../uses/use.ts";
import {
  newTally,
  type Sums,
  totalsRows,
  type UsageAudit,
} from "./usage-state.ts";
import { AHEAD_MS_MAX, HEAD_MS_MAX } from "./heads.ts";
import { addCharge, auditOpenUse, auditRepeat } from "./later.ts";
import { auditOpen } from "./open-data.ts";
import { addSpent, UNSPENT } from "./quotas.ts";
import { add, type FaultCode, type Faults } from "./report.ts";
import { sayFinding, showMoney, sayOther } from "./says.ts";
import { noteWanted, type Wanted } from "./source.ts";

export function startUsage(
  p: Primitives,
  faults: Faults,
  log: string,
  name: LogName,
  heads: UsageAudit["heads"],
  remembered: UsageAudit["remembered"],
  wanted: Wanted,
  seenAt: number,
): UsageAudit {
  const audit: UsageAudit = {
    p,
    faults,
    log,
    heads,
    remembered,
    wanted,
    seenAt,
    gateway: name.gateway,
    slotName: name.slotName,
    span: name.span,
    range: emptyRange(),
    anchor: undefined,
    lastLeaf: undefined,
    lastSlot: 0,
    opens: new Map(),
    headAt: 0,
    uncovered: undefined,
    widestWait: 0,
    tally: newTally(),
    keyed: new Map(),
    repeats: [],
    settles: new Map(),
    counts: new Map(),
  };
  auditHeads(audit, (code, says) => add(faults, { code, log, says }));
  return audit;
}

/** Reads an entry without deciding anything: the caller wants to know whether it is an anchor, and on which size. */
export function readUsage(
  audit: UsageAudit,
  raw: Uint8Array,
): UsageEntry | undefined {
  try {
    return readUse(raw) ?? parseUsageEntry(raw);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    add(audit.faults, {
      code: "usage-bytes",
      log: audit.log,
      index: audit.range.size,
      says: error.message,
    });
    return undefined;
  }
}

/** Checks the next entry against the register as it stood at the block's anchor. */
export function auditUsage(
  audit: UsageAudit,
  raw: Uint8Array,
  entry: UsageEntry | undefined,
  register: ReadRegister,
  sums: Sums,
  rootThen: (size: number) => Uint8Array | undefined,
): void {
  const { p, log, range } = audit;
  const index = range.size;
  const fault = (code: FaultCode, says: string): void =>
    add(audit.faults, { code, log, index, says });
  const leaf = leafHash(p, raw);
  if (entry?.kind === "anchor")
    auditAnchor(audit, entry, register, rootThen, fault);
  else if (entry !== undefined)
    auditInBlock(audit, entry, leaf, register, sums, fault);
  audit.lastLeaf = entry?.kind === "anchor" ? undefined : leaf;
  noteWanted(audit.wanted, leaf, index);
  appendLeaf(p, range, leaf);
  auditHeads(audit, fault);
}

type Say = (code: FaultCode, says: string) => void;

function auditAnchor(
  audit: UsageAudit,
  anchor: Anchor,
  register: ReadRegister,
  rootThen: (size: number) => Uint8Array | undefined,
  fault: Say,
): void {
  const before = audit.anchor;
  if (before !== undefined && anchor.size < before.size)
    fault(
      "anchor-falls",
      `the block rests on size ${anchor.size} of the register, the one before it on ${before.size}`,
    );
  const root = rootThen(anchor.size);
  if (root === undefined || toBase64url(root) !== anchor.root)
    fault(
      "anchor-root",
      `anchor of size ${anchor.size} does not name the register log's root at that size`,
    );
  if (!inForce(register.gateways.get(audit.gateway), register.at))
    fault(
      "record-key",
      `gateway ${audit.gateway} is not open at anchor ${anchor.size}`,
    );
  const length = SLOT[audit.slotName];
  if (
    anchor.slot % length !== 0 ||
    anchor.slot < audit.lastSlot ||
    anchor.slot < audit.span.from ||
    anchor.slot >= audit.span.to
  ) {
    fault(
      "slot",
      `slot ${anchor.slot} falls, is not a whole ${audit.slotName} or lies outside the log's quarter`,
    );
  }
  if (anchor.slot > audit.lastSlot) endSlot(audit, true);
  if (anchor.slot > audit.seenAt + AHEAD_MS_MAX)
    fault(
      "at-ahead",
      `slot ${anchor.slot} had not begun at ${audit.seenAt}, when the log was looked at`,
    );
  outlives(audit, anchor.slot, fault);
  audit.anchor = anchor;
  audit.lastSlot = Math.max(audit.lastSlot, anchor.slot);
}

/**
 * Counts of a slot against its opens. Sorting by leaf hash may put a count before what it counts, so both are looked at
 * when the slot is over.
 */
function endSlot(audit: UsageAudit, over: boolean): void {
  for (const [of, { index, what }] of audit.counts) {
    const opened = audit.opens.get(of);
    if (
      opened !== undefined &&
      `${opened.dataset} ${opened.operation}` === what
    )
      audit.opens.delete(of);
    else
      add(audit.faults, {
        code: "counted",
        log: audit.log,
        index,
        says: `counts ${what}, which was not opened in this slot`,
      });
  }
  audit.counts.clear();
  if (!over) return;
  for (const [, { index, dataset }] of audit.opens) {
    add(audit.faults, {
      code: "open-uncounted",
      log: audit.log,
      index,
      says: `open use of ${dataset} was never counted`,
    });
  }
  audit.opens.clear();
}

function auditInBlock(
  audit: UsageAudit,
  entry: Exclude<UsageEntry, Anchor>,
  leaf: Uint8Array,
  register: ReadRegister,
  sums: Sums,
  fault: Say,
): void {
  const { anchor } = audit;
  if (anchor === undefined) {
    fault("anchor-missing", `${entry.kind} before the first anchor`);
    return;
  }
  if (audit.lastLeaf !== undefined && compareBytes(audit.lastLeaf, leaf) >= 0)
    fault(
      "block-order",
      "the block is not sorted by leaf hash, or holds an entry twice",
    );
  if (entry.kind !== "settle" && entry.slot !== anchor.slot)
    fault("slot", `slot ${entry.slot} in a block of slot ${anchor.slot}`);
  outlives(audit, anchor.slot, fault);
  audit.uncovered ??= anchor.slot + SLOT[audit.slotName];
  switch (entry.kind) {
    case "use":
      auditUse(audit, entry, register, sums, fault);
      return auditOpenUse(audit, entry, leaf, register, sums);
    case "settle":
      return auditOpenUse(audit, entry, leaf, register, sums);
    case "repeat":
      return auditRepeat(audit, entry, sums);
    case "look":
      sums.looks += 1;
      if (audit.slotName !== "hour")
        fault("slot", "a look at a person's list under the minute");
      return;
    case "open":
      sums.open += 1;
      auditOpen(register, entry, fault);
      audit.opens.set(toBase64url(leaf), {
        index: audit.range.size,
        dataset: entry.dataset,
        operation: entry.operation,
      });
      return;
    case "counted":
      if (audit.counts.has(entry.of))
        fault("counted", "counts an open use twice");
      else
        audit.counts.set(entry.of, {
          index: audit.range.size,
          what: `${entry.dataset} ${entry.operation}`,
        });
      return;
    case "refused":
      sums.refused += entry.count;
      return;
  }
}

/** What stands behind a head cannot be of a slot that was over when the head was entered. */
function outlives(audit: UsageAudit, slot: number, fault: Say): void {
  if (slot + SLOT[audit.slotName] + HEAD_MS_MAX < audit.headAt)
    fault(
      "slot",
      `slot ${slot} was over when the head before it was entered, at ${audit.headAt}`,
    );
}

function auditUse(
  audit: UsageAudit,
  use: Use,
  register: ReadRegister,
  sums: Sums,
  fault: Say,
): void {
  sums.uses += 1;
  if (audit.slotName === "hour") noteSealed(sums.sealed, use, register);
  const findings = admitAgain(register, use, audit.slotName, UNSPENT);
  const charge = findings.filter((f) => f.rule === "I3");
  const others = findings.filter(
    (f) => f.rule !== "I3" && f.rule !== "V-EDITION",
  );
  if (others.length > 0)
    fault(
      "use",
      `use under permit ${use.permit} is not admitted: ${others.map((f) => sayFinding(f, register.offsetMinutes)).join("; ")}`,
    );
  for (const { facts } of charge)
    fault("charge", sayCharge(use, facts, register));
  if (use.spent !== undefined)
    fault("use", `edition ${register.edition} spends no privacy budget`);
  const where = { log: audit.log, index: audit.range.size };
  addSpent(sums, use, use.units, register, where);
  addCharge(sums, use, use.charge, register);
}

/** charged 0.50 CNY, fee in force 2.00 CNY */
function sayCharge(
  { charge, fee, permit }: Use,
  facts: Finding["facts"],
  register: ReadRegister,
): string {
  const fact = (name: string) => facts.find(([one]) => one === name)?.[1];
  const inForceNow = fact("fee");
  const currency = [inForceNow, fee]
    .map((id) => register.fees.get(String(id))?.act.currency)
    .find((one) => one !== undefined);
  const right = Number(fact("fee-in-force"));
  const charged = `charged ${showMoney(charge, currency)}`;
  const against =
    inForceNow === "none"
      ? "no fee in force"
      : `fee in force ${showMoney(right, currency)}`;
  const named =
    charge === right ? ` (named ${fee ?? "none"}, is ${inForceNow})` : "";
  return `${charged}, ${against}${named}, under permit ${permit}`;
}

function auditHeads(audit: UsageAudit, fault: Say): void {
  const { p, range } = audit;
  for (const kept of audit.remembered.get(range.size) ?? []) {
    if (toBase64url(kept) !== toBase64url(rootOf(p, range)))
      fault("two-histories", sayOther(range.size, undefined));
  }
  for (const { head, index, at } of audit.heads.get(range.size) ?? []) {
    if (audit.lastSlot > at)
      fault(
        "slot",
        `slot ${audit.lastSlot} begins after the head that covers it, at ${at}`,
      );
    // No head came before: what stands in the log already could have been laid there at any time.
    if (audit.headAt === 0 && audit.uncovered !== undefined)
      fault(
        "head-late",
        `entry ${index} of the register is the log's first head, and covers more than anchors: a log is opened by its head`,
      );
    if (audit.uncovered !== undefined)
      audit.widestWait = Math.max(audit.widestWait, at - audit.uncovered);
    audit.uncovered = undefined;
    audit.headAt = Math.max(audit.headAt, at);
    if (toBase64url(rootOf(p, range)) !== head.root)
      fault(
        "head-root",
        `entry ${index} of the register states another root for size ${head.size}`,
      );
    if (head.anchored !== (audit.anchor?.size ?? 0))
      fault(
        "head-anchored",
        `entry ${index} of the register says anchored ${head.anchored}, the log says ${audit.anchor?.size ?? 0}`,
      );
  }
}

/** At the end of what is public: the counts of the last slot, and the totals as entered. */
export function finishUsage(
  audit: UsageAudit,
  now: number,
  totals: readonly TotalsRow[] | undefined,
): void {
  if (
    totals !== undefined &&
    encode(totals) !== encode(totalsRows(audit.tally.totals))
  ) {
    add(audit.faults, {
      code: "totals",
      log: audit.log,
      says: "the totals in the register are not what the uses add up to",
    });
  }
  // What no head covers has waited until now.
  if (audit.uncovered !== undefined)
    audit.widestWait = Math.max(audit.widestWait, now - audit.uncovered);
  // A log that is still written settles what it opened later.
  if (totals !== undefined && audit.tally.open.size > 0)
    add(audit.faults, {
      code: "settle",
      log: audit.log,
      says: `${audit.tally.open.size} open uses were never settled, and the log is closed`,
    });
  endSlot(audit, audit.lastSlot + SLOT[audit.slotName] <= now);
}
