import { tokensOf } from "./amount-tokens.ts";
import type { Currency } from "./currencies.ts";
import { currenciesOf, type Naming, YUAN } from "./money-words.ts";
import { plainText } from "./width.ts";

/** What a heading says of the numbers below it. */
export type HeadingUnit = {
  /** Ten to the power: 4 for 万元, 3 for '000, -2 for 分, 0 for 元. */
  readonly power: number;
  readonly namings: readonly Naming[];
  /** What it is counted by: 次 in 元/次. */
  readonly per: string | undefined;
  /** As it is written. */
  readonly text: string;
};

const HEADING_CHARACTERS_MAX = 200;

/** The currency that a heading's unit names, if it names one. */
export function headingCurrency(
  unit: HeadingUnit,
  defaultCurrency: Currency,
): Currency | undefined {
  if (unit.namings.length === 0) return undefined;
  const [code, other] = currenciesOf(unit.namings, defaultCurrency);
  return other === undefined ? code : undefined;
}

/** A heading without its unit in each way that it may be parted, the most cautious first. */
export function partsOfHeading(
  heading: string,
): readonly { readonly name: string; readonly unit?: HeadingUnit }[] {
  const text = plainText(heading.slice(0, HEADING_CHARACTERS_MAX));
  const bracketed = BRACKETS.exec(text);
  if (bracketed !== null) {
    const [all, inner = ""] = bracketed;
    const name = text.replace(all, " ");
    const unit = unitOf(inner);
    return [unit === undefined ? { name } : { name, unit }];
  }
  const parts = [...text.matchAll(SEAMS)].flatMap(({ index, 0: seam }) => {
    const unit = unitOf(text.slice(index + seam.length));
    return unit === undefined ? [] : [{ name: text.slice(0, index), unit }];
  });
  return [{ name: text }, ...parts];
}

/** The unit of a heading: 金额（万元）, Amount in thousands, CNY '000, 单价（元/次）. */
export function headingUnit(heading: string): HeadingUnit | undefined {
  return partsOfHeading(heading).find(({ unit }) => unit !== undefined)?.unit;
}

/** The unit that stands above a table: 单位：万元, (in thousands of yuan). */
export function unitAbove(cell: string): HeadingUnit | undefined {
  const text = plainText(cell.slice(0, HEADING_CHARACTERS_MAX));
  const rest = ABOVE.exec(text)?.slice(1).find(Boolean);
  return rest === undefined ? undefined : unitOf(rest);
}

const ABOVE =
  /^[([]?(?:(?:金额|金額|计量|計量|货币|貨幣)?(?:单位|單位|币种|幣種) ?: ?(.+?)|(?:all )?(?:amounts?|figures?|units?|currency) ?:? (?:are )?(?:in )?(.+?)|in (.+?))[)\]]?$/i;
const BRACKETS = /[([【〔]([^()[\]【】〔〕]*)[)\]】〕]/;

/** Where a unit may begin: behind a mark, a space or an underscore, or at the first sign of 万元 and the like. */
const SEAMS =
  /[/,:;_-] ?|\b in | (?=\S)|(?=[十百千万萬亿億]*(?:元|圆|圓|角|分)$)/gi;

/** Undefined unless every word of it is of a unit. */
function unitOf(text: string): HeadingUnit | undefined {
  const [, money = "", per] = PER.exec(text) ?? [];
  const counted = per?.trim();
  const words = WORDS.reduce(
    (all, [pattern, word]) => all.replace(pattern, word),
    money,
  );
  const tokens = tokensOf(words.trim());
  if ("problem" in tokens || tokens.length === 0) return undefined;
  let power = 0;
  const namings: Naming[] = [];
  for (const token of tokens) {
    switch (token.kind) {
      case "unit":
        power += token.power;
        break;
      case "part":
        power -= token.below;
        namings.push(YUAN);
        break;
      case "currency":
        namings.push(token);
        break;
      case "number": {
        const zeros = /^1((?:,?000|0)*)$/.exec(token.text)?.[1];
        if (zeros === undefined) return undefined;
        power += zeros.replace(/,/g, "").length;
        break;
      }
      default:
        return undefined;
    }
  }
  const isCents = CENTS.test(money);
  return {
    power: isCents ? power - 2 : power,
    namings,
    per: counted === "" ? undefined : counted,
    text: text.trim(),
  };
}

const PER = /^(.*?)(?:(?:\/| per |每)[每 ]*(.*))?$/i;
const CENTS = /\bcents?\b/i;
const WORDS: readonly (readonly [pattern: RegExp, word: string])[] = [
  [/^(?:单位|單位|unit|currency)s? ?:? ?/i, ""],
  [/'?000'000s?/g, " million "],
  [/(?<![\d,])'?000s?(?!\d)/g, " thousand "],
  [/\b(?:in|of|x|the)\b/gi, " "],
  [/\bhundreds? thousands?\b/gi, " 100,000 "],
  [/\bten thousands?\b/gi, " 10,000 "],
  [/\bhundred millions?\b/gi, " 100,000,000 "],
  [CENTS, " "],
];
