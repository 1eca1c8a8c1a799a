import type { Currency } from "./currencies.ts";
import type { DecimalStyle } from "./separators.ts";

type Spelling = {
  readonly text: string;
  readonly style: DecimalStyle | undefined;
};

/** One of many ways in which a spreadsheet may hold an amount, written without looking at how amounts are read. */
export function spell(
  minor: number,
  currency: Currency,
  digits: number,
  roll: (sides: number) => number,
): Spelling {
  const pick = <T>(...of: readonly [T, ...T[]]): T =>
    of[roll(of.length)] ?? of[0];
  const abs = String(Math.abs(minor));
  const isPlain = currency !== "CNY" || roll(3) > 0;
  const { text, style } = isPlain
    ? spellDigits(abs, digits, pick)
    : { text: spellChinese(abs, pick), style: undefined };
  const signed = minor < 0 ? pick(minus, behind, brackets)(text) : text;
  const names: Readonly<Partial<Record<Currency, [string, ...string[]]>>> = {
    CNY: ["CNY", "RMB", "人民币", "¥", "￥"],
    USD: ["USD", "US$", "usd"],
    JPY: ["JPY", "円", "日元"],
    KWD: ["KWD"],
    EUR: ["EUR", "€", "欧元"],
  };
  const name = pick(...(names[currency] ?? [currency]));
  const space = pick("", " ", "\u00a0");
  const named = pick(`${name}${space}${signed}`, `${signed}${space}${name}`);
  return { text: pick(named, named, wide(named)), style };
}

type Pick = <T>(...of: readonly [T, ...T[]]) => T;

const minus = (text: string) => `-${text}`;
const behind = (text: string) => `${text}-`;
const brackets = (text: string) => `(${text})`;

function spellDigits(abs: string, digits: number, pick: Pick): Spelling {
  const [power, unit] = pick<readonly [number, string]>(
    [0, ""],
    [0, ""],
    [0, ""],
    [3, pick(" thousand", "k", "千")],
    [4, pick("万", " 萬")],
    [6, pick(" million", "m", "百万")],
    [8, pick("亿", "億")],
    [9, pick("bn", " billion")],
  );
  const places = digits + power;
  const padded = abs.padStart(places + 1, "0");
  const end = padded.length - places;
  const whole = padded.slice(0, end);
  const all = padded.slice(end);
  const zeros = pick("", "", "0", "00");
  const fraction = pick(all, all.replace(/0+$/, "")) + zeros;
  const [style, group] = pick<readonly [DecimalStyle, string]>(
    ["point", ","],
    ["point", "'"],
    ["point", " "],
    ["point", ""],
    ["comma", "."],
    ["comma", "\u202f"],
    ["comma", "’"],
    ["comma", ""],
  );
  const mark = style === "point" ? "." : ",";
  const grouped = pick(
    whole.replace(/\B(?=(?:\d{3})+$)/g, group),
    group === "," ? whole.replace(/\B(?=(?:\d{2})*\d{3}$)/g, group) : whole,
  );
  const text = fraction === "" ? grouped : `${grouped}${mark}${fraction}`;
  return { text: `${text}${unit}`, style };
}

const NUMERALS = "零壹贰叁肆伍陆柒捌玖";
const SMALL = ["仟", "佰", "拾", ""];
const LARGE = ["万亿", "亿", "万", ""];

/** 壹拾贰元叁角肆分, in capital numerals or in digits, after the rules for cheques. */
function spellChinese(abs: string, pick: Pick): string {
  const padded = abs.padStart(3, "0");
  const whole = padded.slice(0, -2);
  const [jiao = "0", fen = "0"] = padded.slice(-2);
  const isCapital = pick(true, false);
  const numeral = (digit: string) =>
    isCapital ? (NUMERALS[Number(digit)] ?? "") : digit;
  const yuan = isCapital ? capital(whole) : whole;
  const zero = fen !== "0" && jiao === "0" ? pick("零", "") : "";
  const parts = [
    jiao === "0" ? "" : `${numeral(jiao)}角`,
    fen === "0" ? "" : `${zero}${numeral(fen)}分`,
  ].join("");
  return `${yuan}元${parts === "" ? pick("整", "", "正") : parts}`;
}

function capital(whole: string): string {
  if (whole === "0") return "零";
  const padded = whole.padStart(16, "0");
  const sections = LARGE.map((large, index) => {
    const digits = padded.slice(index * 4, index * 4 + 4);
    const text = Array.from(digits, (digit, at) =>
      digit === "0" ? "零" : `${NUMERALS[Number(digit)]}${SMALL[at]}`,
    )
      .join("")
      .replace(/零+/g, "零")
      .replace(/零$/, "");
    return text === "" ? "零" : `${text}${large}`;
  });
  return sections
    .join("")
    .replace(/零+/g, "零")
    .replace(/^零|零$/g, "");
}

function wide(text: string): string {
  return text.replace(/[!-~]/g, (sign) =>
    String.fromCharCode(sign.charCodeAt(0) + 0xfee0),
  );
}
