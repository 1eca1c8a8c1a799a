import { sameBytes, toBase64url } from "../acts/bytes.ts";
import { type Entry, parseEntry } from "../acts/entry.ts";
import type { Primitives, Verify } from "../acts/primitives.ts";
import { leafHash } from "../log/hash.ts";
import { rootOf } from "../log/tree.ts";
import { type ReadRegister } from "../register/register.ts";
import { officeOf } from "../register/founding.ts";
import { readLogName } from "../uses/log-name.ts";
import { auditDropped, type DroppedLog } from "./dropped.ts";
import { auditEnd, totalsDue } from "./ended.ts";
import { closeWindows, type LogHeads, publicBy } from "./heads.ts";
import { addLeaf, emptyNodes, type Nodes, rootWhen } from "../log/nodes.ts";
import { type RegisterAudit, startRegister } from "./register-audit.ts";
import { finishQuotas } from "./quotas.ts";
import { add, type Faults, noFaults } from "./report.ts";
import { sayLarger, sayOther } from "./says.ts";
import {
  entriesOf,
  type LogSource,
  noteWanted,
  type Wanted,
} from "./source.ts";
import type { Cosigned } from "./times.ts";
import { finishUsage, startUsage } from "./usage-audit.ts";
import type { Sums } from "./usage-state.ts";
import { foldTogether, startWalk, type Walk } from "./walk.ts";

/** A checkpoint that somebody holds; `by` says who, where that is known. */
export type Remembered = {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  readonly by?: string;
};

export type AuditWorld = {
  readonly register: LogSource;
  /** A usage log by its origin; undefined when it cannot be had. */
  readonly usage: (origin: string) => Promise<LogSource | undefined>;
  readonly editions: ReadonlyMap<number, string>;
  /** The time of the check, in milliseconds UTC: when the register's checkpoint had been read, or later. */
  readonly now: number;
  /** Checkpoints of the register log that somebody outside cosigned. */
  readonly cosigned: readonly Cosigned[];
  /** Older checkpoints of any log that somebody kept. */
  readonly remembered: readonly Remembered[];
  /** Leaf hashes that receipts promise, by log. */
  readonly promised?: ReadonlyMap<string, Wanted>;
  readonly onProgress?: (stage: string, done: number, of: number) => void;
};

export type AuditResult = {
  readonly faults: Faults;
  readonly register: ReadRegister;
  /** The tree of the register log, for checkpoints that turn up later. */
  readonly nodes: Nodes;
  readonly counts: RegisterAudit["counts"];
  readonly unknownEditions: ReadonlySet<number>;
  readonly sums: Sums;
  /** Milliseconds between a narrowing act and the last log's head beyond it: the widest. */
  readonly widestWindow: number;
  /** Milliseconds between the end of a slot and the head that covers its uses: the widest. */
  readonly widestWait: number;
  readonly logs: readonly {
    readonly origin: string;
    readonly size: number;
    readonly pending: number;
  }[];
  /** Usage logs that heads name and that could not be had. */
  readonly unread: readonly string[];
  /** Usage logs that were dropped and of which nothing is at hand: their heads and totals stand. */
  readonly dropped: readonly DroppedLog[];
  /** Usage logs of which somebody kept a checkpoint, and that could not be held against it. */
  readonly unplaced: readonly string[];
  /** The heads of each usage log, in the order in which they were entered. */
  readonly heads: ReadonlyMap<string, LogHeads["heads"]>;
};

/**
 * Decides everything again: every tree, signature, ruling, admission and charge, from the logs' files alone. Usage logs are
 * walked together with the register log, each block when the register stands where the block's anchor says.
 */
export async function audit(
  machine: Primitives,
  world: AuditWorld,
): Promise<AuditResult> {
  const p = rememberingLast(machine);
  const faults = noFaults();
  const nodes = emptyNodes();
  const { heads, dropped } = await rebuild(p, world, nodes, faults);
  const { editions, cosigned, now } = world;
  const state = startRegister(p, faults, nodes, editions, cosigned, now);
  const sums: Sums = {
    spent: new Map(),
    overdrawn: new Map(),
    charged: new Map(),
    uses: 0,
    open: 0,
    refused: 0,
    looks: 0,
    sealed: new Map(),
    repeats: 0,
    broken: 0,
  };
  const unread: string[] = [];
  const walks: Walk[] = [];
  const gone = new Map<string, HeadsOfLog>();
  for (const [origin, ofLog] of heads) {
    const name = readLogName(officeOf(world.register.origin), origin);
    // A head about a log that cannot be this office's is named where the record is checked.
    if (name === undefined) continue;
    const source = await world.usage(origin);
    if (source === undefined && dropped.has(origin)) {
      gone.set(origin, ofLog);
      continue;
    }
    const due = [...ofLog.values()]
      .flat()
      .some(
        ({ head, at }) =>
          head.size > 0 && world.now > publicBy(name.slotName, at),
      );
    if (source === undefined && due)
      add(faults, {
        code: "withheld",
        log: origin,
        says: "heads name this log, and nothing of it is in public",
      });
    if (source === undefined) unread.push(origin);
    else
      walks.push(
        await startWalk(
          startUsage(
            p,
            faults,
            origin,
            name,
            ofLog,
            rememberedOf(world, origin),
            world.promised?.get(origin) ?? new Map(),
            source.seenAt ?? world.now,
          ),
          source,
        ),
      );
  }
  await foldTogether(world, state, walks, sums);
  for (const walk of walks) finishWalk(walk, world, faults, heads, state);
  finishQuotas(sums, faults);
  closeWindows(state.windows, faults, world.now);
  const { register } = state;
  const { remembered } = world;
  return {
    faults,
    register,
    nodes,
    counts: state.counts,
    unknownEditions: state.unknownEditions,
    sums,
    unread,
    dropped: auditDropped(faults, register, remembered, gone, sums),
    unplaced: unplacedOf(world, walks, gone, faults),
    heads: new Map(
      [...state.windows.logs].map(([log, { heads: ofLog }]) => [log, ofLog]),
    ),
    widestWindow: state.windows.widest,
    widestWait: Math.max(0, ...walks.map((walk) => walk.audit.widestWait)),
    logs: walks.map((walk) => ({
      origin: walk.audit.log,
      size: walk.source.size,
      pending: Math.max(0, lastHead(heads, walk.audit.log) - walk.source.size),
    })),
  };
}

function rememberedOf(
  { remembered }: AuditWorld,
  log: string,
): ReadonlyMap<number, readonly Uint8Array[]> {
  const roots = new Map<number, Uint8Array[]>();
  for (const old of remembered) {
    if (old.origin !== log) continue;
    const ofSize = roots.get(old.size) ?? [];
    roots.set(old.size, ofSize);
    ofSize.push(old.root);
  }
  return roots;
}

/**
 * Kept checkpoints of logs that were not walked: no head names them, or nothing of them is here. The head of a log that was opened
 * just now may wait for the register's witnesses; once its quarter is over it does not.
 */
function unplacedOf(
  { register, remembered, now }: AuditWorld,
  walks: readonly Walk[],
  gone: ReadonlyMap<string, unknown>,
  faults: Faults,
): readonly string[] {
  const walked = new Set(walks.map(({ audit: usage }) => usage.log));
  for (const log of gone.keys()) walked.add(log);
  const unplaced = new Set<string>();
  for (const old of remembered) {
    if (old.origin === register.origin || walked.has(old.origin)) continue;
    if (old.size === 0) continue;
    unplaced.add(old.origin);
    const name = readLogName(officeOf(register.origin), old.origin);
    if (name !== undefined && now > name.span.to + HEADS_PUBLIC_MS_MAX)
      add(faults, {
        code: "two-histories",
        log: old.origin,
        says: sayLarger(old, 0),
      });
  }
  return [...unplaced];
}

/** A gateway that hears nothing of the register's publication for so long enters nothing. */
const HEADS_PUBLIC_MS_MAX = 3_600_000;

type HeadsOfLog = Map<
  number,
  {
    head: Extract<Entry, { type: "record" }>["record"] & { kind: "head" };
    index: number;
    at: number;
  }[]
>;
type Heads = Map<string, HeadsOfLog>;

/** First way through the register log: its tree, the heads it holds, and which logs a record says were dropped. */
async function rebuild(
  p: Primitives,
  { register, remembered, promised, onProgress }: AuditWorld,
  nodes: Nodes,
  faults: Faults,
): Promise<{ heads: Heads; dropped: ReadonlySet<string> }> {
  const heads: Heads = new Map();
  const dropped = new Set<string>();
  const wanted = promised?.get(register.origin);
  for await (const entries of entriesOf(register)) {
    for (const raw of entries) {
      const leaf = leafHash(p, raw);
      noteWanted(wanted, leaf, nodes.range.size);
      if (raw.length < HEAD_BYTES_MAX && looksLikeRecord(raw))
        noteHead(heads, dropped, raw, nodes.range.size);
      addLeaf(p, nodes, leaf);
    }
    onProgress?.("hash", nodes.range.size, register.size);
  }
  if (
    nodes.range.size !== register.size ||
    toBase64url(rootOf(p, nodes.range)) !== toBase64url(register.root)
  ) {
    add(faults, {
      code: "tree-root",
      log: register.origin,
      says: `${nodes.range.size} entries do not hash to the checkpoint of size ${register.size}`,
    });
  }
  for (const old of remembered)
    if (old.origin === register.origin) compareHistories(p, nodes, old, faults);
  return { heads, dropped };
}

/** A checkpoint that somebody outside holds: of this tree, or of another history. */
export function compareHistories(
  p: Primitives,
  nodes: Nodes,
  old: Remembered,
  faults: Faults,
): void {
  const root = rootWhen(p, nodes, old.size);
  if (root !== undefined && toBase64url(root) === toBase64url(old.root)) return;
  add(faults, {
    code: "two-histories",
    log: old.origin,
    says:
      root === undefined
        ? sayLarger(old, nodes.range.size)
        : sayOther(old.size, old.by),
  });
}

const HEAD_BYTES_MAX = 2_000;
const RECORD_AT = 0x61; // {"at":… begins both kinds of entry; a record's second member is "key", an act's "batch" or "edition"

function looksLikeRecord(raw: Uint8Array): boolean {
  if (raw[2] !== RECORD_AT) return false;
  const comma = raw.indexOf(0x2c);
  return raw[comma + 2] === 0x6b;
}

function noteHead(
  heads: Heads,
  dropped: Set<string>,
  raw: Uint8Array,
  index: number,
): void {
  let entry: Entry;
  try {
    entry = parseEntry(raw);
  } catch {
    // The second way through names what is wrong with it.
    return;
  }
  if (entry.type !== "record") return;
  if (entry.record.kind === "dropped") dropped.add(entry.record.log);
  if (entry.record.kind !== "head") return;
  const ofLog: HeadsOfLog = heads.get(entry.record.log) ?? new Map();
  heads.set(entry.record.log, ofLog);
  const atSize = ofLog.get(entry.record.size) ?? [];
  ofLog.set(entry.record.size, atSize);
  atSize.push({ head: entry.record, index, at: entry.at });
}

function lastHead(heads: Heads, log: string): number {
  let last = 0;
  // A log may have more heads than a call takes arguments.
  for (const size of heads.get(log)?.keys() ?? []) last = Math.max(last, size);
  return last;
}

function finishWalk(
  { audit: usage, source }: Walk,
  world: AuditWorld,
  faults: Faults,
  heads: Heads,
  state: RegisterAudit,
): void {
  const { p, log, range } = usage;
  const { register, windows } = state;
  const { now } = world;
  // What was due by then is owed: its checkpoint was read before the register's.
  const seenAt = source.seenAt ?? now;
  // A log may be closed before its last slots are public: until then nobody can say what its uses add up to.
  const isWhole = source.size >= lastHead(heads, log);
  const totals = totalsDue(usage, register, windows);
  finishUsage(usage, now, isWhole ? totals : undefined);
  auditEnd(usage, source.size, register, windows);
  if (
    range.size !== source.size ||
    toBase64url(rootOf(p, range)) !== toBase64url(source.root)
  ) {
    add(faults, {
      code: "tree-root",
      log,
      says: `${range.size} entries do not hash to the checkpoint of size ${source.size}`,
    });
  }
  for (const old of world.remembered) {
    if (old.origin === log && old.size > source.size)
      add(faults, {
        code: "two-histories",
        log,
        says: sayLarger(old, source.size),
      });
  }
  for (const [size, ofSize] of heads.get(log) ?? []) {
    const first = ofSize[0];
    if (
      first !== undefined &&
      size > source.size &&
      seenAt > publicBy(usage.slotName, first.at)
    ) {
      add(faults, {
        code: "withheld",
        log,
        says: `entry ${first.index} of the register names size ${size}; the log shows ${source.size}, and everything was due in public`,
      });
      return;
    }
  }
}

/** A batch of a thousand acts bears one signature a thousand times: it is verified once while it comes in a row. */
function rememberingLast(machine: Primitives): Primitives {
  return {
    sha256: machine.sha256,
    verifyEd25519: oncePerRow(machine.verifyEd25519),
    verifyP256: oncePerRow(machine.verifyP256),
    verifyRsa: oncePerRow(machine.verifyRsa),
  };
}

function oncePerRow(verify: Verify): Verify {
  let last: { inputs: readonly Uint8Array[]; holds: boolean } | undefined;
  return (...inputs) => {
    if (
      last === undefined ||
      !inputs.every((input, i) =>
        sameBytes(input, last?.inputs[i] ?? new Uint8Array(0)),
      )
    ) {
      last = { inputs, holds: verify(...inputs) };
    }
    return last.holds;
  };
}
