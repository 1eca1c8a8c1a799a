import * as z from "zod/mini";
import {
  date,
  hourInstant,
  listOf,
  privatePaper,
  ruleId,
  slug,
  termDays,
} from "./shapes.ts";

/** An application for a permit, entered by the post that received it: what is asked for, by when it is decided; the rest is in the paper. */
export const applicationReceived = z.strictObject({
  kind: z.literal("applicationReceived"),
  application: slug,
  organisation: slug,
  product: slug,
  purpose: slug,
  due: hourInstant,
  /** The day on which it came, where it is entered later: the term counts from it. */
  on: z.exactOptional(date),
  /** Into which third country the applicant means to take the data. */
  transfer: z.exactOptional(slug),
  paper: privatePaper,
});

/**
 * Everything that is missing, asked for at once, by when it is to come: the clock stands meanwhile, and `left` days or working days of the
 * term, as it is counted, are still there when it goes on.
 */
export const completionAsked = z.strictObject({
  kind: z.literal("completionAsked"),
  application: slug,
  left: termDays,
  by: hourInstant,
  paper: privatePaper,
});

/** What was asked for has come: the clock goes on, with what was left of the term. */
export const completionReceived = z.strictObject({
  kind: z.literal("completionReceived"),
  application: slug,
  due: hourInstant,
  paper: privatePaper,
});

/** The term is longer, once, for reasons that the applicant is told. */
export const applicationExtended = z.strictObject({
  kind: z.literal("applicationExtended"),
  application: slug,
  due: hourInstant,
  paper: privatePaper,
});

/** Where somebody can go against a decision. */
export const redress = listOf(
  z.enum(
    ["administrativeReview", "court", "supervisor", "impartialBody"],
    "one of administrativeReview, court, supervisor, impartialBody",
  ),
  1,
  4,
);

/** A refusal says by which rule, where to go against it, and until when; its reasons are in the paper. A permit that is granted names its application. */
export const applicationRefused = z.strictObject({
  kind: z.literal("applicationRefused"),
  application: slug,
  rule: ruleId,
  redress,
  redressUntil: hourInstant,
  paper: privatePaper,
});

/** In the applicant's own words, which the paper holds. */
export const applicationWithdrawn = z.strictObject({
  kind: z.literal("applicationWithdrawn"),
  application: slug,
  paper: privatePaper,
});
