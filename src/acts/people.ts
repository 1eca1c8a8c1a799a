import * as z from "zod/mini";
import {
  hourInstant,
  instant,
  keyId,
  listOf,
  partialDate,
  person as personNumber,
  personKey,
  power,
  privatePaper,
  publicPaper,
  reason,
  slug,
  tenureMode,
  title,
  titles,
} from "./shapes.ts";

/** A natural person: a number in public, the name a private paper. */
export const person = z.strictObject({
  kind: z.literal("person"),
  person: personNumber,
  name: privatePaper,
});

/** A post and the kinds of act that its holder may sign. */
export const post = z.strictObject({
  kind: z.literal("post"),
  post: slug,
  title,
  titles: z.exactOptional(titles),
  body: slug,
  powers: listOf(power, 0, 24),
  superior: z.exactOptional(slug),
  auditor: z.exactOptional(slug),
});

/** Who holds a post, from when to when. Without `from` it begins with its entry. */
export const tenure = z.strictObject({
  kind: z.literal("tenure"),
  person: personNumber,
  post: slug,
  mode: tenureMode,
  delegator: z.exactOptional(personNumber),
  from: z.exactOptional(hourInstant),
  to: z.exactOptional(hourInstant),
});

export const tenureEnded = z.strictObject({
  kind: z.literal("tenureEnded"),
  person: personNumber,
  post: slug,
  reason,
});

/** A tenure from before the office, as a source tells it; nothing is granted on it. */
export const reportedTenure = z.strictObject({
  kind: z.literal("reportedTenure"),
  person: personNumber,
  post: slug,
  mode: tenureMode,
  from: partialDate,
  to: z.exactOptional(partialDate),
  source: publicPaper,
});

/** A key for a person, signed by the new key and by holders of `enrol` who are other persons. */
export const keyEnrolled = z.strictObject({
  kind: z.literal("keyEnrolled"),
  person: personNumber,
  key: personKey,
});

export const keyRevoked = z.strictObject({
  kind: z.literal("keyRevoked"),
  key: keyId,
  reason,
  doubtfulSince: z.exactOptional(instant),
});
