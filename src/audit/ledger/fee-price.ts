import type { Currency } from "./currencies.ts";
import { type Amount, amountOfNumber, readAmount } from "./amount.ts";
import { meaningOf } from "./money-words.ts";
import { type Problem, quoted } from "./problem.ts";
import type { DecimalStyle } from "./separators.ts";
import { lowerAscii, plainText } from "./width.ts";

const CELL_CHARACTERS_MAX = 100;
const STEP_MAX = 1e9;

/** A price and what it is for, where its cell says that: 2元/次, 0.5 per 100 rows. */
export type FeePrice = Amount & { readonly step: number | undefined };

/** Reads the price of a fee; `power` is the unit that its heading gives. */
export function readPrice(
  cell: string | number,
  defaultCurrency: Currency,
  style: DecimalStyle | undefined,
  power: number,
): FeePrice | Problem {
  if (typeof cell === "number")
    return priced(amountOfNumber(cell, defaultCurrency, power), undefined);
  const [, money = cell, per] = PER.exec(plainText(cell)) ?? [];
  const step = per === undefined ? undefined : readStep(per);
  if (typeof step === "object") return step;
  return priced(readAmount(money, defaultCurrency, style, power), step);
}

const PER = /^([^/每]*?\d[^/每]*?) ?(?:\/|每|\bper\b|\beach\b|\ba\b) ?(.*)$/i;

function priced(
  amount: Amount | Problem,
  step: number | undefined,
): FeePrice | Problem {
  if ("problem" in amount) return amount;
  if (amount.minor < 0) return { problem: "below zero, want a price" };
  return { ...amount, step };
}

/**
 * How many of what is counted a price is for: 100 for "100 rows", 每100条 and 每百条, 1 for "per call" and 次. A number that
 * is not understood is a problem.
 */
export function readStep(text: string): number | Problem {
  const plain = lowerAscii(plainText(text));
  const problem = {
    problem: `${quoted(text)} is no unit of charge, want one such as "call", "100 rows" or 每100条`,
  };
  if (plain.length > CELL_CHARACTERS_MAX) return problem;
  const bare = plain
    .replace(/^(?:(?:元|yuan|cny) ?\/|per\b|every\b|each\b|按|每|\/)+ ?/, "")
    .replace(/^(?:per|every|each|每) ?/, "");
  const [, digits, multiplier = "", rest = ""] = STEP.exec(bare) ?? [];
  if (/\d|%|[二两三四五六七八九]/.test(rest)) return problem;
  const times = multiplierOf(multiplier.trim());
  const step = Number((digits ?? "1").replaceAll(",", "")) * times;
  return step >= 1 && step <= STEP_MAX && Number.isInteger(step)
    ? step
    : problem;
}

/** 千米 and 千克 are units of their own. */
const STEP =
  /^(\d{1,3}(?:,\d{3})+|\d{1,10})? ?((?:[一十百千万萬亿億]+(?![米克瓦卡赫分])|(?:hundred|thousand|million|k)\b))? ?(.*)$/;

function multiplierOf(word: string): number {
  if (word === "" || word === "一") return 1;
  const whole = meaningOf(word === "hundred" ? "百" : word);
  if (whole?.kind === "unit") return 10 ** whole.power;
  let times = 1;
  for (const sign of word) {
    const meaning = meaningOf(sign);
    if (meaning?.kind === "unit") times *= 10 ** meaning.power;
    else if (sign !== "一") return NaN;
  }
  return times;
}
