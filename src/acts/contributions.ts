import * as z from "zod/mini";
import {
  hourInstant,
  listOf,
  positive,
  publicPaper,
  reason,
  slug,
  title,
  titles,
} from "./shapes.ts";

/** A holder that is no public body lends datasets on terms of its own, until an end, and may take them back with notice. */
export const contribution = z.strictObject({
  kind: z.literal("contribution"),
  contribution: slug,
  title,
  titles: z.exactOptional(titles),
  contributor: slug,
  terms: publicPaper,
  /** Purposes that the terms allow; all of the rulebook where it is absent. */
  purposes: z.exactOptional(listOf(slug, 1, 64)),
  noticeDays: positive,
  from: z.exactOptional(hourInstant),
  to: z.exactOptional(hourInstant),
});

/** Notice was given: the contribution ends at that hour, the days of notice after this entry or later. */
export const contributionNotice = z.strictObject({
  kind: z.literal("contributionNotice"),
  contribution: slug,
  ends: hourInstant,
  reason,
});
