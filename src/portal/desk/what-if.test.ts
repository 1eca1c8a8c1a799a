import { expect, test } from "vitest";
import {
  aFee,
  aGateway,
  anOrganisation,
  aPermit,
  priced,
} from "../../../test/story-acts.ts";
import { day } from "../../../test/story-founding.ts";
import { aRevenue } from "../../../test/story-revenue.ts";
import { asked, asks, closes } from "../../../test/story-uses.ts";
import {
  type House,
  faultsOf,
  given,
  play,
  type Step,
} from "../../../test/story.ts";
import { whatIf } from "./what-if.ts";

/**
 * What was used in March, counted by hand. Ten rows are a step, and a step costs 0.80:
 * - huaxing, an enterprise, trades: 25 rows are 3 steps, 2.40; and for the safety of traffic, which is free by law: 20 rows are 2 steps;
 * - the ministry, a public body, for the safety of traffic: 31 rows are 4 steps;
 * - the laboratory, for which no price is in force, for insurance: 41 rows are 5 steps, and nothing.
 * April's logs are still open.
 */
const march: readonly Step[] = [
  ...given(
    day(1),
    ...priced,
    aGateway(),
    anOrganisation({ organisation: "ministry", class: "publicBody" }),
    anOrganisation({ organisation: "laboratory", class: "research" }),
  ),
  ...given(
    day(2),
    aPermit(),
    aPermit({ permit: "safety", purpose: "traffic-safety" }),
    aPermit({
      ...{ permit: "roads", organisation: "ministry" },
      purpose: "traffic-safety",
    }),
    aPermit({
      ...{ permit: "study", organisation: "laboratory" },
      purpose: "insurance",
    }),
  ),
  asks(
    ...([
      day(3),
      "huaxing",
      asked({ purpose: "vehicle-trade", limit: 25 }),
    ] as const),
    "by huaxing-vehicles, vehicles-fee 240",
  ),
  asks(
    ...([
      day(4),
      "huaxing",
      asked({ purpose: "traffic-safety", limit: 20 }),
    ] as const),
    "by safety, CN-PRC-01 0",
  ),
  asks(
    ...([day(5), "ministry", asked({ limit: 31 })] as const),
    "by roads, CN-PRC-01 0",
  ),
  asks(
    ...([day(6), "laboratory", asked({ limit: 41 })] as const),
    "by study, no fee in force for this class 0",
  ),
];
const april: Step = asks(
  ...([
    day(33),
    "huaxing",
    asked({ purpose: "vehicle-trade", limit: 11 }),
  ] as const),
  "by huaxing-vehicles, vehicles-fee 160",
);
const used = play([...march, closes(day(31)), april]);
const APRIL = day(40);
const none = { units: 0, freeUnits: 0, charged: 0, drafted: 0 };
const drafted = (
  change: Parameters<typeof aFee>[0] = {},
  at = APRIL,
  { register }: House = used,
) =>
  whatIf(
    register,
    aFee({
      fee: "next",
      amount: 120,
      classes: ["enterprise", "publicBody", "research"],
      ...change,
    }),
    at,
  );

test("the history of these figures is one that a checker finds right", async () => {
  expect(await faultsOf(used)).toEqual([]);
});

test("units, those free by law, what was charged and what the draft would have brought, by class", () => {
  const found = drafted();
  expect(found.months).toEqual(["2025-04", "2026-04"]);
  expect(found.classes).toEqual([
    {
      payerClass: "enterprise",
      ...{ units: 5, freeUnits: 2, charged: 240, drafted: 360 },
    },
    { payerClass: "publicBody", ...none, units: 4, freeUnits: 4 },
    // It paid nothing since no price was in force for it, and not by law.
    { payerClass: "research", ...none, units: 5, drafted: 600 },
  ]);
  expect([found.charged, found.drafted]).toEqual([240, 960]);
});

test("classes that the draft does not name are not counted, and calls are counted where it is asked by the call", () => {
  expect(drafted({ classes: ["enterprise"] })).toMatchObject({
    ...{ charged: 240, drafted: 360 },
  });
  const byCall = drafted({ unit: "call", classes: ["enterprise"] });
  expect(byCall.classes).toEqual([
    {
      payerClass: "enterprise",
      ...{ units: 2, freeUnits: 1, charged: 240, drafted: 120 },
    },
  ]);
  // The ceiling is one of steps.
  expect(byCall.ceiling).toBeUndefined();
});

test("what was charged in another currency is no sum of this one", () => {
  expect(drafted({ currency: "EUR" })).toMatchObject({
    ...{ charged: 0, drafted: 960 },
  });
  expect(drafted({ currency: "EUR" }).ceiling).toBeUndefined();
});

test("public use is charged where the law of the office does not make it free", () => {
  const { rulebook, ...rest } = used.register;
  if (rulebook === undefined) throw new Error("Cannot go on: no rulebook");
  const act = { ...rulebook.act, jurisdiction: "EU" as const };
  const european = { ...rest, rulebook: { ...rulebook, act } };
  expect(
    whatIf(european, aFee({ amount: 120, classes: ["publicBody"] }), APRIL),
  ).toMatchObject({
    classes: [{ units: 4, freeUnits: 0, drafted: 480 }],
  });
});

test("a ceiling bounds the paid units, from below and from above", () => {
  // Three paid steps of the enterprise and five of the laboratory, at 1.00 each.
  const most = 800;
  const over = drafted({ amount: 101 });
  expect(over.ceiling).toEqual({ amount: 100, most, until: day(600) });
  expect(over.drafted).toBe(808);
  const under = drafted({ amount: 99 });
  expect(under.ceiling?.most).toBe(most);
  expect(under.drafted).toBe(792);
});

test("the permitted revenue of the year stands beside it, whether the draft stays under it or not", () => {
  expect(drafted().permitted).toBeUndefined();
  const revenue = play([
    ...march,
    [day(7), aRevenue(), "granted"],
    closes(day(31)),
  ]);
  const permitted = { revenue: "vehicles-2026", total: 900 };
  for (const [amount, brought] of [
    [112, 896],
    [113, 904],
  ] as const) {
    const found = drafted({ amount }, APRIL, revenue);
    expect(found.permitted).toEqual(permitted);
    expect(found.drafted).toBe(brought);
  }
  // It is given for three years.
  expect(drafted({}, day(3 * 365 + 10), revenue).permitted).toBeUndefined();
});

test("only closed logs count, and only the twelve months before this one", () => {
  const open = play(march);
  expect(drafted({}, APRIL, open).classes).toEqual(
    ["enterprise", "publicBody", "research"].map((payerClass) => ({
      payerClass,
      ...none,
    })),
  );
  // March goes by the end of the next March; this month is not over.
  expect(drafted({}, day(365 + 27)).charged).toBe(240);
  expect(drafted({}, day(365 + 31)).charged).toBe(0);
  expect(drafted({}, day(29)).charged).toBe(0);
});
