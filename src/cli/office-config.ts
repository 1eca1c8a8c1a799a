import * as z from "zod/mini";
import { gateConfig } from "./gate-config.ts";
import { signInConfig } from "./sign-in-config.ts";

const text = z.string("text");

/** What lies in an office's folder as `office.json`. */
export const officeConfig = z.strictObject({
  origin: text,
  demonstration: z.boolean("true or false"),
  /** The organisation of the state's portal, which asks with its own token for whoever signed in there. */
  portal: z.exactOptional(text),
  gate: z.exactOptional(gateConfig),
  /** Who identifies people at the pages. */
  signIn: z.exactOptional(signInConfig),
});

export type OfficeConfig = z.infer<typeof officeConfig>;
