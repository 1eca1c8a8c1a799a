import { actKinds } from "./zh/act-kinds.ts";
import { acts } from "./zh/acts.ts";
import { frame } from "./zh/frame.ts";
import { search } from "./zh/search.ts";
import { signIn } from "./zh/sign-in.ts";

/** The catalogue of Simplified Chinese: English words to Chinese, one part for each group of pages. */
export const ZH = {
  ...frame,
  ...signIn,
  ...acts,
  ...actKinds,
  ...search,
} as const;
