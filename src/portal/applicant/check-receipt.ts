import * as z from "zod/mini";
import { fromBase64url, toBase64url } from "../../acts/bytes.ts";
import { orUndefined } from "../../acts/or-undefined.ts";
import { auditReceipts, promisedBy } from "../../audit/receipts.ts";
import { noFaults } from "../../audit/report.ts";
import { readJson } from "../read-json.ts";
import { sayMoney } from "../lang/figures.ts";
import type { ReadRegister } from "../../register/register.ts";
import { type Receipt, receipt, receiptLeaf } from "../../uses/receipt.ts";
import { parseUsageEntry } from "../../uses/use.ts";
import type { AppOptions } from "../app.tsx";
import type { FindEntry } from "../proof-routes.ts";

/** What became of one receipt. */
export type Checked = {
  readonly leaf: string;
  readonly log: string;
  readonly publishBy: number;
  /** Where it stands in the public log; undefined where it does not, or not yet. */
  readonly place: number | undefined;
  readonly isDue: boolean;
  /** What does not hold, in the words of the audit. */
  readonly faults: readonly string[];
  readonly permit?: string;
  readonly charge?: string;
};

/** A receipt alone, an answer with its receipt, or the receipts of a stream. */
const alone = z.pipe(
  receipt,
  z.transform((one): readonly Receipt[] => [one]),
);
const answer = z.pipe(
  z.object({ receipt }),
  z.transform((one): readonly Receipt[] => [one.receipt]),
);
const streamed = z.pipe(
  z.object({ use: receipt, settle: z.optional(receipt) }),
  z.transform(({ use, settle }): readonly Receipt[] =>
    settle === undefined ? [use] : [use, settle],
  ),
);
const any = z.union([alone, answer, streamed]);

/** Undefined where the text is no receipt in any form that this office gives. */
export function receiptsIn(text: string): readonly Receipt[] | undefined {
  const value = orUndefined(() => readJson(Buffer.from(text), "receipt"));
  const read = any.safeParse(value);
  return read.success ? read.data : undefined;
}

/** By the same function as the public's audit, against what is public of this office's logs. */
export async function checkReceipts(
  {
    office,
    primitives,
    now,
  }: Pick<AppOptions, "office" | "primitives" | "now">,
  find: FindEntry,
  given: readonly Receipt[],
): Promise<readonly Checked[]> {
  const { register } = office;
  const promised = promisedBy(primitives, given);
  for (const one of given) {
    const raw = receiptLeaf(primitives, one);
    const found = await find(nameIn(register, one.log), raw);
    promised.get(one.log)?.set(toBase64url(raw), found?.index);
  }
  return given.map((one) => {
    const leaf = toBase64url(receiptLeaf(primitives, one));
    const faults = noFaults();
    auditReceipts(primitives, faults, register, [one], promised, now());
    return {
      ...{ leaf, log: one.log, publishBy: one.publishBy },
      place: promised.get(one.log)?.get(leaf),
      isDue: one.publishBy < now(),
      faults: faults.kept.map(({ says }) => says),
      ...usedIn(register, one),
    };
  });
}

/** Under which name a log of this office lies here. */
function nameIn({ origin }: ReadRegister, log: string): string {
  const office = origin.replace(/\/[^/]*$/, "");
  return log.startsWith(`${office}/`) ? log.slice(office.length + 1) : log;
}

function usedIn(
  register: ReadRegister,
  { entry: bytes }: Receipt,
): Pick<Checked, "permit" | "charge"> {
  const entry = orUndefined(() => parseUsageEntry(fromBase64url(bytes)));
  if (entry?.kind !== "use") return {};
  const fee = register.fees.get(entry.fee ?? "")?.act;
  return {
    permit: entry.permit,
    charge: sayMoney(entry.charge, fee?.currency),
  };
}
