import type { Finding } from "../acts/entry.ts";
import type { ReadRegister } from "../register/register.ts";
import { breach, missing, when } from "../rules/findings.ts";
import { CALLS_PER_USE, examine, type Spent } from "./admit.ts";
import { charge, type Price } from "./price.ts";
import {
  isSizeClass,
  REPEAT_MS_MAX,
  type Settle,
  type SlotName,
  stepsOf,
  type Use,
} from "./use.ts";

/**
 * Admits an entered use again, at its anchor: `register` is the register as it stood there. Gives every contradiction;
 * values, rows and subjects are not in public and are not looked at.
 */
export function admitAgain(
  register: ReadRegister,
  use: Use,
  slotName: SlotName,
  spent: Spent,
): readonly Finding[] {
  const permit = register.permits.get(use.permit);
  if (permit === undefined) return [missing("I2", ["permit", use.permit])];
  const { calls, steps } = use.units;
  const asked = {
    operation: use.operation,
    fields: BigInt(`0x${use.fields}`),
    where: BigInt(`0x${use.where}`),
    rows: 1,
  };
  // The quota is looked at with what was really used, not with what a single call needs at least.
  const admission = examine(register, permit, asked, use.slot, {
    calls: spent.calls + calls - 1,
    steps: spent.steps + steps - 1,
  });
  if ("findings" in admission) return admission.findings;
  const findings: Finding[] = [];
  const { product, price } = admission;
  if (admission.slotName !== slotName)
    findings.push(
      breach("V-SCOPE", ["permit", use.permit], ["slot", slotName]),
    );
  if (calls !== CALLS_PER_USE)
    findings.push(breach("V-SCOPE", ["permit", use.permit], ["calls", calls]));
  if (steps < 1 || steps > stepsOf(permit.act.rowsMax, product.rowsPerStep)) {
    findings.push(
      breach(
        "V-SCOPE",
        ["permit", use.permit],
        ["steps", steps],
        ["rows-max", permit.act.rowsMax],
      ),
    );
  }
  if (!isSizeClass(use.subjects))
    findings.push(breach("V-SCOPE", ["subjects", use.subjects]));
  findings.push(...chargedRight(use, price));
  return findings;
}

/** What a settle may say of its open use: no more than was entered, charged as its fee has it. Gives the first difference. */
export function settleAgain(
  register: ReadRegister,
  { units, fee, subjects, charge: entered }: Use,
  settle: Settle,
): readonly Finding[] {
  const standing = fee === undefined ? undefined : register.fees.get(fee);
  const right =
    settle.result === "broken" ? 0 : charge(settle.units, standing?.act);
  return [
    ...when(
      settle.units.calls !== units.calls ||
        settle.units.steps < 1 ||
        settle.units.steps > units.steps,
      () =>
        breach(
          "V-SCOPE",
          ["steps", settle.units.steps],
          ["steps-max", units.steps],
        ),
    ),
    ...when(!isSizeClass(settle.subjects) || settle.subjects > subjects, () =>
      breach("V-SCOPE", ["subjects", settle.subjects]),
    ),
    ...when(settle.charge !== right || settle.charge > entered, () =>
      breach("I3", ["charged", settle.charge], ["fee-in-force", right]),
    ),
  ];
}

/** Whether a keyed use may be answered anew in a slot: its permit still stands, for the same, within its time. Costs nothing. */
export function repeatAgain(
  register: ReadRegister,
  use: Use,
  slotName: SlotName,
  slot: number,
): readonly Finding[] {
  if (use.keyed !== true) return [breach("V-SCOPE", ["keyed", "no"])];
  if (slot < use.slot || slot - use.slot > REPEAT_MS_MAX)
    return [breach("V-SCOPE", ["slot", slot], ["use-slot", use.slot])];
  const again = { ...use, slot, units: { ...use.units, steps: 1 } };
  const findings = admitAgain(register, again, slotName, {
    calls: -1,
    steps: -1,
  });
  // Its price was looked at when it was entered, and may have changed since.
  return findings.filter(({ rule }) => rule !== "I3");
}

function chargedRight(use: Use, price: Price): readonly Finding[] {
  const right = charge(use.units, price.fee?.act);
  const fee = price.fee?.act.fee;
  if (use.charge === right && use.fee === fee) return [];
  return [
    breach(
      "I3",
      ["charged", use.charge],
      ["fee-in-force", right],
      ["fee", fee ?? "none"],
    ),
  ];
}
