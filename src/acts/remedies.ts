import * as z from "zod/mini";
import {
  count,
  date,
  flag,
  hourInstant,
  listOf,
  privatePaper,
  slug,
} from "./shapes.ts";

/** What an authority or a court can end or suspend. */
const reached = {
  what: z.enum(
    ["permit", "authorisation", "fee", "product", "withholding"],
    "one of permit, authorisation, fee, product, withholding",
  ),
  id: slug,
} as const;

/** What a binding decision does here: it ends something, suspends it until an instant, or obliges the office to decide anew by one. */
export const effect = z.discriminatedUnion("does", [
  z.strictObject({ does: z.literal("ends"), ...reached }),
  z.strictObject({
    does: z.literal("suspends"),
    ...reached,
    until: hourInstant,
  }),
  z.strictObject({
    does: z.literal("obliges"),
    duty: slug,
    what: z.enum(
      ["application", "permit", "authorisation", "fee", "product"],
      "one of application, permit, authorisation, fee, product",
    ),
    id: slug,
    by: hourInstant,
  }),
]);

/** Somebody went against an entry: an organisation, or a person, of whom the paper alone tells. */
export const appealLodged = z.strictObject({
  kind: z.literal("appealLodged"),
  appeal: slug,
  against: count,
  forum: z.enum(
    ["reviewOrdinary", "reviewSummary", "court", "supervisor"],
    "one of reviewOrdinary, reviewSummary, court, supervisor",
  ),
  organisation: z.exactOptional(slug),
  /** When it came to the body that decides it. */
  on: date,
  paper: privatePaper,
});

/** Whoever reviews needs longer, once, as the office was told. */
export const appealExtended = z.strictObject({
  kind: z.literal("appealExtended"),
  appeal: slug,
  paper: privatePaper,
});

export const appealDecided = z.strictObject({
  kind: z.literal("appealDecided"),
  appeal: slug,
  /** Who decided: a public body, or a court, that stands in the register. */
  body: slug,
  outcome: z.enum(
    ["upheld", "annulled", "changed", "withdrawn"],
    "one of upheld, annulled, changed, withdrawn",
  ),
  binding: flag,
  effects: listOf(effect, 0, 8),
  paper: privatePaper,
});

/** An order of a supervising authority or a court, a stay among them: it takes effect with this entry. */
export const orderReceived = z.strictObject({
  kind: z.literal("orderReceived"),
  order: slug,
  body: slug,
  /** The appeal in which it was given. */
  appeal: z.exactOptional(slug),
  effects: listOf(effect, 1, 8),
  paper: privatePaper,
});

/** The entry that decided anew what the office was obliged to. */
export const dutyDone = z.strictObject({
  kind: z.literal("dutyDone"),
  duty: slug,
  entry: count,
});
