import { toBase64url } from "../../acts/bytes.ts";
import type { Remembered } from "../../audit/audit.ts";
import { add, type Faults } from "../../audit/report.ts";
import type { Cosigned } from "../../audit/times.ts";
import { type Checkpoint, parseCheckpoint } from "../../log/checkpoint.ts";
import { FormatError } from "../../log/format-error.ts";
import { parseNote, type SignedNote } from "../../log/note.ts";
import {
  COSIGNED_FOLDER,
  DAYS_FILE,
  endOfNotes,
  notesIn,
} from "../../log/note-run.ts";
import { openNote, verifyingLines } from "../../log/open-note.ts";
import type { VerifierKey } from "../../log/verifier-key.ts";
import { primitives } from "../../store/crypto.ts";
import { CouldNot } from "../exit.ts";
import type { Place } from "./place.ts";

/** The cosigned checkpoints that an office kept of its register log, as far as they verify. */
export type CosignedNotes = {
  readonly notes: number;
  /** Of these, how many no witness of the policy at hand signed. */
  readonly uncounted: number;
  /** The earliest and the latest cosignature of each size. */
  readonly cosigned: readonly Cosigned[];
  /** Every size with its root, once. */
  readonly remembered: readonly Remembered[];
  /** What is wrong with a file, one line for each. */
  readonly wrong: readonly string[];
  /** Files that end with half a note: a kill, or a copy of what was being written. */
  readonly torn: readonly string[];
};

const FOLDER = `log/register/${COSIGNED_FOLDER}`;
const DAY = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const DAYS_MAX = 73_050;
/** A size costs some hundred bytes. */
const SIZES_MAX = 2 ** 21;

type OfSize = { earliest?: Cosigned; latest?: Cosigned; roots: Set<string> };

/** Reads them day by day; of a note nothing is kept but size, root and times. */
export async function readCosigned(
  place: Place,
  origin: string,
  keysAt: (size: number) => Promise<readonly VerifierKey[]>,
  witnesses: readonly VerifierKey[],
): Promise<CosignedNotes> {
  const sizes = new Map<number, OfSize>();
  const remembered: Remembered[] = [];
  const wrong: string[] = [];
  const torn: string[] = [];
  let notes = 0;
  let uncounted = 0;
  for (const day of await daysOf(place)) {
    const bytes = await place.read(`${FOLDER}/${day}`);
    if (bytes === undefined) continue;
    const run = new TextDecoder().decode(bytes);
    if (endOfNotes(run) < run.length) torn.push(day);
    let bad = 0;
    for (const text of notesIn(run)) {
      const read = await readNote(text, keysAt, witnesses);
      if (read === undefined || read.isDamaged) bad++;
      if (read === undefined) continue;
      notes++;
      if (read.cosigned.length === 0) uncounted++;
      const { size, root } = read.checkpoint;
      const known: OfSize = sizes.get(size) ?? { roots: new Set() };
      sizes.set(size, known);
      if (sizes.size > SIZES_MAX)
        throw new CouldNot(
          `Cannot read ${place.name}: its cosigned checkpoints have more than ${SIZES_MAX} sizes`,
        );
      const name = toBase64url(root);
      if (!known.roots.has(name))
        remembered.push({
          origin,
          size,
          root,
          by: "one of its own cosigned checkpoints",
        });
      known.roots.add(name);
      for (const one of read.cosigned) noteTime(known, one);
    }
    if (bad > 0)
      wrong.push(
        `${FOLDER}/${day}: ${bad} of its notes are not signed by the log, or by a witness under whose name a line stands`,
      );
  }
  const cosigned = [...sizes.values()].flatMap(({ earliest, latest }) => [
    ...(earliest === undefined ? [] : [earliest]),
    ...(latest === undefined || latest === earliest ? [] : [latest]),
  ]);
  return { notes, uncounted, cosigned, remembered, wrong, torn };
}

/** Who cosigned a note that all of these keys of its log signed, and when; `isDamaged` where a line of one of these keys does not verify. */
export function timesOfNote(
  note: SignedNote,
  logKeys: readonly VerifierKey[],
  witnesses: readonly VerifierKey[],
):
  | {
      readonly checkpoint: Checkpoint;
      readonly cosigned: readonly Cosigned[];
      readonly isDamaged: boolean;
    }
  | undefined {
  const keys = [...logKeys, ...witnesses];
  const good = verifyingLines(primitives, note, keys);
  const checkpoint = parseCheckpoint(note.text);
  const opening = openNote(primitives, good, keys);
  if (opening.outcome === "rejected" || logKeys.length === 0) return undefined;
  const signed = opening.verified.map((one) => one.key);
  if (
    logKeys.some(
      (key) => key.name !== checkpoint.origin || !signed.includes(key),
    )
  )
    return undefined;
  const own = note.signatures.filter((line) =>
    keys.some((one) => one.name === line.name && one.id === line.keyId),
  );
  return {
    checkpoint,
    isDamaged: own.length > good.signatures.length,
    cosigned: opening.verified.flatMap((one) =>
      one.kind === "cosignature"
        ? [{ size: checkpoint.size, time: one.timeSeconds, by: one.key.name }]
        : [],
    ),
  };
}

export function addWrong(
  { wrong }: CosignedNotes,
  log: string,
  faults: Faults,
): void {
  for (const says of wrong)
    add(faults, { code: "checkpoint-signature", log, says });
}

async function readNote(
  text: string,
  keysAt: (size: number) => Promise<readonly VerifierKey[]>,
  witnesses: readonly VerifierKey[],
): Promise<ReturnType<typeof timesOfNote>> {
  try {
    const note = parseNote(text);
    const keys = await keysAt(parseCheckpoint(note.text).size);
    return timesOfNote(note, keys, witnesses);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

function noteTime(known: OfSize, one: Cosigned): void {
  if (one.time < (known.earliest?.time ?? Infinity)) known.earliest = one;
  if (one.time > (known.latest?.time ?? -Infinity)) known.latest = one;
}

export async function daysOf(place: Place): Promise<readonly string[]> {
  const bytes = await place.read(`${FOLDER}/${DAYS_FILE}`);
  if (bytes === undefined) return [];
  const days = new TextDecoder().decode(bytes).split("\n");
  const named = new Set(days.filter((day) => DAY.test(day)));
  if (named.size > DAYS_MAX)
    throw new CouldNot(
      `Cannot read ${place.name}: it names more than ${DAYS_MAX} days of cosigned checkpoints`,
    );
  return [...named].sort();
}
