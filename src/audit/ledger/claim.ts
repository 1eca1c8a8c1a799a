import { type Amount, readAmount } from "./amount.ts";
import { type Currency, minorDigits } from "./currencies.ts";
import type { Cell, ClaimCheck, Outcome } from "./ledger.ts";
import { type Problem, quoted } from "./problem.ts";
import { plainText } from "./width.ts";

/** What was charged in one currency, and how much of it no approval covers; minor units. */
export type ClaimSums = {
  readonly currency: Currency;
  readonly chargedMinor: number;
  readonly notCoveredMinor: number;
};

/**
 * The powers of ten by which one unit is taken for another: thousand, 万, million, 亿 and billion for none or for each
 * other, so that billion for 亿 is 1; and hundredths for ones.
 */
const SLIPS = [1, 2, 3, 4, 5, 6, 8, 9].flatMap((power) => [power, -power]);

const NOT_COVERED: ReadonlySet<Outcome> = new Set([
  "notInForce",
  "withoutGround",
  "nobodyApproved",
]);

/** The sums that a claim is held against, one for each currency, in the order of the cells. */
export function claimSums(cells: readonly Cell[]): readonly ClaimSums[] {
  const sums = new Map<Currency, ClaimSums>();
  for (const { currency, outcome, minor } of cells) {
    const before = sums.get(currency);
    sums.set(currency, {
      currency,
      chargedMinor: (before?.chargedMinor ?? 0) + minor,
      notCoveredMinor:
        (before?.notCoveredMinor ?? 0) + (NOT_COVERED.has(outcome) ? minor : 0),
    });
  }
  return [...sums.values()];
}

/**
 * Holds what somebody said ("2.48 billion CNY", "2.48亿元") against the sums, at as many digits as it states. A claim
 * without a currency is in the first sum's.
 */
export function checkClaim(
  text: string,
  sums: readonly ClaimSums[],
): ClaimCheck | Problem {
  const [first] = sums;
  if (first === undefined)
    return {
      problem: `${quoted(text)} cannot be compared: there are no receipts`,
    };
  const amount = amountIn(text, first.currency);
  if ("problem" in amount) return amount;
  const { minor: claimedMinor, currency } = amount;
  const sum = sums.find((one) => one.currency === currency);
  if (sum === undefined)
    return {
      problem: `${quoted(text)} is in ${currency}, want ${sums.map((one) => one.currency).join(" or ")}: the receipts are`,
    };
  const digits = digitsOf(text, claimedMinor, currency);
  const checks = (["charged", "notCovered"] as const).map((of) => {
    const foundMinor =
      of === "charged" ? sum.chargedMinor : sum.notCoveredMinor;
    const agrees = agreesAt(claimedMinor, foundMinor, digits, 0);
    const slip = agrees
      ? undefined
      : SLIPS.find((power) =>
          agreesAt(claimedMinor, foundMinor, digits, power),
        );
    return {
      text,
      currency,
      claimedMinor,
      of,
      foundMinor,
      digits,
      agrees,
      slip,
    };
  });
  const [charged, notCovered] = checks;
  if (charged === undefined || notCovered === undefined)
    return { problem: `${quoted(text)} cannot be compared` };
  return farness(notCovered) < farness(charged) ? notCovered : charged;
}

/** Why a text is no claim at all, whatever the receipts are; known before any is read. */
export function claimProblem(
  text: string,
  currency: Currency,
): string | undefined {
  const amount = amountIn(text, currency);
  return "problem" in amount ? amount.problem : undefined;
}

/** 3,100 stands alone, in no column that tells its decimal mark; no sum of money is written with three decimals. */
function amountIn(text: string, currency: Currency): Amount | Problem {
  const amount = readAmount(text, currency);
  if (!("problem" in amount)) return amount;
  const grouped = readAmount(text, currency, "point");
  return "problem" in grouped ? amount : grouped;
}

/** The sum, put where the slip would have it and rounded to the claim's digits. */
export function roundedFound({
  foundMinor,
  claimedMinor,
  digits,
  slip,
}: Pick<
  ClaimCheck,
  "foundMinor" | "claimedMinor" | "digits" | "slip"
>): number {
  const power = placeOf(claimedMinor, digits) - (slip ?? 0);
  return Number(roundedAt(BigInt(foundMinor), power));
}

function agreesAt(
  claimedMinor: number,
  foundMinor: number,
  digits: number,
  slip: number,
): boolean {
  if (foundMinor === 0) return claimedMinor === 0;
  const scaled = { found: BigInt(foundMinor), claimed: BigInt(claimedMinor) };
  if (slip > 0) scaled.found *= 10n ** BigInt(slip);
  else scaled.claimed *= 10n ** BigInt(-slip);
  const place = placeOf(claimedMinor, digits) + Math.max(0, -slip);
  return roundedAt(scaled.found, place) === scaled.claimed;
}

/** The power of ten of the last digit that a claim states. */
function placeOf(claimedMinor: number, digits: number): number {
  return Math.max(0, String(Math.abs(claimedMinor)).length - digits);
}

/** A half is rounded away from zero. */
function roundedAt(value: bigint, place: number): bigint {
  if (place <= 0) return value;
  const unit = 10n ** BigInt(place);
  const half = (value < 0n ? -unit : unit) / 2n;
  return ((value + half) / unit) * unit;
}

/** Those that agree are nearest, then those that do but for a slip, then by how many times the one is the other. */
function farness({
  agrees,
  slip,
  claimedMinor,
  foundMinor,
}: ClaimCheck): number {
  if (agrees) return 0;
  if (slip !== undefined) return 1;
  const [less = 0, more = 0] = [
    Math.abs(claimedMinor),
    Math.abs(foundMinor),
  ].sort((a, b) => a - b);
  return less === 0 ? Infinity : 1 + more / less;
}

/**
 * How many digits a claim states. In "200 million" and "2.50" each is meant; the zeros that end 248,000,000 may be
 * there because a number has to end somewhere, so they are not, nor are those of what is put together in words.
 */
function digitsOf(
  text: string,
  claimedMinor: number,
  currency: Currency,
): number {
  const all = String(Math.abs(claimedMinor)).replace(/0+$/, "").length;
  const [run, other] = plainText(text).match(/\d[\d.,' ]*/g) ?? [];
  if (run === undefined || other !== undefined) return Math.max(all, 1);
  const stated = run.replace(/\D/g, "").replace(/^0+/, "");
  const whole = String(Math.abs(claimedMinor)).length - minorDigits(currency);
  const isWhole = stated.length === whole && !/[.,]\d{1,2}$/.test(run.trim());
  return isWhole
    ? Math.max(all, Math.min(2, stated.length))
    : Math.max(stated.length, all, 1);
}
