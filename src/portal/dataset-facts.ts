import { showInstant } from "../acts/dates.ts";
import { bytesToHex, fromBase64url } from "../acts/bytes.ts";
import { type PayerClass, payerClass } from "../acts/shapes.ts";
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
import { isOffered } from "../register/offered.ts";
import { payeeOf } from "./overview.ts";
import {
  officeTitle,
  purposeTitle,
  titleIn,
  titleOf,
} from "./lang/title-in.ts";
import { type Message, say } from "./lang/say.ts";
import { sayInstant, sayList, sayMoney } from "./lang/figures.ts";
import { sayFree, sayGround } from "./things/terms.ts";
import { permitsOf } from "./permits-of.ts";
import { sayPriceOf } from "./prices.ts";

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
  readonly products: readonly (Product & {
    readonly purposeTitles: readonly string[];
  })[];
  readonly prices: readonly PriceRow[];
  readonly users: readonly {
    readonly permit: string;
    readonly organisation: string;
    readonly product: string;
    readonly productTitle: string;
    readonly purpose: string;
    readonly purposeTitle: string;
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
    (one) =>
      one.act.content[0]?.dataset === id && isOffered(register, one, now),
  );
  return {
    office: officeTitle(register),
    dataset,
    entry: found.entry,
    system: system === undefined ? dataset.system : titleIn(system),
    body: titleOf(register.bodies.get(system?.body ?? ""), ""),
    lent: lentBy(register, dataset),
    vintage: latest && {
      number: latest.vintage.vintage,
      rows: latest.vintage.rows,
      digest: bytesToHex(fromBase64url(latest.vintage.digest)),
      entry: latest.entry,
      at: show(latest.at),
    },
    products: products.map(({ act }) => ({
      ...act,
      purposeTitles: act.purposes.map((one) => purposeTitle(register, one)),
    })),
    prices: products.flatMap((one) => pricesOf(register, one, now)),
    users: usersOf(
      ...([register, products.map(({ act }) => act.product), now] as const),
    ),
  };
}

function lentBy(register: ReadRegister, dataset: Dataset): string | undefined {
  const lent = register.contributions.get(dataset.contribution ?? "");
  if (lent === undefined) return undefined;
  const { contributor, noticeDays } = lent.act;
  const who = titleOf(register.organisations.get(contributor), contributor);
  const until =
    lent.to === NEVER
      ? ""
      : say(", until {until}", {
          until: sayInstant(lent.to, register.offsetMinutes),
        });
  return `${say("{who}, on terms of its own, with {n} days of notice", { who, n: noticeDays })}${until}`;
}

function usersOf(
  register: ReadRegister,
  products: readonly string[],
  now: number,
): DatasetFacts["users"] {
  return products
    .flatMap((product) => permitsOf(register, "permitsOfProduct", product))
    .filter((one) => inForce(one, now))
    .map(({ act, entry, to }) => ({
      permit: act.permit,
      organisation: titleOf(
        register.organisations.get(act.organisation),
        act.organisation,
      ),
      product: act.product,
      productTitle: titleOf(register.products.get(act.product), act.product),
      purpose: act.purpose,
      purposeTitle: purposeTitle(register, act.purpose),
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
      product: titleIn(act),
      purpose: titleIn(known),
      who:
        same.length === CLASSES.length
          ? say("everybody")
          : sayList(same.map(({ payer }) => say(PAYERS[payer]))),
      price: same[0]?.price ?? "",
      ground: same[0]?.ground ?? "",
    }));
  });
}

const PAYERS: Readonly<Record<PayerClass, Message>> = {
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
  if (fee === undefined)
    return { price: say("free"), ground: sayFree(because) };
  const { amount, currency, unit, payee, ground } = fee.act;
  return {
    price: sayPriceOf({ amount, currency, unit }),
    ground: [
      payeeOf(register, payee),
      ...(ground === undefined
        ? []
        : [say("on ground {ground}", { ground: sayGround(ground) })]),
      ...(ceiling === undefined
        ? []
        : [
            say("ceiling {amount}", {
              amount: sayMoney(ceiling.act.amount, currency),
            }),
          ]),
    ].join(say(", ")),
  };
}
