import { showInstant } from "../../acts/dates.ts";
import { showCount, showMoney } from "../../audit/says.ts";
import { around } from "../around.ts";

/**
 * Counts, money, days and instants in the language of the page. They are made here and not by `Intl`, whose answers change with the
 * machine: what an office shows is the same wherever it runs.
 */

const MONTHS = [
  ...["Jan", "Feb", "Mar", "Apr", "May", "Jun"],
  ...["Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
];

/** Currencies as a Chinese reader names them; another keeps its code. */
const CHINESE_CURRENCIES: Readonly<Record<string, string>> = {
  CNY: "元",
  EUR: "欧元",
  USD: "美元",
  HKD: "港元",
};

/** 14,912: in both languages. */
export function sayNumber(n: number): string {
  return showCount(n);
}

/** Exact to the fen: `1,234,567.50 CNY`; in Chinese `1,234,567.50 元（约 123.46 万元）`, from 10,000 yuan on. */
export function sayMoney(minor: number, currency: string | undefined): string {
  const exact = showMoney(minor, currency);
  if (around().lang !== "zh" || currency === undefined) return exact;
  const unit = CHINESE_CURRENCIES[currency] ?? currency;
  const bare = exact.slice(0, -currency.length - 1);
  const big = inMyriads(minor);
  return big === undefined
    ? `${bare} ${unit}`
    : `${bare} ${unit}（${big}${unit}）`;
}

const WAN = 1_000_000;
const YI = 10_000 * WAN;

/** `约 123.46 万` of 123,456,750 fen; nothing of less than one 万. What is exact is not called about. */
function inMyriads(minor: number): string | undefined {
  const abs = Math.abs(minor);
  if (abs < WAN) return undefined;
  const [whole, name] = abs >= YI ? [YI, "亿"] : [WAN, "万"];
  const hundredths = Math.round(abs / (whole / 100));
  const tail = String(hundredths % 100)
    .padStart(2, "0")
    .replace(/0+$/, "");
  const shown = `${minor < 0 ? "-" : ""}${showCount(Math.floor(hundredths / 100))}${tail === "" ? "" : `.${tail}`} ${name}`;
  return hundredths * (whole / 100) === abs ? shown : `约 ${shown}`;
}

/** 7.25 %, from hundredths of a percent. */
export function sayPercent(basisPoints: number): string {
  const abs = Math.abs(basisPoints);
  const whole = showCount(Math.floor(abs / 100));
  const shown = `${basisPoints < 0 ? "-" : ""}${whole}.${String(abs % 100).padStart(2, "0")}`;
  return around().lang === "zh" ? `${shown}%` : `${shown} %`;
}

/** An instant in the office's own time, as views and their JSON twins have it: `2026-11-29 08:00`. */
const INSTANT = /^(\d{4,})-(\d\d)-(\d\d) (\d\d:\d\d)$/;
const DAY = /^(\d{4})-(\d\d)(?:-(\d\d))?$/;

/** `29 Nov 2026, 08:00`, or `2026年11月29日 08:00`; a day or a month alike. What is none of them stands as it is. */
export function sayTime(shown: string): string {
  const [, year = "", month = "", day = "", clock] =
    INSTANT.exec(shown) ?? DAY.exec(shown) ?? [];
  if (year === "") return shown;
  if (around().lang === "zh")
    return [
      `${year}年${Number(month)}月${day === "" ? "" : `${Number(day)}日`}`,
      ...(clock === undefined ? [] : [clock]),
    ].join(" ");
  const name = MONTHS[Number(month) - 1] ?? month;
  const date = `${day === "" ? "" : `${Number(day)} `}${name} ${year}`;
  return clock === undefined ? date : `${date}, ${clock}`;
}

export function sayInstant(at: number, offsetMinutes: number): string {
  return sayTime(showInstant(at, offsetMinutes));
}

/** As a `time` element names it: a local date and time, without the offset that the office's founding act states. */
export function machineTime(shown: string): string | undefined {
  if (INSTANT.test(shown)) return shown.replace(" ", "T");
  return DAY.test(shown) ? shown : undefined;
}

/** Names one after another: `a, b`, or `a、b`. */
export function sayList(names: readonly string[]): string {
  return names.join(around().lang === "zh" ? "、" : ", ");
}
