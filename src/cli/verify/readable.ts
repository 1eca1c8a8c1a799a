import { type Entry, parseEntry } from "../../acts/entry.ts";
import { orUndefined } from "../../acts/or-undefined.ts";

/** What nobody can read names nothing: what is wrong with it is said where every entry is decided. */
export function readable(raw: Uint8Array): Entry | undefined {
  return orUndefined(() => parseEntry(raw));
}
