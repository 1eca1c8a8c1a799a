import { describe, expect, test } from "vitest";
import { amountOfNumber, readAmount } from "./amount.ts";
import type { Currency } from "./currencies.ts";

const cny = (minor: number) => ({ minor, currency: "CNY" });
const problemOf = (text: string, ...how: readonly ["comma" | "point"] | []) => {
  const read = readAmount(text, "CNY", ...how);
  return "problem" in read ? read.problem : read;
};

describe("an amount in a ledger of CNY", () => {
  test.each<[string, number]>([
    ["145000000", 14_500_000_000],
    ["145,000,000.00", 14_500_000_000],
    ["145 000 000,00", 14_500_000_000],
    ["145.000.000,00", 14_500_000_000],
    ["145\u00a0000\u00a0000,00", 14_500_000_000],
    ["145\u202f000\u202f000,00", 14_500_000_000],
    ["145'000'000.00", 14_500_000_000],
    ["145’000’000.00", 14_500_000_000],
    ["14,50,00,000.00", 14_500_000_000],
    ["12,34,567", 123_456_700],
    ["1,234,567", 123_456_700],
    ["1.234.567", 123_456_700],
    ["1234,5", 123_450],
    ["0.50", 50],
    [".50", 50],
    [",5", 50],
    ["12.", 1_200],
    ["0012.50", 1_250],
    ["001,234.50", 123_450],
    ["12.5000", 1_250],
    ["1234.560", 123_456],
    ["  12.50\t", 1_250],
    ["0", 0],
    ["-0.00", 0],
    ["+12.50", 1_250],
    ["-12.50", -1_250],
    ["- 12.50", -1_250],
    ["12.50-", -1_250],
    ["−12.50", -1_250],
    ["–12.50", -1_250],
    ["－１２．５０", -1_250],
    ["(12,50)", -1_250],
    ["（12.50）", -1_250],
    ["(¥12.50)", -1_250],
    ["¥(12.50)", -1_250],
    ["(12.50) CNY", -1_250],
    ["-¥12.50", -1_250],
    ["¥-12.50", -1_250],
    ["负12.50元", -1_250],
    ["１，２３４．５０", 123_450],
    ["١٬٢٣٤٫٥٠", 123_450],
    ["۱۲٫۵", 1_250],
    ["\u202d12.50\u202c", 1_250],
    ["\ufeff12.50", 1_250],
    ["¥58 657 000", 5_865_700_000],
    ["￥12.5", 1_250],
    ["RMB 12", 1_200],
    ["rmb12", 1_200],
    ["RMB¥12", 1_200],
    ["CNY 12.50", 1_250],
    ["12.50 CNY", 1_250],
    ["12.50 yuan", 1_250],
    ["人民币12元", 1_200],
    ["人民幣12圓", 1_200],
    ["¥12元", 1_200],
    ["12元整", 1_200],
    ["12.50元", 1_250],
    ["1,234元", 123_400],
    ["12元5角", 1_250],
    ["12元5角6分", 1_256],
    ["12元6分", 1_206],
    ["12元零6分", 1_206],
    ["12元56分", 1_256],
    ["12块5毛", 1_250],
    ["5角", 50],
    ["1250分", 1_250],
    ["1.45亿", 14_500_000_000],
    ["1.45億元", 14_500_000_000],
    ["5865.7万", 5_865_700_000],
    ["5865.7 萬元", 5_865_700_000],
    ["58,657千", 5_865_700_000],
    ["58,657千元", 5_865_700_000],
    ["3百万", 300_000_000],
    ["2千5百万", 2_500_000_000],
    ["12万元", 12_000_000],
    ["12万3456", 12_345_600],
    ["12万3,456.50元", 12_345_650],
    ["12万零5元", 12_000_500],
    ["1亿2345万6789.50元", 12_345_678_950],
    ["1亿3千万", 13_000_000_000],
    ["1万亿", 100_000_000_000_000],
    ["1万亿零1亿", 100_010_000_000_000],
    ["1万零1亿", 100_010_000_000_000],
    ["2.4 million", 240_000_000],
    ["2.4m", 240_000_000],
    ["1.2bn", 120_000_000_000],
    ["1.2 billion yuan", 120_000_000_000],
    ["248 million CNY", 24_800_000_000],
    ["CNY 248 million", 24_800_000_000],
    ["CNY 2.4bn", 240_000_000_000],
    ["2.4 CNYbn", 240_000_000_000],
    ["2.4mCNY", 240_000_000],
    ["2 thousand million", 200_000_000_000],
    ["12k", 1_200_000],
    ["3 lakh", 30_000_000],
    ["1,5 Mio", 150_000_000],
    ["十", 1_000],
    ["十五元", 1_500],
    ["二十五元", 2_500],
    ["一万两千元", 1_200_000],
    ["一万零五元", 1_000_500],
    ["壹拾贰万叁仟肆佰伍拾陆元柒角捌分", 12_345_678],
    ["人民币壹拾贰万叁仟肆佰伍拾陆元整", 12_345_600],
    ["壹拾萬零參佰圓正", 10_030_000],
    ["壹亿零伍拾万元整", 10_050_000_000],
    ["叁佰元零伍分", 30_005],
    ["零元", 0],
  ])("%s is read", (text, minor) => {
    expect(readAmount(text, "CNY")).toEqual(cny(minor));
  });

  test.each<[string, string]>([
    ["", "nothing stands here, want an amount"],
    [" \t\u3000", "nothing stands here, want an amount"],
    ["abc", '"abc" is a word, want an amount'],
    ["免费", '"免费" is a word, want an amount'],
    ["N/A", '"N/A" is a word, want an amount'],
    ["万元", '"万元" is a word, want an amount'],
    ["-", '"-" is a dash, want 0 or an amount'],
    ["——", '"——" is a dash, want 0 or an amount'],
    ["12%", '"12%" is a percentage, want an amount'],
    ["１２％", '"12%" is a percentage, want an amount'],
    ["=A1+B1", '"=A1+B1" is a formula, want its result'],
    ['="12.50"', '"="12.50"" is a formula, want its result'],
    ["#REF!", '"#REF!" is a spreadsheet\'s error, want an amount'],
    ["#####", '"#####" is a column too narrow for its number, want the number'],
    ["2023-05-01", '"2023-05-01" is a date, want an amount'],
    ["1.5.2023", '"1.5.2023" is a date, want an amount'],
    ["2023年5月1日", '"2023年5月1日" is a date, want an amount'],
    ["12:30", '"12:30" is a time, want an amount'],
    ["1.45E+08", '"1.45E+08" is in powers of ten, want all digits'],
    ["10^30", '"10^30" is in powers of ten, want all digits'],
    ["10³⁰", '"10³⁰" is in powers of ten, want all digits'],
    [
      "1000000000000000000000000000000",
      '"1000000000000000000000000000000" is too large, want an amount',
    ],
    ["12万亿亿", '"12万亿亿" holds two units in a row, want one amount'],
    [
      "12.505元",
      '"12.505元" does not end at 0.01 CNY, want no digits below that',
    ],
    [
      "1.23456789012亿",
      '"1.23456789012亿" does not end at 0.01 CNY, want no digits below that',
    ],
    [
      "12.50 JPY",
      '"12.50 JPY" does not end at 1 JPY, want no digits below that',
    ],
    [
      "1,234",
      '"1,234" can be 1234 or 1.234: nothing in the column says which, want one amount',
    ],
    [
      "€ 1.234",
      '"€ 1.234" can be 1234 or 1.234: nothing in the column says which, want one amount',
    ],
    [
      "1,234 million",
      '"1,234 million" can be 1234 or 1.234: nothing in the column says which, want one amount',
    ],
    ["1,2,3", '"1,2,3" is not grouped in thousands, want one amount'],
    ["12 50", '"12 50" is not grouped in thousands, want one amount'],
    ["1,234 567", '"1,234 567" is not grouped in thousands, want one amount'],
    ["1,234,", '"1,234," is not grouped in thousands, want one amount'],
    ["12  345", '"12  345" holds two numbers, want one amount'],
    ["100-200", '"100-200" holds two numbers, want one amount'],
    ["12 CNY 13", '"12 CNY 13" holds two numbers, want one amount'],
    [
      "--12",
      '"--12" has more signs or brackets than one amount, want one amount',
    ],
    [
      "(-12)",
      '"(-12)" has more signs or brackets than one amount, want one amount',
    ],
    [
      "(12",
      '"(12" has more signs or brackets than one amount, want one amount',
    ],
    [
      "12)(",
      '"12)(" has more signs or brackets than one amount, want one amount',
    ],
    [
      "$12",
      '"$12" names a currency that may be USD or HKD or another, want one amount',
    ],
    ["12 USD €", '"12 USD €" names two currencies, want one amount'],
    ["US$12元", '"US$12元" names two currencies, want one amount'],
    ["2.4mm", '"2.4mm" holds "mm", want an amount'],
    ["12 XYZ", '"12 XYZ" holds "XYZ", want an amount'],
    ["12元(含税)", '"12元(含税)" holds "含税", want an amount'],
    ["12元5", '"12元5" ends in a number without 角 or 分, want one amount'],
    ["12元15角", '"12元15角" holds more 角 or 分 than fit, want one amount'],
    ["12.5元5角", '"12.5元5角" holds more 角 or 分 than fit, want one amount'],
    ["12角5元", '"12角5元" holds 元, 角 and 分 in no order, want one amount'],
    ["一万二", '"一万二" ends in a digit without its unit, want one amount'],
    [
      "二百五元",
      '"二百五元" ends in a digit without its unit, want one amount',
    ],
    ["二百五万", '"二百五万" holds a digit without its unit, want one amount'],
    ["12万3", '"12万3" ends in a digit without its unit, want one amount'],
    ["1.5亿3万", '"1.5亿3万" goes on behind its decimals, want one amount'],
    ["3百千", '"3百千" holds its units in no order, want one amount'],
    ["3千百", '"3千百" holds two units in a row, want one amount'],
    ["1亿2万亿", '"1亿2万亿" holds its units in no order, want one amount'],
    ["1亿万", '"1亿万" holds two units in a row, want one amount'],
    ["一二三", '"一二三" holds two numbers, want one amount'],
    ["'; drop", '"\'; drop" is a word, want an amount'],
  ])("%s is refused with its reason", (text, problem) => {
    expect(problemOf(text)).toBe(problem);
  });

  test("a text on which the words are cut and kept on one line", () => {
    expect(problemOf(`12\n${"x".repeat(100)}\u202e`)).toBe(
      `"12 ${"x".repeat(37)}…" holds "${"x".repeat(40)}…", want an amount`,
    );
  });
});

test.each<[string, Currency, unknown]>([
  ["12", "USD", { minor: 1_200, currency: "USD" }],
  ["US$ 12.50", "CNY", { minor: 1_250, currency: "USD" }],
  ["$12.50", "USD", { minor: 1_250, currency: "USD" }],
  ["$12.50", "HKD", { minor: 1_250, currency: "HKD" }],
  ["€ 12,50", "CNY", { minor: 1_250, currency: "EUR" }],
  ["12.50 eur", "CNY", { minor: 1_250, currency: "EUR" }],
  ["HK$3", "CNY", { minor: 300, currency: "HKD" }],
  ["3港元", "CNY", { minor: 300, currency: "HKD" }],
  ["3元", "HKD", { minor: 300, currency: "HKD" }],
  ["3元", "USD", { minor: 300, currency: "CNY" }],
  ["HK$3元", "CNY", { minor: 300, currency: "HKD" }],
  ["新台币3元", "CNY", { minor: 300, currency: "TWD" }],
  ["3万美元", "CNY", { minor: 3_000_000, currency: "USD" }],
  ["¥1200", "JPY", { minor: 1_200, currency: "JPY" }],
  ["1200円", "CNY", { minor: 1_200, currency: "JPY" }],
  ["1,200,000 KRW", "CNY", { minor: 1_200_000, currency: "KRW" }],
  ["12.3456 KWD", "CNY", undefined],
  ["12.3450 KWD", "CNY", { minor: 12_345, currency: "KWD" }],
  ["1,012.345", "BHD", { minor: 1_012_345, currency: "BHD" }],
  ["12 Hong Kong dollars", "CNY", { minor: 1_200, currency: "HKD" }],
  ["Rs. 12", "INR", { minor: 1_200, currency: "INR" }],
  ["Rs. 12", "CNY", undefined],
  ["kr 12", "NOK", { minor: 1_200, currency: "NOK" }],
])("%s in a ledger of %s is in its own currency", (text, currency, want) => {
  const read = readAmount(text, currency);
  expect("problem" in read ? undefined : read).toEqual(want);
});

test.each<[string, "comma" | "point", number]>([
  ["1,234", "point", 123_400],
  ["1.230", "point", 123],
  ["1.234", "comma", 123_400],
  ["1,230", "comma", 123],
  ["1,234 thousand", "point", 123_400_000],
  ["$1,234,567", "comma", 123_456_700],
  // What shows its own mark is read by that, whatever the column does.
  ["12,50", "point", 1_250],
  ["1,234.50", "comma", 123_450],
])("%s in a column with a decimal %s", (text, style, minor) => {
  const read = readAmount(text, text.includes("$") ? "USD" : "CNY", style);
  expect("problem" in read ? read : read.minor).toBe(minor);
});

test("a group does not begin with a zero of its own, so 0,123 has decimals in every column", () => {
  for (const text of ["0,123", "0.123"])
    for (const style of ["point", "comma"] as const)
      expect(problemOf(text, style)).toContain("does not end at 0.01 CNY");
});

test.each<[string, number, unknown]>([
  ["5865.7", 4, 5_865_700_000],
  ["1.23456789", 4, undefined],
  ["1.234567", 4, 1_234_567],
  ["¥5,865.70", 4, 5_865_700_000],
  ["5865.7万", 4, 5_865_700_000],
  ["5865.7万元", 4, 5_865_700_000],
  ["5865.7元", 4, undefined],
  ["5865.7亿", 4, undefined],
  ["12万3456", 4, undefined],
  ["58,657.000", 3, 5_865_700_000],
  ["1250", -2, 1_250],
  ["1250.5", -2, undefined],
  ["1250.00", -2, 1_250],
  ["1250分", -2, 1_250],
  ["12.50元", -2, undefined],
  ["1.45亿", 0, 14_500_000_000],
])("%s below a heading of ten to the %i", (text, power, want) => {
  const read = readAmount(text, "CNY", undefined, power);
  expect("problem" in read ? undefined : read.minor).toBe(want);
});

describe("a number that a program kept as a number", () => {
  test.each<[number, number, number | undefined]>([
    [0, 0, 0],
    [-0, 0, 0],
    [0.1 + 0.2, 0, 30],
    [12.499999999999998, 0, 1_250],
    [248_372_500.00000003, 0, 24_837_250_000],
    [-5865.7, 4, -5_865_700_000],
    [1e13, 0, 1e15],
    [1.005, 0, undefined],
    [1e-7, 0, undefined],
    [1e30, 0, undefined],
    [1e14, 0, undefined],
    [NaN, 0, undefined],
    [Infinity, 0, undefined],
  ])("%d times ten to the %i", (value, power, want) => {
    const read = amountOfNumber(value, "CNY", power);
    expect("problem" in read ? undefined : read.minor).toBe(want);
  });
});
