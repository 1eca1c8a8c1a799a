import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, expect, test } from "vitest";
import {
  inBatches,
  MIXED,
  sampleReceipts,
  sampleReport,
} from "../../portal/ledger/report.sample.ts";
import { writeReport } from "./write-report.ts";

const folder = mkdtempSync(join(tmpdir(), "vitrine-report-"));

afterAll(() => rmSync(folder, { recursive: true }));

async function written(
  name: string,
  withPayers: boolean,
  unit?: string,
): Promise<ReadonlyMap<string, string>> {
  const listed = sampleReceipts(800, MIXED).map((one) => ({
    ...one,
    receipt: { ...one.receipt, unit: unit ?? one.receipt.unit },
  }));
  await writeReport(
    join(folder, name),
    sampleReport(listed),
    inBatches(listed),
    {
      language: "en",
      withPayers,
    },
  );
  const book = unzipSync(readFileSync(join(folder, name, "report.xlsx")));
  return new Map(
    Object.entries(book).map(([path, bytes]) => [path, strFromU8(bytes)]),
  );
}

test("four files and no half-written one; the workbook has a sheet for every dimension", async () => {
  const book = await written("all", true);
  expect(readdirSync(join(folder, "all")).toSorted()).toEqual([
    "report.html",
    "report.json",
    "report.xlsx",
    "totals.csv",
  ]);
  const names = [
    ...(book.get("xl/workbook.xml") ?? "").matchAll(
      /<sheet [^>]*name="([^"]+)"/g,
    ),
  ].map(([, name]) => name);
  expect(names).toEqual([
    "Answer",
    "By department",
    "By unit",
    "By system",
    "By service",
    "By payer class",
    "By payer",
    "By year",
    "By month",
    "Approved fees",
    "Not read",
    "Files",
  ]);
  // A number that spreadsheets add up, and the format that shows its fen.
  expect(book.get("xl/worksheets/sheet2.xml")).toMatch(/<v>145000000<\/v>/);
  expect(book.get("xl/styles.xml")).toContain("#,##0.00");
});

test("no cell of the workbook is a formula, whatever a unit is called", async () => {
  const book = await written(
    "evil",
    true,
    '=HYPERLINK("http://127.0.0.1")\u0001',
  );
  const sheets = [...book].filter(([path]) => /worksheets\/sheet/.test(path));
  expect(sheets.length).toBe(12);
  expect(sheets.filter(([, xml]) => /<f[ >]/.test(xml))).toEqual([]);
  expect(book.get("xl/sharedStrings.xml")).toContain(
    '<t>=HYPERLINK("http://127.0.0.1")\\u0001</t>',
  );
});

test("without payers the workbook has no sheet of them, and no line that could name one", async () => {
  const book = await written("nobody", false);
  expect(book.get("xl/workbook.xml")).not.toContain('name="By payer"');
  expect([...book.values()].join("")).not.toMatch(/Amber|Iris Bay/);
});
