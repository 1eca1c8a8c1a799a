import { fromBase64url, toBase64url } from "../acts/bytes.ts";
import type { Primitives } from "../acts/primitives.ts";
import type { ReadRegister } from "../register/register.ts";
import { parseUsageEntry } from "../uses/use.ts";
import { checkReceipt, type Receipt, receiptLeaf } from "../uses/receipt.ts";
import { add, type Faults } from "./report.ts";

/** What the receipts at hand promise: the leaf hashes to look for, by log. */
export function promisedBy(p: Primitives, receipts: readonly Receipt[]): Map<string, Map<string, boolean>> {
  const promised = new Map<string, Map<string, boolean>>();
  for (const receipt of receipts) {
    const ofLog = promised.get(receipt.log) ?? new Map<string, boolean>();
    ofLog.set(toBase64url(receiptLeaf(p, receipt)), false);
    promised.set(receipt.log, ofLog);
  }
  return promised;
}

/** After the logs were walked: each receipt's own proof, and whether its promise was kept. Gives how many are not due yet. */
export function auditReceipts(
  p: Primitives, faults: Faults, register: ReadRegister, receipts: readonly Receipt[], promised: ReadonlyMap<string, ReadonlyMap<string, boolean>>, now: number,
): { readonly kept: number; readonly notDue: number } {
  let kept = 0;
  let notDue = 0;
  for (const [index, receipt] of receipts.entries()) {
    const wrong = wrongWith(p, register, receipt);
    if (wrong !== undefined) add(faults, { code: "receipt", log: receipt.log, says: `receipt ${index + 1}: ${wrong}` });
    const leaf = toBase64url(receiptLeaf(p, receipt));
    if (promised.get(receipt.log)?.get(leaf) === true) kept++;
    else if (receipt.publishBy > now) notDue++;
    else add(faults, { code: "receipt-missing", log: receipt.log, says: `receipt ${index + 1}: entry ${leaf} was promised in public by ${receipt.publishBy} and is not there` });
  }
  return { kept, notDue };
}

function wrongWith(p: Primitives, register: ReadRegister, receipt: Receipt): string | undefined {
  const publicKey = receipt.log === register.origin ? register.logKey : register.machineKeys.get(receipt.key)?.publicKey;
  if (publicKey === undefined) return `key ${receipt.key} was never enrolled`;
  return checkReceipt(p, receipt, fromBase64url(publicKey), commitmentIn(receipt));
}

function commitmentIn(receipt: Receipt): string | undefined {
  if (receipt.opening === undefined) return undefined;
  const entry = parseUsageEntry(fromBase64url(receipt.entry));
  return "private" in entry ? entry.private : undefined;
}
