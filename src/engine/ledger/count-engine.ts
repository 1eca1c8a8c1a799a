import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";

export type EngineLimits = {
  readonly memoryMegabytes: number;
  readonly threads: number;
};

const LIMITS: EngineLimits = { memoryMegabytes: 450, threads: 2 };

/**
 * An engine for one ledger, closed at the end whatever happened. What does not fit into its memory goes into `work`, a
 * folder that the caller made and removes.
 */
export async function withLedgerEngine<T>(
  work: string,
  count: (connection: DuckDBConnection) => Promise<T>,
  limits: Partial<EngineLimits> = {},
): Promise<T> {
  const { memoryMegabytes, threads } = { ...LIMITS, ...limits };
  const instance = await DuckDBInstance.create(":memory:", {
    memory_limit: `${memoryMegabytes}MB`,
    threads: String(threads),
    temp_directory: work,
    preserve_insertion_order: "false",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
  });
  try {
    const connection = await instance.connect();
    await connection.run("set timezone = 'UTC'");
    return await count(connection);
  } finally {
    instance.closeSync();
  }
}
