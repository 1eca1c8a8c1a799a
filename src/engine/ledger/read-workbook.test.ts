import { Buffer } from "node:buffer";
import { strToU8, zipSync } from "fflate";
import { expect, test } from "vitest";
import writeXlsxFile from "write-excel-file/node";
import { onBench } from "./ledger.sample.ts";
import { textCell, workbookOf } from "./read/xlsx/workbook.sample.ts";
import { isDateFormat } from "./read/xlsx/workbook.ts";

const HEADINGS = `<row r="1">${textCell("A1", "日期")}${textCell("B1", "金额")}${textCell("C1", "项目")}</row>`;

test("a workbook of a library: days, numbers and texts are read as what they are", async () => {
  await onBench(async ({ folder, read, rows }) => {
    const file = `${folder}/fees.xlsx`;
    const cell = (value: string) => ({ value, type: String });
    await writeXlsxFile([
      [cell("收费明细")],
      [cell("单位：万元")],
      [cell("日期"), cell("收费单位"), cell("金额"), cell("数量")],
      [
        {
          value: new Date(Date.UTC(2023, 4, 1)),
          type: Date,
          format: "yyyy-mm-dd",
        },
        cell("一中心 "),
        { value: 5865.7, type: Number },
        { value: 3, type: Number },
      ],
      [cell("2023年5月2日"), cell("二中心"), cell("0.1"), cell("")],
      [cell("合计"), null, { value: 5865.8, type: Number }, null],
    ]).toFile(file);
    const found = await read([file]);
    expect(await rows(found.selects)).toMatchObject([
      {
        line: "4",
        day: "2023-05-01",
        minor: "5865700000",
        unit: "一中心",
        quantity: "3",
      },
      {
        line: "5",
        day: "2023-05-02",
        minor: "100000",
        unit: "二中心",
        quantity: null,
      },
    ]);
    expect(found.rejects.first).toMatchObject([
      { line: 6, column: "", reason: "a total, not a receipt" },
    ]);
    expect(found.sources).toMatchObject([
      { format: "xlsx", receipts: 2, rejects: 1 },
    ]);
    expect(found.mappings[0]?.mapping).toMatchObject({
      power: 4,
      headerRow: 3,
    });
  });
});

test("formulas count by their results; without one, and errors, they are rejects", async () => {
  await onBench(async ({ put, read, rows }) => {
    const sheet = [
      HEADINGS,
      `<row r="2"><c r="A2" s="1"><v>45047</v></c><c r="B2"><f>6*2</f><v>12.5</v></c><c r="C2" t="s"><v>0</v></c></row>`,
      `<row r="3"><c r="A3" s="2"><v>45047.9</v></c><c r="B3"><f>6*2</f></c></row>`,
      `<row r="4"><c r="A4" s="1"><v>45047</v></c><c r="B4" t="e"><v>#REF!</v></c></row>`,
      `<row r="5"><c r="A5" s="1"><v>45047</v></c><c r="B5" s="1"><v>45047</v></c></row>`,
      `<row r="6"><c r="A6"><v>45047</v></c><c r="B6"><v>1</v></c></row>`,
      `<row r="7"><c r="A7" s="1"><v>60</v></c><c r="B7"><v>1</v></c></row>`,
      `<row r="8"><c r="A8" s="1"><v>45047</v></c><c r="B8"><v>1E30</v></c></row>`,
      `<row r="9"/>`,
      `<row r="12"><c r="A12" s="1"><v>45047</v></c><c r="B12"><v>0.30000000000000004</v></c></row>`,
    ].join("");
    const file = await put(
      "a.xlsx",
      workbookOf(
        { 说明: `<row r="1">${textCell("A1", "readme")}</row>`, 明细: sheet },
        {
          strings: ["<r><t>查</t></r><r><t>询</t></r><rPh><t>cha</t></rPh>"],
          formats: [
            "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;",
            "[$-409]d/m/yy h:mm",
          ],
        },
      ),
    );
    const found = await read([file]);
    expect(await rows(found.selects)).toMatchObject([
      { line: "2", day: "2023-05-01", minor: "1250", service: "查询" },
      { line: "12", day: "2023-05-01", minor: "30" },
    ]);
    expect(found.sources[0]?.how).toBe("sheet 明细; not read: 说明");
    expect(
      found.rejects.first.map(
        ({ line, column, reason }) => `${line} ${column}: ${reason}`,
      ),
    ).toEqual([
      "3 金额: a formula without a result, want its result",
      "4 金额: #REF! is a spreadsheet's error, want a value",
      `5 金额: "2023-05-01" is a date, want an amount`,
      `6 日期: "45047" is a number, want a date (in a spreadsheet's own file it can be one)`,
      "7 日期: serial number 60 is no day from 1900 to 2200, want a date",
      "8 金额: 1e+30 is too large, want an amount",
    ]);
  });
});

test("days are counted from 1904 where the workbook says so", async () => {
  await onBench(async ({ put, read, rows }) => {
    const sheet = `${HEADINGS}<row r="2"><c r="A2" s="1"><v>43585</v></c><c r="B2"><v>1</v></c></row>`;
    const file = await put(
      "a.xlsx",
      workbookOf({ a: sheet }, { formats: ["yyyy/m/d"], date1904: true }),
    );
    expect(await rows((await read([file])).selects)).toMatchObject([
      { day: "2023-05-01" },
    ]);
  });
});

test("a sheet is taken by its name, and an unknown name is asked", async () => {
  await onBench(async ({ put, read, rows }) => {
    const row = (amount: number) =>
      `${HEADINGS}<row r="2">${textCell("A2", "2023-05-01")}<c r="B2"><v>${amount}</v></c></row>`;
    const file = await put("a.xlsx", workbookOf({ one: row(1), two: row(2) }));
    const columns = { date: { heading: "日期" }, amount: { heading: "金额" } };
    const found = await read([file], { mapping: { columns, sheet: "two" } });
    expect(await rows(found.selects)).toMatchObject([{ minor: "200" }]);
    await expect(
      read([file], { mapping: { columns, sheet: "three" } }),
    ).rejects.toThrow("no sheet is called three, want one of one, two");
  });
});

const zeros = (megabytes: number) =>
  new Uint8Array(megabytes * 1_048_576).fill(32);

test.each<[string, () => Uint8Array, string]>([
  ["a sheet of pictures", () => workbookOf({ a: "" }), "holds no cells"],
  [
    "a zip of something else",
    () => zipSync({ a: strToU8("x") }),
    "no workbook",
  ],
  [
    "a damaged zip",
    () => workbookOf({ a: HEADINGS }).subarray(0, 300),
    "damaged",
  ],
  [
    "entities of its own",
    () =>
      workbookOf(
        { a: HEADINGS },
        { before: `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>` },
      ),
    "document type",
  ],
  [
    "a cell beyond the last column",
    () => workbookOf({ a: `<row r="1">${textCell("XFE1", "x")}</row>` }),
    "column 16385, want at most 16384",
  ],
  [
    "ten million columns",
    () => workbookOf({ a: `<row r="1">${textCell("VHBNA1", "x")}</row>` }),
    "want at most 16384",
  ],
  [
    "a bomb",
    () =>
      zipSync({
        "_rels/.rels": strToU8(
          `<R><Relationship Id="a" Type="x/officeDocument" Target="w.xml"/></R>`,
        ),
        "w.xml": zeros(70),
      }),
    "unpacks to",
  ],
  [
    "an old workbook",
    () => Buffer.from("d0cf11e0a1b11ae1", "hex"),
    "old or encrypted",
  ],
])("%s is refused with a reason", async (_, make, reason) => {
  await onBench(async ({ put, read }) => {
    const file = await put("a.xlsx", make());
    await expect(read([file])).rejects.toThrow(reason);
  });
});

test("a bomb that lies about its size is found while it unpacks", async () => {
  await onBench(async ({ put, read }) => {
    const bytes = workbookOf({ a: HEADINGS.repeat(1) + " ".repeat(500_000) });
    const view = Buffer.from(bytes);
    // The unpacked size, in the central directory and before the part itself, is stated as 100 bytes.
    for (const signature of [0x02014b50, 0x04034b50])
      for (let at = 0; at < view.length - 30; at++)
        if (view.readUInt32LE(at) === signature) {
          const size = signature === 0x02014b50 ? at + 24 : at + 22;
          if (view.readUInt32LE(size) > 400_000) view.writeUInt32LE(100, size);
        }
    const file = await put("a.xlsx", view);
    await expect(read([file])).rejects.toThrow("damaged");
  });
});

test.each<[number, string | undefined, boolean]>([
  [14, undefined, true],
  [0, undefined, false],
  [4, undefined, false],
  [164, "#,##0.00", false],
  [164, "0.00E+00", false],
  [164, `#,##0.00"day"`, false],
  [164, "[Red]-0.00", false],
  [164, "General", false],
  [164, "yyyy\\-mm\\-dd", true],
  [164, "[$-804]aaaa;@", false],
])("format %i %s shows a day: %s", (id, code, isDate) => {
  expect(isDateFormat(id, code)).toBe(isDate);
});

test("sheets with the same headings are one ledger after the other; what is not read is named", async () => {
  await onBench(async ({ put, read, rows }) => {
    const month = (day: number, amount: string): string =>
      `${HEADINGS}<row r="2"><c r="A2" s="1"><v>${day}</v></c><c r="B2">${amount}</c></row>`;
    const file = await put(
      "a.xlsx",
      workbookOf(
        {
          封面: `<row r="1">${textCell("A1", "cover")}</row>`,
          一月: month(44_927, "<v>1</v>"),
          二月: month(44_958, "<f>1+1</f><v/>"),
          三月: month(44_986, "<v>3</v>"),
        },
        { strings: ["<r><t>查</t></r>"], formats: ["yyyy-mm-dd"] },
      ),
    );
    const found = await read([file]);
    expect(
      found.sources.map(({ name, how, receipts, rejects }) => [
        ...[name, how],
        ...[receipts, rejects],
      ]),
    ).toEqual([
      ["a.xlsx (一月)", "sheet 一月; not read: 封面", 1, 0],
      ["a.xlsx (二月)", "sheet 二月", 0, 1],
      ["a.xlsx (三月)", "sheet 三月", 1, 0],
    ]);
    expect(await rows(found.selects)).toMatchObject([
      { file: 0, day: "2023-01-01", minor: "100" },
      { file: 2, day: "2023-03-01", minor: "300" },
    ]);
    expect(found.rejects.first).toMatchObject([
      {
        file: 1,
        line: 2,
        reason: "a formula without a result, want its result",
      },
    ]);
  });
});

test("a workbook that unpacks into nothing but blanks or one endless text is refused, and not held", async () => {
  await onBench(async ({ put, read }) => {
    for (const bomb of [
      " ".repeat(30_000_000),
      `<row r="1"><c r="A1"><v>${"0".repeat(30_000_000)}</v></c></row>`,
    ])
      await expect(
        read([
          await put(
            "bomb.xlsx",
            workbookOf({ 明细: bomb }, { strings: [], formats: [] }),
          ),
        ]),
      ).rejects.toThrow(/^Cannot read bomb\.xlsx: /);
  });
});

test("a sheet that is read by its columns alone is not said to be unread", async () => {
  await onBench(async ({ put, read }) => {
    const file = await put(
      "a.xlsx",
      workbookOf(
        {
          甲: `<row r="1"><c r="A1" s="1"><v>44927</v></c><c r="B1"><v>1</v></c></row>`,
          乙: `<row r="1">${textCell("A1", "note")}</row>`,
        },
        { strings: [], formats: ["yyyy-mm-dd"] },
      ),
    );
    const mapping = {
      columns: { date: { column: 0 }, amount: { column: 1 } },
      headerRow: 0,
    };
    const { sources } = await read([file], { mapping });
    expect(sources).toMatchObject([
      { how: "sheet 甲; not read: 乙", receipts: 1, rejects: 0 },
    ]);
  });
});
