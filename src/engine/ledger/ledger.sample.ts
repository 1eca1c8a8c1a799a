import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import {
  type LedgerFiles,
  readLedger,
  type ReadOptions,
} from "./read-ledger.ts";

export type Bench = {
  readonly folder: string;
  readonly connection: DuckDBConnection;
  /** Writes a file and gives its path. */
  readonly put: (name: string, content: string | Uint8Array) => Promise<string>;
  /** Reads files, each time into a folder of its own. */
  readonly read: (
    files: readonly string[],
    options?: Partial<ReadOptions>,
  ) => Promise<LedgerFiles & { readonly rejectsFile: string }>;
  /** Receipts in the order of file and line. */
  readonly rows: (
    selects: readonly string[],
  ) => Promise<readonly Readonly<Record<string, unknown>>[]>;
};

/** A folder and an engine for one test, both gone afterwards. */
export async function onBench<T>(
  work: (bench: Bench) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "vitrine-ledger-"));
  const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
  const connection = await instance.connect();
  try {
    return await work({
      folder,
      connection,
      put: async (name, content) => {
        const path = join(folder, name);
        await writeFile(path, content);
        return path;
      },
      read: async (files, options = {}) => {
        const own = await mkdtemp(join(folder, "work-"));
        const rejectsFile = join(own, "rejected.csv");
        const read = await readLedger(connection, files, {
          work: own,
          rejectsFile,
          ...options,
        });
        return { ...read, rejectsFile };
      },
      rows: async (selects) => {
        const reader = await connection.runAndReadAll(
          `select * from (${selects.join(" union all ")}) order by file, line, day, minor, reference`,
        );
        return reader.getRowObjectsJson();
      },
    });
  } finally {
    instance.closeSync();
    await rm(folder, { recursive: true, force: true });
  }
}
