import type { Dataset, ReadRegister } from "../../register/register.ts";
import { inForce } from "../../register/register.ts";
import { isOffered, isServed } from "../../register/offered.ts";
import { readThing, type ThingKey } from "../../rules/about.ts";

export const facetNames = [
  ...(["kind", "body", "classification", "form"] as const),
  ...(["price", "served"] as const),
] as const;
export type FacetName = (typeof facetNames)[number];
/** What of each facet a document shows; nothing where the facet is not about such a thing. */
export type Facets = Readonly<Partial<Record<FacetName, string>>>;

const CLASSES = ["open", "restricted", "personal", "sensitive"] as const;

/** Which products offer which dataset, and which datasets a system holds: kept by whoever makes the documents. */
export type Sides = {
  readonly productsOf: Map<string, Set<string>>;
  readonly datasetsOf: Map<string, Set<string>>;
};

export function facetsOf(
  register: ReadRegister,
  key: ThingKey,
  now: number,
  sides: Sides,
): Facets {
  const { kind, id } = readThing(key);
  switch (kind) {
    case "dataset": {
      const act = register.datasets.get(id)?.act;
      if (act === undefined) return { kind };
      return {
        ...{ kind, ...ofBody(register, act.system) },
        classification: classOf([act]),
        served: yes(isDatasetServed(register, act, now, sides)),
      };
    }
    case "system":
      return {
        ...{ kind, ...ofBody(register, id) },
        served: yes(
          [...(sides.datasetsOf.get(id) ?? [])].some((one) => {
            const act = register.datasets.get(one)?.act;
            return (
              act !== undefined && isDatasetServed(register, act, now, sides)
            );
          }),
        ),
      };
    case "product":
      return { kind, ...ofProduct(register, id, now) };
    case "permit":
      return {
        kind,
        ...ofProduct(register, register.permits.get(id)?.act.product, now),
      };
    case "fee": {
      const fee = register.fees.get(id)?.act;
      return {
        ...{ kind, ...ofProduct(register, fee?.product, now) },
        price: (fee?.amount ?? 0) > 0 ? "charged" : "free",
      };
    }
    case "post": {
      const body = register.posts.get(id)?.act.body;
      return { kind, ...(body === undefined ? {} : { body }) };
    }
    case "body":
      return { kind, body: id };
    default:
      return { kind };
  }
}

function ofProduct(
  register: ReadRegister,
  id: string | undefined,
  now: number,
): Facets {
  const product = register.products.get(id ?? "");
  if (product === undefined || id === undefined) return {};
  const datasets = product.act.content.flatMap(({ dataset }) => {
    const act = register.datasets.get(dataset)?.act;
    return act === undefined ? [] : [act];
  });
  const isCharged = (register.feesOf.get(id) ?? []).some((fee) => {
    const found = register.fees.get(fee);
    return inForce(found, now) && (found?.act.amount ?? 0) > 0;
  });
  return {
    ...ofBody(register, datasets[0]?.system),
    classification: classOf(datasets),
    ...{ form: product.act.form, price: isCharged ? "charged" : "free" },
    served: yes(isOffered(register, product, now)),
  };
}

function ofBody(register: ReadRegister, system: string | undefined): Facets {
  const body = register.systems.get(system ?? "")?.act.body;
  return body === undefined ? {} : { body };
}

/** The strictest of the classes of all fields. */
function classOf(datasets: readonly Dataset[]): string {
  const fields = datasets.flatMap((one) => one.fields);
  const found = CLASSES.findLast((name) =>
    fields.some(({ classification }) => classification === name),
  );
  return found ?? "open";
}

/** As `coverage` says of a system, for one dataset. */
function isDatasetServed(
  register: ReadRegister,
  act: Dataset,
  now: number,
  { productsOf }: Sides,
): boolean {
  return isServed(
    ...([register, act] as const),
    (dataset) =>
      [...(productsOf.get(dataset) ?? [])].some((one) =>
        isOffered(register, register.products.get(one), now),
      ),
    now,
  );
}

function yes(is: boolean): string {
  return is ? "yes" : "no";
}
