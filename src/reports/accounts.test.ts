import { expect, test } from "vitest";
import { aFee, aFeeEnded, priced } from "../../test/story-acts.ts";
import { day } from "../../test/story-founding.ts";
import { begins, scene, trial, under } from "../../test/story-guided.ts";
import { made, NEXT_YEAR, rowsOf } from "../../test/story-reports.ts";
import { anIncome, aRevenue } from "../../test/story-revenue.ts";
import { faultsOf, given, play, type Step } from "../../test/story.ts";

/** What the price authority is told of the money: as it was stated, held against what was permitted. */

test("what was stated of a year is reported with what was permitted: costs by head, income, profit, deviation, volume by product", async () => {
  const permitted: readonly Step[] = [
    ...scene,
    ...given(day(2), aRevenue(), under({ to: begins(2028) })),
    ...given(day(3), trial({ to: begins(2027) })),
  ];
  const house = play([
    ...permitted,
    ...given(
      begins(2027),
      anIncome({
        year: 2026,
        products: [{ product: "vehicle-records", volume: 12, income: 1_000 }],
      }),
    ),
  ]);
  const report = made(house, "prices", NEXT_YEAR);
  expect(report.gaps).toEqual([]);
  expect(rowsOf(report, "accounts")).toEqual([
    "sanhe-vehicles | Sanhe Data Operation | 10.00 CNY | 0 | 9.00 CNY | 1.00 CNY | 9.00 CNY | 1.00 CNY | 1,112 [8 10 13]",
  ]);
  expect(rowsOf(report, "costs")).toEqual(
    [
      ...["platform | 4.00", "processing | 3.00", "staff | 1.50"],
      ...["acquisition | 0.20", "period | 0.30"],
    ].map((cost) => `sanhe-vehicles | ${cost} CNY [8 10 13]`),
  );
  expect(rowsOf(report, "stated")).toEqual([
    "sanhe-vehicles | vehicle-records | 12 | 10.00 CNY [8 10 13]",
  ]);
  // Of the next year nothing is stated yet; what may be taken in it is known.
  const next = made(house, "prices", NEXT_YEAR, 2027);
  expect(rowsOf(next, "accounts")).toEqual([
    "sanhe-vehicles | Sanhe Data Operation | gap 1 | 0 | gap 2 | gap 3 | 9.00 CNY | gap 4 | gap 4 [8 10]",
  ]);
  expect(new Set(next.gaps.map(({ fill }) => fill))).toEqual(
    new Set(["an act incomeStated"]),
  );
  expect(await faultsOf(house)).toEqual([]);
});

test("what ended before it began was no change of prices", () => {
  const never = aFee({ fee: "never", from: day(100), to: day(200) });
  const house = play([
    ...given(day(1), ...priced.slice(0, -1), never),
    ...given(day(50), aFeeEnded({ fee: "never" })),
  ]);
  expect(
    rowsOf(made(house, "prices", NEXT_YEAR), "changes").map((line) =>
      line.split(" | ").at(2),
    ),
  ).toEqual(["ceiling vehicles-max begins"]);
});
