import fc from "fast-check";
import type { Act, ActOf } from "../src/acts/act.ts";
import { HOUR, paperOf, secretOf } from "./story-founding.ts";

type Of<K extends Act["kind"]> = Partial<ActOf<K>>;
export type Costs = ActOf<"permittedRevenue">["costs"];

/** 900 of cost in five heads, 100 of it subsidised; seven percent of 800 is 56, and 44 of tax make 900. */
export const theCosts: Costs = {
  ...{ platform: 400, processing: 300, staff: 150, acquisition: 20 },
  period: 30,
};
export const aRevenue = (
  change: Of<"permittedRevenue"> = {},
): ActOf<"permittedRevenue"> => ({
  ...{ kind: "permittedRevenue", revenue: "vehicles-2026" },
  ...{ authorisation: "sanhe-vehicles", firstYear: 2026, years: 3 },
  ...{ currency: "CNY", costs: theCosts, subsidy: 100, rate: 700 },
  bond: {
    ...{ year: (change.firstYear ?? 2026) - 2, yield: 180 },
    source: paperOf("bond-yield"),
  },
  ...{ tax: 44, total: 900 },
  survey: { year: (change.firstYear ?? 2026) - 1, paper: paperOf("survey") },
  ...change,
});
/** What comes of an act that is granted: before there is income the volume of a ceiling is a guess, and seen as one. */
export const guessed = (one: Act): string =>
  one.kind === "feeCeiling" && one.revenue !== undefined
    ? `granted, CN-PRC-03-REVENUE missing volume-of ${one.product}, volume ${one.volume ?? 0}`
    : "granted";
export const aHearing = (on = "2026-03-02") => ({
  hearing: { on, paper: paperOf("hearing") },
});
export const anIncome = (
  change: Of<"incomeStated"> = {},
): ActOf<"incomeStated"> => ({
  ...{ kind: "incomeStated", authorisation: "sanhe-vehicles", year: 2025 },
  currency: "CNY",
  products: [{ product: "vehicle-records", volume: 9, income: 900 }],
  ...{ costs: theCosts, accounts: paperOf("accounts") },
  ...change,
});
export const aSending = (
  change: Of<"reportSent"> = {},
): ActOf<"reportSent"> => ({
  ...{ kind: "reportSent", report: "prices", year: 2025 },
  ...{ about: "sanhe-vehicles", paper: paperOf("report") },
  ...change,
});
export const USED = "story.example/usage/gate/minute/2026q1";
export const aRefund = (change: Of<"refunded"> = {}): ActOf<"refunded"> => ({
  ...{ kind: "refunded", refund: "refund-1", organisation: "huaxing" },
  ...{ fee: "vehicles-fee", log: USED, of: { month: "2026-03" } },
  ...{ charged: 500, excess: 100, amount: 100, rule: "CN-PRC-03" },
  paper: secretOf("refund"),
  ...change,
});

/** In an order in which an office could grant them. */
export const oneOfEachRevenue = {
  permittedRevenue: aRevenue(),
  incomeStated: anIncome(),
  reportSent: aSending(),
  refunded: aRefund({ organisation: "sanhe" }),
};

const of = <const T>(...all: readonly T[]): fc.Arbitrary<T> =>
  fc.constantFrom<T[]>(...all);
type Dated = (hour: number) => Act;
const yearOf = (hour: number): number =>
  new Date(hour + 8 * HOUR).getUTCFullYear();
const authorisation = of("sanhe-vehicles", "sanhe-vehicles", "second-right");

/** What operators may take and took, in years before and behind, with right sums and wrong ones. */
export const revenues = {
  permittedRevenue: fc
    .record({
      revenue: of("vehicles-2026", "revenue-2", "revenue-3"),
      authorisation,
      later: of(-1, 0, 0, 1),
      years: of(1, 3, 4),
      total: of(900, 900, 899, 700),
      deduction: of(0, 0, 200),
    })
    .map(
      ({ later, ...values }): Dated =>
        (hour) =>
          aRevenue({ ...values, firstYear: yearOf(hour) + later }),
    ),
  incomeStated: fc
    .record({ authorisation, later: of(-1, -1, 0), income: of(0, 900, 1_200) })
    .map(
      ({ later, income, ...values }): Dated =>
        (hour) =>
          anIncome({
            ...{ ...values, year: yearOf(hour) + later },
            products: [{ product: "vehicle-records", volume: 9, income }],
          }),
    ),
  reportSent: fc
    .record({
      ...{ about: authorisation, later: of(-1, 0) },
      report: of("prices", "disclosure"),
    })
    .map(
      ({ later, ...values }): Dated =>
        (hour) =>
          aSending({ ...values, year: yearOf(hour) + later }),
    ),
  refunded: fc
    .record({ refund: of("refund-1", "refund-2"), amount: of(0, 50, 100, 101) })
    .map(
      (values): Dated =>
        () =>
          aRefund(values),
    ),
};
