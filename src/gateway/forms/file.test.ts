import { createHash } from "node:crypto";
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Batch } from "../../engine/source.ts";
import type { Cell } from "../../engine/values.ts";
import type { Column } from "./batch.ts";
import { BulkFiles, type FileKey, type Lease } from "./file.ts";
import { batchesOf } from "./rows.sample.ts";

const columns: Column[] = [
  { name: "plate", type: "text" },
  { name: "year", type: "integer" },
];
const key: FileKey = { permit: "sanhe-trade", entry: 12, vintage: "v1" };
const MEGABYTE = 1024 * 1024;

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-files-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A source that counts how often it is asked; `seed` makes other rows. */
function source(seed = 0, count = 1_000) {
  const rows = Array.from({ length: count }, (_, i): Cell[] => [
    createHash("sha256").update(`${seed} ${i}`).digest("hex"),
    seed + i,
  ]);
  return vi.fn<() => AsyncIterable<Batch>>(() => batchesOf(rows, 100, columns));
}

const filesIn = (folder: string) =>
  readdirSync(folder).filter((name) => name.endsWith(".parquet"));
const sha256Of = (path: string) =>
  createHash("sha256").update(readFileSync(path)).digest("hex");
async function took(taking: Promise<Lease>): Promise<Lease> {
  const lease = await taking;
  lease.release();
  return lease;
}

test("a file is named by its SHA-256, its ETag begins like it, and the same rows are the same file anywhere", async () => {
  const [here, there] = [newFolder(), newFolder()];
  const leases: Lease[] = [];
  for (const folder of [here, there]) {
    const files = await BulkFiles.open(folder, MEGABYTE);
    leases.push(await took(files.take(key, columns, source())));
  }
  expect(filesIn(here)).toEqual(filesIn(there));
  const [{ path, etag, size } = { path: "", etag: "", size: 0 }] = leases;
  expect(filesIn(here)).toEqual([`${sha256Of(path)}.parquet`]);
  expect(etag).toBe(`"${sha256Of(path).slice(0, 32)}"`);
  expect(size).toBe(statSync(path).size);
  expect(leases[1]?.etag).toBe(etag);
});

test("two who ask at once, and all who ask later, get one file that was made once", async () => {
  const folder = newFolder();
  const files = await BulkFiles.open(folder, MEGABYTE);
  const rows = source();
  const take = () => took(files.take(key, columns, rows));
  const leases = [...(await Promise.all([take(), take(), take()]))];
  leases.push(await take());
  expect(rows).toHaveBeenCalledTimes(1);
  expect(new Set(leases.map(({ path }) => path)).size).toBe(1);
  expect(readdirSync(folder)).toHaveLength(2);
});

test("another permit, entry, vintage, field, type or token is another file", async () => {
  const files = await BulkFiles.open(newFolder(), MEGABYTE);
  const token = (value: string) => `t${value}`;
  const [plate, year] = columns;
  if (plate === undefined || year === undefined) throw new Error("want two");
  const asked: [FileKey, Column[]][] = [
    [key, columns],
    [{ ...key, permit: "other-trade" }, columns],
    [{ ...key, permit: undefined }, columns],
    [{ ...key, entry: 13 }, columns],
    [{ ...key, vintage: "v2" }, columns],
    [key, [year, plate]],
    [key, [plate, { ...year, type: "decimal" }]],
    [key, [{ ...plate, token }, year]],
  ];
  for (const [i, [of, fields]] of asked.entries()) {
    const rows = source(i, 10);
    const swapped = fields[0] === year;
    const given = () => (swapped ? batchesOf([[i, "a"]], 1, fields) : rows());
    const asking = vi.fn<() => AsyncIterable<Batch>>(given);
    await took(files.take(of, fields, asking));
    await took(files.take(of, fields, asking));
    expect(asking).toHaveBeenCalledTimes(1);
  }
});

test("a restart keeps what was made and removes what was left unfinished", async () => {
  const folder = newFolder();
  const rows = source();
  await took((await BulkFiles.open(folder, MEGABYTE)).take(key, columns, rows));
  const before = readdirSync(folder);
  for (const name of [
    "0a.tmp",
    `${"a".repeat(64)}.json.0b.tmp`,
    `${"b".repeat(64)}.parquet`,
    `${"c".repeat(64)}.json`,
  ])
    writeFileSync(join(folder, name), "half");
  const files = await BulkFiles.open(folder, MEGABYTE);
  expect(readdirSync(folder).toSorted()).toEqual(before.toSorted());
  await took(files.take(key, columns, rows));
  expect(rows).toHaveBeenCalledTimes(1);
});

test("a file whose bytes are not those of its name is made again, also one that was changed while we ran", async () => {
  const folder = newFolder();
  const rows = source();
  const files = await BulkFiles.open(folder, MEGABYTE);
  const { path } = await took(files.take(key, columns, rows));
  const good = readFileSync(path);
  const bent = Buffer.from(good);
  bent[100] = (bent[100] ?? 0) ^ 1;
  writeFileSync(path, bent);
  await took(files.take(key, columns, rows));
  expect(readFileSync(path).equals(good)).toBe(true);
  writeFileSync(path, bent);
  const again = await BulkFiles.open(folder, MEGABYTE);
  await took(again.take(key, columns, rows));
  rmSync(path);
  await took(again.take(key, columns, rows));
  expect(readFileSync(path).equals(good)).toBe(true);
  expect(rows).toHaveBeenCalledTimes(4);
});

test("files take no more room than they may: what was used least recently goes, what is being read stays", async () => {
  const folder = newFolder();
  const { size } = await took(
    (await BulkFiles.open(newFolder(), MEGABYTE)).take(key, columns, source()),
  );
  const files = await BulkFiles.open(folder, Math.ceil(size * 2.5));
  const take = (entry: number) =>
    files.take({ ...key, entry }, columns, source(entry));
  const first = await take(1);
  await took(take(2));
  await took(take(3));
  expect(filesIn(folder)).toHaveLength(2);
  expect(filesIn(folder)).toContain(first.path.slice(folder.length + 1));
  expect(files.bytes).toBeLessThanOrEqual(size * 2.5);

  const third = await take(3);
  await expect(take(4)).rejects.toThrow("taken by files that are being read");
  first.release();
  const fourth = await took(take(4));
  expect(filesIn(folder).toSorted()).toEqual(
    [third, fourth].map(({ path }) => path.slice(folder.length + 1)).toSorted(),
  );
  third.release();
  expect(readdirSync(folder)).toHaveLength(4);
});

test("a file that was asked for again stays longer than one that was not", async () => {
  const files = await BulkFiles.open(newFolder(), 140_000);
  const take = async (entry: number) => {
    const rows = source(entry);
    await took(files.take({ ...key, entry }, columns, rows));
    return rows.mock.calls.length;
  };
  const made: number[] = [];
  for (const entry of [1, 2, 1, 3, 1, 2]) made.push(await take(entry));
  // The third takes the place of the second, and then the second that of the third.
  expect(made).toEqual([1, 1, 0, 1, 0, 1]);
});

test("a file that cannot fit is refused and leaves nothing, nor does a source that fails", async () => {
  const folder = newFolder();
  const files = await BulkFiles.open(folder, 1_000);
  await expect(files.take(key, columns, source())).rejects.toThrow(
    "it is larger than the 1000 bytes that files may take",
  );
  async function* failing() {
    yield* source(0, 10)();
    throw new Error("the source is gone");
  }
  const larger = await BulkFiles.open(folder, MEGABYTE);
  await expect(larger.take(key, columns, failing)).rejects.toThrow(
    "the source is gone",
  );
  expect(readdirSync(folder)).toEqual([]);
  expect([files.bytes, larger.bytes]).toEqual([0, 0]);
  await took(larger.take(key, columns, source()));
});

test("what is dropped goes at once, and what is being read when it was released; a file of two permits stays for the other", async () => {
  const folder = newFolder();
  const files = await BulkFiles.open(folder, MEGABYTE);
  const other: FileKey = { ...key, permit: "other-trade" };
  await took(files.take(other, columns, source()));
  const lease = await files.take(key, columns, source());
  expect(filesIn(folder)).toHaveLength(1);
  await files.drop(({ permit }) => permit === "other-trade");
  expect(readdirSync(folder)).toHaveLength(2);
  await files.drop(({ permit }) => permit === "sanhe-trade");
  expect(readFileSync(lease.path).length).toBe(lease.size);
  lease.release();
  await vi.waitFor(() => expect(readdirSync(folder)).toEqual([]));
  expect(files.bytes).toBe(0);
});

test("many who take, drop and crowd each other out always read whole files, and nothing is left behind", async () => {
  const folder = newFolder();
  const files = await BulkFiles.open(folder, 120_000);
  let read = 0;
  await Promise.all(
    Array.from({ length: 60 }, async (_, i) => {
      const entry = i % 7;
      for (let wait = 0; wait < i % 5; wait++) await setImmediate();
      if (i % 11 === 10) await files.drop((of) => of.entry === entry);
      const taking = files.take(
        { ...key, entry },
        columns,
        source(entry % 4, 300),
      );
      const lease = await taking.catch((error: unknown) => {
        expect(String(error)).toContain("being read");
      });
      if (lease === undefined) return;
      await setImmediate();
      expect(lease.path).toContain(sha256Of(lease.path));
      read++;
      lease.release();
    }),
  );
  expect(read).toBeGreaterThan(10);
  expect(files.bytes).toBeLessThanOrEqual(120_000);
  await files.drop(() => true);
  await vi.waitFor(() => expect(readdirSync(folder)).toEqual([]));
  expect(files.bytes).toBe(0);
});
