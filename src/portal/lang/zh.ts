import { desk } from "./zh/desk.ts";
import { deskCases } from "./zh/desk-cases.ts";
import { deskFields } from "./zh/desk-fields.ts";
import { deskKinds } from "./zh/desk-kinds.ts";
import { deskValues } from "./zh/desk-values.ts";
import { frame } from "./zh/frame.ts";
import { signIn } from "./zh/sign-in.ts";

/** The catalogue of Simplified Chinese: English words to Chinese, one part for each group of pages. */
export const ZH = {
  ...frame,
  ...signIn,
  ...desk,
  ...deskCases,
  ...deskFields,
  ...deskKinds,
  ...deskValues,
} as const;
