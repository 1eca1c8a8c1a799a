import { type ChildProcess, spawn } from "node:child_process";
import { promises as fs } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Nodes } from "../../log/nodes.ts";
import { formatNote, parseNote } from "../../log/note.ts";
import { parsePolicy, type Policy } from "../../log/policy.ts";
import {
  COSIGNATURE,
  ED25519,
  formatVerifierKey,
  verifierKey,
} from "../../log/verifier-key.ts";
import { Witnesses } from "../../office/witnesses.ts";
import { primitives, type SigningKey } from "../../store/crypto.ts";
import { isMissing, LogHalted } from "../../store/durable.ts";
import { CouldNot } from "../exit.ts";
import { keyAt } from "../witness/key-at.ts";
import { policyText, witnessKey } from "../witness.ts";
import { builtProgram } from "./stranger.ts";

/** A real witness in a process of its own, and a policy that names it: what a stranger would pass to --policy. */
export type Watching = {
  readonly policyFile: string;
  /** Whether it is the demonstration's own witness, remembering what that one remembered. */
  readonly remembers: boolean;
  /** Asks for a cosignature as an office does. */
  readonly ask: (note: string, nodes: Nodes) => Promise<Cosigned>;
  readonly stop: () => Promise<void>;
};

/** The note with the witness's cosignature, or why it refuses. */
export type Cosigned = { readonly note: string } | { readonly refused: string };

const OWN_NAME = "witness.cheat.example";
const WAIT_MS_MAX = 20_000;
const WAIT_MS = 50;

/**
 * Starts a witness on a copy of the memory that the demonstration's witness has; the original, and the process that owns it,
 * are not asked: it would remember our forgeries. Where the demonstration was never watched, it is a witness of our own.
 */
export async function startWatching(
  memory: string,
  dir: string,
  origin: string,
  logKey: SigningKey,
): Promise<Watching> {
  const folder = join(dir, "memory");
  const remembers = await copyIfThere(memory, folder);
  await fs.mkdir(folder, { recursive: true });
  const name = remembers ? await nameIn(join(folder, "policy")) : OWN_NAME;
  const signing = await witnessKey(folder);
  const key = verifierKey(primitives, name, COSIGNATURE, signing.publicKey);
  const log = formatVerifierKey(
    verifierKey(primitives, origin, ED25519, logKey.publicKey),
  );
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = startProgram(folder, name, log, port);
  const policyFile = join(dir, "policy");
  const text = policyText(log, key, url);
  await fs.writeFile(policyFile, text);
  await untilAnswers(url, formatVerifierKey(key), child);
  const policy = parsePolicy(primitives, text);
  return {
    policyFile,
    remembers,
    ask: (note, nodes) => askToCosign(note, nodes, policy),
    stop: () => stopped(child),
  };
}

async function copyIfThere(from: string, to: string): Promise<boolean> {
  try {
    await fs.access(join(from, "policy"));
    await fs.cp(from, to, { recursive: true });
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

async function nameIn(policyFile: string): Promise<string> {
  const { witnesses } = parsePolicy(primitives, await fs.readFile(policyFile));
  const [witness] = witnesses;
  if (witness === undefined)
    throw new CouldNot(`Cannot use ${policyFile}: it names no witness`);
  return witness.key.name;
}

function startProgram(
  folder: string,
  name: string,
  log: string,
  port: number,
): ChildProcess {
  const program = builtProgram("vitrine.mjs");
  if (program === undefined)
    throw new CouldNot(
      "Cannot start a witness: dist/vitrine.mjs is not built; run `npm run build`",
    );
  const options = ["--folder", folder, "--name", name, "--log", log];
  const child = spawn(
    process.execPath,
    [program, "witness", ...options, "--port", String(port)],
    { stdio: "ignore" },
  );
  const end = (): void => void child.kill();
  process.once("exit", end);
  child.once("exit", () => process.off("exit", end));
  return child;
}

/** A port that nobody listens on now. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === "string")
          reject(new CouldNot("Cannot find a free port on 127.0.0.1"));
        else resolve(address.port);
      });
    });
  });
}

async function untilAnswers(
  url: string,
  key: string,
  child: ChildProcess,
): Promise<void> {
  for (let waited = 0; waited < WAIT_MS_MAX; waited += WAIT_MS) {
    if ((await keyAt(url)) === key) return;
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
  await stopped(child);
  throw new CouldNot(`Cannot start a witness on ${url}: it does not answer`);
}

/** The office's own way to its witnesses: a refusal is where an honest office stops. */
async function askToCosign(
  note: string,
  nodes: Nodes,
  policy: Policy,
): Promise<Cosigned> {
  const own = parseNote(note);
  try {
    const keys = policy.logs.map((log) => log.key);
    const more = await new Witnesses(
      () => ({ all: keys, needed: () => keys }),
      Date.now,
    ).cosignatures(own, nodes, [policy]);
    return { note: formatNote(own.text, [...own.signatures, ...more]) };
  } catch (error) {
    if (error instanceof LogHalted) return { refused: error.message };
    throw error;
  }
}

function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null)
    return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}
