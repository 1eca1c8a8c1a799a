import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { formatMapping, parseMapping } from "../../audit/ledger/mapping.ts";
import { onBench } from "./ledger.sample.ts";
import { guessMapping } from "./read-ledger.ts";

const CHINESE = [
  "2023年收费明细表",
  "单位：万元",
  "序号,开票日期,主管部门,执收单位,收费项目,缴款单位,数量,收费金额,票据号码,状态",
  "1,2023年5月1日,交通厅,一中心,通行查询,琥珀分析有限公司,3,5865.7,R-1,正常",
  "2,2023/5/2,交通厅,一中心,通行查询,桦树软件有限公司,,0.02,R-2,已退款",
  "合计,,,,,,,5865.72,,",
  "",
].join("\r\n");

/** The two-byte codes of GB 2312 for the characters of a text, by asking the decoder for every pair. */
function gb(text: string): Buffer {
  const codes = new Map<string, readonly number[]>();
  const decoder = new TextDecoder("gb18030");
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++)
      codes.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
  return Buffer.from(
    Array.from(text).flatMap((sign) =>
      sign < "\u0080" ? [sign.charCodeAt(0)] : [...(codes.get(sign) ?? [63])],
    ),
  );
}

const swapped = (text: string) => Buffer.from(text, "utf16le").swap16();

test.each<[string, Buffer, string]>([
  ["UTF-8", Buffer.from(CHINESE), "UTF-8, comma"],
  ["UTF-8 with its mark", Buffer.from(`\ufeff${CHINESE}`), "UTF-8, comma"],
  [
    "UTF-16 with its mark",
    Buffer.from(`\ufeff${CHINESE}`, "utf16le"),
    "UTF-16, comma",
  ],
  ["UTF-16, the large end first", swapped(`\ufeff${CHINESE}`), "UTF-16, comma"],
  ["UTF-16 without its mark", Buffer.from(CHINESE, "utf16le"), "UTF-16, comma"],
  ["UTF-16BE without its mark", swapped(CHINESE), "UTF-16, comma"],
  ["GB18030", gb(CHINESE), "GB18030, comma"],
  ["GB18030 with tabs", gb(CHINESE.replaceAll(",", "\t")), "GB18030, tab"],
  ["semicolons", Buffer.from(CHINESE.replaceAll(",", ";")), "UTF-8, semicolon"],
  ["bars", Buffer.from(CHINESE.replaceAll(",", "|")), "UTF-8, bar"],
  [
    "a line that names its mark",
    Buffer.from(`sep=;\r\n${CHINESE.replaceAll(",", ";")}`),
    "UTF-8, semicolon",
  ],
  [
    "line ends of old",
    Buffer.from(CHINESE.replaceAll("\r\n", "\r")),
    "UTF-8, comma",
  ],
])("a Chinese ledger in %s", async (_, bytes, how) => {
  await onBench(async ({ put, read, rows }) => {
    const file = await put("收费.csv", bytes);
    const found = await read([file]);
    expect(found.sources).toEqual([
      {
        name: "收费.csv",
        bytes: bytes.length,
        sha256: createHash("sha256").update(bytes).digest("hex"),
        format: "csv",
        how,
        receipts: 2,
        rejects: 1,
      },
    ]);
    expect(await rows(found.selects)).toMatchObject([
      {
        day: "2023-05-01",
        minor: "5865700000",
        currency: "CNY",
        department: "交通厅",
        unit: "一中心",
        service: "通行查询",
        payer: "琥珀分析有限公司",
        quantity: "3",
        reference: "R-1",
        status: "paid",
      },
      { day: "2023-05-02", minor: "20000", quantity: null, status: "refunded" },
    ]);
    expect(found.rejects.first).toMatchObject([
      { reason: "a total, not a receipt" },
    ]);
    expect(found.has).toEqual({
      reference: true,
      quantity: true,
      payerClass: false,
    });
  });
});

test("Windows-1252 is no GB18030, however late its first letter comes", async () => {
  await onBench(async ({ put, read, rows }) => {
    const line = "2023-05-01;12,50;Auskunft\n";
    const late = "2023-05-02;12,50;Gebühr für Straßen\n";
    const bytes = Buffer.from(
      `date;amount;service\n${line.repeat(5_000)}${late}`,
      "latin1",
    );
    const found = await read([await put("a.csv", bytes)]);
    expect(found.sources).toMatchObject([
      { how: "Windows-1252, semicolon", receipts: 5_001 },
    ]);
    expect((await rows(found.selects)).at(-1)).toMatchObject({
      service: "Gebühr für Straßen",
      minor: "1250",
    });
  });
});

test("a line with bytes of no character is a reject; the others are read", async () => {
  await onBench(async ({ put, read, rows }) => {
    const bytes = Buffer.concat([
      Buffer.from(
        "日期,金额,项目\n2023-05-01,5,通行查询轨迹文件服务\n2023-05-02,6,",
      ),
      Buffer.from([0xe6, 0xff]),
      Buffer.from("\n2023-05-03,7,通行查询轨迹文件\n"),
    ]);
    const found = await read([await put("a.csv", bytes)]);
    expect(await rows(found.selects)).toMatchObject([
      { line: "2" },
      { line: "4" },
    ]);
    expect(found.rejects.first).toMatchObject([
      { line: 3, reason: "holds bytes that are no UTF-8" },
    ]);
  });
});

const BROKEN = [
  "date,unit,amount,quantity,service",
  "2023-05-01,一中心,12.50,1,Extract",
  "",
  "2023-02-30,一中心,12.50,1,Extract",
  "2023-05-01,一中心,=1+1,1,Extract",
  "2023-05-01,一中心,1,234.50,1,Extract",
  `2023-05-01,"open,12.50,1,Extract`,
  `2023-05-01,"a
b",12.50,1,Extract`,
  `2023-05-01,"x"y,12.50,1,Extract`,
  "2023-05-01,一中心,1e30,1,Extract",
  "2023-05-01,一中心,12.50,0,Extract",
  `2023-05-01,一中心,12.50,1,${"x".repeat(20_000)}`,
  `2023-05-01,一中心,12.50,1,${"y".repeat(1_200_000)}`,
  "2023-05-01,一中心,12.505,1,Extract",
  ",,,,",
  "2023-05-03,一中心,1,2,Extract",
].join("\n");

test("lines that cannot be read are told with line, column and reason, and the counts add up", async () => {
  await onBench(async ({ put, read, rows }) => {
    const file = await put("broken.csv", BROKEN);
    const found = await read([file]);
    expect((await rows(found.listSelects)).map(({ line }) => line)).toEqual([
      "2",
      "8",
      "17",
    ]);
    expect(
      found.rejects.first.map(
        ({ line, column, reason }) => `${line} ${column}: ${reason}`,
      ),
    ).toEqual([
      `4 date: "2023-02-30" is no day of the calendar from 1900 to 2200, want one`,
      `5 amount: "=1+1" is a formula, want its result`,
      "6 : 6 values, want 5",
      `7 : "a" stands behind a closing quote`,
      `10 : "y,12.50,1,Extract" stands behind a closing quote`,
      `11 amount: "1e30" is in powers of ten, want all digits`,
      `12 quantity: "0" is no quantity, want a whole number above 0`,
      "13 service: 20000 characters, want a shorter text",
      "14 : more than 1000000 characters, want a shorter line",
      `15 amount: "12.505" does not end at 0.01 CNY, want no digits below that`,
    ]);
    expect(found.sources).toMatchObject([{ receipts: 3, rejects: 10 }]);
    const told = await readFile(found.rejectsFile, "utf8");
    expect(
      told.startsWith(
        "\ufefffile,line,column,reason,text\r\nbroken.csv,4,date,",
      ),
    ).toBe(true);
    expect(told.split("\r\n")).toHaveLength(12);
  });
});

test("no cell of the rejects is a formula, and without rejects there is no file", async () => {
  await onBench(async ({ put, read }) => {
    const evil = await put(
      "=evil.csv",
      `date,amount\n=cmd|'/c calc'!A1,5\n@x,5\n`,
    );
    const told = await readFile((await read([evil])).rejectsFile, "utf8");
    expect(told).toContain(`'=evil.csv,2,date,`);
    expect(told).toContain(`,"'=cmd|'/c calc'!A1,5"`);
    expect(told).toContain(`,"'@x,5"`);
    const good = await put("good.csv", "date,amount\n2023-05-01,5\n");
    expect(existsSync((await read([good])).rejectsFile)).toBe(false);
  });
});

test("many files are one ledger; a constant and the file's name stand for columns", async () => {
  await onBench(async ({ put, read, rows }) => {
    const files = await Promise.all(
      Array.from({ length: 120 }, (_, i) =>
        put(
          `中心${i}.csv`,
          i % 2 === 0
            ? "日期,金额\n2023-05-01,5\n坏,1\n"
            : `收费表\n日期;金额\n2023-05-01;5\n坏;1\n`,
        ),
      ),
    );
    const mapping = parseMapping(
      `{"columns": {"date": "日期", "amount": "金额", "department": {"value": "交通厅"}, "unit": {"fileName": true}}}`,
    );
    if ("problem" in mapping) throw new Error(mapping.problem);
    const found = await read(files, { mapping });
    const all = await rows(found.selects);
    expect(all).toHaveLength(120);
    expect(all[7]).toMatchObject({
      file: 7,
      line: "3",
      department: "交通厅",
      unit: "中心7",
    });
    expect(found.rejects.count).toBe(120);
    expect(found.rejects.first).toHaveLength(100);
  });
});

test("JSON and NDJSON: members are columns, a late one too, numbers are numbers", async () => {
  await onBench(async ({ put, read, rows }) => {
    const objects = [
      { date: "2023-05-01", amount: 0.1 + 0.2, service: "Extract" },
      {
        date: "2023-05-02",
        amount: "1,234.50",
        service: "Extract",
        status: "waived",
      },
      { date: "2023-05-03", amount: 1e30 },
    ];
    const expected = [
      { minor: "30", status: "paid" },
      { minor: "123450", status: "waived" },
    ];
    const list = await put("a.json", JSON.stringify(objects, undefined, 1));
    const one = await read([list]);
    expect(await rows(one.selects)).toMatchObject(expected);
    expect(one.sources).toMatchObject([
      { format: "json", receipts: 2, rejects: 1 },
    ]);
    const lines = objects.map((object) => JSON.stringify(object));
    const nd = await put("a.ndjson", [...lines, "[1]", "{", ""].join("\n"));
    const two = await read([nd]);
    expect(await rows(two.selects)).toMatchObject(expected);
    expect(
      two.rejects.first.map(({ line, reason }) => `${line}: ${reason}`),
    ).toEqual([
      "3: 1e+30 is too large, want an amount",
      "4: is no object, want one",
      "5: is no JSON, want an object",
    ]);
    await expect(read([await put("b.json", `[{"date":1},`)])).rejects.toThrow(
      "Cannot read b.json",
    );
  });
});

test.each<[string, string, string]>([
  [
    "the order of day and month",
    "date,amount\n01/02/2023,5\n03/04/2023,6\n",
    `column "date" holds "01/02/2023"`,
  ],
  [
    "the decimal mark",
    'date,amount\n2023-05-01,"1,234"\n',
    `column "amount" holds "1,234"`,
  ],
  [
    "two columns",
    "收费日期,服务日期,金额\n2023-05-01,2023-05-02,5\n",
    `the date could be "收费日期" ("2023-05-01") or "服务日期" ("2023-05-02")`,
  ],
  [
    "no column of amounts",
    "date,service\n2023-05-01,Extract\n",
    "no column is known to be the amount",
  ],
])("%s is asked, not guessed", async (_, text, question) => {
  await onBench(async ({ put, read }) => {
    const file = await put("a.csv", text);
    await expect(read([file])).rejects.toThrow(question);
    await expect(read([file])).rejects.toThrow("in the mapping");
    expect((await guessMapping(file)).problems.join()).toContain(question);
  });
});

test("an answer in the mapping is taken, and a later date can be the answer too", async () => {
  await onBench(async ({ put, read, rows }) => {
    const text = "date,amount\n01/02/2023,5\n03/04/2023,6\n";
    const file = await put("a.csv", text);
    const { mapping } = await guessMapping(file);
    const answered = parseMapping(
      formatMapping({ ...mapping, dayOrder: "monthFirst" }),
    );
    if ("problem" in answered) throw new Error(answered.problem);
    expect(
      await rows((await read([file], { mapping: answered })).selects),
    ).toMatchObject([{ day: "2023-01-02" }, { day: "2023-03-04" }]);
    const late = await put(
      "b.csv",
      `${text.trimEnd()}\n${"01/02/2023,5\n".repeat(3_000)}31/12/2023,7\n`,
    );
    expect((await read([late])).mappings[0]?.mapping.dayOrder).toBe("dayFirst");
  });
});

test("a guess shows its columns and three rows", async () => {
  await onBench(async ({ put }) => {
    const file = await put("a.csv", CHINESE);
    const { mapping, headings, samples, problems } = await guessMapping(file);
    expect(problems).toEqual([]);
    expect(headings[7]).toBe("收费金额");
    expect(samples).toHaveLength(3);
    expect(samples[0]?.[5]).toBe("琥珀分析有限公司");
    expect(mapping.columns).toMatchObject({
      date: { heading: "开票日期" },
      amount: { heading: "收费金额" },
    });
  });
});

test("without headings a column is called by its letter", async () => {
  await onBench(async ({ put, read, rows }) => {
    const file = await put(
      "a.csv",
      "2023-05-01,Extract,12.50\n2023-05-02,Extract,1.50\n",
    );
    const found = await read([file]);
    expect(await rows(found.selects)).toHaveLength(2);
    expect(found.mappings[0]?.mapping.columns).toEqual({
      date: { column: 0 },
      amount: { column: 2 },
    });
  });
});

test.each<[string, Uint8Array | string, string]>([
  ["an empty file", "", "it is empty"],
  ["a PDF", "%PDF-1.7", "a PDF"],
  ["a picture", Buffer.from("89504e470d0a1a0a", "hex"), "a picture"],
  [
    "bytes of no text",
    Buffer.from("00010000000100020003", "hex"),
    "zero bytes",
  ],
  [
    "ten million columns",
    `date,amount${",".repeat(10_000_000)}\n`,
    "no column is known",
  ],
])("%s is refused with a reason", async (_, content, reason) => {
  await onBench(async ({ put, read }) => {
    await expect(read([await put("a.csv", content)])).rejects.toThrow(reason);
  });
});

test("a file that is not there, and a ledger without receipts", async () => {
  await onBench(async ({ folder, put, read, rows }) => {
    await expect(read([`${folder}/none.csv`])).rejects.toThrow(
      "Cannot read none.csv: nothing is there",
    );
    await expect(read([folder])).rejects.toThrow("no file");
    const found = await read([await put("a.csv", "date,amount\n")]);
    expect(await rows(found.selects)).toEqual([]);
  });
});
