import { promises as fs } from "node:fs";
import { join } from "node:path";
import { parseCheckpoint } from "../../log/checkpoint.ts";
import { FormatError } from "../../log/format-error.ts";
import { parseNote } from "../../log/note.ts";
import { COSIGNED_FOLDER, notesIn } from "../../log/note-run.ts";
import { CouldNot } from "../exit.ts";
import { given } from "../given.ts";
import { daysOf } from "./cosigned.ts";
import type { Kept } from "./kept.ts";
import { openPlace, type Place } from "./place.ts";

/** What was found elsewhere: notes, and places that have trees beside them. */
export type Also = {
  readonly also: readonly Kept[];
  readonly trees: readonly Place[];
};

const FILE_BYTES_MAX = 64 * 1024 * 1024;
/** Folders with many files and no notes. */
const NO_NOTES = new Set(["tile", "paper", "fetching", "node_modules"]);

/** Files with a note or several, folders of such, mirrors and their addresses. */
export async function readAlso(paths: readonly string[]): Promise<Also> {
  const found = await Promise.all(paths.map(readOne));
  return {
    also: found.flatMap(({ also }) => also),
    trees: found.flatMap(({ trees }) => trees),
  };
}

async function readOne(path: string): Promise<Also> {
  if (/^https?:\/\//.test(path)) return readAddress(path);
  const stat = await fs.stat(path).catch(() => undefined);
  if (stat?.isDirectory() !== true) {
    const text = await given(path, "checkpoint");
    const notes = [...notesIn(text)];
    // What is no note at all is said where it is read.
    const all = notes.length === 0 ? [text] : notes;
    return { also: all.map((note) => ({ file: path, note })), trees: [] };
  }
  const also: Kept[] = [];
  const trees: Place[] = [];
  await readFolder(path, also, trees);
  if (also.length === 0)
    throw new CouldNot(
      `Cannot use checkpoints of ${path}: no file in it has any`,
    );
  return { also, trees };
}

async function hasRegister(folder: string): Promise<boolean> {
  return fs.stat(join(folder, "log", "register")).then(
    (stat) => stat.isDirectory(),
    () => false,
  );
}

async function readAddress(address: string): Promise<Also> {
  const place = await openPlace(address);
  const days = await daysOf(place);
  const files = [
    "log/register/checkpoint",
    ...days.map((day) => `log/register/${COSIGNED_FOLDER}/${day}`),
  ];
  const also: Kept[] = [];
  for (const file of files) {
    const bytes = await place.read(file);
    const text = Buffer.from(bytes ?? new Uint8Array(0)).toString("utf8");
    also.push(...checkpointsIn(text, `${place.name}/${file}`));
  }
  if (also.length === 0)
    throw new CouldNot(`Cannot use checkpoints of ${address}: it shows none`);
  return { also, trees: [place] };
}

async function readFolder(
  folder: string,
  also: Kept[],
  trees: Place[],
): Promise<void> {
  if (await hasRegister(folder)) trees.push(await openPlace(folder));
  for (const one of await fs.readdir(folder, { withFileTypes: true })) {
    const path = join(folder, one.name);
    if (one.isDirectory() && !NO_NOTES.has(one.name))
      await readFolder(path, also, trees);
    if (!one.isFile() || (await fs.stat(path)).size > FILE_BYTES_MAX) continue;
    also.push(...checkpointsIn(await given(path, "checkpoint"), path));
  }
}

function checkpointsIn(text: string, file: string): readonly Kept[] {
  return [...notesIn(text)].flatMap((note) =>
    isCheckpoint(note) ? [{ file, note, isAmongOthers: true }] : [],
  );
}

function isCheckpoint(note: string): boolean {
  try {
    parseCheckpoint(parseNote(note).text);
    return true;
  } catch (error) {
    if (error instanceof FormatError) return false;
    throw error;
  }
}
