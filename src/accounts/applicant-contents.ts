import * as z from "zod/mini";
import { payerClass } from "../acts/shapes.ts";

/** A private paper that came with something: the office keeps it sealed under what an act would commit to (formats.md, 5.4). */
const attached = z.strictObject({
  commitment: z.string(),
  name: z.string(),
  type: z.string(),
  bytes: z.int(),
});
export type Attached = z.infer<typeof attached>;

const sent = {
  organisation: z.string(),
  /** The private paper that says all of it: what the act commits to. */
  paper: z.string(),
  text: z.string(),
  papers: z.array(attached),
} as const;

const wanted = z.strictObject({
  fields: z.array(z.string()),
  where: z.array(z.string()),
  rowsMax: z.int(),
  calls: z.exactOptional(z.int()),
  steps: z.exactOptional(z.int()),
  from: z.exactOptional(z.int()),
  to: z.exactOptional(z.int()),
});
/** How much of a product somebody asks for. */
export type Wanted = z.infer<typeof wanted>;

/** An application for a permit, as it was handed in. Its id is the one that the act will have. */
const application = z.strictObject({
  kind: z.literal("application"),
  application: z.string(),
  product: z.string(),
  purpose: z.string(),
  wanted,
  ...sent,
});
export type ApplicationContent = z.infer<typeof application>;

/** What an organisation sends over the pages, which a post enters. */
export const applicantContents = [
  application,
  z.strictObject({
    kind: z.literal("completion"),
    application: z.string(),
    ...sent,
  }),
  z.strictObject({
    kind: z.literal("withdrawal"),
    application: z.string(),
    ...sent,
  }),
  z.strictObject({
    kind: z.literal("renewal"),
    permit: z.string(),
    to: z.exactOptional(z.int()),
    ...sent,
  }),
  /** Somebody whom the register does not know yet. */
  z.strictObject({
    kind: z.literal("organisation"),
    title: z.string(),
    class: payerClass,
    registration: z.exactOptional(z.string()),
    ...sent,
  }),
] as const;
const any = z.discriminatedUnion("kind", applicantContents);
export type ApplicantContent = z.infer<typeof any>;

/** What the private paper says to which such an act commits; undefined where it came in another way. */
export function saidInPaper(text: string): SaidInPaper | undefined {
  const read = said.safeParse(jsonIn(text));
  return read.success ? read.data : undefined;
}
/** A paper that came in another way is any text. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
const said = z.object({
  text: z.string(),
  papers: z.array(attached),
  wanted: z.exactOptional(wanted),
});
export type SaidInPaper = z.infer<typeof said>;

type Without<C> = C extends ApplicantContent ? Omit<C, "paper"> : never;
/** What is to be sent, before the paper that says it is made. */
export type ToSend = Without<ApplicantContent>;
