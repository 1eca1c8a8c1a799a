import * as z from "zod/mini";
import {
  date,
  hash,
  hourInstant,
  privatePaper,
  slug,
  title,
  titles,
} from "./shapes.ts";

const resource = z.union(
  [z.strictObject({ dataset: slug }), z.strictObject({ product: slug })],
  "{dataset} or {product}",
);
/** A public body, or the organisation that operates. */
const registrant = z.union(
  [z.strictObject({ body: slug }), z.strictObject({ organisation: slug })],
  "{body} or {organisation}",
);
/** What is common to every step behind the application: which registration, and the paper that says more. */
const step = { registration: slug, paper: privatePaper };

/**
 * An application to register a public data resource (发改数据规〔2025〕26号, Art 7, 8): what it is, whose it is, and to which registry it goes.
 * Of the evidence that was preserved stand here its day and its digest.
 */
export const registrationApplied = z.strictObject({
  kind: z.literal("registrationApplied"),
  registration: slug,
  resource,
  registrant,
  registry: slug,
  /** `further` is one that follows a registration that is over. */
  type: z.enum(["first", "further"], "first or further"),
  title,
  titles: z.exactOptional(titles),
  description: title,
  evidence: z.exactOptional(z.strictObject({ on: date, digest: hash })),
  paper: privatePaper,
});

/** The one notice of what is missing, and by when it is to come. */
export const registrationAsked = z.strictObject({
  kind: z.literal("registrationAsked"),
  ...step,
  by: hourInstant,
});
export const registrationCompleted = z.strictObject({
  kind: z.literal("registrationCompleted"),
  ...step,
});
export const registrationAccepted = z.strictObject({
  kind: z.literal("registrationAccepted"),
  registration: slug,
});
/** Not accepted, or not passed: its reasons are in the paper. */
export const registrationRefused = z.strictObject({
  kind: z.literal("registrationRefused"),
  registration: slug,
  reasons: z.exactOptional(privatePaper),
});
/** Looked at in form and passed; why it took longer, where it did. */
export const registrationReviewed = z.strictObject({
  kind: z.literal("registrationReviewed"),
  ...step,
  lateReasons: z.exactOptional(privatePaper),
});
/** From its entry on it is public who registers what, until then. */
export const registrationNoticed = z.strictObject({
  kind: z.literal("registrationNoticed"),
  registration: slug,
  until: hourInstant,
});
/** Who objects is in a private paper, under the real name. */
export const registrationObjected = z.strictObject({
  kind: z.literal("registrationObjected"),
  registration: slug,
  objection: slug,
  /** The day on which it came, where it is entered later. */
  on: z.exactOptional(date),
  by: z.exactOptional(privatePaper),
  evidence: z.exactOptional(privatePaper),
});
/** What came of looking again; an objection that is upheld ends the registration. */
export const objectionDecided = z.strictObject({
  kind: z.literal("objectionDecided"),
  ...step,
  objection: slug,
  outcome: z.enum(
    ["upheld", "rejected", "withdrawn"],
    "one of upheld, rejected, withdrawn",
  ),
});
export const registrationCoded = z.strictObject({
  kind: z.literal("registrationCoded"),
  registration: slug,
  code: slug,
  to: hourInstant,
});
export const registrationRenewed = z.strictObject({
  kind: z.literal("registrationRenewed"),
  ...step,
  to: hourInstant,
});

/** What a registration says from now on, where it says something else. */
const news = {
  title: z.exactOptional(title),
  titles: z.exactOptional(titles),
  description: z.exactOptional(title),
};
/** What is registered has changed, on that day. */
export const registrationChanged = z.strictObject({
  kind: z.literal("registrationChanged"),
  ...step,
  ...news,
  what: z.enum(
    ["registrant", "content", "rights", "other"],
    "one of registrant, content, rights, other",
  ),
  on: date,
});
/** What was registered was wrong: the registrant consents in writing, or there is proof. Whoever is concerned may ask for it. */
export const registrationCorrected = z.strictObject({
  kind: z.literal("registrationCorrected"),
  registration: slug,
  ...news,
  askedBy: z.enum(
    ["registrant", "interestedPerson"],
    "registrant or interestedPerson",
  ),
  consent: z.exactOptional(privatePaper),
  proof: z.exactOptional(privatePaper),
});
export const cancellationAccepted = z.strictObject({
  kind: z.literal("cancellationAccepted"),
  ...step,
  cause: z.enum(
    ["loss", "waiver", "rightEnded", "dissolution", "otherLaw"],
    "one of loss, waiver, rightEnded, dissolution, otherLaw",
  ),
});
export const registrationCancelled = z.strictObject({
  kind: z.literal("registrationCancelled"),
  registration: slug,
});
/** Taken from a registrant for what the registrant did. */
export const registrationRevoked = z.strictObject({
  kind: z.literal("registrationRevoked"),
  ...step,
  cause: z.enum(["fraud", "unlawfulProfit"], "fraud or unlawfulProfit"),
});

export const registrationSchemas = {
  registrationApplied,
  registrationAsked,
  registrationCompleted,
  registrationAccepted,
  registrationRefused,
  registrationReviewed,
  registrationNoticed,
  registrationObjected,
  objectionDecided,
  registrationCoded,
  registrationRenewed,
  registrationChanged,
  registrationCorrected,
  cancellationAccepted,
  registrationCancelled,
  registrationRevoked,
} as const;
