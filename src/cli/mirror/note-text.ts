import * as z from "zod/mini";
import { CouldNot } from "../exit.ts";
import { readAs } from "../read-as.ts";

/** Lies in every mirror: what it is a copy of, and when that was read last. */
export const MIRROR_NOTE = "mirror.json";
/** What was fetched and is not part of the copy yet. */
export const FETCHING = "fetching";
/** In there while files are put into their places: until it goes away the copy is neither the old one nor the new one. */
export const PLACING = "placing";

const shape = z.strictObject({
  url: z.string("text"),
  origin: z.string("text"),
  fingerprint: z.string("text"),
  copiedAt: z.number("a number"),
});

export type MirrorNote = z.infer<typeof shape>;

export function parseMirrorNote(bytes: Uint8Array, path: string): MirrorNote {
  return readAs(shape, jsonIn(bytes, path), path);
}

export function unfinished(folder: string): CouldNot {
  return new CouldNot(
    `Cannot read ${folder}: \`vitrine mirror\` was ended while it brought this copy up to date; run it again`,
  );
}

function jsonIn(bytes: Uint8Array, path: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new CouldNot(`Cannot read ${path}: it is no JSON`, { cause });
  }
}
