import { expect, test } from "vitest";
import type { Cell, FeeStandard } from "./ledger.ts";
import { DAY_FIRST } from "./timeline.ts";
import { asTried, permittedRevenue, tryFee } from "./try-fee.ts";

const standard: FeeStandard = {
  line: 2,
  service: "Tide tables",
  unit: "",
  payee: "Treasury",
  payerClass: "",
  currency: "CNY",
  priceMinor: 20,
  step: 100,
  ceilingMinor: 50,
  from: 20_000,
  until: 20_500,
  approvedBy: "",
  paper: "",
  ground: "",
};
const cell: Cell = {
  department: "Harbours",
  unit: "Harbour Office",
  system: "Tides",
  service: "Tide tables",
  payerClass: "company",
  currency: "CNY",
  month: "2023-01",
  outcome: "over",
  fee: 0,
  receipts: 10,
  minor: 1_000,
  approvedMinor: 400,
};

test("a draft is tried on all days by its latest versions, as if it were approved", () => {
  const tried = asTried([
    standard,
    { ...standard, priceMinor: 30, from: 20_500, until: undefined },
    { ...standard, unit: "Harbour Office", approvedBy: "Price Bureau" },
    { ...standard, service: "TIDE tables", priceMinor: 10, from: 19_000 },
  ]);
  expect(tried).toMatchObject([
    {
      priceMinor: 30,
      from: DAY_FIRST,
      until: undefined,
      approvedBy: "draft",
      ground: "draft",
    },
    { unit: "Harbour Office", from: DAY_FIRST, approvedBy: "Price Bureau" },
  ]);
  expect(tried).toHaveLength(2);
});

test("revenue by payer class: then, by the draft, up to its ceiling, and what it does not cover", () => {
  const cells: readonly Cell[] = [
    cell,
    {
      ...cell,
      outcome: "paidTwice",
      receipts: 1,
      minor: 100,
      approvedMinor: 0,
    },
    {
      ...cell,
      outcome: "nobodyApproved",
      fee: undefined,
      receipts: 2,
      minor: 70,
      approvedMinor: 0,
    },
    {
      ...cell,
      payerClass: "research",
      fee: 1,
      receipts: 3,
      minor: 90,
      approvedMinor: 600,
    },
  ];
  expect(
    tryFee([standard, { ...standard, ceilingMinor: undefined }], cells),
  ).toEqual([
    {
      payerClass: "research",
      currency: "CNY",
      receipts: 3,
      chargedMinor: 90,
      draftMinor: 600,
      ceilingMinor: undefined,
      uncovered: { receipts: 0, minor: 0 },
    },
    {
      payerClass: "company",
      currency: "CNY",
      receipts: 11,
      chargedMinor: 1_100,
      draftMinor: 400,
      ceilingMinor: 1_000,
      uncovered: { receipts: 2, minor: 70 },
    },
  ]);
});

const year = {
  costMinor: 1_000_003,
  taxMinor: 500,
  bondYieldPercent: "2.35",
  ratePercent: "8.35",
};

test("permitted revenue is cost, profit on cost and tax, rounded down to the fen", () => {
  expect(permittedRevenue(year)).toEqual({
    minor: 1_000_003 + 83_500 + 500,
    profitMinor: 83_500,
  });
  expect(permittedRevenue({ ...year, ratePercent: "0" })).toEqual({
    minor: 1_000_503,
    profitMinor: 0,
  });
  const large = { ...year, costMinor: 8_000_000_000_000_011 };
  expect(permittedRevenue(large)).toEqual({
    minor: 8_668_000_000_000_511,
    profitMinor: 668_000_000_000_000,
  });
});

test.each([
  [
    { ratePercent: "8.350001" },
    "a rate of 8.350001 % is above 8.35 %, the bond yield of 2.35 % and 6 points (Notice 发改价格〔2025〕65号, section 3(1); CN-PRC-07)",
  ],
  [{ ratePercent: "8,35" }, '"8,35" is no percentage, want one such as 2.35'],
  [{ bondYieldPercent: "-1" }, '"-1" is no percentage, want one such as 2.35'],
  [{ costMinor: -1 }, "the cost is -1, want an amount of 0 or more"],
  [{ taxMinor: 0.5 }, "the tax is 0.5, want an amount of 0 or more"],
  [{ costMinor: 9e15 }, "cost, profit and tax together are too large"],
])("%j is refused", (of, problem) => {
  expect(permittedRevenue({ ...year, ...of })).toEqual({ problem });
});
