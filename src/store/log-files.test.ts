import fc from "fast-check";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { leafHash } from "../log/hash.ts";
import {
  consistencyProof,
  hashReader,
  inclusionProof,
  type ReadHash,
  verifyConsistency,
  verifyInclusion,
} from "../log/proof.ts";
import {
  bundlePath,
  bundlesForSize,
  TILE_WIDTH,
  tilePath,
  tilesForSize,
} from "../log/tiles.ts";
import { rootOfLeaves } from "../log/tree.ts";
import { primitives as p } from "./crypto.ts";
import { LogHalted } from "./durable.ts";
import { LogFiles } from "./log-files.ts";

const top = fs.mkdtempSync(join(tmpdir(), "vitrine-files-"));
afterAll(() => fs.rmSync(top, { recursive: true }));
let folders = 0;
const newFolder = (): string => join(top, String(++folders));

const SIZE_MAX = 600;
const entryOf = (index: number): Uint8Array =>
  Buffer.from(`entry ${index} ${"x".repeat(index % 7)}`);
const entries = Array.from({ length: SIZE_MAX }, (_, i) => entryOf(i));
const leaves = entries.map((entry) => leafHash(p, entry));
const rootAt = (size: number): Uint8Array =>
  rootOfLeaves(p, leaves.slice(0, size));
const empty = rootAt(0);

/** Every file that a log of this size has, from a log that was written at once. */
function filesFor(folder: string, size: number): Map<string, Buffer> {
  const paths = [
    ...[...tilesForSize(size)].map((t) => tilePath(t.level, t.index, t.width)),
    ...[...bundlesForSize(size)].map((b) => bundlePath(b.index, b.width)),
  ];
  return new Map(
    paths.map((path) => [path, fs.readFileSync(join(folder, path))]),
  );
}

/** The nodes of a log of that size, from its tiles alone, as a stranger reads them. */
const readerOf = (folder: string, size: number): ReadHash =>
  hashReader(p, size, (level, index, width) =>
    fs.readFileSync(join(folder, tilePath(level, index, width))),
  );

describe("the files of a log that grows", () => {
  const grown = newFolder();

  test("have the right root at every size, and are the same log when opened again", async () => {
    const files = await LogFiles.open(grown, 0, empty);
    for (let size = 1; size <= SIZE_MAX; size++) {
      await files.extend(entries.slice(size - 1, size));
      expect(files.size).toBe(size);
      expect(files.root(), `root of ${size}`).toEqual(rootAt(size));
      const again = await LogFiles.open(grown, size, rootAt(size));
      expect(again.root()).toEqual(rootAt(size));
      expect(await again.bundle(Math.floor((size - 1) / TILE_WIDTH))).toEqual(
        entries.slice(Math.floor((size - 1) / TILE_WIDTH) * TILE_WIDTH, size),
      );
    }
  }, 120_000);

  test("are those of a log that was written at once", async () => {
    const atOnce = newFolder();
    const files = await LogFiles.open(atOnce, 0, empty);
    await files.extend(entries);
    expect(filesFor(grown, SIZE_MAX)).toEqual(filesFor(atOnce, SIZE_MAX));
  });

  test("give proofs that hold, and the entries as they came", async () => {
    const files = await LogFiles.open(grown, SIZE_MAX, rootAt(SIZE_MAX));
    const read = readerOf(grown, SIZE_MAX);
    for (const index of [0, 1, 255, 256, 257, 511, 512, 599]) {
      const proof = inclusionProof(p, index, SIZE_MAX, read);
      const leaf = leaves[index] ?? empty;
      const root = rootAt(SIZE_MAX);
      expect(verifyInclusion(p, leaf, index, SIZE_MAX, proof, root)).toBe(true);
      const older = consistencyProof(p, index + 1, SIZE_MAX, read);
      const before = rootAt(index + 1);
      expect(
        verifyConsistency(p, index + 1, before, SIZE_MAX, root, older),
      ).toBe(true);
    }
    expect(await files.entries(0, SIZE_MAX)).toEqual(entries);
    expect(await files.entries(250, 260)).toEqual(entries.slice(250, 260));
  });

  test("are the same in whatever steps it grew, and whenever it was opened again", async () => {
    const atOnce = newFolder();
    await (await LogFiles.open(atOnce, 0, empty)).extend(entries);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 300 }), fc.boolean()), {
          minLength: 2,
          maxLength: 5,
        }),
        async (steps) => {
          const folder = newFolder();
          let files = await LogFiles.open(folder, 0, empty);
          let size = 0;
          for (const [step, reopens] of steps) {
            const to = Math.min(SIZE_MAX, size + step);
            await files.extend(entries.slice(size, to));
            size = to;
            if (reopens)
              files = await LogFiles.open(folder, size, rootAt(size));
          }
          for (const [path, bytes] of filesFor(folder, size)) {
            if (path.includes(".p/")) continue;
            expect(bytes).toEqual(fs.readFileSync(join(atOnce, path)));
          }
          expect(files.root()).toEqual(rootAt(size));
          expect(await files.entries(0, size)).toEqual(entries.slice(0, size));
          fs.rmSync(folder, { recursive: true });
        },
      ),
      { numRuns: 12 },
    );
  });

  test("of more than 65,536 entries have tiles of three levels", async () => {
    const folder = newFolder();
    const many = Array.from({ length: 65_836 }, (_, i) => entryOf(i));
    const all = many.map((entry) => leafHash(p, entry));
    const files = await LogFiles.open(folder, 0, empty);
    await files.extend(many.slice(0, 65_500));
    await files.extend(many.slice(65_500));
    const root = rootOfLeaves(p, all);
    expect(files.root()).toEqual(root);
    const again = await LogFiles.open(folder, many.length, root);
    expect(again.root()).toEqual(root);
    const level2 = fs.readFileSync(join(folder, tilePath(2, 0, 1)));
    expect(level2).toEqual(Buffer.from(rootOfLeaves(p, all.slice(0, 65_536))));
    fs.rmSync(folder, { recursive: true });
  });
});

test("entries can be read while others are being written, also where a bundle becomes full", async () => {
  const files = await LogFiles.open(newFolder(), 0, empty);
  await files.extend(entries.slice(0, 250));
  const extending = files.extend(entries.slice(250));
  for (let i = 0; i < 20; i++) {
    expect(await files.entries(0, 250)).toEqual(entries.slice(0, 250));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await extending;
});

describe("a crash between the files and the head", () => {
  test("leaves files that can be opened at the size of the head, at every size, and go on to the same log", async () => {
    for (const [size, to] of [
      [250, 260],
      [255, 256],
      [1, 600],
      [300, 513],
      [256, 600],
      [511, 512],
    ] as const) {
      const folder = newFolder();
      const files = await LogFiles.open(folder, 0, empty);
      await files.extend(entries.slice(0, size));
      await files.extend(entries.slice(size, to));
      const again = await LogFiles.open(folder, size, rootAt(size));
      expect(await again.entries(0, size)).toEqual(entries.slice(0, size));
      await again.extend(entries.slice(size, to));
      expect(again.root(), `${size} to ${to}`).toEqual(rootAt(to));
    }
  });
});

describe("what was exchanged on the disk is refused", () => {
  const SIZE = 300;
  async function laid(): Promise<string> {
    const folder = newFolder();
    await (
      await LogFiles.open(folder, 0, empty)
    ).extend(entries.slice(0, SIZE));
    return folder;
  }
  const see = { leaf: () => undefined, entry: () => undefined };
  const openAll = async (folder: string, from: number): Promise<void> =>
    (await LogFiles.open(folder, SIZE, rootAt(SIZE))).readThrough(from, see);

  test.each([
    ["the right edge of the tiles", tilePath(0, 1, 44), 0],
    ["the last bundle", bundlePath(1, 44), 0],
    ["a tile of the second level", tilePath(1, 0, 1), 0],
    ["a full bundle", bundlePath(0), 0],
    [
      "a full tile, where a snapshot stands for its entries",
      tilePath(0, 0),
      256,
    ],
  ])("%s", async (_, path, from) => {
    const folder = await laid();
    const file = join(folder, path);
    const whole = fs.readFileSync(file);
    await openAll(folder, from);
    for (const at of [0, 5, whole.length - 1]) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      fs.writeFileSync(file, changed);
      await expect(openAll(folder, from), `byte ${at}`).rejects.toThrow(
        LogHalted,
      );
    }
    const longer = Buffer.concat([whole, whole.subarray(0, 32)]);
    for (const bytes of [whole.subarray(0, -1), longer, Buffer.alloc(0)]) {
      fs.writeFileSync(file, bytes);
      await expect(openAll(folder, from)).rejects.toThrow(LogHalted);
    }
  });

  test("a file that is gone", async () => {
    for (const path of [tilePath(0, 1, 44), bundlePath(1, 44)]) {
      const folder = await laid();
      fs.rmSync(join(folder, path));
      await expect(openAll(folder, 0)).rejects.toThrow(LogHalted);
    }
  });

  test("another root than that of the head", async () => {
    const folder = await laid();
    await expect(LogFiles.open(folder, SIZE, rootAt(299))).rejects.toThrow(
      LogHalted,
    );
    await expect(LogFiles.open(folder, SIZE + 1, rootAt(301))).rejects.toThrow(
      LogHalted,
    );
  });

  test("and a file that never changes is not written with other bytes", async () => {
    const folder = await laid();
    const files = await LogFiles.open(folder, SIZE, rootAt(SIZE));
    const next = join(folder, bundlePath(1, 45));
    fs.writeFileSync(next, "another history");
    await expect(files.extend(entries.slice(SIZE, SIZE + 1))).rejects.toThrow(
      /exists with other bytes/,
    );
    expect(fs.readFileSync(next, "utf8")).toBe("another history");
  });
});
