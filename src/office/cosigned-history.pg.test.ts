import { promises as fs } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import {
  MINUTE,
  organisation,
} from "../../test/simulation/small-office-acts.ts";
import type { SmallOffice } from "../../test/simulation/small-office.ts";
import { leftOver } from "../../test/simulation/small-office-story.ts";
import { watched } from "../../test/simulation/small-office-witness.ts";
import { readAsked } from "../cli/verify/entry-times.ts";
import { notesIn } from "../log/note-run.ts";
import { dayOf } from "./cosigned-history.ts";

const folderOf = ({ folder }: SmallOffice): string =>
  join(folder, "public", "log", "register", "cosigned");

function fileOf(office: SmallOffice): string {
  return join(folderOf(office), dayOf(office.clock.now));
}

async function notesOf(office: SmallOffice): Promise<readonly string[]> {
  // What is written is waited for with the stop.
  await office.restart();
  return [...notesIn(await fs.readFile(fileOf(office), "utf8"))];
}

describe("the office keeps its cosigned checkpoints", () => {
  test("at most one a minute, and each that was cosigned again", async () => {
    const { office } = await watched("history");
    const before = (await notesOf(office)).length;
    for (const name of ["one", "two", "three"])
      await office.granted(organisation(name));
    expect(await notesOf(office)).toHaveLength(before + 1);
    await office.pass(MINUTE);
    await office.granted(organisation("four"));
    await office.pass(10 * MINUTE + 1);
    await office.pass(10 * MINUTE + 1);
    // The start after each look counts as one more.
    const notes = await notesOf(office);
    expect(notes.length).toBeGreaterThanOrEqual(before + 4);
    const days = await fs.readFile(join(folderOf(office), "days"), "utf8");
    expect(days).toBe(`${dayOf(office.clock.now)}\n`);
    expect(await leftOver(office)).toEqual([]);
  });

  test("and goes on where it cannot: that is said, and nothing waits", async () => {
    const { office } = await watched("history");
    await office.stop();
    await fs.rm(folderOf(office), { recursive: true });
    await fs.writeFile(folderOf(office), "in the way");
    const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
    await office.start();
    await office.granted(organisation("one"));
    await office.restart();
    expect(said.mock.calls.flat().join("\n")).toContain(
      "Cannot keep a cosigned checkpoint",
    );
    said.mockRestore();
    expect(await leftOver(office)).toEqual([]);
  });

  test("behind half a note that a kill left, which gives no time and is cut off", async () => {
    const { office } = await watched("history");
    const notes = await notesOf(office);
    await office.stop();
    await fs.appendFile(fileOf(office), notes[0]?.slice(0, 40) ?? "");
    const { cosignedNotes, faults } = await office.check();
    expect(cosignedNotes.torn).toEqual([dayOf(office.clock.now)]);
    expect(faults.kept).toEqual([]);
    office.clock.now += MINUTE;
    await office.start();
    await office.restart();
    const later = await fs.readFile(fileOf(office), "utf8");
    expect([...notesIn(later)].join("")).toBe(later);
    expect(await leftOver(office)).toEqual([]);
  });
});

describe("a power cut behind the first of several signature lines", () => {
  test("leaves what looks like a whole note: it is dropped at the start, on a later day too", async () => {
    const { office } = await watched("history");
    const notes = await notesOf(office);
    const before = fileOf(office);
    await office.stop();
    const torn =
      notes[0]?.replace(/\n\n(\u2014 [^\n]*\n)[\s\S]*$/, "\n\n$1") ?? "";
    expect([...notesIn(torn)]).toEqual([torn]);
    const whole = await fs.readFile(before, "utf8");
    await fs.appendFile(before, torn);
    office.clock.now += 24 * 60 * MINUTE;
    await office.start();
    await office.restart();
    expect(await fs.readFile(before, "utf8")).toBe(whole);
    expect(await leftOver(office)).toEqual([]);
  });
});

describe("of any entry a stranger is told", () => {
  test("between which cosignatures it was made", async () => {
    const { office } = await watched("history");
    await office.pass(2 * MINUTE);
    await office.granted(organisation("before"));
    await office.pass(5 * MINUTE);
    const { index } = await office.granted(organisation("one"));
    await office.pass(20 * MINUTE);
    await office.granted(organisation("after"));
    const { entries, times } = await office.check({
      entries: [readAsked(String(index)), readAsked("999999")],
    });
    const [found, missing] = entries;
    expect(found?.lines.join("\n")).toMatch(
      /made after .*, when court\.example\/witness cosigned size \d+ without it; there by .*: court\.example\/witness cosigned size \d+, the earliest that covers it/,
    );
    expect(missing?.isFound).toBe(false);
    expect(times.sizes.length).toBeGreaterThan(2);
    expect(await leftOver(office)).toEqual([]);
  });

  test("that a kept note was changed, at whatever byte of what the log and its witness signed", async () => {
    const { office } = await watched("history");
    const text = (await notesOf(office)).join("");
    await office.stop();
    const signed = text.indexOf("\n\n");
    for (const at of [3, signed - 4, text.length - 8]) {
      const bytes = Buffer.from(text);
      const offset = Buffer.byteLength(text.slice(0, at));
      bytes[offset] = bytes[offset] === 0x41 ? 0x42 : 0x41;
      await fs.writeFile(fileOf(office), bytes);
      const { faults } = await office.check();
      expect(faults.kept.map(({ code }) => code)).toEqual([
        "checkpoint-signature",
      ]);
    }
    await fs.writeFile(fileOf(office), text);
    await office.start();
    expect(await leftOver(office)).toEqual([]);
  });
});
