import * as z from "zod/mini";
import {
  classification,
  fieldName,
  fieldType,
  flag,
  form,
  listOf,
  positive,
  reason,
  slug,
  title,
  titles,
} from "./shapes.ts";

export const field = z.strictObject({
  name: fieldName,
  type: fieldType,
  meaning: title,
  meanings: z.exactOptional(titles),
  unit: z.exactOptional(title),
  classification,
  /** Names one thing or person: served only as a token, never compared across permits. */
  identifier: flag,
});

/** Regulation (EU) 2022/868, Art 3(1). */
const protectionGrounds = [
  "businessSecret",
  "statisticalSecret",
  "intellectualProperty",
  "personalData",
] as const;
/** Directive (EU) 2019/1024, Annex I. */
const highValueThemes = [
  "geospatial",
  "earthObservation",
  "meteorological",
  "statistics",
  "companies",
  "mobility",
] as const;

export const dataset = z.strictObject({
  kind: z.literal("dataset"),
  dataset: slug,
  title,
  titles: z.exactOptional(titles),
  system: slug,
  fields: listOf(field, 1, 128),
  /** The field that says which natural person a row is about; absent when rows are not about persons. */
  subject: z.exactOptional(fieldName),
  /** A live table, or a department's own service: it has no vintages. Absent where vintages are entered. */
  live: z.exactOptional(z.enum(["table", "service"], "table or service")),
  /** What a service can be asked for: the fields whose values it is given; none where it gives all rows. */
  operations: z.exactOptional(
    listOf(
      z.strictObject({ operation: slug, by: listOf(fieldName, 0, 8) }),
      1,
      32,
    ),
  ),
  /** Under whose terms it is here, where its holder is no public body. */
  contribution: z.exactOptional(slug),
  /** Why it is not open. */
  protection: z.exactOptional(
    listOf(
      z.enum(protectionGrounds, `one of ${protectionGrounds.join(", ")}`),
      1,
      protectionGrounds.length,
    ),
  ),
  /** The theme that makes it a high-value dataset. */
  highValue: z.exactOptional(
    z.enum(highValueThemes, `one of ${highValueThemes.join(", ")}`),
  ),
  licence: z.exactOptional(title),
  source: z.exactOptional(title),
});

/** What is offered: content, form and purposes. The act is the approval; nothing is offered before it. */
export const product = z.strictObject({
  kind: z.literal("product"),
  product: slug,
  title,
  titles: z.exactOptional(titles),
  /** Which fields of which datasets; bit i of a use's bit sets is the i-th field of this list, dataset after dataset. */
  content: listOf(
    z.strictObject({ dataset: slug, fields: listOf(fieldName, 1, 128) }),
    1,
    8,
  ),
  form,
  /** The key that an asker submits, in the form *answer*. */
  key: z.exactOptional(listOf(fieldName, 1, 8)),
  purposes: listOf(slug, 1, 64),
  rowsMax: positive,
  /** Rows in one step of the fee; at least 100 for personal data. */
  rowsPerStep: positive,
  limits: z.exactOptional(
    z.strictObject({ perAskerPerDay: positive, perSubjectPerDay: positive }),
  ),
  /** What a permit for it is in law. */
  permitsAre: z.exactOptional(
    z.enum(
      ["administrativeLicence", "contract"],
      "one of administrativeLicence, contract",
    ),
  ),
  /** The authorisation of the operator who offers it; absent when the office offers it itself. */
  authorisation: z.exactOptional(slug),
});

export const productWithdrawn = z.strictObject({
  kind: z.literal("productWithdrawn"),
  product: slug,
  reason,
});
