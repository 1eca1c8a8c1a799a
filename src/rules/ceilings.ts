import {
  type FeeCeiling,
  NEVER,
  type ReadRegister,
  type Standing,
} from "../register/register.ts";

type Span = { readonly from: number; readonly to: number };
/** What a ceiling lets an operator take in a year: its amount, as often as is expected. Beyond every revenue it is as much as a number holds. */
export function yearlyUnder({
  amount,
  volume = 0,
}: Pick<FeeCeiling, "amount" | "volume">): number {
  return Math.min(NEVER, amount * volume);
}

/**
 * The most that the ceilings of an authorisation let its operator take in a year, at any instant of a span: of each product and unit the
 * ceiling entered last counts where it is in force, as it does above a price. A ceiling that says no volume adds nothing, nor does one
 * of a product that was withdrawn.
 */
export function mostUnder(
  register: ReadRegister,
  authorisation: string,
  { currency, from, to }: Span & { readonly currency: string },
  news?: Standing<FeeCeiling>,
): number {
  const all = [
    ...(register.ceilingsUnder.get(authorisation) ?? []).flatMap(
      (id) => register.ceilings.get(id) ?? [],
    ),
    ...(news === undefined ? [] : [news]),
  ].filter(
    (one) =>
      one.act.currency === currency &&
      one.from < to &&
      from < one.to &&
      register.products.get(one.act.product)?.ended === undefined,
  );
  // Between two beginnings and ends nothing changes.
  const instants = new Set([
    from,
    ...all
      .flatMap((one) => [one.from, one.to])
      .filter((at) => from < at && at < to),
  ]);
  return Math.max(0, ...[...instants].map((at) => sumAt(all, at)));
}

function sumAt(all: readonly Standing<FeeCeiling>[], at: number): number {
  const last = new Map<string, number>();
  for (const { act, from, to } of all)
    if (from <= at && at < to)
      last.set(`${act.product} ${act.unit}`, yearlyUnder(act));
  return Math.min(
    NEVER,
    [...last.values()].reduce((sum, one) => sum + one, 0),
  );
}
