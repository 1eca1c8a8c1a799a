import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { schemaFor } from "../../../test/postgres.ts";
import { emptyRoot, leafHash } from "../../log/hash.ts";
import { rootOfLeaves } from "../../log/tree.ts";
import { primitives } from "../../store/crypto.ts";
import { openDatabase, readHead, type Sql } from "../../store/database.ts";
import { LogFiles } from "../../store/log-files.ts";
import { placeOf } from "../../store/log.ts";
import { benchEntry, layRightEdge } from "./right-edge.ts";
import { benchCosts } from "./sizes.ts";
import { benchWriting } from "./writing.ts";

const top = mkdtempSync(join(tmpdir(), "vitrine-sizes-"));
let sql: Sql;
beforeAll(async () => {
  sql = await openDatabase((await schemaFor("bench_sizes")).url);
});
afterAll(async () => {
  await sql.end();
  rmSync(top, { recursive: true });
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name).slice(folder.length))
    .sort();
}

test.each([1, 256, 10_000, 66_000])(
  "a log that was made at %i entries has the files of one that was written",
  async (size) => {
    const made = placeOf(join(top, `made-${size}`), `made-${size}`, "log");
    await layRightEdge(sql, made, size);
    const written = join(top, `written-${size}`);
    const files = await LogFiles.open(written, 0, emptyRoot(primitives));
    await files.extend(Array.from({ length: size }, (_, i) => benchEntry(i)));
    expect(filesBelow(made.publicFolder)).toEqual(filesBelow(written));
  },
);

test("a log that was made goes on: it is opened, written to, and opened again", async () => {
  const rounds = { starts: 1, singles: 3, batches: 2 };
  const figures = await benchCosts(sql, top, [1_000, 200_000], rounds);
  const head = await readHead(sql, "bench.example/size-199952");
  expect(head?.size).toBe(199_952 + 3 + 2 * 256);
  const place = placeOf(
    join(top, "size-199952"),
    "bench.example/size-199952",
    "log",
  );
  const again = await LogFiles.open(
    place.publicFolder,
    head?.size ?? 0,
    head?.root ?? Buffer.alloc(0),
  );
  expect(await again.entries(199_952, 199_955)).toEqual(
    [199_952, 199_953, 199_954].map((i) => Buffer.from(benchEntry(i))),
  );
  expect(figures.map(({ what }) => what.split(":")[0])).toEqual(
    Array.from({ length: 5 }, () => [
      "log of 784 entries",
      "log of 199,952 entries",
    ]).flat(),
  );
  const smallest = figures.filter(({ what }) => what.includes(" 784 "));
  expect(smallest.every(({ against }) => against === "")).toBe(true);
});

test("the log that memory is measured on is whole, and goes away again", async () => {
  const folder = mkdtempSync(join(top, "memory-"));
  const figures = await benchWriting(sql, folder, 30_000);
  expect(figures[2]?.figure).toMatch(
    /^[\d,]+ MB at [\d,]+, [\d,]+ MB at [\d,]+, [\d,]+ MB at 30,000$/,
  );
  const head = await readHead(sql, "bench.example/writing");
  expect(head?.size).toBe(30_000);
  const leaves = Array.from({ length: 30_000 }, (_, i) =>
    leafHash(primitives, benchEntry(i)),
  );
  expect(head?.root).toEqual(rootOfLeaves(primitives, leaves));
  expect(readdirSync(folder)).toEqual([]);
});
