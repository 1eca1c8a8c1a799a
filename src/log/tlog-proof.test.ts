import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bentBytes } from "../../test/bent.ts";
import { sameBytes, utf8ToBytes } from "../acts/bytes.ts";
import { formatCheckpoint } from "./checkpoint.ts";
import { FormatError } from "./format-error.ts";
import { leafHash } from "./hash.ts";
import { emptyLeafIndex, indexLeaves, placesOf } from "./leaf-index.ts";
import { addLeaf, emptyNodes, nodeReader } from "./nodes.ts";
import { formatNote, signNote } from "./note.ts";
import { openCheckpoint } from "./open-checkpoint.ts";
import { NO_POLICY } from "./policy.ts";
import { rootAt } from "./proof.ts";
import {
  type KnownNodes,
  proveEntry,
  scanForLeaf,
  TilesDiffer,
} from "./prove.ts";
import { p, signer } from "./signing.test.ts";
import { bundlePath, encodeBundle, tilePath, tilesForSize } from "./tiles.ts";
import {
  formatTlogProof,
  parseTlogProof,
  PROOF_BYTES_MAX,
  provesLeaf,
} from "./tlog-proof.ts";
import { ED25519 } from "./verifier-key.ts";

const log = signer("log.example", ED25519, 1);
const entry = (index: number): Uint8Array => utf8ToBytes(`entry ${index}`);
const leaf = (index: number): Uint8Array => leafHash(p, entry(index));

/** A log of that size as its files lie, with full tiles where the size has them, and its signed checkpoint. */
function logOf(size: number) {
  const nodes = emptyNodes();
  for (let i = 0; i < size; i++) addLeaf(p, nodes, leaf(i));
  const read = nodeReader(nodes);
  const files = new Map<string, Uint8Array>();
  for (const { level, index, width } of tilesForSize(size)) {
    const hashes = Array.from({ length: width }, (_, at) =>
      read(level * 8, index * 256 + at),
    );
    const tile = Buffer.concat(hashes);
    files.set(tilePath(level, index, width), Uint8Array.from(tile));
    if (level > 0) continue;
    const entries = Array.from({ length: width }, (_, at) =>
      entry(index * 256 + at),
    );
    files.set(bundlePath(index, width), encodeBundle(entries));
  }
  const root = rootAt(p, size, read);
  const text = formatCheckpoint({
    origin: "log.example",
    size,
    root,
    extensions: [],
  });
  const note = formatNote(text, [signNote(log.key, text, log.sign)]);
  const asked: string[] = [];
  return {
    files,
    note,
    asked,
    read: (path: string) => {
      asked.push(path);
      return Promise.resolve(files.get(path));
    },
  };
}

describe("a proof of an entry", () => {
  test.each([1, 2, 3, 255, 256, 257, 700])(
    "leads from every kind of place to the root, in a log of %i",
    async (size) => {
      const { read, note } = logOf(size);
      for (const index of new Set([0, 1, 255, 256, size - 2, size - 1])) {
        if (index < 0 || index >= size) continue;
        const file = formatTlogProof(await proveEntry(p, read, note, index));
        const proof = parseTlogProof(file);
        expect(provesLeaf(p, proof, leaf(index))).toBe(true);
        expect(provesLeaf(p, proof, leaf(index + 1))).toBe(false);
        expect(proof.extra).toEqual(entry(index));
        const opening = openCheckpoint(p, proof.signed, [log.key], NO_POLICY);
        expect(opening.outcome).toBe("opened");
      }
    },
  );

  test("costs a handful of files in a log of 70,000", async () => {
    const { read, note, asked } = logOf(70_000);
    await proveEntry(p, read, note, 12_345);
    expect(asked.length).toBeLessThanOrEqual(8);
  });

  test("comes out the same from nodes that are known, of a log that grew", async () => {
    const known: KnownNodes = new Map();
    for (const size of [600, 1_000, 1_024]) {
      const { read, note } = logOf(size);
      for (let index = 0; index < size; index += 37)
        expect(await proveEntry(p, read, note, index, known)).toEqual(
          await proveEntry(p, read, note, index),
        );
    }
    expect(known.size).toBeGreaterThan(3);
    // What is known wrongly is forgotten, and nothing is proved from it.
    const { read, note } = logOf(1_024);
    for (const name of known.keys()) known.set(name, new Uint8Array(32));
    await expect(proveEntry(p, read, note, 5, known)).rejects.toThrow(
      TilesDiffer,
    );
    const proof = await proveEntry(p, read, note, 5, known);
    expect(provesLeaf(p, proof, leaf(5))).toBe(true);
  });

  test("is made from the full tile where the partial one has gone", async () => {
    const size = 300;
    const { files, note } = logOf(size);
    for (const path of [tilePath(0, 1), bundlePath(1)]) {
      files.delete(`${path}.p/44`);
      files.set(path, logOf(512).files.get(path) ?? new Uint8Array(0));
    }
    const read = (path: string) => Promise.resolve(files.get(path));
    const proof = await proveEntry(p, read, note, 290);
    expect(provesLeaf(p, proof, leaf(290))).toBe(true);
  });

  test("is not made from a tile or an entry that was exchanged, or is missing", async () => {
    for (const path of [tilePath(0, 1, 44), bundlePath(1, 44)]) {
      const { files, read, note } = logOf(300);
      const good = files.get(path) ?? new Uint8Array(0);
      // Of every hash and every entry a byte is another.
      files.set(
        path,
        good.map((byte, at) => (at % 8 === 7 ? byte ^ 1 : byte)),
      );
      await expect(proveEntry(p, read, note, 256)).rejects.toThrow(TilesDiffer);
      files.delete(path);
      await expect(proveEntry(p, read, note, 256)).rejects.toThrow(TilesDiffer);
    }
  });
});

describe("the file of a proof", () => {
  const { read, note } = logOf(5);
  const proof = proveEntry(p, read, note, 3);

  test("is text as C2SP tlog-proof has it, with the checkpoint to the letter", async () => {
    const file = formatTlogProof(await proof);
    const lines = file.split("\n");
    expect(lines.slice(0, 3)).toEqual([
      "c2sp.org/tlog-proof@v1",
      `extra ${Buffer.from(entry(3)).toString("base64")}`,
      "index 3",
    ]);
    expect(lines[3]).toBe(Buffer.from(leaf(2)).toString("base64"));
    expect(file.endsWith(`\n\n${note}`)).toBe(true);
    expect(formatTlogProof(parseTlogProof(file))).toBe(file);
  });

  test("is read in one form only", async () => {
    const file = formatTlogProof(await proof);
    const bent: readonly (readonly [string, string])[] = [
      ["proof@v1", "proof@v2"],
      ["index 3", "index 03"],
      ["index 3", "index +3"],
      ["index 3", "index  3"],
      ["index 3", "Index 3"],
      ["index 3", "index 3\r"],
      ["index 3", "index 5"],
      ["index 3", "index 9007199254740993"],
      ["index 3\n", ""],
      ["index 3\n", "\nindex 3\n"],
      ["index 3\n", "index 3\nindex 3\n"],
      [`extra ${Buffer.from(entry(3)).toString("base64")}`, "extra "],
      ["extra ", "extra  "],
      ["extra ", "extra AA==\nextra "],
      ["=\n", "\n"],
      ["log.example\n5", "log.example\n05"],
    ];
    for (const [from, to] of bent) {
      const changed = file.replace(from, to);
      expect(changed, from).not.toBe(file);
      expect(() => parseTlogProof(changed), to).toThrow(FormatError);
    }
  });

  test("is refused when it is longer than any proof can be", async () => {
    const file = formatTlogProof(await proof);
    const hash = `${Buffer.from(leaf(0)).toString("base64")}\n`;
    const path = `index 3\n${hash.repeat(60)}`;
    expect(() => parseTlogProof(file.replace("index 3\n", path))).toThrow(
      "want at most 53",
    );
    expect(() => parseTlogProof("x".repeat(PROOF_BYTES_MAX + 1))).toThrow(
      "want at most 262144",
    );
  });

  test("that was bent proves nothing, or what it proved before", async () => {
    const good = formatTlogProof(await proof);
    const original = parseTlogProof(good);
    let read = 0;
    fc.assert(
      fc.property(bentBytes([utf8ToBytes(good)]), (raw) => {
        let bent;
        try {
          bent = parseTlogProof(raw);
        } catch (error) {
          if (error instanceof FormatError) return;
          throw error;
        }
        read++;
        const opening = openCheckpoint(p, bent.signed, [log.key], NO_POLICY);
        if (opening.outcome !== "opened") return;
        if (!provesLeaf(p, bent, leafHash(p, bent.extra ?? new Uint8Array(0))))
          return;
        expect(bent.index).toBe(original.index);
        expect(bent.extra).toEqual(original.extra);
        expect(bent.path).toEqual(original.path);
        expect(sameBytes(bent.checkpoint.root, original.checkpoint.root)).toBe(
          true,
        );
      }),
      { numRuns: 3_000 },
    );
    expect(read).toBeGreaterThan(20);
  });
});

describe("a leaf that is looked for", () => {
  test("is found by a scan of the tiles, and one that is not there is not", async () => {
    const { read } = logOf(700);
    for (const index of [0, 255, 256, 699])
      expect(await scanForLeaf(read, 700, leaf(index))).toBe(index);
    expect(await scanForLeaf(read, 700, leaf(700))).toBeUndefined();
    expect(await scanForLeaf(read, 690, leaf(699))).toBeUndefined();
  });

  test("is named by the index of leaves, however they came in", () => {
    const index = emptyLeafIndex(1_000);
    const hashes = Buffer.concat(
      Array.from({ length: 5_000 }, (_, i) => leaf(i)),
    );
    for (let at = 0; at < 5_000; at += 77)
      indexLeaves(index, hashes.subarray(at * 32, (at + 77) * 32));
    expect(index.size).toBe(6_000);
    for (let i = 0; i < 5_000; i += 13)
      expect(placesOf(index, leaf(i))).toContain(1_000 + i);
    expect(placesOf(index, leaf(5_000))).toEqual([]);
    // A leaf that stands twice is named twice.
    indexLeaves(index, leaf(4));
    expect(placesOf(index, leaf(4))).toEqual([1_004, 6_000]);
  });
});
