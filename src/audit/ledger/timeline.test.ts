import { expect, test } from "vitest";
import type { FeeStandard } from "./ledger.ts";
import { outcomeOf } from "./match-outcome.ts";
import { DAY_END, DAY_FIRST, timelineOf } from "./timeline.ts";

function version(of: Partial<FeeStandard>): FeeStandard {
  return {
    line: 2,
    service: "Tide tables",
    unit: "",
    payee: "Treasury",
    payerClass: "",
    currency: "CNY",
    priceMinor: 100,
    step: 1,
    ceilingMinor: undefined,
    from: 0,
    until: undefined,
    approvedBy: "Price Bureau",
    paper: "PB 1",
    ground: "article 18",
    ...of,
  };
}

const line = (
  standards: readonly FeeStandard[],
  closeness: readonly number[] = standards.map(() => 0),
) =>
  timelineOf(standards, {
    covering: standards.map((_, fee) => ({
      fee,
      closeness: closeness[fee] ?? 0,
    })),
    why: "nobodyApproved",
    open: [],
  }).map(({ from, until, held }) => [from, until, held]);

test("each day has the version of its day, and the days between versions have none", () => {
  expect(
    line([
      version({ from: 20, until: 30 }),
      version({ from: 0, until: 10 }),
      version({ from: 10, until: 15 }),
    ]),
  ).toEqual([
    [DAY_FIRST, 0, "notInForce"],
    [0, 10, 1],
    [10, 15, 2],
    [15, 20, "notInForce"],
    [20, 30, 0],
    [30, DAY_END, "notInForce"],
  ]);
});

test("the closer fee holds while it is in force, the general one before and after", () => {
  expect(
    line([version({ from: 0 }), version({ from: 5, until: 8 })], [0, 2]),
  ).toEqual([
    [DAY_FIRST, 0, "notInForce"],
    [0, 5, 0],
    [5, 8, 1],
    [8, DAY_END, 0],
  ]);
});

test("of two in force the younger holds, of two as young the later in the list", () => {
  expect(
    line([
      version({ from: 4 }),
      version({ from: 0 }),
      version({ from: 4, until: 9 }),
    ]),
  ).toEqual([
    [DAY_FIRST, 0, "notInForce"],
    [0, 4, 1],
    [4, 9, 2],
    [9, DAY_END, 0],
  ]);
});

test("a version that ends before it begins is never in force", () => {
  expect(line([version({ from: 9, until: 3 })])).toEqual([
    [DAY_FIRST, DAY_END, "notInForce"],
  ]);
});

test("without a fee all days have the reason", () => {
  for (const why of ["nobodyApproved", "unmatched"] as const)
    expect(timelineOf([], { covering: [], why, open: [] })).toEqual([
      { from: DAY_FIRST, until: DAY_END, held: why },
    ]);
});

test("an outcome is exact beyond the numbers that JavaScript counts one by one", () => {
  const dear = version({ priceMinor: 9_007_199_254_740_991, step: 1 });
  expect(
    outcomeOf({ minor: 1, quantity: 3, status: "paid" }, dear, false),
  ).toEqual({ outcome: "under", approvedMinor: 27_021_597_764_222_973n });
});

test("what was given back or let off is that, whatever else is wrong with it", () => {
  const paid = { minor: 5, quantity: undefined, status: "paid" } as const;
  const none = "nobodyApproved";
  const of = (...of: Parameters<typeof outcomeOf>) => outcomeOf(...of).outcome;
  expect(of({ ...paid, status: "refunded" }, none, true)).toBe("refunded");
  expect(of({ ...paid, status: "waived", minor: -1 }, none, true)).toBe(
    "refunded",
  );
  expect(of({ ...paid, status: "waived" }, none, true)).toBe("waived");
  expect(of({ ...paid, minor: 0 }, version({}), true)).toBe("waived");
  expect(of(paid, none, true)).toBe("paidTwice");
  expect(of({ ...paid, minor: 0 }, none, false)).toBe("nobodyApproved");
  expect(of(paid, version({ approvedBy: "", ground: "" }), false)).toBe(
    "nobodyApproved",
  );
  expect(of(paid, version({ ground: "", ceilingMinor: 1 }), false)).toBe(
    "withoutGround",
  );
});
