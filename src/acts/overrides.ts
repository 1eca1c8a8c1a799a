import * as z from "zod/mini";
import { feeCeiling, feeStandard } from "./money.ts";
import { authorisation, confirmed } from "./rights.ts";
import { hourInstant, listOf, publicPaper, ruleId, slug } from "./shapes.ts";

/**
 * A decision against rules that bind only in principle: it names all that it breaks and contains the act that takes effect. Its reason and the
 * legal opinion are public, and it is looked at again on a day.
 */
export const override = z.strictObject({
  kind: z.literal("override"),
  override: slug,
  against: listOf(ruleId, 1, 8),
  reason: publicPaper,
  opinion: publicPaper,
  review: hourInstant,
  act: z.discriminatedUnion("kind", [
    authorisation,
    confirmed,
    feeCeiling,
    feeStandard,
  ]),
});

/** Looked at again: it stays as it is, or what it entered ends. */
export const overrideReviewed = z.strictObject({
  kind: z.literal("overrideReviewed"),
  override: slug,
  outcome: z.enum(["confirmed", "ended"], "one of confirmed, ended"),
  paper: publicPaper,
});
