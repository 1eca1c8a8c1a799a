import { type Currency, isCurrency } from "./currencies.ts";
import { lowerAscii } from "./width.ts";

/** What a word or sign beside a number says about it. */
export type Meaning =
  /** Ten to the power; 十, 百 and 千 (`inner`) also stand before 万 and 亿. */
  | { readonly kind: "unit"; readonly power: number; readonly inner: boolean }
  /** One digit as a Chinese character. */
  | { readonly kind: "numeral"; readonly value: number }
  | Naming
  /** 元, 角 and 分: tens below the main unit. */
  | { readonly kind: "part"; readonly below: 0 | 1 | 2 }
  /** 整: nothing follows. */
  | { readonly kind: "whole" };

/** The currencies that it may mean; `usual` where every reader takes one of them. */
export type Naming = {
  readonly kind: "currency";
  readonly of: readonly Currency[];
  readonly usual?: Currency;
};

/** 元 names no country: what it may mean, and what it means where the ledger's own currency is none of these. */
export const YUAN: Naming = {
  kind: "currency",
  of: ["CNY", "HKD", "MOP", "TWD"],
  usual: "CNY",
};

const UNITS: readonly (readonly [power: number, words: string])[] = [
  [3, "k thousand thousands tsd"],
  [4, "万 萬 wan"],
  [5, "lakh lakhs lac lacs"],
  [6, "m mn mln mio million millions"],
  [7, "crore crores"],
  [8, "亿 億 yi"],
  [9, "b bn bln mrd milliard milliards billion billions"],
  [12, "tn trn trillion trillions"],
];
const INNER: readonly (readonly [power: number, words: string])[] = [
  [1, "十 拾"],
  [2, "百 佰"],
  [3, "千 仟"],
];
const NUMERALS = [
  "零 〇",
  "一 壹 弌",
  "二 贰 貳 两 兩",
  "三 叁 叄 參 参",
  "四 肆",
  "五 伍",
  "六 陆 陸",
  "七 柒",
  "八 捌",
  "九 玖",
];
const PARTS: readonly (readonly [below: 0 | 1 | 2, words: string])[] = [
  [0, "元 圆 圓 块 塊 yuan"],
  [1, "角 毛 jiao"],
  [2, "分 fen"],
];
const NAMES: Readonly<Partial<Record<Currency, string>>> = {
  AED: "dirham dirhams 迪拉姆",
  AUD: "a$ au$ aud$ 澳元 澳币 澳幣 澳大利亚元",
  BRL: "r$ 雷亚尔",
  CAD: "c$ ca$ cad$ 加元 加币 加幣 加拿大元",
  CHF: "sfr fr 瑞士法郎 瑞郎",
  CNY: "rmb cn¥ rmb¥ cny¥ renminbi 人民币 人民幣",
  EUR: "€ euro euros 欧元 歐元",
  GBP: "£ pound pounds sterling 英镑 英鎊",
  HKD: "hk$ hkd$ 港元 港币 港幣 港圆 港圓",
  ILS: "₪",
  INR: "₹ 印度卢比",
  JPY: "jp¥ jpy¥ yen 円 日元 日圆 日圓 日币 日幣",
  KRW: "₩ won 韩元 韓元 韩币 韓幣",
  KZT: "₸",
  MNT: "₮",
  MOP: "mop$ 澳门元 澳門元 葡币 葡幣",
  MYR: "rm 林吉特 马币",
  NGN: "₦",
  NZD: "nz$ nzd$ 新西兰元 纽元",
  PHP: "₱ 菲律宾比索",
  PLN: "zł zl",
  RUB: "₽ rouble roubles ruble rubles 卢布 盧布",
  SGD: "s$ sg$ sgd$ 新加坡元 新加坡币 坡币 新币",
  THB: "฿ baht 泰铢 泰銖",
  TRY: "₺",
  TWD: "nt$ ntd ntd$ twd$ 新台币 新臺幣 新台幣 台币 臺幣 台幣",
  UAH: "₴",
  USD: "us$ usd$ 美元 美金",
  VND: "₫ 越南盾",
  ZAR: "rand",
};
const SHARED: readonly (readonly [
  words: string,
  of: readonly Currency[],
  usual?: Currency,
])[] = [
  ["¥", ["CNY", "JPY"], "CNY"],
  [
    "$ dollar dollars",
    [
      "USD",
      "HKD",
      "TWD",
      "SGD",
      "AUD",
      "CAD",
      "NZD",
      "MXN",
      "ARS",
      "CLP",
      "COP",
      "UYU",
    ],
  ],
  ["us dollar|us dollars|american dollars|u.s. dollars", ["USD"]],
  ["hong kong dollar|hong kong dollars|hk dollars", ["HKD"]],
  ["chinese yuan|yuan renminbi|yuan rmb", ["CNY"]],
  ["kr", ["DKK", "ISK", "NOK", "SEK"]],
  ["rs rupee rupees", ["INR", "LKR", "NPR", "PKR"]],
];

const MEANINGS: ReadonlyMap<string, Meaning> = new Map(meanings());
const CHINESE_CHARACTERS_MAX = Math.max(
  ...[...MEANINGS.keys()]
    .filter((word) => word >= "\u3000")
    .map(({ length }) => length),
);

/** What a word means, whatever the case of its Latin letters; an ISO code names its currency. */
export function meaningOf(word: string): Meaning | undefined {
  const known = MEANINGS.get(lowerAscii(word));
  if (known !== undefined) return known;
  const code = word.replace(/[a-z]/g, (letter) =>
    String.fromCharCode(letter.charCodeAt(0) - 0x20),
  );
  return isCurrency(code) ? { kind: "currency", of: [code] } : undefined;
}

/** The longest Chinese word that is known, at a place in a text. */
export function wordAt(
  text: string,
  at: number,
): { readonly word: string; readonly meaning: Meaning } | undefined {
  for (let length = CHINESE_CHARACTERS_MAX; length > 0; length--) {
    const word = text.slice(at, at + length);
    const meaning = MEANINGS.get(word);
    if (meaning !== undefined) return { word, meaning };
  }
  return undefined;
}

/**
 * What currency words and signs mean together: one currency, several where nobody can say, none where they contradict
 * each other. The default stands where they leave the choice.
 */
export function currenciesOf(
  namings: readonly Naming[],
  defaultCurrency: Currency | undefined,
): readonly Currency[] {
  const [first, ...others] = namings;
  if (first === undefined)
    return defaultCurrency === undefined ? [] : [defaultCurrency];
  const left = others.reduce<readonly Currency[]>(
    (codes, { of }) => codes.filter((code) => of.includes(code)),
    first.of,
  );
  const preferred = [defaultCurrency, ...namings.map(({ usual }) => usual)];
  const code = preferred.find((one) => one !== undefined && left.includes(one));
  return code === undefined ? left : [code];
}

function* meanings(): Generator<readonly [string, Meaning]> {
  for (const [power, words] of UNITS)
    for (const word of words.split(" "))
      yield [word, { kind: "unit", power, inner: false }];
  for (const [power, words] of INNER)
    for (const word of words.split(" "))
      yield [word, { kind: "unit", power, inner: true }];
  for (const [value, words] of NUMERALS.entries())
    for (const word of words.split(" "))
      yield [word, { kind: "numeral", value }];
  for (const [below, words] of PARTS)
    for (const word of words.split(" ")) yield [word, { kind: "part", below }];
  for (const [code, words = ""] of Object.entries(NAMES))
    if (isCurrency(code))
      for (const word of words.split(" "))
        yield [word, { kind: "currency", of: [code] }];
  for (const [words, of, usual] of SHARED)
    for (const word of words.split(words.includes("|") ? "|" : " "))
      yield [
        word,
        { kind: "currency", of, ...(usual === undefined ? {} : { usual }) },
      ];
  for (const word of ["整", "正"]) yield [word, { kind: "whole" }];
}
