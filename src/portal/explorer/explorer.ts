import { parseEntry } from "../../acts/entry.ts";
import { decode } from "../../acts/canonical.ts";
import { toBase64, toBase64url } from "../../acts/bytes.ts";
import { showInstant } from "../../acts/dates.ts";
import type { Primitives } from "../../acts/primitives.ts";
import { showCount } from "../../audit/says.ts";
import { parseCheckpoint } from "../../log/checkpoint.ts";
import { leafHash } from "../../log/hash.ts";
import { parseNote } from "../../log/note.ts";
import { entryAt, proveEntry, type ReadFile } from "../../log/prove.ts";
import { bundlePath, decodeBundle, TILE_WIDTH } from "../../log/tiles.ts";
import type { Office } from "../../office/office.ts";
import type { ReadRegister } from "../../register/register.ts";
import { entryLine } from "../acts/entry-line.ts";
import { say } from "../lang/say.ts";
import type { PublicFiles } from "../log-routes.ts";
import { type LogLine, oneLog } from "../logs-overview.ts";

export type ExplorerOptions = {
  readonly office: Office;
  readonly primitives: Primitives;
  readonly files: PublicFiles;
};
export type LeafLine = {
  readonly index: number;
  readonly what: string;
  readonly leaf: string;
};
export type LogPart = {
  readonly line: LogLine;
  readonly from: number;
  readonly leaves: readonly LeafLine[];
  readonly newer: number | undefined;
  readonly older: number | undefined;
};
export type LeafView = LeafLine & {
  readonly line: LogLine;
  readonly bytes: number;
  /** The bytes of the entry, laid out for reading. */
  readonly decoded: string;
  /** From the leaf's sibling to the root, base64. */
  readonly path: readonly string[];
  /** The signed checkpoint to the letter, with its cosignatures. */
  readonly note: string;
  readonly size: number;
};

const LINES = 50;

/** A part of a log from its newest public checkpoint backwards; undefined where no such log is public. */
export async function logPart(
  options: ExplorerOptions,
  log: string,
  from: number | undefined,
): Promise<LogPart | undefined> {
  const line = await oneLog(options.office, options, log);
  if (line === undefined) return undefined;
  const first = Math.min(
    from ?? Math.max(0, line.size - LINES),
    Math.max(0, line.size - 1),
  );
  const to = Math.min(line.size, first + LINES);
  const read = readerOf(options.files, log);
  const found: LeafLine[] = [];
  const { register } = options.office;
  for (let at = Math.floor(first / TILE_WIDTH); at * TILE_WIDTH < to; at++) {
    const bundle = await bundleAt(read, at, line.size);
    for (const [place, raw] of bundle.entries()) {
      const index = at * TILE_WIDTH + place;
      if (index >= first && index < to)
        found.push(leafLine(options.primitives, register, log, raw, index));
    }
  }
  return {
    line,
    from: first,
    leaves: found.toReversed(),
    newer: to < line.size ? to : undefined,
    older: first > 0 ? Math.max(0, first - LINES) : undefined,
  };
}

/** One entry of a log with its proof against the newest public checkpoint; undefined where it is not public. */
export async function leafView(
  options: ExplorerOptions,
  log: string,
  index: number,
): Promise<LeafView | undefined> {
  const { primitives: p, files, office } = options;
  const line = await oneLog(office, options, log);
  const read = readerOf(files, log);
  const bytes = await read("checkpoint");
  if (line === undefined || bytes === undefined) return undefined;
  const note = Buffer.from(bytes).toString("utf8");
  const checkpoint = parseCheckpoint(parseNote(note).text);
  if (index >= checkpoint.size) return undefined;
  const raw = await entryAt(read, checkpoint, index);
  const { path } = await proveEntry(p, read, note, index);
  return {
    ...leafLine(p, office.register, log, raw, index),
    ...{ line, note, size: checkpoint.size, bytes: raw.length },
    decoded: JSON.stringify(decode(raw, "entry"), null, 2),
    path: path.map(toBase64),
  };
}

function readerOf(files: PublicFiles, log: string): ReadFile {
  return (path) => files.read(`log/${log}/${path}`);
}

async function bundleAt(
  read: ReadFile,
  at: number,
  size: number,
): Promise<readonly Uint8Array[]> {
  const width = Math.min(TILE_WIDTH, size - at * TILE_WIDTH);
  // A partial bundle goes away once the full one exists.
  const bundle =
    (await read(bundlePath(at, width))) ?? (await read(bundlePath(at)));
  if (bundle === undefined)
    throw new Error(`Cannot show a log: ${bundlePath(at, width)} is not here`);
  return decodeBundle(bundle).slice(0, width);
}

function leafLine(
  p: Primitives,
  register: ReadRegister,
  log: string,
  raw: Uint8Array,
  index: number,
): LeafLine {
  return {
    index,
    what:
      log === "register"
        ? inRegister(register, raw, index)
        : inUsage(raw, register),
    leaf: toBase64url(leafHash(p, raw)),
  };
}

function inRegister(
  register: ReadRegister,
  raw: Uint8Array,
  index: number,
): string {
  const { what, badge } = entryLine(parseEntry(raw), index, register);
  return `${what}: ${badge.says}`;
}

/** Entries of a usage log say what stands in them in public, and no more is said of them here. */
function inUsage(raw: Uint8Array, { offsetMinutes }: ReadRegister): string {
  const value: unknown = decode(raw, "entry");
  if (typeof value !== "object" || value === null) return "";
  const text = (name: string): string => {
    const one: unknown = Reflect.get(value, name);
    return typeof one === "string" || typeof one === "number"
      ? String(one)
      : "";
  };
  const kind = text("kind");
  const slot = text("slot");
  const at = slot === "" ? "" : showInstant(Number(slot), offsetMinutes);
  switch (kind) {
    case "anchor":
      return say("block of {at}, decided on {size} entries of the register", {
        at,
        size: showCount(Number(text("size"))),
      });
    case "use":
      return say("use under permit {permit}, {operation}, slot of {at}", {
        ...{ permit: text("permit"), operation: text("operation"), at },
      });
    default:
      return say("{kind}, slot of {at}", { kind, at });
  }
}
