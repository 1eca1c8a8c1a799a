import { showInstant } from "../acts/dates.ts";
import { bytesToHex, fromBase64url } from "../acts/bytes.ts";
import { type PayerClass, payerClass } from "../acts/shapes.ts";
import { showMoney } from "../audit/says.ts";
import {
  type Dataset,
  inForce,
  NEVER,
  type Product,
  type ReadRegister,
  type StandingProduct,
} from "../register/register.ts";
import { slotNameOf } from "../uses/admit.ts";
import { priceOf } from "../uses/price.ts";
import { SLOT, slotOf } from "../uses/use.ts";
import { payeeOf } from "./overview.ts";

/** Everything that the dataset's page says, from the register alone. */
export type DatasetFacts = {
  readonly office: string;
  readonly dataset: Dataset;
  readonly entry: number;
  readonly system: string;
  readonly body: string;
  /** Who lends it, and until when, where its holder is no public body. */
  readonly lent: string | undefined;
  readonly vintage:
    | {
        readonly number: number;
        readonly rows: number;
        readonly digest: string;
        readonly entry: number;
        readonly at: string;
      }
    | undefined;
  readonly products: readonly Product[];
  readonly prices: readonly PriceRow[];
  readonly users: readonly {
    readonly permit: string;
    readonly organisation: string;
    readonly product: string;
    readonly purpose: string;
    readonly until: string;
    readonly entry: number;
  }[];
};
type PriceRow = {
  readonly product: string;
  readonly purpose: string;
  readonly who: string;
  readonly price: string;
  readonly ground: string;
};

export function datasetFacts(
  register: ReadRegister,
  id: string,
  now: number,
): DatasetFacts | undefined {
  const found = register.datasets.get(id);
  if (found === undefined) return undefined;
  const dataset = found.act;
  const show = (at: number) => showInstant(at, register.offsetMinutes);
  const system = register.systems.get(dataset.system)?.act;
  const latest = register.vintages.get(id);
  const products = [...register.products.values()].filter(
    (one) => one.act.content[0]?.dataset === id && inForce(one, now),
  );
  return {
    office: register.title,
    dataset,
    entry: found.entry,
    system: system?.title ?? dataset.system,
    body: register.bodies.get(system?.body ?? "")?.act.title ?? "",
    lent: lentBy(register, dataset),
    vintage: latest && {
      number: latest.vintage.vintage,
      rows: latest.vintage.rows,
      digest: bytesToHex(fromBase64url(latest.vintage.digest)),
      entry: latest.entry,
      at: show(latest.at),
    },
    products: products.map(({ act }) => act),
    prices: products.flatMap((one) => pricesOf(register, one, now)),
    users: usersOf(register, new Set(products.map((p) => p.act.product)), now),
  };
}

function lentBy(register: ReadRegister, dataset: Dataset): string | undefined {
  const lent = register.contributions.get(dataset.contribution ?? "");
  if (lent === undefined) return undefined;
  const { contributor, noticeDays } = lent.act;
  const who = register.organisations.get(contributor)?.act.title ?? contributor;
  const until =
    lent.to === NEVER
      ? ""
      : `, until ${showInstant(lent.to, register.offsetMinutes)}`;
  return `${who}, on terms of its own, with ${noticeDays} days of notice${until}`;
}

function usersOf(
  register: ReadRegister,
  products: ReadonlySet<string>,
  now: number,
): DatasetFacts["users"] {
  return [...register.permits.values()]
    .filter((one) => products.has(one.act.product) && inForce(one, now))
    .map(({ act, entry, to }) => ({
      permit: act.permit,
      organisation:
        register.organisations.get(act.organisation)?.act.title ??
        act.organisation,
      product: act.product,
      purpose: act.purpose,
      until: showInstant(to, register.offsetMinutes),
      entry,
    }));
}

const CLASSES: readonly PayerClass[] = payerClass.options;
const ASKER = "asker";

/** By purpose and class of payer, never by name; classes that pay the same stand in one row. */
function pricesOf(
  register: ReadRegister,
  { act, personal }: StandingProduct,
  now: number,
): readonly PriceRow[] {
  const length = SLOT[slotNameOf(personal)];
  const { product } = act;
  return act.purposes.flatMap((purpose) => {
    const known = register.rulebook?.act.purposes.find(
      (one) => one.purpose === purpose,
    );
    if (known === undefined) return [];
    const rows = CLASSES.map((payer) => ({
      payer,
      ...priceFor(register, { product, purpose, payer }, now, length),
    }));
    const kinds = new Map<string, typeof rows>();
    for (const row of rows) {
      const kind = `${row.price} ${row.ground}`;
      kinds.set(kind, [...(kinds.get(kind) ?? []), row]);
    }
    return [...kinds.values()].map((same) => ({
      product,
      purpose: known.title,
      who:
        same.length === CLASSES.length
          ? "everybody"
          : same.map(({ payer }) => PAYERS[payer]).join(", "),
      price: same[0]?.price ?? "",
      ground: same[0]?.ground ?? "",
    }));
  });
}

const PAYERS: Readonly<Record<PayerClass, string>> = {
  publicBody: "public bodies",
  welfare: "welfare",
  research: "research",
  smallEnterprise: "small enterprises",
  enterprise: "enterprises",
};

/** What an organisation of that class would pay, by the same decision as the gate's. */
function priceFor(
  register: ReadRegister,
  asked: { product: string; purpose: string; payer: PayerClass },
  now: number,
  length: number,
): { readonly price: string; readonly ground: string } {
  const act = { organisation: ASKER, title: ASKER, class: asked.payer };
  const organisations = new Map([[ASKER, { entry: 0, at: 0, act }]]);
  const permit = {
    ...{ permit: ASKER, organisation: ASKER },
    ...{ product: asked.product, purpose: asked.purpose },
    ...{ fields: [], where: [], rowsMax: 1, quota: {} },
  };
  const { fee, ceiling, because } = priceOf(
    ...([{ ...register, organisations }, permit] as const),
    ...([slotOf(now, length), length] as const),
  );
  if (fee === undefined) return { price: "free", ground: because };
  const { amount, currency, unit, payee, ground } = fee.act;
  return {
    price: `${showMoney(amount, currency)} per ${unit}`,
    ground: [
      payeeOf(register, payee),
      ...(ground === undefined ? [] : [`on ground ${ground}`]),
      ...(ceiling === undefined
        ? []
        : [`ceiling ${showMoney(ceiling.act.amount, currency)}`]),
    ].join(", "),
  };
}
