import * as z from "zod/mini";
import { chargedIn } from "../../portal/charged.ts";
import type { ReadRegister } from "../../register/register.ts";

/** What was taken the logs of the history know, and no file can. */
const takenAct = z.looseObject({
  kind: z.literal("incomeStated"),
  authorisation: z.string(),
  year: z.int(),
  products: z.literal("$taken"),
});

/** A statement of income whose products are "$taken" says what the logs of this history come to; any other act is left as it is. */
export function withIncome(register: ReadRegister, act: unknown): unknown {
  const found = takenAct.safeParse(act);
  if (!found.success) return act;
  const { authorisation, year } = found.data;
  return {
    ...found.data,
    products: chargedIn(register, authorisation, year).map(
      ({ product, volume, charged }) => ({ product, volume, income: charged }),
    ),
  };
}
