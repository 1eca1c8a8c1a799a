import { join } from "node:path";
import { type Entry, parseEntry } from "../acts/entry.ts";
import { parseCheckpoint } from "../log/checkpoint.ts";
import { emptyRoot, leafHash } from "../log/hash.ts";
import { addLeaf, emptyNodes, type Nodes, rootWhen } from "../log/nodes.ts";
import { parseNote } from "../log/note.ts";
import { apply } from "../register/apply.ts";
import { logKeysAt } from "../register/log-keys.ts";
import { emptyRegister, type Register } from "../register/register.ts";
import { primitives } from "../store/crypto.ts";
import type { Sql } from "../store/database.ts";
import { LogHalted, readIfThere } from "../store/durable.ts";
import { Log, placeOf } from "../store/log.ts";
import { loadSnapshot } from "../store/snapshot.ts";
import { Checkpoints, type CheckpointsOptions } from "./checkpoints.ts";
import { LogKeyRing } from "./log-keys.ts";
import { Waiting } from "./waiting.ts";

export type Published = {
  readonly size: number;
  readonly root: Uint8Array;
  readonly note: string;
};

/** The register log as it was left: what is in its files, what was durable and is not in them yet, what is public. */
export type Restored = {
  readonly log: Log;
  readonly register: Register;
  readonly nodes: Nodes;
  /** Entries from the end of the public files on. */
  readonly tail: readonly Uint8Array[];
  readonly published: Published;
  readonly checkpoints: Checkpoints;
  readonly waiting: Waiting;
  readonly keys: LogKeyRing;
  readonly snapshotAt: number;
};

export type RestoreOptions = CheckpointsOptions & {
  readonly folder: string;
  readonly sql: Sql;
};

/** Folds the log, from a snapshot of our own where there is one, and holds everything that is read against the head. */
export async function restore(options: RestoreOptions): Promise<Restored> {
  const { folder, sql, origin, surroundings } = options;
  const place = placeOf(folder, origin, "register");
  const { log, tail: groups } = await Log.open(sql, place, surroundings.now());
  const { size } = log.files;
  const note = await checkpointNote(log);
  const publicSize =
    note === undefined ? 0 : parseCheckpoint(parseNote(note).text).size;
  const nodes = emptyNodes();
  const snapshot = await loadSnapshot<Register>(folder, log.head, shapeOf);
  const register = snapshot ?? emptyRegister();
  const snapshotAt = register.size;
  const keys = new LogKeyRing(options.logKeys);
  await keys.readAgain();
  const checkpoints = new Checkpoints(options, keys);
  checkpoints.begin(register, publicSize);
  const waiting = new Waiting();
  const take = (entry: Entry): void => {
    if (register.size >= publicSize) waiting.add(entry, register.size);
    checkpoints.see(entry, register.size, publicSize);
    apply(primitives, register, entry);
  };
  await log.files.readThrough(register.size, {
    leaf: (leaf) => addLeaf(primitives, nodes, leaf),
    entry: (raw) => take(parseEntry(raw)),
  });
  const tail = groups.flatMap(({ first, entries }) =>
    entries.filter((_, index) => first + index >= size),
  );
  for (const raw of tail) {
    take(parseEntry(raw));
    addLeaf(primitives, nodes, leafHash(primitives, raw));
  }
  mustBeOurs(register, keys);
  const published = publishedAs(log, nodes, note);
  // Before the head moves or anything is signed: what was set back must not grow again.
  await checkpoints.compare(nodes);
  const read = { log, register, nodes, tail, published, keys };
  return { ...read, checkpoints, waiting, snapshotAt };
}

async function checkpointNote(log: Log): Promise<string | undefined> {
  const bytes = await readIfThere(join(log.files.folder, "checkpoint"));
  return bytes?.toString("utf8");
}

/** What the checkpoint on disk says is public, if it is of this tree. */
function publishedAs(
  log: Log,
  nodes: Nodes,
  note: string | undefined,
): Published {
  if (note === undefined)
    return { size: 0, root: emptyRoot(primitives), note: "" };
  const { size, root } = parseCheckpoint(parseNote(note).text);
  const own = rootWhen(primitives, nodes, size);
  if (own === undefined || Buffer.compare(own, root) !== 0) {
    throw new LogHalted(
      `Cannot open log ${log.origin}: its public checkpoint of size ${size} is not of this tree of ${nodes.range.size}; restore the log from a mirror`,
    );
  }
  return { size, root, note };
}

/** Every key that the next checkpoint needs must be here, before anything is entered that could not be signed. */
function mustBeOurs({ origin, size, at, logKeys }: Register, keys: LogKeyRing) {
  for (const key of logKeysAt(logKeys, { entry: size - 1, at })) {
    if (keys.has(key)) continue;
    throw new LogHalted(
      `Cannot open log ${origin}: entry ${logKeys.get(key)?.entry} names the key ${key}, ours are ${keys.held.join(", ")}; bring back its key file`,
    );
  }
}

/** A snapshot of another release may know less, or otherwise, than this one: then the log is folded from its first entry. */
function shapeOf(state: unknown): state is Register {
  if (typeof state !== "object" || state === null) return false;
  const wanted = emptyRegister();
  const kinds = (of: object): string =>
    Object.entries(of)
      .map(([name, value]) => `${name} ${value instanceof Map}`)
      .toSorted()
      .join();
  return kinds(state) === kinds(wanted);
}

/** The state of a log is in doubt: whoever hears of it ends the process. */
export function isHalted(error: unknown): error is Error {
  return error instanceof LogHalted;
}
