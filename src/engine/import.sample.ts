import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import type { TypedField } from "../uses/check-plan.ts";
import { importFile, type ImportOrder } from "./import.ts";
import { ImportError } from "./import-error.ts";
import { quoteText } from "./sql.ts";
import { toCell } from "./values.ts";

/** A folder for the files of a test, and one for what is made of them, which each test finds empty. */
export const folder = mkdtempSync(join(tmpdir(), "vitrine-import-"));
export const outFolder = join(folder, "out");
export const clearOut = (): void =>
  rmSync(outFolder, { recursive: true, force: true });
export const removeFolder = (): void => rmSync(folder, { recursive: true });

export const people: readonly TypedField[] = [
  { name: "name", type: "text" },
  { name: "age", type: "integer" },
  { name: "seen", type: "date" },
];

export function write(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

export async function sql(text: string) {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const rows = (await connection.runAndReadAll(text)).getRows();
  instance.closeSync();
  return rows;
}

export async function rowsOf(order: Omit<ImportOrder, "outFolder">) {
  const made = await importFile({ ...order, outFolder });
  const rows = await sql(`select * from read_parquet(${quoteText(made.file)})`);
  if (made.rows !== rows.length)
    throw new Error(`${made.rows} rows were said, ${rows.length} are there`);
  return rows.map((row) => row.map(toCell));
}

/** The message of a refused import, which has left nothing behind. */
export async function refusal(
  order: Omit<ImportOrder, "outFolder">,
): Promise<string> {
  try {
    await importFile({ ...order, outFolder });
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    if (left().length > 0 || error.message.includes("\n"))
      throw new Error("a refusal has left a file or is not one line", {
        cause: error,
      });
    return error.message.replace(/^Cannot import /, "");
  }
  return "imported";
}

export function left(): string[] {
  try {
    return readdirSync(outFolder);
  } catch {
    return [];
  }
}
