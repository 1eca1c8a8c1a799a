import { type Currency, minorDigits } from "./currencies.ts";
import { type Decimal, timesTen, trimmed } from "./numerals.ts";
import { type Problem, quoted } from "./problem.ts";
import type { DecimalStyle } from "./separators.ts";
import { plainText } from "./width.ts";
import { readWords } from "./written-amount.ts";

/** In the minor units of its currency: a safe integer, at most AMOUNT_MINOR_MAX either way. */
export type Amount = { readonly minor: number; readonly currency: Currency };

export const AMOUNT_MINOR_MAX = 1e15;

/** What is longer is a text and is not looked at, so that no cell takes long. */
const CELL_CHARACTERS_MAX = 200;

/** As far as JavaScript and spreadsheets keep whole numbers. */
const PLAIN_DIGITS_MAX = 15;
const TENS = Array.from({ length: 16 }, (_, power) => 10 ** power);

/**
 * The amount that a cell states, exactly. Never a guess and never rounded: what can be read in two ways, or has more
 * decimals than its currency, is a problem. `style` is the column's decimal mark, for the texts that do not show their
 * own. `power` is the unit that the column's heading gives: 4 for 万元, -2 for 分.
 */
export function readAmount(
  text: string,
  defaultCurrency: Currency,
  style?: DecimalStyle,
  power = 0,
): Amount | Problem {
  const places = minorDigits(defaultCurrency) + power;
  const minor = readPlain(text, places, style);
  if (minor !== undefined) return { minor, currency: defaultCurrency };
  const cell = text.trim();
  if (cell.length > CELL_CHARACTERS_MAX)
    return {
      problem: `${quoted(cell)} is ${cell.length} characters long, want an amount`,
    };
  const plain = plainText(cell);
  if (plain === "") return { problem: "nothing stands here, want an amount" };
  const amount = readWritten(plain, defaultCurrency, style, power);
  const other = "problem" in amount ? otherThanAmount(plain) : undefined;
  return other === undefined
    ? amount
    : { problem: `${quoted(plain)} is ${other}` };
}

/**
 * A number that a program kept as a number, such as a cell of XLSX or JSON: what its first 15 digits say, as
 * spreadsheets show it, so that 0.1 + 0.2 is 0.30.
 */
export function amountOfNumber(
  value: number,
  currency: Currency,
  power = 0,
): Amount | Problem {
  const text = String(value);
  if (!(Math.abs(value) <= AMOUNT_MINOR_MAX))
    return { problem: `${text} is too large, want an amount` };
  const [digits = "", exponent = ""] = value.toExponential(14).split("e");
  const shown = { digits: BigInt(digits.replace(".", "")), decimals: 14 };
  const tens = Number(exponent);
  return minorOf(
    tens < 0
      ? { ...shown, decimals: shown.decimals - tens }
      : timesTen(shown, tens),
    currency,
    power,
    text,
  );
}

/**
 * Digits of ASCII with a minus before them, commas between thousands and a decimal point: nearly every cell of nearly
 * every file. Undefined for all that needs a closer look.
 */
function readPlain(
  text: string,
  places: number,
  style: DecimalStyle | undefined,
): number | undefined {
  const begin = text.charCodeAt(0) === MINUS ? 1 : 0;
  let value = 0;
  let digits = 0;
  let run = 0;
  let commas = 0;
  let hasPoint = false;
  for (let at = begin; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= NINE) {
      value = value * 10 + (code - ZERO);
      digits++;
      run++;
      continue;
    }
    const closes = commas === 0 ? run > 0 && run <= 3 : run === 3;
    if (code === COMMA && closes && !hasPoint) commas++;
    else if (code === POINT && !hasPoint && run > 0 && (commas === 0 || closes))
      hasPoint = true;
    else return undefined;
    run = 0;
  }
  if (digits === 0 || digits > PLAIN_DIGITS_MAX) return undefined;
  if (commas > 0 && !hasPoint && run !== 3) return undefined;
  if (commas === 1 && !hasPoint && !groups(text, begin, style))
    return undefined;
  const decimals = hasPoint ? run : 0;
  if (commas === 0 && decimals === 3) return undefined;
  const scale = TENS[places - decimals];
  if (scale === undefined || value * scale > AMOUNT_MINOR_MAX) return undefined;
  const minor = value * scale;
  return begin === 1 && minor !== 0 ? -minor : minor;
}

const MINUS = 45;
const COMMA = 44;
const POINT = 46;
const ZERO = 48;
const NINE = 57;

/** 1,234 in a column of decimal points; 0,123 is no group even there. */
function groups(
  text: string,
  begin: number,
  style: DecimalStyle | undefined,
): boolean {
  return style === "point" && text.charCodeAt(begin) !== ZERO;
}

function readWritten(
  text: string,
  defaultCurrency: Currency,
  style: DecimalStyle | undefined,
  power: number,
): Amount | Problem {
  const words = readWords(text, defaultCurrency, style);
  if ("problem" in words) return words;
  const { value, currency } = words;
  if (power === 0 || !words.hasUnit)
    return minorOf(value, currency, power, quoted(text));
  // 12万元 below a heading of 万元 says it twice; 12元 below it contradicts it.
  if (words.power === power) return minorOf(value, currency, 0, quoted(text));
  return {
    problem: `${quoted(text)} has another unit than its heading, want the heading's`,
  };
}

function minorOf(
  value: Decimal,
  currency: Currency,
  power: number,
  shown: string,
): Amount | Problem {
  const { digits, decimals } = trimmed(value);
  const places = minorDigits(currency) + power - decimals;
  const scale = 10n ** BigInt(Math.abs(places));
  if (places < 0 && digits % scale !== 0n)
    return {
      problem: `${shown} does not end at ${minorUnit(currency)}, want no digits below that`,
    };
  const minor = places < 0 ? digits / scale : digits * scale;
  if (minor > AMOUNT_MINOR_MAX || minor < -AMOUNT_MINOR_MAX)
    return { problem: `${shown} is too large, want an amount` };
  return { minor: Number(minor), currency };
}

/** 0.01 CNY */
function minorUnit(currency: Currency): string {
  const digits = minorDigits(currency);
  const unit = digits === 0 ? "1" : `0.${"1".padStart(digits, "0")}`;
  return `${unit} ${currency}`;
}

const OTHERS: readonly (readonly [pattern: RegExp, is: string])[] = [
  [/^[=@]/, "a formula, want its result"],
  [/^#+$/, "a column too narrow for its number, want the number"],
  [/^#[A-Z]/, "a spreadsheet's error, want an amount"],
  [/[%\u2030]/, "a percentage, want an amount"],
  [/^[-\u2014\u2015/\\]+$/, "a dash, want 0 or an amount"],
  [
    /^[-+]?\d[\d., ]*(?:E[-+]?\d|\^|[x*\u00d7] ?10|[\u00b2\u00b3\u2070-\u2079])/i,
    "in powers of ten, want all digits",
  ],
  [/^\d{1,4}([-/.])\d{1,2}\1\d{1,4}(?!\d)/, "a date, want an amount"],
  [/^\d{1,4}年\d{1,2}月/, "a date, want an amount"],
  [/\d:\d\d/, "a time, want an amount"],
  [
    /^[^\d\u96f6\u3007\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341]+$/,
    "a word, want an amount",
  ],
];

/** What a text that is no amount seems to be, because a reason that names it is found sooner. */
function otherThanAmount(text: string): string | undefined {
  return OTHERS.find(([pattern]) => pattern.test(text))?.[1];
}
