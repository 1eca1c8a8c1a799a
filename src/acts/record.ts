import * as z from "zod/mini";
import {
  count,
  currency,
  flag,
  hash,
  instant,
  listOf,
  money,
  month,
  origin,
  positive,
  publicPaper,
  slug,
} from "./shapes.ts";

/** The head of a usage log. No later entry of that log may rest on an older register than `anchored`. */
export const head = z.strictObject({
  kind: z.literal("head"),
  log: origin,
  size: count,
  root: hash,
  anchored: count,
  closed: z.exactOptional(flag),
});

/** What a closed usage log adds up to, so that its entries may one day be dropped. */
export const totals = z.strictObject({
  kind: z.literal("totals"),
  log: origin,
  rows: listOf(
    z.strictObject({
      permit: slug,
      month,
      fee: z.exactOptional(slug),
      uses: count,
      calls: count,
      steps: count,
      charged: money,
      currency: z.exactOptional(currency),
    }),
    0,
    200,
  ),
});

/** One state of a dataset: `digest` is SHA-256 of the file it is served from, `schema` of the fields as entered. */
export const vintage = z.strictObject({
  kind: z.literal("vintage"),
  dataset: slug,
  vintage: positive,
  rows: count,
  digest: hash,
  schema: hash,
});

/** Entered by the office for a gateway that does not answer: its log ends at `size` until it enters a head again. */
export const suspended = z.strictObject({
  kind: z.literal("suspended"),
  log: origin,
  size: count,
});

/** A closed usage log whose files go away; its head and totals stay. `policy` is computed from the register alone. */
export const dropped = z.strictObject({
  kind: z.literal("dropped"),
  log: origin,
  policy: publicPaper,
});

/** Openings that the office erases: all of slots before an instant, how many there were, under which policy. */
export const erased = z.strictObject({
  kind: z.literal("erased"),
  what: z.literal("opening", "opening"),
  before: instant,
  count: positive,
  policy: publicPaper,
});

export const record = z.discriminatedUnion("kind", [
  head,
  totals,
  vintage,
  suspended,
  dropped,
  erased,
]);
export type LogRecord = z.infer<typeof record>;
export type Head = z.infer<typeof head>;
export type Dropped = z.infer<typeof dropped>;
export type Erased = z.infer<typeof erased>;
