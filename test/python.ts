import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** What a Python program printed; undefined where there is no Python or not what it imports. */
export function python(program: string, ...args: string[]): string | undefined {
  const { status, stdout } = spawnSync("python3", ["-c", program, ...args], {
    encoding: "utf8",
  });
  return status === 0 ? stdout.trim() : undefined;
}

/** DuckDB's extension for HTTP comes as a Python package of its own, where it was installed. */
export function httpfsOf(version: string): string | undefined {
  const where = python(
    "import duckdb_extension_httpfs as m; print(list(m.__path__)[0])",
  );
  if (where === undefined) return undefined;
  const path = join(where, "extensions", version, "httpfs.duckdb_extension");
  return existsSync(path) ? path : undefined;
}

/** Said by a test that leaves it out. */
export function withoutHttpfs(version: string): string {
  return `not tried: DuckDB ${version} over HTTP, since its extension httpfs is not built in and not there (pip install duckdb-extension-httpfs==${version.slice(1)})`;
}
