import { join } from "node:path";
import { readIfThere } from "../../store/durable.ts";
import {
  FETCHING,
  MIRROR_NOTE,
  type MirrorNote,
  parseMirrorNote,
  PLACING,
} from "./note-text.ts";

export async function readMirrorNote(
  folder: string,
): Promise<(MirrorNote & { readonly isUnfinished: boolean }) | undefined> {
  const path = join(folder, MIRROR_NOTE);
  const bytes = await readIfThere(path);
  if (bytes === undefined) return undefined;
  const note = parseMirrorNote(bytes, path);
  const placing = await readIfThere(join(folder, FETCHING, PLACING));
  return { ...note, isUnfinished: placing !== undefined };
}
