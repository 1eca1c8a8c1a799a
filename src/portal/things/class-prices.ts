import { type PayerClass, payerClass } from "../../acts/shapes.ts";
import type { ReadRegister, StandingProduct } from "../../register/register.ts";
import { slotNameOf } from "../../uses/admit.ts";
import { priceOf, type Price } from "../../uses/price.ts";
import { SLOT, slotOf } from "../../uses/use.ts";
import { groundOf } from "./ground-of.ts";
import { purposeOf } from "./permit-lines.ts";
import { payeeRef, refTo } from "./ref.ts";

const ASKER = "asker";

/**
 * What each class of payer pays for each purpose of a product, by the same decision as the gate's; classes that pay the same stand
 * together.
 */
export function pricesFor(
  register: ReadRegister,
  { act, personal }: StandingProduct,
  now: number,
) {
  const length = SLOT[slotNameOf(personal)];
  const slot = slotOf(now, length);
  const known = new Set(
    register.rulebook?.act.purposes.map(({ purpose }) => purpose),
  );
  return act.purposes
    .filter((purpose) => known.has(purpose))
    .flatMap((purpose) => {
      const alike = new Map<
        string,
        { readonly price: Price; readonly classes: PayerClass[] }
      >();
      for (const payer of payerClass.options) {
        const asked = { product: act.product, purpose, payer };
        const price = priceOf(
          asking(register, payer),
          permitFor(asked),
          slot,
          length,
        );
        const key = `${price.fee?.act.fee ?? ""} ${price.because}`;
        const same = alike.get(key);
        if (same === undefined) alike.set(key, { price, classes: [payer] });
        else same.classes.push(payer);
      }
      return [...alike.values()].map(({ price, classes }) => ({
        purpose: purposeOf(register, purpose),
        classes,
        isAll: classes.length === payerClass.options.length,
        ...shown(register, price),
      }));
    });
}
export type ClassPrice = ReturnType<typeof pricesFor>[number];

function shown(register: ReadRegister, { fee, ceiling, because }: Price) {
  if (fee === undefined) return { because };
  const { amount, currency, unit, payee, ground } = fee.act;
  return {
    because,
    fee: {
      fee: refTo(register, "fee", fee.act.fee),
      ...{ amount, currency, unit },
      payee: payeeRef(register, payee),
      ...groundOf(register, ground),
      ...(ceiling === undefined ? {} : { ceiling: ceiling.act.amount }),
    },
  };
}

/** The register with one organisation in it, which is of that class. */
function asking(register: ReadRegister, payer: PayerClass): ReadRegister {
  const act = { organisation: ASKER, title: ASKER, class: payer };
  const organisations = new Map([[ASKER, { entry: 0, at: 0, act }]]);
  return { ...register, organisations };
}

function permitFor({
  product,
  purpose,
}: {
  readonly product: string;
  readonly purpose: string;
}) {
  return {
    ...{ permit: ASKER, organisation: ASKER, product, purpose },
    ...{ fields: [], where: [], rowsMax: 1, quota: {} },
  };
}
