import { expect, test } from "vitest";
import { speaking } from "../around.ts";
import { citesIn } from "./law-in.ts";
import { machineTime, sayMoney, sayPercent, sayTime } from "./figures.ts";
import { titleIn } from "./title-in.ts";

const inChinese = <T>(work: () => T): T => speaking("zh", work);

test.each([
  ["2026-11-29 08:00", "29 Nov 2026, 08:00", "2026年11月29日 08:00"],
  ["2026-03-01", "1 Mar 2026", "2026年3月1日"],
  ["2026-03", "Mar 2026", "2026年3月"],
  ["without end", "without end", "without end"],
])("%s is said as %s and as %s", (shown, english, chinese) => {
  expect(sayTime(shown)).toBe(english);
  expect(inChinese(() => sayTime(shown))).toBe(chinese);
});

test("a time element has what programs read", () => {
  expect(machineTime("2026-11-29 08:00")).toBe("2026-11-29T08:00");
  expect(machineTime("2026-03")).toBe("2026-03");
  expect(machineTime("no end")).toBeUndefined();
});

test.each([
  [55, "CNY", "0.55 CNY", "0.55 元"],
  [999_999, "CNY", "9,999.99 CNY", "9,999.99 元"],
  [1_000_000, "CNY", "10,000.00 CNY", "10,000.00 元（1 万元）"],
  [123_456_750, "CNY", "1,234,567.50 CNY", "1,234,567.50 元（约 123.46 万元）"],
  [-250_000_000, "CNY", "-2,500,000.00 CNY", "-2,500,000.00 元（-250 万元）"],
  [
    12_345_678_900_000,
    "CNY",
    "123,456,789,000.00 CNY",
    "123,456,789,000.00 元（约 1,234.57 亿元）",
  ],
  [1_050, "EUR", "10.50 EUR", "10.50 欧元"],
  [1_050, "CHF", "10.50 CHF", "10.50 CHF"],
])("%i minor units of %s are %s and %s", (minor, currency, en, zh) => {
  expect(sayMoney(minor, currency)).toBe(en);
  expect(inChinese(() => sayMoney(minor, currency))).toBe(zh);
});

test("a part of a hundred has two places", () => {
  expect(sayPercent(-725)).toBe("-7.25 %");
  expect(inChinese(() => sayPercent(780))).toBe("7.80%");
});

test("a title stands in the language of the page where the act has it, and else in the one that counts", () => {
  const act = {
    title: "Weather",
    titles: [
      { lang: "zh-Hant", title: "天氣" },
      { lang: "zh-Hans", title: "天气" },
      { lang: "de", title: "Wetter" },
    ],
  };
  expect(titleIn(act)).toBe("Weather");
  expect(inChinese(() => titleIn(act))).toBe("天气");
  expect(inChinese(() => titleIn({ title: "Weather" }))).toBe("Weather");
});

test.each([
  ["Price Law Art 22, 24", "《价格法》第22、24条"],
  [
    "Regulation (EU) 2022/868, Art 4(2), (3)",
    "欧盟第2022/868号条例第4(2)、(3)条",
  ],
  ["发改价格〔2025〕65号, section 3(1)", "发改价格〔2025〕65号第3(1)部分"],
  ["Vitrine convention NEW", "本程序约定 NEW"],
])("%s is cited as %s", (english, chinese) => {
  expect(citesIn(english)).toBe(english);
  expect(inChinese(() => citesIn(english))).toBe(chinese);
});
