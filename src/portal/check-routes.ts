import type { Hono } from "hono";
import { around } from "./around.ts";
import { showError } from "./error-page.tsx";
import { errorBody } from "./errors.ts";

/** The programs with which strangers check, as they lie beside this one; undefined where they were not built. */
export type Programs = {
  readonly checkPage:
    | {
        readonly html: string;
        /** The Content-Security-Policy that the page states itself. */
        readonly policy: string;
        readonly sha256: string;
      }
    | undefined;
  /** SHA-256 of vitrine-verify.mjs, in hex. */
  readonly verifier: string | undefined;
};

export const NO_PROGRAMS: Programs = {
  checkPage: undefined,
  verifier: undefined,
};

/** The verifying page in the language of the page that leads to it. */
export const checkHref = (): string =>
  around().lang === "zh" ? "/check#zh" : "/check";

/** The verifying page as a file. Its own words say that served from here it cannot clear this office. */
export function checkRoutes(app: Hono, { checkPage }: Programs): void {
  app.get("/check", (c) => {
    if (checkPage === undefined)
      return showError(
        c,
        errorBody(
          "notFound",
          "The verifying page is not beside this program: npm run build makes it",
        ),
        404,
      );
    c.header(
      "Content-Security-Policy",
      `${checkPage.policy}; frame-ancestors 'none'`,
    );
    c.header("Cache-Control", "no-cache");
    return c.html(checkPage.html);
  });
}
