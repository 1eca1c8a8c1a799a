import { earliest } from "../../acts/dates.ts";
import { isRunning, type Procedure } from "../../register/procedures.ts";
import type { Authorisation, Standing } from "../../register/register.ts";
import { lookUp } from "./look-up.ts";
import { appealsOf, endingOf, ordersOn } from "./permits.ts";
import { productLine } from "./products.ts";
import { refsTo, refTo } from "./ref.ts";
import { partsLacking, toldDays } from "./steps.ts";
import { baseOf, historyOf, spanOf, type World } from "./world.ts";

/** One authorisation: who may operate what, how that came about step by step, and what came of it. */
export async function authorisationView(world: World, id: string) {
  const { register, now, acts, proofs } = world;
  const found = register.authorisations.get(id);
  if (found === undefined) return undefined;
  const { act, ended } = found;
  const procedure = register.procedures.get(act.procedureOf ?? "");
  const products = lookUp(register, "productsOfAuthorisation", id);
  return {
    ...baseOf(world),
    authorisation: id,
    entry: found.entry,
    operator: refTo(register, "organisation", act.operator),
    datasets: refsTo(register, "dataset", act.datasets),
    span: spanOf(found, now),
    exclusive: act.exclusive,
    ...(act.exclusivity === undefined ? {} : { exclusivity: act.exclusivity }),
    ...(act.price === undefined ? {} : { price: act.price }),
    ...(act.confirms === undefined ? {} : { confirms: act.confirms }),
    ...(procedure === undefined
      ? {}
      : { procedure: procedureOf(world, procedure) }),
    ...(act.procedure?.method === undefined
      ? {}
      : { method: act.procedure.method }),
    steps: stepsOf(world, found, procedure),
    lacks: procedure === undefined ? partsLacking(act.procedure) : [],
    ...(ended === undefined
      ? {}
      : { ending: await endingOf(world, ended.entry) }),
    products: products
      .toReversed()
      .flatMap((one) => productLine(register, one, now) ?? []),
    revenues: revenuesOf(world, id),
    appeals: appealsOf(world, [found.entry, ended?.entry]),
    orders: ordersOn(world, "authorisation", id),
    proof: await proofs.of(ended === undefined ? [found] : [found, ended]),
    history: await historyOf(world, [acts.about("authorisation", id)]),
  };
}
export type AuthorisationView = NonNullable<
  Awaited<ReturnType<typeof authorisationView>>
>;

function procedureOf({ register }: World, found: Procedure) {
  const { act, made } = found;
  return {
    ...{ procedure: act.procedure, method: act.method },
    body: refTo(register, "body", act.body),
    isRunning: isRunning(found),
    bidders: refsTo(register, "organisation", made.bidsClosed?.bidders ?? []),
  };
}

/** Steps that were acts, or the days that were told afterwards; then what changed of the agreement. Each with a moment for the picture. */
function stepsOf(
  { register }: World,
  { act, entry, at }: Standing<Authorisation>,
  procedure: Procedure | undefined,
) {
  const dayOf = (on: string) => earliest(on, register.offsetMinutes);
  const taken =
    procedure === undefined
      ? toldDays(act.procedure).map(({ what, on }) => ({
          ...{ what, on, entry, entered: at, moment: dayOf(on) },
        }))
      : procedure.history.map((one) => ({
          ...{ what: one.what, entry: one.entry, entered: one.at },
          ...(one.on === undefined ? {} : { on: one.on }),
          moment: one.on === undefined ? one.at : dayOf(one.on),
        }));
  const changed = (act.changes ?? []).map((one) => ({
    ...{ what: one.how, entry: one.entry, entered: one.at, moment: one.at },
  }));
  return [...taken, ...changed];
}

function revenuesOf({ register }: World, authorisation: string) {
  return (register.revenuesOf.get(authorisation) ?? []).flatMap((id) => {
    const found = register.revenues.get(id);
    if (found === undefined) return [];
    const { firstYear, years, total, currency } = found.act;
    return [
      { revenue: id, firstYear, years, total, currency, entry: found.entry },
    ];
  });
}
