import { type ChildProcess, spawn } from "node:child_process";
import { promises as fs } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { keyAt } from "../../src/cli/witness/key-at.ts";
import { formatCheckpoint } from "../../src/log/checkpoint.ts";
import { leafHash } from "../../src/log/hash.ts";
import {
  addLeaf,
  emptyNodes,
  nodeReader,
  rootWhen,
} from "../../src/log/nodes.ts";
import { signNote } from "../../src/log/note.ts";
import { consistencyProof } from "../../src/log/proof.ts";
import { p, signer } from "../../src/log/signing.test.ts";
import { ED25519, formatVerifierKey } from "../../src/log/verifier-key.ts";
import {
  formatAddCheckpoint,
  monitoringPath,
  parseConflict,
} from "../../src/log/witness.ts";
import { freePort, program, run } from "./program.ts";

const log = signer("data.lantern.example/register", ED25519, 1);
const LEAVES = 400;
const FORK_AT = 5;
const ROUNDS = process.env["SOAK"] === "1" ? 200 : 8;

/** Two histories of one log, the same up to a size. */
const histories = [0, 1].map((salt) => {
  const nodes = emptyNodes();
  for (let i = 0; i < LEAVES; i++)
    addLeaf(
      p,
      nodes,
      leafHash(p, Uint8Array.of(i % 256, i < FORK_AT ? 9 : salt)),
    );
  return nodes;
});

let folder = "";
beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), "vitrine-witness-"));
  onTestFinished(() => fs.rm(folder, { recursive: true, force: true }));
});

function textOf(history: number, size: number): string {
  const root = rootWhen(p, histories[history] ?? emptyNodes(), size);
  if (root === undefined) throw new Error(`Cannot find size ${size}`);
  return formatCheckpoint({ origin: log.key.name, size, root, extensions: [] });
}

function bodyOf(history: number, from: number, size: number): string {
  const nodes = histories[history] ?? emptyNodes();
  const proof =
    from === 0 ? [] : consistencyProof(p, from, size, nodeReader(nodes));
  const text = textOf(history, size);
  const own = signNote(log.key, text, log.sign);
  return formatAddCheckpoint(from, proof, { text, signatures: [own] });
}

async function start(port: number, more: readonly string[] = []) {
  const vkey = formatVerifierKey(log.key);
  const args = ["witness", "--folder", folder, "--port", String(port)];
  const child = spawn(
    process.execPath,
    [program, ...args, "--log", vkey, ...more],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (part) => (said += String(part)));
  onTestFinished(() => void child.kill("SIGKILL"));
  const url = `http://127.0.0.1:${port}`;
  while ((await keyAt(url)) === undefined) {
    if (child.exitCode !== null) throw new Error(`Cannot go on: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { child, url, said: () => said };
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null)
      resolve(child.exitCode);
    else child.once("exit", resolve);
  });
}

test("a witness that is killed again and again cosigns one of two histories, and never forgets what it cosigned", async () => {
  const port = await freePort();
  /** Beyond the fork: whichever came first. */
  const cosigned = new Set<number>();
  let largest = 0;
  let answered = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const { child, url } = await start(port);
    const shown = await shownAt(url);
    expect(shown).toBeGreaterThanOrEqual(largest);
    let isKilled = false;
    const offer = async (history: number): Promise<void> => {
      let from = shown;
      while (!isKilled) {
        const step = 1 + Math.floor(Math.random() * 3);
        const size = Math.min(LEAVES, from + step);
        const body = bodyOf(history, from, size);
        const response = await fetch(`${url}/add-checkpoint`, {
          method: "POST",
          body,
        }).catch(() => undefined);
        const text = await response?.text().catch(() => undefined);
        if (response === undefined || text === undefined) continue;
        if (response.status === 200) {
          answered++;
          if (size > FORK_AT) cosigned.add(history);
          largest = Math.max(largest, size);
          from = size;
        } else if (response.status === 409) {
          from = parseConflict(text);
        } else {
          expect(response.status).toBe(422);
          // The other history: it is tried again all the same.
          await new Promise((resolve) => setTimeout(resolve, 2));
        }
      }
    };
    const enough = answered + 2;
    const offers = [offer(0), offer(1), offer(0)];
    // On a busy machine the first answers take a while: it is killed while it answers, not before.
    while (answered < enough && largest < LEAVES)
      await new Promise((resolve) => setTimeout(resolve, 2));
    await new Promise((resolve) =>
      setTimeout(resolve, 30 + Math.random() * 120),
    );
    child.kill("SIGKILL");
    await ended(child);
    isKilled = true;
    await Promise.all(offers);
    expect(cosigned.size).toBeLessThan(2);
  }
  expect(answered).toBeGreaterThan(ROUNDS);
  expect(cosigned.size).toBe(1);
  const { url, child } = await start(port);
  expect(await shownAt(url)).toBeGreaterThanOrEqual(largest);
  const size = await shownAt(url);
  const note = await (
    await fetch(`${url}/${monitoringPath(p, log.key.name)}`)
  ).text();
  const [history = 0] = cosigned;
  expect(note.startsWith(`${textOf(history, size)}\n`)).toBe(true);
  const other = await fetch(`${url}/add-checkpoint`, {
    method: "POST",
    body: bodyOf(1 - history, size, Math.min(LEAVES, size + 1)),
  });
  expect(other.status).toBe(422);
  child.kill("SIGTERM");
  expect(await ended(child)).toBe(0);
});

async function shownAt(url: string): Promise<number> {
  const response = await fetch(`${url}/${monitoringPath(p, log.key.name)}`);
  if (response.status === 404) return 0;
  return Number((await response.text()).split("\n")[1]);
}

test("a second witness over the same folder does not start", async () => {
  const { child } = await start(await freePort());
  const second = await run(program, [
    ...["witness", "--folder", folder, "--port", String(await freePort())],
    ...["--log", formatVerifierKey(log.key)],
  ]);
  expect(second.code).toBe(2);
  expect(second.err).toMatch(
    new RegExp(
      `^Cannot use the folder ${folder}: process ${child.pid} runs it already; stop it first\n$`,
    ),
  );
});

test("logs are named one by one or in a list, and one that both name is watched once", async () => {
  const other = formatVerifierKey(signer("log.example", ED25519, 2).key);
  const list = join(folder, "logs");
  const own = formatVerifierKey(log.key);
  await fs.writeFile(list, `# watched\nlog ${other}\nlog ${own}\n`);
  const { url, said } = await start(await freePort(), ["--logs", list]);
  const shown: unknown = await (await fetch(`${url}/index.json`)).json();
  expect(shown).toMatchObject({
    logs: [{ origin: log.key.name }, { origin: "log.example" }],
  });
  expect(said()).toMatch(/^watches {3}data\.lantern\.example\/register$/m);
});

test.each([
  ["nothing", [], "want --log <vkey> or --logs <file>"],
  [
    "what is no key",
    ["--log", "x"],
    "Cannot use --log 'x': 'x' is not <name>+<id>+<key>; want the verifier key of a log",
  ],
  [
    "a list that is not there",
    ["--logs", "nowhere"],
    "Cannot read --logs nowhere: ENOENT",
  ],
  [
    "a name with a space",
    ["--log", formatVerifierKey(log.key), "--name", "my court"],
    "Cannot use --name 'my court'",
  ],
])(
  "a witness of %s does not start, and says what is wanted",
  async (_, args, says) => {
    const ran = await run(program, ["witness", "--folder", folder, ...args]);
    expect(ran.code).toBe(2);
    expect(ran.err.trim().split("\n")).toHaveLength(1);
    expect(ran.err).toContain(says);
  },
);
