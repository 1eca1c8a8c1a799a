import { narrows } from "../acts/act.ts";
import { fromBase64url, toBase64url } from "../acts/bytes.ts";
import { encode, Malformed } from "../acts/canonical.ts";
import {
  type ActEntry,
  type Entry,
  parseEntry,
  type RecordEntry,
  signedRecordBytes,
} from "../acts/entry.ts";
import { showInstant } from "../acts/dates.ts";
import type { Primitives } from "../acts/primitives.ts";
import { apply } from "../register/apply.ts";
import { emptyRegister, type Register } from "../register/register.ts";
import { officeOf } from "../register/founding.ts";
import { decide } from "../rules/decide.ts";
import { wrongRetention } from "../rules/retention.ts";
import { readLogName } from "../uses/log-name.ts";
import {
  isTurnedAway,
  turnAway,
  type TurnedAwayCode,
} from "../rules/turn-away.ts";
import {
  AHEAD_MS_MAX,
  closeGateway,
  noWindows,
  owe,
  takeHead,
  type Windows,
} from "./heads.ts";
import { type Nodes, rootWhen } from "../log/nodes.ts";
import { add, type FaultCode, type Faults } from "./report.ts";
import { sayRuling, sayTurnedAway } from "./says.ts";
import {
  type Cosigned,
  coveredAt,
  notCoveredAt,
  type Times,
  timesOf,
} from "./times.ts";

/** The way through the register log: every signature, every ruling again, every record's key. */
export type RegisterAudit = {
  readonly p: Primitives;
  readonly faults: Faults;
  readonly nodes: Nodes;
  readonly register: Register;
  readonly windows: Windows;
  /** Digests of the editions that the checker brings along, by number. */
  readonly editions: ReadonlyMap<number, string>;
  readonly counts: {
    acts: number;
    alike: number;
    records: number;
    signatures: number;
    refused: number;
    /** Decisions against a rule that took effect, decided again like every act. */
    overrides: number;
  };
  /** Editions that entries name and the checker does not know: rulings under them are not checked. */
  readonly unknownEditions: Set<number>;
  /** Entries before a cosigned size stand no later than its time, those behind it no earlier. */
  readonly times: Times;
  /** The time of the check. */
  readonly now: number;
};

export function startRegister(
  p: Primitives,
  faults: Faults,
  nodes: Nodes,
  editions: ReadonlyMap<number, string>,
  cosigned: readonly Cosigned[],
  now: number,
): RegisterAudit {
  return {
    p,
    faults,
    nodes,
    editions,
    times: timesOf(cosigned),
    now,
    register: emptyRegister(),
    windows: noWindows(),
    unknownEditions: new Set(),
    counts: {
      acts: 0,
      alike: 0,
      records: 0,
      signatures: 0,
      refused: 0,
      overrides: 0,
    },
  };
}

/** Checks and applies the next entry. False when the entry cannot be read: nothing after it can be decided. */
export function auditEntry(
  audit: RegisterAudit,
  raw: Uint8Array,
  origin: string,
): boolean {
  const { register, faults } = audit;
  const index = register.size;
  const fault = (code: FaultCode, says: string): void =>
    add(faults, { code, log: origin, index, says });
  let entry: Entry;
  try {
    entry = parseEntry(raw);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    fault("bytes", error.message);
    return false;
  }
  if (
    index === 0 &&
    !(entry.type === "act" && entry.statement.act.kind === "genesis")
  ) {
    fault("genesis", "the first entry is not the founding act");
    return false;
  }
  if (register.ended !== undefined) {
    // Whoever held the log's key could go on signing: nothing of it counts.
    fault(
      "after-end",
      `entry ${register.ended.entry} has ended this log, and nothing may stand behind it`,
    );
    register.size += 1;
    return true;
  }
  if (
    entry.type === "act" &&
    entry.statement.act.kind === "genesis" &&
    (index > 0 || entry.ruling.outcome === "refused")
  ) {
    fault(
      "genesis",
      index > 0 ? "a second founding act" : "the founding act was refused",
    );
    if (index === 0) return false;
  }
  if (entry.at < register.at)
    fault(
      "at-falls",
      `time ${showInstant(entry.at, register.offsetMinutes)} after ${showInstant(register.at, register.offsetMinutes)}`,
    );
  auditTime(audit, entry.at, fault);
  if (
    entry.type === "act" &&
    entry.statement.act.kind === "genesis" &&
    index > 0
  ) {
    // What would follow from it is not looked at: the register keeps its founders.
    register.size += 1;
    return true;
  }
  if (entry.type === "act") auditAct(audit, entry, fault);
  else {
    auditRecord(audit, entry, fault);
    auditRetention(audit, entry, fault);
  }
  apply(audit.p, register, entry);
  if (
    entry.type === "act" &&
    entry.ruling.outcome === "granted" &&
    narrows(entry.statement.act.kind)
  )
    owe(audit.windows, index, entry.at);
  if (
    entry.type === "act" &&
    entry.ruling.outcome === "granted" &&
    entry.statement.act.kind === "gatewayClosed"
  ) {
    closeGateway(
      audit.windows,
      faults,
      officeOf(register.origin),
      entry.statement.act.gateway,
      entry.at,
    );
  }
  if (
    entry.type === "act" &&
    entry.ruling.outcome === "granted" &&
    entry.statement.act.kind === "logEnded"
  )
    endLogs(audit, entry.at);
  if (
    entry.type === "record" &&
    entry.record.kind === "totals" &&
    audit.windows.logs.get(entry.record.log)?.closed === true
  ) {
    fault("totals", `totals of ${entry.record.log} after its closing head`);
  }
  if (entry.type === "record" && entry.record.kind === "head")
    takeHead(audit.windows, faults, entry.record, index, entry.at, origin);
  return true;
}

/** The end of the register log closes every gateway. */
function endLogs(
  { windows, faults, register }: RegisterAudit,
  at: number,
): void {
  for (const gateway of register.gateways.keys())
    closeGateway(windows, faults, officeOf(register.origin), gateway, at);
}

type Say = (code: FaultCode, says: string) => void;

/** I15: the next entry's time lies between the cosignatures around it. A witness may take a moment to answer. None is ahead of the check. */
function auditTime(
  { register, times, now }: RegisterAudit,
  at: number,
  fault: Say,
): void {
  const index = register.size;
  const say = (time: number) => showInstant(time, register.offsetMinutes);
  if (at > now + AHEAD_MS_MAX)
    fault(
      "at-ahead",
      `time ${say(at)}, and it was checked at ${say(now)}: nothing can be entered ahead of its time`,
    );
  const late = coveredAt(times, index);
  if (late !== undefined && at >= (late.time + 1) * 1000)
    fault(
      "at-after-cosignature",
      `time ${say(at)} is after the cosignature of size ${late.size} at ${say(late.time * 1000)}`,
    );
  const early = notCoveredAt(times, index);
  if (early !== undefined && at < early.time * 1000 - COSIGN_MS_MAX)
    fault(
      "at-before-cosignature",
      `time ${say(at)}, and at ${say(early.time * 1000)} the log was cosigned at size ${early.size} without it: entered late or under another time, or that witness was behind`,
    );
}

const COSIGN_MS_MAX = 60_000;

const codes: Readonly<Record<TurnedAwayCode, FaultCode>> = {
  ended: "after-end",
  misdirected: "misdirected",
  unseen: "unseen",
  expired: "expired",
  repeated: "repeated",
  unsigned: "unsigned",
  unknownKey: "unknown-key",
};

function auditAct(audit: RegisterAudit, entry: ActEntry, fault: Say): void {
  const { p, register, counts } = audit;
  counts.acts += 1;
  counts.signatures += entry.signatures.length;
  if (entry.ruling.outcome === "refused") counts.refused += 1;
  else if (entry.statement.act.kind === "override") counts.overrides += 1;
  const { statement, signatures, batch, at } = entry;
  const seen =
    statement.seen.size > register.size
      ? undefined
      : rootWhen(p, audit.nodes, statement.seen.size);
  const submission = {
    statement,
    signatures,
    ...(batch === undefined ? {} : { batch }),
  };
  const result = turnAway(
    p,
    register,
    submission,
    at,
    seen === undefined ? undefined : toBase64url(seen),
  );
  if (isTurnedAway(result)) {
    fault(codes[result.code], sayTurnedAway(p, register, entry, result));
    return;
  }
  if (!editionHolds(audit, entry, fault)) return;
  const own = decide(p, register, result, at);
  if (encode(own) === encode(entry.ruling)) counts.alike += 1;
  else
    fault(
      "ruling",
      `act ${statement.act.kind} was ${entry.ruling.outcome}; edition ${entry.edition} says ${sayRuling(own, register.offsetMinutes)}`,
    );
}

/** A ruling names its edition; the checker knows editions by digest and brings its own law. */
function editionHolds(
  audit: RegisterAudit,
  entry: ActEntry,
  fault: Say,
): boolean {
  const { act } = entry.statement;
  const founding = act.kind === "genesis" && audit.register.size === 0;
  const adopted = founding ? act.edition.number : audit.register.edition;
  const digest = founding ? act.edition.digest : audit.register.editionDigest;
  if (entry.edition !== adopted) {
    fault(
      "edition",
      `ruled by edition ${entry.edition}; the office has adopted edition ${adopted}`,
    );
    return false;
  }
  if (audit.editions.get(entry.edition) === digest) return true;
  audit.unknownEditions.add(entry.edition);
  return false;
}

/** What is dropped or erased, decided again on the register at this place. */
function auditRetention(
  { p, register }: RegisterAudit,
  { record, at }: RecordEntry,
  fault: Say,
): void {
  if (record.kind !== "dropped" && record.kind !== "erased") return;
  const what =
    record.kind === "dropped" ? `log ${record.log}` : "openings of uses";
  const wrong = wrongRetention(p, register, record, at);
  if (wrong !== undefined)
    fault(record.kind, `${what} may not be ${record.kind}: ${wrong}`);
}

function auditRecord(
  audit: RegisterAudit,
  entry: RecordEntry,
  fault: Say,
): void {
  const { p, register, counts } = audit;
  counts.records += 1;
  counts.signatures += 1;
  const key = register.machineKeys.get(entry.key);
  if (
    key === undefined ||
    !key.records.includes(entry.record.kind) ||
    key.ended !== undefined ||
    key.until <= entry.at
  ) {
    fault(
      "record-key",
      `record ${entry.record.kind} by key ${entry.key}, which no act in force enrolled for it`,
    );
    return;
  }
  if (
    "log" in entry.record &&
    (key.gateway === undefined ||
      readLogName(officeOf(register.origin), entry.record.log)?.gateway !==
        key.gateway) &&
    (entry.record.kind === "head" || entry.record.kind === "totals")
  ) {
    fault(
      "record-key",
      `record ${entry.record.kind} about ${entry.record.log} by the key of ${key.gateway ?? "no gateway"}`,
    );
    return;
  }
  const message = signedRecordBytes(register.origin, entry.at, entry.record);
  if (
    !p.verifyEd25519(
      fromBase64url(key.publicKey),
      message,
      fromBase64url(entry.signature),
    )
  ) {
    fault(
      "record-signature",
      `the signature of record ${entry.record.kind} does not verify`,
    );
  }
}
