import type { Entry } from "../../acts/entry.ts";
import type { Gateway } from "../../gateway/gateway.ts";
import {
  inForce,
  isSuspended,
  NEVER,
  type ReadRegister,
  type Standing,
  type TotalsRow,
} from "../../register/register.ts";
import { uncounted } from "../uncounted.ts";
import { type Badge, badgeOf } from "../acts/badge.ts";
import { sayPlainly } from "../acts/plainly.ts";
import type { ActLog } from "../acts/act-log.ts";
import { lookAhead } from "./look-up.ts";
import { ActIndex, type Found } from "./act-index.ts";
import type { Proofs, ProofOptions } from "./proof.ts";
import type { Office } from "../../office/office.ts";
import type { State } from "./terms.ts";
import { type Ref, refsTo } from "./ref.ts";

export type ThingOptions = Omit<ProofOptions, "office"> & {
  readonly office: Office;
  readonly gateway: () => Pick<Gateway, "shownTotals" | "desk"> | undefined;
  readonly now: () => number;
};

/** What the pages of things are made from: the register at one moment, the public log, and what the public totals say. */
export type World = {
  readonly register: ReadRegister;
  readonly now: number;
  readonly log: ActLog;
  readonly acts: ActIndex;
  readonly proofs: Proofs;
  readonly published: () => number;
  readonly totals: () => readonly TotalsRow[];
  readonly uncounted: () => readonly string[];
  /** Whether a public paper was handed in here: acts commit to papers that nobody may have brought yet. */
  readonly hasPaper: (path: string) => Promise<boolean>;
};

/** The index is kept for as long as the routes are. */
export function worldOf(
  options: ThingOptions,
  log: ActLog,
  proofs: Proofs,
): () => World {
  const { office, gateway, now } = options;
  const acts = new ActIndex(log);
  // Whoever asks makes what this could not.
  lookAhead(office.register).catch(() => undefined);
  return () => ({
    ...{ register: office.register, now: now(), log, acts, proofs },
    published: () => office.published.size,
    totals: () => gateway()?.shownTotals() ?? [],
    uncounted: () => uncounted(office.register, gateway()?.desk.options.name),
    hasPaper: async (path) => (await options.files.read(path)) !== undefined,
  });
}

/** What every page says of itself: when it was true, and in which time it writes. */
export type Base = {
  readonly office: string;
  readonly at: number;
  readonly offsetMinutes: number;
};

export function baseOf({ register, now }: World): Base {
  const { title, offsetMinutes } = register;
  return { office: title, at: now, offsetMinutes };
}

/** An act about a thing, in a line. */
export type ActInLine = {
  readonly entry: number;
  readonly at: number;
  readonly kind: string;
  readonly what: string;
  readonly outcome: "granted" | "refused";
  readonly badge: Badge;
  readonly posts: readonly string[];
  readonly signers: readonly Ref[];
};
export type History = {
  /** How many there are, and how many of all public entries were looked through for them. */
  readonly inAll: number;
  readonly known: number;
  readonly published: number;
  /** The newest first. */
  readonly lines: readonly ActInLine[];
};

const SHOWN = 20;

/** The newest acts of one or several finds, each once. */
export async function historyOf(
  { log, published }: World,
  finds: readonly Promise<Found>[],
): Promise<History> {
  const found = await Promise.all(finds);
  const entries = mergedNewest(found.map((one) => one.entries));
  const lines: ActInLine[] = [];
  for (const index of entries.newest) {
    const entry = await log.entry(index);
    const line =
      entry === undefined ? undefined : lineOf(entry, index, log.register);
    if (line !== undefined) lines.push(line);
  }
  return {
    inAll: entries.inAll,
    known: Math.min(...found.map(({ known }) => known)),
    published: published(),
    lines,
  };
}

/** Of one list its end is enough; of several each entry counts once. */
function mergedNewest(lists: readonly (readonly number[])[]): {
  readonly inAll: number;
  readonly newest: readonly number[];
} {
  const [only] = lists;
  if (lists.length === 1 && only !== undefined)
    return { inAll: only.length, newest: only.slice(-SHOWN).toReversed() };
  const ends = new Set(lists.flatMap((list) => list.slice(-SHOWN)));
  const newest = [...ends].toSorted((a, b) => b - a).slice(0, SHOWN);
  return { inAll: new Set(lists.flat()).size, newest };
}

function lineOf(
  entry: Entry,
  index: number,
  register: ReadRegister,
): ActInLine | undefined {
  if (entry.type !== "act") return undefined;
  const { act, signers } = entry.statement;
  const posts = signers.flatMap(({ post }) => post ?? []);
  return {
    ...{ entry: index, at: entry.at, kind: act.kind },
    what: sayPlainly(register, act, entry.ruling, entry.at).what,
    outcome: entry.ruling.outcome,
    badge: badgeOf(register, act, entry.ruling.outcome),
    posts,
    signers: refsTo(register, "post", posts),
  };
}

/** How long something stands, and how it came to its end. */
export type Span = {
  readonly state: State;
  readonly from: number;
  /** Absent where it has no end. */
  readonly to?: number;
  /** By the entry of an act, and not by itself. */
  readonly endedBy?: number;
  readonly suspendedUntil?: number;
  /** In force by itself, and yet nobody is answered: what it stands on is not. */
  readonly without?: Without;
};

export type Without = {
  readonly kind: "authorisation" | "contribution" | "product";
  readonly thing: Ref;
  /** Absent where it did not end: it is suspended, or still to come. */
  readonly ended?: number;
};

export function spanOf(standing: Standing<unknown>, now: number): Span {
  const { from, ended, suspended } = standing;
  const to = Math.min(standing.to, ended?.at ?? NEVER);
  return {
    ...{ state: stateOf(standing, now), from },
    ...(to === NEVER ? {} : { to }),
    ...(ended === undefined ? {} : { endedBy: ended.entry }),
    ...(suspended === undefined ? {} : { suspendedUntil: suspended.until }),
  };
}

export function stateOf(standing: Standing<unknown>, now: number): State {
  if (inForce(standing, now)) return "inForce";
  if (standing.ended !== undefined || standing.to <= now) return "over";
  return isSuspended(standing, now) && standing.from <= now
    ? "suspended"
    : "toCome";
}

/** One page of a list. */
export type Page<T> = {
  readonly page: number;
  readonly pages: number;
  readonly inAll: number;
  readonly rows: readonly T[];
};

const ROWS = 50;

/** Only what is shown is made. */
export function pageOf<K, T>(
  all: readonly K[],
  page: number,
  make: (one: K) => T,
): Page<T> {
  const rows = all.slice((page - 1) * ROWS, page * ROWS).map(make);
  const pages = Math.max(1, Math.ceil(all.length / ROWS));
  return { page, pages, inAll: all.length, rows };
}

/** One page of a list that begins with what came last; only what is shown is made. */
export function newestOf<K, T>(
  all: readonly K[],
  page: number,
  make: (one: K) => T,
): Page<T> {
  const end = all.length - (page - 1) * ROWS;
  const rows = all
    .slice(Math.max(0, end - ROWS), Math.max(0, end))
    .toReversed()
    .map(make);
  const pages = Math.max(1, Math.ceil(all.length / ROWS));
  return { page, pages, inAll: all.length, rows };
}
