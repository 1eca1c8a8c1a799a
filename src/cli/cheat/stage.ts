import { promises as fs } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toBase64url } from "../../acts/bytes.ts";
import type { Statement } from "../../acts/statement.ts";
import { leafHash } from "../../log/hash.ts";
import { addLeaf, emptyNodes, rootWhen } from "../../log/nodes.ts";
import { primitives } from "../../store/crypto.ts";
import { CouldNot } from "../exit.ts";
import { isThere } from "../is-there.ts";
import {
  type KeyFile,
  type MachineKeys,
  machineKeys,
  readKeyFile,
} from "../keys.ts";
import { readOfficeConfig } from "../running.ts";
import { type Asking, startAsking } from "./asking.ts";
import { type History, readHistory } from "./history.ts";
import {
  type Built,
  noteOf,
  rebuild,
  type Shown,
  writeLogs,
} from "./rebuild.ts";
import { namedAt, unwatched } from "./unwatched.ts";

/**
 * A copy of a demonstration office to cheat with. `history` is the office as it was before it named a witness in its own
 * log: nobody outside had cosigned a line of it. What the witness remembers is the whole.
 */
export type Stage = {
  readonly dir: string;
  readonly origin: string;
  readonly history: History;
  readonly built: Built;
  /** Entries of the register as it was copied; the witness remembers all of them. */
  readonly wholeSize: number;
  /** Whether the office names a witness in its own log, behind the end of `history`. */
  readonly namesWitness: boolean;
  /** Keys that an office holds: of its log, its gateway and its records. */
  readonly keys: MachineKeys;
  /** Receipts that data users of the demonstration kept. */
  readonly receipts: readonly string[];
  readonly copyKeysTo: (folder: string) => Promise<void>;
  /** A person's own key. It lies with its holder; a betrayal that uses one says so in its premise. */
  readonly personKey: (person: number) => Promise<KeyFile>;
  /** What an official would have seen at that size. */
  readonly seenAt: (size: number) => Statement["seen"];
  readonly show: (history: History) => Promise<Shown>;
  readonly showBuilt: (built: Built) => Promise<Shown>;
  readonly close: () => Promise<void>;
} & Asking;

/** Copies what is needed of a demonstration's folder; nothing is ever written there. */
export async function openStage(folder: string, keep: boolean): Promise<Stage> {
  const config = await readOfficeConfig(folder);
  if (config === undefined)
    throw new CouldNot(
      `Cannot cheat: there is no demonstration office in ${folder}; lay one with \`npm start\`, or name its --folder`,
    );
  if (!config.demonstration)
    throw new CouldNot(
      `Cannot cheat in ${folder}: it is no demonstration office`,
    );
  const dir = await fs.mkdtemp(join(tmpdir(), "vitrine-cheat-"));
  const tidyUp = async (): Promise<void> => {
    if (!keep) await fs.rm(dir, { recursive: true, force: true });
  };
  try {
    return await prepare(folder, dir, tidyUp);
  } catch (error) {
    await tidyUp();
    throw error;
  }
}

async function prepare(
  folder: string,
  dir: string,
  tidyUp: () => Promise<void>,
): Promise<Stage> {
  const own = join(dir, "office");
  // The witness first: what it remembers is then never ahead of what was copied.
  for (const name of ["witness", "keys", "receipts", "public/paper"])
    await copyIfThere(join(folder, name), join(own, name));
  const { history: whole, entries } = await readHistory(folder);
  const keys = await machineKeys(own);
  const history = unwatched(whole);
  const built = rebuild(history, keys);
  mustBeSame(built, entries);
  let shows = 0;
  const showBuilt = async (of: Built): Promise<Shown> => {
    const place = join(dir, `shown-${++shows}`);
    await writeLogs(place, of, keys);
    await copyIfThere(join(own, "public/paper"), join(place, "public/paper"));
    return { folder: place, built: of, note: noteOf(of, keys) };
  };
  const { stop, ...asking } = startAsking(dir, join(own, "witness"), {
    all: builtOf(history.origin, entries),
    before: built,
    keys,
  });
  return {
    dir,
    origin: history.origin,
    history,
    built,
    wholeSize: entries.length,
    namesWitness: namedAt(whole) >= 0,
    keys,
    receipts: await receiptsIn(join(own, "receipts")),
    copyKeysTo: (to) => copyIfThere(join(own, "keys"), join(to, "keys")),
    personKey: (person) =>
      readKeyFile(join(own, "keys", "persons", `${person}.json`)),
    seenAt: (size) => {
      const root = rootWhen(primitives, built.nodes, size);
      if (root === undefined) throw new Error(`Cannot have seen size ${size}`);
      return { size, root: toBase64url(root) };
    },
    show: (of) => showBuilt(rebuild(of, keys)),
    showBuilt,
    ...asking,
    close: async () => {
      await stop();
      await tidyUp();
    },
  };
}

function builtOf(origin: string, register: readonly Uint8Array[]): Built {
  const nodes = emptyNodes();
  for (const raw of register)
    addLeaf(primitives, nodes, leafHash(primitives, raw));
  return { origin, register, nodes, usage: new Map() };
}

/** Rebuilding what nobody changed must give the office's own bytes; else nothing after it would mean anything. */
function mustBeSame(built: Built, entries: readonly Uint8Array[]): void {
  for (const [index, raw] of built.register.entries())
    if (Buffer.compare(raw, entries[index] ?? Buffer.alloc(0)) !== 0)
      throw new Error(`Cannot rebuild entry ${index}: other bytes came out`);
}

async function receiptsIn(folder: string): Promise<readonly string[]> {
  const names = await fs.readdir(folder).catch(() => []);
  return names.length === 0 ? [] : [folder];
}

async function copyIfThere(from: string, to: string): Promise<void> {
  if (!(await isThere(from))) return;
  // What is being written at this moment gets its name when it is whole.
  const filter = (path: string): boolean => !path.endsWith(".tmp");
  await fs.cp(from, to, { recursive: true, filter });
}
