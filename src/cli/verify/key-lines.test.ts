import { promises as fs } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import {
  filesIn,
  officeCase,
  type OfficeCase,
  placeOf,
  placeOver,
  vectorEditions,
} from "../../../test/vector-office.ts";
import { must } from "../../../test/story-founding.ts";
import { EXIT } from "../exit.ts";
import { check, type CheckOptions } from "./check.ts";
import type { Place } from "./place.ts";
import { exitOf, reportLines } from "./print.ts";
import { verify } from "./run.ts";

async function saysOf(
  office: OfficeCase,
  about: RegExp,
  change: Partial<CheckOptions> = {},
) {
  const result = await check(placeOf(office), {
    editions: vectorEditions,
    now: () => office.now,
    receipts: [],
    also: [],
    ...change,
  });
  const given = { genesisGiven: false, policyGiven: false };
  const lines = reportLines(result, given).filter((line) => about.test(line));
  return { lines, exit: exitOf(result) };
}

test("acts of a doubted key have a line of their own, which is no contradiction", async () => {
  const { lines, exit } = await saysOf(
    officeCase("valid", "doubtful"),
    /^doubtful|contradiction/,
  );
  expect(lines).toEqual([
    expect.stringMatching(
      /^doubtful {5}1 act signed by key [\w-]{22} between 2026-01-05 09:01 and its revocation by entry 3: entries 2$/,
    ),
    "no contradiction found",
  ]);
  expect(exit).toBe(EXIT.done);
});

test("a changed log key is said, and by how many keys the checkpoint had to be signed", async () => {
  const about = /^log key/;
  const one = await saysOf(officeCase("valid", "log-key-changed"), about);
  expect(one.lines).toEqual([
    "log key      changed by entry 2 on 2026-01-05 09:02; the checkpoint is signed by the newest key alone",
  ]);
  const two = await saysOf(officeCase("valid", "log-key-changing"), about);
  expect(two.lines).toEqual([
    "log key      changed by entry 2 on 2026-01-05 09:02; the checkpoint is signed by the 2 keys that must sign it",
  ]);
  const none = await saysOf(officeCase("valid", "founding"), about);
  expect(none.lines).toEqual([]);
});

const old = officeCase("valid", "log-ended");
const next = officeCase("valid", "successor");

test("an ended log says so, and names what follows it", async () => {
  const { lines } = await saysOf(old, /^ended/);
  expect(lines).toEqual([
    "ended        by entry 5 on 2026-01-05 09:04, reason breach; data.new-lantern.example/register follows it",
  ]);
});

test("what a log follows is not checked until its place is given; then root, size and end are held against it", async () => {
  const about = /^follows|^CONTRA/;
  const without = await saysOf(next, about);
  expect(without.lines).toEqual([
    "follows      data.lantern.example/register at size 6, which was not checked here",
  ]);
  const held = await saysOf(next, about, { trees: [placeOf(old)] });
  expect(held.lines).toEqual([
    "follows      data.lantern.example/register at size 6, as vector shows it: its root at that size agrees, it ends there and names this log; its acts were not decided here",
  ]);
  expect(held.exit).toBe(EXIT.done);
});

test("a log whose key was lost could not say its end: that is told, and is no contradiction", async () => {
  const { lines, exit } = await saysOf(
    officeCase("valid", "successor-of-a-lost-key"),
    /^follows|^CONTRA/,
    { trees: [placeOf(officeCase("valid", "log-key-changing"))] },
  );
  expect(lines).toEqual([
    "follows      data.lantern.example/register at size 3, as vector shows it: its root at that size agrees, it does not say there that it ends and that this log follows and goes on behind it; its acts were not decided here",
  ]);
  expect(exit).toBe(EXIT.done);
});

test("a log that another does not follow is no predecessor, and a place without its end, or with another root, accuses nobody", async () => {
  const against = (place: Place) =>
    saysOf(next, /^CONTRA|^follows/, { trees: [place] });
  const own = [placeOf(next)];
  const other = await saysOf(next, /^follows/, { trees: own });
  expect(other.lines[0]).toContain("which was not checked here");
  expect((await saysOf(old, /^follows/, { trees: own })).lines).toEqual([]);
  const shorter = placeOf(officeCase("valid", "log-key-changing"));
  expect((await against(shorter)).lines).toEqual([
    expect.stringMatching(
      /^follows .*which was not checked: vector: it shows 4 entries, the founding act says 6$/,
    ),
  ]);
  const files = filesIn(old);
  const path = [...files.keys()].find((name) => name.includes("entries"));
  const bundle = Buffer.from(must(files.get(must(path))));
  const at = bundle.indexOf("Trade register");
  expect(at).toBeGreaterThan(0);
  bundle.write("Grade register", at);
  files.set(must(path), bundle);
  const { lines, exit } = await against(placeOver(files));
  expect(lines).toEqual([
    expect.stringContaining(
      "its root at size 6 is not the one that the founding act says",
    ),
  ]);
  expect(exit).toBe(EXIT.done);
});

test("--also takes the folder of the log that is followed beside checkpoints that were kept", async () => {
  const folder = await fs.mkdtemp(join(tmpdir(), "vitrine-follows-"));
  onTestFinished(() => fs.rm(folder, { recursive: true }));
  for (const [name, office] of [
    ["old", old],
    ["next", next],
  ] as const)
    for (const [path, bytes] of filesIn(office)) {
      const file = join(folder, name, path);
      await fs.mkdir(join(file, ".."), { recursive: true });
      await fs.writeFile(file, bytes);
    }
  const kept = join(folder, "kept");
  await fs.writeFile(kept, next.register.checkpoint);
  const said: string[] = [];
  const also = [join(folder, "old"), kept];
  await verify(join(folder, "next"), { also }, (line) => void said.push(line));
  expect(said).toContain(
    `follows      data.lantern.example/register at size 6, as ${join(folder, "old")} shows it: its root at that size agrees, it ends there and names this log; its acts were not decided here`,
  );
  expect(said.join("\n")).not.toContain("CONTRADICTION");
});
