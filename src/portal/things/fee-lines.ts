import type { ReadRegister } from "../../register/register.ts";
import { chargingOf } from "./charging.ts";
import { groundOf } from "./ground-of.ts";
import { payeeRef, refTo } from "./ref.ts";
import { spanOf } from "./world.ts";

/** Prices in a line each: of what, paid to whom, how much, and on which ground of the rulebook in force. */
export function feeLines(
  register: ReadRegister,
  ids: readonly string[],
  now: number,
) {
  return ids.flatMap((id) => {
    const fee = register.fees.get(id);
    if (fee === undefined) return [];
    const { product, payee, classes, amount, currency, unit } = fee.act;
    return [
      {
        fee: refTo(register, "fee", id),
        product: refTo(register, "product", product),
        payee: payeeRef(register, payee),
        ...{ classes, amount, currency, unit },
        ...groundOf(register, fee.act.ground),
        charging: chargingOf(register, fee, now),
        span: spanOf(fee, now),
        entry: fee.entry,
      },
    ];
  });
}
export type FeeInLine = ReturnType<typeof feeLines>[number];
