import * as z from "zod/mini";
import { redress } from "./applications.ts";
import { hourInstant, privatePaper, ruleId, slug } from "./shapes.ts";

/**
 * The holder of a permit asks for another term. Where the law takes silence for a yes, `silentTo` says until when the permit then stands; what
 * is decided before the end that it had takes the place of that.
 */
export const renewalAsked = z.strictObject({
  kind: z.literal("renewalAsked"),
  permit: slug,
  silentTo: z.exactOptional(hourInstant),
  paper: privatePaper,
});

export const renewalGranted = z.strictObject({
  kind: z.literal("renewalGranted"),
  permit: slug,
  to: hourInstant,
});

export const renewalRefused = z.strictObject({
  kind: z.literal("renewalRefused"),
  permit: slug,
  rule: ruleId,
  redress,
  redressUntil: hourInstant,
  paper: privatePaper,
});
