import { expect, test } from "vitest";
import { readDay } from "../../audit/ledger/day.ts";
import { onBench } from "./ledger.sample.ts";
import { readFees } from "./read-fees.ts";
import { textCell, workbookOf } from "./read/xlsx/workbook.sample.ts";

const HEADER =
  "service,unit,payee,payer class,price,step,ceiling,from,to,approved by,paper,ground";

test("a list of approved fees with its versions", async () => {
  await onBench(async ({ put }) => {
    const file = await put(
      "approved.csv",
      `${HEADER}
Passage extract,Traffic Centre,Treasury,,0.20,100 rows,0.50,2017-01-01,2019-12-31,Price Bureau,PB 2016-1,Price Act
Passage extract,Traffic Centre,Treasury,,0.15,100 rows,,2020-01-01,,,,
`,
    );
    const { standards, source } = await readFees(file);
    expect(standards).toEqual([
      {
        line: 2,
        service: "Passage extract",
        unit: "Traffic Centre",
        payee: "Treasury",
        payerClass: "",
        currency: "CNY",
        priceMinor: 20,
        step: 100,
        ceilingMinor: 50,
        from: readDay("2017-01-01"),
        until: readDay("2020-01-01"),
        approvedBy: "Price Bureau",
        paper: "PB 2016-1",
        ground: "Price Act",
      },
      expect.objectContaining({
        line: 3,
        priceMinor: 15,
        ceilingMinor: undefined,
        until: undefined,
        approvedBy: "",
      }),
    ]);
    expect(source.name).toBe("approved.csv");
  });
});

test("a Chinese workbook with prices as they are written, units of charge in heading and cell", async () => {
  await onBench(async ({ put }) => {
    const cells = (row: number, ...texts: string[]) =>
      `<row r="${row}">${texts.map((text, i) => textCell(`${String.fromCharCode(65 + i)}${row}`, text)).join("")}</row>`;
    const file = await put(
      "fees.xlsx",
      workbookOf({
        标准: [
          cells(1, "收费标准一览表"),
          cells(
            2,
            "收费项目",
            "收费单位",
            "收费标准（元/次）",
            "生效日期",
            "失效日期",
            "批准文号",
          ),
          cells(
            3,
            "通行查询",
            "一中心",
            "2",
            "2018年1月1日",
            "长期",
            "发改价〔2017〕1号",
          ),
          cells(4, "轨迹文件", "一中心", "0.5 元/100条", "2018.1.1", "", ""),
        ].join(""),
      }),
    );
    const { standards } = await readFees(file);
    expect(standards).toMatchObject([
      {
        line: 3,
        priceMinor: 200,
        step: 1,
        until: undefined,
        paper: "发改价〔2017〕1号",
      },
      { line: 4, priceMinor: 50, step: 100, from: readDay("2018-01-01") },
    ]);
  });
});

test("a list has to be whole: every bad line is named, up to ten", async () => {
  await onBench(async ({ put }) => {
    const bad = Array<string>(12).fill("Extract,,,,cheap,,,2017-01-01,,,,");
    const file = await put("a.csv", [HEADER, ...bad].join("\n"));
    const error = await readFees(file).catch(String);
    expect(error).toContain(
      `line 2, column "price": "cheap" is a word, want an amount`,
    );
    expect(error).toContain("line 11,");
    expect(error).not.toContain("line 12,");
    expect(error).toContain("and 2 more");
  });
});

test.each<[string, string]>([
  [",,,,1,,,2017-01-01,,,,", `column "service"`],
  ["A,,,,-1,,,2017-01-01,,,,", "below zero"],
  ["A,,,,1,rows of 5,,2017-01-01,,,,", `column "step"`],
  ["A,,,,1 per 10 rows,100 rows,,2017-01-01,,,,", "two units of charge"],
  ["A,,,,1,,,,,,,", `column "from"`],
  ["A,,,,1,,,2017-02-30,,,,", "no day of the calendar"],
  ["A,,,,1,,,2017-03-01,2017-02-01,,,", "is before"],
  ["A,,,,1,,x,2017-03-01,,,,", `column "ceiling"`],
  ['A,,,,1,,,"2017-03-01,,,,', "a quote is not closed"],
])("%s is a bad line", async (line, reason) => {
  await onBench(async ({ put }) => {
    const file = await put("a.csv", `${HEADER}\n${line}\n`);
    await expect(readFees(file)).rejects.toThrow(reason);
  });
});

test("two prices on the same day for the same thing are named by their lines; other classes and days are none", async () => {
  await onBench(async ({ put }) => {
    const list = (...lines: string[]) =>
      put("a.csv", [HEADER, ...lines].join("\n"));
    const first = "A,U,,company,1,,,2017-01-01,2018-12-31,,,";
    const file = await list(
      first,
      "A,U,,research,1,,,2017-01-01,,,,",
      "A,U,,company,2,,,2018-12-31,,,,",
    );
    await expect(readFees(file)).rejects.toThrow(
      "lines 2 and 4 are both in force on 2018-12-31",
    );
    const good = await list(first, "A,U,,company,2,,,2019-01-01,,,,");
    expect((await readFees(good)).standards).toHaveLength(2);
    const inside = await list(
      "A,U,,,1,,,2017-01-01,,,,",
      "A,U,,,2,,,2018-01-01,2018-02-01,,,",
      "A,U,,,3,,,2019-01-01,2019-02-01,,,",
    );
    await expect(readFees(inside)).rejects.toThrow(
      /lines 2 and 3.*lines 2 and 4/,
    );
  });
});

test("a column that is missing, or may be one of two, is asked", async () => {
  await onBench(async ({ put }) => {
    const missing = await put("a.csv", "service,unit,from\nA,U,2017-01-01\n");
    await expect(readFees(missing)).rejects.toThrow(
      `no column is known to be the price`,
    );
    const twice = await put(
      "b.csv",
      "service,price,收费标准,单价,from\nA,1,1,1,2017-01-01\n",
    );
    expect((await readFees(twice)).standards).toHaveLength(1);
    const tie = await put(
      "c.csv",
      "service,收费标准,单价,from\nA,1,1,2017-01-01\n",
    );
    await expect(readFees(tie)).rejects.toThrow(
      `the price could be "收费标准" or "单价"`,
    );
    const days = await put("d.csv", "service,price,from\nA,1,01/02/2017\n");
    await expect(readFees(days)).rejects.toThrow("day or the month first");
  });
});
