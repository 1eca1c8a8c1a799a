import "../../test/simulation/kill-switch.ts";
import fc from "fast-check";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { diceOf, Life } from "../../test/simulation/life.ts";
import { LogHalted } from "./durable.ts";
import { Journal, type Synced } from "./journal.ts";
import type { JournalGroup } from "./journal-format.ts";

const root = fs.mkdtempSync(join(tmpdir(), "vitrine-journal-"));
afterAll(() => fs.rmSync(root, { recursive: true }));

let folders = 0;
const newFolder = (): string => join(root, String(++folders));
const bytes = (text: string): Uint8Array => Buffer.from(text);
const textsOf = (groups: readonly JournalGroup[]): readonly string[] =>
  groups.flatMap((group) =>
    group.entries.map((e) => Buffer.from(e).toString()),
  );
const firstFile = (folder: string): string =>
  join(folder, "000000000000000.journal");

async function appendAll(
  journal: Journal,
  texts: readonly string[],
): Promise<readonly Synced[]> {
  return Promise.all(texts.map((text) => journal.append(bytes(text), 7)));
}

/** A journal of three groups, and where each of them ends in its file. */
async function threeGroups(): Promise<{ folder: string; ends: number[] }> {
  const folder = newFolder();
  const { journal } = await Journal.open(folder, 0);
  const ends: number[] = [];
  for (const texts of [["a", "b"], ["c".repeat(300)], ["d", "", "f"]]) {
    await appendAll(journal, texts);
    ends.push(fs.statSync(firstFile(folder)).size);
  }
  await journal.close();
  return { folder, ends };
}
const first = ["a", "b"];
const firstTwo = [...first, "c".repeat(300)];
const allThree = [...firstTwo, "d", "", "f"];

async function read(folder: string, from = 0): Promise<readonly string[]> {
  const { journal, groups } = await Journal.open(folder, from);
  await journal.close();
  return textsOf(groups);
}

describe("groups", () => {
  test("whoever appends while another group is being synced shares the next one, in the order of asking", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.string({ maxLength: 40 }), { maxLength: 30 }), {
          maxLength: 8,
        }),
        async (waves) => {
          const folder = newFolder();
          const { journal } = await Journal.open(folder, 0);
          const asked: Promise<Synced>[] = [];
          for (const wave of waves) {
            for (const text of wave) asked.push(journal.append(bytes(text), 7));
            // Some of the waves meet the write of the one before, some do not.
            await (wave.length % 2 === 0 ? asked.at(-1) : Promise.resolve());
          }
          const synced = await Promise.all(asked);
          await journal.close();
          expect(synced.map(({ index }) => index)).toEqual([...synced.keys()]);
          for (const { index, position, group } of synced)
            expect(index).toBe(group.first + position);
          expect(new Set(synced.map((one) => one.group)).size).toBeLessThan(
            Math.max(2, 2 * waves.length),
          );
          expect(await read(folder)).toEqual(waves.flat());
        },
      ),
      { numRuns: 40 },
    );
  });

  test("five hundred appends in flight take a handful of syncs", async () => {
    const { journal } = await Journal.open(newFolder(), 0);
    const texts = Array.from({ length: 500 }, (_, i) => `entry ${i}`);
    const synced = await appendAll(journal, texts);
    await journal.close();
    expect(new Set(synced.map((one) => one.group)).size).toBeLessThan(5);
  });

  test("a group promises for the earliest time of its entries, and marks without a time do not count", async () => {
    const { journal } = await Journal.open(newFolder(), 0);
    const [one, two, three] = await Promise.all([
      journal.append(bytes("later"), 61_005),
      journal.append(bytes("earlier"), 61_000),
      journal.append(bytes("anchor"), 0),
    ]);
    await journal.close();
    expect(one.group).toBe(two.group);
    expect(two.group).toBe(three.group);
    expect(one.group.publishBy).toBe(61_000);
  });

  test("the end of a block is read back where it was, and shares no group", async () => {
    const folder = newFolder();
    const { journal } = await Journal.open(folder, 0);
    await Promise.all([
      journal.append(bytes("a"), 7),
      journal.closeBlock(),
      journal.append(bytes("b"), 7),
    ]);
    await journal.close();
    const { journal: again, groups } = await Journal.open(folder, 0);
    await again.close();
    expect(
      groups.map(({ entries, closes }) => [entries.length, closes]),
    ).toEqual([
      [1, false],
      [0, true],
      [1, false],
    ]);
  });

  test("what the log's own files hold already is not given again", async () => {
    const { folder } = await threeGroups();
    expect(await read(folder, 2)).toEqual(allThree.slice(2));
    expect(await read(folder, 6)).toEqual([]);
  });
});

describe("a crash", () => {
  test("at any byte of the last group loses that group alone, and the journal goes on behind the one before", async () => {
    const { folder, ends } = await threeGroups();
    const whole = fs.readFileSync(firstFile(folder));
    const [, second = 0, third = 0] = ends;
    for (let length = second; length <= third; length++) {
      const torn = newFolder();
      fs.mkdirSync(torn);
      fs.writeFileSync(firstFile(torn), whole.subarray(0, length));
      const { journal, groups } = await Journal.open(torn, 0);
      const kept = length === third ? allThree : firstTwo;
      expect(textsOf(groups), `cut at ${length}`).toEqual(kept);
      const { index } = await journal.append(bytes("new"), 7);
      await journal.close();
      expect(index).toBe(kept.length);
      expect(await read(torn)).toEqual([...kept, "new"]);
      fs.rmSync(torn, { recursive: true });
    }
  }, 120_000);

  test("that leaves rubbish of any kind in the place of the last group loses that group alone", async () => {
    const { folder, ends } = await threeGroups();
    const whole = fs.readFileSync(firstFile(folder));
    const [, second = 0] = ends;
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (rubbish) => {
        const torn = newFolder();
        fs.mkdirSync(torn);
        const kept = whole.subarray(0, second);
        fs.writeFileSync(firstFile(torn), Buffer.concat([kept, rubbish]));
        expect(await read(torn)).toEqual(firstTwo);
      }),
      { numRuns: 60 },
    );
  });

  test.each(["kill", "power"] as const)(
    "at any operation keeps what was answered (%s)",
    async (ending) => {
      for (let endsAt = 1; ; endsAt++) {
        const folder = newFolder();
        const life = new Life(ending, endsAt, diceOf(endsAt));
        const answered: string[] = [];
        const ended = await life.run(async () => {
          const { journal } = await Journal.open(folder, 0, undefined, 300);
          for (let i = 0; i < 12; i++) {
            const text = `entry ${i} ${"x".repeat(i * 10)}`;
            await journal.append(bytes(text), 7);
            answered.push(text);
          }
          await journal.close();
        });
        const found = await read(folder);
        expect(found.slice(0, answered.length)).toEqual(answered);
        expect(found.length).toBeLessThanOrEqual(answered.length + 1);
        if (ended !== undefined) break;
      }
    },
  );
});

describe("damage", () => {
  test("a bit that changed before a good group is refused, wherever it is", async () => {
    const { folder, ends } = await threeGroups();
    const whole = fs.readFileSync(firstFile(folder));
    const [, second = 0] = ends;
    for (let at = 0; at < second; at++) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      fs.writeFileSync(firstFile(folder), damaged);
      await expect(Journal.open(folder, 0), `byte ${at}`).rejects.toThrow(
        LogHalted,
      );
    }
    expect(fs.readFileSync(firstFile(folder)).length).toBe(whole.length);
  });

  test("a whole group that does not follow from the one before was written by another process, and is not cut off", async () => {
    const { folder, ends } = await threeGroups();
    const whole = fs.readFileSync(firstFile(folder));
    const [start = 0, second = 0, third = 0] = ends;
    const parts = [
      [whole.subarray(0, start), whole.subarray(second, third)],
      [whole.subarray(0, third), whole.subarray(second, third)],
      [whole.subarray(start, third)],
    ];
    for (const part of parts) {
      fs.writeFileSync(firstFile(folder), Buffer.concat(part));
      await expect(Journal.open(folder, 0)).rejects.toThrow(LogHalted);
    }
  });

  test("a journal that ends below the log's files, or begins beyond them, is refused", async () => {
    const { folder } = await threeGroups();
    await expect(Journal.open(folder, 7)).rejects.toThrow(
      /head in the database stands at 7; the journal is an older copy/,
    );
    const later = newFolder();
    fs.mkdirSync(later);
    fs.writeFileSync(join(later, "000000000000003.journal"), "");
    await expect(Journal.open(later, 2)).rejects.toThrow(
      /head in the database stands at 2; the database is an older copy/,
    );
  });
});

describe("files", () => {
  const SMALL = 200;

  test("are changed when they are full, and go away when the log's own files hold what is in them", async () => {
    const folder = newFolder();
    const { journal } = await Journal.open(folder, 0, undefined, SMALL);
    const names = (): readonly string[] => fs.readdirSync(folder).toSorted();
    for (let i = 0; i < 20; i++)
      await journal.append(bytes(`entry ${i} ${"x".repeat(50)}`), 7);
    const before = names();
    expect(before.length).toBeGreaterThan(3);
    await journal.forget(7);
    const after = names();
    expect(after.length).toBeLessThan(before.length);
    const kept = (await read(folder, 7)).map((text) => text.split(" ")[1]);
    expect(kept).toEqual(Array.from({ length: 13 }, (_, i) => String(i + 7)));
    await journal.forget(20);
    expect(names()).toHaveLength(1);
    await journal.append(bytes("after"), 7);
    await journal.close();
    expect(await read(folder, 20)).toEqual(["after"]);
  });

  test("a torn file before another one is damage", async () => {
    const folder = newFolder();
    const { journal } = await Journal.open(folder, 0, undefined, SMALL);
    for (let i = 0; i < 8; i++)
      await journal.append(bytes(`entry ${i} ${"x".repeat(50)}`), 7);
    await journal.close();
    const file = firstFile(folder);
    fs.truncateSync(file, fs.statSync(file).size - 1);
    await expect(Journal.open(folder, 0)).rejects.toThrow(/a later file/);
  });

  test("one that is gone is missed wherever it was, also where nothing stands behind it", async () => {
    const folder = newFolder();
    const { journal } = await Journal.open(folder, 0, undefined, SMALL);
    for (let i = 0; i < 8; i++)
      await journal.append(bytes(`entry ${i} ${"x".repeat(50)}`), 7);
    await journal.close();
    const names = fs.readdirSync(folder).toSorted();
    expect(names.length).toBeGreaterThan(3);
    for (const [position, name] of names.entries()) {
      const copy = newFolder();
      fs.cpSync(folder, copy, { recursive: true });
      fs.rmSync(join(copy, name));
      const why =
        position === 0
          ? /the database is an older copy/
          : position === names.length - 1
            ? /says that another file follows, and none does/
            : /one between them is missing/;
      await expect(Journal.open(copy, 0), name).rejects.toThrow(why);
    }
  });
});

describe("a write or a sync that fails", () => {
  test.each(["write", "sync"])("halts it for ever: %s", async (operation) => {
    const folder = newFolder();
    const trial = new Life("error", 0, diceOf(1));
    await trial.run(() => appendTwice(folder));
    const journalFile = / [0-9]+\/0+\.journal$/;
    const all = [...trial.done.keys()].filter(
      (i) =>
        trial.done[i]?.startsWith(`${operation} `) === true &&
        journalFile.test(trial.done[i] ?? ""),
    );
    // That of the second of three groups.
    const at = all[1] ?? 0;
    const life = new Life("error", at + 1, diceOf(1));
    const result = await life.run(() => appendTwice(newFolder()));
    expect(life.done.at(at)).toContain(operation);
    expect(result?.value).toEqual(["LogHalted", "LogHalted", "LogHalted"]);
  });

  test("and so does one of what must be durable beforehand: nothing of the group is written", async () => {
    const folder = newFolder();
    const { journal } = await Journal.open(folder, 0, () =>
      Promise.reject(new Error("no space for openings")),
    );
    const outcome = await Promise.allSettled([
      journal.append(bytes("without opening"), 7),
      journal.append(bytes("with opening"), 7, {
        leaf: bytes("leaf"),
        log: "log",
        slot: 0,
        sealed: bytes("opening"),
        named: [],
      }),
    ]);
    expect(outcome.map(({ status }) => status)).toEqual([
      "rejected",
      "rejected",
    ]);
    await expect(journal.append(bytes("later"), 7)).rejects.toThrow(LogHalted);
    await expect(journal.drained()).rejects.toThrow(LogHalted);
    await journal.close();
    expect(await read(folder)).toEqual([]);
  });

  test("whoever appends to a closed journal is refused, and what was asked before is written", async () => {
    const folder = newFolder();
    const { journal } = await Journal.open(folder, 0);
    const before = journal.append(bytes("before"), 7);
    const closing = journal.close();
    await expect(journal.append(bytes("after"), 7)).rejects.toThrow(/closed/);
    await before;
    await closing;
    expect(await read(folder)).toEqual(["before"]);
  });
});

/** How what waits ends when one operation failed: what was in the group, what waited, what comes later. */
async function appendTwice(folder: string): Promise<readonly string[]> {
  const { journal } = await Journal.open(folder, 0);
  await journal.append(bytes("first"), 7);
  const waiting = [
    journal.append(bytes("second"), 7),
    journal.append(bytes("third"), 7),
  ];
  const settled = await Promise.allSettled(waiting);
  const later = await Promise.allSettled([journal.append(bytes("later"), 7)]);
  return [...settled, ...later].map((one) =>
    one.status === "rejected" && one.reason instanceof Error
      ? one.reason.name
      : "written",
  );
}

test("a journal that is halted from outside acknowledges nothing that it has not begun, and closes its file behind what it has", async () => {
  const folder = newFolder();
  const { journal } = await Journal.open(folder, 0);
  const all = Array.from({ length: 10_000 }, (_, i) =>
    journal.append(bytes(`entry ${i} ${"x".repeat(40)}`), 7).then(
      () => true,
      (error: unknown) => !(error instanceof LogHalted),
    ),
  );
  for (let turns = 0; turns < 2; turns++)
    await new Promise((resolve) => setImmediate(resolve));
  journal.halt(new Error("the disk of something else is full"));
  const closed = journal.close();
  const other = fs.openSync(join(folder, "other"), "w+");
  await closed;
  const taken = (await Promise.all(all)).filter((is) => is).length;
  expect(taken).toBeLessThan(10_000);
  expect(fs.fstatSync(other).size).toBe(0);
  fs.closeSync(other);
  fs.rmSync(join(folder, "other"));
  const again = await Journal.open(folder, 0);
  expect(textsOf(again.groups)).toHaveLength(taken);
  await again.journal.close();
});
