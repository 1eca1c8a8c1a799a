import type { DuckDBConnection } from "@duckdb/node-api";
import type { Alias } from "../../audit/ledger/aliases.ts";
import type { FeeStandard, Proposal } from "../../audit/ledger/ledger.ts";
import {
  asTried,
  type TriedClass,
  tryFee,
} from "../../audit/ledger/try-fee.ts";
import { type CountOptions, countLedger } from "./count.ts";

/**
 * Runs a draft fee over past receipts: what each class of payers paid then and would pay by the draft, in the passes of
 * `countLedger`. Throws `CannotCount`.
 */
export async function countDraft(
  connection: DuckDBConnection,
  selects: readonly string[],
  draft: readonly FeeStandard[],
  aliases: readonly Alias[],
  options: CountOptions = {},
): Promise<{
  readonly classes: readonly TriedClass[];
  readonly proposals: readonly Proposal[];
}> {
  const fees = asTried(draft);
  const { cells, proposals } = await countLedger(
    connection,
    selects,
    fees,
    aliases,
    options,
  );
  return { classes: tryFee(fees, cells), proposals };
}
