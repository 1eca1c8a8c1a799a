import type { Token } from "./amount-tokens.ts";
import { type DecimalStyle, digitsOf } from "./separators.ts";

/** An exact number: the digits with the point so many places from their end. */
export type Decimal = { readonly digits: bigint; readonly decimals: number };

/** What a number is made of: digits, Chinese numerals, units. */
export type Piece = Extract<Token, { kind: "number" | "numeral" | "unit" }>;

const ZERO: Decimal = { digits: 0n, decimals: 0 };

/** A number on its way: what is complete before the last 万 or 亿, what stands behind it, and the digits last read. */
type Sum = {
  total: Decimal;
  section: Decimal;
  pending: Pending | undefined;
  /** The power of the last unit inside the section, and of the last one that closed a section. */
  inner: number | undefined;
  outer: number | undefined;
  outers: number;
  filler: boolean;
  isFractional: boolean;
  lastIsUnit: boolean;
};
type Pending = { readonly value: Decimal; readonly wholeDigits: number };

/**
 * 1.45亿, 12万3456, 3百万, 2.4 million, 壹拾贰万叁仟肆佰伍拾陆: the sum that the pieces stand for, or what is wrong with
 * them. What people round off in speech (一万二 for 12,000) can be read in two ways and is refused.
 */
export function numberOf(
  pieces: readonly Piece[],
  style: DecimalStyle | undefined,
): Decimal | string {
  const sum: Sum = {
    total: ZERO,
    section: ZERO,
    pending: undefined,
    inner: undefined,
    outer: undefined,
    outers: 0,
    filler: false,
    isFractional: false,
    lastIsUnit: false,
  };
  for (const piece of pieces) {
    const wrong =
      piece.kind === "unit"
        ? addUnit(sum, piece.power, piece.inner)
        : addDigits(sum, piece, style);
    if (wrong !== undefined) return wrong;
    sum.lastIsUnit = piece.kind === "unit";
  }
  if (pieces.length === 0) return "holds no number";
  if (endsShort(sum)) return "ends in a digit without its unit";
  return plus(sum.total, sectionOf(sum));
}

export function timesTen(
  { digits, decimals }: Decimal,
  power: number,
): Decimal {
  if (power <= decimals) return { digits, decimals: decimals - power };
  return { digits: digits * 10n ** BigInt(power - decimals), decimals: 0 };
}

export function plus(a: Decimal, b: Decimal): Decimal {
  const decimals = Math.max(a.decimals, b.decimals);
  return { digits: raised(a, decimals) + raised(b, decimals), decimals };
}

/** The same number without zeros at the end of its decimals. */
export function trimmed({ digits, decimals }: Decimal): Decimal {
  let rest = digits;
  let left = decimals;
  while (left > 0 && rest % 10n === 0n) {
    rest /= 10n;
    left--;
  }
  return { digits: rest, decimals: left };
}

function addDigits(
  sum: Sum,
  piece: Extract<Piece, { kind: "number" | "numeral" }>,
  style: DecimalStyle | undefined,
): string | undefined {
  if (piece.kind === "numeral" && piece.value === 0 && !sum.filler) {
    if (sum.pending !== undefined) return "holds two numbers";
    sum.filler = true;
    return undefined;
  }
  if (sum.pending !== undefined) return "holds two numbers";
  if (sum.isFractional) return "goes on behind its decimals";
  if (piece.kind === "numeral") {
    sum.pending = {
      value: { digits: BigInt(piece.value), decimals: 0 },
      wholeDigits: 1,
    };
    return undefined;
  }
  const digits = digitsOf(piece.text, style);
  if (digits === "ambiguous") return twoReadings(piece.text);
  if (digits === "ungrouped") return "is not grouped in thousands";
  const { whole, fraction } = digits;
  sum.isFractional = /[1-9]/.test(fraction);
  sum.pending = {
    value: {
      digits: BigInt(`${whole}${fraction}` || "0"),
      decimals: fraction.length,
    },
    wholeDigits: whole.length,
  };
  return undefined;
}

function twoReadings(text: string): string {
  const plain = text.replace(/\D/g, "");
  const point = `${plain.slice(0, -3)}.${plain.slice(-3)}`;
  return `can be ${plain} or ${point}: nothing in the column says which`;
}

function addUnit(
  sum: Sum,
  power: number,
  isInner: boolean,
): string | undefined {
  const isBare = sum.pending === undefined && !sum.lastIsUnit;
  if (isBare && !(isInner && power === 1))
    return "holds a unit without a number";
  return isInner ? addInner(sum, power) : addOuter(sum, power);
}

function addInner(sum: Sum, power: number): string | undefined {
  if (sum.inner !== undefined && power >= sum.inner)
    return "holds its units in no order";
  if (sum.lastIsUnit) return "holds two units in a row";
  const value = sum.pending?.value ?? { digits: 1n, decimals: 0 };
  sum.section = plus(sum.section, timesTen(value, power));
  sum.pending = undefined;
  sum.inner = power;
  sum.filler = false;
  return undefined;
}

function addOuter(sum: Sum, power: number): string | undefined {
  if (sum.inner !== undefined && endsShort(sum))
    return "holds a digit without its unit";
  const section = sectionOf(sum);
  const isEmpty = sum.pending === undefined && sum.inner === undefined;
  if (sum.outer === undefined || power < sum.outer) {
    if (isEmpty) return "holds two units in a row";
    sum.total = plus(sum.total, timesTen(section, power));
    sum.outer = power;
  } else if (power > sum.outer && sum.outers === 1) {
    // 1万亿 and 5 thousand million: the larger unit counts all that stands before it.
    sum.total = timesTen(plus(sum.total, section), power);
    sum.outer = isEmpty ? sum.outer + power : power;
  } else {
    return "holds its units in no order";
  }
  sum.outers++;
  sum.section = ZERO;
  sum.pending = undefined;
  sum.inner = undefined;
  sum.filler = false;
  return undefined;
}

function sectionOf({ section, pending }: Sum): Decimal {
  return pending === undefined ? section : plus(section, pending.value);
}

/** Digits behind a unit count ones only if they fill its places (12万3456, 二十五) or a zero leads them (一万零五). */
function endsShort({ pending, inner, outer, filler }: Sum): boolean {
  const unit = inner ?? outer;
  if (pending === undefined || unit === undefined || filler) return false;
  return pending.wholeDigits !== unit;
}

function raised({ digits, decimals }: Decimal, to: number): bigint {
  return digits * 10n ** BigInt(to - decimals);
}
