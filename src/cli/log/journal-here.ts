import { promises as fs } from "node:fs";
import { compareBytes } from "../../acts/bytes.ts";
import { Malformed } from "../../acts/canonical.ts";
import { leafHash } from "../../log/hash.ts";
import { primitives } from "../../store/crypto.ts";
import { isMissing, LogHalted } from "../../store/durable.ts";
import type { JournalGroup } from "../../store/journal-format.ts";
import { filesIn, readFiles } from "../../store/journal-read.ts";
import { readUse } from "../../uses/codec.ts";
import { parseUsageEntry } from "../../uses/use.ts";

/** The journal of a log as it lies here. */
export type JournalHere = {
  /** Whether there is a file of it, and whether anything lies in its folder. */
  readonly isThere: boolean;
  readonly hasFolder: boolean;
  readonly first: number;
  readonly end: number;
  readonly groups: readonly JournalGroup[];
  readonly damage: string | undefined;
};

export async function journalAt(folder: string): Promise<JournalHere> {
  const files = await filesIn(folder);
  const first = files[0]?.first ?? 0;
  const hasFolder = (await namesIn(folder)).length > 0;
  const here = { isThere: files.length > 0, hasFolder, first };
  try {
    const { groups, chain } = await readFiles(files);
    return { ...here, end: chain.next, groups, damage: undefined };
  } catch (error) {
    if (!(error instanceof LogHalted)) throw error;
    return { ...here, end: first, groups: [], damage: error.message };
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return fs.readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
}

/**
 * The entries from an index on, in the order of the tree; undefined where the journal begins behind it. In a usage log `from` is
 * where a block begins, and a block is sorted when it is closed.
 */
export function entriesFrom(
  { first, end, groups }: JournalHere,
  path: string,
  from: number,
): readonly Uint8Array[] | undefined {
  if (first > from || end < from) return undefined;
  const isSorted = path !== "register";
  const found: Uint8Array[] = [];
  let block: Uint8Array[] = [];
  const close = (): void => {
    const [anchor, ...others] = block;
    if (anchor !== undefined) found.push(anchor, ...others.sort(byLeaf));
    block = [];
  };
  for (const group of groups) {
    for (const [rank, raw] of group.entries.entries()) {
      if (group.first + rank < from) continue;
      if (!isSorted) found.push(raw);
      else {
        if (isAnchor(raw)) close();
        block.push(raw);
      }
    }
    if (group.closes) close();
  }
  close();
  return found;
}

function byLeaf(a: Uint8Array, b: Uint8Array): number {
  return compareBytes(leafHash(primitives, a), leafHash(primitives, b));
}

function isAnchor(raw: Uint8Array): boolean {
  if (readUse(raw) !== undefined) return false;
  try {
    return parseUsageEntry(raw).kind === "anchor";
  } catch (error) {
    if (error instanceof Malformed) return false;
    throw error;
  }
}
