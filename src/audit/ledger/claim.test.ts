import { describe, expect, test } from "vitest";
import { sayClaim } from "./claim-says.ts";
import { checkClaim, claimProblem, claimSums } from "./claim.ts";
import type { Cell, ClaimCheck } from "./ledger.ts";

const SUM = 24_837_250_000;
const sums = [
  { currency: "CNY", chargedMinor: SUM, notCoveredMinor: SUM },
] as const;

function check(
  text: string,
  of: Parameters<typeof checkClaim>[1] = sums,
): ClaimCheck {
  const found = checkClaim(text, of);
  if ("problem" in found) throw new Error(found.problem);
  return found;
}

describe("a claim is compared at its own digits, and a slip of units is explained", () => {
  test.each<[string, number, boolean, number | undefined]>([
    ["2.48 billion CNY", 3, false, 1],
    ["248 million", 3, true, undefined],
    ["2.48亿元", 3, true, undefined],
    ["2.484亿元", 4, true, undefined],
    ["2.49亿元", 3, false, undefined],
    ["24.8亿元", 3, false, 1],
    ["2.48万元", 3, false, -4],
    ["24837.25万元", 7, true, undefined],
    ["24,837万元", 5, true, undefined],
    ["248,372,500", 7, true, undefined],
    ["248,372,501", 9, false, undefined],
    ["248,372,500.00", 11, true, undefined],
    ["248,000,000", 3, true, undefined],
    ["248", 3, false, -6],
    ["248 thousand", 3, false, -3],
    ["200 million", 3, false, undefined],
    ["0.25 billion", 2, true, undefined],
    ["2.50亿", 3, false, undefined],
    ["24,837,250,000", 7, false, 2],
    ["248 billion", 3, false, 3],
    ["2480万", 4, false, undefined],
    ["两亿四千八百万元", 3, true, undefined],
  ])("%s", (text, digits, agrees, slip) => {
    expect(check(text)).toMatchObject({ digits, agrees, slip, of: "charged" });
  });

  test("the nearer of the two sums is meant", () => {
    const both = [
      { currency: "CNY", chargedMinor: 50_000, notCoveredMinor: 31_000 },
    ] as const;
    expect(check("310", both)).toMatchObject({
      of: "notCovered",
      agrees: true,
    });
    expect(check("500", both)).toMatchObject({ of: "charged", agrees: true });
    expect(check("480", both)).toMatchObject({ of: "charged", agrees: false });
    expect(check("3,100", both)).toMatchObject({ of: "notCovered", slip: 1 });
    expect(
      check("0", [{ currency: "CNY", chargedMinor: 5, notCoveredMinor: 0 }]),
    ).toMatchObject({ of: "notCovered", agrees: true, digits: 1 });
  });

  test.each([
    ["much", "is a word"],
    ["3 USD", '"3 USD" is in USD, want CNY: the receipts are'],
  ])("%s is refused", (text, why) => {
    expect(checkClaim(text, sums)).toEqual({
      problem: expect.stringContaining(why),
    });
  });

  test("what is no amount is known before any receipt is read", () => {
    expect(claimProblem("nonsense", "CNY")).toContain("nonsense");
    expect(claimProblem("2.48 billion CNY", "CNY")).toBeUndefined();
    expect(claimProblem("3 USD", "CNY")).toBeUndefined();
  });

  test("nothing to compare with is said", () => {
    expect(checkClaim("3", [])).toEqual({
      problem: '"3" cannot be compared: there are no receipts',
    });
  });
});

test("the claim in a sentence, in both languages", () => {
  expect(sayClaim(check("2.48 billion CNY"), "en")).toBe(
    "claimed 2.48 billion: ten times too much. 2.48亿 (248 million) agrees to the claim's three digits.",
  );
  expect(sayClaim(check("2.48 billion CNY"), "zh")).toBe(
    "所称24.8亿：是实际数额的10倍。2.48亿（248 million）与所称的3位数字相符。",
  );
  expect(sayClaim(check("248 thousand"), "en")).toBe(
    "claimed 248,000.00: a thousand times too little. 2.48亿 (248 million) agrees to the claim's three digits.",
  );
  expect(sayClaim(check("248 thousand"), "zh")).toBe(
    "所称24.8万：只有实际数额的1000分之一。2.48亿（248 million）与所称的3位数字相符。",
  );
  expect(sayClaim(check("2.5亿"), "en")).toBe(
    "claimed 250 million: agrees to its two digits with 248,372,500.00 CNY charged.",
  );
  expect(sayClaim(check("2.5亿"), "zh")).toBe(
    "所称2.5亿：与实际收费248,372,500.00 CNY在2位数字上相符。",
  );
  expect(sayClaim(check("300 million"), "en")).toBe(
    "claimed 300 million: does not agree. Found: 248,372,500.00 CNY charged.",
  );
  expect(sayClaim(check("300 million"), "zh")).toBe(
    "所称3亿：与实际收费248,372,500.00 CNY不符。",
  );
});

test("what no approval covers: not in force, without a ground, approved by nobody", () => {
  const cell = (outcome: Cell["outcome"], minor: number): Cell => ({
    department: "",
    unit: "",
    system: "",
    service: "",
    payerClass: "",
    currency: "CNY",
    month: "2023-01",
    outcome,
    fee: undefined,
    receipts: 1,
    minor,
    approvedMinor: 0,
  });
  expect(
    claimSums([
      cell("equal", 1),
      cell("notInForce", 20),
      cell("withoutGround", 300),
      cell("nobodyApproved", 4_000),
      cell("unmatched", 50_000),
      { ...cell("over", 7), currency: "USD" },
    ]),
  ).toEqual([
    { currency: "CNY", chargedMinor: 54_321, notCoveredMinor: 4_320 },
    { currency: "USD", chargedMinor: 7, notCoveredMinor: 0 },
  ]);
});
