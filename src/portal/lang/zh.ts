import { frame } from "./zh/frame.ts";
import { signIn } from "./zh/sign-in.ts";
import { thingPlaces } from "./zh/thing-places.ts";
import { thingRights } from "./zh/thing-rights.ts";
import { thingTerms } from "./zh/thing-terms.ts";
import { things } from "./zh/things.ts";

/** The catalogue of Simplified Chinese: English words to Chinese, one part for each group of pages. */
export const ZH = {
  ...frame,
  ...signIn,
  ...things,
  ...thingTerms,
  ...thingPlaces,
  ...thingRights,
} as const;
