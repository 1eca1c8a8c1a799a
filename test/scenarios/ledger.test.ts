import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { promises as fs } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { textOf } from "../files.ts";
import { program, root, run } from "./program.ts";

/** Block 5:30 of docs/ten-minutes.md, and the ledger of somebody who has nothing else: no office runs here. */
const EXAMPLE = "examples/fees-2018-2023";
let folder = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "vitrine-ledger-test-"));
  await run(join(root, EXAMPLE, "generate.mjs"), [
    join(folder, "receipts.csv"),
  ]);
  await fs.copyFile(
    join(root, EXAMPLE, "receipts.note.json"),
    join(folder, "receipts.note.json"),
  );
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const audit = (...args: string[]) => run(program, ["audit", "ledger", ...args]);
const here = (name: string): string => join(folder, name);

const report = z.object({ rejects: z.object({ count: z.number() }) });
test("the example comes to the table of the ten minutes, to the fen, and every line is in it or named", async () => {
  const [, table = ""] =
    /--claimed "2\.48 billion CNY"\n```\n\n```\n([\s\S]*?)```/.exec(
      textOf("docs/ten-minutes.md"),
    ) ?? [];
  expect(table.split("\n").length).toBeGreaterThan(7);
  const { code, out } = await audit(
    here("receipts.csv"),
    ...["--fees", join(root, EXAMPLE, "approved.csv")],
    ...["--claimed", "2.48 billion CNY", "--out", here("out"), "--lang", "en"],
  );
  expect(code).toBe(0);
  expect(out).toContain(table);
  const rejected = readFileSync(here("out/receipts.rejected.csv"), "utf8");
  expect(rejected.trim().split("\n").slice(1)).toEqual([
    expect.stringMatching(/^receipts\.csv,57205,amount CNY,.*12O\.00/),
    expect.stringMatching(/^receipts\.csv,201879,date,.*2021-02-30/),
    expect.stringMatching(/^receipts\.csv,333335,amount CNY,/),
  ]);
  for (const name of ["report.html", "report.xlsx", "totals.csv", "payers.csv"])
    expect(existsSync(here(`out/${name}`)), name).toBe(true);
  expect(existsSync(here("out/receipts.csv"))).toBe(false);
}, 120_000);

/** Four kinds of charges, and ten lines that nobody can read. */
const CHINESE = `车辆登记收费台账,,,,,
收费日期,收费单位,收费项目,缴费人,金额,票据号
2023-01-05,省车辆登记中心,车辆信息查询,蓝田物流有限公司,2.00元,P-1
2023/1/6,省车辆登记中心,车辆信息查询,青石保险有限公司,"3.00",P-2
2023年2月1日,省车辆登记中心,车辆信息查询,蓝田物流有限公司,¥2.50,P-3
2023-02-02,省车辆登记中心,过户证明,青石保险有限公司,1.2万,P-4
2023-02-02,省车辆登记中心,车辆信息查询,青石保险有限公司,(2.50),P-5
2023-02-03,省车辆登记中心,车辆信息查询,蓝田物流有限公司,2.50,P-6
2023-02-03,省车辆登记中心,车辆信息查询,蓝田物流有限公司,2.50,P-6
2023-02-30,省车辆登记中心,车辆信息查询,蓝田物流有限公司,2.50,P-7
,省车辆登记中心,车辆信息查询,蓝田物流有限公司,2.50,P-8
2023-02-04,省车辆登记中心,车辆信息查询,蓝田物流有限公司,,P-9
2023-02-04,省车辆登记中心,车辆信息查询,蓝田物流有限公司,二十多元,P-10
2023-02-04,省车辆登记中心,车辆信息查询,蓝田物流有限公司,2.505,P-11
2023-02-04,省车辆登记中心,车辆信息查询,蓝田物流有限公司,9999999999999999999999999999999,P-12
2023-02-04,省车辆登记中心,车辆信息查询,蓝田物流有限公司,2.5O,P-13
2023-13-01,省车辆登记中心,车辆信息查询,蓝田物流有限公司,2.50,P-14
合计,,,,"12,018.00",
2023-02-04,省车辆登记中心,车辆信息查询
`;
const FEES = `收费项目,收费单位,收款单位,收费标准,计费单位,生效日期,失效日期,批准机关,批准文号,收费依据
车辆信息查询,省车辆登记中心,省财政厅,2.00,次,2022-01-01,2023-01-31,省发展改革委,〔2021〕8号,价格法第十八条
车辆信息查询,省车辆登记中心,省财政厅,2.50,次,2023-02-01,,省发展改革委,〔2023〕1号,价格法第十八条
`;

test("a ledger with Chinese headings, mixed units and ten broken lines comes out right, in Chinese", async () => {
  await fs.writeFile(here("台账.csv"), CHINESE);
  await fs.writeFile(here("标准.csv"), FEES);
  const { code, out, err } = await audit(
    ...[here("台账.csv"), "--fees", here("标准.csv")],
    ...["--lang", "zh", "--out", here("zh"), "--receipts"],
  );
  expect(err).toBe("");
  expect(code).toBe(0);
  const lines = readFileSync(here("zh/receipts.csv"), "utf8")
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(","));
  const byReference = lines.map((cells) => [cells[9], cells[11], cells[13]]);
  expect(byReference).toEqual([
    ["P-1", "2.00", "与标准相符"],
    ["P-2", "3.00", "高于标准"],
    ["P-3", "2.50", "与标准相符"],
    ["P-4", "12000.00", "无人批准"],
    ["P-5", "-2.50", "退款"],
    ["P-6", "2.50", "与标准相符"],
    ["P-6", "2.50", "重复收费"],
  ]);
  const rejected = readFileSync(here("zh/台账.rejected.csv"), "utf8")
    .trim()
    .split("\n")
    .slice(1);
  expect(rejected).toHaveLength(10);
  expect(rejected.map((line) => Number(line.split(",")[1]))).toEqual([
    10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
  ]);
  // 2.00 + 3.00 + 2.50 + 12,000.00 - 2.50 + 2.50 + 2.50
  expect(out).toContain("12,010.00");
  expect(out).toMatch(/^报告 +.*report\.html$/m);
  expect(readFileSync(here("zh/receipts.csv"), "utf8")).toMatch(
    /^\ufeff文件,行,日期,部门,单位,.*,结果,收费标准所在行,批准/,
  );
  expect(readFileSync(here("zh/台账.rejected.csv"), "utf8")).toMatch(
    /^\ufeff文件,行,栏,原因,原文/,
  );
  const json: unknown = JSON.parse(
    readFileSync(here("zh/report.json"), "utf8"),
  );
  expect(report.parse(json).rejects.count).toBe(10);
}, 60_000);

test("what cannot be read is refused in one line that says what is wanted, and nothing is written", async () => {
  await fs.writeFile(here("twice.csv"), "date,amount,amount\n2023-01-05,1,2\n");
  await fs.writeFile(
    here("doubt.csv"),
    "date,service,amount\n03/04/2023,Look-up,2.00\n04/05/2023,Look-up,2.00\n",
  );
  await fs.writeFile(here("empty.csv"), "");
  await fs.writeFile(here("noise.xlsx"), Buffer.from("PK\u0003\u0004 no"));
  const fees = ["--fees", here("标准.csv")];
  const wanted: readonly (readonly [readonly string[], RegExp])[] = [
    [
      [here("nowhere.csv"), ...fees],
      /^Cannot read nowhere\.csv: nothing is there/,
    ],
    [[folder, ...fees], /^Cannot read .*: it is a folder or no file/],
    [[here("empty.csv"), ...fees], /^Cannot read empty\.csv: /],
    [[here("noise.xlsx"), ...fees], /^Cannot read noise\.xlsx: /],
    [[here("twice.csv"), ...fees], /^Cannot read twice\.csv: .*amount/],
    [
      [here("doubt.csv"), ...fees],
      /^Cannot read doubt\.csv: .*03\/04\/2023.*dayOrder/,
    ],
    [[here("台账.csv")], /want --fees FILE/],
    [
      [here("台账.csv"), "--fees", here("nowhere.csv")],
      /^Cannot read nowhere\.csv/,
    ],
    [
      [here("台账.csv"), ...fees, "--map", here("标准.csv")],
      /^Cannot read mapping .*the mapping is not JSON/,
    ],
    [
      [here("台账.csv"), ...fees, "--aliases", here("标准.csv")],
      /^Cannot read aliases .*want the headings role,name,means/,
    ],
    [
      [here("台账.csv"), ...fees, "--claimed", "much"],
      /^Cannot compare what was claimed: "much"/,
    ],
    [
      [here("台账.csv"), ...fees, "--currency", "QQQ"],
      /^Cannot read amounts in QQQ/,
    ],
    [
      [here("台账.csv"), ...fees, "--lang", "fr"],
      /^Cannot write in fr: want --lang en or zh/,
    ],
  ];
  for (const [args, message] of wanted) {
    const { code, err } = await audit(...args, "--out", here("bad"));
    expect(err.trim().split("\n"), args.join(" ")).toHaveLength(1);
    expect(err).toMatch(message);
    expect(code).toBe(2);
    expect(existsSync(here("bad"))).toBe(false);
  }
}, 120_000);

test("a guess is shown with three rows, saved, corrected and read by", async () => {
  const shown = await audit(
    ...[here("doubt.csv"), "--guess", "--save-map", here("map.json")],
  );
  expect(shown.code).toBe(2);
  expect(shown.out).toMatch(/^ +date +date +03\/04\/2023 +04\/05\/2023$/m);
  expect(shown.out).toMatch(/^ +decide .*dayOrder/m);
  const map: unknown = JSON.parse(readFileSync(here("map.json"), "utf8"));
  await fs.writeFile(
    here("map.json"),
    JSON.stringify({ ...z.looseObject({}).parse(map), dayOrder: "dayFirst" }),
  );
  const { code, out } = await audit(
    ...[here("doubt.csv"), "--fees", here("标准.csv")],
    ...["--map", here("map.json"), "--out", here("mapped"), "--receipts"],
    ...["--lang", "en"],
  );
  expect(code).toBe(0);
  expect(out).toContain("4.00");
  expect(readFileSync(here("mapped/receipts.csv"), "utf8")).toContain(
    "doubt.csv,2,2023-04-03,",
  );
}, 60_000);

test("a draft of a fee is run over past receipts, and a rate above the bond yield and six points is refused with its article", async () => {
  const tried = (...more: string[]) =>
    run(program, [
      ...["fee", "try", join(root, EXAMPLE, "draft.csv")],
      ...["--ledger", here("receipts.csv"), ...more],
    ]);
  const within = await tried(
    ...["--cost", "60,000,000", "--tax", "3,600,000"],
    ...["--bond-yield", "2.35", "--rate", "5"],
  );
  expect(within.code).toBe(0);
  expect(within.out).toMatch(
    /^company +57,543 +35,232,007\.50 +13,149,949\.00/m,
  );
  expect(within.out).toMatch(
    /^revenue 17,877,679\.00 CNY, permitted 66,600,000\.00 .*: within it$/m,
  );
  const above = await tried(
    ...["--cost", "10,000,000", "--bond-yield", "2.35", "--rate", "5"],
  );
  expect(above.code).toBe(1);
  expect(above.out).toMatch(/permitted 10,500,000\.00 .*: above it$/m);
  const greedy = await tried(
    ...["--cost", "60,000,000", "--bond-yield", "2.35", "--rate", "8.36"],
  );
  expect(greedy.code).toBe(1);
  expect(greedy.out).toMatch(/^refused .*8\.36 % is above 8\.35 %.*CN-PRC-07/);
  const negative = await tried(
    ...["--cost=-100", "--bond-yield", "2.35", "--rate", "5"],
  );
  expect(negative.err).toBe(
    "Cannot read --cost: it is -100, want an amount of 0 or more\n",
  );
}, 120_000);
