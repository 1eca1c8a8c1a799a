import { describe, expect, test } from "vitest";
import { entriesOf, type LogSource } from "../../audit/source.ts";
import { encodeBundle } from "../../log/tiles.ts";
import { NO_POLICY } from "../../log/policy.ts";
import { must } from "../../../test/story-founding.ts";
import { CouldNot } from "../exit.ts";
import { inHand, walkedAgain } from "./holding.ts";
import { readLog } from "./logs.ts";
import type { Place } from "./place.ts";

/** A log of whole bundles of entries of 1,000 bytes, which says how often each was read; `change` bends one when it is read again. */
function source(bundles: number, change?: number) {
  const reads = Array.from({ length: bundles }, () => 0);
  const log: LogSource = {
    origin: "data.lantern.example/register",
    size: bundles * 256,
    root: new Uint8Array(32),
    bundle: (index) => {
      reads[index] = (reads[index] ?? 0) + 1;
      const again = index === change && reads[index] > 1 ? 1 : 0;
      return Promise.resolve(
        Array.from({ length: 256 }, () => new Uint8Array(1_000).fill(again)),
      );
    },
  };
  return { log, reads };
}

async function walk(log: LogSource): Promise<number> {
  let entries = 0;
  for await (const bundle of entriesOf(log)) entries += bundle.length;
  return entries;
}

const BUNDLE_BYTES = 256 * 1_200;

describe("a log that is walked twice", () => {
  test("is kept as far as there is room, and read again beyond it", async () => {
    const { log, reads } = source(5);
    const again = walkedAgain(log, 2 * BUNDLE_BYTES);
    expect([await walk(again), await walk(again)]).toEqual([1280, 1280]);
    expect(reads).toEqual([1, 1, 2, 2, 2]);
  });

  test("cannot be checked when it says something else the second time", async () => {
    const again = walkedAgain(source(3, 2).log, BUNDLE_BYTES);
    await walk(again);
    await expect(walk(again)).rejects.toThrow(
      "its entries from 512 on were others when they were read again",
    );
  });

  test("may grow meanwhile: of a bundle that became whole only the part that is checked counts", async () => {
    const { log } = source(1);
    let width = 100;
    const growing = walkedAgain(
      {
        ...log,
        size: 100,
        bundle: async (index) => (await log.bundle(index)).slice(0, width),
      },
      0,
    );
    expect(await walk(growing)).toBe(100);
    width = 256;
    expect(await walk(growing)).toBe(100);
  });

  test("of more entries than a tree in memory may have cannot be checked", async () => {
    await expect(
      walkedAgain({ ...source(0).log, size: 2 ** 50 }).bundle(65_536),
    ).rejects.toThrow(CouldNot);
  });
});

test("of logs side by side one bundle each is in hand, and no more than there is room for", async () => {
  const hand = inHand(2 * BUNDLE_BYTES);
  const [one, two, three] = [1, 2, 3].map(() => hand(source(2).log));
  expect(await walk(must(one))).toBe(512);
  expect(await walk(must(two))).toBe(512);
  await expect(walk(must(three))).rejects.toThrow(CouldNot);
});

test("a log that is read holds nothing by itself", async () => {
  const reads: string[] = [];
  const checkpoint = `x.example/gate/hour/2026q1\n256\n${Buffer.alloc(32).toString("base64")}\n\n\u2014 x AAAAAAAA\n`;
  const files = new Map([
    ["log/gate/checkpoint", Buffer.from(checkpoint)],
    [
      "log/gate/tile/entries/000",
      encodeBundle(Array.from({ length: 256 }, () => new Uint8Array(9))),
    ],
  ]);
  const place: Place = {
    name: "counted",
    read: (path) => (reads.push(path), Promise.resolve(files.get(path))),
    digest: () => Promise.resolve(undefined),
  };
  const log = must(await readLog(place, "gate", async () => [], NO_POLICY));
  for (let times = 0; times < 2; times++)
    expect(await walk(must(log.source))).toBe(256);
  expect(reads.filter((path) => path.includes("entries"))).toHaveLength(2);
});
