import * as z from "zod/mini";
import { decision, filing } from "./procedures.ts";
import { hourInstant, publicPaper, slug } from "./shapes.ts";

/**
 * The agreement behind an authorisation is changed, renewed until another end, or left before its end: decided together as it was, and filed.
 */
export const agreementChanged = z.strictObject({
  kind: z.literal("agreementChanged"),
  authorisation: slug,
  how: z.enum(["amended", "renewed", "left"], "one of amended, renewed, left"),
  agreement: publicPaper,
  decision: z.strictObject(decision),
  filing: z.exactOptional(z.strictObject(filing)),
  /** Of one that is renewed or left: its end from now on. */
  to: z.exactOptional(hourInstant),
});
