import { promises as fs } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toBase64url } from "../../acts/bytes.ts";
import type { Statement } from "../../acts/statement.ts";
import type { FaultCode } from "../../audit/report.ts";
import { leafHash } from "../../log/hash.ts";
import { addLeaf, emptyNodes, rootWhen } from "../../log/nodes.ts";
import { primitives } from "../../store/crypto.ts";
import { isMissing } from "../../store/durable.ts";
import { CouldNot } from "../exit.ts";
import {
  type KeyFile,
  type MachineKeys,
  machineKeys,
  readKeyFile,
} from "../keys.ts";
import { readOfficeConfig } from "../running.ts";
import type { VerifyOptions } from "../verify/run.ts";
import { type Check, REFUSED } from "./betrayal.ts";
import { type History, readHistory } from "./history.ts";
import { type Built, noteOf, rebuild, writeLogs } from "./rebuild.ts";
import { askStranger } from "./stranger.ts";
import { startWatching, type Watching } from "./watching.ts";
import { unwatched } from "./unwatched.ts";

/** What a dishonest office shows: a folder of its public files, and the note over its register. */
export type Shown = {
  readonly folder: string;
  readonly built: Built;
  readonly note: string;
};

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
  readonly ask: (shown: Shown, question: Question) => Promise<Check>;
  /** The check of a stranger who trusts a witness, which holds the honest history. */
  readonly askWatched: (shown: Shown) => Promise<Check>;
  /** Asks the witness to cosign what is shown, as an office would have to. */
  readonly askWitness: (shown: Shown) => Promise<Check>;
  readonly close: () => Promise<void>;
};

export type Question = {
  readonly having: string;
  readonly expected: readonly FaultCode[];
  readonly because?: string;
} & Pick<VerifyOptions, "receipt" | "also">;

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
  const all = builtOf(history.origin, entries);
  let shows = 0;
  const showBuilt = async (of: Built): Promise<Shown> => {
    const place = join(dir, `shown-${++shows}`);
    await writeLogs(place, of, keys);
    await copyIfThere(join(own, "public/paper"), join(place, "public/paper"));
    return { folder: place, built: of, note: noteOf(of, keys) };
  };
  let started: Promise<Watching> | undefined;
  const watching = (): Promise<Watching> =>
    (started ??= watch(own, dir, all, keys));
  return {
    dir,
    origin: history.origin,
    history,
    built,
    wholeSize: entries.length,
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
    ask: ({ folder: place }, { having, expected, because, ...options }) =>
      check(place, options, { having, expected, because }),
    askWatched: async ({ folder: place }) => {
      const { policyFile, remembers } = await watching();
      const having = `with a witness ${remembers ? "that remembers what the demonstration's own does" : "of our own that had cosigned the honest history"}`;
      const expected = ["two-histories"] as const;
      return check(place, { policy: policyFile }, { having, expected });
    },
    askWitness: async ({ note, built: { nodes } }) =>
      refusal(await (await watching()).ask(note, nodes)),
    close: async () => {
      await (await started?.catch(() => undefined))?.stop();
      await tidyUp();
    },
  };
}

/** A witness that has cosigned the whole honest history as it was copied. */
async function watch(
  own: string,
  dir: string,
  all: Built,
  keys: MachineKeys,
): Promise<Watching> {
  const memory = join(own, "witness");
  const watching = await startWatching(memory, dir, all.origin, keys.log);
  const refused = await watching.ask(noteOf(all, keys), all.nodes);
  if (refused === undefined) return watching;
  await watching.stop();
  throw new CouldNot(`Cannot cheat: the honest history is refused: ${refused}`);
}

async function check(
  place: string,
  options: VerifyOptions,
  said: Pick<Question, "having" | "expected"> & {
    readonly because?: string | undefined;
  },
): Promise<Check> {
  const { because, ...rest } = said;
  const answer = await askStranger(place, options);
  return { ...rest, ...answer, ...(because === undefined ? {} : { because }) };
}

function refusal(reason: string | undefined): Check {
  return {
    having: "of the witness itself, asked to cosign it",
    command: "POST /add-checkpoint",
    expected: REFUSED,
    found: reason === undefined ? [] : [REFUSED],
    lines: [reason ?? "the witness cosigned"],
    exit: reason === undefined ? 0 : 1,
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
  try {
    await fs.cp(from, to, { recursive: true });
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}
