import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FormatError } from "./format-error.ts";
import {
  bundlePath,
  bundlesForSize,
  decodeBundle,
  encodeBundle,
  parseTilePath,
  partialWidth,
  tilePath,
  tilesForSize,
  tileWidth,
} from "./tiles.ts";

const bytes = (length: number, fill = 0) => new Uint8Array(length).fill(fill);

describe("paths", () => {
  test("are those of C2SP tlog-tiles", () => {
    expect(tilePath(0, 1_234_067)).toBe("tile/0/x001/x234/067");
    expect(tilePath(63, 0)).toBe("tile/63/000");
    expect(tilePath(1, 999, 17)).toBe("tile/1/999.p/17");
    expect(tilePath(2, 1000, 1)).toBe("tile/2/x001/000.p/1");
    expect(bundlePath(1_234_067, 8)).toBe("tile/entries/x001/x234/067.p/8");
  });

  test("come back as they went in", () => {
    fc.assert(
      fc.property(
        fc.nat(63),
        fc.maxSafeNat(),
        fc.integer({ min: 1, max: 256 }),
        (level, index, width) => {
          expect(parseTilePath(tilePath(level, index, width))).toEqual({
            kind: "hashes",
            level,
            index,
            width,
          });
          expect(parseTilePath(bundlePath(index, width))).toEqual({
            kind: "entries",
            index,
            width,
          });
        },
      ),
    );
  });

  test.each([
    "",
    "tile/0",
    "tile/00/000",
    "tile/01/000",
    "tile/64/000",
    "tile/-1/000",
    "tile/8/3/000",
    "tile/data/000",
    "tile/entries/0",
    "tile/0/67",
    "tile/0/0067",
    "tile/0/x000/067",
    "tile/0/001/067",
    "tile/0/x001/x067",
    "tile/0/X001/067",
    "tile/0/x001x067",
    "tile/0/x999/x999/x999/x999/x999/999",
    "tile/0/x009/x007/x199/x254/x740/992",
    "tile/0/000.p/0",
    "tile/0/000.p/00",
    "tile/0/000.p/08",
    "tile/0/000.p/256",
    "tile/0/000.p/999",
    "tile/0/000.p",
    "tile/0/000.p/",
    "tile/0/000\n",
    "/tile/0/000",
    "tile/0/../0/000",
    "tile/0/٠٠٠",
  ])("%j is not the path of a tile", (path) => {
    expect(() => parseTilePath(path)).toThrow(FormatError);
  });

  test("one changed character gives another tile or none, never the same", () => {
    const path = fc
      .tuple(fc.nat(63), fc.maxSafeNat(), fc.integer({ min: 1, max: 256 }))
      .map((tile) => tilePath(...tile));
    fc.assert(
      fc.property(
        path,
        fc.nat(),
        fc.constantFrom(...Array.from("0123456789xp./ \n")),
        (original, at, character) => {
          const place = at % original.length;
          const changed =
            original.slice(0, place) + character + original.slice(place + 1);
          fc.pre(changed !== original);
          const found = parsedOrNothing(changed);
          if (found === undefined) return;
          expect(found).not.toEqual(parseTilePath(original));
        },
      ),
    );
  });

  test("a width that no tile has is a bug", () => {
    for (const width of [0, 257, 1.5, -1]) {
      expect(() => tilePath(0, 0, width)).toThrow(
        `Cannot name a tile of width ${width}`,
      );
    }
  });
});

describe("the tiles of a tree", () => {
  const count = (size: number, level: number) =>
    [...tilesForSize(size)].filter((t) => t.level === level);

  test("of 70,000 are those of the specification's example", () => {
    expect(count(70_000, 0).length).toBe(274);
    expect(count(70_000, 0).at(-1)).toEqual({
      level: 0,
      index: 273,
      width: 112,
    });
    expect(count(70_000, 1).map((t) => t.width)).toEqual([256, 17]);
    expect(count(70_000, 2)).toEqual([{ level: 2, index: 0, width: 1 }]);
    expect(count(70_000, 3)).toEqual([]);
    expect([
      partialWidth(0, 70_000),
      partialWidth(1, 70_000),
      partialWidth(2, 70_000),
    ]).toEqual([112, 17, 1]);
  });

  test("of 256 are one full and the first of the next level; the empty tree has none", () => {
    expect([...tilesForSize(256)]).toEqual([
      { level: 0, index: 0, width: 256 },
      { level: 1, index: 0, width: 1 },
    ]);
    expect([...tilesForSize(0)]).toEqual([]);
    expect(partialWidth(0, 256)).toBe(0);
  });

  test("hold each level's hashes once, and have a partial tile only at the right end", () => {
    fc.assert(
      fc.property(fc.nat(300_000), (size) => {
        const tiles = [...tilesForSize(size)];
        for (let level = 0; level < 4; level++) {
          const widths = tiles
            .filter((t) => t.level === level)
            .map((t) => t.width);
          expect(widths.reduce((sum, width) => sum + width, 0)).toBe(
            Math.floor(size / 256 ** level),
          );
          expect(widths.slice(0, -1).every((width) => width === 256)).toBe(
            true,
          );
          expect((widths.at(-1) ?? 0) % 256).toBe(partialWidth(level, size));
        }
        for (const { level, index, width } of tiles)
          expect(tileWidth(level, index, size)).toBe(width);
        expect([...bundlesForSize(size)]).toEqual(
          tiles
            .filter((t) => t.level === 0)
            .map(({ index, width }) => ({ index, width })),
        );
      }),
      { numRuns: 30 },
    );
  });

  test("since an older size are exactly those that the older tree does not have", () => {
    const key = (t: { level: number; index: number; width: number }) =>
      `${t.level} ${t.index} ${t.width}`;
    fc.assert(
      fc.property(fc.nat(140_000), fc.nat(140_000), (a, b) => {
        const [since, size] = [Math.min(a, b), Math.max(a, b)];
        const older = new Set([...tilesForSize(since)].map(key));
        const wanted = [...tilesForSize(size)]
          .map(key)
          .filter((k) => !older.has(k));
        expect([...tilesForSize(size, since)].map(key)).toEqual(wanted);
      }),
      { numRuns: 50 },
    );
  });

  test("beyond the right end have no width", () => {
    expect([
      tileWidth(0, 1, 256),
      tileWidth(0, 9, 256),
      tileWidth(1, 0, 255),
    ]).toEqual([0, 0, 0]);
  });
});

describe("entry bundles", () => {
  const entries = fc.array(fc.uint8Array({ maxLength: 300 }), {
    minLength: 1,
    maxLength: 256,
  });

  test("give back their entries, and no other bytes give them", () => {
    fc.assert(
      fc.property(entries, (list) => {
        const bundle = encodeBundle(list);
        expect(decodeBundle(bundle)).toEqual(list);
        expect(decodeBundle(Uint8Array.of(9, ...bundle).subarray(1))).toEqual(
          list,
        );
      }),
    );
    expect(decodeBundle(encodeBundle([bytes(65_535, 7), bytes(0)]))).toEqual([
      bytes(65_535, 7),
      bytes(0),
    ]);
  });

  test("whatever bytes are read as a bundle are the bundle of what was read", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        const found = decodedOrNothing(noise);
        if (found !== undefined) expect(encodeBundle(found)).toEqual(noise);
      }),
    );
  });

  test("that are empty, cut or too long are refused", () => {
    expect(() => decodeBundle(bytes(0))).toThrow(
      "Cannot read entry bundle: it is empty",
    );
    expect(() => decodeBundle(Uint8Array.of(0, 1, 5, 0))).toThrow(
      "entry 1 runs past the end at byte 4",
    );
    expect(() => decodeBundle(Uint8Array.of(0, 3, 1, 2))).toThrow(
      "entry 0 runs past the end at byte 4",
    );
    expect(() => decodeBundle(bytes(2 * 257))).toThrow(
      "it has more than 256 entries",
    );
  });

  test("of too many or too long entries are a bug", () => {
    expect(() => encodeBundle([])).toThrow("Cannot bundle 0 entries");
    expect(() =>
      encodeBundle(Array.from({ length: 257 }, () => bytes(1))),
    ).toThrow("Cannot bundle 257 entries");
    expect(() => encodeBundle([bytes(65_536)])).toThrow(
      "Cannot bundle an entry of 65536 bytes",
    );
  });
});

function parsedOrNothing(path: string) {
  return formatErrorIsNothing(() => parseTilePath(path));
}

function decodedOrNothing(bundle: Uint8Array) {
  return formatErrorIsNothing(() => decodeBundle(bundle));
}

function formatErrorIsNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
