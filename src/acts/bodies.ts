import * as z from "zod/mini";
import { level, listOf, slug, title, titles } from "./shapes.ts";

/** A department or, with a parent, one of its units. */
export const body = z.strictObject({
  kind: z.literal("body"),
  body: slug,
  title,
  titles: z.exactOptional(titles),
  level,
  parent: z.exactOptional(slug),
});

/** A body renamed, merged or split: its history stays its own, its work goes to the successors. */
export const bodySucceeded = z.strictObject({
  kind: z.literal("bodySucceeded"),
  body: slug,
  successors: listOf(slug, 1, 8),
  how: z.enum(["renamed", "merged", "split"], "one of renamed, merged, split"),
});

/** An information system, described or registered by its existence only (it is known, and nothing is served from it). */
export const system = z.strictObject({
  kind: z.literal("system"),
  system: slug,
  title,
  titles: z.exactOptional(titles),
  body: slug,
  description: z.enum(
    ["described", "existence"],
    "one of described, existence",
  ),
});
