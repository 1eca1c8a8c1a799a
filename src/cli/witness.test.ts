import { promises as fs } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { formatCheckpoint } from "../log/checkpoint.ts";
import { leafHash } from "../log/hash.ts";
import { addLeaf, emptyNodes, nodeReader } from "../log/nodes.ts";
import { type NoteSignature, parseNote, signNote } from "../log/note.ts";
import { openCheckpoint } from "../log/open-checkpoint.ts";
import { parsePolicy } from "../log/policy.ts";
import { consistencyProof } from "../log/proof.ts";
import { p, signer } from "../log/signing.test.ts";
import { rootOf } from "../log/tree.ts";
import {
  ED25519,
  formatVerifierKey,
  type VerifierKey,
} from "../log/verifier-key.ts";
import { formatAddCheckpoint, monitoringPath } from "../log/witness.ts";
import { openWitness, policyText } from "./witness.ts";

const log = signer("data.lantern.example/register", ED25519, 1);
const vkey = formatVerifierKey(log.key);

let folder = "";
beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), "witness-"));
  onTestFinished(() => fs.rm(folder, { recursive: true, force: true }));
});

/** A witness on loopback, and what an office does with it: `more` are lines that it adds to its own. */
async function witness() {
  const { key, server } = await openWitness(
    folder,
    [log.key],
    "court.example/w",
  );
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const url = `http://127.0.0.1:${port}`;
  const post = async (body: string) =>
    fetch(`${url}/add-checkpoint`, { method: "POST", body });
  const submit = async (
    from: number,
    size: number,
    more: readonly NoteSignature[] = [],
  ) => (await post(requestOf(from, size, more))).status;
  return { key, post, submit, holds: () => heldAt(url, key) };
}

function requestOf(
  from: number,
  size: number,
  more: readonly NoteSignature[],
): string {
  const nodes = emptyNodes();
  for (let i = 0; i < size; i++)
    addLeaf(p, nodes, leafHash(p, Uint8Array.of(i)));
  const root = rootOf(p, nodes.range);
  const text = formatCheckpoint({
    origin: log.key.name,
    size,
    root,
    extensions: [],
  });
  const proof =
    from === 0 ? [] : consistencyProof(p, from, size, nodeReader(nodes));
  const own = signNote(log.key, text, log.sign);
  return formatAddCheckpoint(from, proof, { text, signatures: [own, ...more] });
}

/** What it shows: of which size, whose lines, and whether a strict reader takes it. */
async function heldAt(url: string, key: VerifierKey) {
  const shown = await fetch(`${url}/${monitoringPath(p, log.key.name)}`);
  if (!shown.ok) return shown.status;
  const note = parseNote(await shown.text());
  const policy = parsePolicy(p, policyText(vkey, key, url));
  const opening = openCheckpoint(p, note, [log.key], policy);
  if (opening.outcome === "rejected") return "rejected";
  const names = note.signatures.map(({ name }) => name);
  return [opening.checkpoint.size, opening.isQuorumMet, ...names];
}

const junk = (name: string, keyId: number): NoteSignature => ({
  name,
  keyId,
  signature: new Uint8Array(72),
});
const own = [log.key.name, "court.example/w"];

test("an office cannot blind its witness with a line under the witness's own name", async () => {
  const { key, submit, holds } = await witness();
  expect(await submit(0, 10)).toBe(200);
  expect(await submit(10, 12, [junk(key.name, key.id)])).toBe(200);
  expect(await holds()).toEqual([12, true, ...own]);
  expect(await submit(12, 13)).toBe(200);
  expect(await holds()).toEqual([13, true, ...own]);
});

test("whoever sends it a note full of lines, the witness keeps the log's and its own, and goes on", async () => {
  const { submit, holds } = await witness();
  const lines = (count: number) =>
    Array.from({ length: count }, (_, i) => junk(`j${i}`, i));
  expect(await submit(0, 3, lines(99))).toBe(200);
  expect(await holds()).toEqual([3, true, ...own]);
  expect(await submit(3, 4)).toBe(200);
  expect(await submit(4, 5, lines(100))).toBe(400);
  expect(await holds()).toEqual([4, true, ...own]);
});

test("a request of more than 16 KiB is refused, and the next one is heard", async () => {
  const { post, submit, holds } = await witness();
  expect((await post("x".repeat(16 * 1024 + 1))).status).toBe(400);
  expect((await post("x".repeat(4 * 1024 * 1024))).status).toBe(400);
  expect(await submit(0, 2)).toBe(200);
  expect(await holds()).toEqual([2, true, ...own]);
});

test("a memory that was filled with lines before is read all the same", async () => {
  const first = await witness();
  expect(await first.submit(0, 3)).toBe(200);
  const path = join(folder, monitoringPath(p, log.key.name));
  const kept = await fs.readFile(path, "utf8");
  await fs.writeFile(path, kept + "\u2014 junk AAAAAAAA\n".repeat(200));
  const { submit, holds } = await witness();
  expect(await submit(0, 3)).toBe(409);
  expect(await submit(3, 4)).toBe(200);
  expect(await holds()).toEqual([4, true, ...own]);
});
