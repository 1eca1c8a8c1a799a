import type { Context, Hono } from "hono";
import type { Enrolled, NotEnrolled } from "../gateway/asking/enrol-key.ts";
import type { Asker } from "../gateway/asking/token-cache.ts";
import type { HttpRequest } from "../gateway/asking/http-request.ts";
import {
  ACCEPT_SIGNATURE,
  type Unsigned,
} from "../gateway/asking/signature.ts";
import { typed, upTo } from "./body-guards.ts";
import { errorBody } from "./errors.ts";
import { readJson } from "./read-json.ts";
import { pathOfTarget, sentTarget } from "./sent-target.ts";

const BODY_BYTES_MAX = 4_096;

export type RequestKeyOptions = {
  /** Whose token a request bears; throws Unauthorised without one. */
  readonly askerOf: (c: Context) => Promise<Asker>;
  readonly enrol: (
    organisation: string,
    request: HttpRequest,
    value: unknown,
  ) => Promise<Enrolled | NotEnrolled>;
};

/** An organisation enrols a request key itself. */
export function requestKeyRoutes(
  app: Hono,
  { askerOf, enrol }: RequestKeyOptions,
): void {
  app.post("/request-keys", typed, upTo(BODY_BYTES_MAX), async (c) => {
    const { organisation, permit, system } = await askerOf(c);
    // From the first key on nobody of the organisation asks without one: that is not for whoever holds a part of its rights.
    if (permit !== undefined || system !== undefined)
      return c.json(
        errorBody(
          "boundToken",
          "Cannot enrol a request key: the token is for one permit or system alone, want one for the whole organisation",
        ),
        403,
      );
    const body = new Uint8Array(await c.req.arrayBuffer());
    const value = readJson(body, "request key");
    const result = await enrol(organisation, httpRequestOf(c, body), value);
    switch (result.outcome) {
      case "enrolled":
        return c.json({ key: result.key }, 201);
      case "known":
        return c.json({ key: result.key }, 200);
      case "taken":
        return c.json(errorBody("keyTaken", result.why), 409);
      case "refused":
        return notSigned(c, result);
    }
  });
}

/** A request as a signature covers it. Its host is what it says; the office's own address takes its place where there is one. */
export function httpRequestOf(c: Context, body: Uint8Array): HttpRequest {
  const { req } = c;
  const host = req.header("host") ?? new URL(req.url).host;
  const scheme = req.url.startsWith("https:") ? "https" : "http";
  return {
    method: req.method,
    url: `${scheme}://${host}${pathOfTarget(sentTarget(c))}`,
    header: (name) => req.header(name),
    body,
  };
}

/** What whoever asked without a good signature hears: what was wrong, and what a good one covers. */
export function notSigned(c: Context, { why }: Unsigned): Response {
  return c.json(errorBody("unauthorised", why), 401, {
    "WWW-Authenticate": "Bearer",
    "Accept-Signature": ACCEPT_SIGNATURE,
  });
}
