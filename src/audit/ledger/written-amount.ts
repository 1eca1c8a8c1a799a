import { type Token, tokensOf } from "./amount-tokens.ts";
import type { Currency } from "./currencies.ts";
import { currenciesOf, type Naming, YUAN } from "./money-words.ts";
import { type Decimal, numberOf, type Piece, plus } from "./numerals.ts";
import { type Problem, quoted } from "./problem.ts";
import type { DecimalStyle } from "./separators.ts";
import { isChinese } from "./width.ts";

/** What an amount states in words and signs, before its currency's digits and its column's unit are applied. */
export type Written = {
  readonly value: Decimal;
  readonly currency: Currency;
  /** The unit of its one number: 4 for 万, -2 for 分, 0 for none; undefined where its number is put together. */
  readonly power: number | undefined;
  /** Whether a unit, 元, 角 or 分 stands in it. */
  readonly hasUnit: boolean;
};

/** Reads a text of `plainText`: a sign or brackets, a currency before or behind, digits and units, 元角分, 整. */
export function readWords(
  text: string,
  defaultCurrency: Currency,
  style: DecimalStyle | undefined,
): Written | Problem {
  const tokens = tokensOf(text);
  if ("problem" in tokens) return tokens;
  const wrong = (what: string): Problem => ({
    problem: `${quoted(text)} ${what}, want one amount`,
  });
  const isNegative = isBelowZero(tokens);
  if (typeof isNegative === "string") return wrong(isNegative);
  const meant = currenciesOf(namingsOf(tokens), defaultCurrency);
  const [currency, other, third] = meant;
  if (currency === undefined) return wrong("names two currencies");
  if (other !== undefined) {
    const or = third === undefined ? other : `${other} or another`;
    return wrong(`names a currency that may be ${currency} or ${or}`);
  }
  // In Chinese a comma never stands before decimals: 58,657千 is 58657000.
  const value = valueOf(tokens, style ?? (isChinese(text) ? "point" : style));
  if (typeof value === "string") return wrong(value);
  return {
    value: isNegative ? { ...value, digits: -value.digits } : value,
    currency,
    power: unitOf(tokens),
    hasUnit: tokens.some(({ kind }) => kind === "unit" || kind === "part"),
  };
}

/** By a sign before or behind all digits, or by brackets around them. */
function isBelowZero(tokens: readonly Token[]): boolean | string {
  const first = tokens.findIndex(isCount);
  const last = tokens.findLastIndex(isCount);
  if (first < 0) return "holds no number";
  const isBroken = tokens.some(
    ({ kind }, index) =>
      index < last &&
      (kind === "whole" ||
        (index > first && (kind === "sign" || kind === "bracket"))),
  );
  if (isBroken) return "holds two numbers";
  const before = tokens.slice(0, first).filter(isMark);
  const behind = tokens.slice(last).filter(isMark);
  const [mark] = [...before, ...behind];
  if (mark === undefined) return false;
  if (before.length + behind.length === 1 && mark.kind === "sign")
    return mark.negative;
  const isAround =
    before.length === 1 &&
    behind.length === 1 &&
    before.every((one) => one.kind === "bracket" && one.opens) &&
    behind.every((one) => one.kind === "bracket" && !one.opens);
  return isAround || "has more signs or brackets than one amount";
}

function isCount({ kind }: Token): boolean {
  return (
    kind === "number" ||
    kind === "numeral" ||
    kind === "unit" ||
    kind === "part"
  );
}

function isMark(
  token: Token,
): token is Extract<Token, { kind: "sign" | "bracket" }> {
  return token.kind === "sign" || token.kind === "bracket";
}

function namingsOf(tokens: readonly Token[]): readonly Naming[] {
  return tokens.flatMap<Naming>((token) =>
    token.kind === "part" ? [YUAN] : token.kind === "currency" ? [token] : [],
  );
}

/** In main units: 12元5角 is 12.5. */
function valueOf(
  tokens: readonly Token[],
  style: DecimalStyle | undefined,
): Decimal | string {
  let sum: Decimal | undefined;
  let below = -1;
  let pieces: Piece[] = [];
  for (const token of tokens) {
    if (isPiece(token)) pieces.push(token);
    if (token.kind !== "part") continue;
    const value = numberOf(pieces, style);
    if (typeof value === "string") return value;
    if (token.below <= below) return "holds 元, 角 and 分 in no order";
    // 12元15角 and 12.5元3角 are slips of the pen; 12元50分 is not.
    const max = 10n ** BigInt(below < 0 ? 30 : token.below - below);
    if (sum !== undefined && (sum.decimals > below || value.digits >= max))
      return "holds more 角 or 分 than fit";
    sum = plus(sum ?? ZERO, {
      digits: value.digits,
      decimals: value.decimals + token.below,
    });
    below = token.below;
    pieces = [];
  }
  if (sum === undefined) return numberOf(pieces, style);
  if (pieces.length > 0) return "ends in a number without 角 or 分";
  return sum;
}

const ZERO: Decimal = { digits: 0n, decimals: 0 };

function isPiece(token: Token): token is Piece {
  return (
    token.kind === "number" || token.kind === "numeral" || token.kind === "unit"
  );
}

function unitOf(tokens: readonly Token[]): number | undefined {
  const counts = tokens.filter(isCount);
  const isOneNumber = counts.every(({ kind }, index) =>
    index === 0 ? kind === "number" : kind === "unit" || kind === "part",
  );
  if (!isOneNumber) return undefined;
  return counts.reduce(
    (power, token) =>
      token.kind === "unit"
        ? power + token.power
        : token.kind === "part"
          ? power - token.below
          : power,
    0,
  );
}
