import { setTimeout as sleep } from "node:timers/promises";
import type * as z from "zod/mini";
import { fromBase64url } from "../acts/bytes.ts";
import { showMoney } from "../audit/says.ts";
import { parseReceipt, type Receipt } from "../uses/receipt.ts";
import { parseUsageEntry, type Settle } from "../uses/use.ts";
import type { Asker } from "./asker.ts";
import { readAs, streamedReceipts } from "./read-as.ts";
import { keep, settledOf } from "./receipt-file.ts";

type Say = (line: string) => void;

/** A settle is entered with the last byte, and its receipt signed a moment later. */
const TRIES = 20;
const BETWEEN_MS = 250;

/** The receipts of what was streamed, with that of its settle where the office gives it in time; undefined where it gives none. */
async function fetchReceipts(
  asker: Asker,
  path: string,
  wantsSettle: boolean,
): Promise<z.infer<typeof streamedReceipts> | undefined> {
  let found: z.infer<typeof streamedReceipts> | undefined;
  for (let i = 0; i < TRIES; i++) {
    if (i > 0) await sleep(BETWEEN_MS);
    const answer = await asker.look(path).catch(() => undefined);
    if (answer?.status === 200)
      found = readAs(streamedReceipts, answer.body, "receipts");
    if (found !== undefined && (!wantsSettle || found.settle !== undefined))
      return found;
  }
  return found;
}

/**
 * What the headers of an answer and its receipts say of it: its price, its entry, and what a stream came to. Tells whether the
 * office has settled it, and how.
 */
export async function tellReceipts(
  asker: Asker,
  { headers }: Response,
  options: {
    readonly receipt?: string;
    readonly isStream: boolean;
    readonly say: Say;
  },
): Promise<Settle | undefined> {
  const { receipt: file, isStream, say } = options;
  const [amount = "0", currency = "CNY"] = (
    headers.get("Vitrine-Price") ?? "0"
  ).split(" ");
  const most = showMoney(Math.round(Number(amount) * 100), currency);
  const at = headers.get("Vitrine-Receipts-At");
  const kept =
    at === null ? undefined : await fetchReceipts(asker, at, isStream);
  const settle = kept?.settle === undefined ? undefined : settleIn(kept.settle);
  if (settle !== undefined)
    say(
      `price     ${showMoney(settle.charge, currency)} (${settle.result}; it could cost ${most} at most)`,
    );
  else
    say(
      `price     ${at !== null && isStream ? `${most} at most; the office has not said yet what it came to` : most}`,
    );
  say(`entry     ${headers.get("Vitrine-Entry") ?? ""}`);
  if (file === undefined) return settle;
  const use = kept?.use ?? receiptIn(headers.get("Vitrine-Receipt"));
  if (use !== undefined) await keep(file, use, say);
  if (kept?.settle !== undefined) await keep(settledOf(file), kept.settle, say);
  else if (at !== null && isStream)
    say(
      `receipt   of what it came to: not given yet; for thirty days it is at ${asker.address}${at}`,
    );
  return settle;
}

function settleIn(receipt: Receipt): Settle | undefined {
  const entry = parseUsageEntry(fromBase64url(receipt.entry));
  return entry.kind === "settle" ? entry : undefined;
}

function receiptIn(header: string | null): Receipt | undefined {
  return header === null ? undefined : parseReceipt(fromBase64url(header));
}
