import { organisation } from "./zh/organisation.ts";
import { applying } from "./zh/applying.ts";
import { citizen, objections } from "./zh/citizen.ts";
import { frame } from "./zh/frame.ts";
import { signIn } from "./zh/sign-in.ts";

/** The catalogue of Simplified Chinese: English words to Chinese, one part for each group of pages. */
export const ZH = { ...frame, ...signIn, ...citizen, ...objections, ...organisation, ...applying } as const;
