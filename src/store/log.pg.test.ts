import "../../test/simulation/kill-switch.ts";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { schemaFor } from "../../test/postgres.ts";
import { diceOf, Life } from "../../test/simulation/life.ts";
import { Road } from "../../test/simulation/road.ts";
import { emptyRoot, leafHash } from "../log/hash.ts";
import { rootOfLeaves } from "../log/tree.ts";
import { primitives } from "./crypto.ts";
import { openDatabase, readHead, type Sql } from "./database.ts";
import { LogHalted } from "./durable.ts";
import { Log, type LogPlace, placeOf } from "./log.ts";

const top = fs.mkdtempSync(join(tmpdir(), "vitrine-log-"));
const NOW = 1_793_606_400_000;
let url: string;
let sql: Sql;
beforeAll(async () => {
  ({ url } = await schemaFor("log"));
  sql = await openDatabase(url);
});
afterAll(async () => {
  await sql.end();
  fs.rmSync(top, { recursive: true });
});

let places = 0;
function newPlace(): LogPlace {
  const name = `log-${++places}`;
  return placeOf(join(top, name), `data.example/${name}`, "register");
}
const entry = (text: string): Uint8Array => Buffer.from(text);
const rootOf = (texts: readonly string[]): Uint8Array =>
  rootOfLeaves(
    primitives,
    texts.map((text) => leafHash(primitives, entry(text))),
  );

async function put(log: Log, texts: readonly string[]): Promise<void> {
  for (const text of texts) await log.journal.append(entry(text), 7);
  await log.extend(texts.map(entry));
  await log.advance(NOW);
}

/** A log whose head stands behind three entries. */
async function three(): Promise<LogPlace> {
  const place = newPlace();
  const { log } = await Log.open(sql, place, NOW);
  await put(log, ["a", "b", "c"]);
  await log.close();
  return place;
}

test("a log goes on where its head stands, with what is durable behind it", async () => {
  const place = newPlace();
  const { log, tail } = await Log.open(sql, place, NOW);
  expect(tail).toEqual([]);
  expect(log.files.root()).toEqual(emptyRoot(primitives));
  await put(log, ["a", "b"]);
  await log.journal.append(entry("c"), 7);
  await log.close();
  const { log: again, tail: left } = await Log.open(sql, place, NOW);
  expect(again.files.size).toBe(2);
  expect(left.flatMap((group) => group.entries).map(String)).toEqual(
    left.flatMap((group) => group.entries.map(String)),
  );
  expect(
    left.flatMap((group) =>
      group.entries.map((e) => Buffer.from(e).toString()),
    ),
  ).toEqual(["c"]);
  await again.close();
});

describe("two writers on one log", () => {
  test("the older one can no longer move the head, and halts", async () => {
    const place = await three();
    const { log: older } = await Log.open(sql, place, NOW);
    const { log: newer } = await Log.open(sql, place, NOW);
    await older.journal.append(entry("old"), 7);
    await older.extend([entry("old")]);
    await expect(older.advance(NOW)).rejects.toThrow(LogHalted);
    await expect(older.advance(NOW)).rejects.toThrow(/another writer/);
    fs.rmSync(join(place.publicFolder, "tile/entries/000.p/4"));
    fs.rmSync(join(place.publicFolder, "tile/0/000.p/4"));
    await newer.journal.append(entry("new"), 7);
    await newer.extend([entry("new")]);
    await newer.advance(NOW);
    expect(await readHead(sql, place.origin)).toMatchObject({ size: 4 });
    await older.close();
    await newer.close();
  });
});

describe("a start is refused", () => {
  test("when the head is ahead of the files", async () => {
    const place = await three();
    await sql`update head set size = 4 where log = ${place.origin}`;
    await expect(Log.open(sql, place, NOW)).rejects.toThrow(LogHalted);
  });

  test("when the head has the same size and another root", async () => {
    const place = await three();
    const root = rootOf(["a", "b", "x"]);
    await sql`update head set root = ${root} where log = ${place.origin}`;
    await expect(Log.open(sql, place, NOW)).rejects.toThrow(LogHalted);
  });

  test("when the files are those of an older backup", async () => {
    const place = newPlace();
    const { log } = await Log.open(sql, place, NOW);
    await put(log, ["a", "b"]);
    const backup = `${place.publicFolder}-backup`;
    fs.cpSync(place.publicFolder, backup, { recursive: true });
    await put(log, ["c"]);
    await log.close();
    fs.rmSync(place.publicFolder, { recursive: true });
    fs.renameSync(backup, place.publicFolder);
    await expect(Log.open(sql, place, NOW)).rejects.toThrow(LogHalted);
  });

  test("when the journal is that of an older backup", async () => {
    const place = newPlace();
    const { log } = await Log.open(sql, place, NOW);
    await put(log, ["a", "b"]);
    const backup = `${place.journalFolder}-backup`;
    fs.cpSync(place.journalFolder, backup, { recursive: true });
    await put(log, ["c"]);
    await log.close();
    fs.rmSync(place.journalFolder, { recursive: true });
    fs.renameSync(backup, place.journalFolder);
    await expect(Log.open(sql, place, NOW)).rejects.toThrow(LogHalted);
  });

  test("when the clock is far behind what was written, and not for a few seconds", async () => {
    const place = await three();
    await expect(Log.open(sql, place, NOW - 60_001)).rejects.toThrow(
      /the clock says \d{4}-\d\d-\d\dT\S+Z, its last head in the database was at \d{4}-\S+Z; set the clock right, or use the database/,
    );
    const { log } = await Log.open(sql, place, NOW - 60_000);
    await log.close();
  });
});

describe("the database goes away", () => {
  test("the head waits for it: nothing is written twice, and nobody is told that it moved", async () => {
    const road = await Road.open(url);
    const far = await openDatabase(road.url);
    const place = newPlace();
    const { log } = await Log.open(far, place, NOW);
    await put(log, ["a"]);
    road.block();
    await log.journal.append(entry("b"), 7);
    await log.extend([entry("b")]);
    await expect(log.advance(NOW)).rejects.not.toThrow(LogHalted);
    await log.journal.append(entry("c"), 7);
    await log.extend([entry("c")]);
    await expect(log.advance(NOW)).rejects.toThrow(/ECONN|CONNECTION/);
    expect(await readHead(sql, place.origin)).toMatchObject({ size: 1 });
    road.clear();
    await log.advance(NOW);
    const head = await readHead(sql, place.origin);
    expect(head?.size).toBe(3);
    expect(head?.root).toEqual(Buffer.from(rootOf(["a", "b", "c"])));
    await log.close();
    await far.end({ timeout: 0 });
    await road.close();
    const { log: again } = await Log.open(sql, place, NOW);
    expect(await again.files.entries(0, 3)).toEqual(
      ["a", "b", "c"].map((text) => entry(text)),
    );
    await again.close();
  });

  test("whoever waits for a database that is there and does not answer hears of it, and may ask again", async () => {
    const road = await Road.open(url);
    const far = await openDatabase(road.url);
    const place = newPlace();
    const { log } = await Log.open(far, place, NOW);
    await log.journal.append(entry("a"), 7);
    await log.extend([entry("a")]);
    road.swallow();
    await expect(log.advance(NOW)).rejects.toThrow(
      "Cannot reach the database: it gave no answer for 10 seconds",
    );
    road.clear();
    await log.advance(NOW);
    expect(await readHead(sql, place.origin)).toMatchObject({ size: 1 });
    await log.close();
    await far.end({ timeout: 0 });
    await road.close();
  });

  test("and so it does where the answer alone was lost: the swap finds its own target", async () => {
    for (let endsAt = 1; ; endsAt++) {
      const place = newPlace();
      const life = new Life("error", endsAt, diceOf(endsAt));
      const far = await openDatabase(url);
      const moved: string[] = [];
      await life
        .run(async () => {
          const { log } = await Log.open(far, place, NOW);
          for (const text of ["a", "b"]) {
            await log.journal.append(entry(text), 7);
            await log.extend([entry(text)]);
            await log.advance(NOW).catch(() => log.advance(NOW));
            moved.push(text);
          }
          await log.close();
        })
        .catch(() => undefined);
      await far.end({ timeout: 0 });
      const { log: again } = await Log.open(sql, place, NOW);
      expect(again.files.size).toBeGreaterThanOrEqual(moved.length);
      await again.close();
      if (life.done.length < endsAt) break;
    }
  });
});
