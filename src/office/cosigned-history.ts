import { join } from "node:path";
import { parseNote } from "../log/note.ts";
import { parseCheckpoint } from "../log/checkpoint.ts";
import {
  COSIGNED_FOLDER,
  DAYS_FILE,
  endOfNotes,
  notesIn,
} from "../log/note-run.ts";
import { makeFolder, syncFolder } from "../store/durable.ts";
import { appendSynced, cutBack } from "../store/growing-file.ts";

const KEEP_EVERY_MS = 60_000;

/**
 * The cosigned checkpoints of the register log, for whoever asks later when an entry was there: a file for each day in UTC,
 * notes one after the other, at most one a minute. Nothing waits for it, and what it cannot write is said and not fatal: the
 * times that are missing then are missing for those who look.
 */
export class CosignedHistory {
  readonly #folder: string;
  readonly #tell: (line: string) => void;
  #keptAt = -Infinity;
  /** The day whose file is known to end with a whole note. */
  #day: string | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(logFolder: string, tell: (line: string) => void) {
    this.#folder = join(logFolder, COSIGNED_FOLDER);
    this.#tell = tell;
  }

  /** Takes the note of a public checkpoint in, unless nobody cosigned it or one of the last minute is there. */
  keep(note: string, now: number): void {
    if (Math.abs(now - this.#keptAt) < KEEP_EVERY_MS || !isCosigned(note))
      return;
    this.#keptAt = now;
    this.#writing = this.#writing
      .then(() => this.#write(note, dayOf(now)))
      .catch((error: unknown) => {
        // What the file ends with is not known now.
        this.#day = undefined;
        const why = error instanceof Error ? error.message : "unknown error";
        this.#tell(`cosigned  Cannot keep a cosigned checkpoint: ${why}`);
      });
  }

  /** Everything that was taken in is written, or was said. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  async #write(note: string, day: string): Promise<void> {
    if (this.#day !== day) await this.#begin(day);
    await appendSynced(join(this.#folder, day), note);
  }

  /** A process that was killed may have left half a note behind. The day is named before its file is there. */
  async #begin(day: string): Promise<void> {
    await makeFolder(this.#folder);
    const days = join(this.#folder, DAYS_FILE);
    const named = await cutBack(days, (text) => text.lastIndexOf("\n") + 1);
    // The process that wrote last may have been killed on another day.
    const latest = named.split("\n").findLast((one) => one !== "");
    for (const one of new Set([latest ?? day, day]))
      await cutBack(join(this.#folder, one), endOfCosigned);
    if (!named.split("\n").includes(day)) await appendSynced(days, `${day}\n`);
    await syncFolder(this.#folder);
    this.#day = day;
  }
}

/** 2026-11-28, in UTC */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** A note that was torn behind a signature line looks whole: one that nobody cosigned is none of ours. */
function endOfCosigned(run: string): number {
  const end = endOfNotes(run);
  const last = [...notesIn(run.slice(0, end))].at(-1);
  return last === undefined || isCosigned(last) ? end : end - last.length;
}

/** Whether anybody but the log itself signed. */
function isCosigned(note: string): boolean {
  const { text, signatures } = parseNote(note);
  const { origin } = parseCheckpoint(text);
  return signatures.some(({ name }) => name !== origin);
}
