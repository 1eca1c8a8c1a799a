import { contributionOf } from "../../register/payees.ts";
import { type ReadRegister } from "../../register/register.ts";
import { registrationsOf } from "../../register/registrations.ts";
import { meaningIn } from "../lang/title-in.ts";
import { pricesFor } from "./class-prices.ts";
import { feeLines } from "./fee-lines.ts";
import { productSpan } from "./footing.ts";
import { idsIn, lookUp } from "./look-up.ts";
import { usesByMonth } from "./month-of-use.ts";
import { permitLines, purposeOf } from "./permit-lines.ts";
import { refTo } from "./ref.ts";
import { baseOf, historyOf, newestOf, spanOf, type World } from "./world.ts";

const SHOWN = 50;

export function productsView(
  world: World,
  page: number,
  given: Readonly<Record<string, string | undefined>>,
) {
  const { register, now } = world;
  const form = given["form"] ?? "";
  const ids = idsIn(register, register.products).filter(
    (id) => form === "" || register.products.get(id)?.act.form === form,
  );
  const list = newestOf(ids, page, (id) => productLine(register, id, now));
  return {
    ...baseOf(world),
    form,
    ...list,
    rows: list.rows.filter((one) => one !== undefined),
  };
}
export type ProductsView = ReturnType<typeof productsView>;

export function productLine(register: ReadRegister, id: string, now: number) {
  const found = register.products.get(id);
  if (found === undefined) return undefined;
  const { act, entry } = found;
  const { state, without } = productSpan(register, found, now);
  return {
    product: refTo(register, "product", id),
    datasets: act.content.map(({ dataset }) =>
      refTo(register, "dataset", dataset),
    ),
    ...{ form: act.form, entry, state },
    ...(without === undefined ? {} : { without }),
    ...(act.authorisation === undefined
      ? {}
      : {
          operator: refTo(
            register,
            "organisation",
            register.authorisations.get(act.authorisation)?.act.operator ?? "",
          ),
        }),
    permits: lookUp(register, "permitsOfProduct", id).length,
  };
}
export type ProductLine = NonNullable<ReturnType<typeof productLine>>;

export async function productView(world: World, id: string) {
  const { register, now, acts, proofs } = world;
  const found = register.products.get(id);
  if (found === undefined) return undefined;
  const { act } = found;
  const permits = lookUp(register, "permitsOfProduct", id);
  const fees = register.feesOf.get(id) ?? [];
  const lent = contributionOf(register, id)?.act.contribution;
  return {
    ...baseOf(world),
    product: act,
    entry: found.entry,
    personal: found.personal,
    span: productSpan(register, found, now),
    content: act.content.map(({ dataset, fields }) => ({
      dataset: refTo(register, "dataset", dataset),
      fields: fieldsOf(register, dataset, fields),
    })),
    purposes: act.purposes.map((one) => purposeOf(register, one)),
    prices: pricesFor(register, found, now),
    fees: feeLines(register, fees.slice(-SHOWN).toReversed(), now),
    ceilings: ceilingsOf(register, id, now),
    ...(act.authorisation === undefined
      ? {}
      : {
          authorisation: refTo(register, "authorisation", act.authorisation),
          operator: refTo(
            register,
            "organisation",
            register.authorisations.get(act.authorisation)?.act.operator ?? "",
          ),
        }),
    ...(lent === undefined
      ? {}
      : { contribution: refTo(register, "contribution", lent) }),
    permits: permitLines(register, permits.slice(-SHOWN).toReversed(), now),
    permitsInAll: permits.length,
    uses: usesByMonth(world.totals(), permits),
    uncounted: world.uncounted(),
    registrations: registrationsOf(register, { product: id }).map((one) => ({
      registration: one.act.registration,
      ...(one.code === undefined ? {} : { code: one.code.act.code }),
      entry: one.entry,
    })),
    proof: await proofs.of(
      found.ended === undefined ? [found] : [found, found.ended],
    ),
    history: await historyOf(world, [acts.about("product", id)]),
  };
}
export type ProductView = NonNullable<Awaited<ReturnType<typeof productView>>>;

function fieldsOf(
  register: ReadRegister,
  dataset: string,
  names: readonly string[],
) {
  const known = register.datasets.get(dataset)?.act.fields ?? [];
  return names.map((name) => {
    const field = known.find((one) => one.name === name);
    return field === undefined
      ? { name }
      : {
          name,
          meaning: meaningIn(field),
          classification: field.classification,
        };
  });
}

export function ceilingsOf(
  register: ReadRegister,
  product: string,
  now: number,
) {
  return (register.ceilingsOf.get(product) ?? [])
    .slice(-SHOWN)
    .toReversed()
    .flatMap((id) => {
      const found = register.ceilings.get(id);
      if (found === undefined) return [];
      const { ceiling, amount, currency, unit, revenue, volume } = found.act;
      return [
        {
          ...{ ceiling, amount, currency, unit, entry: found.entry },
          ...(revenue === undefined ? {} : { revenue }),
          ...(volume === undefined ? {} : { volume }),
          span: spanOf(found, now),
        },
      ];
    });
}
export type CeilingLine = ReturnType<typeof ceilingsOf>[number];
