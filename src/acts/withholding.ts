import * as z from "zod/mini";
import { hourInstant, privatePaper, reason, ruleId, slug } from "./shapes.ts";

/** From the highest down: 绝密, 机密, 秘密. */
export const secrecyLevels = ["topSecret", "confidential", "secret"] as const;

/**
 * What the office holds and shows to nobody, on which ground, how long, and when that is looked at again. Whoever approves it is the
 * officer whose role that is; what it says of its reasons is a private paper.
 */
export const withheld = z.strictObject({
  kind: z.literal("withheld"),
  withholding: slug,
  dataset: slug,
  ground: z.enum(
    ["stateSecret", "workSecret", "businessSecret", "personalData", "security"],
    "one of stateSecret, workSecret, businessSecret, personalData, security",
  ),
  /** The provision that lets it be withheld. */
  rule: ruleId,
  level: z.exactOptional(
    z.enum(secrecyLevels, `one of ${secrecyLevels.join(", ")}`),
  ),
  /** The written proposal, and who may know. */
  proposal: z.exactOptional(privatePaper),
  circle: z.exactOptional(privatePaper),
  to: z.exactOptional(hourInstant),
  review: z.exactOptional(hourInstant),
});

export const withheldEnded = z.strictObject({
  kind: z.literal("withheldEnded"),
  withholding: slug,
  reason,
});
