import fc from "fast-check";
import { expect, test } from "vitest";
import {
  aDataset,
  aField,
  aFee,
  aFeeEnded,
  aGateway,
  anAuthorisationEnd,
  aPermit,
  aProduct,
  aSystem,
  offered,
  ownerCheck,
  priced,
} from "../../test/story-acts.ts";
import { day } from "../../test/story-founding.ts";
import { gapsOf, made, NEXT_YEAR, rowsOf } from "../../test/story-reports.ts";
import { growUnsigned, move } from "../../test/story-moves.ts";
import { asked, asks, closes, heads } from "../../test/story-uses.ts";
import { aWithholding } from "../../test/story-withholding.ts";
import { faultsOf, given, play, type Step } from "../../test/story.ts";
import { type ReportKind, reportKinds, reportOf } from "./report.ts";

/** What an office has to send, told as its rows: of the year of the story, and of others. */

/** An office that sold answers for a month; the quarter's log was closed behind it. */
const sold: readonly Step[] = [
  ...given(day(1), ...priced, aGateway(), aPermit()),
  asks(
    ...([day(2), "huaxing"] as const),
    asked({ limit: 20 }),
    "by huaxing-vehicles, vehicles-fee 160",
  ),
  asks(day(3), "huaxing", asked(), "by huaxing-vehicles, vehicles-fee 80"),
  closes(day(32)),
];

test("the disclosure of a year: whom the body authorised, the ceilings, and what the operator offered and charged", async () => {
  const house = play(sold);
  const report = made(house, "disclosure", NEXT_YEAR);
  expect([report.year, report.rule, report.mark]).toEqual([
    2026,
    "CN-OPS-15",
    "S",
  ]);
  expect(report.notices).toEqual([
    "CN-OPS-15 was not read in its own text, but in the news only: what it wants may be more than stands here",
  ]);
  expect(rowsOf(report, "body")).toEqual([
    "data-office | Data office | province | Head [0]",
  ]);
  expect(rowsOf(report, "authorisations")).toEqual([
    "sanhe-vehicles | Sanhe Data Operation | vehicles, owners | no | 2026-03-03 00:00 | 2028-01-31 00:00 | no [8]",
  ]);
  expect(rowsOf(report, "ceilings")).toEqual([
    "vehicle-records | Vehicle records | 1.00 CNY | step | 2026-03-03 00:00 | 2027-10-23 00:00 [10]",
  ]);
  expect(rowsOf(report, "operators")).toEqual([
    "sanhe | Sanhe Data Operation | gap 3 | enterprise | sanhe-vehicles [6 8]",
  ]);
  expect(rowsOf(report, "data")).toEqual([
    "vehicles | Vehicles | sanhe-vehicles | Transport department | plate, make, year [1 2 3 8]",
    "owners | Owners | sanhe-vehicles | Transport department | owner, plate, since [1 2 4 8]",
  ]);
  expect(rowsOf(report, "products")).toEqual([
    "vehicle-records | Vehicle records | Sanhe Data Operation | records | Trade in used vehicles; Insurance of vehicles; Traffic safety | industry, public interest | 2026-03-03 00:00 | 2028-01-31 00:00 | gap 4 [9]",
  ]);
  expect(rowsOf(report, "fees")).toEqual([
    "vehicle-records | vehicles-fee | Sanhe Data Operation | enterprise, smallEnterprise | 0.80 CNY | step | 2026-03-03 00:00 | 2027-04-06 00:00 | operation-service-fee [11]",
  ]);
  // The head that closed the log stands behind its totals.
  expect(rowsOf(report, "uses")).toEqual([
    "vehicle-records | Vehicle records | 2 | 2 | 3 | 2.40 CNY [9 16]",
  ]);
  expect(gapsOf(report)).toEqual([
    "Body: authorisations: the place where each agreement was published",
    "Operator: itself: the legal form of each operator",
    "Operator: itself: the registration of the operator (sanhe)",
    "Operator: products: the registration code of the product (vehicle-records)",
  ]);
  expect(await faultsOf(house)).toEqual([]);
});

test("what began behind a year, or was over before it, is not in the report of it", async () => {
  const house = play([
    ...sold.slice(0, -1),
    [day(20), anAuthorisationEnd(), "granted"],
    heads(day(20)),
    closes(day(32)),
  ]);
  const later = made(house, "disclosure", day(700), 2027);
  expect(rowsOf(later, "authorisations")).toEqual([]);
  const then = made(house, "disclosure", day(700), 2026);
  expect(rowsOf(then, "authorisations")).toEqual([
    "sanhe-vehicles | Sanhe Data Operation | vehicles, owners | no | 2026-03-03 00:00 | 2026-03-22 00:00 | no [8 15]",
  ]);
  // Nobody withdrew the product; its authorisation was over all the same.
  expect(rowsOf(later, "products")).toEqual([]);
  expect(rowsOf(then, "products")).toEqual([
    expect.stringContaining("2026-03-03 00:00 | 2026-03-22 00:00"),
  ]);
  expect(rowsOf(later, "uses")).toEqual([]);
  expect(await faultsOf(house)).toEqual([]);
});

test("a log that is open is a gap of every year that it is of, until it is closed", () => {
  const open = play(sold.slice(0, -1));
  const gap =
    "Operator: how data were used: what usage log story.example/gate/minute/2026q1 adds up to";
  const before = made(open, "disclosure", day(20), 2026);
  expect(gapsOf(before)).toContain(gap);
  expect(before.notices.at(-1)).toBe(
    "2026 is not over: this is what stood on the day it was made",
  );
  expect(rowsOf(before, "uses")).toEqual([
    "vehicle-records | Vehicle records | 0 | 0 | 0 | 0 [9]",
  ]);
  expect(gapsOf(made(play(sold), "disclosure", NEXT_YEAR))).not.toContain(gap);
});

test("a product that its operator offered free of charge has no ceiling, and lacks none", () => {
  const house = play(given(day(1), ...offered));
  expect(rowsOf(made(house, "disclosure", NEXT_YEAR), "ceilings")).toEqual([
    "vehicle-records | Vehicle records | free of charge: it had no price |  |  |  [9]",
  ]);
});

test("the price authority is told volume by purpose and changes; what no act states is a gap", async () => {
  const house = play([
    ...sold.slice(0, -1),
    ...given(day(20), aFee({ fee: "vehicles-fee-2", amount: 90 }), aFeeEnded()),
    heads(day(20)),
    closes(day(32)),
  ]);
  const report = made(house, "prices", NEXT_YEAR);
  expect(report.notices).toEqual([]);
  expect(rowsOf(report, "accounts")).toEqual([
    "sanhe-vehicles | Sanhe Data Operation | gap 1 | 2.40 CNY | gap 2 | gap 3 | gap 4 | gap 5 | gap 5 [8 19]",
  ]);
  expect(rowsOf(report, "costs")[0]).toBe(
    "sanhe-vehicles | platform | gap 6 [8 19]",
  );
  expect(rowsOf(report, "stated")).toEqual([
    "sanhe-vehicles |  | gap 7 | gap 7 [8 19]",
  ]);
  expect(rowsOf(report, "volume")).toEqual([
    "vehicle-records | Sanhe Data Operation | Trade in used vehicles | 2 | 2 | 3 | 2.40 CNY [9 19]",
    "vehicle-records | Sanhe Data Operation | Insurance of vehicles | 0 | 0 | 0 | 0 [9]",
    "vehicle-records | Sanhe Data Operation | Traffic safety | 0 | 0 | 0 | 0 [9]",
  ]);
  expect(rowsOf(report, "changes")).toEqual([
    "vehicle-records | 2026-03-03 00:00 | ceiling vehicles-max begins | 1.00 CNY | step |  [10]",
    "vehicle-records | 2026-03-03 00:00 | price vehicles-fee begins | 0.80 CNY | step | enterprise, smallEnterprise [11 16]",
    "vehicle-records | 2026-03-22 00:00 | price vehicles-fee is over | 0.80 CNY | step | enterprise, smallEnterprise [11 16]",
    "vehicle-records | 2026-03-22 00:00 | price vehicles-fee-2 begins | 0.90 CNY | step | enterprise, smallEnterprise [15]",
  ]);
  expect(gapsOf(report)).toEqual(
    [
      ...[
        "the income of the year",
        "the costs of the year, by head",
        "the profit",
        "the maximum permitted revenue",
        "the deviation of income from the permitted revenue",
      ].map((what) => `Costs, income, profit, deviation: ${what}`),
      "Costs by head: the costs of the year, by head",
      "Volume and income by product: volume and income of each product",
    ].map((what) => `${what} (sanhe-vehicles)`),
  );
  expect(await faultsOf(house)).toEqual([]);
});

test("data for re-use are listed with format, size and conditions; what is withheld is not, and what is not offered is a gap", () => {
  const bare = aDataset({
    dataset: "wrecks",
    title: "Wrecks",
    fields: [aField("wreck")],
  });
  const house = play([
    ...given(day(1), ...priced, bare),
    ...given(
      day(2),
      aSystem({ system: "toll-gates", title: "Toll gates" }),
      aDataset({
        ...{ dataset: "camps", title: "Camps" },
        fields: [aField("camp")],
      }),
      aWithholding({ dataset: "camps" }),
    ),
  ]);
  const report = made(house, "assets", day(3));
  expect(rowsOf(report, "assets")).toEqual([
    "vehicles | Vehicles | Transport department | JSON, NDJSON, CSV, Parquet | gap 2 | gap 2 | vehicle-records: permit for vehicle-trade, insurance, traffic-safety; 0.80 CNY per step for enterprise, smallEnterprise, else free of charge | as its permit says [1 2 3 9]",
    "owners | Owners | Transport department | gap 3 | gap 2 | gap 2 | gap 3 | as its permit says [1 2 4]",
    "stations | Stations | Transport department | JSON, NDJSON, CSV, Parquet | gap 2 | gap 2 | open to everybody, free of charge | CC BY 4.0 [1 2 5]",
    "wrecks | Wrecks | Transport department | gap 3 | gap 2 | gap 2 | gap 3 | as its permit says [1 2 12]",
  ]);
  expect(rowsOf(report, "systems")).toEqual([
    "toll-gates | Toll gates | Transport department | gap 4 [13]",
  ]);
  expect(gapsOf(report).at(-2)).toBe(
    "Data for re-use: how it can be re-used (owners, wrecks)",
  );
});

test("a product whose authorisation is over is not for re-use, whatever else stands", () => {
  const house = play([
    ...given(day(1), ...priced),
    [day(2), anAuthorisationEnd(), "granted"],
  ]);
  const list = (now: number) => rowsOf(made(house, "assets", now), "assets")[0];
  expect(list(day(3))).toContain("| gap ");
  expect(list(day(3))).not.toContain("permit for");
});

test("the record of processing: each product with personal data, for each of its purposes", () => {
  const house = play(
    given(
      day(1),
      ...priced,
      ownerCheck(),
      aProduct({ product: "others" }),
      aPermit({
        ...{ permit: "owners", product: "owner-check" },
        ...{ fields: ["owner"], where: ["plate"], rowsMax: 1 },
      }),
    ),
  );
  const report = made(house, "processing", day(3));
  expect(rowsOf(report, "processing")).toEqual([
    "owner-check: Owner check | Transport department | none | Trade in used vehicles | gap 4 | known by: The owner | owner (personal), plate (personal) | Huaxing Used Cars | what shows whose data were used: 36 months; that data were used: 60 months after the last right ended | nothing is learned but yes, no or not on record; at most 100 answers a day for one asker, 10 about one person; every use entered in a public log before it is answered, and shown to the persons it was about [0 1 2 4 12 14]",
  ]);
  expect(gapsOf(report)).toEqual([
    "Processing of personal data: whether a recipient is in another country",
    "Processing of personal data: how to reach the controller and its data protection officer",
    "Processing of personal data: when the data themselves are erased where they are held",
    "Processing of personal data: the provision on which data are used for vehicle-trade (owner-check: Owner check)",
  ]);
  expect(
    rowsOf(made(house, "processing", day(301)), "processing")[0],
  ).toContain("nobody holds a permit now");
});

test("there is no report of a year before the founding, nor of one that has not begun, nor of a year where none is told", () => {
  const { register } = play([]);
  const says = (kind: ReportKind, year?: number) =>
    reportOf(register, kind, {
      now: day(10),
      ...(year === undefined ? {} : { year }),
    });
  expect(says("disclosure", 2025)).toEqual({
    says: "the office was founded in 2026, and its register holds nothing of 2025",
  });
  expect(says("prices", 2027)).toEqual({
    says: "2027 has not begun: it is 2026 here",
  });
  // The last year is meant where none is named: this office was not there in it.
  expect(says("disclosure")).toHaveProperty("says");
  expect(says("assets", 2026)).toEqual({
    says: "assets says what is there now, and is of no year",
  });
  expect(says("assets")).toHaveProperty("sections");
});

test("of any history every report can be made: each row has a cell for every column and rests on entries that are there, and each gap is listed once", () => {
  fc.assert(
    fc.property(
      fc.array(move, { minLength: 1, maxLength: 40, size: "max" }),
      fc.integer({ min: 0, max: 900 }),
      (moves, days) => {
        const { register } = growUnsigned(moves);
        const now = Math.max(register.at, day(days));
        for (const { kind, isYearly } of reportKinds) {
          const report = made(
            { register },
            kind,
            now,
            isYearly ? 2026 : undefined,
          );
          const used = new Set<number>();
          for (const { columns, rows } of report.sections)
            for (const { cells, entries } of rows) {
              expect(cells.length).toBe(columns.length);
              expect(entries.length).toBeGreaterThan(0);
              for (const entry of entries)
                expect(entry).toBeLessThan(register.size);
              for (const cell of cells)
                if (typeof cell === "object" && "gap" in cell)
                  used.add(cell.gap);
            }
          expect(report.gaps.map(({ gap }) => gap)).toEqual(
            report.gaps.map((_, index) => index + 1),
          );
          const inRows = report.gaps.filter(({ where }) => where.length > 0);
          expect([...used].toSorted((a, b) => a - b)).toEqual(
            inRows.map(({ gap }) => gap),
          );
        }
      },
    ),
    { numRuns: 40 },
  );
});
