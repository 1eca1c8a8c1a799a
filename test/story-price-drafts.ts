import fc from "fast-check";
import type { ActOf } from "../src/acts/act.ts";
import { aCeiling, aFee, aWithdrawal } from "./story-acts.ts";
import { HOUR, must, paperOf } from "./story-founding.ts";
import { all, type Granted } from "./story-model.ts";
import { aHearing, anIncome, aRevenue, theCosts } from "./story-revenue.ts";

/** Prices by people who know the law and by people who do not: drafts of acts, made for an instant behind a history. */
const DAY = 24 * HOUR;
export const yearOf = (at: number): number =>
  new Date(at + 8 * HOUR).getUTCFullYear();
export const begins = (year: number): number => Date.UTC(year, 0, 1) - 8 * HOUR;

export type Priced = ActOf<
  | "permittedRevenue"
  | "feeCeiling"
  | "feeStandard"
  | "incomeStated"
  | "productWithdrawn"
>;
const of = <const T>(...values: readonly T[]) =>
  fc.constantFrom<T[]>(...values);
const product = of("vehicle-records", "vehicle-records", "second");
const rare = <T>(one: fc.Arbitrary<T>) =>
  fc.option(one, { nil: undefined, freq: 1 });

/** Mostly what can be granted. */
const mostly = <const T>(usual: T, ...others: readonly T[]) =>
  fc.oneof(
    { arbitrary: fc.constant(usual), weight: 9 },
    { arbitrary: of(...others), weight: 1 },
  );

const revenueAct = fc.record({
  platform: of(400, 400, 800, 0),
  subsidy: mostly<number | undefined>(100, undefined, 0, 5_000),
  rate: mostly<number>(700, 333, 780, 781),
  yieldYear: mostly<number>(0, -1, -2),
  yields: mostly<number>(180, 2_001),
  survey: mostly<boolean>(true, false),
  years: mostly<number>(1, 2, 3, 4),
  later: mostly<number>(1, 0, -1),
  deduction: of(0, 0, 0, 100, 400),
  spread: of(1, 1, 2, 3),
  off: mostly<number>(0, 1),
});
const ceilingAct = fc.record({
  product,
  amount: of(1, 10, 50),
  volume: mostly<number | undefined>(10, undefined, 0, 1, 40),
  unit: of("step" as const, "step" as const, "call" as const),
  heard: mostly<boolean>(true, false),
  newest: mostly<number>(0, 1, 2),
  after: mostly<number>(0, 20, 300),
  days: of(10, 100, 300, 700, 700, 700),
});
const feeAct = fc.record({
  product,
  amount: of(0, 1, 10, 50),
  unit: mostly<"step" | "call">("step", "call"),
  trial: rare(of(true)),
  after: of(0, 0, 5, 200),
  days: of(1, 10, 90),
});
const incomeAct = fc.record({
  income: of(0, 300, 900, 1_500),
  earlier: mostly<number>(1, 2, 0),
  volume: mostly<number>(9, 12),
  accounts: mostly<boolean>(true, false),
});

export type Draft = (
  n: number,
  at: number,
  history: readonly Granted[],
) => Priced | undefined;
const revenueDraft = revenueAct.map((v): Draft => (n, at, history) => {
  const costs = { ...theCosts, platform: v.platform };
  const sum = Object.values(costs).reduce((a, b) => a + b, 0);
  const net = Math.max(0, sum - (v.subsidy ?? 0));
  const year = yearOf(at) + v.later;
  // The years of another one now and then, mostly those behind it.
  const last = all(history, "permittedRevenue").at(-1)?.act;
  const firstYear =
    v.later === 1 && last !== undefined ? last.firstYear + last.years : year;
  const {
    survey,
    subsidy: _,
    ...rest
  } = aRevenue({
    ...{ revenue: `revenue-${n}`, costs, rate: v.rate, firstYear },
    ...{ years: v.years, deduction: v.deduction, spread: v.spread },
    bond: {
      ...{ year: firstYear - 2 + v.yieldYear, yield: v.yields },
      source: paperOf("bond"),
    },
    total: Math.max(
      0,
      net + Math.floor((net * v.rate) / 10_000) + 44 - v.deduction + v.off,
    ),
  });
  return {
    ...rest,
    ...(v.survey ? { survey: must(survey) } : {}),
    ...(v.subsidy === undefined ? {} : { subsidy: v.subsidy }),
  };
});
const ceilingDraft = ceilingAct.map((v): Draft => (n, at, history) => {
  const revenue = all(history, "permittedRevenue").at(-1 - v.newest)?.act;
  const earliest =
    revenue === undefined || v.after === 20 ? at : begins(revenue.firstYear);
  const hour = Math.max(at, earliest) + v.after * DAY;
  const end =
    revenue === undefined ? hour : begins(revenue.firstYear + revenue.years);
  return aCeiling({
    ...{ ceiling: `ceiling-${n}`, product: v.product, amount: v.amount },
    ...{ unit: v.unit, from: hour },
    to: v.days === 700 ? Math.max(hour + HOUR, end) : hour + v.days * DAY,
    ...(v.volume === undefined ? {} : { volume: v.volume }),
    ...(v.heard ? aHearing(v.newest === 2 ? "2099-01-01" : "2026-03-02") : {}),
    ...(revenue === undefined ? {} : { revenue: revenue.revenue }),
  });
});
const feeDraft = feeAct.map((v): Draft => (n, at, history) => {
  const over = all(history, "feeCeiling").at(-1)?.act;
  const hour = Math.max(at, over?.from ?? at) + v.after * DAY;
  return aFee({
    ...{ fee: `fee-${n}`, amount: v.amount, unit: v.unit, from: hour },
    product: over === undefined || v.days === 1 ? v.product : over.product,
    to: hour + v.days * DAY,
    ...(v.trial === undefined ? {} : { trial: v.trial }),
  });
});
const incomeDraft = incomeAct.map((v): Draft => (_, at) => {
  const { accounts, ...rest } = anIncome({
    year: yearOf(at) - v.earlier,
    products: [
      { product: "vehicle-records", volume: v.volume, income: v.income },
    ],
  });
  return v.accounts ? { ...rest, accounts: must(accounts) } : rest;
});
export const draft: fc.Arbitrary<Draft> = fc.oneof(
  { arbitrary: revenueDraft, weight: 6 },
  { arbitrary: ceilingDraft, weight: 8 },
  { arbitrary: feeDraft, weight: 6 },
  { arbitrary: incomeDraft, weight: 6 },
  {
    arbitrary: fc.constant<Draft>(() => aWithdrawal({ product: "second" })),
    weight: 1,
  },
);
