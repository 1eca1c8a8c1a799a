import * as z from "zod/mini";
import {
  amount,
  basisPoints,
  calendarYear,
  count,
  currency,
  date,
  hash,
  listOf,
  month,
  origin,
  privatePaper,
  publicPaper,
  ruleId,
  shortYears,
  slug,
} from "./shapes.ts";

/** The heads under which the cost of operating counts, in the order of the text; a sixth is none. */
export const costHeads = [
  "platform",
  "processing",
  "staff",
  "acquisition",
  "period",
] as const;

/** Platform; transfer, collection, storage and governance; staff; spending to obtain public data; costs of the period. */
const costs = z.strictObject({
  platform: amount,
  processing: amount,
  staff: amount,
  acquisition: amount,
  period: amount,
});

/** Who was heard on a price, and when. */
export const hearing = z.strictObject({ on: date, paper: publicPaper });

/**
 * What an operator may take at most in each year of a period of whole years: cost for industry use less subsidy, profit on it, tax, and less
 * what was taken beyond the maximum before. The sum is stated, and held against its parts.
 */
export const permittedRevenue = z.strictObject({
  kind: z.literal("permittedRevenue"),
  revenue: slug,
  authorisation: slug,
  firstYear: calendarYear,
  years: shortYears,
  currency,
  costs,
  subsidy: z.exactOptional(amount),
  /** Profit on cost. */
  rate: basisPoints,
  /** The average yield of ten-year government bonds in a year, and where it was read. */
  bond: z.strictObject({
    year: calendarYear,
    yield: basisPoints,
    source: publicPaper,
  }),
  tax: amount,
  /** What is given back in each year of the period of what was taken beyond the maximum before. */
  deduction: z.exactOptional(amount),
  /** In how many periods, this one among them, all of it is given back. */
  spread: z.exactOptional(shortYears),
  total: amount,
  /** The survey of cost, and in which year it was made. */
  survey: z.exactOptional(
    z.strictObject({ year: calendarYear, paper: publicPaper }),
  ),
});

/** What an operator took in a year, by product, what that cost it, and in which accounts of their own both are kept. */
export const incomeStated = z.strictObject({
  kind: z.literal("incomeStated"),
  authorisation: slug,
  year: calendarYear,
  currency,
  products: listOf(
    z.strictObject({ product: slug, volume: count, income: amount }),
    1,
    200,
  ),
  costs,
  accounts: z.exactOptional(publicPaper),
});

/** A report that the law makes the office send was sent: of which year, about which authorisation where it is about one. */
export const reportSent = z.strictObject({
  kind: z.literal("reportSent"),
  report: z.enum(["prices", "disclosure"], "one of prices, disclosure"),
  year: calendarYear,
  about: z.exactOptional(slug),
  paper: publicPaper,
});

/** Money that was charged beyond what was lawful and went back to the payer: for one use, or for the uses of a month. */
export const refunded = z.strictObject({
  kind: z.literal("refunded"),
  refund: slug,
  organisation: slug,
  fee: slug,
  log: origin,
  of: z.union(
    [z.strictObject({ leaf: hash }), z.strictObject({ month })],
    "{leaf} or {month}",
  ),
  /** What was charged, and what of it was beyond the law. */
  charged: amount,
  excess: amount,
  amount,
  /** The rule that the charge broke. */
  rule: ruleId,
  paper: privatePaper,
});
