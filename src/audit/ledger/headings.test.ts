import { expect, test } from "vitest";
import { FEE_WORDS } from "./fee-heading-words.ts";
import { RECEIPT_WORDS } from "./heading-words.ts";
import { guessColumns, headingCounter } from "./headings.ts";

function receiptColumns(
  headings: readonly string[],
  rows: readonly (readonly string[])[] = [],
) {
  const guess = guessColumns(RECEIPT_WORDS, headings, rows);
  return Object.fromEntries(
    [...guess].flatMap(([role, { column }]) =>
      column === undefined ? [] : [[role, headings[column]]],
    ),
  );
}

test("English headings of a ledger", () => {
  expect(
    receiptColumns(
      "date,department,unit,system,service,payer,payer class,quantity,amount CNY,reference".split(
        ",",
      ),
    ),
  ).toEqual({
    date: "date",
    department: "department",
    unit: "unit",
    system: "system",
    service: "service",
    payer: "payer",
    payerClass: "payer class",
    quantity: "quantity",
    amount: "amount CNY",
    reference: "reference",
  });
});

test("Chinese headings of a ledger, with a number that means nothing and a unit of money", () => {
  const headings =
    "序号,开票日期,主管部门,执收单位,信息系统,收费项目,缴款单位,缴款人类别,数量,单价,收费金额（万元）,票据号码,状态,备注".split(
      ",",
    );
  expect(receiptColumns(headings)).toEqual({
    date: "开票日期",
    department: "主管部门",
    unit: "执收单位",
    system: "信息系统",
    service: "收费项目",
    payer: "缴款单位",
    payerClass: "缴款人类别",
    quantity: "数量",
    amount: "收费金额（万元）",
    reference: "票据号码",
    status: "状态",
    note: "备注",
  });
  const amount = guessColumns(RECEIPT_WORDS, headings, []).get("amount");
  expect(amount?.unit?.power).toBe(4);
  expect(amount?.how).toBe("synonym");
});

test.each([
  ["繳費日期", "date"],
  ["金额 Amount", "amount"],
  ["Payer_Class", "payerClass"],
  ["payerClass", "payerClass"],
  ["2023年度收费金额", "amount"],
  ["Name of operating unit", "unit"],
])("%s means %s", (heading, role) => {
  expect(receiptColumns([heading])).toEqual({ [role]: heading });
});

test.each(["序号", "单价", "税额", "Balance", "联系电话", "经办人", "Zebra"])(
  "%s means none",
  (heading) => {
    expect(receiptColumns([heading])).toEqual({});
  },
);

test("the day of the event is preferred to the day of the payment", () => {
  expect(receiptColumns(["支付日期", "业务日期"])).toEqual({
    date: "业务日期",
  });
});

test("of two columns that are equally good neither is taken, and both are named", () => {
  const guess = guessColumns(
    RECEIPT_WORDS,
    ["收费日期", "服务日期", "金额"],
    [],
  );
  expect(guess.get("date")).toMatchObject({
    column: undefined,
    others: [0, 1],
  });
});

test("what headings do not say the cells may", () => {
  const rows = [
    ["2023-05-01", "12.50", "CNY", "7"],
    ["2023-05-02", "1,300.00", "USD", "9"],
  ];
  expect(receiptColumns(["Tag", "Betrag", "Art", "Zahl"], rows)).toEqual({
    date: "Tag",
    amount: "Betrag",
    currency: "Art",
  });
  const guess = guessColumns(RECEIPT_WORDS, ["Tag"], rows);
  expect(guess.get("date")?.how).toBe("content");
});

test("a title is no row of headings", () => {
  const count = headingCounter(RECEIPT_WORDS);
  expect(count(["2023年收费明细表", "", ""])).toBe(0);
  expect(count(["单位：万元"])).toBeLessThan(2);
  expect(count(["日期", "金额", "x"])).toBe(2);
  expect(count(["2018-01-01", "975.00", "Amber Arc"])).toBe(0);
});

test("the columns of a list of approved fees", () => {
  const headings =
    "服务,收费单位,收款单位,缴费人类别,收费标准（元）,计费单位,最高限价,生效日期,失效日期,批准机关,批准文号,收费依据".split(
      ",",
    );
  const guess = guessColumns(FEE_WORDS, headings, []);
  expect([...guess].map(([role, { column }]) => [role, column])).toEqual([
    ["service", 0],
    ["unit", 1],
    ["payee", 2],
    ["payerClass", 3],
    ["price", 4],
    ["currency", undefined],
    ["step", 5],
    ["ceiling", 6],
    ["from", 7],
    ["to", 8],
    ["approvedBy", 9],
    ["paper", 10],
    ["ground", 11],
  ]);
});
