import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import { afterAll, expect, test } from "vitest";
import * as z from "zod/mini";
import {
  anOrganisation,
  aRulebook,
  ownerCheck,
  priced,
} from "../../test/story-acts.ts";
import { day, must } from "../../test/story-founding.ts";
import { aRegistration } from "../../test/story-registrations.ts";
import { given, play } from "../../test/story.ts";
import { csvRowsOf } from "../engine/ledger/read/csv-rows.ts";
import { Archive } from "../engine/ledger/read/xlsx/archive.ts";
import { sheetRows } from "../engine/ledger/read/xlsx/sheet-rows.ts";
import { readWorkbook } from "../engine/ledger/read/xlsx/workbook.ts";
import { type Report, reportKinds } from "../reports/report.ts";
import { handleError } from "./handle-error.ts";
import { reportRoutes } from "./report-routes.tsx";

/** A report as people get it: a page, and files that other programs open. */

const folder = mkdtempSync(join(tmpdir(), "vitrine-reports-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** An office whose operator is called as no cell of a spreadsheet should be read. */
const { register } = play([
  ...given(
    day(1),
    ...priced.map((act) =>
      act.kind === "organisation" && act.organisation === "sanhe"
        ? anOrganisation({ organisation: "sanhe", title: '=1+1,"Sanhe"' })
        : act,
    ),
    ownerCheck(),
    aRegistration(),
  ),
]);
const app = new Hono();
app.onError((error, c) =>
  handleError(
    error,
    c,
    () => undefined,
    () => undefined,
  ),
);
reportRoutes(app, { office: { register }, now: () => day(336) });
const ask = async (path: string): Promise<Response> => app.request(path);
const textAt = async (path: string): Promise<string> =>
  (await ask(path)).text();
const errorAt = async (path: string): Promise<readonly unknown[]> => {
  const response = await ask(path);
  const { error } = z
    .object({ error: z.object({ message: z.string() }) })
    .parse(await response.json());
  return [response.status, error.message];
};

test("every report is a page to print: its gaps first, each cell with a gap leading to it, each row to the entries it rests on", async () => {
  const list = await textAt("/reports");
  for (const { kind, isYearly } of reportKinds) {
    const path = `/reports/${kind}${isYearly ? "?year=2026" : ""}`;
    expect(list).toContain(`href="${path}"`);
    const html = await textAt(path);
    expect(html).toContain('<section id="gaps">');
    for (const [, gap] of html.matchAll(/href="#(gap-\d+)"/g))
      expect(html).toContain(`id="${gap}"`);
    expect(html).toMatch(/href="\/proof\/register\/\d+"/);
    expect(html).toContain(`/reports/${kind}.xlsx`);
  }
  const html = await textAt("/reports/disclosure?year=2026");
  expect(html).toContain("CN-OPS-15 was not read in its own text");
  expect(html).toContain('<a href="#gap-3">gap 3</a>');
  expect(html).toContain("=1+1,&quot;Sanhe&quot;");
});

test("what a rule wants that the rulebook has not adopted is listed apart", async () => {
  const another = new Hono();
  const adopting = play(
    given(day(1), aRulebook({ rules: [{ rule: "CN-OPS-15" }] })),
  );
  reportRoutes(another, {
    office: { register: adopting.register },
    now: () => day(336),
  });
  const list = await (await another.request("/reports")).text();
  expect(list).toMatch(
    /\/law\/CN-OPS-15.*What no adopted rule wants here.*\/law\/EU-DGA-19.*\/law\/EU-GDPR-05/s,
  );
  expect(await textAt("/reports")).toContain(
    "No law that this office adopted wants a report.",
  );
});

test("another reader opens the workbook: a sheet for every section and one for the gaps, numbers as numbers, texts as texts", async () => {
  const report = await reportAt("/reports/disclosure.json?year=2026");
  const response = await ask("/reports/disclosure.xlsx?year=2026");
  expect(response.headers.get("content-disposition")).toBe(
    'attachment; filename="disclosure-2026.xlsx"',
  );
  const file = join(folder, "disclosure.xlsx");
  writeFileSync(file, new Uint8Array(await response.arrayBuffer()));
  const sheets = await sheetsIn(file);
  expect([...sheets.keys()]).toEqual([
    "Report",
    ...report.sections.map(({ title }) => title.replaceAll(":", "")),
    "Gaps",
  ]);
  const ceilings = must(sheets.get("Body ceiling fees"));
  expect(ceilings[0]).toEqual([
    ...["Product", "Title", "Ceiling", "Per", "From", "Until", "Entries"],
  ]);
  expect(ceilings[1]).toEqual([
    ...["vehicle-records", "Vehicle records", 1, "step", "2026-03-03 00:00"],
    ...["2027-10-23 00:00", "10"],
  ]);
  // What the rule was read in is told on every sheet.
  for (const [name, rows] of sheets)
    if (name !== "Gaps")
      expect(JSON.stringify(rows), name).toContain("in the news only");
  expect(must(sheets.get("Operator itself"))[1]?.slice(0, 3)).toEqual([
    ...["sanhe", '=1+1,"Sanhe"', "gap 3"],
  ]);
  expect(must(sheets.get("Gaps")).length).toBe(report.gaps.length + 1);
});

test("CSV has a line for every cell, all with the same columns, in UTF-8 without a mark before it, and no cell that a spreadsheet would compute", async () => {
  const response = await ask("/reports/disclosure.csv?year=2026");
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect(bytes[0]).toBe("s".charCodeAt(0));
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  const lines = csvRowsOf(text, { delimiter: ",", ends: "\n" });
  expect(lines.filter(({ broken }) => broken !== undefined)).toEqual([]);
  expect(new Set(lines.map(({ fields }) => fields.length))).toEqual(
    new Set([8]),
  );
  const cells = lines.map(({ fields }) => fields.map(String));
  expect(cells).toContainEqual([
    ...["Body: ceiling fees", "1", "Ceiling", "1.00", "CNY", "", "", "10"],
  ]);
  expect(cells).toContainEqual([
    ...["Operator: itself", "1", "Title", `'=1+1,"Sanhe"`, "", "", ""],
    "6, 8",
  ]);
  expect(cells).toContainEqual([
    ...["Operator: itself", "1", "Registration", "", ""],
    "the registration of the operator",
    ...["an act organisation with its registration", "6, 8"],
  ]);
  const report = await reportAt("/reports/disclosure.json?year=2026");
  const inRows = report.sections.flatMap(({ rows }) =>
    rows.flatMap((row) => row.cells),
  );
  const whole = report.gaps.filter(({ where }) => where.length === 0);
  const about = cells.filter(([section]) => section === "about");
  expect(cells.length).toBe(1 + about.length + inRows.length + whole.length);
});

test("what is not there is refused with what would be", async () => {
  expect(await errorAt("/reports/weather")).toEqual([
    404,
    "No report weather is known: want one of disclosure, prices, assets, processing, registration",
  ]);
  expect(await errorAt("/reports/disclosure?year=2025")).toEqual([
    404,
    "Cannot report disclosure of 2025: the office was founded in 2026, and its register holds nothing of 2025",
  ]);
  expect(await errorAt("/reports/prices.csv?year=2030")).toEqual([
    404,
    "Cannot report prices of 2030: 2030 has not begun: it is 2027 here",
  ]);
  expect(await errorAt("/reports/assets.json?year=2026")).toEqual([
    404,
    "Cannot report assets of 2026: assets says what is there now, and is of no year",
  ]);
  expect(await errorAt("/reports/prices.xlsx?year=last")).toEqual([
    400,
    "Cannot read year 'last': want four digits, as in 2025",
  ]);
});

async function reportAt(path: string): Promise<Report> {
  const response = await ask(path);
  const found: Report = JSON.parse(await response.text());
  return found;
}

/** By the reader of ledgers, which shares nothing with what writes workbooks. */
async function sheetsIn(
  file: string,
): Promise<ReadonlyMap<string, readonly (readonly unknown[])[]>> {
  const archive = await Archive.open(file);
  const book = await readWorkbook(file, archive);
  const sheets = new Map<string, (readonly unknown[])[]>();
  for (const { name, part } of book.sheets) {
    const rows: (readonly unknown[])[] = [];
    for await (const batch of sheetRows(file, archive, part, book))
      rows.push(...batch.map(({ fields }) => fields));
    sheets.set(name, rows);
  }
  archive.close();
  return sheets;
}

test("of very many rows a page shows the first, says how many there are and leads to the file that has them all", async () => {
  const one = must(priced.find((act) => act.kind === "dataset"));
  const more = Array.from({ length: 600 }, (_, n) => ({
    ...one,
    dataset: `more-${n}`,
  }));
  const large = play([...given(day(1), ...priced, ...more)]).register;
  const many = new Hono();
  reportRoutes(many, { office: { register: large }, now: () => day(336) });
  const html = await (await many.request("/reports/assets")).text();
  const count = large.datasets.size;
  expect(count).toBeGreaterThan(600);
  expect(html).toContain(`These are the first 500 of ${count} rows;`);
  expect(html).toContain('<a href="/reports/assets.xlsx">the file</a>');
  expect(html).toContain(">more-400<");
  expect(html).not.toContain(">more-599<");
  // A gap that all of them have names some of them.
  expect(html).toMatch(/and \d+ more/);
  const csv = await (await many.request("/reports/assets.csv")).text();
  expect(csv).toContain("more-599");
});
