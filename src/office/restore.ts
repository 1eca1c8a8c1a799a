import { join } from "node:path";
import { parseCheckpoint } from "../log/checkpoint.ts";
import { emptyRoot, leafHash } from "../log/hash.ts";
import { addLeaf, emptyNodes, type Nodes, rootWhen } from "../log/nodes.ts";
import { parseNote } from "../log/note.ts";
import { primitives } from "../store/crypto.ts";
import { LogHalted, readIfThere } from "../store/durable.ts";
import type { JournalGroup } from "../store/journal-format.ts";
import type { Log } from "../store/log.ts";
import { loadSnapshot } from "../store/snapshot.ts";
import { parseEntry } from "../acts/entry.ts";
import { apply } from "../register/apply.ts";
import { emptyRegister, type Register } from "../register/register.ts";

/** The checkpoint that everybody can read. */
export type Published = {
  readonly size: number;
  readonly root: Uint8Array;
  readonly note: string;
};

/** What the checkpoint on disk says is public, if it is of this tree. */
export async function lastPublished(
  log: Log,
  nodes: Nodes,
): Promise<Published> {
  const none = { size: 0, root: emptyRoot(primitives), note: "" };
  const bytes = await readIfThere(join(log.files.folder, "checkpoint"));
  if (bytes === undefined) return none;
  const note = bytes.toString("utf8");
  const { size, root } = parseCheckpoint(parseNote(note).text);
  const own = rootWhen(primitives, nodes, size);
  if (own === undefined || Buffer.compare(own, root) !== 0) {
    throw new LogHalted(
      `Cannot open log ${log.origin}: its public checkpoint of size ${size} is not of this tree of ${nodes.range.size}; restore the log from a mirror`,
    );
  }
  return { size, root, note };
}

type Folded = {
  readonly register: Register;
  readonly nodes: Nodes;
  /** Entries that are durable in the journal and not in the public files yet. */
  readonly waiting: Uint8Array[];
  readonly snapshotAt: number;
};

/** The register and the tree as the log adds up to them: from a snapshot as far as it goes, then entry by entry. */
export async function fold(
  log: Log,
  tail: readonly JournalGroup[],
  folder: string,
): Promise<Folded> {
  const nodes = emptyNodes();
  for await (const leaf of log.files.leafHashes()) {
    addLeaf(primitives, nodes, leaf);
  }
  const snapshot = await loadSnapshot(folder, log.head);
  // The digest in the head's row says that these are the bytes that this program wrote.
  const register =
    snapshot === undefined ? emptyRegister() : (snapshot.state as Register);
  for (const raw of await log.files.entries(register.size, log.files.size)) {
    apply(primitives, register, parseEntry(raw));
  }
  const waiting = tail.flatMap((group) =>
    group.entries.filter((_, i) => group.first + i >= log.files.size),
  );
  for (const raw of waiting) {
    apply(primitives, register, parseEntry(raw));
    addLeaf(primitives, nodes, leafHash(primitives, raw));
  }
  return { register, nodes, waiting, snapshotAt: snapshot?.size ?? 0 };
}

/** The state of a log is in doubt: whoever hears of it ends the process. */
export function isHalted(error: unknown): error is Error {
  return error instanceof LogHalted;
}
