import { describe, expect, test } from "vitest";
import type { LedgerReport } from "../../audit/ledger/ledger.ts";
import { answersOf, showShare } from "./answer.ts";
import { DIMENSIONS } from "./ledger-words.ts";
import { MIXED, sampleReceipts, sampleReport } from "./report.sample.ts";
import { reportJson } from "./report-json.ts";
import { grandTotals, totalsBy } from "./totals.ts";
import { csvCell, totalsCsv } from "./totals-csv.ts";

const receipts = sampleReceipts(4_000, MIXED);
const report = sampleReport(receipts);
const byCube = DIMENSIONS.filter((dimension) => dimension !== "payer");

describe("totals", () => {
  test.each(byCube)(
    "by %s every receipt and every fen is in one line and one outcome",
    (dimension) => {
      const totals = totalsBy(report.cells, dimension);
      for (const currency of ["CNY", "USD"]) {
        const own = receipts.filter((one) => one.receipt.currency === currency);
        const lines = totals.filter((total) => total.currency === currency);
        const charged = own.reduce((sum, one) => sum + one.receipt.minor, 0);
        const approved = own.reduce((sum, one) => sum + one.approvedMinor, 0);
        expect(sumOf(lines.map(({ minor }) => minor))).toBe(charged);
        expect(sumOf(lines.map((line) => line.approvedMinor))).toBe(approved);
        expect(sumOf(lines.map((line) => line.differenceMinor))).toBe(
          charged - approved,
        );
        const outcomes = lines.flatMap((line) => [...line.outcomes.values()]);
        expect(sumOf(outcomes.map((sum) => sum.minor))).toBe(charged);
        expect(sumOf(outcomes.map((sum) => sum.receipts))).toBe(own.length);
      }
    },
  );

  test("months stand in the order of time, units by what they charged", () => {
    const months = totalsBy(report.cells, "month").map(({ name }) => name);
    expect(months).toEqual(months.toSorted());
    const charged = totalsBy(report.cells, "unit").map(({ minor }) => minor);
    expect(charged).toEqual(charged.toSorted((a, b) => b - a));
  });

  test("the currency with the most receipts is first", () => {
    expect(grandTotals(report.cells).map(({ currency }) => currency)).toEqual([
      "CNY",
      "USD",
    ]);
  });
});

describe("the answer", () => {
  test("says who charged how much, and how much of it nobody approved", () => {
    const [answer] = answersOf(sampleReport(sampleReceipts(1_000)), "en");
    expect(answer?.headline).toBe(
      "7 units charged about 248 million CNY. Nobody approved any of it.",
    );
    expect(answer?.sentences).toEqual([
      expect.stringMatching(
        /^From 2018-01 to 2023-12, 7 units of 4 departments charged 248,372,500\.00 CNY through 13 information systems, on [\d,]+ receipts\.$/,
      ),
      "All of it, 248,372,500.00 CNY, has no fee that anybody approved.",
    ]);
  });

  test("what was approved is not called unapproved", () => {
    const listed = sampleReceipts(100, MIXED).filter(
      ({ outcome }) => outcome === "equal",
    );
    const [answer] = answersOf(sampleReport(listed), "en");
    expect(answer?.headline).toBe(
      "1 unit charged 31.4 million CNY. No charge was found that nobody approved.",
    );
  });

  test("a share is never rounded to all or to nothing", () => {
    expect(showShare(1, 1)).toBe("100 %");
    expect(showShare(99_999, 100_000)).toBe("> 99.9 %");
    expect(showShare(1, 100_000)).toBe("< 0.1 %");
    expect(showShare(625, 1_000)).toBe("62.5 %");
  });
});

describe("totals.csv", () => {
  test("begins with the mark that spreadsheets need, and each line has a cell for every column", () => {
    const csv = totalsCsv(report, "zh", true);
    expect(csv.startsWith("\ufeff维度,名称,")).toBe(true);
    const lines = csv.trimEnd().split("\r\n");
    const widths = new Set(lines.map((line) => line.split(",").length));
    expect(widths).toEqual(new Set([19]));
    expect(csv).toContain("合计,,,CNY,");
    expect(csv).toContain(",297669850.10,");
  });

  test.each([
    ["=1+1", "'=1+1"],
    ["+86 10", "'+86 10"],
    ["-1+1", "'-1+1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    ["\r=1", `"'\r=1"`],
    ["-410000.00", "-410000.00"],
    ['a "b", c', '"a ""b"", c"'],
    ["R-1", "R-1"],
  ])("%j is written %j", (text, written) => {
    expect(csvCell(text)).toBe(written);
  });

  test("a unit whose name is a formula is none in the file", () => {
    const evil = receipts.slice(0, 50).map((one) => ({
      ...one,
      receipt: { ...one.receipt, unit: '=HYPERLINK("x")' },
    }));
    const csv = totalsCsv(sampleReport(evil), "en", true);
    expect(csv).toContain(`unit,"'=HYPERLINK(""x"")",`);
    expect(csv).not.toMatch(/(?:^|,)"?=/m);
  });
});

describe("report.json", () => {
  test("holds each amount as a decimal and in minor units, and the cube adds up", () => {
    const read: unknown = JSON.parse(reportJson(report, true));
    expect(read).toMatchObject({
      format: "vitrine-ledger-report/1",
      totals: [
        {
          currency: "CNY",
          charged: "297669850.10",
          chargedMinor: 29_766_985_010,
          outcomes: { refunded: { charged: "-410000.00" } },
        },
        { currency: "USD", charged: "8400000.00" },
      ],
      approvedFees: {
        standards: [{ price: "0.20", from: "2017-01-01", to: null }],
      },
      claim: { claimed: "2480000000.00", found: "248372500.00", slip: 1 },
    });
  });

  test("says no payer where payers are left out", () => {
    const read = reportJson(report, false);
    expect(reportJson(report, true)).toContain("Amber Arc");
    expect(read).not.toContain("Amber");
    expect(read).not.toContain("Iris Bay");
  });

  test("two runs on the same ledger give the same bytes", () => {
    const again: LedgerReport = sampleReport(sampleReceipts(4_000, MIXED));
    expect(reportJson(again, true)).toBe(reportJson(report, true));
  });
});

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}
