import { roundedFound } from "./claim.ts";
import type { ClaimCheck } from "./ledger.ts";
import { type Language, showAmount, showAmountShort } from "./show-amount.ts";

const TIMES: Readonly<Record<Language, Readonly<Record<number, string>>>> = {
  en: {
    1: "ten",
    2: "a hundred",
    3: "a thousand",
    4: "ten thousand",
    5: "a hundred thousand",
    6: "a million",
    8: "a hundred million",
    9: "a billion",
  },
  zh: {
    1: "10",
    2: "100",
    3: "1000",
    4: "1万",
    5: "10万",
    6: "100万",
    8: "1亿",
    9: "10亿",
  },
};
const COUNTS = [
  "no",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
];

/** One line: whether the claim agrees, by how many times it is off, and what would agree. */
export function sayClaim(check: ClaimCheck, language: Language): string {
  return language === "en" ? inEnglish(check) : inChinese(check);
}

function inEnglish(check: ClaimCheck): string {
  const { currency, digits, slip, agrees } = check;
  const claimed = `claimed ${short(check.claimedMinor, check, "en")}:`;
  const count = COUNTS[digits] ?? String(digits);
  const places = `${count} digit${digits === 1 ? "" : "s"}`;
  const found = showAmount(check.foundMinor, currency);
  const of =
    check.of === "charged" ? "charged" : "charged without an approval in force";
  if (agrees)
    return `${claimed} agrees to its ${places} with ${found} ${currency} ${of}.`;
  if (slip === undefined)
    return `${claimed} does not agree. Found: ${found} ${currency} ${of}.`;
  const times = `${TIMES.en[Math.abs(slip)] ?? ""} times too ${slip > 0 ? "much" : "little"}`;
  const rounded = roundedFound(check);
  const inOwn = short(rounded, check, "zh");
  const inOther = short(rounded, check, "en");
  const both = inOwn === inOther ? inOwn : `${inOwn} (${inOther})`;
  return `${claimed} ${times}. ${both} agrees to the claim's ${count} digit${digits === 1 ? "" : "s"}.`;
}

function inChinese(check: ClaimCheck): string {
  const { currency, digits, slip, agrees } = check;
  const claimed = `所称${short(check.claimedMinor, check, "zh")}：`;
  const found = `${showAmount(check.foundMinor, currency)} ${currency}`;
  const of = check.of === "charged" ? "实际收费" : "未经有效批准的收费";
  if (agrees) return `${claimed}与${of}${found}在${digits}位数字上相符。`;
  if (slip === undefined) return `${claimed}与${of}${found}不符。`;
  const times = TIMES.zh[Math.abs(slip)] ?? "";
  const wrong =
    slip > 0 ? `是实际数额的${times}倍` : `只有实际数额的${times}分之一`;
  const rounded = roundedFound(check);
  const inOwn = short(rounded, check, "zh");
  const inOther = short(rounded, check, "en");
  const both = inOwn === inOther ? inOwn : `${inOwn}（${inOther}）`;
  return `${claimed}${wrong}。${both}与所称的${digits}位数字相符。`;
}

function short(
  minor: number,
  { currency, digits }: ClaimCheck,
  language: Language,
): string {
  return showAmountShort(minor, currency, language, digits);
}
