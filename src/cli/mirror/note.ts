import { join } from "node:path";
import * as z from "zod/mini";
import { readIfThere } from "../../store/durable.ts";
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

export async function readMirrorNote(
  folder: string,
): Promise<(MirrorNote & { readonly isUnfinished: boolean }) | undefined> {
  const path = join(folder, MIRROR_NOTE);
  const bytes = await readIfThere(path);
  if (bytes === undefined) return undefined;
  const note = readAs(shape, jsonIn(bytes, path), path);
  const placing = await readIfThere(join(folder, FETCHING, PLACING));
  return { ...note, isUnfinished: placing !== undefined };
}

function jsonIn(bytes: Buffer, path: string): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch (cause) {
    throw new CouldNot(`Cannot read ${path}: it is no JSON`, { cause });
  }
}
