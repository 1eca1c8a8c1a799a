import type { ActKind } from "../../acts/act.ts";
import { showInstant } from "../../acts/dates.ts";
import {
  type ActIndex,
  matches,
  newestBehind,
} from "../../reports/act-index.ts";
import type { ReadRegister } from "../../register/register.ts";
import {
  aboutOf,
  readThing,
  type ThingKey,
  thingKey,
} from "../../rules/about.ts";
import { deadlines } from "../deadlines.ts";
import type { Due, Missed } from "../../rules/due-shape.ts";
import { lawOf } from "../../rules/law.ts";
import type { ActLog } from "../acts/act-log.ts";
import { type EntryLine, entryLine } from "../acts/entry-line.ts";
import { actsAbout, thingHref, thingsOf, thingTitle } from "../acts/thing.ts";
import { around } from "../around.ts";

export type TermLine = {
  readonly id: string;
  readonly by: string;
  readonly says: string;
  readonly rule: string;
};
export type Part = {
  readonly total: number;
  /** The newest of them. */
  readonly lines: readonly EntryLine[];
};
export type SinceView = {
  readonly entry: number;
  /** When that entry was made; undefined where it is not public. */
  readonly since: string | undefined;
  /** The newest public entry: up to where the page tells. */
  readonly newest: number;
  readonly entries: number;
  readonly granted: Part;
  readonly refused: Part;
  readonly ended: Part;
  readonly prices: Part;
  readonly becameDue: readonly TermLine[];
  readonly missed: readonly TermLine[];
  /** Things that entries since then name, the most often named first; of so many of the newest entries. */
  readonly things: readonly {
    readonly kind: string;
    readonly id: string;
    readonly title: string;
    readonly href: string;
    readonly acts: string;
    readonly count: number;
  }[];
  readonly lookedThrough: number;
};

const LINES = 20;
const TERMS = 50;
const THINGS = 50;
const LOOKED_THROUGH_MAX = 1_000;

/** Granted acts of these kinds end something. */
const ending: readonly ActKind[] = [
  ...(["tenureEnded", "keyRevoked", "productWithdrawn", "feeEnded"] as const),
  ...(["authorisationEnded", "permitRevoked", "withheldEnded"] as const),
  ...(["promiseEnded", "localRulebookEnded", "registrationCancelled"] as const),
  ...(["registrationRevoked", "gatewayClosed", "logEnded"] as const),
  ...(["contributionNotice", "procedureWithdrawn", "tieEnded"] as const),
];
const pricing: readonly ActKind[] = ["feeStandard", "feeCeiling", "feeEnded"];

/** What changed behind entry N: derived at the moment of asking, for nobody in particular. */
export async function sinceView(
  log: ActLog,
  entry: number,
  now: number,
): Promise<SinceView> {
  await log.ready();
  const { register, index } = log;
  const since = index.at[entry];
  const isKnown = entry < index.size && since !== undefined;
  const newestOf = (kinds: readonly ActKind[]) =>
    grantedOf(index, kinds, entry);
  const { due, missed } = deadlines(register, now);
  const newer = Math.max(0, index.size - 1 - entry);
  const looked = Math.min(newer, LOOKED_THROUGH_MAX);
  const of = (outcome: string) =>
    part(log, newestBehind(index, `outcome:${outcome}`, entry, LINES));
  return {
    entry,
    since: isKnown ? showInstant(since, register.offsetMinutes) : undefined,
    newest: Math.max(0, index.size - 1),
    entries: newer,
    granted: await of("granted"),
    refused: await of("refused"),
    ended: await part(log, newestOf(ending)),
    prices: await part(log, newestOf(pricing)),
    becameDue: due
      .filter((one) => cameBehind(register, one, entry))
      .slice(0, TERMS)
      .map((one) => termLine(register, one)),
    missed: isKnown
      ? missed
          .filter(({ by }) => by > since && by <= now)
          .slice(-TERMS)
          .map((one) => termLine(register, one))
      : [],
    things: await thingsIn(
      log,
      Array.from({ length: looked }, (_, n) => index.size - 1 - n),
    ),
    lookedThrough: looked,
  };
}

/** Granted acts of any of these kinds behind entry N: the newest, and how many there are. */
function grantedOf(
  index: ActIndex,
  kinds: readonly ActKind[],
  behind: number,
): { readonly entries: readonly number[]; readonly total: number } {
  const newest: number[] = [];
  let total = 0;
  for (const kind of kinds) {
    let taken = 0;
    const keys = ["outcome:granted", `kind:${kind}`];
    for (const entry of matches(index, { keys })) {
      if (entry <= behind) break;
      total++;
      // Of each kind the newest come first: of all kinds none but these can be shown.
      if (taken++ < LINES) newest.push(entry);
    }
  }
  return {
    entries: newest.toSorted((a, b) => b - a).slice(0, LINES),
    total,
  };
}

async function part(
  log: ActLog,
  found: { readonly entries: readonly number[]; readonly total: number },
): Promise<Part> {
  const read = await log.entriesAt(found.entries);
  return {
    total: found.total,
    lines: read.map(([number, one]) => entryLine(one, number, log.register)),
  };
}

/** What is due came with its own entry, where it has one. */
function cameBehind(
  register: ReadRegister,
  { what, id }: Due,
  entry: number,
): boolean {
  const kind = what === "applicant" ? "application" : what;
  const found = thingsOf(register, kind)?.get(id);
  const came: unknown =
    found === undefined ? undefined : Reflect.get(found, "entry");
  return typeof came === "number" && came > entry;
}

function termLine(register: ReadRegister, { id, by, rule }: Missed): TermLine {
  const law = lawOf(rule);
  return {
    ...{ id, rule, by: showInstant(by, register.offsetMinutes) },
    says: around().lang === "zh" ? law.zh : law.says,
  };
}

async function thingsIn(
  log: ActLog,
  entries: readonly number[],
): Promise<SinceView["things"]> {
  const counts = new Map<ThingKey, number>();
  for (const [, entry] of await log.entriesAt(entries))
    for (const key of aboutOf(log.register, entry).named)
      if (readThing(key).kind !== "purpose")
        counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts]
    .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, THINGS)
    .map(([key, count]) => {
      const { kind, id } = readThing(key);
      return {
        ...{ kind, id, count },
        title: thingTitle(log.register, thingKey(kind, id)),
        ...{ href: thingHref(log.register, key), acts: actsAbout(key) },
      };
    });
}
