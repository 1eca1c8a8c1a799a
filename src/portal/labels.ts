import type { Context } from "hono";
import { toBase64url } from "../acts/bytes.ts";
import { showMoney } from "../audit/says.ts";
import { quotaHeaders } from "../gateway/allowed.ts";
import type { Entered } from "../gateway/desk.ts";
import type { GateOptions } from "./app.tsx";
import { gatewayOf } from "./gateway-of.ts";
import { type Receipt, receiptText } from "../uses/receipt.ts";

/** What every answer says of itself in its headers: its entry, its log and what it costs. */
export function labels(
  c: Context,
  { leaf, price, charge, receipt, permit }: Entered,
  { office, gateway }: Pick<GateOptions, "office" | "gateway">,
): void {
  const fee = price?.fee?.act;
  c.header("Cache-Control", "no-store");
  c.header("Vitrine-Entry", leaf);
  c.header(
    "Vitrine-Price",
    fee === undefined ? "0" : priceText(charge, fee.currency),
  );
  c.header("Vitrine-Log", receipt.log);
  const left = quotaHeaders(permit, office.register, gateway()?.spent);
  for (const [name, value] of Object.entries(left)) c.header(name, value);
}

/** 2.40 CNY: as people write it, and without grouping, as programs read it. */
function priceText(minor: number, currency: string): string {
  return showMoney(minor, currency).replaceAll(",", "");
}

/** The receipt in a header. What it opens may be long, and is had at its own address. */
export function headReceipt(c: Context, receipt: Receipt): void {
  const { opening: _, ...promise } = receipt;
  c.header("Vitrine-Receipt", toBase64url(Buffer.from(receiptText(promise))));
}

/**
 * The head of an answer that has no room for a receipt in its body. Whoever asked under a permit finds the receipts at their own
 * address: what is kept for them, undefined for anybody else.
 */
export function headEntered(
  c: Context,
  entered: Entered,
  options: GateOptions,
  organisation: string | undefined,
) {
  const { leaf, receipt: use, permit } = entered;
  labels(c, entered, options);
  headReceipt(c, use);
  if (organisation === undefined || permit === undefined) return undefined;
  c.header("Vitrine-Receipts-At", `/receipts/${leaf}`);
  const kept = { organisation, use };
  gatewayOf(options).shelf.put(leaf, kept);
  return kept;
}

export function asciiOnly(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, "?");
}
