import type { ActOf } from "../src/acts/act.ts";
import type { Settle, Use } from "../src/uses/use.ts";
import { all, type Granted, modelAgain } from "./story-model.ts";

/** What docs/spec/4-usage-log.md says of settles, repeats and filters of rows, as obvious as test/story-model.ts. */

/** No more than was entered, at the price that was entered; what broke costs nothing. */
export function modelSettle(
  history: readonly Granted[],
  use: Use,
  settle: Settle,
): boolean {
  const fee = all(history, "feeStandard").find(
    ({ act }) => act.fee === use.fee,
  )?.act;
  const wholeUnits = fee?.unit === "call" ? 1 : settle.units.steps;
  const charge =
    settle.result === "broken" || fee === undefined
      ? 0
      : fee.amount * wholeUnits;
  return (
    settle.units.calls === use.units.calls &&
    settle.units.steps >= 1 &&
    settle.units.steps <= use.units.steps &&
    (settle.subjects === 0 || /^10*$/.test(String(settle.subjects))) &&
    settle.subjects <= use.subjects &&
    settle.charge === charge &&
    settle.charge <= use.charge
  );
}

/** Within 24 hours, as long as the same would be admitted in that slot, quota and price aside. */
export function modelRepeat(
  history: readonly Granted[],
  use: Use,
  slotName: "hour" | "minute",
  slot: number,
): boolean {
  const unpriced = history.filter(({ act }) => act.kind !== "feeStandard");
  const { fee: _, ...free } = use;
  const again: Use = {
    ...free,
    ...{ slot, charge: 0, units: { ...use.units, steps: 1 } },
  };
  return (
    use.keyed === true &&
    slot >= use.slot &&
    slot <= use.slot + 24 * 3_600_000 &&
    modelAgain(unpriced, again, slotName, { calls: -1, steps: -1 })
  );
}

const written: Readonly<Record<string, RegExp>> = {
  text: /^"/,
  integer: /^-?\d{1,15}$/,
  decimal: /^(?:-?\d{1,15}|"-?(?:0|[1-9]\d*)(?:\.\d+)?")$/,
  boolean: /^(?:true|false)$/,
  date: /^"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"$/,
};

/** Which rules a permit's filter of rows breaks: of fields that are there, of their type, and never of who somebody is. */
export function modelRows(
  history: readonly Granted[],
  permit: ActOf<"permit">,
): ReadonlySet<string> {
  const product = all(history, "product").find(
    ({ act }) => act.product === permit.product,
  )?.act;
  const dataset = all(history, "dataset").find(
    ({ act }) => act.dataset === product?.content[0]?.dataset,
  )?.act;
  const broken = new Set<string>();
  for (const { field: name, op, value } of permit.rows ?? []) {
    const field = dataset?.fields.find((one) => one.name === name);
    if (field === undefined) broken.add("I1");
    else {
      if (field.identifier || dataset?.subject === name) broken.add("I9");
      const values = op === "missing" ? [] : [value].flat();
      if (values.some((one) => !written[field.type]?.test(JSON.stringify(one))))
        broken.add("V-FORM");
      if (field.type === "boolean" && ["lt", "lte", "gt", "gte"].includes(op))
        broken.add("V-FORM");
    }
  }
  return broken;
}
