import { join } from "node:path";
import { fromBase64url, sameBytes, toBase64url } from "../../acts/bytes.ts";
import type { LogSource } from "../../audit/source.ts";
import { showCount } from "../../audit/says.ts";
import { leafHash } from "../../log/hash.ts";
import { type Nodes, rootWhen } from "../../log/nodes.ts";
import {
  appendLeaf,
  type CompactRange,
  copyRange,
  rootOf,
} from "../../log/tree.ts";
import { primitives } from "../../store/crypto.ts";
import type { HeadRow } from "../../store/database.ts";
import { readLogName } from "../../uses/log-name.ts";
import { SLOT, slotOf, usageEntryBytes } from "../../uses/use.ts";
import { CouldNot } from "../exit.ts";
import { type HeldLog, heldLog } from "../mirror/log-copy.ts";
import {
  compareFiles,
  filesBeyond,
  superseded,
  type Compared,
} from "./files-here.ts";
import { Growing } from "./growing.ts";
import { entriesFrom, journalAt, type JournalHere } from "./journal-here.ts";
import type { Named } from "./register-look.ts";

/** What is to be done to one log; nothing of it is done yet. */
export type LogRecovery = Compared & {
  readonly origin: string;
  readonly path: string;
  /** Files that go beyond what journal and head can stand for, and partial ones beside a full one. */
  readonly beyond: readonly string[];
  /** Why the journal is put aside; undefined where it goes on to be used. */
  readonly journalAside: string | undefined;
  /** How far the public files will go. */
  readonly size: number;
  /** What stands behind them in the journal, in the order of the tree. */
  readonly tail: readonly Uint8Array[];
  /** Where a new journal begins; undefined where the one that is here goes on. */
  readonly journalFrom: number | undefined;
  /** Whether its tail was computed from the register. */
  readonly isAnchorComputed: boolean;
  readonly head: HeadRow | undefined;
  /** Where the head is to stand; undefined where it stays. */
  readonly moveTo: Pick<HeldLog, "size" | "root"> | undefined;
};

export type RecoveryPlaces = {
  /** A verified copy of the mirror. It is led on to where the head here stands. */
  readonly copy: string;
  readonly folder: string;
};

/** What the register log says of a usage log. */
export type FromRegister = {
  readonly named: Named | undefined;
  readonly nodes: Nodes;
};

/**
 * Holds a log of an office against the mirror's: what stands here, in files, head and journal, must be of the mirror's history.
 * Throws where it is not, and where the log could not be started from what there is.
 */
export async function planLog(
  { copy, folder }: RecoveryPlaces,
  path: string,
  mirror: LogSource,
  head: HeadRow | undefined,
  register?: FromRegister,
): Promise<LogRecovery> {
  const { origin } = mirror;
  const base = join(folder, "public");
  const shown = await shownHere(base, path);
  const journal = await journalAt(join(folder, "journal", path));
  const log = new Growing(mirror, copy, path);
  await log.readMirror([head, shown]);
  await log.goOnTo(head, shown, base, journal);
  log.mustHave(journal);
  const { size } = log;
  const why = asideBecause(journal, log);
  const behind =
    why === undefined && journal.isThere
      ? (entriesFrom(journal, path, size) ?? [])
      : [];
  log.see(behind, [shown]);
  const end = size + behind.length;
  if (shown !== undefined && shown.size > end)
    throw new CouldNot(
      `Cannot recover ${origin}: its public checkpoint here is of size ${shown.size}, and mirror, head and journal end at ${end}; bring \`vitrine mirror\` up to date from these public files first, or take a newer mirror`,
    );
  const named = register?.named;
  const missing = named !== undefined && end < named.size ? named : undefined;
  const anchor =
    missing === undefined || register === undefined || behind.length > 0
      ? undefined
      : anchorOf(log.range(), missing, register.nodes);
  if (missing !== undefined && anchor === undefined)
    throw new CouldNot(
      `Cannot recover ${origin}: the register names size ${missing.size}, and what there is in the mirror, the files and the journal ends at ${end}: the rest was not public yet. Nothing was changed; a newer mirror, or the journal in ${join(folder, "journal", path)}, can still bring it back`,
    );
  const journalAside =
    why ??
    (anchor !== undefined && journal.hasFolder
      ? `it ends at ${showCount(journal.end)}, before what the register names`
      : undefined);
  const isAnew = !journal.isThere || journalAside !== undefined;
  const beginsBehind = anchor === undefined ? end : end + 1;
  return {
    origin,
    path,
    ...(await compareFiles(copy, base, path, (shown?.size ?? 0) > mirror.size)),
    beyond: [
      ...(await filesBeyond(base, path, beginsBehind)),
      ...(await superseded(base, path, size)),
    ],
    journalAside,
    size,
    tail: anchor === undefined ? behind : [anchor],
    journalFrom: isAnew ? size : undefined,
    isAnchorComputed: anchor !== undefined,
    head,
    moveTo:
      (head?.size ?? 0) < size || head === undefined
        ? { size, root: log.root() }
        : undefined,
  };
}

/** The checkpoint that is here; one that cannot be read says nothing, and is put aside with what differs. */
async function shownHere(
  base: string,
  path: string,
): Promise<HeldLog | undefined> {
  try {
    return await heldLog(base, path);
  } catch (error) {
    if (error instanceof CouldNot) return undefined;
    throw error;
  }
}

function asideBecause(
  { isThere, hasFolder, first, end, damage }: JournalHere,
  log: Growing,
): string | undefined {
  if (!isThere) return hasFolder ? "no file of it has entries" : undefined;
  if (damage !== undefined)
    return `it is damaged: what was in it and is not in the mirror is lost to this log (${damage})`;
  if (first > log.size)
    throw new CouldNot(
      `Cannot recover ${log.origin}: its journal begins at ${first}, mirror and head end at ${log.size}; take a newer mirror`,
    );
  return end < log.size
    ? `it ends at ${showCount(end)}, before the public files will`
    : undefined;
}

const SLOTS_MAX = 20_000;

/**
 * A head of a usage log names its last anchor before that is public. An anchor says nothing that the register does not say: it
 * is computed again, and the head's root proves it. What was answered behind it is not in it.
 */
function anchorOf(
  range: CompactRange,
  named: Named,
  register: Nodes,
): Uint8Array | undefined {
  const { log, size, anchored, at } = named;
  const office = log.split("/").slice(0, -3).join("/");
  const slotName = readLogName(office, log)?.slotName;
  const root =
    anchored === undefined
      ? undefined
      : rootWhen(primitives, register, anchored);
  if (slotName === undefined || anchored === undefined || root === undefined)
    return undefined;
  if (size !== range.size + 1) return undefined;
  const length = SLOT[slotName];
  const head = fromBase64url(named.root);
  for (let back = 0; back < SLOTS_MAX; back++) {
    const slot = slotOf(at, length) - back * length;
    if (slot < 0) return undefined;
    const raw = usageEntryBytes({
      ...({ v: 1, kind: "anchor", size: anchored } as const),
      ...{ root: toBase64url(root), slot },
    });
    const grown = copyRange(range);
    appendLeaf(primitives, grown, leafHash(primitives, raw));
    if (sameBytes(rootOf(primitives, grown), head)) return raw;
  }
  return undefined;
}
