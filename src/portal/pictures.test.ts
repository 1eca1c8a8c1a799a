import { html } from "hono/html";
import { expect, test } from "vitest";
import { MonthsOfUse } from "./pictures.tsx";
import { UsesByMonth } from "./things/uses-by-month.tsx";
import { usesByMonth } from "./things/month-of-use.ts";

const row = (
  permit: string,
  month: string,
  uses: number,
  charged: number,
): Parameters<typeof usesByMonth>[0][number] => ({
  ...{ permit, month, uses, calls: uses, steps: uses },
  ...(charged === 0
    ? { charged: 0 }
    : { charged, fee: "a-fee", currency: "CNY" }),
});
const TOTALS = [
  row("one", "2025-11", 40, 4_000),
  row("two", "2025-11", 20, 0),
  row("other", "2025-11", 999, 999_999),
  row("one", "2025-12", 15, 1_000),
  row("one", "2026-02", 60, 6_000),
];

async function shown(page: unknown): Promise<string> {
  return String(await html`${page}`);
}

/** Heights of the bars of one colour, from left to right. */
function barsIn(page: string, colour: string): readonly number[] {
  const svg = /<svg.*<\/svg>/s.exec(page)?.[0] ?? "";
  return [...svg.matchAll(/<rect [^>]*>/g)]
    .map(([rect]) => rect)
    .filter((rect) => rect.includes(`fill="var(--${colour})"`))
    .map((rect) => Number(/height="(\d+)"/.exec(rect)?.[1]));
}

/** The cells of a column of numbers. */
function columnIn(page: string, name: string): readonly number[] {
  return [
    ...page.matchAll(
      new RegExp(`data-column="${name}"[^>]*>(?:<div>)?([^<]*)`, "g"),
    ),
  ].map(([, text = ""]) => Number(text.replaceAll(/[^\d.]/g, "")));
}

test("bars are as high as the numbers of the table, and a month without a use is a gap", async () => {
  const rows = usesByMonth(TOTALS, ["one", "two"]);
  const page = await shown(UsesByMonth({ rows, uncounted: [] }));
  const uses = columnIn(page, "Uses");
  // November stands in two lines: what was free of charge has no currency.
  expect(uses).toEqual([20, 40, 15, 60]);
  expect(columnIn(page, "Charged")).toEqual([0, 40, 10, 60]);
  const months = [20 + 40, 15, 0, 60];
  const high = barsIn(page, "accent");
  expect(high).toEqual(months.map((one) => Math.round((one / 60) * 45)));
  expect(barsIn(page, "quiet")).toEqual([30, 8, 45]);
  expect(page).toContain("at most 60 times");
  expect(page).toContain("at most 60.00 CNY");
});

test("one month needs no picture, and money of several kinds is not drawn as one", async () => {
  const [first, , , december] = TOTALS;
  if (first === undefined || december === undefined) throw new Error("no rows");
  expect(await shown(MonthsOfUse({ lines: [first] }))).not.toContain("<svg");
  const euros = { ...december, currency: "EUR" };
  expect(await shown(MonthsOfUse({ lines: [first, euros] }))).not.toContain(
    "<svg",
  );
});
