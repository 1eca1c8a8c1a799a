import { Hono } from "hono";
import { expect, test } from "vitest";
import {
  aFee,
  aFeeEnded,
  aGateway,
  aPermit,
  offered,
  priced,
} from "../../test/story-acts.ts";
import { day } from "../../test/story-founding.ts";
import {
  begins,
  founded,
  scene,
  trial,
  under,
} from "../../test/story-guided.ts";
import { aRefund, anIncome, aRevenue } from "../../test/story-revenue.ts";
import { asked, asks, closes, heads, logAt } from "../../test/story-uses.ts";
import { unpublished } from "../../test/story-proofs.ts";
import { given, play, type Step } from "../../test/story.ts";
import { chargedIn } from "./charged.ts";
import { feesRoutes } from "./fees-routes.tsx";

function pages(story: readonly Step[], now: number) {
  const { register } = play(story);
  const app = new Hono();
  feesRoutes(app, { ...unpublished(register), now: () => now });
  return async (path: string): Promise<string> =>
    (await app.request(path)).text();
}

/** Permitted 900 a year; a trial of 0.80 until the end of the year, then 0.90; 1,000 taken in the first year. */
const story: readonly Step[] = [
  ...scene,
  ...given(day(2), aRevenue(), under({ to: begins(2028) })),
  ...given(day(3), trial({ to: begins(2027) })),
  ...given(
    begins(2027),
    anIncome({
      year: 2026,
      products: [{ product: "vehicle-records", volume: 12, income: 1_000 }],
    }),
  ),
  ...given(
    begins(2027) + 1,
    trial({ fee: "second", amount: 90, to: begins(2028) }),
  ),
];

test("each price is shown with its ground, its ceiling and what may be taken", async () => {
  const ask = pages(story, begins(2027, 2));
  const twin: unknown = JSON.parse(await ask("/fees.json"));
  expect(twin).toMatchObject({
    feesInAll: 2,
    fees: [
      {
        ...{ fee: "second", price: "trial", state: "in force", amount: 90 },
        ground: { ground: "operation-service-fee", rule: "CN-PRC-02" },
        ceiling: {
          ceiling: "vehicles-max",
          amount: 90,
          revenue: "vehicles-2026",
        },
        payee: "Sanhe Data Operation",
      },
      { fee: "vehicles-fee", state: "over", to: "2027-01-01 00:00" },
    ],
    revenues: [
      {
        ...{ revenue: "vehicles-2026", total: 900, profit: 56, tax: 44 },
        ...{ firstYear: 2026, lastYear: 2028, subsidy: 100, deduction: 0 },
        ceilings: [{ ceiling: "vehicles-max", yearly: 900, inForce: true }],
      },
    ],
    deviations: [
      {
        year: 2026,
        permitted: 900,
        income: 1_000,
        deviation: 100,
        basisPoints: 1_112,
      },
    ],
  });
  const html = await ask("/fees");
  for (const text of [
    "0.90 CNY per step",
    "Transfer, collection, storage and governance",
    "Profit, 7.00 % of the cost less subsidy",
    "11.12 %",
    "Cost, profit and tax of 10.00 CNY, ceilings in force of 9.00 CNY, 9.00 CNY permitted",
  ])
    expect(html).toContain(text);
});

test("the parts of the picture lie one behind the other and are as wide as they are large", async () => {
  const html = await pages(story, begins(2027, 2))("/fees");
  const [svg = ""] = /<svg class="bar stacked"[^]*?<\/svg>/.exec(html) ?? [];
  const widths = [...svg.matchAll(/<rect x="(\d+)" width="(\d+)" height="9"/g)];
  // 400, 300, 150, 20, 30, 56 and 44 of 1,000.
  expect(widths.map(([, x, width]) => [Number(x), Number(width)])).toEqual([
    ...[
      [0, 400],
      [400, 300],
      [700, 150],
      [850, 20],
      [870, 30],
      [900, 56],
    ],
    [956, 44],
  ]);
  expect(svg).toContain('y="11" width="900"');
});

test("an office without prices says so", async () => {
  const html = await pages(
    [founded, ...given(day(1), ...offered)],
    day(2),
  )("/fees");
  expect(html).toContain("No price was approved.");
  expect(html).toContain("No act says what an operator may take.");
  expect(html).toContain("Nothing was given back.");
});

test("a price that was ended is over, and one that begins later is to come", async () => {
  const at = pages(
    [
      ...given(day(1), ...priced),
      ...given(day(2), aFee({ fee: "later", from: day(9) }), aFeeEnded()),
    ],
    day(3),
  );
  const twin: unknown = JSON.parse(await at("/fees.json"));
  expect(twin).toMatchObject({
    fees: [
      { fee: "later", state: "to come", price: "actual" },
      { fee: "vehicles-fee", state: "over", to: "2026-03-04 00:00" },
    ],
  });
});

test("what went back is told by charge, with what is still open", async () => {
  const refund = (change: Parameters<typeof aRefund>[0]) =>
    aRefund({
      log: logAt("minute", day(3)),
      charged: 80,
      excess: 60,
      ...change,
    });
  const at = pages(
    [
      ...given(day(1), ...priced, aPermit(), aGateway()),
      asks(day(3), "huaxing", asked(), "by huaxing-vehicles, vehicles-fee 80"),
      ...given(
        day(4),
        refund({ amount: 20 }),
        refund({ refund: "r-2", amount: 30 }),
      ),
    ],
    day(5),
  );
  const twin: unknown = JSON.parse(await at("/fees.json"));
  expect(twin).toMatchObject({
    refunds: [
      {
        organisation: "huaxing",
        of: "2026-03",
        charged: 80,
        excess: 60,
        back: 50,
        open: 10,
      },
    ],
  });
});

test("what closed logs say was charged stands beside the income that is stated", () => {
  const steps = [
    ...given(day(1), ...priced, aPermit(), aGateway()),
    asks(day(3), "huaxing", asked(), "by huaxing-vehicles, vehicles-fee 80"),
    asks(day(3, 1), "huaxing", asked(), "by huaxing-vehicles, vehicles-fee 80"),
    ...given(day(4), aRevenue()),
  ];
  const { register: open } = play(steps);
  expect(chargedIn(open, "sanhe-vehicles", 2026)).toEqual([
    { product: "vehicle-records", volume: 0, charged: 0, entries: [] },
  ]);
  const closed = [...steps, heads(day(4, 1)), closes(day(4, 2))];
  const { register } = play(closed);
  const [one] = chargedIn(register, "sanhe-vehicles", 2026);
  expect(one).toMatchObject({ volume: 2, charged: 160 });
  expect(one?.entries).toHaveLength(1);
  expect(chargedIn(register, "sanhe-vehicles", 2025)[0]?.charged).toBe(0);
});
