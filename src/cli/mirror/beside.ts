import { join } from "node:path";
import { bytesToHex, sameBytes } from "../../acts/bytes.ts";
import { parseNote } from "../../log/note.ts";
import { FormatError } from "../../log/format-error.ts";
import {
  COSIGNED_FOLDER,
  DAYS_FILE,
  endOfNotes,
  notesIn,
} from "../../log/note-run.ts";
import { rootWhen } from "../../log/nodes.ts";
import type { VerifierKey } from "../../log/verifier-key.ts";
import { dayOf } from "../../office/cosigned-history.ts";
import { primitives } from "../../store/crypto.ts";
import { makeFolder, readIfThere, writeWhole } from "../../store/durable.ts";
import { appendSynced, cutBack } from "../../store/growing-file.ts";
import { daysOf, timesOfNote } from "../verify/cosigned.ts";
import type { Place } from "../verify/place.ts";
import { FETCHING } from "./note-text.ts";
import type { RegisterReading } from "./reading.ts";

const PAPER_BYTES_MAX = 32 * 1024 * 1024;
const COSIGNED = `log/register/${COSIGNED_FOLDER}`;
/** Below it a file for each day and log: every checkpoint that this mirror saw. */
export const SEEN = "checkpoints";

/** A cosigned checkpoint that is not of the tree that was read. */
export type Foreign = {
  readonly note: string;
  readonly size: number;
  readonly root: Uint8Array;
};

/**
 * Fetches the office's cosigned checkpoints: each is kept that the log signed and that is of the tree as it was read. Days
 * that can grow no more are not asked for again. What the office does not show any more stays.
 */
export async function fetchCosigned(
  place: Place,
  copy: string,
  keys: readonly VerifierKey[],
  { nodes }: RegisterReading,
): Promise<{ readonly notes: number; readonly foreign: Foreign | undefined }> {
  const days = await daysOf(place);
  let notes = 0;
  const named = new Set<string>();
  for (const [rank, day] of days.entries()) {
    const held = (await readIfThere(join(copy, COSIGNED, day)))?.toString();
    named.add(day);
    if (held !== undefined && rank < days.length - 2) continue;
    const bytes = await place.read(`${COSIGNED}/${day}`);
    if (bytes === undefined) continue;
    const known = new Set(held === undefined ? [] : notesIn(held));
    const fresh: string[] = [];
    for (const note of notesIn(Buffer.from(bytes).toString("utf8"))) {
      if (known.has(note)) continue;
      const read = signedBy(note, keys);
      if (read === undefined || read.size > nodes.range.size) continue;
      const own = rootWhen(primitives, nodes, read.size);
      if (own === undefined || !sameBytes(own, read.root))
        return { notes, foreign: { note, ...read } };
      known.add(note);
      fresh.push(note);
    }
    notes += fresh.length;
    if (fresh.length === 0) continue;
    await writeWhole(
      join(copy, FETCHING, COSIGNED, day),
      `${held ?? ""}${fresh.join("")}`,
    );
  }
  if (notes > 0) await nameDays(copy, named);
  return { notes, foreign: undefined };
}

async function nameDays(copy: string, named: Set<string>): Promise<void> {
  const before = await readIfThere(join(copy, COSIGNED, DAYS_FILE));
  for (const day of before?.toString("utf8").split("\n") ?? [])
    if (day !== "") named.add(day);
  const lines = [...named].sort().map((day) => `${day}\n`);
  await writeWhole(join(copy, FETCHING, COSIGNED, DAYS_FILE), lines.join(""));
}

function signedBy(
  text: string,
  keys: readonly VerifierKey[],
): { readonly size: number; readonly root: Uint8Array } | undefined {
  try {
    const note = parseNote(text);
    // Any key that the log ever had: `verify` says which of them had to sign.
    for (const key of keys) {
      const read = timesOfNote(note, [key], []);
      if (read !== undefined) return read.checkpoint;
    }
    return undefined;
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/** Fetches the public papers that are not here; gives how many came, and how many are not to be had as they were entered. */
export async function fetchPapers(
  place: Place,
  copy: string,
  { papers }: RegisterReading,
): Promise<{ readonly fetched: number; readonly missing: number }> {
  let fetched = 0;
  let missing = 0;
  for (const [hex, size] of papers) {
    const file = `paper/${hex}`;
    const isHere = await readIfThere(join(copy, file));
    if (isHere !== undefined) continue;
    const bytes = size > PAPER_BYTES_MAX ? undefined : await place.read(file);
    if (bytes === undefined || bytesToHex(primitives.sha256(bytes)) !== hex) {
      missing++;
      continue;
    }
    await writeWhole(join(copy, FETCHING, file), bytes);
    fetched++;
  }
  return { fetched, missing };
}

/** Notes that a log's checkpoint was seen; one that was the last that was seen is not noted again. */
export async function noteSeen(
  copy: string,
  path: string,
  note: string,
  now: number,
): Promise<void> {
  const folder = join(copy, SEEN, path);
  await makeFolder(folder);
  const file = join(folder, dayOf(now));
  const before = await cutBack(file, endOfNotes);
  if (!before.endsWith(note)) await appendSynced(file, note);
}
