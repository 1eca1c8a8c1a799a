import * as z from "zod/mini";
import { hourInstant, reason, slug, title, titles } from "./shapes.ts";

/** What a post says it will have by a day. */
export const promised = z.strictObject({
  kind: z.literal("promised"),
  promise: slug,
  post: slug,
  about: z.enum(
    ["dataset", "system", "report", "other"],
    "one of dataset, system, report, other",
  ),
  title,
  titles: z.exactOptional(titles),
  due: hourInstant,
});

export const promiseKept = z.strictObject({
  kind: z.literal("promiseKept"),
  promise: slug,
});

/** It will not be kept, or is not needed any more. */
export const promiseEnded = z.strictObject({
  kind: z.literal("promiseEnded"),
  promise: slug,
  reason,
});
