import { Malformed } from "../../acts/canonical.ts";
import { quote } from "../../log/format-error.ts";
import { readThing, type ThingKey } from "../../rules/about.ts";
import type { ActLog } from "../acts/act-log.ts";
import { entryLine } from "../acts/entry-line.ts";
import { sayThingKind, thingHref, thingTitle } from "../acts/thing.ts";
import { say } from "../lang/say.ts";
import { documentOf } from "./documents.ts";
import { type FacetName, facetNames } from "./facets.ts";
import { namedBy } from "./named.ts";
import type { FacetColumn, SearchIndex } from "./search-index.ts";
import {
  allDocuments,
  type Matches,
  matchAll,
  meantBy,
  wantedBy,
} from "./text-index.ts";
import { fold, tokensOf } from "./tokens.ts";
import { topOf } from "./top.ts";

export type Query = {
  readonly q: string;
  readonly facets: Readonly<Partial<Record<FacetName, string>>>;
  readonly page: number;
};
/** A text with the pieces that were looked for. */
export type Marked = readonly (readonly [text: string, isMarked: boolean])[];
export type Hit = {
  readonly kind: string;
  readonly kindSaid: string;
  readonly id: string;
  readonly title: Marked;
  readonly href: string;
  /** A piece of the text that holds what was looked for, where the title does not say it all. */
  readonly extract: Marked;
};
export type FacetLine = {
  readonly value: string;
  readonly says: string;
  readonly count: number;
  readonly isChosen: boolean;
};
export type SearchView = {
  readonly query: Query;
  readonly total: number;
  readonly hits: readonly Hit[];
  readonly pages: number;
  readonly facets: readonly {
    readonly name: FacetName;
    readonly values: readonly FacetLine[];
  }[];
  /** What may have been meant, where nothing was found. */
  readonly meant: string | undefined;
  readonly searched: number;
  /** False while the log is still being read in. */
  readonly isWhole: boolean;
};

const QUERY_MAX = 200;
const WORDS_MAX = 16;
const HITS_EACH = 20;
const PAGES_MAX = 50;
const VALUES_MAX = 12;

/** Throws `Malformed` for a query that is too long or a page that is none. Control characters are no words. */
export function readQuery(query: URLSearchParams): Query {
  const q = (query.get("q") ?? "").trim();
  if (q.length > QUERY_MAX)
    throw new Malformed(
      `Cannot search for ${q.length} characters: want at most ${QUERY_MAX}`,
    );
  const page = query.get("page") ?? "";
  if (page !== "" && !/^[1-9][0-9]?$/.test(page))
    throw new Malformed(
      `Cannot show page ${quote(page)}: want 1 to ${PAGES_MAX}`,
    );
  const facets: Partial<Record<FacetName, string>> = {};
  for (const name of facetNames) {
    const value = query.get(name) ?? "";
    if (value === "") continue;
    if (!/^[A-Za-z0-9.-]{1,64}$/.test(value))
      throw new Malformed(
        `Cannot narrow ${name} to ${quote(value)}: want one of the values that the page lists`,
      );
    facets[name] = value;
  }
  return {
    q: q.replace(/\p{Cc}+/gu, " "),
    facets,
    page: Math.min(page === "" ? 1 : Number(page), PAGES_MAX),
  };
}

export async function searchView(
  log: ActLog,
  index: SearchIndex,
  query: Query,
): Promise<SearchView> {
  const isWhole = await index.ready();
  const words = tokensOf(query.q).slice(0, WORDS_MAX);
  const matches = matchesOf(index, query, words);
  const { kept, counts } = narrowed(index, matches, query.facets);
  const wanted = Math.min(query.page, PAGES_MAX) * HITS_EACH;
  const best = topOf(kept, wanted, matches.scores)
    .slice(wanted - HITS_EACH)
    .map((doc) => index.keys[doc] ?? 0);
  // Whoever narrowed the search looks for something else.
  const named =
    Object.keys(query.facets).length === 0 ? namedBy(log, query.q) : [];
  const keys = new Set(query.page === 1 ? [...named, ...best] : best);
  const more = named.filter(
    (key) => !kept.some((doc) => index.keys[doc] === key),
  );
  const marks = words.map(({ text }) => text);
  const total = kept.length + more.length;
  return {
    query,
    total,
    hits: await Promise.all([...keys].map((key) => hitOf(log, key, marks))),
    pages: Math.min(PAGES_MAX, Math.ceil(total / HITS_EACH)),
    facets: facetNames
      .map((name) => ({
        name,
        values: valuesOf(log, index, name, counts[name], query),
      }))
      .filter(({ values }) => values.length > 0),
    meant:
      matches.docs.length === 0 && named.length === 0
        ? meantOf(index, query.q)
        : undefined,
    searched: index.text.docs,
    isWhole,
  };
}

function matchesOf(
  index: SearchIndex,
  { q, facets }: Query,
  words: ReturnType<typeof tokensOf>,
): Matches {
  if (words.length > 0)
    return matchAll(index.text, wantedBy(index.text, words));
  // Signs without a word find nothing; nothing at all, with a choice beside it, is a way to look through what there is.
  return q === "" && Object.keys(facets).length > 0
    ? allDocuments(index.text)
    : { docs: new Int32Array(0), scores: new Float32Array(0) };
}

type Counts = Readonly<Record<FacetName, Uint32Array>>;

/** What all choices leave; and of each facet how many of each value there would be under the other choices. */
function narrowed(
  { facets: columns }: SearchIndex,
  { docs }: Matches,
  chosen: Query["facets"],
): { readonly kept: Int32Array; readonly counts: Counts } {
  const under = (left?: FacetName): Int32Array => {
    let kept = docs;
    for (const name of facetNames) {
      const value = chosen[name];
      if (value === undefined || name === left) continue;
      const { values } = columns[name];
      const wanted = columns[name].numberOf(value);
      // Of a value that nothing shows there is no number: nothing is left.
      kept = kept.filter((doc) => values[doc] === wanted);
    }
    return kept;
  };
  const kept = under();
  const counted = (name: FacetName): Uint32Array =>
    countValues(chosen[name] === undefined ? kept : under(name), columns[name]);
  return {
    kept,
    counts: {
      kind: counted("kind"),
      body: counted("body"),
      classification: counted("classification"),
      form: counted("form"),
      price: counted("price"),
      served: counted("served"),
    },
  };
}

/** A word may stand in a million documents: one column after the other, with nothing else in the way. */
function countValues(
  docs: Int32Array,
  { values, texts }: FacetColumn,
): Uint32Array {
  const counts = new Uint32Array(texts.length);
  for (let at = 0; at < docs.length; at++) {
    const value = values[docs[at] ?? 0] ?? 0;
    counts[value] = (counts[value] ?? 0) + 1;
  }
  // 0 is of those that show none.
  counts[0] = 0;
  return counts;
}

function valuesOf(
  log: ActLog,
  index: SearchIndex,
  name: FacetName,
  counts: Uint32Array,
  { facets }: Query,
): readonly FacetLine[] {
  const found = [...counts]
    .map((count, value) => ({
      count,
      value: index.facets[name].texts[value] ?? "",
    }))
    .filter(
      ({ count, value }) =>
        value !== "" && (count > 0 || facets[name] === value),
    )
    .toSorted((a, b) => b.count - a.count);
  const shown = found.slice(0, VALUES_MAX);
  const chosen = found.find(({ value }) => value === facets[name]);
  return (
    chosen === undefined || shown.includes(chosen) ? shown : [...shown, chosen]
  ).map(({ value, count }) => ({
    ...{ value, count, isChosen: facets[name] === value },
    says: sayValue(log, name, value),
  }));
}

function sayValue(log: ActLog, name: FacetName, value: string): string {
  switch (name) {
    case "kind":
      return value === "act" ? say("Act") : sayThingKind(value);
    case "body":
      return thingTitle(log.register, `body:${value}`);
    default:
      return sayPlain(value);
  }
}

function sayPlain(value: string): string {
  switch (value) {
    case "open":
      return say("open");
    case "restricted":
      return say("restricted");
    case "personal":
      return say("about persons");
    case "sensitive":
      return say("about persons, sensitive");
    case "answer":
      return say("answers: yes, no, not on record");
    case "records":
      return say("records");
    case "aggregate":
      return say("aggregates");
    case "file":
      return say("files");
    case "free":
      return say("free of charge");
    case "charged":
      return say("charged");
    case "yes":
      return say("served or offered now");
    case "no":
      return say("not served now");
    default:
      return value;
  }
}

async function hitOf(
  log: ActLog,
  key: ThingKey | number,
  words: readonly string[],
): Promise<Hit> {
  if (typeof key === "number") {
    const entry = await log.entry(key);
    const line =
      entry === undefined ? undefined : entryLine(entry, key, log.register);
    const said = line === undefined ? "" : `${line.what}: ${line.badge.says}`;
    return {
      ...{ kind: "act", kindSaid: say("Entry"), id: String(key) },
      ...{ title: marked(said, words), href: `/acts/${key}`, extract: [] },
    };
  }
  const { kind, id } = readThing(key);
  const title = thingTitle(log.register, key);
  return {
    ...{ kind, kindSaid: sayThingKind(kind), id },
    title: marked(title, words),
    href: thingHref(log.register, key),
    extract: marked(extractOf(log, key, title, words), words),
  };
}

/** Other texts of the thing in which a word stands, up to a line. */
function extractOf(
  log: ActLog,
  key: Parameters<typeof documentOf>[1],
  title: string,
  words: readonly string[],
): string {
  const found = documentOf(log.register, key)
    .map(([text]) => text)
    .filter(
      (text) =>
        text !== title &&
        tokensOf(text).some(({ text: one }) =>
          words.some((word) => isMeant(one, word)),
        ),
    );
  const line = [...new Set(found)].slice(0, 6).join(" · ");
  return line.length > 240 ? `${line.slice(0, 240)}…` : line;
}

function isMeant(token: string, word: string): boolean {
  return token === word || (word.length > 1 && token.startsWith(word));
}

/** The pieces of a text that were looked for, apart from the others. */
export function marked(text: string, words: readonly string[]): Marked {
  const pieces: (readonly [string, boolean])[] = [];
  let at = 0;
  for (const { text: token, from, to, isHan } of tokensOf(text)) {
    if (
      to <= at ||
      !words.some(
        (word) =>
          isMeant(token, word) ||
          (isHan && word.length === 1 && token.includes(word)),
      )
    )
      continue;
    const start = Math.max(at, from);
    if (start > at) pieces.push([text.slice(at, start), false]);
    pieces.push([text.slice(start, to), true]);
    at = to;
  }
  if (at < text.length) pieces.push([text.slice(at), false]);
  return pieces;
}

/** The query with each word that stands nowhere put in another one that does; undefined where that helps nothing. */
function meantOf({ text }: SearchIndex, q: string): string | undefined {
  let isOther = false;
  const words = tokensOf(q).map(({ text: word, from, to, isHan }) => {
    const written = q.slice(from, to);
    if (isHan || wantedBy(text, [{ text: word, isHan }])[0]?.length !== 0)
      return written;
    const near = meantBy(text, fold(word));
    if (near === undefined) return written;
    isOther = true;
    return near;
  });
  return isOther ? words.join(" ") : undefined;
}
