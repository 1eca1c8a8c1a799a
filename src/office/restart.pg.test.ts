import { promises as fs } from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  HOUR,
  organisation,
  permit,
  revocation,
  system,
  vehicles,
} from "../../test/simulation/small-office-acts.ts";
import {
  entered,
  type SmallOffice,
} from "../../test/simulation/small-office.ts";
import {
  databaseFor,
  leftOver,
  officeFor,
} from "../../test/simulation/small-office-story.ts";
import { Road } from "../../test/simulation/road.ts";
import type { LogRecord } from "../acts/record.ts";
import { generateKey, primitives } from "../store/crypto.ts";
import { openDatabase } from "../store/database.ts";
import { LogHalted } from "../store/durable.ts";

describe("a clock that is set back", () => {
  test("for up to a minute: time stands still, and nothing is entered before what was entered", async () => {
    const office = await officeFor("restart");
    office.clock.now += HOUR;
    await office.granted(organisation("last"));
    const { at } = office.house.office.register;
    office.clock.now = at - 60_000;
    await office.house.office.enter(office.submission(organisation("one")));
    expect(office.house.office.register.at).toBe(at);
    office.clock.now = at + HOUR;
    await office.house.tick();
    expect(await leftOver(office)).toEqual([]);
  });

  test("for more: the office halts, enters nothing any more, and goes on with the next start at the right time", async () => {
    const office = await officeFor("restart");
    const { office: desk } = office.house;
    const { size, at } = desk.register;
    const late = office.submission(organisation("late"));
    office.clock.now = at - 60_001;
    await expect(desk.enter(late)).rejects.toThrow(LogHalted);
    office.clock.now = at;
    for (const after of [
      () => desk.enter(late),
      () => desk.publish(),
      () => desk.enter(office.submission(system("late"))),
    ])
      await expect(after()).rejects.toThrow("set the clock right");
    expect(desk.register.size).toBe(size);
    await office.stop().catch(() => undefined);
    office.clock.now = at - 60_001;
    await expect(office.start()).rejects.toThrow("set the clock right");
    office.clock.now = at;
    await office.start();
    expect(entered(await office.house.office.enter(late)).index).toBe(size);
    expect(await leftOver(office)).toEqual([]);
  });
});

describe("what the process had folded", () => {
  const titleOf = (office: SmallOffice): string =>
    office.house.office.register.title;
  const fileOf = (office: SmallOffice): string =>
    join(office.folder, "register.snapshot");

  /** Exchanges the snapshot of a stopped office, and its digest in the database where that is asked for. */
  async function exchange(
    office: SmallOffice,
    change: (state: Map<string, unknown>) => void,
    withDigest: boolean,
  ): Promise<void> {
    await office.stop();
    const state: unknown = deserialize(await fs.readFile(fileOf(office)));
    if (typeof state !== "object" || state === null)
      throw new Error("Cannot read the snapshot: it is no object");
    const members = new Map<string, unknown>(Object.entries(state));
    change(members);
    const bytes = serialize(Object.fromEntries(members));
    await fs.writeFile(fileOf(office), bytes);
    if (!withDigest) return;
    const sql = await openDatabase(office.databaseUrl);
    await sql`update head set snapshot_digest = ${primitives.sha256(bytes)} where snapshot_size is not null`;
    await sql.end();
  }
  const rename = (state: Map<string, unknown>): void =>
    void state.set("title", "Another office");

  test("is where the next one begins", async () => {
    const office = await officeFor("restart");
    await exchange(office, rename, true);
    await office.start();
    // Nobody could tell otherwise: this is the office's own note, under a digest that only its database holds.
    expect(titleOf(office)).toBe("Another office");
    await office.granted(organisation("one"));
    expect(await leftOver(office)).toEqual([]);
  });

  test.each([
    ["that was exchanged on the disk is not believed", rename, false],
    [
      "of a release that knew less is not taken",
      (state: Map<string, unknown>) => {
        rename(state);
        state.delete("closedTotals");
      },
      true,
    ],
  ] as const)(
    "%s: the log is folded from its first entry",
    async (_, change, withDigest) => {
      const office = await officeFor("restart");
      const title = titleOf(office);
      await exchange(office, change, withDigest);
      await office.start();
      expect(titleOf(office)).toBe(title);
      await office.answered(vehicles(), "huaxing");
      expect(await leftOver(office)).toEqual([]);
    },
  );

  test("and is not there, or of a moment long ago: what came since is folded all the same", async () => {
    const office = await officeFor("restart");
    await office.stop();
    const old = await fs.readFile(fileOf(office));
    await office.start();
    await office.granted(organisation("one"));
    await office.granted(permit({ permit: "one", organisation: "one" }));
    await office.granted(revocation("other-vehicles"));
    const whole = { ...office.house.office.register };
    await office.restart({ orderly: false });
    expect(office.house.office.register).toEqual(whole);
    await office.stop();
    await fs.writeFile(fileOf(office), old);
    await office.start();
    expect(office.house.office.register).toEqual(whole);
    await office.stop();
    await fs.rm(fileOf(office));
    await office.start();
    expect(office.house.office.register).toEqual(whole);
    await office.answered(vehicles(), "one");
    expect(await leftOver(office)).toEqual([]);
  });
});

describe("a start is refused", () => {
  test("under another log key, and says whose is wanted; with its own key it goes on", async () => {
    const office = await officeFor("restart");
    await office.stop();
    const path = join(office.folder, "keys", "log.json");
    const own = await fs.readFile(path);
    await fs.writeFile(path, JSON.stringify(generateKey()));
    const start = office.start();
    await expect(start).rejects.toThrow(LogHalted);
    await expect(start).rejects.toThrow("bring back its key file");
    await fs.writeFile(path, own);
    await office.start();
    await office.granted(organisation("one"));
    expect(await leftOver(office)).toEqual([]);
  });

  test("where the public checkpoint is of another tree", async () => {
    const office = await officeFor("restart");
    const path = join(office.folder, "public", "log", "register", "checkpoint");
    const own = await fs.readFile(path, "utf8");
    await office.stop();
    const [origin = "", size = "", root = "", ...rest] = own.split("\n");
    const other = Buffer.alloc(32, 1).toString("base64");
    for (const note of [
      [origin, size, other, ...rest],
      [origin, String(Number(size) + 1), root, ...rest],
    ]) {
      await fs.writeFile(path, note.join("\n"));
      await expect(office.start()).rejects.toThrow(
        /is not of this tree|its files go to 28, its journal to 27/,
      );
    }
    await fs.writeFile(path, own);
    await office.start();
    expect(await leftOver(office)).toEqual([]);
  });

  test("where an entry was exchanged in the public files", async () => {
    const office = await officeFor("restart");
    await office.stop();
    await fs.rm(join(office.folder, "register.snapshot"));
    const top = join(office.folder, "public", "log", "register");
    const names = await fs.readdir(top, { recursive: true });
    const bundles = names.filter((name) => /entries\/.*\/\d+$/.test(name));
    const own = new Map<string, Buffer>();
    for (const name of bundles) {
      const bytes = await fs.readFile(join(top, name));
      const at = bytes.indexOf("Organisation huaxing");
      if (at < 0) continue;
      own.set(name, Buffer.from(bytes));
      bytes.write("Organisation Huaxing", at);
      await fs.writeFile(join(top, name), bytes);
    }
    expect(own.size).toBeGreaterThan(0);
    await expect(office.start()).rejects.toThrow(LogHalted);
    for (const [name, bytes] of own) await fs.writeFile(join(top, name), bytes);
    await office.start();
    expect(await leftOver(office)).toEqual([]);
  });
});

test("an act that was durable when the process was killed is public with the next start, and cannot come again", async () => {
  const road = await Road.open(await databaseFor("restart"));
  onTestFinished(() => road.close());
  const office = await officeFor("restart", { url: road.url });
  const { office: desk } = office.house;
  const submission = office.submission(organisation("one"));
  const { size } = desk.published;
  road.block();
  desk.enter(submission).catch(() => undefined);
  await expect
    .poll(() => desk.tick().then(() => "published", String))
    .toMatch(/ECONN|CONNECTION/);
  expect(desk.published.size).toBe(size);
  road.clear();
  await office.restart({ orderly: false });
  expect(office.house.office.published.size).toBe(size + 1);
  expect(office.house.office.register.organisations.has("one")).toBe(true);
  const again = await office.house.office.enter(submission);
  expect(again).toMatchObject({ code: "repeated" });
  expect(await leftOver(office)).toEqual([]);
});

test("an office that is stopped twice closes its files once, and not what others have opened since", async () => {
  const office = await officeFor("restart");
  await office.answered(vehicles(), "huaxing");
  await office.stop();
  const path = join(office.folder, "another");
  const others = await Promise.all(
    Array.from({ length: 20 }, () => fs.open(path, "w")),
  );
  await office.stop();
  for (const other of others) {
    await other.write("still open");
    await other.close();
  }
  await office.start();
  expect(await leftOver(office)).toEqual([]);
});

test("a machine's record wants a key that an act in force enrolled for its kind", async () => {
  const office = await officeFor("restart");
  const { office: desk, keys } = office.house;
  const { size } = desk.register;
  const record: LogRecord = {
    kind: "totals",
    log: `${desk.origin}/x`,
    rows: [],
  };
  for (const key of [keys.records, keys.log])
    await expect(desk.record(record, key)).rejects.toThrow(
      "Cannot enter record totals: no act in force enrolled key",
    );
  expect(desk.register.size).toBe(size);
  expect(await leftOver(office)).toEqual([]);
});
