import { parseEntry } from "../../acts/entry.ts";
import { toBase64url } from "../../acts/bytes.ts";
import { orUndefined } from "../../acts/or-undefined.ts";
import { showInstant } from "../../acts/dates.ts";
import type { AuditResult } from "../../audit/audit.ts";
import { showCount } from "../../audit/says.ts";
import { entriesOf, type LogSource } from "../../audit/source.ts";
import {
  type Cosigned,
  coveredAt,
  notCoveredAt,
  type Times,
} from "../../audit/times.ts";
import { leafHash } from "../../log/hash.ts";
import { TILE_WIDTH } from "../../log/tiles.ts";
import { officeOf } from "../../register/founding.ts";
import { primitives } from "../../store/crypto.ts";
import { parseUsageEntry } from "../../uses/use.ts";
import { CouldNot } from "../exit.ts";

/** What is known of the time of one entry that was asked for, in lines; none is found where no log has it. */
export type EntryTimes = {
  readonly lines: readonly string[];
  readonly isFound: boolean;
};

/** An entry by its place: an index of the register log, or a log and an index; or by its leaf hash. */
export type EntryAsked =
  | { readonly log: string | undefined; readonly index: number }
  | { readonly leaf: string };

export function readAsked(text: string): EntryAsked {
  const place = /^(?:(.+)\/)?(0|[1-9][0-9]{0,14})$/.exec(text);
  if (place !== null) return { log: place[1], index: Number(place[2]) };
  if (/^[A-Za-z0-9_-]{43}$/.test(text)) return { leaf: text };
  throw new CouldNot(
    `Cannot look for entry ${text}: want a number, LOG/NUMBER as in gate-1/hour/2026q4/17, or a leaf hash of 43 characters`,
  );
}

export type Looked = {
  readonly result: AuditResult;
  readonly register: LogSource;
  readonly usage: ReadonlyMap<string, LogSource>;
  readonly times: Times;
};

export async function timesOfEntry(
  asked: EntryAsked,
  looked: Looked,
): Promise<EntryTimes> {
  const found =
    "leaf" in asked ? await byLeaf(asked.leaf, looked) : byPlace(asked, looked);
  if (found === undefined)
    return {
      isFound: false,
      lines: [
        "leaf" in asked
          ? `${asked.leaf} is in no log that is shown`
          : `${showCount(asked.index)} of ${asked.log ?? "the register"} is not shown`,
      ],
    };
  const { source, index } = found;
  const lines =
    source.origin === looked.register.origin
      ? await ofRegister(source, index, looked)
      : await ofUsage(source, index, looked);
  return { isFound: true, lines };
}

type Found = { readonly source: LogSource; readonly index: number };

function byPlace(
  { log, index }: { readonly log: string | undefined; readonly index: number },
  { register, usage }: Looked,
): Found | undefined {
  const office = officeOf(register.origin);
  const all = [register, ...usage.values()];
  const source =
    log === undefined
      ? register
      : all.find(
          ({ origin }) => origin === log || origin === `${office}/${log}`,
        );
  return source === undefined || index >= source.size
    ? undefined
    : { source, index };
}

async function byLeaf(
  leaf: string,
  { register, usage }: Looked,
): Promise<Found | undefined> {
  for (const source of [register, ...usage.values()]) {
    let index = 0;
    for await (const entries of entriesOf(source))
      for (const raw of entries) {
        if (toBase64url(leafHash(primitives, raw)) === leaf)
          return { source, index };
        index++;
      }
  }
  return undefined;
}

async function ofRegister(
  source: LogSource,
  index: number,
  looked: Looked,
): Promise<readonly string[]> {
  const raw = await entryAt(source, index);
  const at = raw === undefined ? undefined : timeIn(raw);
  return [
    `${showCount(index)} of ${source.origin}: ${at === undefined ? "it cannot be read" : `at ${shown(at, looked)}, as the office says`}`,
    between(
      notCoveredAt(looked.times, index),
      coveredAt(looked.times, index),
      looked,
    ),
  ];
}

/** A use has no time: it rests on the register of its anchor, and the first head beyond it binds it. */
async function ofUsage(
  source: LogSource,
  index: number,
  looked: Looked,
): Promise<readonly string[]> {
  const { result, times } = looked;
  const anchor = await anchorOf(source, index);
  const head = result.heads
    .get(source.origin)
    ?.find((one) => one.head.size > index);
  const slot =
    anchor === undefined
      ? "under no anchor"
      : `in the slot that began at ${shown(anchor.slot, looked)}, on the register at size ${showCount(anchor.size)}`;
  const bound =
    head === undefined
      ? "no head in the register covers it"
      : `entry ${showCount(head.index)} of the register, at ${shown(head.at, looked)}, is the first head that covers it`;
  return [
    `${showCount(index)} of ${source.origin}: ${slot}; ${bound}`,
    between(
      anchor === undefined || anchor.size === 0
        ? undefined
        : notCoveredAt(times, anchor.size - 1),
      head === undefined ? undefined : coveredAt(times, head.index),
      looked,
    ),
  ];
}

function between(
  before: Cosigned | undefined,
  covered: Cosigned | undefined,
  looked: Looked,
): string {
  const from =
    before === undefined
      ? "no cosignature at hand is from before it"
      : `made after ${shown(before.time * 1000, looked)}, when ${named(before)} cosigned size ${showCount(before.size)} without it`;
  const to =
    covered === undefined
      ? "no cosignature at hand covers it: that it was made by now is all that is known"
      : `there by ${shown(covered.time * 1000, looked)}: ${named(covered)} cosigned size ${showCount(covered.size)}, the earliest that covers it`;
  return `${from}; ${to}`;
}

function named({ by }: Cosigned): string {
  return by ?? "somebody outside";
}

function shown(at: number, { result }: Looked): string {
  const seconds = String(Math.floor(at / 1000) % 60).padStart(2, "0");
  return `${showInstant(at, result.register.offsetMinutes)}:${seconds}`;
}

async function anchorOf(
  source: LogSource,
  index: number,
): Promise<{ readonly size: number; readonly slot: number } | undefined> {
  for (let at = Math.floor(index / TILE_WIDTH); at >= 0; at--) {
    const bundle = await source.bundle(at);
    const upTo = bundle.slice(0, index + 1 - at * TILE_WIDTH);
    for (const raw of upTo.toReversed()) {
      const entry = orUndefined(() => parseUsageEntry(raw));
      if (entry?.kind === "anchor") return entry;
    }
  }
  return undefined;
}

async function entryAt(
  source: LogSource,
  index: number,
): Promise<Uint8Array | undefined> {
  const bundle = await source.bundle(Math.floor(index / TILE_WIDTH));
  return bundle[index % TILE_WIDTH];
}

function timeIn(raw: Uint8Array): number | undefined {
  return orUndefined(() => parseEntry(raw).at);
}
