import type { Message } from "../lang/say.ts";

/** What is wrong with one field of a form, said at it. */
export type Wrong = { readonly path: string; readonly says: Message };
