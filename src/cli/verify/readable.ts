import { Malformed } from "../../acts/canonical.ts";
import { type Entry, parseEntry } from "../../acts/entry.ts";

/** What nobody can read names nothing: what is wrong with it is said where every entry is decided. */
export function readable(raw: Uint8Array): Entry | undefined {
  try {
    return parseEntry(raw);
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}
