import { promises as fs } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
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
import { MemoryLost } from "./witness/memory.ts";
import { openWitness, policyText } from "./witness.ts";

const log = signer("data.lantern.example/register", ED25519, 1);
const vkey = formatVerifierKey(log.key);

const ministry = signer("data.sanmu.example/register", ED25519, 2);

let folder = "";
beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), "witness-"));
  onTestFinished(() => fs.rm(folder, { recursive: true, force: true }));
});

/** A witness on loopback, and what an office does with it: `more` are lines that it adds to its own. */
async function witness() {
  const { key, server, lost } = await openWitness(
    folder,
    [log.key, ministry.key],
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
  return { key, url, lost, post, submit, holds: () => heldAt(url, key) };
}

/** `by` signs; `salt` makes another history of it. */
function requestOf(
  from: number,
  size: number,
  more: readonly NoteSignature[] = [],
  { by = log, salt = 0 }: { by?: typeof log; salt?: number } = {},
): string {
  const nodes = emptyNodes();
  for (let i = 0; i < size; i++)
    addLeaf(p, nodes, leafHash(p, Uint8Array.of(i, salt)));
  const root = rootOf(p, nodes.range);
  const text = formatCheckpoint({
    origin: by.key.name,
    size,
    root,
    extensions: [],
  });
  const proof =
    from === 0 ? [] : consistencyProof(p, from, size, nodeReader(nodes));
  const own = signNote(by.key, text, by.sign);
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

describe("the answers of C2SP tlog-witness", () => {
  const other = signer("data.lantern.example/register", ED25519, 3);
  const stranger = signer("nobody.example", ED25519, 4);

  test.each([
    [
      "an origin that it does not watch",
      404,
      requestOf(0, 5, [], { by: stranger }),
    ],
    [
      "a log's origin under another key",
      403,
      requestOf(0, 5, [], { by: other }),
    ],
    [
      "a line of the log's key that fails, beside a good one",
      403,
      requestOf(0, 5).replace("\n5\n", "\n6\n"),
    ],
    [
      "an old size above the new one",
      400,
      requestOf(3, 5).replace("old 3", "old 9"),
    ],
    ["what is no request", 400, "old 3\n"],
    ["an old size that is not its last", 409, requestOf(2, 5)],
    ["no old size, and it holds one", 409, requestOf(0, 5)],
    ["another history of its size", 422, requestOf(3, 3, [], { salt: 1 })],
    ["another history", 422, requestOf(3, 5, [], { salt: 1 })],
    [
      "a proof that is cut",
      422,
      requestOf(3, 5).replace(/\n[^\n]+\n\n/, "\n\n"),
    ],
    ["the same again", 200, requestOf(3, 3)],
    ["what extends it", 200, requestOf(3, 5)],
  ])("to %s: %i", async (_, status, body) => {
    const { post, submit, url } = await witness();
    expect(await submit(0, 3)).toBe(200);
    const before = await (await fetch(`${url}/index.json`)).json();
    const response = await post(body);
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe(
      status === 409 ? "text/x.tlog.size" : "text/plain; charset=utf-8",
    );
    const text = await response.text();
    if (status === 409) expect(text).toBe("3\n");
    else expect(text).toMatch(/^[^\n]+\n$/);
    if (status !== 200)
      expect(await (await fetch(`${url}/index.json`)).json()).toEqual(before);
  });

  test("to a size of 0 with another root than the empty tree's: 422", async () => {
    const { post } = await witness();
    const good = requestOf(0, 0);
    expect((await post(good)).status).toBe(200);
    const root = good.split("\n")[4] ?? "";
    const text = `${log.key.name}\n0\n${root.replace("4", "5")}\n`;
    const own = signNote(log.key, text, log.sign);
    const bent = formatAddCheckpoint(0, [], { text, signatures: [own] });
    expect((await post(bent)).status).toBe(422);
  });
});

test("each log has a history of its own, and many submissions of one at once leave one history", async () => {
  const { submit, post, holds, url } = await witness();
  const sizes = Array.from({ length: 12 }, (_, i) => i + 1);
  const answers = await Promise.all(
    sizes.flatMap((size) => [
      submit(0, size),
      post(requestOf(0, size, [], { salt: 1 })).then((one) => one.status),
      post(requestOf(0, size, [], { by: ministry })).then((one) => one.status),
    ]),
  );
  expect(answers.filter((status) => status === 200).length).toBe(2);
  expect(new Set(answers)).toEqual(new Set([200, 409]));
  const [size, ...rest] = [await holds()].flat();
  expect(rest).toEqual([true, ...own]);
  const said: unknown = await (await fetch(`${url}/index.json`)).json();
  expect(said).toMatchObject({ logs: [{ size }, {}] });
});

test("it shows who it is, what it watches, and when it cosigned last, to people and to programs", async () => {
  const { key, submit, url } = await witness();
  await submit(0, 7);
  const said = await (await fetch(`${url}/index.json`)).json();
  expect(said).toEqual({
    name: "court.example/w",
    verifierKey: formatVerifierKey(key),
    logs: [
      {
        origin: log.key.name,
        checkpoint: monitoringPath(p, log.key.name),
        size: 7,
        cosigned: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      },
      {
        origin: ministry.key.name,
        checkpoint: monitoringPath(p, ministry.key.name),
      },
    ],
  });
  const page = await fetch(url);
  expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
  const text = await page.text();
  for (const part of [formatVerifierKey(key), log.key.name, "nothing yet"])
    expect(text).toContain(part.replaceAll("+", "+"));
  expect(text).not.toContain("<script");
  const path = `${url}/${monitoringPath(p, log.key.name)}`;
  const head = await fetch(path, { method: "HEAD" });
  expect([head.status, await head.text()]).toEqual([200, ""]);
  expect((await fetch(path, { method: "POST" })).status).toBe(405);
  expect((await fetch(`${url}/add-checkpoint`)).status).toBe(405);
  const never = await fetch(`${url}/${monitoringPath(p, ministry.key.name)}`);
  expect(never.status).toBe(404);
  for (const { headers } of [head, never, page])
    expect(headers.get("access-control-allow-origin")).toBe("*");
});

test("a memory that says nothing any more ends it at the start, and is no new beginning", async () => {
  const { submit } = await witness();
  await submit(0, 3);
  const path = join(folder, monitoringPath(p, log.key.name));
  for (const damaged of ["", "\n\n", "x", `${log.key.name}\n3\n\n`]) {
    await fs.writeFile(path, damaged);
    const opened = openWitness(folder, [log.key], "court.example/w");
    await expect(opened).rejects.toThrow(MemoryLost);
    await expect(opened).rejects.toThrow("bring back the newest checkpoint");
  }
});

test("what it cannot keep it does not cosign, and it cosigns nothing more until it is started again", async () => {
  const { submit, post, holds, lost } = await witness();
  expect(await submit(0, 3)).toBe(200);
  // Nothing is there, and nothing can be made there.
  const path = join(folder, monitoringPath(p, ministry.key.name), "..");
  await fs.symlink(join(folder, "nowhere", "at-all"), path);
  const first = requestOf(0, 5, [], { by: ministry });
  const refused = await post(first);
  expect([refused.status, await refused.text()]).toEqual([
    500,
    "the witness failed\n",
  ]);
  expect((await lost).message).toMatch(/^Cannot keep .*started again$/);
  await fs.rm(path);
  expect(await submit(3, 4)).toBe(500);
  expect(await holds()).toBe(500);
  const again = await witness();
  expect(await again.submit(3, 4)).toBe(200);
  expect((await again.post(first)).status).toBe(200);
});
