import {
  type FeeCeiling,
  NEVER,
  type ReadRegister,
  type Standing,
} from "../register/register.ts";
import { push } from "../register/standing.ts";

type Span = { readonly from: number; readonly to: number };
type Ceiling = Standing<FeeCeiling>;
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
  news?: Ceiling,
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
  const over = new Map<string, Ceiling[]>();
  for (const one of all) push(over, `${one.act.product} ${one.act.unit}`, one);
  // By how much the sum changes, and when; beyond what a number holds it is still added up exactly.
  const changes = new Map<number, bigint>();
  const change = (at: number, by: bigint) =>
    changes.set(at, (changes.get(at) ?? 0n) + by);
  for (const group of over.values())
    for (const { act, ...piece } of countedOf(group, { from, to })) {
      change(piece.from, BigInt(yearlyUnder(act)));
      change(piece.to, -BigInt(yearlyUnder(act)));
    }
  let [sum, most] = [0n, 0n];
  for (const at of [...changes.keys()].toSorted((a, b) => a - b)) {
    sum += changes.get(at) ?? 0n;
    if (sum > most) most = sum;
  }
  return Number(most < BigInt(NEVER) ? most : BigInt(NEVER));
}

/** When each ceiling of one product and unit counts: from the newest back, each takes what is left of its time. */
function countedOf(
  group: readonly Ceiling[],
  { from, to }: Span,
): readonly (Span & { readonly act: FeeCeiling })[] {
  const begin = (one: Ceiling) => Math.max(from, one.from);
  const end = (one: Ceiling) => Math.min(to, one.to);
  const edges = [
    ...new Set(group.flatMap((one) => [begin(one), end(one)])),
  ].toSorted((a, b) => a - b);
  const places = new Map(edges.map((at, place) => [at, place]));
  const placeOf = (at: number) => places.get(at) ?? edges.length;
  // Of each piece between two edges where the next one lies that is not taken yet.
  const next = edges.map((_at, place) => place);
  const free = (place: number): number => {
    let found = place;
    while ((next[found] ?? found) !== found) found = next[found] ?? found;
    for (let one = place; one < found;) {
      const after = next[one] ?? found;
      next[one] = found;
      one = after;
    }
    return found;
  };
  return group.toReversed().flatMap((one) => {
    const pieces = [];
    const last = placeOf(end(one));
    for (let at = free(placeOf(begin(one))); at < last; at = free(at + 1)) {
      pieces.push({
        ...{ act: one.act, from: edges[at] ?? from },
        to: edges[at + 1] ?? to,
      });
      next[at] = at + 1;
    }
    return pieces;
  });
}
