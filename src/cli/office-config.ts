import * as z from "zod/mini";
import { gateConfig } from "./gate-config.ts";
import { mailConfig } from "./mail/smtp.ts";

const text = z.string("text");

/** What lies in an office's folder as `office.json`. */
export const officeConfig = z.strictObject({
  origin: text,
  demonstration: z.boolean("true or false"),
  /** The organisation of the state's portal, which asks with its own token for whoever signed in there. */
  portal: z.exactOptional(text),
  gate: z.exactOptional(gateConfig),
  /** The mail server that takes the office's letters; without one none are sent. */
  mail: z.exactOptional(mailConfig),
  /** Where people read the office, such as https://data.example. */
  address: z.exactOptional(text),
});

export type OfficeConfig = z.infer<typeof officeConfig>;
