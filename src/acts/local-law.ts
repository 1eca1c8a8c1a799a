import * as z from "zod/mini";
import { adoptedRules } from "./office.ts";
import {
  flag,
  hourInstant,
  kindName,
  listOf,
  positive,
  reason,
  slug,
  termDays,
  title,
  titles,
} from "./shapes.ts";

/**
 * A rulebook of a province, a city or another body, which holds for the data of that body and of its units, besides the rulebook that it
 * names as its parent. It may only tighten, and says what is tighter and nothing else. A pilot is one that is tried in a part of where
 * its parent holds.
 */
export const localRulebookAdopted = z.strictObject({
  kind: z.literal("localRulebookAdopted"),
  rulebook: slug,
  title,
  titles: z.exactOptional(titles),
  /** The office's own rulebook, or a local one. */
  parent: slug,
  body: slug,
  until: hourInstant,
  pilot: z.exactOptional(flag),
  rules: z.exactOptional(adoptedRules),
  limits: z.exactOptional(
    z.strictObject({
      authorisationMonthsMax: z.exactOptional(positive),
      permitMonthsMax: z.exactOptional(positive),
      feeMonthsMax: z.exactOptional(positive),
      /** Days, or working days, as the office counts them. */
      applicationTerm: z.exactOptional(termDays),
    }),
  ),
  /** Those of the parent's purposes that are left. */
  purposes: z.exactOptional(listOf(slug, 1, 200)),
  /** Kinds of act that are prepared and approved by two persons as well. */
  separated: z.exactOptional(listOf(kindName, 1, 64)),
});

/** What was tried is kept: from this entry on a pilot holds wherever its parent holds, until the parent's end. */
export const pilotPromoted = z.strictObject({
  kind: z.literal("pilotPromoted"),
  rulebook: slug,
});

/** A local rulebook ends before its time, and what stands above it is the law again. */
export const localRulebookEnded = z.strictObject({
  kind: z.literal("localRulebookEnded"),
  rulebook: slug,
  reason,
});
