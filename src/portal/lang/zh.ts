import { actKinds } from "./zh/act-kinds.ts";
import { actsAndLog } from "./zh/acts-and-log.ts";
import { frame } from "./zh/frame.ts";
import { mail } from "./zh/mail.ts";
import { search } from "./zh/search.ts";
import { signIn } from "./zh/sign-in.ts";

/** The catalogue of Simplified Chinese: English words to Chinese, one part for each group of pages. */
export const ZH = {
  ...actKinds,
  ...actsAndLog,
  ...frame,
  ...mail,
  ...search,
  ...signIn,
} as const;
