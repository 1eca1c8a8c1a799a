import * as z from "zod/mini";
import { positive } from "./shapes.ts";

/**
 * Whoever signed an entry says, before it takes effect, that it is not theirs or that they take it back: it never takes effect. Why is not
 * said, and it is no verdict on who signed.
 */
export const disowned = z.strictObject({
  kind: z.literal("disowned"),
  entry: positive,
});
