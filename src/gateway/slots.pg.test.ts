import { promises as fs } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fromBase64url } from "../acts/bytes.ts";
import {
  HOUR,
  isNamed,
  MINUTE,
  people,
  revocation,
  stations,
  vehicles,
} from "../../test/simulation/small-office-acts.ts";
import type { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  blocksOf,
  isAnywhere,
  inSteps,
  leftOver,
  officeFor,
  registered,
  shown,
} from "../../test/simulation/small-office-story.ts";
import type { Answered } from "./gateway.ts";

/** Whether an answer's entry, or its hash, stands in any public file. */
async function isPublic(
  office: SmallOffice,
  { receipt, leaf }: Answered,
): Promise<boolean> {
  const entry = await isAnywhere(
    office,
    Buffer.from(fromBase64url(receipt.entry)),
  );
  const hash = await isAnywhere(office, Buffer.from(fromBase64url(leaf)));
  expect(hash).toBe(entry);
  return entry;
}

describe("while a slot runs nothing of it is in any public file", () => {
  test("a use of other data for a minute, a use of personal data for an hour", async () => {
    const office = await officeFor("slots");
    const minute = await office.answered(vehicles(), "huaxing");
    const open = await office.answered(stations());
    const hour = await office.answered(people(), "huaxing");
    const yes = await office.answered(isNamed("N7", "Name 7"), "other");
    const all = () =>
      Promise.all(
        [minute, open, hour, yes].map((one) => isPublic(office, one)),
      );
    await office.house.tick();
    await office.pass(MINUTE - 1);
    expect(await all()).toEqual([false, false, false, false]);
    await office.pass(1);
    expect(await all()).toEqual([true, true, false, false]);
    await office.pass(HOUR - MINUTE - 1);
    expect(await all()).toEqual([true, true, false, false]);
    await office.pass(1);
    expect(await all()).toEqual([true, true, true, true]);
    expect(await leftOver(office)).toEqual([]);
    const logs = (await shown(office)).flatMap(({ log, entry }) =>
      entry.kind === "use" ? [`${log} ${entry.permit}`] : [],
    );
    expect(logs.toSorted()).toEqual([
      "gate/hour/2026q4 huaxing-people",
      "gate/hour/2026q4 other-answer",
      "gate/minute/2026q4 huaxing-vehicles",
    ]);
  });

  test("also when an act cuts its block, when the office is started again, and when it is killed", async () => {
    const office = await officeFor("slots");
    const use = await office.answered(people(), "huaxing");
    await office.granted(revocation("huaxing-vehicles"));
    await office.pass(10 * MINUTE);
    expect(await isPublic(office, use)).toBe(false);
    await office.restart();
    await office.house.tick();
    expect(await isPublic(office, use)).toBe(false);
    await office.restart({ orderly: false });
    const later = await office.answered(people(), "huaxing");
    await office.pass(50 * MINUTE - 1);
    expect(await isPublic(office, use)).toBe(false);
    await office.restart();
    expect(await isPublic(office, later)).toBe(false);
    await office.pass(1);
    expect(await isPublic(office, use)).toBe(true);
    expect(await isPublic(office, later)).toBe(true);
    expect(await leftOver(office)).toEqual([]);
  });

  test("an office that slept while it ended shows it with its next start", async () => {
    const office = await officeFor("slots");
    const use = await office.answered(people(), "huaxing");
    const open = await office.answered(stations());
    await office.stop();
    office.clock.now += 30 * HOUR;
    await office.start();
    expect(await isPublic(office, use)).toBe(true);
    expect(await isPublic(office, open)).toBe(true);
    expect(await office.faults()).toEqual([]);
    expect(await leftOver(office)).toEqual([]);
  });
});

test("the public order inside a block is by leaf hash and tells nothing about the order of arrival", async () => {
  const office = await officeFor("slots");
  const arrived: string[] = [];
  for (let limit = 1; limit <= 12; limit++) {
    const who = limit % 2 === 0 ? "huaxing" : "other";
    arrived.push((await office.answered(people({ limit }), who)).leaf);
    // In one process and in the next.
    if (limit === 6) await office.restart({ orderly: false });
  }
  expect(await leftOver(office)).toEqual([]);
  const entries = await shown(office);
  const found: string[] = [];
  for (const block of blocksOf(entries)) {
    const hex = block.map(({ leaf }) =>
      Buffer.from(leaf, "base64url").toString("hex"),
    );
    expect(hex).toEqual(hex.toSorted());
    found.push(...block.map(({ leaf }) => leaf));
  }
  expect(found.toSorted()).toEqual(arrived.toSorted());
  expect(found).not.toEqual(arrived);
  expect(blocksOf(entries).some((block) => block.length >= 6)).toBe(true);
});

test("every entry of a block bears the slot of its anchor, and slots and anchors never fall", async () => {
  const office = await officeFor("slots");
  for (const revoked of ["huaxing-answer", "other-answer", "other-vehicles"]) {
    await office.answered(vehicles(), "huaxing");
    await office.answered(people(), "other");
    await office.granted(revocation(revoked));
    await office.answered(stations());
    await office.ask(vehicles(), "nobody");
    await office.pass(MINUTE);
  }
  expect(await leftOver(office)).toEqual([]);
  const last = new Map<string, { slot: number; size: number }>();
  for (const { log, entry } of await shown(office)) {
    const before = last.get(log) ?? { slot: 0, size: 0 };
    if (entry.kind !== "anchor") {
      expect("slot" in entry ? entry.slot : 0).toBe(before.slot);
      continue;
    }
    expect(entry.slot).toBeGreaterThanOrEqual(before.slot);
    expect(entry.size).toBeGreaterThanOrEqual(before.size);
    last.set(log, entry);
  }
  expect(last.size).toBe(2);
});

describe("open data", () => {
  const countsIn = async (office: SmallOffice) =>
    (await shown(office)).flatMap(({ entry }) =>
      entry.kind === "counted"
        ? [[entry.operation, entry.uses, entry.bytes]]
        : [],
    );

  test("is counted and not traced: one entry a slot, whose receipt all its answers bear, and their number when it ends", async () => {
    const office = await officeFor("slots");
    const answers = await Promise.all([
      office.answered(stations()),
      office.answered(stations({ limit: 2 }), "huaxing"),
      office.answered(stations({ limit: 3 })),
    ]);
    expect(new Set(answers.map(({ leaf }) => leaf)).size).toBe(1);
    expect(
      answers.map(({ receipt }) => receipt.opening ?? receipt.publishBy),
    ).toEqual(Array(3).fill(office.clock.now + MINUTE + 10 * MINUTE));
    await office.pass(MINUTE);
    await office.answered(stations());
    expect(await leftOver(office)).toEqual([]);
    const bytes = answers.map(({ text }) => Buffer.byteLength(text));
    const sum = bytes.reduce((a, b) => a + b, 0);
    expect(await countsIn(office)).toEqual([
      ["records", 3, inSteps(sum)],
      ["records", 1, inSteps(bytes[0] ?? 0)],
    ]);
    expect(JSON.stringify(await shown(office))).not.toContain("huaxing");
    // What was counted is in the log; the notes of its slot are gone.
    const top = join(office.folder, "journal", "gate");
    const names = await fs.readdir(top, { recursive: true });
    expect(names.filter((name) => name.endsWith(".counts"))).toEqual([]);
  });

  test("is counted on by the next process of the same slot, and its receipt is the same", async () => {
    const office = await officeFor("slots");
    const first = await office.answered(stations());
    await office.restart({ orderly: false });
    const second = await office.answered(stations());
    await office.granted(revocation("huaxing-vehicles"));
    await office.restart();
    const third = await office.answered(stations());
    expect(second.receipt).toEqual(first.receipt);
    expect(third.receipt).toEqual(first.receipt);
    await office.restart({ orderly: false });
    expect(await leftOver(office)).toEqual([]);
    const each = Buffer.byteLength(first.text);
    expect(await countsIn(office)).toEqual([["records", 3, inSteps(3 * each)]]);
  });

  test("of a slot that ended while nobody ran is counted by the next process, in its own slot", async () => {
    const office = await officeFor("slots");
    await office.answered(stations());
    await office.granted(revocation("huaxing-vehicles"));
    office.clock.now += 5 * MINUTE;
    await office.restart({ orderly: false });
    expect(await leftOver(office)).toEqual([]);
    expect(await countsIn(office)).toHaveLength(1);
  });
});

test("the head of every log is entered when it is opened, and again after an hour in which it grew, and not otherwise", async () => {
  const office = await officeFor("slots");
  const heads = async () =>
    (await registered(office)).flatMap((entry) =>
      entry.type === "record" && entry.record.kind === "head"
        ? [`${entry.record.log.split("/")[2]} ${entry.record.size}`]
        : [],
    );
  expect(await heads()).toEqual([]);
  await office.answered(vehicles(), "huaxing");
  expect(await heads()).toEqual(["minute 1"]);
  await office.answered(people(), "huaxing");
  expect(await heads()).toEqual(["minute 1", "hour 1"]);
  await office.passHour();
  expect(await heads()).toEqual(["minute 1", "hour 1", "minute 2", "hour 2"]);
  await office.pass(3 * HOUR);
  expect(await heads()).toHaveLength(4);
  expect(await leftOver(office)).toEqual([]);
});
