import { type Entry, parseEntry } from "../../acts/entry.ts";
import { narrows } from "../../acts/act.ts";
import { entriesOf, type LogSource } from "../../audit/source.ts";
import { NO_POLICY } from "../../log/policy.ts";
import { apply } from "../../register/apply.ts";
import { emptyRegister, type Register } from "../../register/register.ts";
import { officeOf } from "../../register/founding.ts";
import { primitives } from "../../store/crypto.ts";
import {
  type Anchor,
  parseUsageEntry,
  type UsageEntry,
} from "../../uses/use.ts";
import { CouldNot } from "../exit.ts";
import { pathOf, readGenesis, readLog } from "../verify/logs.ts";
import { openPlace, type Place } from "../verify/place.ts";

export type Block = {
  readonly anchor: Anchor;
  readonly entries: readonly Exclude<UsageEntry, Anchor>[];
};

/** So many whole blocks, and perhaps the anchor of the next one. */
export type UpTo = { readonly blocks: number; readonly anchor: boolean };

/**
 * One entry of the register log. What gateways say of their logs is kept by its meaning, because a cheat who changes a log
 * must say it again: heads and totals are made and signed anew when the history is rebuilt.
 */
export type Line =
  | { readonly kind: "entry"; readonly entry: Entry }
  | {
      readonly kind: "head";
      readonly at: number;
      readonly log: string;
      readonly upTo: UpTo;
      readonly closed: boolean;
    }
  | {
      readonly kind: "totals";
      readonly at: number;
      readonly log: string;
      readonly part: number;
    };

/** Everything that is public of an office, in a form that can be changed and built again. */
export type History = {
  readonly origin: string;
  readonly lines: readonly Line[];
  readonly logs: ReadonlyMap<string, readonly Block[]>;
};

/** The register log as it was copied, and the part of the history that is whole: every block that a head names is public. */
export type Copied = {
  readonly history: History;
  readonly entries: readonly Uint8Array[];
};

/** Reads an office's public files. It may run: what it publishes meanwhile is left aside. */
export async function readHistory(folder: string): Promise<Copied> {
  const place = await openPlace(folder);
  const { origin, key } = await readGenesis(place);
  const log = await readLog(place, "register", async () => [key], NO_POLICY);
  if (log === undefined || "code" in log)
    throw new CouldNot(
      `Cannot cheat in ${folder}: its register log has no checkpoint signed by its key`,
    );
  const entries = await everyEntry(log.source);
  const parsed = entries.map((raw) => parseEntry(raw));
  const logs = new Map<string, readonly Block[]>();
  for (const name of namesOf(parsed)) {
    const blocks = await readBlocks(place, origin, name);
    // What was published while we read rests on entries that were not read.
    const beyond = blocks.findIndex(
      ({ anchor }) => anchor.size > log.source.size,
    );
    logs.set(name, beyond < 0 ? blocks : blocks.slice(0, beyond));
  }
  const lines: Line[] = [];
  for (const entry of parsed) {
    const line = lineOf(entry, logs, lines);
    // Behind this head are entries whose slot has not ended.
    if (line === undefined) break;
    lines.push(line);
  }
  return { history: { origin, lines, logs }, entries };
}

async function everyEntry(source: LogSource): Promise<Uint8Array[]> {
  const all: Uint8Array[] = [];
  for await (const some of entriesOf(source)) all.push(...some);
  return all;
}

function namesOf(entries: readonly Entry[]): ReadonlySet<string> {
  return new Set(
    entries.flatMap((entry) =>
      entry.type === "record" && entry.record.kind === "head"
        ? [entry.record.log]
        : [],
    ),
  );
}

async function readBlocks(
  place: Place,
  origin: string,
  name: string,
): Promise<readonly Block[]> {
  const path = pathOf(name, officeOf(origin));
  // The office is its own: whether it signed this log is for the stranger to ask.
  const log = await readLog(place, path, async () => [], NO_POLICY);
  if (log?.source === undefined) return [];
  const blocks: { anchor: Anchor; entries: Exclude<UsageEntry, Anchor>[] }[] =
    [];
  for (const raw of await everyEntry(log.source)) {
    const entry = parseUsageEntry(raw);
    if (entry.kind === "anchor") blocks.push({ anchor: entry, entries: [] });
    else blocks.at(-1)?.entries.push(entry);
  }
  return blocks;
}

function lineOf(
  entry: Entry,
  logs: History["logs"],
  before: readonly Line[],
): Line | undefined {
  if (entry.type === "act") return { kind: "entry", entry };
  const { record, at } = entry;
  if (record.kind === "totals") {
    const part = before.filter(
      (line) => line.kind === "totals" && line.log === record.log,
    ).length;
    return { kind: "totals", at, log: record.log, part };
  }
  if (record.kind !== "head") return { kind: "entry", entry };
  const upTo = placeOfSize(logs.get(record.log) ?? [], record.size);
  if (upTo === undefined) return undefined;
  return {
    kind: "head",
    at,
    log: record.log,
    upTo,
    closed: record.closed === true,
  };
}

function placeOfSize(blocks: readonly Block[], size: number): UpTo | undefined {
  let before = 0;
  for (const [index, block] of blocks.entries()) {
    if (size === before) return { blocks: index, anchor: false };
    if (size === before + 1) return { blocks: index, anchor: true };
    before += 1 + block.entries.length;
  }
  return size === before ? { blocks: blocks.length, anchor: false } : undefined;
}

export function atOf(line: Line): number {
  return line.kind === "entry" ? line.entry.at : line.at;
}

/** The register as it stood before line `size`. */
export function registerAt({ lines }: History, size: number): Register {
  const register = emptyRegister();
  for (const line of lines.slice(0, size)) {
    if (line.kind === "entry") apply(primitives, register, line.entry);
    else {
      register.size += 1;
      register.at = line.at;
    }
  }
  return register;
}

/** The office as if nothing after the first `size` entries of its register had ever been. */
export function cutAt({ origin, lines, logs }: History, size: number): History {
  const kept = lines.slice(0, size);
  const named = new Set(
    kept.flatMap((line) => (line.kind === "head" ? [line.log] : [])),
  );
  return {
    origin,
    lines: kept,
    logs: new Map(
      [...logs]
        .filter(([name]) => named.has(name))
        .map(([name, blocks]) => {
          const beyond = blocks.findIndex(({ anchor }) => anchor.size > size);
          return [name, beyond < 0 ? blocks : blocks.slice(0, beyond)];
        }),
    ),
  };
}

/** The usage logs that no head has closed. */
export function openLogs({ lines, logs }: History): readonly string[] {
  const closed = new Set(
    lines.flatMap((line) =>
      line.kind === "head" && line.closed ? [line.log] : [],
    ),
  );
  return [...logs.keys()].filter((log) => !closed.has(log));
}

/** The largest size up to `most` at which no log owes a head for an act before it, no log is half closed, and no open use waits to be counted. */
export function settledAt(history: History, most: number): number {
  const owing = new Map<string, number[]>();
  const unsettled: Sizes[] = [...history.logs.values()].flatMap(uncounted);
  for (const [index, line] of history.lines.entries()) {
    if (line.kind === "head") {
      const acts = owing.get(line.log) ?? [];
      const anchored = anchoredAt(history, line.log, line.upTo);
      for (const act of acts)
        if (act < anchored || line.closed)
          unsettled.push({ from: act + 1, to: index });
      if (line.closed) owing.delete(line.log);
      else
        owing.set(
          line.log,
          acts.filter((act) => act >= anchored),
        );
    } else if (line.kind === "totals") owing.get(line.log)?.push(index);
    else if (narrowing(line.entry))
      for (const acts of owing.values()) acts.push(index);
  }
  for (const acts of owing.values())
    for (const act of acts) unsettled.push({ from: act + 1, to: Infinity });
  let size = Math.min(most, history.lines.length);
  while (unsettled.some(({ from, to }) => from <= size && size <= to))
    size -= 1;
  return size;
}

/** Sizes of the register, both included. */
type Sizes = { readonly from: number; readonly to: number };

/** At which sizes a log is cut between an open use and its count: the count stands in a later block than the use. */
function uncounted(blocks: readonly Block[]): readonly Sizes[] {
  const waiting = new Map<string, number>();
  const found: Sizes[] = [];
  for (const { anchor, entries } of blocks) {
    // A block is in the order of its hashes: a count may stand before its use.
    for (const entry of entries)
      if (entry.kind === "open") waiting.set(useOf(entry), anchor.size);
    for (const entry of entries) {
      if (entry.kind !== "counted") continue;
      const use = useOf(entry);
      const from = waiting.get(use) ?? anchor.size;
      if (from < anchor.size) found.push({ from, to: anchor.size - 1 });
      waiting.delete(use);
    }
  }
  for (const from of waiting.values()) found.push({ from, to: Infinity });
  return found;
}

function useOf(of: { slot: number; dataset: string; operation: string }) {
  return `${of.slot} ${of.dataset} ${of.operation}`;
}

function narrowing(entry: Entry): boolean {
  return (
    entry.type === "act" &&
    entry.ruling.outcome === "granted" &&
    narrows(entry.statement.act.kind)
  );
}

/** The register size of the newest anchor up to there; 0 where there is none. */
export function anchoredAt(
  { logs }: History,
  log: string,
  { blocks, anchor }: UpTo,
): number {
  return logs.get(log)?.[anchor ? blocks : blocks - 1]?.anchor.size ?? 0;
}

/** Puts an entry in at that place; what rested on more of the register than that rests on one entry more. */
export function insertAt(
  history: History,
  index: number,
  entry: Entry,
): History {
  return {
    ...history,
    lines: [
      ...history.lines.slice(0, index),
      { kind: "entry", entry },
      ...history.lines.slice(index),
    ],
    logs: moved(history.logs, index, 1),
  };
}

export function removeAt(history: History, index: number): History {
  return {
    ...history,
    lines: history.lines.filter((_, i) => i !== index),
    logs: moved(history.logs, index, -1),
  };
}

export function replaceAt(
  history: History,
  index: number,
  line: Line,
): History {
  return {
    ...history,
    lines: history.lines.map((old, i) => (i === index ? line : old)),
  };
}

export function withBlocks(
  history: History,
  log: string,
  blocks: readonly Block[],
): History {
  return { ...history, logs: new Map([...history.logs, [log, blocks]]) };
}

function moved(
  logs: History["logs"],
  index: number,
  by: number,
): History["logs"] {
  const move = (anchor: Anchor): Anchor =>
    anchor.size > index ? { ...anchor, size: anchor.size + by } : anchor;
  return new Map(
    [...logs].map(([name, blocks]) => [
      name,
      blocks.map((block) => ({ ...block, anchor: move(block.anchor) })),
    ]),
  );
}

/** How many acts behind this entry were signed by people who had seen it: their signatures pin it. */
export function pinnedBy({ lines }: History, index: number): number {
  return lines.filter(
    (line, i) =>
      i > index &&
      line.kind === "entry" &&
      line.entry.type === "act" &&
      line.entry.statement.seen.size > index,
  ).length;
}
