import { paperPath } from "../../acts/statement.ts";
import type { FeeStandard, TotalsRow } from "../../register/register.ts";
import { feeLines } from "./fee-lines.ts";
import { lookUp } from "./look-up.ts";
import { appealsOf, endingOf, ordersOn } from "./permits.ts";
import { ceilingsOf } from "./products.ts";
import { refTo } from "./ref.ts";
import { baseOf, historyOf, type World } from "./world.ts";

/** One price: what it rests on, what it costs to serve as far as that was told, and what came of it. */
export async function feeView(world: World, id: string) {
  const { register, now, acts, proofs } = world;
  const found = register.fees.get(id);
  const [line] = feeLines(register, [id], now);
  if (found === undefined || line === undefined) return undefined;
  const { act, ended } = found;
  const authorisation = register.products.get(act.product)?.act.authorisation;
  const ceilings = ceilingsOf(register, act.product, now).filter(
    ({ unit, currency }) => unit === act.unit && currency === act.currency,
  );
  return {
    ...baseOf(world),
    ...line,
    // Its own id, as the act has it.
    fee: act.fee,
    isTrial: act.trial === true,
    ...(authorisation === undefined
      ? {}
      : { authorisation: refTo(register, "authorisation", authorisation) }),
    ...(act.costs === undefined
      ? {}
      : { costs: await costsOf(world, act.costs) }),
    ceilings,
    charged: chargedOf(world.totals(), id),
    uncounted: world.uncounted(),
    refunds: refundsOf(world, id),
    ...(ended === undefined
      ? {}
      : { ending: await endingOf(world, ended.entry) }),
    appeals: appealsOf(world, [found.entry, ended?.entry]),
    orders: ordersOn(world, "fee", id),
    proof: await proofs.of(ended === undefined ? [found] : [found, ended]),
    history: await historyOf(world, [acts.about("fee", id)]),
  };
}
export type FeeView = NonNullable<Awaited<ReturnType<typeof feeView>>>;

type Costs = NonNullable<FeeStandard["costs"]>;

async function costsOf({ hasPaper }: World, { heads, units, method }: Costs) {
  const path = method === undefined ? undefined : paperPath(method.paper);
  const isHere = path !== undefined && (await hasPaper(path));
  const total = heads.reduce((sum, { amount }) => sum + amount, 0);
  return {
    ...{ heads, total, units },
    /** Minor units for one unit, rounded up: what is in doubt is told as more. */
    perUnit: Math.ceil(total / units),
    ...(method === undefined
      ? {}
      : {
          method: {
            ...{ kind: method.kind, size: method.size },
            ...(isHere ? { href: `/${path}` } : {}),
          },
        }),
  };
}

/** By month over all permits: who paid stands with each permit. */
function chargedOf(totals: readonly TotalsRow[], fee: string) {
  const months = new Map<
    string,
    {
      month: string;
      uses: number;
      calls: number;
      steps: number;
      charged: number;
    }
  >();
  for (const row of totals) {
    if (row.fee !== fee) continue;
    const before = months.get(row.month);
    months.set(row.month, {
      month: row.month,
      uses: (before?.uses ?? 0) + row.uses,
      calls: (before?.calls ?? 0) + row.calls,
      steps: (before?.steps ?? 0) + row.steps,
      charged: (before?.charged ?? 0) + row.charged,
    });
  }
  return [...months.values()].toSorted((a, b) => (a.month < b.month ? -1 : 1));
}

const SHOWN = 50;

function refundsOf({ register }: World, fee: string) {
  return lookUp(register, "refundsOfFee", fee)
    .slice(-SHOWN)
    .toReversed()
    .flatMap((id) => {
      const found = register.refunds.get(id);
      if (found === undefined) return [];
      const { organisation, charged, excess, amount, rule } = found.act;
      return [
        {
          organisation: refTo(register, "organisation", organisation),
          ...{ charged, excess, amount, rule, entry: found.entry },
        },
      ];
    });
}
