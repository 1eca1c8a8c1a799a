import type { ActOf } from "../acts/act.ts";
import type { Finding } from "../acts/entry.ts";
import type { PayerClass } from "../acts/shapes.ts";
import {
  type FeeStandard,
  NEVER,
  type ReadRegister,
  type Standing,
} from "../register/register.ts";
import { adoptedRule } from "./adopted.ts";
import { breach, missing, when } from "./findings.ts";

/** The only heads of cost that a fee may rest on, by the rule that closes the list. */
const costHeads = {
  // Regulation (EU) 2022/868, Art 6(5).
  "EU-DGA-17": [
    ...["reproduction", "rights-clearance", "anonymisation"],
    ...["secure-environment", "acquisition", "consent-help"],
  ],
  // Directive (EU) 2019/1024, Art 6(1).
  "EU-ODD-02": [
    ...["reproduction", "provision", "dissemination"],
    ...["anonymisation", "secrecy-measures"],
  ],
} as const;
type ByCosts = keyof typeof costHeads;
const byCosts: readonly ByCosts[] = ["EU-DGA-17", "EU-ODD-02"];

/** Where a fee covers costs and earns nothing: its year's units at this price come to no more than its year's costs, by the heads of the law. */
export function decideCosts(
  register: ReadRegister,
  act: ActOf<"feeStandard">,
): readonly Finding[] {
  const counts = (rule: string) => adoptedRule(register, rule) !== undefined;
  if (act.amount === 0) return [];
  return [
    ...byCosts.filter(counts).flatMap((rule) => withinCosts(rule, act)),
    ...(counts("EU-ODD-09") ? highValueIsFree(register, act) : []),
  ];
}

function withinCosts(
  rule: ByCosts,
  { costs, amount }: ActOf<"feeStandard">,
): readonly Finding[] {
  if (costs === undefined) return [missing(rule, ["fact", "costs"])];
  const heads: readonly string[] = costHeads[rule];
  const sum = costs.heads.reduce((all, one) => all + BigInt(one.amount), 0n);
  const names = costs.heads.map(({ head }) => head);
  return [
    ...names
      .filter((head) => !heads.includes(head))
      .map((head) => breach(rule, ["head", head])),
    ...when(new Set(names).size < names.length, () =>
      breach(rule, ["heads", names.length], ["different", new Set(names).size]),
    ),
    // By whole units, since a sum of many may be larger than an entry can hold.
    ...when(BigInt(amount) * BigInt(costs.units) > sum, () =>
      breach(
        rule,
        ["amount", amount],
        ["covers-costs", Number(sum / BigInt(costs.units))],
      ),
    ),
  ];
}

function highValueIsFree(
  register: ReadRegister,
  { product }: ActOf<"feeStandard">,
): readonly Finding[] {
  return (register.products.get(product)?.act.content ?? []).flatMap(
    ({ dataset }) => {
      const theme = register.datasets.get(dataset)?.act.highValue;
      return theme === undefined
        ? []
        : [breach("EU-ODD-09", ["dataset", dataset], ["theme", theme])];
    },
  );
}

const favoured: readonly PayerClass[] = [
  ...(["research", "welfare", "smallEnterprise"] as const),
];

/** Research, welfare and small enterprises never pay more for a unit than an enterprise does, at no moment of the new price. */
export function decideClasses(
  register: ReadRegister,
  act: ActOf<"feeStandard">,
  at: number,
): readonly Finding[] {
  if (adoptedRule(register, "EU-DGA-16") === undefined) return [];
  const others = othersBeside(register, act, at);
  const begin = act.from ?? at;
  const moments = [begin, ...others.flatMap((one) => [one.from, one.to])];
  const dearer = moments
    .filter((one) => one >= begin && one < (act.to ?? NEVER))
    .flatMap((moment) => {
      const priceOf = (payer: PayerClass): number | undefined =>
        act.classes.includes(payer)
          ? act.amount
          : others.find(
              (one) =>
                one.act.classes.includes(payer) &&
                one.from <= moment &&
                moment < one.to,
            )?.act.amount;
      const most = priceOf("enterprise");
      return favoured.filter((payer) => {
        const price = priceOf(payer);
        return most !== undefined && price !== undefined && price > most;
      });
    });
  return [...new Set(dearer)].map((payer) =>
    breach("EU-DGA-16", ["fee", act.fee], ["pays-more", payer]),
  );
}

/** Fees of the same product by the same unit, the one that was entered last first: it takes the place of those before it. */
function othersBeside(
  register: ReadRegister,
  { product, unit, currency }: ActOf<"feeStandard">,
  at: number,
): readonly Standing<FeeStandard>[] {
  return (register.feesOf.get(product) ?? [])
    .toReversed()
    .flatMap((id) => register.fees.get(id) ?? [])
    .filter(
      (one) =>
        one.ended === undefined &&
        one.to > at &&
        one.act.unit === unit &&
        one.act.currency === currency,
    );
}
