import { fromBase64url } from "../acts/bytes.ts";
import { encode } from "../acts/canonical.ts";
import { orUndefined } from "../acts/or-undefined.ts";
import type { ReadRegister } from "../register/register.ts";
import { parseOpened, type PrivatePart } from "../uses/opening.ts";
import type { Receipt } from "../uses/receipt.ts";
import { parseUsageEntry, stepsOf, type UsageEntry } from "../uses/use.ts";
import { showCount } from "./says.ts";

type Held = { readonly entry: UsageEntry; readonly content: Uint8Array };
/** What openings that are at hand say of entries, by the leaf hash of the entry in its log. */
export type Openings = ReadonlyMap<string, Held>;

export function openingsOf(
  receipts: readonly Receipt[],
  leafOf: (receipt: Receipt) => string,
): Openings {
  const held = new Map<string, Held>();
  for (const receipt of receipts) {
    const entry = orUndefined(() =>
      parseUsageEntry(fromBase64url(receipt.entry)),
    );
    if (entry === undefined || receipt.opening === undefined) continue;
    const content = fromBase64url(receipt.opening.content);
    held.set(`${receipt.log} ${leafOf(receipt)}`, { entry, content });
  }
  return held;
}

/**
 * A settle and a repeat name their use by its hash alone. Where the openings of both are at hand, the steps of a settle are those of its
 * rows, and a repeat gave the same to the same. Gives the first difference, or undefined.
 */
export function sayUnlikeItsUse(
  register: ReadRegister,
  log: string,
  entry: UsageEntry,
  content: Uint8Array,
  held: Openings,
): string | undefined {
  if (entry.kind !== "settle" && entry.kind !== "repeat") return undefined;
  const use = held.get(`${log} ${entry.of}`);
  if (use?.entry.kind !== "use") return undefined;
  const before = orUndefined(() => parseOpened(use.content));
  const after = orUndefined(() => parseOpened(content));
  if (before?.kind !== "use") return undefined;
  if (entry.kind === "repeat" && after?.kind === "use")
    return sayAnother(before.part, after.part);
  if (entry.kind !== "settle" || after?.kind !== "settle") return undefined;
  const permit = register.permits.get(use.entry.permit)?.act;
  const product = register.products.get(permit?.product ?? "")?.act;
  if (product === undefined) return undefined;
  const { rows } = after.part;
  const steps = stepsOf(rows, product.rowsPerStep);
  return steps === entry.units.steps
    ? undefined
    : `its opening says ${showCount(rows)} rows, in steps of ${showCount(product.rowsPerStep)}: ${showCount(steps)}; ${showCount(entry.units.steps)} steps were entered`;
}

/** What was asked anew must be what was asked. */
function sayAnother(
  before: PrivatePart,
  after: PrivatePart,
): string | undefined {
  const asked = ({ organisation, plan, case: number }: PrivatePart) =>
    encode({ organisation, plan, ...(number === undefined ? {} : { number }) });
  return asked(before) === asked(after)
    ? undefined
    : "it was answered anew to another organisation, for another plan or another case than its use";
}
