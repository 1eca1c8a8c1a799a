import * as z from "zod/mini";
import { fromBase64url } from "../acts/bytes.ts";
import type { Sql } from "../store/database.ts";
import {
  keepReceipt,
  keptReceipt,
  pruneReceipts,
} from "../store/kept-receipts.ts";
import { seal, unseal } from "../store/openings.ts";
import { type Receipt, receipt } from "../uses/receipt.ts";
import { parseUsageEntry } from "../uses/use.ts";

/** The receipts of a streamed answer; without `settle` it is still on its way, or its gateway ended before it did. */
export type Streamed = {
  readonly organisation: string;
  readonly use: Receipt;
  readonly settle?: Receipt;
};

const kept = z.object({ use: receipt });

const KEPT_MS = 30 * 86_400_000;
const PRUNE_MS = 3_600_000;
const LAST_MAX = 64;

/**
 * Where whoever streamed an answer finds its receipts again for thirty days. They come off the way of a request: what the
 * database has not taken yet is remembered, and given to it with the next tick.
 */
export class ReceiptShelf {
  readonly #sql: Sql;
  readonly #key: Uint8Array;
  readonly #now: () => number;
  readonly #waiting = new Map<string, Streamed>();
  readonly #last = new Map<string, Streamed>();
  #pruned = 0;

  constructor(sql: Sql, key: Uint8Array, now: () => number) {
    this.#sql = sql;
    this.#key = key;
    this.#now = now;
  }

  /** The same receipt again, as each range of a file has it, is kept once. */
  put(leaf: string, streamed: Streamed): void {
    const last = this.#last.get(leaf);
    if (last?.use === streamed.use && last.settle === streamed.settle) return;
    this.#last.set(leaf, streamed);
    const [oldest] = this.#last.keys();
    if (this.#last.size > LAST_MAX && oldest !== undefined)
      this.#last.delete(oldest);
    this.#waiting.set(leaf, streamed);
  }

  /** For the organisation that asked, and for nobody else; a token for one permit opens what that permit was asked for. */
  async get(
    leaf: string,
    organisation: string,
    permit?: string,
  ): Promise<string | undefined> {
    const text = await this.#get(leaf, organisation);
    if (text === undefined || permit === undefined) return text;
    const { use } = kept.parse(JSON.parse(text));
    const entry = parseUsageEntry(fromBase64url(use.entry));
    return entry.kind === "use" && entry.permit === permit ? text : undefined;
  }

  async #get(leaf: string, organisation: string): Promise<string | undefined> {
    const waiting = this.#waiting.get(leaf);
    if (waiting !== undefined)
      return waiting.organisation === organisation
        ? textOf(waiting)
        : undefined;
    const sealed = await keptReceipt(
      this.#sql,
      fromBase64url(leaf),
      organisation,
    );
    return sealed === undefined
      ? undefined
      : unseal(this.#key, sealed).toString("utf8");
  }

  async tick(): Promise<void> {
    const at = this.#now();
    for (const [leaf, streamed] of [...this.#waiting]) {
      const { organisation } = streamed;
      const sealed = seal(this.#key, Buffer.from(textOf(streamed)));
      await keepReceipt(this.#sql, {
        ...{ leaf: fromBase64url(leaf), organisation, sealed, at },
      });
      if (this.#waiting.get(leaf) === streamed) this.#waiting.delete(leaf);
    }
    if (at - this.#pruned < PRUNE_MS) return;
    await pruneReceipts(this.#sql, at - KEPT_MS);
    this.#pruned = at;
  }
}

function textOf({ use, settle }: Streamed): string {
  return JSON.stringify({ use, ...(settle === undefined ? {} : { settle }) });
}
