import type { ReadRegister } from "../register/register.ts";
import { breach } from "../rules/findings.ts";
import type { Use } from "../uses/use.ts";
import { add, type Faults } from "./report.ts";
import { sayFinding } from "./says.ts";
import type { Sums } from "./usage-state.ts";

/** Where a quota was overdrawn first. */
export type Overdrawn = {
  readonly log: string;
  readonly index: number;
  readonly says: string;
};

/** A quota is held against what all uses add up to, so each use counts as it is, whatever was used before. */
export const UNSPENT = { calls: -Infinity, steps: -Infinity };

/**
 * Adds what was used under a permit, or what a settle takes back. Logs of several gateways have no order between them, and an open
 * use counts with its upper limit until its settle comes: what counts is the sum at the end. The place is kept at which it was
 * overdrawn for good.
 */
export function addSpent(
  sums: Sums,
  { permit }: Use,
  more: { readonly calls: number; readonly steps: number },
  register: ReadRegister,
  where: { readonly log: string; readonly index: number },
): void {
  const before = sums.spent.get(permit) ?? { calls: 0, steps: 0 };
  const spent = {
    calls: before.calls + more.calls,
    steps: before.steps + more.steps,
  };
  sums.spent.set(permit, spent);
  const quota = register.permits.get(permit)?.act.quota ?? {};
  const unit = (["calls", "steps"] as const).find(
    (one) => spent[one] > (quota[one] ?? Infinity),
  );
  if (unit === undefined) sums.overdrawn.delete(permit);
  else if (!sums.overdrawn.has(permit)) {
    const facts = [unit, quota[unit] ?? 0] as const;
    const finding = breach("V-QUOTA", ["permit", permit], facts);
    const why = sayFinding(finding, register.offsetMinutes);
    const says = `use under permit ${permit} is not admitted: ${why}`;
    sums.overdrawn.set(permit, { ...where, says });
  }
}

/** At the end, when every use and every settle has come. */
export function finishQuotas({ overdrawn }: Sums, faults: Faults): void {
  for (const { log, index, says } of overdrawn.values())
    add(faults, { code: "use", log, index, says });
}
