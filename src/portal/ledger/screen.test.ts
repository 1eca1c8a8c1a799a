import { describe, expect, test } from "vitest";
import { MIXED, sampleReceipts, sampleReport } from "./report.sample.ts";
import { renderScreen } from "./screen.ts";
import { cutTo, padEndTo, screenWidth } from "./screen-width.ts";

const unapproved = sampleReport(sampleReceipts(5_000));
const mixed = sampleReport(sampleReceipts(5_000, MIXED));

describe("the table on screen", () => {
  test("is the table of the first ten minutes, to the fen and to the blank", () => {
    const said = renderScreen(unapproved, "en", {
      note: {
        en: "sums as reported, receipts invented",
        zh: "金额依公布数，票据为虚构",
      },
      rejectsFile: "receipts.rejected.csv",
    });
    expect(said).toBe(
      `department          units  systems         charged CNY    approved     nobody approved
Transport               2        4      145,000,000.00        0.00      145,000,000.00
Education               2        3       58,657,000.00        0.00       58,657,000.00
Industry                2        5       24,470,000.00        0.00       24,470,000.00
Market Regulation       1        1       20,245,500.00        0.00       20,245,500.00
total                   7       13      248,372,500.00        0.00      248,372,500.00
claimed 2.48 billion: ten times too much. 2.48亿 (248 million) agrees to the claim's three digits.
sums as reported, receipts invented; 3 lines could not be read: receipts.rejected.csv
`,
    );
  });

  test("in Chinese every column is as wide as its widest cell, signs of two columns counted as two", () => {
    const lines = renderScreen(mixed, "zh").split("\n");
    const end = lines.findIndex((line) => line === "");
    const table = lines.slice(0, end);
    expect(table.length).toBeGreaterThan(5);
    expect(new Set(table.map(screenWidth)).size).toBe(1);
    expect(table.at(-1)).toContain("合计");
    expect(table[0]).toContain("收费 CNY");
  });

  test("each currency has a table of its own, and the outcomes beyond four share a column that keeps the sum", () => {
    const said = renderScreen(mixed, "en");
    expect(said).toContain("charged CNY");
    expect(said).toContain("charged USD");
    expect(said).toContain("8,400,000.00");
    const [head = "", ...rows] = said.split("\n");
    expect(head).toContain("other outcomes");
    const total = rows.find((row) => row.startsWith("total")) ?? "";
    const [, , , charged, , ...outcomes] = total.split(/\s+/);
    const minor = (text = "") => Number(text.replace(/[,.]/g, ""));
    expect(outcomes.length).toBe(5);
    expect(outcomes.reduce((sum, each) => sum + minor(each), 0)).toBe(
      minor(charged),
    );
  });

  test("a name that would move the cursor or break the line does neither", () => {
    const listed = sampleReceipts(20).map((one) => ({
      ...one,
      receipt: { ...one.receipt, department: "a\u001b[2J\nb" },
    }));
    const said = renderScreen(sampleReport(listed), "en");
    expect(said).toContain("a\\u001b[2J\\u000ab");
  });

  test("no receipts at all is said", () => {
    const said = renderScreen(sampleReport([]), "en");
    expect(said.split("\n")[0]).toBe("no receipts");
  });

  test("sixty departments are forty lines, and the sum of all", () => {
    const listed = sampleReceipts(6_000).map((one, index) => ({
      ...one,
      receipt: { ...one.receipt, department: `Department ${index % 60}` },
    }));
    const lines = renderScreen(sampleReport(listed), "en").split("\n");
    expect(lines[40]).toMatch(/^21 others/);
    expect(lines[41]).toMatch(/^total .* 248,372,500\.00/);
  });
});

test("widths", () => {
  expect(["部门", "ab", "é", "é", "Ａ"].map(screenWidth)).toEqual([
    4, 2, 1, 1, 2,
  ]);
  expect(cutTo("环境监测中心", 7)).toBe("环境监…");
  expect(padEndTo("部门", 6)).toBe("部门  ");
});
