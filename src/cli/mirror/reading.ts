import { bytesToHex, fromBase64url, toBase64url } from "../../acts/bytes.ts";
import type { Head } from "../../acts/record.ts";
import { addLeaf, emptyNodes, type Nodes } from "../../log/nodes.ts";
import { noteLogKey } from "../../register/log-keys.ts";
import type { Entered } from "../../register/register.ts";
import { papersOf } from "../../register/papers.ts";
import { primitives } from "../../store/crypto.ts";
import { type FirstLook, noticing } from "../verify/first-look.ts";
import { readable } from "../verify/readable.ts";

/** What a mirror has to know of a register: its tree, the logs that heads name, keys of gateways, public papers. */
export type RegisterReading = {
  readonly nodes: Nodes;
  readonly look: FirstLook;
  /** Heads by the log that they name. */
  readonly heads: ReadonlyMap<string, readonly Head[]>;
  /** Sizes of public papers, by the hex of their digests. */
  readonly papers: ReadonlyMap<string, number>;
  /** Logs whose entries were dropped under a policy: nobody shows them any more. */
  readonly dropped: ReadonlySet<string>;
  /** The keys of the register log, as far as it was read. */
  readonly logKeys: ReadonlyMap<string, Entered>;
  readonly take: (raw: Uint8Array, leaf: Uint8Array) => void;
};

export function readingOf(origin: string): RegisterReading {
  const nodes = emptyNodes();
  const look = noticing(origin);
  const heads = new Map<string, Head[]>();
  const papers = new Map<string, number>();
  const dropped = new Set<string>();
  const logKeys = new Map<string, Entered>();
  const take = (raw: Uint8Array, leaf: Uint8Array): void => {
    const index = nodes.range.size;
    addLeaf(primitives, nodes, leaf);
    look.notice(raw);
    const entry = readable(raw);
    if (entry !== undefined) noteLogKey(logKeys, entry, index);
    if (entry?.type === "record" && entry.record.kind === "head") {
      const ofLog = heads.get(entry.record.log) ?? [];
      heads.set(entry.record.log, ofLog);
      ofLog.push(entry.record);
    }
    if (entry?.type === "record" && entry.record.kind === "dropped")
      dropped.add(entry.record.log);
    if (entry?.type === "record" && "policy" in entry.record) {
      const { paper, size } = entry.record.policy;
      papers.set(bytesToHex(fromBase64url(paper)), size);
    }
    if (entry?.type === "act" && entry.ruling.outcome === "granted")
      for (const { paper, size } of papersOf(entry.statement.act))
        papers.set(bytesToHex(fromBase64url(paper)), size);
  };
  return { nodes, look, heads, papers, dropped, logKeys, take };
}

/** The roots that heads name of one log, by size. */
export function rootsOf(
  heads: readonly Head[],
): ReadonlyMap<number, readonly string[]> {
  const roots = new Map<number, string[]>();
  for (const { size, root } of heads) {
    const ofSize = roots.get(size) ?? [];
    roots.set(size, ofSize);
    ofSize.push(root);
  }
  return roots;
}

export function isRoot(root: Uint8Array, named: readonly string[]): boolean {
  const text = toBase64url(root);
  return named.every((one) => one === text);
}
