import "../../test/simulation/kill-switch.ts";
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  afterAll,
  beforeAll,
  beforeEach,
  describe,
  expect,
  test,
} from "vitest";
import { schemaFor } from "../../test/postgres.ts";
import { diceOf, Life } from "../../test/simulation/life.ts";
import { Road } from "../../test/simulation/road.ts";
import { leafHash } from "../log/hash.ts";
import { primitives } from "./crypto.ts";
import { openDatabase, openingsSince, type Sql } from "./database.ts";
import { Journal } from "./journal.ts";
import {
  type NewOpening,
  openingRecord,
  OpeningsFile,
  seal,
  unseal,
} from "./openings.ts";

const folder = fs.mkdtempSync(join(tmpdir(), "vitrine-openings-"));
let url: string;
let sql: Sql;
beforeAll(async () => {
  ({ url } = await schemaFor("openings"));
  sql = await openDatabase(url);
});
beforeEach(async () => {
  await sql`delete from opening`;
});
afterAll(async () => {
  await sql.end();
  fs.rmSync(folder, { recursive: true });
});

let files = 0;
const newPath = (): string => join(folder, `${++files}.openings`);
const key = randomBytes(32);
const leafOf = (text: string): Uint8Array =>
  leafHash(primitives, Buffer.from(text));
const openingOf = (text: string, bytes = 0): NewOpening => ({
  leaf: leafOf(text),
  log: "data.example/gate/hour/2026q4",
  slot: 3_600_000,
  sealed: seal(key, Buffer.from(text.padEnd(bytes))),
  named: [],
});
const recordOf = (text: string): Buffer => openingRecord(openingOf(text));

async function kept(): Promise<readonly string[]> {
  const rows = await openingsSince(sql, 0);
  return rows
    .map(({ sealed }) => unseal(key, sealed).toString().trim())
    .toSorted();
}

test("what is sealed opens with its key and with no other, and not when a bit has changed", () => {
  const sealed = seal(key, Buffer.from("who was asked about"));
  expect(unseal(key, sealed).toString()).toBe("who was asked about");
  expect(() => unseal(randomBytes(32), sealed)).toThrow(/authenticate/);
  for (const at of [0, 12, sealed.length - 1]) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => unseal(key, changed)).toThrow(/authenticate/);
  }
});

describe("a crash", () => {
  test("at any byte of the file loses no opening that was whole", async () => {
    const path = newPath();
    const texts = ["one", "two", "three"];
    const records = texts.map((text) => recordOf(text));
    const ends = records.map((_, i) =>
      records.slice(0, i + 1).reduce((sum, one) => sum + one.length, 0),
    );
    const whole = Buffer.concat(records);
    for (let length = 0; length <= whole.length; length++) {
      fs.writeFileSync(path, whole.subarray(0, length));
      const openings = await OpeningsFile.open(path, sql);
      await openings.close();
      const there = texts.filter((_, i) => (ends[i] ?? 0) <= length);
      expect(await kept(), `cut at ${length}`).toEqual(there.toSorted());
      if (there.length === 3 || length % 40 === 0)
        await sql`delete from opening`;
    }
  }, 120_000);

  test.each(["kill", "power"] as const)(
    "at any operation leaves no entry without its opening: %s",
    async (ending) => {
      for (let endsAt = 1; ; endsAt++) {
        await sql`delete from opening`;
        const path = newPath();
        const journals = ["hour", "minute"].map((name) =>
          join(folder, `journal-${ending}-${endsAt}-${name}`),
        );
        const life = new Life(ending, endsAt, diceOf(endsAt));
        const done = await life.run(() => answerSix(path, journals));
        // The next process.
        const again = await OpeningsFile.open(path, sql);
        await again.close();
        const opened = new Set(await kept());
        for (const journal of journals) {
          const { journal: left, groups } = await Journal.open(journal, 0);
          await left.close();
          for (const raw of groups.flatMap((group) => group.entries))
            expect(opened).toContain(Buffer.from(raw).toString());
        }
        if (done !== undefined && life.done.length < endsAt) break;
      }
    },
    120_000,
  );

  async function answerSix(
    path: string,
    folders: readonly string[],
  ): Promise<void> {
    const own = await openDatabase(url);
    const openings = await OpeningsFile.open(path, own);
    const journals = await Promise.all(
      folders.map((one) =>
        Journal.open(one, 0, (added) => openings.add(added)),
      ),
    );
    for (let i = 0; i < 3; i++) {
      await Promise.all(
        journals.map(({ journal }, j) => {
          const text = `${j}-${i}`;
          return journal.append(Buffer.from(text), 7, openingOf(text));
        }),
      );
      if (i === 1) await openings.copy();
    }
    for (const { journal } of journals) await journal.close();
    await openings.close();
    await own.end();
  }
});

describe("copying", () => {
  test("takes what is there already for what it is: a batch may come again", async () => {
    const path = newPath();
    const openings = await OpeningsFile.open(path, sql);
    await openings.add([openingOf("one"), openingOf("two")]);
    const bytes = fs.readFileSync(path);
    await openings.copy();
    await openings.close();
    expect(await kept()).toEqual(["one", "two"]);
    // As if the process had been killed between the copy and its end, and between the two names of a file.
    fs.writeFileSync(path, bytes);
    fs.writeFileSync(`${path}.copied`, bytes);
    const again = await OpeningsFile.open(path, sql);
    expect(again.waiting).toBe(0);
    expect(await kept()).toEqual(["one", "two"]);
    // What was erased later does not come back with the next start.
    expect(fs.existsSync(`${path}.copied`)).toBe(false);
    expect(fs.statSync(path).size).toBe(0);
    await again.close();
  });

  test("waits while the database is away, loses nothing, and goes on when it is back", async () => {
    const road = await Road.open(url);
    const far = await openDatabase(road.url);
    const path = newPath();
    const openings = await OpeningsFile.open(path, far);
    await openings.add([openingOf("before")]);
    road.block();
    await expect(openings.copy()).rejects.toThrow(/ECONN|CONNECTION/);
    await openings.add([openingOf("meanwhile")]);
    await expect(openings.copy()).rejects.toThrow(/ECONN|CONNECTION/);
    expect(openings.waiting).toBe(2);
    expect(await kept()).toEqual([]);
    road.clear();
    await openings.copy();
    expect(openings.waiting).toBe(0);
    expect(await kept()).toEqual(["before", "meanwhile"]);
    road.block();
    await openings.add([openingOf("at the end")]);
    await openings.close();
    await far.end({ timeout: 0 });
    await road.close();
    const again = await OpeningsFile.open(path, sql);
    await again.close();
    expect(await kept()).toEqual(["at the end", "before", "meanwhile"]);
  });

  test("lets the file go when it has grown, and never what is not copied yet", async () => {
    const path = newPath();
    const openings = await OpeningsFile.open(path, sql);
    const names = Array.from({ length: 12 }, (_, i) => `big ${i + 10}`);
    for (const [i, name] of names.entries()) {
      // Two logs at once.
      const small = `small ${i + 10}`;
      await Promise.all([
        openings.add([openingOf(name, 1_000_000)]),
        openings.add([openingOf(small)]),
      ]);
      if (i % 3 === 2) await openings.copy();
    }
    expect(fs.statSync(path).size).toBeLessThan(9_000_000);
    await openings.close();
    const all = names.flatMap((name) => [name, name.replace("big", "small")]);
    expect(await kept()).toEqual(all.toSorted());
  });

  test("behind a write that failed nothing is written any more", async () => {
    const path = newPath();
    const life = new Life("error", 0, diceOf(3));
    await life.run(async () => (await OpeningsFile.open(path, sql)).close());
    const failing = new Life("error", life.done.length + 1, diceOf(3));
    const other = newPath();
    await failing.run(async () => {
      const openings = await OpeningsFile.open(other, sql);
      const added = await Promise.allSettled(
        ["torn", "next"].map((text) => openings.add([openingOf(text)])),
      );
      expect(added.map(({ status }) => status)).toEqual([
        "rejected",
        "rejected",
      ]);
    });
    expect(fs.statSync(other).size).toBeLessThan(recordOf("torn").length);
  });
});
