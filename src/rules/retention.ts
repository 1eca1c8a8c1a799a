import { addMonths, showInstant } from "../acts/dates.ts";
import { toBase64url } from "../acts/bytes.ts";
import { encode, encodeBytes } from "../acts/canonical.ts";
import type { Primitives } from "../acts/primitives.ts";
import type { Dropped, Erased, LogRecord } from "../acts/record.ts";
import type { PublicPaper } from "../acts/shapes.ts";
import {
  NEVER,
  type ReadRegister,
  type Rulebook,
} from "../register/register.ts";

/**
 * How long things are kept where the rulebook names no number. Records of data that was handed on: 3 years (CN-SEC-06); what
 * was charged may be disputed for as long, and is settled by then in the years that follow: 5 years after the last right ended.
 */
const KEPT_MONTHS = { usesKeptMonths: 60, openingsKeptMonths: 36 } as const;

export function keptMonths(
  rulebook: Rulebook | undefined,
  name: keyof typeof KEPT_MONTHS,
): number {
  return rulebook?.limits[name] ?? KEPT_MONTHS[name];
}

/** Why a usage log may be dropped, and from when on: a public paper that anybody computes again from the register. */
export type UsesPolicy = {
  readonly v: 1;
  readonly about: "uses";
  readonly log: string;
  readonly size: number;
  readonly root: string;
  /** The entry of the closing head, and its time. */
  readonly closedEntry: number;
  readonly closed: number;
  /** Every permit that the totals name, and when it ended. */
  readonly permits: readonly {
    readonly permit: string;
    readonly ends: number;
  }[];
  readonly keepMonths: number;
  readonly droppableFrom: number;
};

/** The same of openings: those of slots before an instant. */
export type OpeningsPolicy = {
  readonly v: 1;
  readonly about: "openings";
  readonly office: string;
  readonly before: number;
  readonly keepMonths: number;
  readonly erasableFrom: number;
};

/** Why a log has no policy yet. */
export type Unsettled = { readonly why: string };

/**
 * A closed log is kept until so many months after its closing head and after the end of every permit that was used in it. A log
 * without totals holds open data alone, which names no permit.
 */
export function usesPolicy(
  register: ReadRegister,
  log: string,
): UsesPolicy | Unsettled {
  if (log === register.origin)
    return { why: "the register log is never dropped" };
  const last = register.heads.get(log);
  if (last === undefined)
    return { why: "no head names it: it is no usage log of this office" };
  if (last.head.closed !== true)
    return { why: "it is not closed: no closing head stands in the register" };
  const used = new Set(
    (register.closedTotals.get(log) ?? []).map(({ permit }) => permit),
  );
  const permits: { permit: string; ends: number }[] = [];
  for (const permit of [...used].toSorted(byCodeUnit)) {
    const right = register.permits.get(permit);
    if (right === undefined)
      return { why: `its totals name permit ${permit}, which nobody granted` };
    const ends = Math.min(right.to, right.ended?.at ?? NEVER);
    if (ends === NEVER)
      return { why: `permit ${permit}, which was used in it, has no end` };
    permits.push({ permit, ends });
  }
  const keepMonths = keptMonths(register.rulebook?.act, "usesKeptMonths");
  const latest = Math.max(last.at, ...permits.map(({ ends }) => ends));
  return {
    v: 1,
    about: "uses",
    log,
    size: last.head.size,
    root: last.head.root,
    closedEntry: last.entry,
    closed: last.at,
    permits,
    keepMonths,
    droppableFrom: addMonths(latest, keepMonths, register.offsetMinutes),
  };
}

export function openingsPolicy(
  register: ReadRegister,
  before: number,
): OpeningsPolicy {
  const keepMonths = keptMonths(register.rulebook?.act, "openingsKeptMonths");
  return {
    v: 1,
    about: "openings",
    office: register.origin,
    before,
    keepMonths,
    erasableFrom: addMonths(before, keepMonths, register.offsetMinutes),
  };
}

/** The policy as it is kept and entered. */
export function policyPaper(
  p: Primitives,
  policy: UsesPolicy | OpeningsPolicy,
): { readonly bytes: Uint8Array; readonly paper: PublicPaper } {
  const bytes = encodeBytes(policy);
  const paper = toBase64url(p.sha256(bytes));
  return {
    bytes,
    paper: { paper, kind: "retention-policy", size: bytes.length },
  };
}

/** Why a record of retention may not stand at this place of the register log; undefined where it may, and for all other records. */
export function wrongRetention(
  p: Primitives,
  register: ReadRegister,
  record: LogRecord,
  at: number,
): string | undefined {
  if (record.kind === "dropped") return wrongDrop(p, register, record, at);
  if (record.kind === "erased") return wrongErasure(p, register, record, at);
  return undefined;
}

function wrongDrop(
  p: Primitives,
  register: ReadRegister,
  { log, policy }: Dropped,
  at: number,
): string | undefined {
  const before = register.dropped.get(log);
  if (before !== undefined) return `entry ${before.entry} has dropped it`;
  const own = usesPolicy(register, log);
  if ("why" in own) return own.why;
  if (at < own.droppableFrom)
    return `it is kept until ${showInstant(own.droppableFrom, register.offsetMinutes)}`;
  return otherPaper(p, own, policy);
}

function wrongErasure(
  p: Primitives,
  register: ReadRegister,
  { before, policy }: Erased,
  at: number,
): string | undefined {
  const last = register.erased.at(-1);
  if (last !== undefined && before <= last.record.before)
    return `entry ${last.entry} has erased those before ${showInstant(last.record.before, register.offsetMinutes)}`;
  const own = openingsPolicy(register, before);
  if (at < own.erasableFrom)
    return `those before ${showInstant(before, register.offsetMinutes)} are kept until ${showInstant(own.erasableFrom, register.offsetMinutes)}`;
  return otherPaper(p, own, policy);
}

function otherPaper(
  p: Primitives,
  own: UsesPolicy | OpeningsPolicy,
  stated: PublicPaper,
): string | undefined {
  const { paper } = policyPaper(p, own);
  return encode(paper) === encode(stated)
    ? undefined
    : `the policy that it names is not the one that the register gives, ${paper.paper}`;
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
