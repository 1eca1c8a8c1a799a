import { sayMoney } from "./lang/figures.ts";
import { say } from "./lang/say.ts";
import { sayWord } from "./lang/words.ts";

/** What one unit costs. */
export function sayPriceOf(price: {
  readonly amount: number;
  readonly currency: string;
  readonly unit: string;
}): string {
  return say("{amount} per {unit}", {
    amount: sayMoney(price.amount, price.currency),
    unit: sayWord(price.unit),
  });
}
