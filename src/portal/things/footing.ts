import { lostFooting } from "../../register/offered.ts";
import {
  inForce,
  type ReadRegister,
  type StandingPermit,
  type StandingProduct,
} from "../../register/register.ts";
import { refTo } from "./ref.ts";
import { type Span, spanOf, type Without } from "./world.ts";

/** How long a product is offered: nobody may have ended it, and yet what it stands on is over. */
export function productSpan(
  register: ReadRegister,
  product: StandingProduct,
  now: number,
): Span {
  return spanOn(spanOf(product, now), () =>
    footingLost(register, product, now),
  );
}

/** How long a permit is good for anything: it stands on its product, and on all that stands under that. */
export function permitSpan(
  register: ReadRegister,
  permit: StandingPermit,
  now: number,
): Span {
  const product = register.products.get(permit.act.product);
  return spanOn(spanOf(permit, now), () => {
    if (product === undefined) return undefined;
    if (inForce(product, now)) return footingLost(register, product, now);
    const thing = refTo(register, "product", product.act.product);
    return { kind: "product", thing, ...endOf(spanOf(product, now)) };
  });
}

function spanOn(span: Span, lost: () => Without | undefined): Span {
  const without = span.state === "inForce" ? lost() : undefined;
  return without === undefined ? span : { ...span, without };
}

function footingLost(
  register: ReadRegister,
  product: StandingProduct,
  now: number,
): Without | undefined {
  const lost = lostFooting(register, product, now);
  if (lost === undefined) return undefined;
  const { kind, id, standing } = lost;
  return {
    ...{ kind, thing: refTo(register, kind, id) },
    ...(standing === undefined ? {} : endOf(spanOf(standing, now))),
  };
}

/** What is suspended or to come did not end. */
function endOf({ state, to }: Span): Pick<Without, "ended"> {
  return state === "over" && to !== undefined ? { ended: to } : {};
}
