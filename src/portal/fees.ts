import { showInstant } from "../acts/dates.ts";
import { costHeads } from "../acts/revenue.ts";
import {
  type FeeCeiling,
  type FeeStandard,
  inForce,
  NEVER,
  type ReadRegister,
  type Standing,
} from "../register/register.ts";
import { payeeKindOf, type PayeeKind } from "../register/payees.ts";
import {
  deviationIn,
  incomeIn,
  netCost,
  profitOn,
  revenueIn,
} from "../register/revenue.ts";
import { yearlyUnder } from "../rules/ceilings.ts";
import { chargedIn } from "./charged.ts";
import { officeTitle, titleOf } from "./lang/title-in.ts";
import { type Charging, chargingOf } from "./things/charging.ts";

/** Of many prices, permitted revenues, years and refunds the newest are shown; how many there are is told. */
const SHOWN = 200;

export type FeeLine = {
  readonly fee: string;
  readonly product: string;
  readonly payee: string;
  readonly payeeKind: PayeeKind;
  readonly classes: readonly string[];
  readonly amount: number;
  readonly currency: string;
  readonly unit: string;
  readonly price: "trial" | "actual";
  readonly ground?: { readonly ground: string; readonly rule?: string };
  readonly ceiling?: {
    readonly ceiling: string;
    readonly amount: number;
    readonly revenue?: string;
    readonly entry: number;
  };
  readonly from: string;
  readonly to: string;
  readonly state: "in force" | "to come" | "over";
  /** Where several are in force for one class: which of them is charged. */
  readonly charging: readonly Charging[];
  readonly entry: number;
};
/** A part of what may be taken in a year, in the order in which they are added up. */
export type RevenuePart = { readonly part: string; readonly amount: number };
export type RevenueLine = {
  readonly revenue: string;
  readonly authorisation: string;
  readonly operator: string;
  readonly firstYear: number;
  readonly lastYear: number;
  readonly currency: string;
  readonly costs: readonly RevenuePart[];
  readonly subsidy: number;
  readonly profit: number;
  /** Basis points of the cost less subsidy, and those of the bonds in a year. */
  readonly rate: number;
  readonly bond: { readonly year: number; readonly yield: number };
  readonly tax: number;
  readonly deduction: number;
  readonly total: number;
  readonly entry: number;
  /** Ceilings that name it, with what each lets the operator take in a year. */
  readonly ceilings: readonly {
    readonly ceiling: string;
    readonly product: string;
    readonly yearly: number;
    readonly inForce: boolean;
    readonly entry: number;
  }[];
};
export type DeviationLine = {
  readonly authorisation: string;
  readonly year: number;
  readonly currency: string;
  readonly permitted: number;
  readonly income: number;
  /** What closed usage logs say was charged. */
  readonly charged: number;
  readonly deviation: number;
  readonly basisPoints?: number;
  readonly entries: readonly number[];
};
export type RefundLine = {
  readonly fee: string;
  readonly organisation: string;
  readonly of: string;
  readonly rule: string;
  readonly currency: string;
  readonly charged: number;
  readonly excess: number;
  readonly back: number;
  readonly open: number;
  readonly entries: readonly number[];
};
export type FeesView = {
  readonly title: string;
  readonly at: string;
  readonly fees: readonly FeeLine[];
  readonly feesInAll: number;
  readonly revenues: readonly RevenueLine[];
  readonly deviations: readonly DeviationLine[];
  readonly refunds: readonly RefundLine[];
};

/** Every price with what it rests on, what operators may take and took, and what went back: all of it from the register. */
export function feesView(register: ReadRegister, now: number): FeesView {
  const { offsetMinutes } = register;
  return {
    title: officeTitle(register),
    at: showInstant(now, offsetMinutes),
    fees: [...register.fees.values()]
      .slice(-SHOWN)
      .toReversed()
      .map((fee) => feeLine(register, fee, now)),
    feesInAll: register.fees.size,
    revenues: revenueLines(register, now),
    deviations: deviationLines(register),
    refunds: refundLines(register),
  };
}

function feeLine(
  register: ReadRegister,
  fee: Standing<FeeStandard>,
  now: number,
): FeeLine {
  const { act, entry, from } = fee;
  const to = Math.min(fee.ended?.at ?? NEVER, fee.to);
  const ground = register.rulebook?.act.grounds.find(
    (one) => one.ground === act.ground,
  );
  const over = ceilingOver(
    register,
    act,
    Math.max(from, Math.min(now, to - 1)),
  );
  return {
    ...{ fee: act.fee, product: act.product, classes: act.classes },
    ...{ amount: act.amount, currency: act.currency, unit: act.unit },
    payee:
      "body" in act.payee
        ? titleOf(register.bodies.get(act.payee.body), act.payee.body)
        : titleOf(
            register.organisations.get(act.payee.organisation),
            act.payee.organisation,
          ),
    payeeKind: payeeKindOf(register, act),
    price: act.trial === true ? "trial" : "actual",
    ...(act.ground === undefined
      ? {}
      : {
          ground: {
            ground: act.ground,
            ...(ground === undefined ? {} : { rule: ground.rule }),
          },
        }),
    ...(over === undefined
      ? {}
      : {
          ceiling: {
            ...{ ceiling: over.act.ceiling, amount: over.act.amount },
            ...(over.act.revenue === undefined
              ? {}
              : { revenue: over.act.revenue }),
            entry: over.entry,
          },
        }),
    from: showInstant(from, register.offsetMinutes),
    to: to === NEVER ? "without end" : showInstant(to, register.offsetMinutes),
    state: inForce(fee, now) ? "in force" : from > now ? "to come" : "over",
    charging: chargingOf(register, fee, now),
    entry,
  };
}

/** The ceiling that counts above a price at an instant: the one entered last. */
function ceilingOver(
  register: ReadRegister,
  { product, unit, currency }: FeeStandard,
  at: number,
): Standing<FeeCeiling> | undefined {
  return (register.ceilingsOf.get(product) ?? [])
    .flatMap((id) => register.ceilings.get(id) ?? [])
    .findLast(
      (one) =>
        one.act.unit === unit &&
        one.act.currency === currency &&
        inForce(one, at),
    );
}

function revenueLines(
  register: ReadRegister,
  now: number,
): readonly RevenueLine[] {
  return [...register.revenues.values()]
    .slice(-SHOWN)
    .toReversed()
    .map(({ act, entry }) => {
      const operator =
        register.authorisations.get(act.authorisation)?.act.operator ?? "";
      const { subsidy = 0, deduction = 0, bond } = act;
      const net = netCost(act);
      return {
        ...{ revenue: act.revenue, authorisation: act.authorisation, entry },
        operator: titleOf(register.organisations.get(operator), operator),
        ...{
          firstYear: act.firstYear,
          lastYear: act.firstYear + act.years - 1,
        },
        ...{ currency: act.currency, subsidy, deduction, rate: act.rate },
        costs: costHeads.map((part) => ({ part, amount: act.costs[part] })),
        profit: profitOn(net, act.rate),
        bond: { year: bond.year, yield: bond.yield },
        ...{ tax: act.tax, total: act.total },
        ceilings: (register.ceilingsUnder.get(act.authorisation) ?? [])
          .flatMap((id) => register.ceilings.get(id) ?? [])
          .filter((one) => one.act.revenue === act.revenue)
          .map((one) => ({
            ...{ ceiling: one.act.ceiling, product: one.act.product },
            ...{ yearly: yearlyUnder(one.act), entry: one.entry },
            inForce: inForce(one, now),
          })),
      };
    });
}

function deviationLines(register: ReadRegister): readonly DeviationLine[] {
  return [...register.incomes]
    .flatMap(([authorisation, all]) =>
      [...new Set(all.map(({ act }) => act.year))].flatMap((year) => {
        const stated = incomeIn(register, authorisation, year);
        const permitted = register.revenues.get(
          revenueIn(register, authorisation, year)?.revenue ?? "",
        );
        const found = deviationIn(register, authorisation, year);
        if (
          stated === undefined ||
          permitted === undefined ||
          found === undefined
        )
          return [];
        return [
          {
            ...{ authorisation, year, currency: stated.act.currency },
            ...{ permitted: found.permitted, income: found.income },
            charged: chargedIn(register, authorisation, year).reduce(
              (sum, one) => sum + one.charged,
              0,
            ),
            deviation: found.amount,
            ...(found.basisPoints === undefined
              ? {}
              : { basisPoints: found.basisPoints }),
            entries: [permitted.entry, stated.entry],
          },
        ];
      }),
    )
    .toSorted((a, b) => b.year - a.year)
    .slice(0, SHOWN);
}

/** One line a charge, however often something of it went back. */
function refundLines(register: ReadRegister): readonly RefundLine[] {
  return [...register.refundsOf.values()].slice(-SHOWN).flatMap((ids) => {
    const all = ids.flatMap((id) => register.refunds.get(id) ?? []);
    const [first] = all;
    if (first === undefined) return [];
    const { of, fee, organisation, charged, excess, rule } = first.act;
    const back = all.reduce((sum, { act }) => sum + act.amount, 0);
    return [
      {
        ...{ fee, organisation, charged, excess, back, open: excess - back },
        of: "leaf" in of ? of.leaf : of.month,
        ...{ rule, currency: register.fees.get(fee)?.act.currency ?? "" },
        entries: all.map(({ entry }) => entry),
      },
    ];
  });
}
