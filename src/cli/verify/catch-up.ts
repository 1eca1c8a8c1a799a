import { type AuditResult, compareHistories } from "../../audit/audit.ts";
import type { LogSource } from "../../audit/source.ts";
import { leafHash } from "../../log/hash.ts";
import { addLeaf, type Nodes } from "../../log/nodes.ts";
import { NO_POLICY } from "../../log/policy.ts";
import { TILE_WIDTH } from "../../log/tiles.ts";
import type { VerifierKey } from "../../log/verifier-key.ts";
import { primitives } from "../../store/crypto.ts";
import { CouldNot } from "../exit.ts";
import { TREE_ENTRIES_MAX } from "./holding.ts";
import { readLog } from "./logs.ts";
import type { Place } from "./place.ts";
import { isAddress } from "./web-place.ts";

/** A copy goes on where its office does, if that answers. */
export async function goOn(
  place: Place,
  keys: readonly VerifierKey[],
  result: AuditResult,
  size: number,
): Promise<void> {
  if (place.copy === undefined) return catchUp(place, keys, result, size);
  try {
    await catchUp(await place.copy.original(), keys, result, size);
  } catch (error) {
    if (!(error instanceof CouldNot)) throw error;
  }
}

const CATCH_UP_TRIES_MAX = 5;
/** A folder may be the one that a running office writes to. */
const FOLDER_TRIES_MAX = 2;
/** No office goes on by more than that while it is checked. */
const CATCH_UP_ENTRIES_MAX = 2 ** 20;

/**
 * An office that runs went on while it was checked, and its witness with it: the tree grows by what is public now, so that
 * what the witness holds can be looked for in it. Nothing is decided again.
 */
async function catchUp(
  place: Place,
  keys: readonly VerifierKey[],
  { nodes, faults }: AuditResult,
  size: number,
): Promise<void> {
  const triesMax = isAddress(place) ? CATCH_UP_TRIES_MAX : FOLDER_TRIES_MAX;
  for (let tries = 0; nodes.range.size < size; tries++) {
    if (tries >= triesMax) return;
    if (tries > 0) await new Promise((resolve) => setTimeout(resolve, 1000));
    const log = await readLog(place, "register", async () => keys, NO_POLICY);
    if (log === undefined || "code" in log || log.source.size < size) continue;
    await growTo(nodes, log.source);
    const { origin, root } = log.source;
    const shown = {
      origin,
      size: log.source.size,
      root,
      by: "a later checkpoint",
    };
    compareHistories(primitives, nodes, shown, faults);
  }
}

export async function growTo(nodes: Nodes, source: LogSource): Promise<void> {
  const max = Math.min(
    TREE_ENTRIES_MAX,
    nodes.range.size + CATCH_UP_ENTRIES_MAX,
  );
  if (source.size > max)
    throw new CouldNot(
      `Cannot check ${source.origin}: it went on from ${nodes.range.size} to ${source.size} entries while it was checked, which is more than this program follows`,
    );
  while (nodes.range.size < source.size) {
    const before = nodes.range.size;
    const bundle = await source.bundle(Math.floor(before / TILE_WIDTH));
    for (const raw of bundle.slice(before % TILE_WIDTH))
      if (nodes.range.size < source.size)
        addLeaf(primitives, nodes, leafHash(primitives, raw));
    if (nodes.range.size === before) return;
  }
}
