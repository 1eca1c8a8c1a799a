import { rootWhen } from "../log/nodes.ts";
import { auditEntry, type RegisterAudit } from "./register-audit.ts";
import { endBlock } from "./later.ts";
import { entriesOf, type LogSource } from "./source.ts";
import type { AuditWorld } from "./audit.ts";
import { auditUsage, readUsage } from "./usage-audit.ts";
import type { Sums, UsageAudit } from "./usage-state.ts";

/** A usage log on its way, with the entry that is next in line. */
export type Walk = {
  readonly audit: UsageAudit;
  readonly source: LogSource;
  readonly next: () => Promise<Uint8Array | undefined>;
  peeked: Uint8Array | undefined;
};

export async function startWalk(
  usage: UsageAudit,
  source: LogSource,
): Promise<Walk> {
  const bundles = entriesOf(source);
  let held: readonly Uint8Array[] = [];
  let at = 0;
  const next = async (): Promise<Uint8Array | undefined> => {
    if (at < held.length) return held[at++];
    const more = await bundles.next();
    if (more.done === true) return undefined;
    held = more.value;
    at = 1;
    return held[0];
  };
  return { audit: usage, source, next, peeked: await next() };
}

/** The register grows entry by entry; whenever it has the size of a waiting anchor, that block is decided on it. */
export async function foldTogether(
  world: AuditWorld,
  state: RegisterAudit,
  walks: readonly Walk[],
  sums: Sums,
): Promise<void> {
  const rootThen = (size: number): Uint8Array | undefined =>
    size > state.nodes.range.size
      ? undefined
      : rootWhen(state.p, state.nodes, size);
  const advance = async (): Promise<void> => {
    for (const walk of walks) await walkTo(walk, state, sums, rootThen);
  };
  for await (const entries of entriesOf(world.register)) {
    for (const raw of entries) {
      if (!auditEntry(state, raw, world.register.origin)) {
        // An entry that nobody can read ends the history that can be decided.
        await finishWalking(walks, state, sums, rootThen);
        return;
      }
      if (walks.some((walk) => due(walk, state.register.size))) await advance();
    }
    world.onProgress?.("decide", state.register.size, world.register.size);
  }
  await finishWalking(walks, state, sums, rootThen);
}

function due(walk: Walk, size: number): boolean {
  return walk.peeked !== undefined && (nextAnchor(walk) ?? 0) <= size;
}

const anchors = new WeakMap<Uint8Array, number>();

/** The register size of the anchor that is next in line; 0 for anything else, which is then looked at at once. */
function nextAnchor(walk: Walk): number | undefined {
  if (walk.peeked === undefined) return undefined;
  const known = anchors.get(walk.peeked);
  if (known !== undefined) return known;
  const entry = readUsage(walk.audit, walk.peeked);
  const size = entry?.kind === "anchor" ? entry.size : 0;
  anchors.set(walk.peeked, size);
  return size;
}

async function walkTo(
  walk: Walk,
  state: RegisterAudit,
  sums: Sums,
  rootThen: (size: number) => Uint8Array | undefined,
  all = false,
): Promise<void> {
  while (
    walk.peeked !== undefined &&
    (all || (nextAnchor(walk) ?? 0) <= state.register.size)
  ) {
    let raw: Uint8Array | undefined = walk.peeked;
    let entry = readUsage(walk.audit, raw);
    do {
      auditUsage(walk.audit, raw, entry, state.register, sums, rootThen);
      raw = await walk.next();
      entry = raw === undefined ? undefined : readUsage(walk.audit, raw);
    } while (raw !== undefined && entry?.kind !== "anchor");
    endBlock(walk.audit, state.register);
    walk.peeked = raw;
  }
}

async function finishWalking(
  walks: readonly Walk[],
  state: RegisterAudit,
  sums: Sums,
  rootThen: (size: number) => Uint8Array | undefined,
): Promise<void> {
  for (const walk of walks) await walkTo(walk, state, sums, rootThen, true);
}
