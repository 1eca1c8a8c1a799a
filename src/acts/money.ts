import * as z from "zod/mini";
import { hearing } from "./revenue.ts";
import {
  amount,
  currency,
  feeUnit,
  flag,
  hourInstant,
  listOf,
  money,
  payerClass,
  positive,
  publicPaper,
  reason,
  slug,
} from "./shapes.ts";

/** The approved maximum above a price. */
export const feeCeiling = z.strictObject({
  kind: z.literal("feeCeiling"),
  ceiling: slug,
  product: slug,
  amount: money,
  currency,
  unit: feeUnit,
  /** The permitted revenue that it stands under, and how many units a year are expected. */
  revenue: z.exactOptional(slug),
  volume: z.exactOptional(amount),
  hearing: z.exactOptional(hearing),
  from: z.exactOptional(hourInstant),
  to: z.exactOptional(hourInstant),
});

/** Who is paid: an organisation (an operator) or a public body. */
export const payee = z.union(
  [z.strictObject({ organisation: slug }), z.strictObject({ body: slug })],
  "{organisation} or {body}",
);

/** An approved price: who is paid by which classes of payer, on what ground, per call or per step of rows. */
export const feeStandard = z.strictObject({
  kind: z.literal("feeStandard"),
  fee: slug,
  product: slug,
  payee,
  classes: listOf(payerClass, 1, 5),
  amount: money,
  currency,
  unit: feeUnit,
  /** A provision of the adopted rulebook; an approval is not a ground. */
  ground: z.exactOptional(slug),
  /** What a year costs by heads, over how many units it is spread, and by which published method. */
  costs: z.exactOptional(
    z.strictObject({
      heads: listOf(z.strictObject({ head: slug, amount: money }), 1, 32),
      units: positive,
      method: z.exactOptional(publicPaper),
    }),
  ),
  /** Asked until a year of operation is over, and its cost can be surveyed. */
  trial: z.exactOptional(flag),
  from: z.exactOptional(hourInstant),
  to: z.exactOptional(hourInstant),
});

export const feeEnded = z.strictObject({
  kind: z.literal("feeEnded"),
  fee: slug,
  reason,
});
