import * as z from "zod/mini";
import { procedure } from "./procedures.ts";
import {
  currency,
  date,
  fieldName,
  flag,
  hourInstant,
  listOf,
  money,
  partialDate,
  payerClass,
  positive,
  privatePaper,
  publicPaper,
  reason,
  ruleId,
  slug,
  title,
  titles,
  wholeNumber,
} from "./shapes.ts";

export const organisation = z.strictObject({
  kind: z.literal("organisation"),
  organisation: slug,
  title,
  titles: z.exactOptional(titles),
  class: payerClass,
  registration: z.exactOptional(slug),
});

/**
 * Why others are kept from what somebody alone may use, or what an arrangement restricts that is not exclusive by its words: the ground,
 * the provision that lets it be, the reasons in public, since when, and when they are looked at again.
 */
const exclusivity = z.strictObject({
  ground: z.exactOptional(
    z.enum(
      ["generalInterest", "culturalDigitisation", "restrictive"],
      "one of generalInterest, culturalDigitisation, restrictive",
    ),
  ),
  rule: z.exactOptional(ruleId),
  reasons: z.exactOptional(publicPaper),
  published: z.exactOptional(date),
  review: z.exactOptional(hourInstant),
});

/** The right to operate a set of datasets, from a recorded public procedure, limited in time. */
export const authorisation = z.strictObject({
  kind: z.literal("authorisation"),
  authorisation: slug,
  operator: slug,
  datasets: listOf(slug, 1, 256),
  exclusive: flag,
  /** What the operator pays for the right itself. */
  price: z.exactOptional(z.strictObject({ amount: money, currency })),
  exclusivity: z.exactOptional(exclusivity),
  /** How the operator was chosen, told afterwards; or the procedure whose steps are acts. */
  procedure: z.exactOptional(procedure),
  procedureOf: z.exactOptional(slug),
  from: z.exactOptional(hourInstant),
  to: z.exactOptional(hourInstant),
});

export const authorisationEnded = z.strictObject({
  kind: z.literal("authorisationEnded"),
  authorisation: slug,
  reason,
});

/**
 * Which rows a permit reaches, as conditions that stand beside every one of its holder. In public for ever: no identifier
 * and no subject may stand in one.
 */
const rowValue = z.union(
  [title, wholeNumber, flag],
  "text of at most 200 characters, an integer, true or false",
);
export const rowFilter = z.discriminatedUnion("op", [
  z.strictObject({
    field: fieldName,
    op: z.enum(["eq", "ne", "lt", "lte", "gt", "gte"]),
    value: rowValue,
  }),
  z.strictObject({
    field: fieldName,
    op: z.literal("in"),
    value: listOf(rowValue, 1, 200),
  }),
  z.strictObject({ field: fieldName, op: z.literal("missing"), value: flag }),
]);

/** What the holder of a permit has signed, or is told in it. */
export const permitTerms = [
  "confidentiality",
  "noReidentification",
  "breachNotice",
  "noThirdParties",
  "publishResults",
  "acknowledgeSource",
  "deliveredForm",
  "optOut",
  "namedPersons",
  "tools",
  "fees",
] as const;

/** What an assessment of the impact on the persons speaks of (Regulation (EU) 2016/679, Art 35(7)). */
export const assessmentParts = [
  "description",
  "necessity",
  "risks",
  "measures",
] as const;

/** The right of one organisation to use one product for one purpose. */
export const permit = z.strictObject({
  kind: z.literal("permit"),
  permit: slug,
  organisation: slug,
  product: slug,
  purpose: slug,
  /** Fields that may be returned or compared, and fields that may stand in conditions. */
  fields: listOf(fieldName, 1, 128),
  where: listOf(fieldName, 0, 128),
  rows: z.exactOptional(listOf(rowFilter, 1, 16)),
  rowsMax: positive,
  quota: z.strictObject({
    calls: z.exactOptional(positive),
    steps: z.exactOptional(positive),
  }),
  application: z.exactOptional(privatePaper),
  /** The application that this permit decides. */
  decides: z.exactOptional(slug),
  terms: z.exactOptional(
    z.strictObject({
      paper: privatePaper,
      items: listOf(
        z.enum(permitTerms, `one of ${permitTerms.join(", ")}`),
        0,
        permitTerms.length,
      ),
    }),
  ),
  /** Of what the use does to the persons whose data they are. */
  assessment: z.exactOptional(
    z.strictObject({
      on: date,
      paper: privatePaper,
      parts: listOf(
        z.enum(assessmentParts, `one of ${assessmentParts.join(", ")}`),
        0,
        assessmentParts.length,
      ),
    }),
  ),
  /** Into which third country the data go, and on what that rests. */
  transfer: z.exactOptional(
    z.strictObject({
      to: slug,
      ground: z.enum(
        ["holderPermission", "commitments"],
        "holderPermission or commitments",
      ),
      paper: privatePaper,
    }),
  ),
  from: z.exactOptional(hourInstant),
  to: z.exactOptional(hourInstant),
});

export const permitRevoked = z.strictObject({
  kind: z.literal("permitRevoked"),
  permit: slug,
  reason,
  paper: z.exactOptional(privatePaper),
});

/** An authorisation from before the office, as its source tells it. Admission and prices never use it. */
export const reportedAuthorisation = z.strictObject({
  kind: z.literal("reportedAuthorisation"),
  reported: slug,
  operator: slug,
  datasets: listOf(slug, 1, 256),
  /** Whether its source says that nobody else may have it. */
  exclusive: z.exactOptional(flag),
  from: partialDate,
  to: z.exactOptional(partialDate),
  source: publicPaper,
});

/** Any other decision from before the office. */
export const reportedDecision = z.strictObject({
  kind: z.literal("reportedDecision"),
  reported: slug,
  about: z.enum(
    ["fee", "permit", "product", "other"],
    "one of fee, permit, product, other",
  ),
  title,
  titles: z.exactOptional(titles),
  on: partialDate,
  source: publicPaper,
});

/** Puts a reported authorisation in force from this entry on, flagged, never longer than the original. */
export const confirmed = z.strictObject({
  kind: z.literal("confirmed"),
  reported: slug,
  authorisation: slug,
  /** Of an exclusive one, as with an authorisation. */
  exclusivity: z.exactOptional(exclusivity),
  to: z.exactOptional(hourInstant),
});
