import type { Currency } from "./currencies.ts";
import type { Cell, FeeStandard } from "./ledger.ts";
import { nameKey } from "./names.ts";
import { type Problem, quoted } from "./problem.ts";
import { DAY_FIRST } from "./timeline.ts";

/** What a draft would have brought from the receipts of one class of payers; minor units. */
export type TriedClass = {
  readonly payerClass: string;
  readonly currency: Currency;
  readonly receipts: number;
  /** What was charged for the receipts that the draft covers, and what the draft would have charged for the same. */
  readonly chargedMinor: number;
  readonly draftMinor: number;
  /** What its ceilings would have let through; undefined where a fee that occurs has none, or is free. */
  readonly ceilingMinor: number | undefined;
  /** Receipts that no fee of the draft covers, and what was charged for them. */
  readonly uncovered: { readonly receipts: number; readonly minor: number };
};

/** Cost, tax and rates of a year as an operator states them; percentages as decimal texts such as "2.35". */
export type PermittedInput = {
  readonly costMinor: number;
  readonly taxMinor: number;
  /** The average yield of ten-year government bonds in the year before the survey of cost. */
  readonly bondYieldPercent: string;
  readonly ratePercent: string;
};

const RATE_ABOVE_YIELD = 6;
const ARTICLE = "Notice 发改价格〔2025〕65号, section 3(1)";
const PERCENT_DECIMALS = 6;

/**
 * A draft as it is tried: the latest version of each fee, in force on all days, approved and grounded, so that past
 * receipts are held against its prices.
 */
export function asTried(draft: readonly FeeStandard[]): readonly FeeStandard[] {
  const latest = new Map<string, FeeStandard>();
  for (const standard of draft) {
    const { service, unit, payerClass, currency } = standard;
    const place = JSON.stringify([
      ...[service, unit, payerClass].map(nameKey),
      currency,
    ]);
    const before = latest.get(place);
    if (before === undefined || standard.from >= before.from)
      latest.set(place, standard);
  }
  return [...latest.values()].map((standard) => ({
    ...standard,
    from: DAY_FIRST,
    until: undefined,
    approvedBy: standard.approvedBy || "draft",
    ground: standard.ground || "draft",
  }));
}

/**
 * The revenue of a draft over past receipts by payer class and currency, the largest first. `fees` is the list that
 * the cells were counted against: that of `asTried`. What was refunded, waived or paid twice brings nothing.
 */
export function tryFee(
  fees: readonly FeeStandard[],
  cells: readonly Cell[],
): readonly TriedClass[] {
  const classes = new Map<string, TriedClass>();
  for (const cell of cells) {
    const place = JSON.stringify([cell.payerClass, cell.currency]);
    classes.set(
      place,
      withCell(classes.get(place) ?? noneOf(cell), cell, fees),
    );
  }
  return [...classes.values()].sort(
    (a, b) =>
      b.draftMinor - a.draftMinor || (a.payerClass < b.payerClass ? -1 : 1),
  );
}

/**
 * The maximum permitted revenue R = C + C·p + T in minor units, rounded down. A rate above the bond yield and six
 * points is refused (CN-PRC-05 to -07).
 */
export function permittedRevenue(
  input: PermittedInput,
): { readonly minor: number; readonly profitMinor: number } | Problem {
  const bond = percent(input.bondYieldPercent);
  if (typeof bond !== "bigint") return bond;
  const rate = percent(input.ratePercent);
  if (typeof rate !== "bigint") return rate;
  const most = bond + BigInt(RATE_ABOVE_YIELD) * PERCENT;
  if (rate > most)
    return {
      problem: `a rate of ${input.ratePercent} % is above ${showPercent(most)} %, the bond yield of ${input.bondYieldPercent} % and ${RATE_ABOVE_YIELD} points (${ARTICLE}; CN-PRC-07)`,
    };
  for (const [what, minor] of [
    ["cost", input.costMinor],
    ["tax", input.taxMinor],
  ] as const)
    if (!Number.isSafeInteger(minor) || minor < 0)
      return {
        problem: `the ${what} is ${minor}, want an amount of 0 or more`,
      };
  const profit = (BigInt(input.costMinor) * rate) / (PERCENT * 100n);
  const minor = BigInt(input.costMinor) + profit + BigInt(input.taxMinor);
  if (minor > Number.MAX_SAFE_INTEGER)
    return { problem: "cost, profit and tax together are too large" };
  return { minor: Number(minor), profitMinor: Number(profit) };
}

const PERCENT = 10n ** BigInt(PERCENT_DECIMALS);

function percent(text: string): bigint | Problem {
  const match = /^(\d{1,3})(?:\.(\d{1,6}))?$/.exec(text.trim());
  if (match === null)
    return {
      problem: `${quoted(text)} is no percentage, want one such as 2.35`,
    };
  const [, whole = "", decimals = ""] = match;
  return BigInt(whole + decimals.padEnd(PERCENT_DECIMALS, "0"));
}

function showPercent(value: bigint): string {
  const decimals = String(value % PERCENT)
    .padStart(PERCENT_DECIMALS, "0")
    .replace(/0+$/, "");
  return `${value / PERCENT}${decimals === "" ? "" : `.${decimals}`}`;
}

function noneOf({ payerClass, currency }: Cell): TriedClass {
  return {
    payerClass,
    currency,
    receipts: 0,
    chargedMinor: 0,
    draftMinor: 0,
    ceilingMinor: 0,
    uncovered: { receipts: 0, minor: 0 },
  };
}

const WITHOUT_FEE: ReadonlySet<Cell["outcome"]> = new Set([
  "unmatched",
  "nobodyApproved",
  "notInForce",
]);

function withCell(
  sum: TriedClass,
  cell: Cell,
  fees: readonly FeeStandard[],
): TriedClass {
  const { receipts, minor, approvedMinor } = cell;
  if (WITHOUT_FEE.has(cell.outcome))
    return {
      ...sum,
      uncovered: {
        receipts: sum.uncovered.receipts + receipts,
        minor: sum.uncovered.minor + minor,
      },
    };
  const fee = cell.fee === undefined ? undefined : fees[cell.fee];
  const ceiling = ceilingFor(fee, cell);
  return {
    ...sum,
    receipts: sum.receipts + receipts,
    chargedMinor: sum.chargedMinor + minor,
    draftMinor: sum.draftMinor + approvedMinor,
    ceilingMinor:
      sum.ceilingMinor === undefined || ceiling === undefined
        ? undefined
        : sum.ceilingMinor + ceiling,
  };
}

/** A cell does not keep its steps; what its price came to does. */
function ceilingFor(
  fee: FeeStandard | undefined,
  { outcome, approvedMinor }: Cell,
): number | undefined {
  if (outcome === "refunded" || outcome === "waived" || outcome === "paidTwice")
    return 0;
  if (fee?.ceilingMinor === undefined || fee.priceMinor === 0) return undefined;
  return Number(
    (BigInt(approvedMinor) / BigInt(fee.priceMinor)) * BigInt(fee.ceilingMinor),
  );
}
