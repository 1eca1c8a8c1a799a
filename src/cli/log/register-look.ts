import type { Head } from "../../acts/record.ts";
import { leafHash } from "../../log/hash.ts";
import { addLeaf, emptyNodes, type Nodes } from "../../log/nodes.ts";
import { primitives } from "../../store/crypto.ts";
import { readable } from "../verify/readable.ts";

/** The head of a usage log that was entered last, and when. */
export type Named = Head & { readonly at: number };

/** What the register log says of the files that an office must have. */
export type RegisterLook = {
  readonly nodes: Nodes;
  readonly heads: ReadonlyMap<string, Named>;
  /** Logs whose files went away under a record. */
  readonly dropped: ReadonlySet<string>;
  /** Digests of the newest vintages, by dataset. */
  readonly vintages: ReadonlyMap<string, string>;
  readonly lastAt: number;
};

export function lookAt(entries: Iterable<Uint8Array>): RegisterLook {
  const nodes = emptyNodes();
  const heads = new Map<string, Named>();
  const dropped = new Set<string>();
  const vintages = new Map<string, string>();
  let lastAt = 0;
  for (const raw of entries) {
    addLeaf(primitives, nodes, leafHash(primitives, raw));
    const entry = readable(raw);
    if (entry === undefined) continue;
    lastAt = entry.at;
    if (entry.type !== "record") continue;
    const { record, at } = entry;
    if (record.kind === "head") heads.set(record.log, { ...record, at });
    if (record.kind === "dropped") dropped.add(record.log);
    if (record.kind === "vintage") vintages.set(record.dataset, record.digest);
  }
  return { nodes, heads, dropped, vintages, lastAt };
}
