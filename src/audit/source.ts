import { toBase64url } from "../acts/bytes.ts";

/** One log as a checker reads it: the size and root that a verified checkpoint states, and its entry bundles. */
export type LogSource = {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** When the checkpoint had been read, or later; the time of the check where that is not said. */
  readonly seenAt?: number;
  /** The entries of bundle `index` (256 each, the last one as many as there are). */
  readonly bundle: (index: number) => Promise<readonly Uint8Array[]>;
};

/** Leaf hashes (base64url) that are looked for in a log, and where each was found first. */
export type Wanted = Map<string, number | undefined>;

/** Notes where a leaf stands, if it is one that is looked for. */
export function noteWanted(
  wanted: Wanted | undefined,
  leaf: Uint8Array,
  index: number,
): void {
  if (wanted === undefined || wanted.size === 0) return;
  const key = toBase64url(leaf);
  if (wanted.has(key)) wanted.set(key, wanted.get(key) ?? index);
}

/**
 * Reads a log's entries in their order, one bundle at a time, as far as there are any: behind a bundle that is not whole
 * nobody can say what stands where, and a size alone may be any number.
 */
export async function* entriesOf(
  log: LogSource,
  bundle = 0,
): AsyncGenerator<readonly Uint8Array[]> {
  for (let first = bundle * 256; first < log.size; first += 256) {
    const entries = await log.bundle(first / 256);
    const wanted = Math.min(256, log.size - first);
    yield entries.slice(0, wanted);
    if (entries.length < wanted) return;
  }
}
