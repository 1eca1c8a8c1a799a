import * as z from "zod/mini";
import { hourInstant, privatePaper, slug } from "./shapes.ts";

/** A question about a use, entered by the post that received it: when an answer is due, and not whom it concerns. */
export const questionReceived = z.strictObject({
  kind: z.literal("questionReceived"),
  question: slug,
  due: hourInstant,
  paper: privatePaper,
});

export const questionAnswered = z.strictObject({
  kind: z.literal("questionAnswered"),
  question: slug,
  paper: privatePaper,
});
