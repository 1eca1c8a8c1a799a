import { randomBytes } from "node:crypto";
import * as z from "zod/mini";
import { addMonths } from "../acts/dates.ts";
import type { Sql } from "../store/database.ts";
import {
  keepNote,
  type KeptNote,
  noteById,
  notesAbout,
  notesOf,
  strikeNote,
} from "../store/desk-notes.ts";
import { seal, unseal } from "../store/openings.ts";

const noted = z.strictObject({ post: z.string(), text: z.string() });

/** What an official noted for the others: no act, and nothing rests on it. */
export type DeskNote = z.infer<typeof noted> &
  Pick<KeptNote, "id" | "about" | "person" | "at" | "until"> & {
    /** When its writer struck it out; it stays readable. */
    readonly struck?: number;
  };

/** Of one note, and of all notes about one thing. */
export const NOTE_CHARACTERS_MAX = 4_000;
export const NOTES_MAX = 200;
/** How long a note is kept, struck out or not (docs/retention.md). */
export const NOTE_MONTHS = 60;
const LISTED_MAX = 500;

/** Notes of officials at drafts, cases and what came in. */
export class DeskNotes {
  readonly #sql: Sql;
  readonly #key: Uint8Array;
  readonly #now: () => number;

  constructor(sql: Sql, key: Uint8Array, now: () => number) {
    this.#sql = sql;
    this.#key = key;
    this.#now = now;
  }

  async write(
    about: string,
    person: number,
    said: z.infer<typeof noted>,
  ): Promise<void> {
    const at = this.#now();
    const id = `n-${randomBytes(8).toString("hex")}`;
    const sealed = seal(this.#key, Buffer.from(JSON.stringify(said)));
    const until = addMonths(at, NOTE_MONTHS, 0);
    await keepNote(this.#sql, { id, about, person, at, until, sealed });
  }

  async read(id: string): Promise<DeskNote | undefined> {
    const kept = await noteById(this.#sql, id, this.#now());
    return kept === undefined ? undefined : this.#opened(kept);
  }

  async about(about: string): Promise<readonly DeskNote[]> {
    const kept = await notesAbout(this.#sql, about, this.#now());
    return kept.map((one) => this.#opened(one));
  }

  /** Of one person, or of everybody; the newest first. */
  async of(person: number | undefined): Promise<readonly DeskNote[]> {
    const kept = await notesOf(this.#sql, person, this.#now(), LISTED_MAX);
    return kept.map((one) => this.#opened(one));
  }

  /** False for anybody but its writer, and where it was struck out already. */
  strike(id: string, person: number): Promise<boolean> {
    return strikeNote(this.#sql, id, person, this.#now());
  }

  #opened({ sealed, struck, ...kept }: KeptNote): DeskNote {
    const text = unseal(this.#key, sealed).toString("utf8");
    return {
      ...kept,
      ...noted.parse(JSON.parse(text)),
      ...(struck === null ? {} : { struck }),
    };
  }
}
