import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { DraftMoved } from "../accounts/drafts.ts";
import { Malformed } from "../acts/canonical.ts";
import { KeyConflict } from "../gateway/keyed.ts";
import { Unavailable } from "../gateway/unavailable.ts";
import { GatewayAway } from "../office/leavers.ts";
import { NotPublicYet } from "../office/not-public-yet.ts";
import { isHalted } from "../office/restore.ts";
import { QuorumMissing } from "../office/witnesses.ts";
import { wantsHtml } from "./accepts.ts";
import { Forbidden, ForOthers, NotSignedIn } from "./account/refusals.ts";
import { showError } from "./error-page.tsx";
import { errorBody, SlowBody, Unauthorised } from "./errors.ts";

const RETRY_AFTER_SECONDS = 5;

/** The one handler of the web surface: what callers did wrong is named, what we did wrong is not shown. */
export function handleError(
  error: unknown,
  c: Context,
  halt: (error: Error) => void,
  report: (error: unknown) => void,
): Response | Promise<Response> {
  if (error instanceof Malformed)
    return showError(c, errorBody("malformed", error.message), 400);
  if (error instanceof Unauthorised)
    return showError(c, errorBody("unauthorised", error.message), 401, {
      "WWW-Authenticate": "Bearer",
    });
  if (error instanceof NotSignedIn)
    return wantsHtml(c)
      ? c.redirect(`/sign-in?to=${encodeURIComponent(error.to)}`, 303)
      : showError(c, errorBody("unauthorised", error.message), 401);
  if (error instanceof ForOthers)
    return showError(c, errorBody("forbidden", error.message), 403, {}, [
      [
        `/sign-in?to=${encodeURIComponent(error.to)}`,
        "Sign in as somebody else",
      ],
    ]);
  if (error instanceof Forbidden)
    return showError(c, errorBody("forbidden", error.message), 403);
  if (error instanceof DraftMoved)
    return showError(c, errorBody("draftMoved", error.message), 409);
  if (error instanceof KeyConflict)
    return showError(c, errorBody("keyConflict", error.message), error.status);
  if (error instanceof SlowBody) return error.getResponse();
  if (error instanceof HTTPException)
    return showError(c, errorBody("refused", error.message), error.status);
  if (
    error instanceof Unavailable ||
    error instanceof QuorumMissing ||
    error instanceof GatewayAway
  )
    return showError(c, errorBody("unavailable", error.message), 503, {
      "Retry-After": String(RETRY_AFTER_SECONDS),
    });
  // Whoever sent the act must not try again, so nothing here asks for it.
  if (error instanceof NotPublicYet)
    return showError(c, errorBody("notPublicYet", error.message), 504);
  if (isHalted(error)) {
    halt(error);
    return showError(
      c,
      errorBody(
        "halted",
        "The office has stopped: the state of its log is in doubt",
      ),
      503,
    );
  }
  report(error);
  return showError(
    c,
    errorBody(
      "internal",
      "Something went wrong inside the office; its log shows what was entered",
    ),
    500,
  );
}
