import { showCount } from "../says.ts";
import { type Currency, minorDigits } from "./currencies.ts";

export type Language = "en" | "zh";

/** 145,000,000.00: every digit, grouped, a minus before what is below zero. */
export function showAmount(minor: number, currency: Currency): string {
  const digits = minorDigits(currency);
  const shown = String(Math.abs(minor)).padStart(digits + 1, "0");
  const whole = showCount(Number(shown.slice(0, shown.length - digits)));
  const sign = minor < 0 ? "-" : "";
  return digits === 0
    ? `${sign}${whole}`
    : `${sign}${whole}.${shown.slice(-digits)}`;
}

/** Two digits more than asked for are shown if they make it exact: 5865.7万 rather than about 5870万. */
const EXACT_DIGITS_MORE = 2;

/**
 * 1.45亿 or 145 million; "about 248 million" where digits are left out, with as many as are asked for. Amounts too
 * small for a unit are shown in full.
 */
export function showAmountShort(
  minor: number,
  currency: Currency,
  language: Language,
  digits = 3,
): string {
  const places = minorDigits(currency);
  const all = String(Math.abs(minor));
  const unit = UNITS[language].find(({ power }) => all.length > places + power);
  if (unit === undefined) return showAmount(minor, currency);
  const significant = all.replace(/0+$/, "").length;
  const isExact = significant <= digits + EXACT_DIGITS_MORE;
  const kept = isExact ? all : rounded(all, digits);
  // Rounding can carry into the next unit: 999,999,999 is about 1.00 billion.
  const larger = UNITS[language].find(
    ({ power }) => kept.length > places + power,
  );
  const { power, word } = larger ?? unit;
  const end = kept.length - places - power;
  const fraction = isExact
    ? kept.slice(end).replace(/0+$/, "")
    : kept.slice(end, Math.max(end, digits));
  const number = `${kept.slice(0, end)}${fraction === "" ? "" : `.${fraction}`}`;
  const about = isExact ? "" : language === "zh" ? "约" : "about ";
  return `${about}${minor < 0 ? "-" : ""}${number}${word}`;
}

type Unit = { readonly power: number; readonly word: string };

/** The largest first. */
const UNITS: Readonly<Record<Language, readonly Unit[]>> = {
  en: [
    { power: 12, word: " trillion" },
    { power: 9, word: " billion" },
    { power: 6, word: " million" },
  ],
  zh: [
    { power: 12, word: "万亿" },
    { power: 8, word: "亿" },
    { power: 4, word: "万" },
  ],
};

/** The digits of a whole number, all but the first few zeros; a half is rounded away from zero. */
function rounded(digits: string, kept: number): string {
  const head = BigInt(digits.slice(0, kept));
  const isUp = (digits[kept] ?? "0") >= "5";
  return `${isUp ? head + 1n : head}${"0".repeat(digits.length - kept)}`;
}
