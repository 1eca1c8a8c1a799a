import type * as z from "zod/mini";
import { startOf } from "../../acts/dates.ts";
import { Malformed } from "../../acts/canonical.ts";
import { date, origin, ruleId, slug } from "../../acts/shapes.ts";
import { quote } from "../../log/format-error.ts";
import type { Sought } from "../../reports/act-index.ts";
import { type ThingKey, thingKey, thingKinds } from "../../rules/about.ts";
import { type EntryKind, isEntryKind } from "./kind-names.ts";

const outcomes = ["granted", "flagged", "refused"] as const;
export type Outcome = (typeof outcomes)[number];

/** Which acts are wanted; whatever is absent is not asked for. */
export type Filter = {
  readonly kind?: EntryKind;
  readonly outcome?: Outcome;
  readonly post?: string;
  readonly thing?: ThingKey;
  /** Days in the office's own time, both inclusive. */
  readonly from?: string;
  readonly to?: string;
  readonly overrides?: true;
};
export type Place = { readonly before?: number; readonly after?: number };

/** Reads what a form or an address asks for. An empty field asks for nothing; throws `Malformed` for what cannot be asked. */
export function readFilter(query: URLSearchParams): Filter {
  const kind = one(query, "kind");
  const outcome = one(query, "outcome");
  const post = one(query, "post");
  const thing = one(query, "thing");
  const from = one(query, "from");
  const to = one(query, "to");
  const isRefused = one(query, "refused") !== undefined;
  return {
    ...(kind === undefined ? {} : { kind: readKind(kind) }),
    ...(isRefused
      ? { outcome: "refused" as const }
      : outcome === undefined
        ? {}
        : { outcome: readOutcome(outcome) }),
    ...(post === undefined ? {} : { post: as(slug, post, "post") }),
    ...(thing === undefined ? {} : { thing: readThingKey(thing) }),
    ...(from === undefined ? {} : { from: as(date, from, "day") }),
    ...(to === undefined ? {} : { to: as(date, to, "day") }),
    ...(one(query, "overrides") === undefined ? {} : { overrides: true }),
  };
}

export function readPlace(query: URLSearchParams): Place {
  const before = one(query, "before");
  const after = one(query, "after");
  return {
    ...(before === undefined ? {} : { before: entryNumber(before) }),
    ...(after === undefined ? {} : { after: entryNumber(after) }),
  };
}

export function entryNumber(text: string): number {
  if (/^(?:0|[1-9][0-9]{0,14})$/.test(text)) return Number(text);
  throw new Malformed(
    `Cannot read entry ${quote(text)}: want its number in the register log`,
  );
}

/** `dataset:vehicles`; of a kind that acts are about, and never a person. */
export function readThingKey(text: string): ThingKey {
  const [, kind = "", id = ""] = /^([a-z]+):(.{1,200})$/s.exec(text) ?? [];
  if (!thingKinds.some((known) => known === kind))
    throw new Malformed(
      `Cannot read thing ${quote(text)}: want kind:id, of the kinds ${thingKinds.join(", ")}`,
    );
  if (kind === "rule") return thingKey(kind, as(ruleId, id, "rule"));
  return thingKey(kind, as(kind === "log" ? origin : slug, id, "id"));
}

/** What the index is asked for. */
export function soughtBy(
  filter: Filter,
  offsetMinutes: number,
): Omit<Sought, "most"> {
  const { kind, outcome, post, thing, from, to, overrides } = filter;
  const isRecord = kind !== undefined && recordKinds.has(kind);
  return {
    keys: [
      ...(isRecord ? [] : ["type:act"]),
      ...(kind === undefined ? [] : [`kind:${kind}`]),
      ...(outcome === undefined ? [] : [`outcome:${outcome}`]),
      ...(post === undefined ? [] : [`post:${post}`]),
      ...(thing === undefined ? [] : [thing]),
      ...(overrides === true ? ["kind:override"] : []),
    ],
    ...(from === undefined ? {} : { fromAt: dayStart(from, offsetMinutes) }),
    ...(to === undefined ? {} : { toAt: dayStart(to, offsetMinutes) + DAY }),
  };
}

const DAY = 86_400_000;
const recordKinds: ReadonlySet<EntryKind> = new Set([
  ...(["head", "totals", "vintage"] as const),
  ...(["suspended", "dropped", "erased"] as const),
]);

/** The address of a page with a filter, and a place in it. */
export function addressOf(
  path: string,
  filter: Filter,
  place: Place = {},
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filter, ...place }))
    query.set(name, value === true ? "1" : String(value));
  const text = query.toString();
  return text === "" ? path : `${path}?${text}`;
}

function one(query: URLSearchParams, name: string): string | undefined {
  const value = query.get(name);
  return value === null || value === "" ? undefined : value;
}

function readKind(text: string): EntryKind {
  if (isEntryKind(text)) return text;
  throw new Malformed(
    `Cannot read kind ${quote(text)}: want one of those that stand in the list at /acts`,
  );
}

function readOutcome(text: string): Outcome {
  const found = outcomes.find((known) => known === text);
  if (found !== undefined) return found;
  throw new Malformed(
    `Cannot read outcome ${quote(text)}: want one of ${outcomes.join(", ")}`,
  );
}

function as(shape: z.ZodMiniType<string>, text: string, what: string): string {
  const read = shape.safeParse(text);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Malformed(
    `Cannot read ${what} ${quote(text)}: want ${issue?.message ?? `a ${what}`}`,
  );
}

function dayStart(day: string, offsetMinutes: number): number {
  const [year = 1970, month = 1, of = 1] = day.split("-").map(Number);
  return startOf({ year, month, day: of }, offsetMinutes);
}
