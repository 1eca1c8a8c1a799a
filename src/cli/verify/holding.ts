import { toBase64url } from "../../acts/bytes.ts";
import type { LogSource } from "../../audit/source.ts";
import { encodeBundle } from "../../log/tiles.ts";
import { primitives } from "../../store/crypto.ts";
import { CouldNot } from "../exit.ts";

/** How much of an office a checker holds at a time, whatever sizes its checkpoints sign. */
export const KEPT_BYTES_MAX = 256 * 1024 * 1024;
export const IN_HAND_BYTES_MAX = 512 * 1024 * 1024;
/** The tree of a register log is held whole, at 64 bytes an entry. */
export const TREE_ENTRIES_MAX = 2 ** 24;
/** What an entry costs beside its bytes. */
const ENTRY_OBJECT_BYTES = 200;

export type Walked = LogSource & {
  /** The same log when it is larger: what was read of it is not read again. */
  readonly goneOn: (source: LogSource) => Walked;
};

/** Bundles that are held, and the digests of all that were read, as far as they cannot grow. */
type Held = {
  readonly kept: Map<number, readonly Uint8Array[]>;
  readonly digests: Map<number, string>;
  bytes: number;
};

/**
 * A log that is walked several times: as many bundles as there is room for are kept, the others are read again. One that is not
 * the same again would be hashed as one history and decided as another.
 */
export function walkedAgain(
  source: LogSource,
  bytesMax = KEPT_BYTES_MAX,
): Walked {
  return walked(source, bytesMax, {
    kept: new Map(),
    digests: new Map(),
    bytes: 0,
  });
}

function walked(source: LogSource, bytesMax: number, held: Held): Walked {
  const bundle = async (index: number): Promise<readonly Uint8Array[]> => {
    const known = held.kept.get(index);
    if (known !== undefined) return known;
    if (index * 256 >= TREE_ENTRIES_MAX)
      throw new CouldNot(
        `Cannot check ${source.origin}: it has more than ${TREE_ENTRIES_MAX} entries, which this program does not hold`,
      );
    // Where a partial bundle went away, the full one may go beyond what is checked.
    const all = await source.bundle(index);
    const entries = all.slice(0, source.size - index * 256);
    const digest = digestOf(entries);
    if ((held.digests.get(index) ?? digest) !== digest)
      throw new CouldNot(
        `Cannot check ${source.origin}: its entries from ${index * 256} on were others when they were read again`,
      );
    held.digests.set(index, digest);
    if (held.bytes + weightOf(entries) <= bytesMax) {
      held.bytes += weightOf(entries);
      held.kept.set(index, entries);
    }
    return entries;
  };
  const goneOn = (larger: LogSource): Walked => {
    // The last bundle of before may be a longer one now.
    const last = Math.floor(Math.min(source.size, larger.size) / 256);
    for (const index of [...held.digests.keys()].filter((i) => i >= last)) {
      held.bytes -= weightOf(held.kept.get(index) ?? []);
      held.kept.delete(index);
      held.digests.delete(index);
    }
    return walked(larger, bytesMax, held);
  };
  return { ...source, bundle, goneOn };
}

/** Logs that are walked once and side by side: of each the bundle in hand is held, and all of these are counted together. */
export function inHand(
  bytesMax = IN_HAND_BYTES_MAX,
): (source: LogSource) => LogSource {
  let bytes = 0;
  return (source) => {
    let own = 0;
    const bundle = async (index: number): Promise<readonly Uint8Array[]> => {
      const entries = await source.bundle(index);
      bytes += weightOf(entries) - own;
      own = weightOf(entries);
      if (bytes > bytesMax)
        throw new CouldNot(
          `Cannot check ${source.origin}: together with the other usage logs it takes more than ${bytesMax} bytes at a time`,
        );
      return entries;
    };
    return { ...source, bundle };
  };
}

function weightOf(entries: readonly Uint8Array[]): number {
  return entries.reduce(
    (sum, entry) => sum + entry.length + ENTRY_OBJECT_BYTES,
    0,
  );
}

function digestOf(entries: readonly Uint8Array[]): string {
  return entries.length === 0
    ? ""
    : toBase64url(primitives.sha256(encodeBundle(entries)));
}
