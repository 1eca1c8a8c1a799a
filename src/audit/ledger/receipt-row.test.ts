import { expect, test } from "vitest";
import { type Mapping, placesOf } from "./mapping.ts";
import { type Field, quantityOf, readReceipt } from "./receipt-row.ts";
import { statusOf } from "./receipt-status.ts";

const HEADINGS = [
  "日期",
  "收费单位",
  "项目",
  "金额",
  "币种",
  "数量",
  "是否退款",
];
const MAPPING: Mapping = {
  columns: {
    date: { heading: "日期" },
    department: { value: "Transport" },
    unit: { heading: "收费单位" },
    service: { heading: "项目" },
    amount: { heading: "金额" },
    currency: { heading: "币种" },
    quantity: { heading: "数量" },
    status: { heading: "是否退款" },
  },
};

function read(fields: readonly Field[], more: Partial<Mapping> = {}) {
  const places = placesOf({ ...MAPPING, ...more }, HEADINGS, "");
  if ("problem" in places) throw new Error(places.problem);
  return readReceipt(fields, places, 2, 7);
}

test("a line of a ledger is a receipt", () => {
  expect(
    read(["2023-05-01", " 一中心 ", "查询", "1,234.50", "", "65", "否"]),
  ).toEqual({
    file: 2,
    line: 7,
    day: 19_478,
    minor: 123_450,
    currency: "CNY",
    department: "Transport",
    unit: "一中心",
    system: "",
    service: "查询",
    payer: "",
    payerClass: "",
    quantity: 65,
    reference: "",
    status: "paid",
  });
});

test("cells of a sheet are numbers and days", () => {
  expect(
    read([{ day: 19_478 }, 12, "查询", 0.1 + 0.2, "美元", 3, "是"]),
  ).toMatchObject({
    day: 19_478,
    unit: "12",
    minor: 30,
    currency: "USD",
    quantity: 3,
    status: "refunded",
  });
  expect(read([20230501, "", "", 5, "", "", ""])).toMatchObject({
    day: 19_478,
    quantity: undefined,
  });
});

test("a heading of 万元 and a column's order of day and month hold for its cells", () => {
  expect(
    read(["01/05/2023", "", "", "5865.7", "", "", ""], {
      power: 4,
      dayOrder: "dayFirst",
    }),
  ).toMatchObject({ day: 19_478, minor: 5_865_700_000 });
});

test.each<[readonly Field[], string, string]>([
  [["", "", "", "5"], "日期", "nothing stands here, want a date"],
  [["01/05/2023", "", "", "5"], "日期", "can be"],
  [["2023-05-01", "", "", ""], "金额", "nothing stands here, want an amount"],
  [["2023-05-01", "", "", "1e30"], "金额", "powers of ten"],
  [["2023-05-01", "", "", 1e30], "金额", "too large"],
  [["2023-05-01", "", "", { day: 5 }], "金额", "is a date"],
  [["2023-05-01", "", "", { fault: "#REF! is an error" }], "金额", "#REF!"],
  [["2023-05-01", { fault: "#N/A is an error" }, "", "5"], "收费单位", "#N/A"],
  [["2023-05-01", "", "", "5", "Taler"], "币种", "no known currency"],
  [["2023-05-01", "", "", "5 USD", "CNY"], "金额", "currency column says CNY"],
  [["2023-05-01", "", "", "5", "", "0"], "数量", "no quantity"],
  [["2023-05-01", "", "", "5", "", "2.5"], "数量", "no quantity"],
  [["合计", "", "", "500"], "", "a total, not a receipt"],
  [["", "合 计", "", "500"], "", "a total, not a receipt"],
  [["", "Grand total:", "", "500"], "", "a total, not a receipt"],
])("%j is a reject", (fields, column, reason) => {
  const found = read(fields);
  expect(found).toMatchObject({ column });
  expect("reason" in found ? found.reason : "read").toContain(reason);
});

test("a total with a day is a receipt of a service that is called so", () => {
  expect(read(["2023-05-01", "", "Total", "5"])).toMatchObject({ minor: 500 });
});

test.each([
  ["waived", "waived"],
  ["Exempt", "waived"],
  ["已减免", "waived"],
  ["免收", "waived"],
  ["refunded", "refunded"],
  ["REFUND", "refunded"],
  ["已退款", "refunded"],
  ["退费", "refunded"],
  ["红冲", "refunded"],
  ["作废", "refunded"],
  ["未退款", "paid"],
  ["not refunded", "paid"],
  ["non-refundable", "paid"],
  ["退款中", "paid"],
  ["部分退款", "paid"],
  ["无减免", "paid"],
  ["正常", "paid"],
  ["paid", "paid"],
  ["", "paid"],
] as const)("the status %s says %s", (text, status) => {
  expect(statusOf(text)).toBe(status);
});

test("a yes says what its heading asks", () => {
  expect(statusOf("是", "是否作废")).toBe("refunded");
  expect(statusOf("Y", "Waived")).toBe("waived");
  expect(statusOf("否", "是否作废")).toBe("paid");
  expect(statusOf("是", "状态")).toBe("paid");
});

test.each<[Field, number | undefined]>([
  ["1,000", 1_000],
  ["12.00", 12],
  ["12次", 12],
  ["１２ 条", 12],
  ["", undefined],
  [" ", undefined],
  [7, 7],
])("the quantity %j", (field, quantity) => {
  expect(quantityOf(field)).toBe(quantity);
});

test.each<Field>(["-5", "0", "1,00", "1.5", "many", 1.5, 1e16, { day: 1 }])(
  "%j is no quantity",
  (field) => {
    expect(quantityOf(field)).toHaveProperty("problem");
  },
);
