import { createHash, randomUUID } from "node:crypto";
import { chmod, mkdir, open, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { quoteText } from "./sql.ts";
import { piecesOf } from "./text-of.ts";
import { vintageFile } from "./vintage.ts";

/** A Parquet file named by its SHA-256, `digest` those 32 bytes. */
export type Kept = {
  readonly file: string;
  readonly digest: Uint8Array;
  readonly rows: number;
};

/** Where one file is made: an engine of its own, and the way out of it. */
export type Workshop = {
  readonly connection: DuckDBConnection;
  /** Writes what a SELECT gives as a Parquet file: whole under its name, or not at all. */
  readonly keep: (select: string) => Promise<Kept>;
};

/**
 * Opens a throw-away engine that can read one file and write one folder within `outFolder`, which is removed at the
 * end whatever happened. The same rows in the same version of DuckDB give the same bytes, whatever the threads.
 */
export async function inWorkshop<T>(
  outFolder: string,
  reads: string | undefined,
  work: (workshop: Workshop) => Promise<T>,
): Promise<T> {
  const bench = join(resolve(outFolder), `.import-${randomUUID()}`);
  await mkdir(bench, { recursive: true });
  try {
    return await withEngine({ reads, writes: bench }, (connection) =>
      work({
        connection,
        keep: (select) => keep(connection, select, bench, outFolder),
      }),
    );
  } finally {
    await rm(bench, { recursive: true, force: true });
  }
}

/** An engine that can read one file, and nothing else. */
export function lookingInto<T>(
  reads: string,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  return withEngine({ reads, writes: undefined }, work);
}

type Reach = {
  readonly reads: string | undefined;
  readonly writes: string | undefined;
};

async function withEngine<T>(
  { reads, writes }: Reach,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const instance = await DuckDBInstance.create(":memory:", {
    memory_limit: "2GB",
    threads: "2",
    temp_directory: writes === undefined ? "" : join(writes, "spilled"),
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
  });
  try {
    const connection = await instance.connect();
    await connection.run("set timezone = 'UTC'");
    if (writes !== undefined)
      await connection.run(
        `set allowed_directories = [${quoteText(`${writes}/`)}]`,
      );
    if (reads !== undefined)
      await connection.run(
        `set allowed_paths = [${quoteText(resolve(reads))}]`,
      );
    await connection.run("set enable_external_access = false");
    await connection.run("set lock_configuration = true");
    return await work(connection);
  } finally {
    instance.closeSync();
  }
}

async function keep(
  connection: DuckDBConnection,
  select: string,
  bench: string,
  outFolder: string,
): Promise<Kept> {
  const made = join(bench, "made.parquet");
  const written = await connection.runAndReadAll(
    `copy (${select}) to ${quoteText(made)} (format parquet, compression zstd)`,
  );
  const digest = await digestOf(made);
  const file = join(outFolder, vintageFile(digest));
  // A vintage is never written again, by nobody.
  await chmod(made, 0o444);
  await sync(made);
  await rename(made, file);
  await sync(outFolder);
  return { file, digest, rows: Number(written.getRows()[0]?.[0]) };
}

async function digestOf(file: string): Promise<Uint8Array> {
  const hash = createHash("sha256");
  for await (const piece of piecesOf(file)) hash.update(piece);
  return new Uint8Array(hash.digest());
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
