import { AsyncLocalStorage } from "node:async_hooks";
import type { WebSession } from "../accounts/sessions.ts";
import type { Lang } from "./lang/lang.ts";

/** What every piece of a page may need to know of the request that it answers (docs/decisions/0029). */
export type Around = {
  readonly lang: Lang;
  /** Path and query of the page, for links that come back to it. */
  readonly here: string;
  /** The title of the office; empty before its founding act. */
  readonly office: string;
  readonly demonstration: boolean;
  /** Where the office is read, as its operator says; and its newest entry. What is printed has both. */
  readonly address: string | undefined;
  readonly newest:
    | {
        readonly entry: number;
        readonly at: string;
        /** A page is of what the office has entered, which may be a moment ahead of what is public. */
        readonly isPublic: boolean;
      }
    | undefined;
  /** Whoever comes by the office's public address comes over HTTPS. */
  readonly secure: boolean;
  readonly session: WebSession | undefined;
  /** Who is signed in, as a heading names them. */
  readonly signedInAs: string | undefined;
};

const PLAIN: Around = {
  lang: "en",
  here: "/",
  office: "",
  demonstration: false,
  address: undefined,
  newest: undefined,
  secure: false,
  session: undefined,
  signedInAs: undefined,
};

const store = new AsyncLocalStorage<Around>();

/** Outside a request: English, nobody signed in. */
export function around(): Around {
  return store.getStore() ?? PLAIN;
}

export function within<T>(one: Around, work: () => T): T {
  return store.run(one, work);
}

/** For tests, and for letters that are written in the reader's language and not the page's. */
export function speaking<T>(lang: Lang, work: () => T): T {
  return within({ ...around(), lang }, work);
}
