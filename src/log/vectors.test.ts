import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { fromBase64 } from "../acts/bytes.ts";
import { parseCheckpoint } from "./checkpoint.ts";
import { leafHash } from "./hash.ts";
import { parseNote } from "./note.ts";
import { openCheckpoint } from "./open-checkpoint.ts";
import { parsePolicy } from "./policy.ts";
import {
  consistencyProof,
  hashReader,
  inclusionProof,
  rootAt,
  verifyConsistency,
  verifyInclusion,
} from "./proof.ts";
import { p } from "./signing.test.ts";
import { bundlePath, bundlesForSize, decodeBundle, tilePath } from "./tiles.ts";
import { rootOfLeaves } from "./tree.ts";
import { parseVerifierKey } from "./verifier-key.ts";

const REPOSITORY = path.resolve(import.meta.dirname, "../..");
const VECTORS =
  process.env["VITRINE_VECTORS"] ?? path.join(REPOSITORY, "../shared/vectors");
const isThere = (folder: string) => existsSync(path.join(VECTORS, folder));
const SKIPPED =
  "skipped: no third-party vectors at ../shared/vectors (or VITRINE_VECTORS)";

describe("transparency-dev/merkle proofs", () => {
  if (!isThere("merkle")) return test.skip(SKIPPED);

  test("all inclusion cases come out as they say", () => {
    const cases = casesIn("merkle/inclusion");
    expect(cases.length).toBe(98);
    for (const { file, field, hash, proof } of cases) {
      const verified = verifyInclusion(
        p,
        hash("leafHash"),
        Number(field("leafIdx")),
        Number(field("treeSize")),
        proof,
        hash("root"),
      );
      expect([file, verified]).toEqual([file, !field("wantErr")]);
    }
  });

  test("all consistency cases come out as they say", () => {
    const cases = casesIn("merkle/consistency");
    expect(cases.length).toBe(98);
    for (const { file, field, hash, proof } of cases) {
      const verified = verifyConsistency(
        p,
        Number(field("size1")),
        hash("root1"),
        Number(field("size2")),
        hash("root2"),
        proof,
      );
      expect([file, verified]).toEqual([file, !field("wantErr")]);
    }
  });
});

describe("transparency-dev/tessera's log", () => {
  if (!isThere("tessera-log")) return test.skip(SKIPPED);

  const bytesOf = (name: string) =>
    new Uint8Array(readFileSync(path.join(VECTORS, "tessera-log", name)));
  const textOf = (name: string) => new TextDecoder().decode(bytesOf(name));
  const log = parseVerifierKey(p, textOf("log.vkey").trim());
  const sizes = Array.from({ length: 16 }, (_, size) => size);
  const rootOfSize = (size: number) =>
    parseCheckpoint(parseNote(bytesOf(`checkpoint.${size}`)).text).root;
  const readerAt = (size: number) =>
    hashReader(p, size, (level, index, width) =>
      bytesOf(tilePath(level, index, width)),
    );
  const leavesAt = (size: number) =>
    [...bundlesForSize(size)].flatMap(({ index, width }) => {
      const entries = decodeBundle(bytesOf(bundlePath(index, width)));
      expect(entries.length).toBe(width);
      return entries.map((entry) => leafHash(p, entry));
    });

  test.each(sizes)(
    "checkpoint %i verifies, and its root follows from bundles and from tiles",
    (size) => {
      const policy = parsePolicy(
        p,
        `log ${textOf("log.vkey").trim()}\nquorum none\n`,
      );
      const opening = openCheckpoint(
        p,
        parseNote(bytesOf(`checkpoint.${size}`)),
        policy.logs.map(({ key }) => key),
        policy,
      );
      expect(opening).toMatchObject({
        outcome: "opened",
        isQuorumMet: true,
        checkpoint: { origin: log.name, size },
      });
      const root = rootOfSize(size);
      expect(rootOfLeaves(p, leavesAt(size))).toEqual(root);
      expect(rootAt(p, size, readerAt(size))).toEqual(root);
    },
  );

  test("the newest checkpoint is that of size 15", () => {
    expect(textOf("checkpoint")).toBe(textOf("checkpoint.15"));
  });

  test("inclusion proofs built from its tiles verify for every entry and size", () => {
    for (const size of sizes) {
      for (const [index, leaf] of leavesAt(size).entries()) {
        const proof = inclusionProof(p, index, size, readerAt(size));
        expect(
          verifyInclusion(p, leaf, index, size, proof, rootOfSize(size)),
        ).toBe(true);
      }
    }
  });

  test("consistency proofs built from its tiles verify for every pair of sizes", () => {
    for (const newer of sizes) {
      for (const older of sizes.slice(1, newer + 1)) {
        const proof = consistencyProof(p, older, newer, readerAt(newer));
        expect(
          verifyConsistency(
            p,
            older,
            rootOfSize(older),
            newer,
            rootOfSize(newer),
            proof,
          ),
        ).toBe(true);
      }
    }
  });
});

type Case = {
  file: string;
  field: (name: string) => unknown;
  hash: (name: string) => Uint8Array;
  proof: Uint8Array[];
};

function casesIn(folder: string): Case[] {
  const files = readdirSync(path.join(VECTORS, folder), {
    recursive: true,
    encoding: "utf8",
  });
  return files
    .filter((file) => file.endsWith(".json"))
    .map((file) => {
      const fields: Record<string, unknown> = JSON.parse(
        readFileSync(path.join(VECTORS, folder, file), "utf8"),
      );
      const field = (name: string) => fields[name];
      const list = field("proof") ?? [];
      return {
        file,
        field,
        hash: (name) => fromBase64(String(field(name))),
        proof: Array.isArray(list)
          ? list.map((text) => fromBase64(String(text)))
          : [],
      };
    });
}
