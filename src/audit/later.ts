import { toBase64url } from "../acts/bytes.ts";
import type { ReadRegister } from "../register/register.ts";
import { repeatAgain, settleAgain } from "../uses/admit-again.ts";
import {
  REPEAT_MS_MAX,
  type Repeat,
  REPEATS_MAX,
  type Settle,
  type Use,
} from "../uses/use.ts";
import { addSpent } from "./quotas.ts";
import { add } from "./report.ts";
import { sayFinding } from "./says.ts";
import { type Sums, tally, type UsageAudit } from "./usage-state.ts";

/** Adds a use or a settle to what the log adds up to; once an open use and its settle have both come, holds one against the other. */
export function auditOpenUse(
  audit: UsageAudit,
  entry: Use | Settle,
  leaf: Uint8Array,
  register: ReadRegister,
  sums: Sums,
): void {
  const index = audit.range.size;
  if (entry.kind === "use" && entry.keyed === true)
    keep(audit, toBase64url(leaf), entry);
  if (entry.kind === "settle") {
    // Of two settles of one use the second finds nothing to settle.
    if (audit.settles.has(entry.of)) sayOf(audit, index, "settles it twice");
    audit.settles.set(entry.of, index);
  }
  const settled = tally(audit.tally, entry, () => toBase64url(leaf), register);
  if (settled === undefined) return;
  const { use, settle } = settled;
  if (settle.result === "broken") sums.broken += 1;
  const of = entry.kind === "settle" ? entry.of : toBase64url(leaf);
  audit.settles.delete(of);
  const steps = settle.units.steps - use.units.steps;
  const where = { log: audit.log, index };
  addSpent(sums, use, { calls: 0, steps }, register, where);
  addCharge(sums, use, settle.charge - use.charge, register);
  const findings = settleAgain(register, use, settle);
  if (findings.length > 0)
    sayOf(
      audit,
      index,
      `under permit ${use.permit}: ${findings.map((f) => sayFinding(f, register.offsetMinutes)).join("; ")}`,
    );
}

export function addCharge(
  { charged }: Sums,
  { fee }: Use,
  amount: number,
  register: ReadRegister,
): void {
  const currency = register.fees.get(fee ?? "")?.act.currency;
  if (currency !== undefined)
    charged.set(currency, (charged.get(currency) ?? 0) + amount);
}

function sayOf(audit: UsageAudit, index: number, what: string): void {
  add(audit.faults, {
    code: "settle",
    log: audit.log,
    index,
    says: `settle of an open use: ${what}`,
  });
}

/** Keyed uses are kept as long as they may be answered anew; repeats of this block that came before them find them now. */
function keep(audit: UsageAudit, leaf: string, use: Use): void {
  audit.keyed.set(leaf, { use, repeats: 0 });
  for (const [old, { use: kept }] of audit.keyed) {
    if (use.slot - kept.slot <= REPEAT_MS_MAX) break;
    audit.keyed.delete(old);
  }
}

/** A repeat is looked at when its block is over: its use may stand behind it. */
export function auditRepeat(
  audit: UsageAudit,
  { of, slot }: Repeat,
  sums: Sums,
): void {
  sums.repeats += 1;
  audit.repeats.push({ index: audit.range.size, of, slot });
}

/** At the end of a block, with the register as it stood at its anchor: what its settles settle and its repeats repeat. */
export function endBlock(audit: UsageAudit, register: ReadRegister): void {
  for (const [of, index] of audit.settles)
    sayOf(audit, index, `${of} is none of this log, or was settled before`);
  audit.settles.clear();
  audit.tally.early.clear();
  for (const { index, of, slot } of audit.repeats) {
    const fault = (says: string): void =>
      add(audit.faults, { code: "repeat", log: audit.log, index, says });
    const known = audit.keyed.get(of);
    if (known === undefined) {
      fault(
        `answers ${of} anew, which is no keyed use of this log of the last 24 hours`,
      );
      continue;
    }
    known.repeats += 1;
    if (known.repeats > REPEATS_MAX)
      fault(`answers ${of} anew for the ${known.repeats}th time`);
    const findings = repeatAgain(register, known.use, audit.slotName, slot);
    if (findings.length > 0)
      fault(
        `answers ${of} anew: ${findings.map((f) => sayFinding(f, register.offsetMinutes)).join("; ")}`,
      );
  }
  audit.repeats.length = 0;
}
