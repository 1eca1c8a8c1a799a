import { showInstant } from "../../acts/dates.ts";
import { countOf, type Found, findEntries } from "../../reports/act-index.ts";
import { readThing } from "../../rules/about.ts";
import { speaking } from "../around.ts";
import type { Lang } from "../lang/lang.ts";
import type { ActLog } from "./act-log.ts";
import { type EntryLine, entryLine } from "./entry-line.ts";
import { addressOf, type Filter, type Place, soughtBy } from "./filter.ts";
import { entryKinds } from "./kind-names.ts";
import { sayThingKind, thingTitle } from "./thing.ts";
import { officeTitle, titleIn } from "../lang/title-in.ts";
import { say } from "../lang/say.ts";

export type ActsView = {
  readonly title: string;
  readonly at: string;
  readonly filter: Filter;
  /** What the list is about, where it is about one thing. */
  readonly about: string | undefined;
  readonly total: number;
  /** Entries of the log that the list was looked for in, of all that are public. */
  readonly searched: number;
  readonly size: number;
  readonly lines: readonly EntryLine[];
  /** Kinds that stand in the log, and how often. */
  readonly kinds: readonly { readonly kind: string; readonly count: number }[];
  readonly posts: readonly { readonly post: string; readonly title: string }[];
  readonly newest: string | undefined;
  readonly newer: string | undefined;
  readonly older: string | undefined;
};

/** What of the acts is asked for, and under which address the pages beside it are found. */
export type Asked = {
  readonly filter: Filter;
  readonly place: Place;
  readonly path: string;
  readonly most: number;
};

/** One page of the acts that a filter leaves, the newest first. */
export async function actsView(
  log: ActLog,
  asked: Asked,
  now: number,
): Promise<ActsView> {
  const found = await actsFound(log, asked);
  const { register, index } = log;
  const { filter, path } = asked;
  const entries = await log.entriesAt(found.entries);
  const first = found.entries[0];
  return {
    title: officeTitle(register),
    at: showInstant(now, register.offsetMinutes),
    filter,
    about:
      filter.thing === undefined ? undefined : aboutText(log, filter.thing),
    total: found.total,
    searched: index.size,
    size: log.size,
    lines: entries.map(([number, entry]) => entryLine(entry, number, register)),
    kinds: entryKinds
      .map((kind) => ({ kind, count: countOf(index, `kind:${kind}`) }))
      .filter(({ count }) => count > 0),
    posts: [...register.posts.values()]
      .map(({ act }) => ({ post: act.post, title: titleIn(act) }))
      .slice(0, POSTS_MAX),
    newest: found.hasNewer ? addressOf(path, filter) : undefined,
    newer:
      found.hasNewer && first !== undefined
        ? addressOf(path, filter, { after: first })
        : undefined,
    older: found.older,
  };
}

/** The numbers of that page's entries, and where the next page is. */
export async function actsFound(
  log: ActLog,
  { filter, place, path, most }: Asked,
): Promise<Found & { readonly older: string | undefined }> {
  await log.ready();
  const { register, index } = log;
  const found = findEntries(index, {
    ...soughtBy(filter, register.offsetMinutes),
    ...place,
    most,
  });
  const last = found.entries.at(-1);
  const older =
    found.hasOlder && last !== undefined
      ? addressOf(path, filter, { before: last })
      : undefined;
  return { ...found, older };
}

const LINES_AT_ONCE = 50;

/** Lines of many entries, some at a time: whoever asks meanwhile is answered in between. The language is told, since whoever takes the lines comes from nowhere. */
export async function* linesOf(
  log: ActLog,
  numbers: readonly number[],
  lang: Lang,
): AsyncGenerator<readonly EntryLine[]> {
  for (let from = 0; from < numbers.length; from += LINES_AT_ONCE) {
    const some = await log.entriesAt(numbers.slice(from, from + LINES_AT_ONCE));
    yield speaking(lang, () =>
      some.map(([number, entry]) => entryLine(entry, number, log.register)),
    );
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** A list of more posts is no help: the address takes any. */
const POSTS_MAX = 400;

function aboutText(log: ActLog, thing: NonNullable<Filter["thing"]>): string {
  const { kind, id } = readThing(thing);
  const title = thingTitle(log.register, thing);
  return `${sayThingKind(kind)} ${title === id ? id : say("{what} ({of})", { what: title, of: id })}`;
}
