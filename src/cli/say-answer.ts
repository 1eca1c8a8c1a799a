import { showMoney } from "../audit/says.ts";
import type { Answer } from "./client.ts";
import { EXIT } from "./exit.ts";
import { printFindings } from "./explain-query.ts";
import { type Priced, readAs, refusedAnswer } from "./read-as.ts";
import { keep } from "./receipt-file.ts";

export async function priceAndReceipt(
  { price, leaf, receipt }: Priced,
  options: { readonly receipt?: string; readonly say?: typeof console.log },
  word?: string,
): Promise<void> {
  const cost =
    price.currency === undefined
      ? `${showMoney(0, "CNY")}, ${price.because === "CN-PRC-01" ? "public purpose (CN-PRC-01)" : price.because}`
      : `${showMoney(price.amount, price.currency)} to ${price.payee ?? ""}${price.ceiling === undefined ? "" : ` (ceiling ${showMoney(price.ceiling, price.currency).split(" ")[0] ?? ""})`}`;
  const { say = console.log } = options;
  say(word === undefined ? `price     ${cost}` : `${word.padEnd(3)}   ${cost}`);
  if (word === undefined && price.rate !== undefined)
    say(`ground    ${groundLine(price)}`);
  say(`entry     ${leaf}`);
  if (options.receipt !== undefined) await keep(options.receipt, receipt, say);
}

/** On which ground at which rate; where another class pays more, the difference is the discount. */
function groundLine(price: Priced["price"]): string {
  const { ground = "none", rule, rate = 0, unit = "", fullRate } = price;
  const money = (amount: number) => showMoney(amount, price.currency);
  const spared =
    fullRate === undefined ? "" : ` instead of ${money(fullRate)} (discount)`;
  return `${ground}${rule === undefined ? "" : ` (${rule})`}: ${money(rate)} per ${unit} for ${price.class ?? ""}${spared}`;
}

/** A refusal in full: rule, article, what would have to be true, where to apply. */
export function refused({ body }: Answer): number {
  const { error, findings } = readAs(refusedAnswer, body, "answer");
  console.log(`refused  ${error.message}`);
  printFindings(findings ?? []);
  return EXIT.refused;
}
