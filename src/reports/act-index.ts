import type { Entry } from "../acts/entry.ts";
import type { ReadRegister } from "../register/register.ts";
import { type About, aboutOf } from "../rules/about.ts";

/**
 * Which entries of a register log there are of each kind, outcome, post, rule and thing: a fold over the log, kept up entry by entry and
 * made anew from it at any time. Of each key it holds a chain of entries, the newest first, in two lists of numbers: a million acts with
 * ten keys each take eighty megabytes.
 */
export type ActIndex = {
  /** Entries taken in. */
  size: number;
  at: Float64Array;
  readonly keys: Map<string, number>;
  /** By key: the place of the newest link of its chain, and how many there are. */
  last: Int32Array;
  count: Int32Array;
  /** By link: its entry, and the place of the next older one; -1 where there is none. */
  entry: Int32Array;
  older: Int32Array;
  links: number;
};

export function emptyActIndex(): ActIndex {
  return {
    size: 0,
    at: new Float64Array(1024),
    keys: new Map(),
    last: new Int32Array(1024),
    count: new Int32Array(1024),
    entry: new Int32Array(8192),
    older: new Int32Array(8192),
    links: 0,
  };
}

/** Takes in the next entry. What things belong to is looked up in the register as it is now, which knows all that ever was. */
export function indexEntry(
  index: ActIndex,
  register: ReadRegister,
  entry: Entry,
): About {
  const number = index.size++;
  if (number >= index.at.length) index.at = grownFloats(index.at);
  index.at[number] = entry.at;
  const about = aboutOf(register, entry);
  for (const key of keysOf(entry, about)) link(index, key, number);
  return about;
}

function keysOf(entry: Entry, { all }: About): Iterable<string> {
  const keys = new Set<string>(all);
  keys.add(`type:${entry.type}`);
  if (entry.type === "record") return keys.add(`kind:${entry.record.kind}`);
  const { act } = entry.statement;
  keys.add(`kind:${act.kind}`);
  keys.add(`outcome:${entry.ruling.outcome}`);
  if (entry.ruling.outcome === "granted" && entry.ruling.flags.length > 0)
    keys.add("outcome:flagged");
  return keys;
}

function link(index: ActIndex, key: string, entry: number): void {
  const known = index.keys.get(key);
  const chain = known ?? index.keys.size;
  if (known === undefined) {
    index.keys.set(key, chain);
    if (chain >= index.last.length) {
      index.last = grown(index.last);
      index.count = grown(index.count);
    }
  }
  if (index.links >= index.entry.length) {
    index.entry = grown(index.entry);
    index.older = grown(index.older);
  }
  const count = index.count[chain] ?? 0;
  const place = index.links++;
  index.entry[place] = entry;
  index.older[place] = count === 0 ? -1 : (index.last[chain] ?? -1);
  index.last[chain] = place;
  index.count[chain] = count + 1;
}

export type Sought = {
  /** All of these keys: `kind:permit`, `outcome:refused`, `post:head`, `dataset:vehicles`. */
  readonly keys: readonly string[];
  /** Times, inclusive and exclusive. */
  readonly fromAt?: number | undefined;
  readonly toAt?: number | undefined;
  /** Entries below this one. */
  readonly before?: number | undefined;
  /** Entries above this one: of those the oldest are told, for the page that is newer. */
  readonly after?: number | undefined;
  readonly most: number;
};
export type Found = {
  /** The newest first. */
  readonly entries: readonly number[];
  /** How many there are on all pages. */
  readonly total: number;
  readonly hasNewer: boolean;
  readonly hasOlder: boolean;
};

/** Entries that bear all keys, one page of them, and how many there are in all. */
export function findEntries(index: ActIndex, sought: Sought): Found {
  const { before = Infinity, after = -1, most } = sought;
  const isForward = sought.after !== undefined;
  const { keys, fromAt, toAt } = sought;
  // What one key alone asks for is counted already: the walk ends behind the page.
  const known =
    keys.length === 1 && fromAt === undefined && toAt === undefined
      ? countOf(index, keys[0] ?? "")
      : undefined;
  const page: number[] = [];
  let total = 0;
  let newer = 0;
  let older = 0;
  for (const entry of matches(index, sought)) {
    total++;
    if (entry >= before) newer++;
    else if (entry <= after) older++;
    else if (isForward) {
      page.push(entry);
      if (page.length > most) {
        page.shift();
        newer++;
      }
    } else if (page.length < most) page.push(entry);
    else older++;
    if (known !== undefined && older > 0) break;
  }
  return {
    entries: page,
    total: known ?? total,
    hasNewer: newer > 0,
    hasOlder: older > 0,
  };
}

/** The newest entries that bear all keys. */
export function newestEntries(
  index: ActIndex,
  keys: readonly string[],
  most: number,
): readonly number[] {
  const found: number[] = [];
  for (const entry of matches(index, { keys })) {
    if (found.length >= most) break;
    found.push(entry);
  }
  return found;
}

/** The newest entries behind entry N that bear a key, and how many there are: of a million only those that are shown are put into a list. */
export function newestBehind(
  index: ActIndex,
  key: string,
  behind: number,
  most: number,
): { readonly entries: readonly number[]; readonly total: number } {
  const entries: number[] = [];
  let total = 0;
  const chain = index.keys.get(key);
  for (
    let place = chain === undefined ? -1 : (index.last[chain] ?? -1);
    place >= 0;
    place = index.older[place] ?? -1
  ) {
    const entry = index.entry[place] ?? -1;
    if (entry <= behind) break;
    if (total++ < most) entries.push(entry);
  }
  return { entries, total };
}

/** The newest entries that bear all keys, one after the other. */
export function* matches(
  index: ActIndex,
  { keys, fromAt, toAt }: Pick<Sought, "keys" | "fromAt" | "toAt">,
): Generator<number> {
  const first = fromAt === undefined ? 0 : firstAt(index, fromAt);
  const last = toAt === undefined ? index.size : firstAt(index, toAt);
  const chains = keys.map((key) => index.keys.get(key));
  const places: number[] = [];
  for (const chain of chains) {
    if (chain === undefined) return;
    places.push(index.last[chain] ?? -1);
  }
  if (places.length === 0) {
    for (let entry = last - 1; entry >= first; entry--) yield entry;
    return;
  }
  let wanted = last - 1;
  for (;;) {
    // Each chain goes back to the wanted entry; the one that has none there says which is wanted next.
    let agreed = 0;
    for (let i = 0; i < places.length; i++) {
      let place = places[i] ?? -1;
      while (place >= 0 && (index.entry[place] ?? -1) > wanted)
        place = index.older[place] ?? -1;
      places[i] = place;
      if (place < 0) return;
      const entry = index.entry[place] ?? -1;
      if (entry === wanted) agreed++;
      else wanted = entry;
    }
    if (wanted < first) return;
    if (agreed === places.length) {
      yield wanted;
      wanted--;
    }
  }
}

/** How many entries bear a key. */
export function countOf(index: ActIndex, key: string): number {
  const chain = index.keys.get(key);
  return chain === undefined ? 0 : (index.count[chain] ?? 0);
}

/** Entries about a thing behind entry N, the oldest first and at most so many: what somebody who follows it has not heard yet. */
export function entriesAbout(
  index: ActIndex,
  thing: string,
  behind: number,
  most: number,
): readonly number[] {
  const found: number[] = [];
  for (const entry of matches(index, { keys: [thing] })) {
    if (entry <= behind) break;
    found.push(entry);
  }
  return found.toReversed().slice(0, most);
}

/** The first entry that is of that time or later: times never fall (I15). */
function firstAt({ at, size }: ActIndex, time: number): number {
  let [low, high] = [0, size];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((at[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function grown(of: Int32Array): Int32Array {
  const more = new Int32Array(of.length * 2);
  more.set(of);
  return more;
}

function grownFloats(of: Float64Array): Float64Array {
  const more = new Float64Array(of.length * 2);
  more.set(of);
  return more;
}
