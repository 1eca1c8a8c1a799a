import { type ChildProcess, spawn } from "node:child_process";
import { promises as fs, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { type History, cutAt, settledAt } from "../../src/cli/cheat/history.ts";
import { serve } from "../../src/cli/cheat/serve.ts";
import { goOn, nextPaidUse } from "../../src/cli/cheat/serving.ts";
import { openStage } from "../../src/cli/cheat/stage.ts";
import { showCount } from "../../src/audit/says.ts";
import {
  COSIGNATURE,
  formatVerifierKey,
  verifierKey,
} from "../../src/log/verifier-key.ts";
import { generateKey, primitives, signingKey } from "../../src/store/crypto.ts";
import { serveFiles } from "../file-server.ts";
import { Demonstration, program, type Ran, run, verifier } from "./program.ts";
import { laid, LAID_MS_MAX } from "./starting.ts";

let office: Demonstration;
/** A mirror of what it was when it stopped. */
let copy: string;

const vitrine = (...args: string[]): Promise<Ran> => run(program, args);
const verify = (...args: string[]): Promise<Ran> => run(verifier, args);
const lastLine = ({ out }: Ran): string | undefined =>
  out.trimEnd().split("\n").at(-1);

beforeAll(async () => {
  office = await Demonstration.make();
  await laid(office.folder);
  copy = join(office.folder, "..", "copy");
  await office.start();
}, LAID_MS_MAX);

afterAll(async () => {
  await office.end();
});

test("a copy of a running office is asked for with an address and a folder, and verifies with the office switched off", async () => {
  const act = await office.vitrine(
    "act",
    "examples/acts/permit-sanhe-export.json",
  );
  expect(act.code).toBe(0);
  const made = await vitrine("mirror", office.address, copy);
  expect(made.err).toBe("");
  expect(made.code).toBe(0);
  expect(made.out).toMatch(/trees, signatures and heads hold$/m);
  await office.kill("SIGTERM");
  const checked = await verify(copy, "--entry", "0");
  expect(checked.out).toMatch(
    /^entry {8}0 of data\.lanan\.example\/register: at .*, as the office says$/m,
  );
  expect(checked.out).toMatch(
    /^entry .*; there by .*: \S+ cosigned size [\d,]+, the earliest that covers it$/m,
  );
  expect(checked.out).toMatch(/^copy {9}of http/m);
  expect(lastLine(checked)).toMatch(/^no contradiction found/);
  expect(checked.code).toBe(0);
}, 240_000);

test("an entry that is not there is no good end", async () => {
  const checked = await verify(copy, "--entry", "999999");
  expect(checked.out).toContain("999,999 of the register is not shown");
  expect(checked.code).toBe(2);
}, 60_000);

test("a mirror that is killed half-way goes on, and asks again for nothing that it has", async () => {
  const server = await serveFiles(copy);
  server.delayMs = 150;
  const target = join(copy, "..", "killed");
  const child = spawn(
    process.execPath,
    [program, "mirror", server.address, target],
    { stdio: "ignore" },
  );
  const bundles = (): string[] => staged(target);
  while (bundles().length < 2 && child.exitCode === null) await sleep(5);
  await killed(child);
  const had = bundles();
  expect((await vitrine("verify", target)).code).toBe(2);
  server.delayMs = 0;
  server.asked.length = 0;
  const again = await vitrine("mirror", server.address, target);
  expect(again.code).toBe(0);
  // The founding act says whose key it is, and is read anew.
  const others = had.filter((file) => !file.includes("register"));
  expect(others).not.toEqual([]);
  expect(others.filter((file) => server.asked.includes(`/${file}`))).toEqual(
    [],
  );
  expect(server.asked.some((file) => file.includes("tile/entries"))).toBe(true);
  const checked = await verify(target);
  expect(lastLine(checked)).toMatch(/^no contradiction found/);
  expect(readdirSync(target)).not.toContain("fetching");
}, 120_000);

test("a folder with anything else in it is left alone", async () => {
  const folder = join(copy, "..", "mine");
  await fs.mkdir(folder);
  await fs.writeFile(join(folder, "letter.txt"), "mine");
  const made = await vitrine("mirror", office.address, folder);
  expect(made.code).toBe(2);
  expect(made.err).toContain("it is not empty and no mirror");
  expect(await fs.readdir(folder)).toEqual(["letter.txt"]);
});

test("two histories shown to two mirrors are named by whoever holds one against the other; neither mirror takes the other's", async () => {
  const stage = await openStage(office.folder, false);
  try {
    const one = await stage.show(stage.history);
    const two = await stage.show(anotherEnd(stage.history));
    const server = await serveFiles(join(one.folder, "public"));
    const [first, second] = ["first", "second"].map((name) =>
      join(copy, "..", name),
    );
    if (first === undefined || second === undefined) throw new Error("two");
    expect((await vitrine("mirror", server.address, first)).code).toBe(0);
    server.folder = join(two.folder, "public");
    expect((await vitrine("mirror", server.address, second)).code).toBe(0);
    for (const [of, also] of [
      [first, second],
      [second, first],
    ] as const) {
      expect((await verify(of)).code).toBe(0);
      const checked = await verify(of, "--also", also);
      expect(checked.out).toMatch(/two histories: .*\[two-histories\]$/m);
      expect(checked.code).toBe(1);
    }
    const before = await fs.readFile(join(first, "mirror.json"), "utf8");
    const refused = await vitrine("mirror", server.address, first);
    expect(refused.out).toMatch(/two histories: this copy holds size/);
    expect(refused.code).toBe(1);
    expect(await fs.readFile(join(first, "mirror.json"), "utf8")).toBe(before);
    expect((await verify(first)).code).toBe(0);
    const proof = await verify(first, "--also", join(first, "conflict"));
    expect(proof.out).toMatch(/\[two-histories\]$/m);
    expect(proof.code).toBe(1);
  } finally {
    await stage.close();
  }
}, 240_000);

test("a mirror that watches goes on by itself when the office has more, and waits while it is away", async () => {
  const stage = await openStage(office.folder, false);
  try {
    const { history } = stage;
    const cut = cutAt(history, settledAt(history, history.lines.length - 1));
    const before = await stage.show(cut);
    const after = await stage.show(history);
    const server = await serveFiles(join(before.folder, "public"));
    const target = join(copy, "..", "watched");
    const child = spawn(process.execPath, [
      ...[program, "mirror", server.address, target, "--watch", "1"],
    ]);
    let said = "";
    child.stdout.on("data", (part: Buffer) => (said += String(part)));
    child.stderr.on("data", (part: Buffer) => (said += String(part)));
    const until = async (words: RegExp): Promise<void> => {
      while (!words.test(said)) {
        if (child.exitCode !== null) throw new Error(`It ended: ${said}`);
        await sleep(20);
      }
    };
    const sized = (lines: number): RegExp =>
      new RegExp(`at size ${showCount(lines)};`);
    await until(sized(cut.lines.length));
    server.folder = join(copy, "..", "nowhere");
    await until(/; it is tried again$/m);
    server.folder = join(after.folder, "public");
    await until(sized(history.lines.length));
    await killed(child);
    expect(lastLine(await verify(target))).toMatch(/^no contradiction found/);
  } finally {
    await stage.close();
  }
}, 240_000);

test("a mirror takes the office that --genesis names and no other, and nothing that the witnesses of --policy did not cosign", async () => {
  const server = await serveFiles(copy);
  const target = join(copy, "..", "named");
  const other = "A".repeat(43);
  const wrong = await vitrine(
    ...["mirror", server.address, target, "--genesis", other],
  );
  expect(wrong.err).toContain(`want ${other}: this is another office`);
  expect(wrong.code).toBe(2);
  const policy = join(copy, "..", "policy");
  const { publicKey } = signingKey(generateKey());
  const stranger = formatVerifierKey(
    verifierKey(primitives, "stranger.example/w", COSIGNATURE, publicKey),
  );
  await fs.writeFile(policy, `witness w ${stranger}\nquorum w\n`);
  const unseen = await vitrine(
    ...["mirror", server.address, target, "--policy", policy],
  );
  expect(unseen.out).toMatch(/\[quorum\]$/m);
  expect(unseen.code).toBe(1);
  expect((await vitrine("verify", target)).code).toBe(2);
  const { fingerprint } = z
    .looseObject({ fingerprint: z.string() })
    .parse(JSON.parse(await fs.readFile(join(copy, "mirror.json"), "utf8")));
  const right = await vitrine(
    ...["mirror", server.address, target, "--genesis", fingerprint],
  );
  expect(right.code).toBe(0);
}, 120_000);

test("a folder of receipts: one whose entry is missing after its time is a contradiction", async () => {
  const stage = await openStage(office.folder, false);
  try {
    const shown = await stage.showBuilt(stage.built);
    await serve.run(stage);
    const receipts = join(copy, "..", "receipts");
    await fs.mkdir(receipts);
    const none = await verify(shown.folder, "--receipt", receipts);
    expect(none.err).toContain("of 0 files in it none is a receipt");
    expect(none.code).toBe(2);
    await fs.writeFile(join(receipts, "letter.txt"), "Dear office");
    await fs.copyFile(
      join(stage.dir, "never-entered.receipt.json"),
      join(receipts, "mine.json"),
    );
    const checked = await verify(shown.folder, "--receipt", receipts);
    expect(checked.out).toMatch(/\[receipt-missing\]$/m);
    expect(checked.code).toBe(1);
  } finally {
    await stage.close();
  }
}, 120_000);

function anotherEnd(first: History): History {
  const { length } = first.lines;
  let second = cutAt(first, settledAt(first, length - 1));
  while (second.lines.length < length + 5)
    second = goOn(second, [nextPaidUse(second)]);
  return second;
}

/** Entry bundles that were fetched and are in no place yet, as the server names them. */
function staged(folder: string): string[] {
  const fetching = join(folder, "fetching");
  try {
    return readdirSync(fetching, { recursive: true, encoding: "utf8" }).filter(
      (name) => /tile\/entries\/.*[0-9]$/.test(name) && !name.endsWith(".p"),
    );
  } catch {
    return [];
  }
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) throw new Error("It had ended by itself");
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
}
