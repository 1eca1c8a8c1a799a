import { toBase64url } from "../acts/bytes.ts";
import type { ReadRegister, TotalsRow } from "../register/register.ts";
import type { HeadAt, Sums } from "./usage-state.ts";
import { add, type Faults } from "./report.ts";
import { sayLarger, sayOther } from "./says.ts";
import type { Remembered } from "./audit.ts";

/** A usage log of which nothing is at hand, and which a record says was dropped: what still stands of it. */
export type DroppedLog = {
  readonly log: string;
  readonly entry: number;
  /** SHA-256 of the policy, base64url. */
  readonly policy: string;
  readonly size: number;
  readonly totals: readonly TotalsRow[];
  /** Kept checkpoints that lie between its heads, so that nothing can be said of them. */
  readonly unplaced: number;
};

type Heads = ReadonlyMap<number, readonly HeadAt[]>;

/**
 * After everything else was walked: heads and totals of dropped logs stand. Whether a record may drop its log was decided at its
 * place; here what somebody kept is held against the heads, and what the totals add to a quota is added.
 */
export function auditDropped(
  faults: Faults,
  register: ReadRegister,
  remembered: readonly Remembered[],
  gone: ReadonlyMap<string, Heads>,
  { spent }: Sums,
): readonly DroppedLog[] {
  const logs: DroppedLog[] = [];
  const more = new Map<string, { calls: number; steps: number }>();
  for (const [log, heads] of gone) {
    const dropped = register.dropped.get(log);
    if (dropped === undefined) continue;
    const totals = register.closedTotals.get(log) ?? [];
    for (const row of totals) {
      const sum = more.get(row.permit) ?? { calls: 0, steps: 0 };
      sum.calls += row.calls;
      sum.steps += row.steps;
      more.set(row.permit, sum);
    }
    const kept = remembered.filter((one) => one.origin === log);
    logs.push({
      log,
      entry: dropped.entry,
      policy: dropped.record.policy.paper,
      size: lastSize(heads),
      totals,
      unplaced: kept.filter((one) => !isPlaced(faults, one, heads)).length,
    });
  }
  for (const [permit, sum] of more) {
    const quota = register.permits.get(permit)?.act.quota ?? {};
    const rest = spent.get(permit) ?? { calls: 0, steps: 0 };
    for (const unit of ["calls", "steps"] as const) {
      const all = sum[unit] + rest[unit];
      const most = quota[unit];
      if (most !== undefined && all > most)
        add(faults, {
          code: "use",
          log: register.origin,
          says: `${all} ${unit} under permit ${permit}, with the totals of dropped logs; its quota is ${most}`,
        });
    }
  }
  return logs;
}

/** A checkpoint that somebody kept of a dropped log is held against the heads: their sizes and roots are all that stands of it. */
function isPlaced(faults: Faults, kept: Remembered, heads: Heads): boolean {
  const last = lastSize(heads);
  const fault = (says: string): void =>
    add(faults, { code: "two-histories", log: kept.origin, says });
  if (kept.size > last) fault(sayLarger(kept, last));
  const [first] = heads.get(kept.size) ?? [];
  if (first !== undefined && first.head.root !== toBase64url(kept.root))
    fault(sayOther(kept.size, kept.by));
  return kept.size === 0 || kept.size > last || first !== undefined;
}

function lastSize(heads: Heads): number {
  let last = 0;
  // A log may have more heads than a call takes arguments.
  for (const size of heads.keys()) last = Math.max(last, size);
  return last;
}
