import { applying } from "./zh/applying.ts";
import { citizen, objections } from "./zh/citizen.ts";
import { desk } from "./zh/desk.ts";
import { deskCases } from "./zh/desk-cases.ts";
import { deskFields } from "./zh/desk-fields.ts";
import { deskIncoming } from "./zh/desk-incoming.ts";
import { deskKinds } from "./zh/desk-kinds.ts";
import { deskValues } from "./zh/desk-values.ts";
import { frame } from "./zh/frame.ts";
import { organisation } from "./zh/organisation.ts";
import { signIn } from "./zh/sign-in.ts";

/** The catalogue of Simplified Chinese: English words to Chinese, one part for each group of pages. */
export const ZH = {
  ...frame,
  ...signIn,
  ...citizen,
  ...objections,
  ...organisation,
  ...applying,
  ...desk,
  ...deskCases,
  ...deskFields,
  ...deskIncoming,
  ...deskKinds,
  ...deskValues,
} as const;
