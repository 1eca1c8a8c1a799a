import { existsSync } from "node:fs";
import { join } from "node:path";
import { root, run, Stop, withProgress } from "./setup.mjs";

const EXAMPLE = join(root, "examples", "fees-2018-2023");

/** The ledger of the example is made where it is wanted: it is large, and the same bytes each time. */
export async function makeExample() {
  if (existsSync(join(EXAMPLE, "receipts.csv"))) return;
  const made = await withProgress("example", "receipts of six years", () =>
    run(process.execPath, [join(EXAMPLE, "generate.mjs")]),
  );
  if (made.code !== 0)
    throw new Stop(`Cannot make the example's receipts: ${made.output}`);
}
